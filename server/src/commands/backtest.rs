//! `sohoa backtest`.

use anyhow::Context as _;
use reports::backtest::{BacktestOptions, SeriesFile, backtest};
use reports::{forecast, render};
use store::domain::Text;

use super::outcome::{Outcome, WrongUse, print};
use super::scorecard::no_csv;
use crate::args::{Backtest, Format};
use crate::state::Clock;

/// Measures every method on the past of a file.
pub(super) fn run(options: &Backtest, clock: &Clock) -> anyhow::Result<Outcome> {
    let name = options.series.display();
    let bytes = std::fs::read(&options.series).map_err(|error| {
        WrongUse(Text::new(
            format!("không đọc được {name}: {error}"),
            format!("{name} cannot be read: {error}"),
        ))
    })?;
    let file = SeriesFile::read(&bytes).map_err(|error| {
        let Text { vi, en } = error.text();
        WrongUse(Text::new(format!("{name}: {vi}"), format!("{name}: {en}")))
    })?;
    if file.repeated > 0 {
        let rows = file.repeated;
        tracing::warn!("{name}: {rows} rows repeat a unit and date; the last one counts");
    }
    if file.above_total > 0 {
        tracing::warn!(
            "{name}: {} rows have a count above their total",
            file.above_total
        );
    }
    let asked = BacktestOptions {
        thresholds: options.thresholds.clone(),
        origins: options.origins,
        paths: forecast::PATHS / 2,
    };
    let measured = backtest(&file, &asked, &|| clock()).map_err(|error| WrongUse(error.text()))?;
    let written = match options.format {
        Format::Text => render::backtest_text(&measured, options.lang.language).into_bytes(),
        Format::Json => render::backtest_json(&measured)?,
        Format::Csv => return Err(no_csv().into()),
    };
    print(&written).context("the backtest could not be written")?;
    Ok(Outcome::Done)
}
