//! The options of `sohoa check`, `load` and `template`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{Database, Format, Lang};

/// `sohoa check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How the receipt is written.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Check against what this database knows of earlier weeks; without it those rules are named as not checked.
    #[arg(long, value_name = "FILE-OR-URL")]
    pub database: Option<String>,
    /// Also write a copy of the file to this path, with the cells marked and what to do in comments; for one file.
    #[arg(long, value_name = "OUT")]
    pub annotate: Option<PathBuf>,
    /// Answers the questions of the file.
    #[arg(long, value_name = "TEXT")]
    pub explain: Option<String>,
    /// A CSV file with the columns question and answer: the name of a question as a receipt prints it, and what is answered.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// The language of the receipt.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa load`.
#[derive(Debug, Args)]
pub struct Load {
    /// Files, or folders whose .csv files are taken in the order of their names.
    #[arg(required_unless_present = "watch", value_name = "FILE-OR-FOLDER")]
    pub files: Vec<PathBuf>,
    /// Take the files that are dropped into a folder until told to stop: into done/, or into refused/ with a receipt.
    #[arg(long, value_name = "FOLDER", conflicts_with = "files")]
    pub watch: Option<PathBuf>,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// Who sends the files, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// Answers the questions of the files.
    #[arg(long, value_name = "TEXT")]
    pub explain: Option<String>,
    /// A CSV file with the columns question and answer: the name of a question as a receipt prints it, and what is answered.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// The language of the receipts.
    #[command(flatten)]
    pub lang: Lang,
}

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Weekly counts by stage.
    Counts,
    /// Batches of reconciliation with the population database, outcomes alone.
    Reconciliation,
    /// The same with everything a document tells: fields by class, personal numbers, duplicates.
    ReconciliationFull,
}

/// `sohoa template`.
#[derive(Debug, Args)]
pub struct Template {
    /// Which form.
    #[arg(value_enum)]
    pub form: Form,
    /// The code of the province on the day the counts are true for; without it the form has a row for every province.
    #[arg(long, value_name = "CODE")]
    pub province: Option<String>,
    /// The day the counts are true for; today where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
    /// How the form is written.
    #[arg(long, value_enum, default_value = "csv")]
    pub format: FormFormat,
    /// Take the rows that the province reported, and its last figures, from this database.
    #[arg(long, value_name = "FILE-OR-URL")]
    pub database: Option<String>,
    /// The language of the headers.
    #[command(flatten)]
    pub lang: Lang,
}

/// How a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormFormat {
    /// A workbook with lists to choose from, input rules and advice.
    Xlsx,
    /// A plain table.
    Csv,
}
