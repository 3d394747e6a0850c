//! Options of `sohoa rule-set` and `sohoa audit`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use store::domain::Digest;

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
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

fn parse_digest(text: &str) -> Result<Digest, String> {
    Digest::parse(text).ok_or_else(|| "64 hexadecimal digits".to_owned())
}
