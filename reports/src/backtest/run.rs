//! Rolling origins: all methods side by side on the same cases.

use chrono::{DateTime, TimeDelta, Utc};

use rayon::prelude::*;
use thiserror::Error;

use super::baseline::{linear, logistic, naive, sampled, throughput};
use super::score::{CUT_WEEKS, Percentiles, Scores, chance_within, score};
use super::series::{Known, SeriesFile, reached, weeks};
use crate::forecast::{
    CREDIT, Kept, METHOD, Model, Subject, WorkingWeeks, purpose_of, step_weights,
};

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

/// A backtest that cannot be run.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum BacktestError {
    /// A threshold is no share.
    #[error("threshold {0} is not above 0 and at most 1")]
    Threshold(f64),
    /// The step is zero or the range is empty.
    #[error("origins {0}:{1}:{2} hold no week")]
    Origins(u16, u16, u16),
    /// No unit has a threshold ahead of it that it later reached.
    #[error("no case: no unit reaches a threshold after an origin")]
    NoCase,
}

/// The shares of truths inside an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// Of the interval of 50 %.
    pub half: f64,
    /// Of the interval of 80 %.
    pub four_fifths: f64,
    /// Of the interval of 90 %.
    pub nine_tenths: f64,
}

/// The groups of weeks to go, in truth: above the first and up to the second.
pub const HORIZON_GROUPS: [(f64, f64); 5] = [
    (0.0, 4.0),
    (4.0, 13.0),
    (13.0, 26.0),
    (26.0, 52.0),
    (52.0, CUT_WEEKS),
];

/// The scores of a method in one group of horizons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HorizonScores {
    /// The group.
    pub weeks: (f64, f64),
    /// Its cases.
    pub cases: usize,
    /// The median of the absolute error of the median, in weeks.
    pub median_abs_error: f64,
    /// The mean CRPS in weeks.
    pub crps: f64,
    /// The coverage of the interval of 80 %.
    pub coverage_80: f64,
}

/// Joint forecasts of the sum of all units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NationalScores {
    /// The origins and thresholds that were scored.
    pub cases: usize,
    /// The mean CRPS in weeks.
    pub crps: f64,
    /// The coverage of the interval of 80 %.
    pub coverage_80: f64,
}

/// The scores of one method; means over all its cases.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodScores {
    /// Its name.
    pub name: &'static str,
    /// Whether it is the one that `sohoa forecast` uses.
    pub ours: bool,
    /// The cases it answered.
    pub cases: usize,
    /// The cases it refused.
    pub refused: usize,
    /// The median of the absolute error of the median date, in weeks.
    pub median_abs_error: f64,
    /// The mean of the same.
    pub mean_abs_error: f64,
    /// The mean error: above 0 where its median dates were too late.
    pub bias: f64,
    /// The mean CRPS in weeks: twice the mean pinball loss over 99 percentiles.
    pub crps: f64,
    /// The mean pinball loss of p10, p50 and p90, in weeks.
    pub pinball: f64,
    /// The coverage of its intervals.
    pub coverage: Coverage,
    /// The mean width of the interval of 80 %, in weeks.
    pub width_80: f64,
    /// The mean interval score of the interval of 80 %.
    pub interval_80: f64,
    /// The Brier scores of the chance to be done within 8, 13 and 26 weeks.
    pub brier: [f64; 3],
    /// By weeks to go; groups without a case are left out.
    pub by_horizon: Vec<HorizonScores>,
    /// The sum of all units; `None` where the method has no joint forecast or no case.
    pub national: Option<NationalScores>,
    /// The time its forecasts took on all cores together; the one figure that is not the same in every run.
    pub time: TimeDelta,
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

/// The weeks of the Brier scores.
const BRIER_WEEKS: [f64; 3] = [8.0, 13.0, 26.0];

