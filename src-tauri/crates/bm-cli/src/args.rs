//! The arguments, with help a person can learn from.

use std::path::PathBuf;

use bm_api::Language;
use clap::{Parser, Subcommand, ValueEnum};

/// Biên Mậu: hàng hóa mua bán, trao đổi của cư dân biên giới (Thông tư 80/2019/TT-BTC).
///
/// Border residents' goods: declarations, duty-free quota, daily reports.
/// Exit status: 0 done, 1 refused or differences found, 2 wrong usage or input, 3 broken.
#[derive(Parser)]
#[command(name = "bienmau", version, max_term_width = 100)]
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
    /// the operating-system account that owns the folder.
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
    /// and residents next.
    Init {
        /// Gates, rates, 2,000 invented residents, a month of trade, five accounts.
        #[arg(long)]
        demo: bool,
    },
    /// Import a table: residents, goods, goods-list, rates, communes, gates.
    ///
    /// Every row is checked first; then all rows are taken, or none. Columns:
    /// residents: kind,number,name,born,commune[,sex,address,basis,phone];
    /// goods: hs,name_vi[,name_en,name_zh,unit,mfn,ordinary,acfta,vat_class,excise,environment,
    /// export_duty,quarantine,used_banned,reference_price_vnd];
    /// goods-list: hs_prefix,rule[,valid_from,valid_to,basis];
    /// rates: currency,rate,valid_from (a Monday)[,source];
    /// communes: code,name[,valid_from,valid_to,basis];
    /// gates: code[,name,kind,parent,valid_from,valid_to].
    #[command(verbatim_doc_comment)]
    Import {
        /// residents, goods, goods-list, rates, communes or gates.
        kind: String,
        /// CSV file: UTF-8, UTF-16 or Windows-1258; comma, semicolon or tab.
        file: PathBuf,
        /// Take the good rows although others are bad.
        #[arg(long)]
        skip_bad: bool,
    },
    /// Register declarations, one JSON object a line; answers one JSON line each, in order.
    ///
    /// A known id answers what it answered the first time.
    Declare {
        /// File with one JSON object a line; - for standard input.
        file: PathBuf,
    },
    /// What a person has used and has left, over all gates.
    Quota {
        /// Number of any of the person's papers.
        number: String,
        /// cccd, cmnd, border_pass, border_id or passport.
        #[arg(long)]
        kind: Option<String>,
        /// At this time (RFC 3339) instead of now.
        #[arg(long)]
        at: Option<String>,
    },
    /// Cancel a registered declaration; its quota is given back.
    Cancel {
        /// Id of the declaration.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Show a declaration whole.
    Show {
        /// Id of the declaration.
        id: String,
    },
    /// What a QR code, a machine-readable zone, a number or a name says.
    Scan {
        /// The text as the scanner gave it.
        text: String,
    },
    /// A report.
    Report {
        /// daily.
        kind: ReportKind,
        /// Code of the gate.
        #[arg(long)]
        gate: String,
        /// Day, as in 2026-11-24.
        #[arg(long)]
        date: String,
        /// json, csv or xlsx.
        #[arg(long, default_value = "json")]
        format: String,
        /// File to write; standard output when not given (not for xlsx).
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Derive quota, totals and the chain of records again and compare; exit 1 if anything differs.
    Verify,
    /// Write an encrypted copy of the database to a file that does not exist yet.
    Backup {
        /// The file.
        file: PathBuf,
    },
    /// Put a copy back, once it has been found whole.
    Restore {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ReportKind {
    /// Totals of one gate and day.
    Daily,
}
