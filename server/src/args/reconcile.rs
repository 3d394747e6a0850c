//! Options of `sohoa reconcile`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use store::domain::{ReconciliationStage, RecordType, Week};

use super::Lang;

/// `sohoa reconcile`.
#[derive(Debug, Subcommand)]
pub enum Reconcile {
    /// Compare records that are already paired and print counts. Reads and writes files of this machine only; no value of a
    /// record is printed, neither in the counts nor in an error.
    ///
    /// Example: `sohoa reconcile check pairs.csv --province 66 --type birth --week 2026-W47 --stage before_approval
    /// --hotich-as-of 2026-11-15 --dancu-as-of 2026-11-14 --worklist worklist.csv > counts.json`
    Check(ReconcileCheck),
}

/// How the counts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CountsFormat {
    /// For the upload; the shape is versioned.
    Json,
    /// For spreadsheets: one row a count.
    Csv,
}

/// `sohoa reconcile check`.
#[derive(Debug, Args)]
pub struct ReconcileCheck {
    /// The CSV file of pairs; data/reconciliation/README.md lists its columns.
    #[arg(value_name = "PAIRS")]
    pub pairs: PathBuf,
    /// The code of the province, for a file without that column.
    #[arg(long, value_name = "CODE")]
    pub province: Option<String>,
    /// The record type, such as birth, marriage or death, for a file without that column.
    #[arg(long = "type", value_name = "TYPE", value_parser = parse_record_type)]
    pub record_type: Option<RecordType>,
    /// The ISO week in which the comparison was finished.
    #[arg(long, value_name = "YYYY-Www", value_parser = parse_week)]
    pub week: Week,
    /// `before_approval` or `after_transfer`.
    #[arg(long, value_name = "STAGE", value_parser = parse_stage)]
    pub stage: ReconciliationStage,
    /// The day of the civil-status data.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub hotich_as_of: NaiveDate,
    /// The day of the population data.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub dancu_as_of: NaiveDate,
    /// Write the private worklist here: pointers and kinds of difference, never values. It is not for upload.
    #[arg(long, value_name = "FILE")]
    pub worklist: Option<PathBuf>,
    /// How the counts are written.
    #[arg(long, value_enum, default_value = "json")]
    pub format: CountsFormat,
    /// The language of problems.
    #[command(flatten)]
    pub lang: Lang,
}

fn parse_record_type(text: &str) -> Result<RecordType, String> {
    RecordType::from_key(text)
        .filter(|record_type| *record_type != RecordType::All)
        .ok_or_else(|| "birth, marriage, death, parent_child, adoption, guardianship …".to_owned())
}

fn parse_week(text: &str) -> Result<Week, String> {
    Week::parse(text).ok_or_else(|| "a year and an ISO week, such as 2026-W47".to_owned())
}

fn parse_stage(text: &str) -> Result<ReconciliationStage, String> {
    ReconciliationStage::from_key(text)
        .ok_or_else(|| "before_approval or after_transfer".to_owned())
}
