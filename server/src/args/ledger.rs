//! The options of `sohoa withdraw`, `restore-submission` and `deadline`.

use chrono::NaiveDate;
use clap::Args;

use super::{Database, Lang, parse_unit};

/// `sohoa withdraw` and `sohoa restore-submission`.
#[derive(Debug, Args)]
pub struct Withdraw {
    /// The number of the submission.
    pub submission: i64,
    /// Why; it is kept.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
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

/// `sohoa deadline`.
#[derive(Debug, Args)]
pub struct SetDeadline {
    /// The last day of the work.
    pub due_on: NaiveDate,
    /// The permanent id of a unit, such as p49; the nation where none is given.
    #[arg(long, value_name = "ID", value_parser = parse_unit)]
    pub unit: Option<store::domain::UnitId>,
    /// The day it was announced; today where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub announced_on: Option<NaiveDate>,
    /// The law, plan or decision that set it.
    #[arg(long, value_name = "TEXT")]
    pub source: String,
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
