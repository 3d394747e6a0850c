//! Options of `sohoa changes`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use reports::model::{ChangeKind, ChangeOrder};
use store::domain::{UnitId, UnitView};

use super::pack::parse_known_on;
use super::{Database, Lang, parse_unit, parse_units};
use crate::view::KnownOn;

/// `sohoa changes`.
#[derive(Debug, Args)]
pub struct Changes {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// As known at the end of this day, or on this moment; the last meeting where none is given: that of the last pack
    /// issued, else a month before.
    #[arg(long, value_name = "DAY-OR-MOMENT", value_parser = parse_known_on)]
    pub from: Option<KnownOn>,
    /// As known at the end of this day, or on this moment; now where none is given.
    #[arg(long, value_name = "DAY-OR-MOMENT", value_parser = parse_known_on)]
    pub to: Option<KnownOn>,
    /// The day whose week is shown; the latest week with reports where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
    /// Over which units the national change is added up: as-reported, 63 or 34.
    #[arg(long, value_parser = parse_units, default_value = "as-reported")]
    pub units: UnitView,
    /// Only cells of this unit, such as p49, or of those merged into it.
    #[arg(long, value_name = "ID", value_parser = parse_unit)]
    pub unit: Option<UnitId>,
    /// Only cells of one kind: correction, withdrawal or new.
    #[arg(long, value_name = "KIND", value_parser = parse_kind)]
    pub kind: Option<ChangeKind>,
    /// The order: kind, unit, size or latest.
    #[arg(long, value_name = "ORDER", default_value = "kind", value_parser = parse_order)]
    pub order: ChangeOrder,
    /// Write the cells into this file, as CSV or XLSX by its ending.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The language.
    #[command(flatten)]
    pub lang: Lang,
}

fn parse_kind(text: &str) -> Result<ChangeKind, String> {
    ChangeKind::from_key(text).ok_or_else(|| "correction, withdrawal or new".to_owned())
}

fn parse_order(text: &str) -> Result<ChangeOrder, String> {
    ChangeOrder::from_key(text).ok_or_else(|| "kind, unit, size or latest".to_owned())
}
