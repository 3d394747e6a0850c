//! The options of `sohoa forecast` and `chart`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use reports::charts::ChartFormat;
use reports::forecast::Followed;
use reports::illustrate::ChartName;
use store::domain::UnitView;

use super::{Database, Format, Lang, parse_chart, parse_chart_format, parse_followed, parse_units};

/// Which figures, as known when.
#[derive(Debug, Args)]
pub struct Which {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The day whose week is shown; the latest week with reports where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
    /// As known at the end of this day; as known now where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub known_on: Option<NaiveDate>,
    /// as-reported, 63 or 34.
    #[arg(long, value_parser = parse_units, default_value = "as-reported")]
    pub units: UnitView,
    /// Whose completion is forecast: slowest is the whole chain, done when its last stage is; scanned, entered, checked,
    /// approved or transferred is that stage alone, at its own pace.
    #[arg(long, value_parser = parse_followed, default_value = "slowest")]
    pub stage: Followed,
    /// The language.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa forecast`.
#[derive(Debug, Args)]
pub struct Forecast {
    /// Which figures.
    #[command(flatten)]
    pub which: Which,
    /// Ask for another deadline than the one in force, for every unit.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub deadline: Option<NaiveDate>,
    /// Issue the forecast: keep it as given out, to be scored when the truth is known.
    #[arg(long, requires = "by", conflicts_with_all = ["deadline", "reissue"])]
    pub issue: bool,
    /// Who issues it.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Print the issued forecast of this number, made again from what was known then; fails where a byte differs. One of
    /// an older method is printed as it was kept, and that is said.
    #[arg(long, value_name = "NUMBER", conflicts_with = "deadline")]
    pub reissue: Option<i64>,
    /// Print why the date moved between two issued forecasts.
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["deadline", "issue", "reissue"])]
    pub explain: Vec<i64>,
    /// How the table is written.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// `sohoa chart`.
#[derive(Debug, Args)]
pub struct Chart {
    /// Which chart: burn-up, ranking, tiles, timeline, multiples, pace, stage-gap, throughput, submissions, meeting,
    /// comparison, field-rates or ageing.
    #[arg(value_parser = parse_chart)]
    pub name: ChartName,
    /// Which figures.
    #[command(flatten)]
    pub which: Which,
    /// The code of a province on the day shown, for its own burn-up or throughput; the nation where none is given.
    #[arg(long, value_name = "CODE")]
    pub province: Option<String>,
    /// A day of the week that the last meeting looked at, for the chart of changes; a month before where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<NaiveDate>,
    /// svg, png, pdf or csv; the ending of the file where none is given, else svg.
    #[arg(long, value_name = "FORMAT", value_parser = parse_chart_format)]
    pub format: Option<ChartFormat>,
    /// The file to write; the name of the chart in this folder where none is given.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Width of a PNG in pixels.
    #[arg(long, value_name = "PIXELS", default_value_t = 1920, value_parser = clap::value_parser!(u32).range(200..=8000))]
    pub width: u32,
}
