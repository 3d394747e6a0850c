//! The backtest as CSV: a row a series and method, then the rows of the mean.

use super::error::TableError;
use crate::backtest::{HORIZON_GROUPS, MethodScores, Panels};

/// Writes a heading of stable names and a row for each series and method.
///
/// Of several series the rows of `mean` follow, in which each series weighs the same. Errors are in weeks, `coverage` and `refused` from 0 to 1; a cell is empty where the
/// figure does not exist. `milliseconds` is the only column that differs from run to run.
///
/// # Errors
/// [`TableError::Csv`] where the writer refuses a row.
pub fn backtest_csv(panels: &Panels) -> Result<Vec<u8>, TableError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for (name, backtest) in &panels.panels {
        for scores in &backtest.methods {
            writer.write_record(record(name, scores))?;
        }
    }
    if panels.panels.len() > 1 {
        for scores in &panels.mean() {
            writer.write_record(record("mean", scores))?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| TableError::Csv(error.into_error().into()))
}

const COLUMNS: [&str; 27] = [
    "series",
    "method",
    "cases",
    "crps",
    "interval_score_80",
    "coverage_50",
    "coverage_80",
    "coverage_90",
    "width_80",
    "brier_8",
    "brier_13",
    "brier_26",
    "pinball",
    "mean_error",
    "mean_abs_error",
    "median_abs_error",
    "median_abs_error_4",
    "median_abs_error_13",
    "median_abs_error_26",
    "median_abs_error_52",
    "median_abs_error_104",
    "sum_crps",
    "sum_coverage_50",
    "sum_coverage_80",
    "sum_coverage_90",
    "refused",
    "milliseconds",
];

fn record(series: &str, scores: &MethodScores) -> Vec<String> {
    let held = scores.coverage;
    let [eight, thirteen, half_year] = scores.brier;
    let figures = [
        scores.crps,
        scores.interval_80,
        held.half,
        held.four_fifths,
        held.nine_tenths,
        scores.width_80,
        eight,
        thirteen,
        half_year,
        scores.pinball,
        scores.bias,
        scores.mean_abs_error,
        scores.median_abs_error,
    ];
    let groups = HORIZON_GROUPS.iter().map(|group| {
        let mut groups = scores.by_horizon.iter();
        let found = groups.find(|one| one.weeks == *group)?;
        Some(found.median_abs_error)
    });
    let sum = scores.national.map(|sum| {
        let held = sum.coverage;
        [sum.crps, held.half, held.four_fifths, held.nine_tenths]
    });
    let sum = (0..4).map(|place| Some(sum?[place]));
    let figures = figures.map(Some).into_iter().chain(groups).chain(sum);
    let cell = |figure: Option<f64>| figure.map_or_else(String::new, |one| format!("{one:.4}"));
    let mut cells = vec![
        series.to_owned(),
        scores.name.to_owned(),
        scores.cases.to_string(),
    ];
    cells.extend(figures.map(cell));
    cells.push(format!("{:.4}", scores.refused));
    cells.push(scores.time.num_milliseconds().to_string());
    cells
}
