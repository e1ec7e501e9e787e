//! The arguments, with help a person can learn from.

use std::path::PathBuf;

use bm_api::Language;
use bm_domain::statistics::PeriodKind;
use bm_host::import::Kind;
use clap::{Parser, Subcommand, ValueEnum};

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
        /// Gates, rates, 2,000 invented residents, a month of trade, five accounts.
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
    /// unit_price, currency, origin, condition, certificate}], allocation (entered or least_tax).
    /// Numbers are JSON strings, or JSON numbers without an exponent.
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
    /// tracking_book, vehicle_book, receipt, alignment_page.
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
    /// Derive quota, totals, names and numbers and the chain of records again and compare.
    ///
    /// Prints what differs; exit status 1 if anything does.
    #[command(after_long_help = "Examples:\n  \
        bienmau --data office verify\n  \
        bienmau --data office --json verify")]
    Verify,
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

#[derive(Clone, Copy, ValueEnum)]
pub enum ImportKind {
    Residents,
    Goods,
    GoodsList,
    Rates,
    Communes,
    Gates,
    Prices,
}

impl From<ImportKind> for Kind {
    fn from(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Residents => Self::Residents,
            ImportKind::Goods => Self::Goods,
            ImportKind::GoodsList => Self::GoodsList,
            ImportKind::Rates => Self::Rates,
            ImportKind::Communes => Self::Communes,
            ImportKind::Gates => Self::Gates,
            ImportKind::Prices => Self::Prices,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum PaperKind {
    Cccd,
    Cmnd,
    BorderPass,
    BorderId,
    Passport,
    ChineseId,
}

impl From<PaperKind> for bm_domain::resident::PaperKind {
    fn from(kind: PaperKind) -> Self {
        match kind {
            PaperKind::Cccd => Self::Cccd,
            PaperKind::Cmnd => Self::Cmnd,
            PaperKind::BorderPass => Self::BorderPass,
            PaperKind::BorderId => Self::BorderId,
            PaperKind::Passport => Self::Passport,
            PaperKind::ChineseId => Self::ChineseId,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Period {
    Day,
    HalfMonth,
    Month,
    Quarter,
    HalfYear,
    Year,
    Span,
}

impl From<Period> for PeriodKind {
    fn from(period: Period) -> Self {
        match period {
            Period::Day => Self::Day,
            Period::HalfMonth => Self::HalfMonth,
            Period::Month => Self::Month,
            Period::Quarter => Self::Quarter,
            Period::HalfYear => Self::HalfYear,
            Period::Year => Self::Year,
            Period::Span => Self::Span,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Paper {
    A4,
    A5,
}

impl From<Paper> for bm_domain::template::PaperSize {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::A4 => Self::A4,
            Paper::A5 => Self::A5,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As the program's other answers.
    Json,
    /// UTF-8 with a mark, for any spreadsheet.
    Csv,
    /// Excel, with real numbers.
    Xlsx,
    /// On paper, where a template is held.
    Pdf,
}

impl Format {
    /// The format a file's suffix names; a person's data is not printed.
    pub fn of_suffix(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The word used in file names.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }
}
