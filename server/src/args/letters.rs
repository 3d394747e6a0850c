//! Options of `sohoa letters`.

use std::path::PathBuf;

use clap::Args;
use reports::pack::ISSUER;
use store::domain::Week;

use super::pack::parse_known_on;
use super::{Database, Lang};
use crate::view::KnownOn;

/// `sohoa letters`.
#[derive(Debug, Args)]
pub struct Letters {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The week that was to be reported, such as 2025-W08; the latest week with reports where none is given.
    #[arg(long, value_name = "WEEK", value_parser = parse_week)]
    pub week: Option<Week>,
    /// As known at the end of this day, or on this moment; now where none is given.
    #[arg(long, value_name = "DAY-OR-MOMENT", value_parser = parse_known_on)]
    pub known_on: Option<KnownOn>,
    /// The folder; it must be new, empty, or hold earlier letters, which are replaced.
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// A DOCX document with {{placeholders}}; where none is given the ministry's latest of the page "Who is late", else the one
    /// that comes with the program.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// The body that sends them.
    #[arg(long, value_name = "NAME", default_value = ISSUER)]
    pub issuer: String,
    /// Who issues them, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// The language.
    #[command(flatten)]
    pub lang: Lang,
}

fn parse_week(text: &str) -> Result<Week, String> {
    Week::parse(text).ok_or_else(|| "a week such as 2025-W08".to_owned())
}
