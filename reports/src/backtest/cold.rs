//! Cold start: what a unit's own history is worth.

use rayon::prelude::*;

use super::cases::Asked;
use super::error::BacktestError;
use super::ours::ours;
use super::run::{BacktestOptions, cases};
use super::score::{Scores, score};
use super::series::SeriesFile;

/// One unit in so many is known by its latest report alone.
const EVERY: usize = 5;

/// The forecasts of every fifth unit, once from its whole history and once from its latest report alone, the others with theirs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColdStart {
    /// The cases of those units.
    pub cases: usize,
    /// Their mean CRPS in weeks with the whole history.
    pub crps_full: f64,
    /// Their mean CRPS in weeks with the latest report alone.
    pub crps_cold: f64,
    /// The coverage of the interval of 80 % with the latest report alone.
    pub coverage_cold: f64,
}

/// Measures what the histories of every fifth unit are worth.
///
/// # Errors
/// Those of [`super::backtest`].
pub fn cold_start(
    file: &SeriesFile,
    options: &BacktestOptions,
) -> Result<ColdStart, BacktestError> {
    let (_, _, asked) = cases(file, options)?;
    let both: Vec<(Vec<Scores>, Vec<Scores>)> = asked
        .into_par_iter()
        .map(|mut asked| {
            let full = scores(file, &asked, options.paths);
            let cold = asked.units.iter_mut().filter(|(unit, _)| is_cold(*unit));
            for (_, known) in cold {
                known.reports.drain(..known.reports.len() - 1);
                known.totals.drain(..known.totals.len() - 1);
            }
            (full, scores(file, &asked, options.paths))
        })
        .collect();
    let full: Vec<Scores> = both.iter().flat_map(|(full, _)| full).copied().collect();
    let cold: Vec<Scores> = both.iter().flat_map(|(_, cold)| cold).copied().collect();
    if full.is_empty() {
        return Err(BacktestError::NoCase);
    }
    let mean = |scores: &[Scores], of: fn(&Scores) -> f64| {
        let (sum, count) = scores
            .iter()
            .fold((0.0, 0.0), |(sum, count), one| (sum + of(one), count + 1.0));
        sum / count
    };
    Ok(ColdStart {
        cases: full.len(),
        crps_full: mean(&full, |one| one.crps),
        crps_cold: mean(&cold, |one| one.crps),
        coverage_cold: mean(&cold, |one| f64::from(u8::from(one.held[1]))),
    })
}

const fn is_cold(unit: usize) -> bool {
    unit.is_multiple_of(EVERY)
}

fn scores(file: &SeriesFile, asked: &Asked, paths: usize) -> Vec<Scores> {
    let answers = ours(file, asked, paths);
    let units = asked.units.iter().zip(&asked.truths).zip(&answers.units);
    let cold = units.filter(|((known, _), _)| is_cold(known.0));
    let of_unit = cold.filter_map(|((_, truths), answer)| Some((truths, answer.as_ref()?)));
    of_unit
        .flat_map(|(truths, answer)| truths.iter().zip(answer))
        .filter_map(|(truth, forecast)| Some(score(forecast, (*truth)?)))
        .collect()
}
