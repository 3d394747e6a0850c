//! Options of `sohoa pack`.

use std::path::PathBuf;

use clap::Args;
use reports::pack::{Cutoff, ISSUER, LEAST_PERCENT};
use store::domain::UnitView;

use super::{Database, Lang, parse_units};
use crate::view::KnownOn;

/// `sohoa pack`.
#[derive(Debug, Args)]
pub struct Pack {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// A day such as 2024-07-18, a week such as 2024-W29 or a quarter such as 2024-Q3; the last week that is over by then
    /// is shown, and compared with that of a month, a week or a quarter before.
    #[arg(long, value_name = "CUT-OFF", value_parser = parse_cutoff)]
    pub cutoff: Cutoff,
    /// As known at the end of this day, or on this moment, such as 2024-07-18T10:00:00Z; as known now where none is given.
    #[arg(long, value_name = "DAY-OR-MOMENT", value_parser = parse_known_on)]
    pub known_on: Option<KnownOn>,
    /// as-reported, 63 or 34.
    #[arg(long, value_parser = parse_units, default_value = "as-reported")]
    pub units: UnitView,
    /// The language.
    #[command(flatten)]
    pub lang: Lang,
    /// The folder; it must be new, empty, or hold an earlier pack, which is replaced.
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// The least share of expected units that must have reported, in percent; below it every page is marked as incomplete.
    #[arg(long, value_name = "PERCENT", default_value_t = LEAST_PERCENT, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub least_percent: u8,
    /// The body in the head of the report, under the ministry.
    #[arg(long, value_name = "NAME", default_value = ISSUER)]
    pub issuer: String,
    /// Who issues it, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
}

fn parse_cutoff(text: &str) -> Result<Cutoff, String> {
    Cutoff::parse(text).ok_or_else(|| "a day, a week or a quarter".to_owned())
}

pub(super) fn parse_known_on(text: &str) -> Result<KnownOn, String> {
    KnownOn::parse(text).ok_or_else(|| "a day or a moment".to_owned())
}
