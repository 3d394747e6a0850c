//! Options of `sohoa backtest`.

use std::path::PathBuf;

use clap::Args;
use reports::backtest::OriginRange;

use super::{Format, Lang};

/// `sohoa backtest`.
#[derive(Debug, Args)]
pub struct Backtest {
    /// A CSV file with the columns `unit`, `week_ending`, `cumulative` and `total`.
    #[arg(long, value_name = "FILE")]
    pub series: PathBuf,
    /// Shares of the total whose dates are forecast; 0.5,0.6,0.7,0.8,0.9 where none are given.
    #[arg(long, value_name = "SHARES", value_delimiter = ',')]
    pub thresholds: Vec<f64>,
    /// Weeks in which forecasts are made, from:to:step, counted from the first date of the file; every fourth week from the
    /// sixth to three before the end where none are given.
    #[arg(long, value_name = "FROM:TO:STEP", value_parser = parse_origins)]
    pub origins: Option<OriginRange>,
    /// How the scores are written: text or json.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// The language of the table.
    #[command(flatten)]
    pub lang: Lang,
}

fn parse_origins(text: &str) -> Result<OriginRange, String> {
    let weeks: Vec<u16> = text
        .split(':')
        .filter_map(|week| week.parse().ok())
        .collect();
    match weeks.as_slice() {
        [from, to, step] if *step > 0 && from <= to && text.split(':').count() == 3 => {
            Ok(OriginRange {
                from: *from,
                to: *to,
                step: *step,
            })
        }
        _ => Err("three week numbers as from:to:step, such as 6:48:2".to_owned()),
    }
}
