//! `sohoa backtest`.

use anyhow::Context as _;
use reports::backtest::{BacktestOptions, Noted, Panels, SeriesFile, backtest};
use reports::{forecast, render};
use store::domain::Text;

use super::outcome::{Outcome, WrongUse, print};
use crate::args::{Backtest, Format, Series};
use crate::state::Clock;

/// Measures every method on the past of some files.
pub(super) fn run(options: &Backtest, clock: &Clock) -> anyhow::Result<Outcome> {
    let mut panels = Panels { panels: Vec::new() };
    for series in &options.series {
        let name = series.file.display().to_string();
        let file = read(series)?;
        let thresholds = match series.thresholds.as_slice() {
            [] => options.thresholds.clone(),
            own => own.to_vec(),
        };
        let asked = BacktestOptions {
            thresholds,
            origins: series.origins.or(options.origins),
            paths: forecast::PATHS / 2,
        };
        let measured =
            backtest(&file, &asked, &|| clock()).map_err(|error| of_file(&name, error.text()))?;
        panels.panels.push((name, measured));
    }
    let written = match options.format {
        Format::Text => render::backtest_text(&panels, options.lang.language).into_bytes(),
        Format::Json => render::backtest_json(&panels)?,
        Format::Csv => render::backtest_csv(&panels)?,
    };
    print(&written).context("the backtest could not be written")?;
    Ok(Outcome::Done)
}

fn read(series: &Series) -> Result<SeriesFile, WrongUse> {
    let name = series.file.display();
    let bytes = std::fs::read(&series.file).map_err(|error| {
        WrongUse(Text::new(
            format!("không đọc được {name}: {error}"),
            format!("{name} cannot be read: {error}"),
        ))
    })?;
    let file =
        SeriesFile::read(&bytes).map_err(|error| of_file(&name.to_string(), error.text()))?;
    let warn = |noted: Noted, what: &str| {
        let Noted { rows, first_line } = noted;
        if rows > 0 {
            tracing::warn!("{name}: line {first_line}: {what}; rows like it: {rows}");
        }
    };
    warn(
        file.repeated,
        "the unit and date are those of an earlier row, and the last one counts",
    );
    warn(file.above_total, "the count is above its total");
    Ok(file)
}

fn of_file(name: &str, Text { vi, en }: Text) -> WrongUse {
    WrongUse(Text::new(format!("{name}: {vi}"), format!("{name}: {en}")))
}
