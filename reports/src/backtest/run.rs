//! Rolling origins: all methods side by side on the same cases.

use rayon::prelude::*;

use super::baseline::{linear, logistic, naive, throughput};
use super::cases::Asked;
use super::error::BacktestError;
use super::measure::{Answers, MethodScores, Watch, measure};
use super::ours::ours;
use super::score::Percentiles;
use super::series::{Known, SeriesFile};
use crate::forecast::{METHOD, purpose_of};

/// Origins: the week indices `from`, `from + step`, … up to and including `to`. Week 0 ends on the first date of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OriginRange {
    /// The first origin.
    pub from: u16,
    /// The last origin, if a step falls on it.
    pub to: u16,
    /// The weeks between two origins; at least 1.
    pub step: u16,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct BacktestOptions {
    /// The thresholds, as shares of the total: above 0, at most 1. Empty stands for 50, 60, 70, 80 and 90 %.
    pub thresholds: Vec<f64>,
    /// The origins; `None` stands for every fourth week from the sixth to three weeks before the end.
    pub origins: Option<OriginRange>,
    /// The paths of our method.
    pub paths: usize,
}

/// All methods on the cases of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// The cases that every method was asked.
    pub cases: usize,
    /// The thresholds.
    pub thresholds: Vec<f64>,
    /// The origins.
    pub origins: OriginRange,
    /// The methods; ours last.
    pub methods: Vec<MethodScores>,
}

/// Runs every method on every case.
///
/// # Errors
/// [`BacktestError`] for thresholds that are no shares, ranges without an origin, and files without a case.
pub fn backtest(
    file: &SeriesFile,
    options: &BacktestOptions,
    clock: Watch<'_>,
) -> Result<Backtest, BacktestError> {
    let (thresholds, origins, asked) = cases(file, options)?;
    let cases = asked.iter().flat_map(|asked| asked.truths.iter().flatten());
    let cases = cases.filter(|truth| truth.is_some()).count();
    if cases == 0 {
        return Err(BacktestError::NoCase);
    }
    let mut methods: Vec<MethodScores> = PEERS
        .into_iter()
        .map(|(name, peer)| measure(name, &asked, clock, |asked| answers(file, asked, peer)))
        .collect();
    methods.push(measure(METHOD, &asked, clock, |asked| {
        ours(file, asked, options.paths)
    }));
    Ok(Backtest {
        cases,
        thresholds,
        origins,
        methods,
    })
}

/// The thresholds and origins of a run, and what is asked at each origin.
pub(super) fn cases(
    file: &SeriesFile,
    options: &BacktestOptions,
) -> Result<(Vec<f64>, OriginRange, Vec<Asked>), BacktestError> {
    let thresholds = checked_thresholds(&options.thresholds)?;
    let origins = options.origins.unwrap_or_else(|| usual_origins(file));
    let OriginRange { from, to, step } = origins;
    if step == 0 || to < from {
        return Err(BacktestError::Origins(from, to, step));
    }
    let weeks: Vec<u16> = (from..=to.min(file.weeks)).step_by(step.into()).collect();
    let asked = weeks
        .par_iter()
        .map(|origin| Asked::of(file, &thresholds, i64::from(*origin)))
        .collect();
    Ok((thresholds, origins, asked))
}

/// A method that looks at one unit alone; the number seeds its random numbers.
type Peer = fn(&Known, &[f64], u64) -> Option<Vec<Percentiles>>;

/// The methods of others, with the number of weeks they look back on in their names.
const PEERS: [(&str, Peer); 4] = [
    ("naive-4", |known, goals, _| naive(known, goals)),
    ("linear-8", |known, goals, _| linear(known, goals)),
    ("throughput-8", throughput),
    ("logistic", |known, goals, _| logistic(known, goals)),
];

fn answers(file: &SeriesFile, asked: &Asked, peer: Peer) -> Answers {
    let units = asked.units.iter().zip(&asked.goals);
    let of_unit = |((unit, known), goals): (&(usize, Known), &Vec<f64>)| {
        peer(known, goals, seed_of(file, *unit, asked))
    };
    let (goals, truths): (Vec<f64>, Vec<f64>) = asked.national.iter().copied().unzip();
    let seed = purpose_of(&format!("nation {}", asked.origin));
    let national = peer(&asked.nation, &goals, seed).unwrap_or_default();
    Answers {
        units: units.map(of_unit).collect(),
        national: national.into_iter().zip(truths).collect(),
    }
}

fn usual_origins(file: &SeriesFile) -> OriginRange {
    let from = 6.min(file.weeks.saturating_sub(1));
    OriginRange {
        from,
        to: file.weeks.saturating_sub(3).max(from),
        step: 4,
    }
}

fn checked_thresholds(given: &[f64]) -> Result<Vec<f64>, BacktestError> {
    let mut thresholds = if given.is_empty() {
        vec![0.5, 0.6, 0.7, 0.8, 0.9]
    } else {
        given.to_vec()
    };
    let wrong = thresholds
        .iter()
        .find(|share| !(**share > 0.0 && **share <= 1.0));
    if let Some(wrong) = wrong {
        return Err(BacktestError::Threshold(*wrong));
    }
    thresholds.sort_unstable_by(f64::total_cmp);
    thresholds.dedup();
    Ok(thresholds)
}

fn seed_of(file: &SeriesFile, unit: usize, asked: &Asked) -> u64 {
    let name = file.units.get(unit).map_or("", |unit| unit.name.as_str());
    purpose_of(&format!("{name} {}", asked.origin))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    const ORIGIN: u16 = 12;

    /// Six units over thirty weeks; what comes after the origin is given.
    fn file(after: impl Fn(u32, u32) -> (u32, u32)) -> SeriesFile {
        let mut text = "unit,week_ending,cumulative,total\n".to_owned();
        for unit in 0..6_u32 {
            for week in 0..30_u32 {
                let (done, total) = if week <= u32::from(ORIGIN) {
                    ((unit + 5) * 11 * week + (week * 7 + unit) % 5 * 9, 2500)
                } else {
                    after(unit, week)
                };
                let first: chrono::NaiveDate = "2024-01-07".parse().unwrap();
                let day = first + chrono::Days::new(u64::from(7 * week));
                writeln!(text, "u{unit},{day},{done},{total}").unwrap();
            }
        }
        SeriesFile::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn rows_after_an_origin_change_no_answer_to_the_last_bit() {
        let futures = [
            file(|unit, week| ((unit + 5) * 14 * week, 2500)),
            file(|_, _| (0, 2500)),
            file(|unit, week| (900_000_000 + unit * week, 1_000_000_000)),
            file(|unit, week| ((week * 7919 + unit * 104_729) % 3000, 1 + week)),
        ];
        let answered = futures.map(|file| {
            let asked = Asked::of(&file, &[0.5, 0.8, 0.95], i64::from(ORIGIN));
            let mut all = vec![ours(&file, &asked, 200).units];
            all.extend(PEERS.map(|(_, peer)| answers(&file, &asked, peer).units));
            all
        });
        assert!(
            answered[0]
                .iter()
                .flatten()
                .flatten()
                .all(|dates| dates.len() == 3)
        );
        for (place, other) in answered.iter().enumerate() {
            assert!(*other == answered[0], "future {place}");
        }
    }
}
