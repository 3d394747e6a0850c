//! The methods that others use, so that ours is never measured alone.

use super::score::{CUT_WEEKS, Percentiles};
use super::series::Known;
use crate::forecast::{Report, Stream};

/// The weeks that the naive rate looks back on.
const NAIVE_WEEKS: i64 = 4;
/// The weeks that throughput and regression look back on.
const RECENT_WEEKS: i64 = 8;
/// The paths of the throughput method.
const PATHS: u64 = 400;

/// The rate of the last four weeks goes on: a lone date, all percentiles the same.
pub(crate) fn naive(known: &Known, goals: &[f64]) -> Option<Vec<Percentiles>> {
    let (first, last) = ends(&known.reports, NAIVE_WEEKS)?;
    let rate = (last.done - first.done) / span(first, last);
    let date = |goal: &f64| {
        [if rate > 0.0 {
            (goal - last.done) / rate
        } else {
            f64::INFINITY
        }; 99]
    };
    Some(goals.iter().map(date).collect())
}

/// A straight line through the last eight weeks; its percentiles are those of the normal error of its slope.
pub(crate) fn linear(known: &Known, goals: &[f64]) -> Option<Vec<Percentiles>> {
    let recent = recent(&known.reports, RECENT_WEEKS);
    let last = recent.last()?;
    let points: Vec<(f64, f64, f64)> = recent
        .iter()
        .map(|report| (-span(report, last), report.done, 1.0))
        .collect();
    let line = Line::through(&points)?;
    let date = |goal: &f64| {
        percentiles(|z| {
            let slope = line.slope - z * line.error;
            if slope > 0.0 {
                (goal - last.done) / slope
            } else {
                f64::INFINITY
            }
        })
    };
    Some(goals.iter().map(date).collect())
}

/// Monte-Carlo throughput: weeks drawn from the last eight, one by one, until the goal is reached.
pub(crate) fn throughput(known: &Known, goals: &[f64], seed: u64) -> Option<Vec<Percentiles>> {
    let recent = recent(&known.reports, RECENT_WEEKS);
    let last = recent.last()?;
    let weekly: Vec<f64> = recent
        .iter()
        .zip(recent.iter().skip(1))
        .flat_map(|(one, next)| {
            let weeks = usize::try_from(next.week - one.week).unwrap_or(1).max(1);
            std::iter::repeat_n((next.done - one.done) / span(one, next), weeks)
        })
        .collect();
    if weekly.is_empty() {
        return None;
    }
    let mut paths = vec![Vec::new(); goals.len()];
    for path in 0..PATHS {
        let mut stream = Stream::new(seed, 0, path);
        let (mut done, mut week) = (last.done, 0.0);
        let mut dates = vec![f64::INFINITY; goals.len()];
        while week < CUT_WEEKS {
            let work = stream.pick(&weekly).copied().unwrap_or(0.0);
            for (date, goal) in dates.iter_mut().zip(goals) {
                if date.is_infinite() && done + work >= *goal {
                    *date = week + (goal - done).max(0.0) / work.max(f64::MIN_POSITIVE);
                }
            }
            done += work;
            week += 1.0;
        }
        for (dates_of_goal, date) in paths.iter_mut().zip(dates) {
            dates_of_goal.push(date);
        }
    }
    Some(paths.iter_mut().map(|dates| sampled(dates)).collect())
}

/// A logistic curve whose ceiling is the total, fitted to the whole history and moved to pass through the last report.
///
/// The log odds of the share grow evenly under it, so it is a weighted line through them: the weight of a report is the
/// squared slope of the curve there, which makes it the least-squares fit of the shares to first order.
pub(crate) fn logistic(known: &Known, goals: &[f64]) -> Option<Vec<Percentiles>> {
    let last = known.reports.last()?;
    let odds = |done: f64| {
        let share = (done / known.total).clamp(0.002, 0.998);
        libm::log(share / (1.0 - share))
    };
    let points: Vec<(f64, f64, f64)> = known
        .reports
        .iter()
        .map(|report| {
            let share = (report.done / known.total).clamp(0.002, 0.998);
            let slope = share * (1.0 - share);
            (-span(report, last), odds(report.done), slope * slope)
        })
        .collect();
    let line = Line::through(&points)?;
    let date = |goal: &f64| {
        percentiles(|z| {
            let slope = line.slope - z * line.error;
            if slope > 0.0 {
                ((odds(*goal) - odds(last.done)) / slope).max(0.0)
            } else {
                f64::INFINITY
            }
        })
    };
    Some(goals.iter().map(date).collect())
}

