//! The backtest as JSON, version 1.
//!
//! Times are in weeks; `coverage` and `refused` are shares from 0 to 1 and `brier` is by weeks ahead. `milliseconds` is the
//! only figure that differs from run to run.

use std::collections::BTreeMap;

use serde::Serialize;

use super::error::TableError;
use super::forecast_json::rounded;
use crate::backtest::{Backtest, Coverage, MethodScores, Panels};

/// Writes the backtest of one series, or of several and their `mean`; indented, with a line break at the end.
///
/// # Errors
/// [`TableError::Json`] where the writer refuses a value.
pub fn backtest_json(panels: &Panels) -> Result<Vec<u8>, TableError> {
    let mut documents = panels
        .panels
        .iter()
        .map(|(name, one)| Document::of(name, one));
    let mut bytes = match (documents.next(), panels.panels.len()) {
        (Some(only), 1) => serde_json::to_vec_pretty(&only)?,
        (first, _) => serde_json::to_vec_pretty(&Several {
            version: VERSION,
            series: first.into_iter().chain(documents).collect(),
            mean: Scored::of(&panels.mean()),
        })?,
    };
    bytes.push(b'\n');
    Ok(bytes)
}

const VERSION: u8 = 1;

#[derive(Serialize)]
struct Several<'a> {
    version: u8,
    series: Vec<Document<'a>>,
    /// Each series weighs the same.
    mean: Scored,
}

#[derive(Serialize)]
struct Scored {
    methods: Vec<Method>,
    by_horizon: Vec<Horizon>,
}

impl Scored {
    fn of(methods: &[MethodScores]) -> Self {
        Self {
            methods: methods.iter().map(Method::of).collect(),
            by_horizon: methods.iter().flat_map(horizons).collect(),
        }
    }
}

impl<'a> Document<'a> {
    fn of(name: &'a str, backtest: &'a Backtest) -> Self {
        let origins = backtest.origins;
        Self {
            version: VERSION,
            name,
            cases: backtest.cases,
            thresholds: &backtest.thresholds,
            origins: format!("{}:{}:{}", origins.from, origins.to, origins.step),
            scored: Scored::of(&backtest.methods),
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    name: &'a str,
    cases: usize,
    thresholds: &'a [f64],
    origins: String,
    #[serde(flatten)]
    scored: Scored,
}

#[derive(Serialize)]
struct Method {
    name: &'static str,
    ours: bool,
    cases: usize,
    median_abs_error_weeks: f64,
    mean_abs_error_weeks: f64,
    mean_error_weeks: f64,
    mean_crps: f64,
    mean_pinball: f64,
    coverage: BTreeMap<&'static str, f64>,
    mean_width_80_weeks: f64,
    mean_interval_score_80: f64,
    brier: BTreeMap<&'static str, f64>,
    national: Option<National>,
    refused: f64,
    milliseconds: i64,
}

#[derive(Serialize)]
struct National {
    cases: usize,
    mean_crps: f64,
    coverage: BTreeMap<&'static str, f64>,
}

#[derive(Serialize)]
struct Horizon {
    method: &'static str,
    from_weeks: f64,
    to_weeks: f64,
    cases: usize,
    median_abs_error_weeks: f64,
    mean_crps: f64,
    coverage_80: f64,
}

/// Four digits mean something.
fn cut(number: f64) -> f64 {
    rounded(number, 1e4)
}

impl Method {
    fn of(scores: &MethodScores) -> Self {
        Self {
            name: scores.name,
            ours: scores.ours,
            cases: scores.cases,
            median_abs_error_weeks: cut(scores.median_abs_error),
            mean_abs_error_weeks: cut(scores.mean_abs_error),
            mean_error_weeks: cut(scores.bias),
            mean_crps: cut(scores.crps),
            mean_pinball: cut(scores.pinball),
            coverage: held(scores.coverage),
            mean_width_80_weeks: cut(scores.width_80),
            mean_interval_score_80: cut(scores.interval_80),
            brier: ["8", "13", "26"]
                .into_iter()
                .zip(scores.brier.map(cut))
                .collect(),
            national: scores.national.map(|national| National {
                cases: national.cases,
                mean_crps: cut(national.crps),
                coverage: held(national.coverage),
            }),
            refused: cut(scores.refused),
            milliseconds: scores.time.num_milliseconds(),
        }
    }
}

fn held(coverage: Coverage) -> BTreeMap<&'static str, f64> {
    let held = [coverage.half, coverage.four_fifths, coverage.nine_tenths].map(cut);
    ["50", "80", "90"].into_iter().zip(held).collect()
}

fn horizons(scores: &MethodScores) -> impl Iterator<Item = Horizon> {
    scores.by_horizon.iter().map(|group| Horizon {
        method: scores.name,
        from_weeks: group.weeks.0,
        to_weeks: group.weeks.1,
        cases: group.cases,
        median_abs_error_weeks: cut(group.median_abs_error),
        mean_crps: cut(group.crps),
        coverage_80: cut(group.coverage_80),
    })
}
