//! Options of `sohoa rule-set` and `sohoa audit`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use store::domain::{AuditBasis, Digest, RecordType};

use super::{Database, Lang};

/// `sohoa rule-set`.
#[derive(Debug, Args)]
pub struct RecordRuleSet {
    /// As batches name it, such as VN-1.1.
    pub name: String,
    /// The digest of the labelled pairs that are the rule set.
    #[arg(long, value_name = "DIGEST", value_parser = parse_digest)]
    pub sha256: Digest,
    /// The first day it is used.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub effective_from: NaiveDate,
    /// The first day it is not used any more; in force where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub retired_on: Option<NaiveDate>,
    /// An earlier rule set with the same classes; where none is given its rates compare with no others.
    #[arg(long, value_name = "NAME")]
    pub comparable_with: Option<String>,
    /// Who, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa audit`.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Print the smallest plan for a lot: how many entries are looked at (n), how many may be defective (c).
    Plan(AuditPlan),
    /// Print the entries of a frozen list that are in the sample.
    ///
    /// An entry is in it where the SHA-256 of the seed (64 hexadecimal digits), a line feed and the entry's line is among
    /// the least. `printf '%s\n%s' "$SEED" "$LINE" | sha256sum` prints the same.
    Sample(AuditSample),
    /// Freeze the list of pointers of a lot: its digest and length are recorded, the list stays where it is.
    ///
    /// Example: sohoa audit freeze --province 66 --type birth --contractor "Công ty A" --list pointers.txt --by "Sở Tư pháp"
    Freeze(AuditFreeze),
    /// Issue the seed of a frozen lot, once: it follows from the entry that froze it and from random bits.
    ///
    /// Example: sohoa audit seed 120
    Seed(AuditSeedOrder),
    /// Record what was found in the sample. The decision follows the acceptance number.
    ///
    /// Example: sohoa audit record 120 --sheet sample.csv --inspector "Phòng Hộ tịch"
    Record(AuditRecord),
    /// List the lots with their seeds, decisions and intervals.
    ///
    /// Example: sohoa audit list --lang en
    List(AuditList),
}

impl Audit {
    /// The language that was asked for.
    #[must_use]
    pub const fn lang(&self) -> &Lang {
        match self {
            Self::Plan(options) => &options.lang,
            Self::Sample(options) => &options.lang,
            Self::Freeze(options) => &options.lang,
            Self::Seed(options) => &options.lang,
            Self::Record(options) => &options.lang,
            Self::List(options) => &options.lang,
        }
    }
}

/// `sohoa audit freeze`.
#[derive(Debug, Args)]
pub struct AuditFreeze {
    /// The code of the province on this day.
    #[arg(long, value_name = "CODE")]
    pub province: String,
    /// The record type; `all` where the lot mixes them.
    #[arg(long = "type", value_name = "TYPE", value_parser = parse_record_type)]
    pub record_type: RecordType,
    /// The registration years of the books, such as 1976-1999; all where none are given.
    #[arg(long, value_name = "FROM-TO", value_parser = parse_period)]
    pub period: Option<(u16, u16)>,
    /// The firm or office that typed the entries.
    #[arg(long, value_name = "NAME")]
    pub contractor: String,
    /// What the entries are compared with: `paper_book`, image or population.
    #[arg(long, value_name = "WHAT", default_value = "paper_book", value_parser = parse_basis)]
    pub against: AuditBasis,
    /// The list: a pointer (book, page, entry) a line. Only its digest and length are recorded.
    #[arg(long, value_name = "FILE", required_unless_present = "sha256")]
    pub list: Option<PathBuf>,
    /// The digest of a list that is elsewhere, with --entries.
    #[arg(long, value_name = "DIGEST", value_parser = parse_digest, requires = "entries", conflicts_with = "list")]
    pub sha256: Option<Digest>,
    /// How many pointers that list has.
    #[arg(long, value_name = "ENTRIES", requires = "sha256")]
    pub entries: Option<u32>,
    /// A lot with this share of defective entries is rejected in 5 % of cases at most; per mille.
    #[arg(long, value_name = "PERMILLE", default_value_t = 5)]
    pub acceptable: u32,
    /// A lot with this share of defective entries is accepted in 10 % of cases at most; per mille.
    #[arg(long, value_name = "PERMILLE", default_value_t = 20)]
    pub limiting: u32,
    /// The rejected lot that is audited again.
    #[arg(long, value_name = "LOT")]
    pub again: Option<i64>,
    /// Who, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa audit seed`.
#[derive(Debug, Args)]
pub struct AuditSeedOrder {
    /// The number of the lot.
    pub lot: i64,
    /// Who, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa audit record`.
#[derive(Debug, Args)]
pub struct AuditRecord {
    /// The number of the lot.
    pub lot: i64,
    /// The marked sheet of the sample, as `sohoa audit sample --format csv` writes it. Only counts of it are recorded.
    #[arg(long, value_name = "FILE")]
    pub sheet: PathBuf,
    /// The office that looked at the entries, which is not the contractor.
    #[arg(long, value_name = "NAME")]
    pub inspector: String,
    /// Every entry of the lot was checked again before this audit.
    #[arg(long)]
    pub recheck_all: bool,
    /// Who, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa audit list`.
#[derive(Debug, Args)]
pub struct AuditList {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the list.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa audit plan`.
#[derive(Debug, Args)]
pub struct AuditPlan {
    /// How many entries the lot has.
    #[arg(long, value_name = "ENTRIES")]
    pub lot: u32,
    /// A lot with this share of defective entries is rejected in 5 % of cases at most; per mille.
    #[arg(long, value_name = "PERMILLE", default_value_t = 5)]
    pub acceptable: u32,
    /// A lot with this share of defective entries is accepted in 10 % of cases at most; per mille.
    #[arg(long, value_name = "PERMILLE", default_value_t = 20)]
    pub limiting: u32,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// How a sample is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SampleFormat {
    /// The pointers, a line each.
    Lines,
    /// A sheet to mark.
    Csv,
}

/// `sohoa audit sample`.
#[derive(Debug, Args)]
pub struct AuditSample {
    /// The seed that was issued after the list was frozen.
    #[arg(long, value_name = "DIGEST", value_parser = parse_digest)]
    pub seed: Digest,
    /// How many entries are looked at.
    #[arg(long, value_name = "ENTRIES")]
    pub size: usize,
    /// The frozen list: a pointer (book, page, entry) a line.
    #[arg(long, value_name = "FILE")]
    pub list: PathBuf,
    /// The digest of the list when it was frozen; another list is refused.
    #[arg(long, value_name = "DIGEST", value_parser = parse_digest)]
    pub frozen: Option<Digest>,
    /// `lines`: the pointers; `csv`: a sheet to mark, with the place of each in the list.
    #[arg(long, value_enum, default_value_t = SampleFormat::Lines)]
    pub format: SampleFormat,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

fn parse_digest(text: &str) -> Result<Digest, String> {
    Digest::parse(text).ok_or_else(|| "64 hexadecimal digits".to_owned())
}

fn parse_record_type(text: &str) -> Result<RecordType, String> {
    RecordType::from_key(text).ok_or_else(|| "birth, marriage, death … or all".to_owned())
}

fn parse_basis(text: &str) -> Result<AuditBasis, String> {
    AuditBasis::from_key(text).ok_or_else(|| "paper_book, image or population".to_owned())
}

fn parse_period(text: &str) -> Result<(u16, u16), String> {
    crate::auditing::parse_period(text).ok_or_else(|| "two years, such as 1976-1999".to_owned())
}