/// What is known at one origin, and the truth of its cases.
struct Asked {
    origin: i64,
    units: Vec<(usize, Known)>,
    /// By unit: the goals of all thresholds, and the truth of each that is a case.
    goals: Vec<Vec<f64>>,
    truths: Vec<Vec<Option<f64>>>,
    /// The sum of all units: goal and truth by threshold.
    national: Vec<(f64, f64)>,
}

/// The answers of a method at one origin, by unit; with those on the sum of all units.
struct Answers {
    units: Vec<Option<Vec<Percentiles>>>,
    national: Vec<(Percentiles, f64)>,
}

/// What tells the time for [`MethodScores::time`]; no other figure depends on it.
pub type Watch<'a> = &'a (dyn Fn() -> DateTime<Utc> + Sync);

/// Runs every method on every case.
///
/// # Errors
/// [`BacktestError`] for thresholds that are no shares, ranges without an origin, and files without a case.
pub fn backtest(
    file: &SeriesFile,
    options: &BacktestOptions,
    clock: Watch<'_>,
) -> Result<Backtest, BacktestError> {
    let thresholds = checked_thresholds(&options.thresholds)?;
    let origins = options.origins.unwrap_or(OriginRange {
        from: 6.min(file.weeks.saturating_sub(1)),
        to: file
            .weeks
            .saturating_sub(3)
            .max(6.min(file.weeks.saturating_sub(1))),
        step: 4,
    });
    let OriginRange { from, to, step } = origins;
    if step == 0 || to < from {
        return Err(BacktestError::Origins(from, to, step));
    }
    let weeks: Vec<u16> = (from..=to.min(file.weeks)).step_by(step.into()).collect();
    let asked: Vec<Asked> = weeks
        .par_iter()
        .map(|origin| Asked::of(file, &thresholds, i64::from(*origin)))
        .collect();
    let cases = asked.iter().flat_map(|asked| asked.truths.iter().flatten());
    let cases = cases.filter(|truth| truth.is_some()).count();
    if cases == 0 {
        return Err(BacktestError::NoCase);
    }
    type Single = fn(&Known, &[f64], u64) -> Option<Vec<Percentiles>>;
    let peers: [(&'static str, Single); 4] = [
        ("naive-4", |known, goals, _| naive(known, goals)),
        ("linear-8", |known, goals, _| linear(known, goals)),
        ("throughput-8", throughput),
        ("logistic", |known, goals, _| logistic(known, goals)),
    ];
    let mut methods: Vec<MethodScores> = peers
        .into_iter()
        .map(|(name, method)| {
            measure(name, &asked, clock, |asked| Answers {
                units: asked
                    .units
                    .iter()
                    .zip(&asked.goals)
                    .map(|((unit, known), goals)| method(known, goals, seed_of(file, *unit, asked)))
                    .collect(),
                national: Vec::new(),
            })
        })
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

impl Asked {
    fn of(file: &SeriesFile, thresholds: &[f64], origin: i64) -> Self {
        let at = weeks(7 * origin);
        let units: Vec<(usize, Known)> = file
            .units
            .iter()
            .enumerate()
            .filter_map(|(place, unit)| Some((place, unit.known_at(origin)?)))
            .collect();
        let goals = |known: &Known| thresholds.iter().map(|share| share * known.total).collect();
        let truths = |(place, known): &(usize, Known)| {
            let done = known.reports.last().map_or(0.0, |report| report.done);
            let case = |share: &f64| {
                let unit = file
                    .units
                    .get(*place)
                    .filter(|_| done < share * known.total)?;
                let truth = unit.reached(share * unit.last_total())? - at;
                (truth > 0.0).then_some(truth)
            };
            thresholds.iter().map(case).collect()
        };
        Self {
            origin,
            goals: units.iter().map(|(_, known)| goals(known)).collect(),
            truths: units.iter().map(truths).collect(),
            national: national_truths(file, &units, thresholds, origin),
            units,
        }
    }
}

/// The goals and truths of the sum of the units known at an origin; weeks without a row carry the row before.
fn national_truths(
    file: &SeriesFile,
    units: &[(usize, Known)],
    thresholds: &[f64],
    origin: i64,
) -> Vec<(f64, f64)> {
    let rows = || units.iter().filter_map(|(place, _)| file.units.get(*place));
    let done_at = |week: i64| -> f64 {
        let done = rows().filter_map(|unit| {
            let upto = unit.rows.partition_point(|row| row.day <= 7 * week);
            unit.rows.get(upto.checked_sub(1)?).map(|row| row.done)
        });
        done.sum()
    };
    let sums: Vec<(f64, f64)> = (0..=i64::from(file.weeks))
        .map(|week| (weeks(7 * week), done_at(week)))
        .collect();
    let last_total: f64 = rows().map(|unit| unit.last_total()).sum();
    let known_total: f64 = units.iter().map(|(_, known)| known.total).sum();
    let case = |share: &f64| {
        let ahead = done_at(origin) < share * known_total;
        let truth = reached(sums.iter().copied(), share * last_total)? - weeks(7 * origin);
        (ahead && truth > 0.0).then_some((share * known_total, truth))
    };
    thresholds.iter().filter_map(case).collect()
}

/// The engine of `sohoa forecast`, with no calendar of holidays.
fn ours(file: &SeriesFile, asked: &Asked, paths: usize) -> Answers {
    const HORIZON: u16 = 104;
    let name = |place: usize| file.units.get(place).map_or("", |unit| unit.name.as_str());
    let subjects: Vec<Subject> = asked
        .units
        .iter()
        .map(|(place, known)| Subject {
            purpose: purpose_of(name(*place)),
            reports: known.reports.clone(),
            total: known.total,
        })
        .collect();
    let working = WorkingWeeks::ordinary();
    let model = Model::fit(&subjects, &working);
    let seed = purpose_of(&format!("{METHOD} {}", asked.origin));
    let futures = model.futures(seed, paths, &step_weights(&working, HORIZON));
    let steps: Vec<usize> = (CREDIT..=CREDIT + HORIZON).map(usize::from).collect();
    let kept = Kept {
        steps: if asked.national.is_empty() {
            &[]
        } else {
            &steps
        },
        paths,
    };
    let mut sums = vec![vec![0.0_f64; paths]; kept.steps.len()];
    let mut units = Vec::with_capacity(subjects.len());
    for (place, (subject, goals)) in subjects.iter().zip(&asked.goals).enumerate() {
        // The sum needs every unit's counts up to its total, beyond the last threshold.
        let mut to_total = goals.clone();
        to_total.push(subject.total.max(goals.last().copied().unwrap_or(0.0)));
        let walked = model
            .workload(place, subject, to_total)
            .walk(&futures, seed, kept);
        for (sum, counts) in sums.iter_mut().zip(&walked.counts) {
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += f64::from(*count);
            }
        }
        let dates = walked.passages.iter().take(goals.len()).map(|passages| {
            let after = |step: &f32| (f64::from(*step) - f64::from(CREDIT)).max(0.0);
            let mut dates: Vec<f64> = passages.iter().map(after).collect();
            sampled(&mut dates)
        });
        units.push(Some(dates.collect()));
    }
    let national = asked.national.iter();
    let national =
        national.map(|(goal, truth)| (sampled(&mut sum_dates(&sums, *goal, paths)), *truth));
    Answers {
        units,
        national: national.collect(),
    }
}

/// The weeks until the sum of all units reaches a goal, by path.
fn sum_dates(sums: &[Vec<f64>], goal: f64, paths: usize) -> Vec<f64> {
    let date = |path: usize| {
        let at = |week: usize| sums.get(week).and_then(|sum| sum.get(path)).copied();
        let next = (0..sums.len()).find(|week| at(*week).is_some_and(|sum| sum >= goal))?;
        let (Some(before), Some(after)) = (at(next.checked_sub(1)?), at(next)) else {
            return Some(0.0);
        };
        let week = f64::from(u32::try_from(next).unwrap_or(u32::MAX));
        Some(week - 1.0 + (goal - before) / (after - before).max(f64::MIN_POSITIVE))
    };
    (0..paths)
        .map(|path| date(path).unwrap_or(f64::INFINITY))
        .collect()
}

fn measure(
    name: &'static str,
    asked: &[Asked],
    clock: Watch<'_>,
    method: impl Fn(&Asked) -> Answers + Sync,
) -> MethodScores {
    let start = clock();
    let answers: Vec<Answers> = asked.par_iter().map(&method).collect();
    let time = clock() - start;
    let mut scored = Vec::new();
    let mut refused = 0;
    for (asked, answers) in asked.iter().zip(&answers) {
        for (truths, answer) in asked.truths.iter().zip(&answers.units) {
            for (place, truth) in truths.iter().enumerate() {
                let forecast = answer.as_ref().and_then(|dates| dates.get(place));
                match (truth, forecast) {
                    (Some(truth), Some(forecast)) => {
                        scored.push((score(forecast, *truth), brier(forecast, *truth)))
                    }
                    (Some(_), None) => refused += 1,
                    (None, _) => {}
                }
            }
        }
    }
    let national = answers.iter().flat_map(|answers| &answers.national);
    let national: Vec<Scores> = national
        .map(|(dates, truth)| score(dates, *truth))
        .collect();
    let all: Vec<Scores> = scored.iter().map(|(scores, _)| *scores).collect();
    let held = |place: usize| mean(all.iter().map(|one| f64::from(u8::from(one.held[place]))));
    MethodScores {
        name,
        ours: name == METHOD,
        cases: all.len(),
        refused,
        median_abs_error: median_error(&all),
        mean_abs_error: mean(all.iter().map(|one| one.error.abs())),
        bias: mean(all.iter().map(|one| one.error)),
        crps: mean(all.iter().map(|one| one.crps)),
        pinball: mean(all.iter().map(|one| one.pinball)),
        coverage: Coverage {
            half: held(0),
            four_fifths: held(1),
            nine_tenths: held(2),
        },
        width_80: mean(all.iter().map(|one| one.width)),
        interval_80: mean(all.iter().map(|one| one.interval)),
        brier: [0, 1, 2].map(|place| mean(scored.iter().map(|(_, brier)| brier[place]))),
        by_horizon: HORIZON_GROUPS
            .iter()
            .filter_map(|group| in_group(&all, *group))
            .collect(),
        national: (!national.is_empty()).then(|| NationalScores {
            cases: national.len(),
            crps: mean(national.iter().map(|one| one.crps)),
            coverage_80: mean(national.iter().map(|one| f64::from(u8::from(one.held[1])))),
        }),
        time,
    }
}

fn brier(forecast: &Percentiles, truth: f64) -> [f64; 3] {
    BRIER_WEEKS.map(|weeks| {
        let happened = if truth <= weeks { 1.0 } else { 0.0 };
        let missed = chance_within(forecast, weeks) - happened;
        missed * missed
    })
}

fn in_group(all: &[Scores], weeks: (f64, f64)) -> Option<HorizonScores> {
    let inside = all
        .iter()
        .filter(|one| weeks.0 < one.truth && one.truth <= weeks.1);
    let inside: Vec<Scores> = inside.copied().collect();
    (!inside.is_empty()).then(|| HorizonScores {
        weeks,
        cases: inside.len(),
        median_abs_error: median_error(&inside),
        crps: mean(inside.iter().map(|one| one.crps)),
        coverage_80: mean(inside.iter().map(|one| f64::from(u8::from(one.held[1])))),
    })
}

fn median_error(all: &[Scores]) -> f64 {
    let mut errors: Vec<f64> = all.iter().map(|one| one.error.abs()).collect();
    errors.sort_unstable_by(f64::total_cmp);
    errors.get(errors.len() / 2).copied().unwrap_or(0.0)
}

/// The mean; 0 of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