/// A weighted least-squares line.
struct Line {
    slope: f64,
    /// The standard error of the slope.
    error: f64,
}

impl Line {
    /// The line through points of time, value and weight; `None` for fewer than two moments.
    fn through(points: &[(f64, f64, f64)]) -> Option<Self> {
        let weight: f64 = points.iter().map(|(_, _, w)| w).sum();
        let mean_t = points.iter().map(|(t, _, w)| w * t).sum::<f64>() / weight;
        let mean_y = points.iter().map(|(_, y, w)| w * y).sum::<f64>() / weight;
        let spread: f64 = points
            .iter()
            .map(|(t, _, w)| w * (t - mean_t) * (t - mean_t))
            .sum();
        if points.len() < 2 || spread <= 0.0 {
            return None;
        }
        let slope = points
            .iter()
            .map(|(t, y, w)| w * (t - mean_t) * (y - mean_y))
            .sum::<f64>()
            / spread;
        let left: f64 = points
            .iter()
            .map(|(t, y, w)| {
                let rest = y - mean_y - slope * (t - mean_t);
                w * rest * rest
            })
            .sum();
        let freedom = f64::from(u32::try_from(points.len()).unwrap_or(u32::MAX)) - 2.0;
        let error = if freedom > 0.0 {
            (left / freedom / spread).sqrt()
        } else {
            0.0
        };
        Some(Self { slope, error })
    }
}

/// The 99 percentiles of a date as a function of the percentile's normal score: a late date comes of a slow slope.
fn percentiles(date: impl Fn(f64) -> f64) -> Percentiles {
    let mut dates = [0.0; 99];
    for (date_at, percent) in dates.iter_mut().zip(1_u8..) {
        *date_at = date(normal_score(f64::from(percent) / 100.0));
    }
    dates
}

/// The value below which a standard normal number lies with this chance, to 0.0005: Hastings' approximation, Abramowitz
/// and Stegun 26.2.23.
fn normal_score(chance: f64) -> f64 {
    let tail = chance.min(1.0 - chance);
    let t = (-2.0 * libm::log(tail)).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let score = t - above / below;
    if chance < 0.5 { -score } else { score }
}

/// The 99 percentiles of simulated dates, each the first by which that many percent are done.
pub(crate) fn sampled(dates: &mut [f64]) -> Percentiles {
    dates.sort_unstable_by(f64::total_cmp);
    let mut percentiles = [f64::INFINITY; 99];
    for (percentile, percent) in percentiles.iter_mut().zip(1_usize..) {
        let rank = (dates.len() * percent).div_ceil(100).max(1) - 1;
        *percentile = dates.get(rank).copied().unwrap_or(f64::INFINITY);
    }
    percentiles
}

/// The reports of the last weeks before the latest one, it included.
fn recent(reports: &[Report], weeks: i64) -> &[Report] {
    let since = reports.last().map_or(0, |last| last.week - weeks);
    let first = reports.partition_point(|report| report.week < since);
    reports.get(first..).unwrap_or_default()
}

fn ends(reports: &[Report], weeks: i64) -> Option<(&Report, &Report)> {
    match recent(reports, weeks) {
        [first, .., last] => Some((first, last)),
        _ => reports.iter().rev().nth(1).zip(reports.last()),
    }
}

fn span(from: &Report, to: &Report) -> f64 {
    super::series::weeks(7 * (to.week - from.week))
}
