//! The arguments, with help a person can learn from.

mod choice;

use std::path::PathBuf;

use bm_api::Language;
use clap::{Parser, Subcommand, ValueEnum};

pub use choice::{Format, ImportKind, Paper, PaperKind, Period};

use crate::hub::HubCommand;
use crate::rights::{AccountCommand, PersonCommand};

/// Biên Mậu: hàng hóa mua bán, trao đổi của cư dân biên giới (Thông tư 80/2019/TT-BTC).
///
/// Border residents' goods: declarations, duty-free quota, daily reports.
#[derive(Parser)]
#[command(
    name = "bienmau",
    version,
    max_term_width = 100,
    after_help = "Answers go to standard output, messages to standard error.\n\
        Exit status: 0 done, 1 refused or differences found, 2 wrong usage or input, 3 broken.",
    after_long_help = "Answers go to standard output, messages to standard error.\n\
        Exit status: 0 done, 1 refused or differences found, 2 wrong usage or input, 3 broken.\n\
        A passphrase in BIENMAU_PASSPHRASE takes the place of the key file.\n\n\
        Examples:\n  \
        bienmau --data office init --demo\n  \
        bienmau --data office declare forms.jsonl > answers.jsonl\n  \
        bienmau --data office report daily --gate MONGCAI --date 2026-11-24 --format csv\n  \
        BIENMAU_PASSWORD=… bienmau --data office --as supervisor cancel ID --reason \"nhập sai\""
)]
pub struct Arguments {
    /// Folder of the database.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "bienmau-data"
    )]
    pub data: PathBuf,
    /// Machine-readable output: one JSON value, or one a line.
    #[arg(long, global = true)]
    pub json: bool,
    /// Account to act as; its password comes from BIENMAU_PASSWORD. Without it the commands act as
    /// the operating-system account that may read the folder's key.
    #[arg(long = "as", global = true, value_name = "USER")]
    pub user: Option<String>,
    /// Language of messages.
    #[arg(long, global = true, value_enum, default_value = "vi")]
    pub lang: Lang,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Lang {
    Vi,
    En,
    Zh,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Vi => Self::Vi,
            Lang::En => Self::En,
            Lang::Zh => Self::Zh,
        }
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// Make the database; --demo fills it with the Quảng Ninh example.
    ///
    /// Without --demo the database holds the law (quota, goods list, catalogue, VAT) and, when --as
    /// and BIENMAU_PASSWORD are given, an administrator of that name. Import gates, communes, rates
    /// and residents next. A database that is there already is never replaced.
    #[command(after_long_help = "Examples:\n  \
        BIENMAU_PASSWORD=… bienmau --data office --as admin init\n  \
        bienmau --data practice init --demo")]
    Init {
        /// Gates, rates, 2,000 invented residents, a month of trade, six accounts.
        #[arg(long)]
        demo: bool,
    },
    /// Import a table from a CSV file: residents, goods, goods-list, prices, rates, communes,
    /// gates.
    ///
    /// Every row is checked first; then all rows are taken, or none. Each bad row is listed with its
    /// line, column and reason. The first line names the columns, in any order; those in brackets
    /// may be left out:
    ///
    ///   residents   kind,number,name,born,commune[,sex,address,basis,phone]
    ///   goods       hs,name_vi[,name_en,name_zh,unit,mfn,ordinary,acfta,vat_class,excise,
    ///               environment,export_duty,quarantine,used_banned,reference_price_vnd,
    ///               valid_from,valid_to,basis]
    ///   goods-list  hs_prefix,rule[,valid_from,valid_to,basis]
    ///   prices      hs,unit,price_vnd,source[,gate,valid_from,valid_to]   (reference prices)
    ///   rates       currency,rate,valid_from[,source]   (valid_from is a Monday)
    ///   communes    code,name[,valid_from,valid_to,basis]
    ///   gates       code[,name,kind,parent,office,region,valid_from,valid_to,opens_at,closes_at,
    ///               basis]
    ///
    /// A person who is known is changed; the other papers stay. Dated data is never overwritten: a
    /// row that says something else than the one held ends that one the day before it begins, and
    /// forms keep the law of their day. Such a change over past days with forms needs --reason.
    /// --preview tells what would change. With --as, what asks for a second person waits for one.
    #[command(
        verbatim_doc_comment,
        after_long_help = "Examples:\n  \
        bienmau --data office import rates rates.csv\n  \
        bienmau --data office import --preview --from 2025-07-21 goods-list list.csv\n  \
        BIENMAU_PASSWORD=… bienmau --data office --as branch import residents residents.csv\n  \
        bienmau --data office import --skip-bad --json residents residents.csv > bad.jsonl"
    )]
    Import {
        /// What the file holds.
        kind: ImportKind,
        /// CSV file: UTF-8, UTF-16 or Windows-1258; comma, semicolon or tab.
        file: PathBuf,
        /// Take the good rows although others are bad.
        #[arg(long)]
        skip_bad: bool,
        /// Of dated data: tell what would change, take nothing.
        #[arg(long)]
        preview: bool,
        /// Of dated data: first day of rows without one of their own, instead of today.
        #[arg(long, value_name = "DAY")]
        from: Option<String>,
        /// Of dated data: the legal text rows rest on, instead of the file's name.
        #[arg(long, value_name = "TEXT", default_value = "")]
        basis: String,
        /// Of dated data: why it reaches back over days with registered forms.
        #[arg(long, value_name = "TEXT", default_value = "")]
        reason: String,
        /// Of dated data: the file is all there is; what it does not name ends.
        #[arg(long)]
        whole: bool,
    },
    /// Register declarations, one JSON object a line; answers one JSON line each, in order.
    ///
    /// Fields: id (UUID), at (RFC 3339), gate, workstation, direction (import or export),
    /// exchange_of, counterpart {name, kind, number}, resident {kind, number, and on first sight
    /// name, born, sex, address, commune, basis}, lines [{hs, name, quantity, unit, weight_kg,
    /// unit_price, currency, origin, condition, certificate}], allocation (entered or least_tax),
    /// vehicle (plate of what carries the goods, where it is known). Numbers are JSON strings, or
    /// JSON numbers without an exponent.
    ///
    /// An answer is given when its declaration is on the disk. A known id answers what it answered
    /// the first time, so that a file may be declared again after a failure. Exit status 1 when a
    /// declaration was refused, 2 when a line could not be read.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office declare forms.jsonl > answers.jsonl\n  \
        other-program | bienmau --data office declare - | other-program-reads-answers")]
    Declare {
        /// File with one JSON object a line; - for standard input.
        file: PathBuf,
    },
    /// What a person has used and has left, over all gates.
    ///
    /// The look-up is recorded, as every access to personal data.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office quota 022190001234\n  \
        bienmau --data office quota --kind cmnd --at 2026-11-20T08:00:00+07:00 100123456")]
    Quota {
        /// Number of any of the person's papers.
        number: String,
        /// Kind of the paper, where two persons have papers of one number.
        #[arg(long)]
        kind: Option<PaperKind>,
        /// At this time (RFC 3339) instead of now.
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
    },
    /// Cancel a registered declaration; its quota is given back.
    #[command(after_long_help = "Example:\n  \
        bienmau --data office cancel 0199c3a2-7c1e-7a00-8000-000000000001 --reason \"nhập sai\"")]
    Cancel {
        /// Id of the declaration, or its number.
        id: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Show a declaration whole; the look-up is recorded.
    #[command(after_long_help = "Example:\n  \
        bienmau --data office show 0199c3a2-7c1e-7a00-8000-000000000001")]
    Show {
        /// Id of the declaration, or its number.
        id: String,
    },
    /// Print a declaration to a PDF file with the template of its day.
    ///
    /// The first time its originals are printed, after that copies that say so; each print is
    /// recorded.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office print 0199c3a2-7c1e-7a00-8000-000000000001 --out form.pdf\n  \
        bienmau --data office print 0199c3a2-7c1e-7a00-8000-000000000001 --out form.pdf --overlay --shift 1.5,-2")]
    Print {
        /// Id of the declaration, or its number.
        id: String,
        /// File to write; one that is there is replaced.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Size of the paper; the template's own without it.
        #[arg(long)]
        paper: Option<Paper>,
        /// As a copy, although no original was printed yet.
        #[arg(long)]
        copy: bool,
        /// Values only, for stationery printed before.
        #[arg(long)]
        overlay: bool,
        /// Millimetres by which values are moved right and down, as in 1.5,-2.
        #[arg(
            long,
            value_name = "MM,MM",
            requires = "overlay",
            allow_hyphen_values = true
        )]
        shift: Option<String>,
    },
    /// Enter a template of a form, or without a file write the one that holds to standard output.
    ///
    /// A template is a text in the language of typst that reads its values from /data.json. It is
    /// tried on invented sheets first; one that does not compile is refused with its line, and what
    /// held before holds on. Forms: import_form, export_form, overlay, gathering_list,
    /// tracking_book, vehicle_book, receipt, anchor_sheet, alignment_page.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office template receipt > receipt.typ\n  \
        bienmau --data office template receipt receipt.typ --from 2027-01-01 --basis \"Thông tư …\"")]
    Template {
        /// Which form.
        form: String,
        /// File with the template.
        file: Option<PathBuf>,
        /// First day it holds; today without it.
        #[arg(long, value_name = "DAY")]
        from: Option<String>,
        /// Paper it is printed on.
        #[arg(long, default_value = "a4")]
        paper: Paper,
        /// How many originals.
        #[arg(long, default_value_t = 2)]
        copies: u8,
        /// The text it comes from.
        #[arg(long, default_value = "", value_name = "TEXT")]
        basis: String,
    },
    /// Enter a list of goods that a trader gathered from residents, or list those that are open.
    ///
    /// FILE holds one JSON object: id (UUID), gate, workstation, trader {name, address, tax_code},
    /// place, day (of gathering), lines [{form, line, quantity, day}]. `form` is the id or number of
    /// a released import form, `line` counts from 0. A known id changes the draft it names. The list
    /// is answered whole, with its tax as of today. Without FILE the lists that are not released are
    /// answered, the oldest first.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office gather list.json\n  \
        bienmau --data office --json gather --gate MONGCAI")]
    Gather {
        /// File with one JSON object; - for standard input.
        file: Option<PathBuf>,
        /// Only lists of this gate.
        #[arg(long, value_name = "GATE", conflicts_with = "file")]
        gate: Option<String>,
    },
    /// What is overdue: lists not filed within their time limit, vehicles away too long.
    ///
    /// For nightly jobs: exit status 1 when there is any.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office overdue\n  \
        bienmau --data office --json overdue --gate MONGCAI")]
    Overdue {
        /// Only of this gate.
        #[arg(long, value_name = "GATE")]
        gate: Option<String>,
    },
    /// Match forms, money and the barrier's count of a gate's day; exit status 1 when they differ.
    ///
    /// Several gates, or a period, are rolled up by gate, parent gate, office and region instead.
    /// --counts takes what was counted at the barrier from a CSV file first, all of it or nothing:
    ///
    ///   totals     gate,date,direction,persons,forms[,vehicles,weight_kg]
    ///   passages   gate,date,time,direction[,form,paper]
    ///
    /// `direction` is import or export, `form` the number of the form shown, `paper` that of the
    /// person's paper. --close closes the day when nothing of it is open, or proposes it where a second
    /// person has to confirm.
    #[command(
        verbatim_doc_comment,
        after_long_help = "Examples:\n  \
        bienmau --data office reconcile --gate MONGCAI --date 2026-11-24\n  \
        bienmau --data office reconcile --gate MONGCAI --date 2026-11-24 --counts counts.csv --close\n  \
        bienmau --data office --json reconcile --date 2026-11-01 --to 2026-11-24"
    )]
    Reconcile {
        /// Code of the gate; several times for several; every gate without it.
        #[arg(long, value_name = "GATE")]
        gate: Vec<String>,
        /// Day, as in 2026-11-24.
        #[arg(long, value_name = "DAY")]
        date: String,
        /// Last day of a period that begins with --date.
        #[arg(long, value_name = "DAY", conflicts_with_all = ["counts", "close"])]
        to: Option<String>,
        /// CSV file with what was counted at the barrier.
        #[arg(long, value_name = "FILE")]
        counts: Option<PathBuf>,
        /// Why the file takes the place of a count that is held.
        #[arg(long, value_name = "TEXT", default_value = "", requires = "counts")]
        reason: String,
        /// Close the day.
        #[arg(long)]
        close: bool,
    },
    /// The queue of breaches and patterns worth a look; with --scan a gate's day is looked over first.
    ///
    /// Open ones are listed whatever their day, decided ones of the last thirty days or of those
    /// given. A look opens patterns, quotas used beyond the law and time limits that ran out; done
    /// twice, nothing is opened twice. For nightly jobs: exit status 1 when any listed one is open.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office breaches --state open\n  \
        bienmau --data office --json breaches --scan --gate MONGCAI --date 2026-11-24")]
    Breaches(BreachArguments),
    /// What a QR code, a machine-readable zone, a number or a name says, or why it is refused.
    #[command(after_long_help = "Examples:\n  \
        bienmau scan \"022185004321||NGUYỄN THỊ HOA|31031985|Nữ|Thôn 1|15042021\"\n  \
        cat scan.txt | bienmau scan -")]
    Scan {
        /// The text as the scanner gave it; - for standard input.
        text: String,
    },
    /// A report: of a day, over a period, or all that a night asks for.
    ///
    /// REPORT is daily or tracking-book (one gate's day); halfmonth, month, quarter, halfyear, year or
    /// span for statistics by goods; totals, goods, groups, countries, communes, residents, days or
    /// provincial; lines for every line of the forms; the name of a report a branch has kept; or
    /// nightly, which writes into --out-dir what --date asks for: totals and tracking book of each
    /// gate, and on the last day of a period its reports. The same figures in every format. Without
    /// --out the report goes to standard output.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office report daily --gate MONGCAI --date 2026-11-24 --format json\n  \
        bienmau --data office report month --all-gates --date 2026-11-30 --format xlsx --out 11.xlsx\n  \
        bienmau --data office report groups --period quarter --gate KM34 --date 2026-11-01 --format csv\n  \
        bienmau --data office report span --all-gates --date 2026-11-01 --to 2026-11-10\n  \
        bienmau --data office report nightly --date 2026-11-30 --out-dir reports")]
    Report {
        /// Which report.
        report: String,
        /// Code of a gate; may be given several times.
        #[arg(long, value_name = "GATE", conflicts_with = "all_gates")]
        gate: Vec<String>,
        /// All gates.
        #[arg(long)]
        all_gates: bool,
        /// Day, as in 2026-11-24; of a period any of its days, of a span the first.
        #[arg(long, value_name = "DAY")]
        date: String,
        /// Last day of a span.
        #[arg(long, value_name = "DAY")]
        to: Option<String>,
        /// How long the report reaches.
        #[arg(long)]
        period: Option<Period>,
        /// Format; of a nightly run several, between commas (xlsx and pdf without it).
        #[arg(long, value_delimiter = ',')]
        format: Vec<Format>,
        /// File to write; one that is there is replaced.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Folder of a nightly run; made where it is missing.
        #[arg(long, value_name = "DIR", required_if_eq("report", "nightly"))]
        out_dir: Option<PathBuf>,
        /// Write CSV without the mark that spreadsheets know UTF-8 by.
        #[arg(long)]
        no_mark: bool,
        /// Numbers of papers in full, for this reason, which is recorded; masked without it. The
        /// printed tracking book has them by its form.
        #[arg(long, value_name = "REASON")]
        reveal: Option<String>,
    },
    /// A person's data: hand it out whole, or take it out when it was kept long enough.
    #[command(after_long_help = "Examples:\n  \
        BIENMAU_PASSWORD=… bienmau --data office --as supervisor person export 022190001234 --out hoa.json --reason \"đương sự yêu cầu\"\n  \
        bienmau --data office person pseudonymise --preview\n  \
        bienmau --data office person pseudonymise\n  \
        BIENMAU_PASSWORD=… bienmau --data office --as branch person pseudonymise --confirm ID")]
    Person {
        #[command(subcommand)]
        action: PersonCommand,
    },
    /// Accounts: unlock one, change one's own password.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office account unlock admin\n  \
        BIENMAU_PASSWORD=… BIENMAU_NEW_PASSWORD=… bienmau --data office --as thu account password")]
    Account {
        #[command(subcommand)]
        action: AccountCommand,
    },
    /// The hub of an office with several workstations: made, joined, watched, checked.
    #[command(after_long_help = "Examples:\n  \
        bienmau hub admit \"postgresql://postgres@hub.example/bienmau\" --name QUAY-01\n  \
        bienmau --data counter hub join \"postgresql://bm_quay_01_…@hub.example/bienmau\"\n  \
        bienmau --data counter --json hub status")]
    Hub {
        #[command(subcommand)]
        action: HubCommand,
    },
    /// Exchange records with the hub once: what was recorded here goes there, and the other way round.
    ///
    /// A program that runs does so by itself. Exit status 3 when the hub is out of reach; what was
    /// exchanged until then stays, and the next time goes on from there.
    Sync {
        /// Join the hub at this address first.
        #[arg(long, value_name = "URL")]
        hub: Option<String>,
    },
    /// Derive quota, totals, names and numbers and the chain of records again and compare.
    ///
    /// Names the first record that is not as it was written, then everything that differs, and says
    /// of every anchor that is kept, and of those given, whether the database still holds what it
    /// swore to. Exit status 1 if anything differs.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office verify\n  \
        bienmau --data office --json verify\n  \
        bienmau --data office verify --anchor from-the-neighbour.json")]
    Verify {
        /// Anchors to check besides those that are kept.
        #[arg(long = "anchor", value_name = "FILE", num_args = 1..)]
        anchors: Vec<PathBuf>,
    },
    /// The log: every record with who, when and where, the newest first.
    ///
    /// One line a record; with --json one JSON object a line. --at shows one record whole, side by
    /// side with what stood before it. Asking for a person is a look-up, and recorded as one.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office audit --from 2026-11-24 --by lan\n  \
        bienmau --data office audit --form MONGCAI/2026/NK/QUAY-01-000001\n  \
        bienmau --data office audit --at 120\n  \
        bienmau --data office audit --chain > chain.jsonl")]
    Audit {
        /// From this day or time on, as in 2026-11-24 or `2026-11-24 08:30`.
        #[arg(long, value_name = "TIME", default_value = "")]
        from: String,
        /// To the end of this day, or before this time.
        #[arg(long, value_name = "TIME", default_value = "")]
        to: String,
        /// By this account.
        #[arg(long, value_name = "USER", default_value = "")]
        by: String,
        /// Of this kind, as in corrected or entered/receipt.
        #[arg(long, value_name = "KIND", default_value = "")]
        kind: String,
        /// At this gate, or at this counter of it, as in MONGCAI/QUAY-01.
        #[arg(long, value_name = "GATE", default_value = "")]
        place: String,
        /// Done to this: number or id of a form, number of a person's paper, an account, a rule of
        /// the law, a plate, the number of a receipt or list.
        #[arg(long, visible_alias = "form", value_name = "WHAT", default_value = "")]
        about: String,
        /// With these words in a reason or remark.
        #[arg(long, value_name = "WORDS", default_value = "")]
        text: String,
        /// At most so many.
        #[arg(long, value_name = "COUNT")]
        limit: Option<usize>,
        /// Only the record at this place of the series, whole.
        #[arg(long, value_name = "INDEX", conflicts_with = "chain")]
        at: Option<i64>,
        /// Of this workstation's series; the database's own without it.
        #[arg(long, value_name = "ID", requires = "at")]
        series: Option<String>,
        /// Every record as it was hashed, the oldest first, for checking the chain by other means.
        #[arg(long)]
        chain: bool,
    },
    /// Anchors of the log: where the records stood at the end of a day, signed.
    ///
    /// Hand the file to another office and keep theirs: whoever holds one can tell later whether
    /// this database still holds what it did. Without options the anchors that are kept are listed.
    /// A key to sign with is made with the first anchor and lies beside the database's key; the
    /// public key stands on every anchor and in the log.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office anchor --date 2026-11-24 --out anchor-2026-11-24.json\n  \
        bienmau --data office anchor --keep from-the-neighbour.json\n  \
        bienmau --data office anchor --kept 0199c3a2-7c1e-7a00-8000-000000000001 --out theirs.json")]
    Anchor {
        /// The day; today without it.
        #[arg(long, value_name = "DAY", requires = "out")]
        date: Option<String>,
        /// Make the anchor and write it to this file; one that is there is replaced.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write one that is kept, by its id, instead of making one.
        #[arg(long, value_name = "ID", requires = "out", conflicts_with = "date")]
        kept: Option<String>,
        /// Also print it to this PDF file.
        #[arg(long, value_name = "FILE", requires = "out")]
        pdf: Option<PathBuf>,
        /// Keep an anchor that another office handed in.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "renew_key"])]
        keep: Option<PathBuf>,
        /// Sign with a new key from now on.
        #[arg(long, requires = "reason", conflicts_with = "out")]
        renew_key: bool,
        /// Why the key is renewed.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Write an encrypted copy of the database to a file that does not exist yet, and check it.
    ///
    /// Others may go on working meanwhile. The copy opens with the database's key file or
    /// passphrase: keep a copy of the key at another place.
    #[command(after_long_help = "Example:\n  \
        bienmau --data office backup /mnt/usb/bienmau-2026-11-24.db")]
    Backup {
        /// The file.
        file: PathBuf,
    },
    /// Put a copy back, once it has been found whole; the database before it is kept beside it.
    ///
    /// Refused while another program has the database open, and when the present database has
    /// records that the copy does not have.
    #[command(after_long_help = "Example:\n  \
        bienmau --data office restore /mnt/usb/bienmau-2026-11-24.db")]
    Restore {
        /// The file.
        file: PathBuf,
        /// Restore although records newer than the copy are lost, or the copy differs from its
        /// records.
        #[arg(long)]
        force: bool,
    },
}

#[derive(clap::Args)]
pub struct BreachArguments {
    /// Only those: open, upheld, waived, referred.
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Only of this kind, as in fifth_trip or shared_phone.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Only of this gate.
    #[arg(long, value_name = "GATE")]
    pub gate: Option<String>,
    /// Decided ones from this day.
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Decided ones to this day.
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Look over a day first, of every gate where none is named.
    #[arg(long)]
    pub scan: bool,
    /// The day to look over; today without it.
    #[arg(long, value_name = "DAY", requires = "scan")]
    pub date: Option<String>,
}
