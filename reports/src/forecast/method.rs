//! The method `pooled-7`: experts on rate laws, weighed by their past, on paths that all units share.
//!
//! For a unit with total `K`, count `C` and share `f = C/K`, the position `G(f) = ∫ df / (f^δ (1−f)^γ)` moves by
//!
//! ```text
//! ΔG = d · level · (now / level)^(2^(−t/8)) · exp(x + w) d: the working time of the week, the t-th from now
//! x  = s · √v₀ · (√ρ · z + √(1−ρ) · e)                 once per path: the recent rate is wrong, and stays wrong
//! w' = 0.97 · w + s · √q · (√ρ · Z + √(1−ρ) · e)       each week: the rate drifts
//! ```
//!
//! `level` is that of the whole history and `now` that of the last weeks. `z`, `Z`, the scale `s = √(8/χ²₈)` and the place in the
//! list of experts are common to all units on a path, `e` is the unit's own, `ρ` is learnt from how past forecasts of two units
//! erred together. Because the error of the rate persists and is partly shared, intervals do not shrink with the number of weeks
//! or units as they do where weeks are resampled one by one. Experts differ in the law (δ, γ), in how much of the past their
//! level remembers, and in how much of the panel's level they mix in. Their weights are learnt from the course of all histories,
//! which tells the laws apart, and from the panel's and each unit's own past forecasts, with a floor of prior that fades; `v₀`
//! and `q` are learnt from the past forecasts. What was tried, and what it did, is in `README.md` in this folder.

use store::domain::Week;

use super::expert::{Expert, experts};
use super::fading::Level;
use super::hazard::{begin_hazard, start_hazard};
use super::learning::{Learnt, learn};
use super::number::{real, single, whole};
use super::scope::{Growth, growths};
use super::shocks::Futures;
use super::track::{Subject, Track};
use super::walk::Workload;
use super::working::WorkingWeeks;

/// The name and version of the method; a change of any constant raises the number.
pub const METHOD: &str = "pooled-7";
/// The paths of a page or a what-if: the error of a probability is at most 1.1 points.
pub const PATHS: usize = 2_000;
/// The paths of a forecast that is issued: the error of a probability is at most half a point.
pub const ISSUED_PATHS: usize = 10_000;
/// The most paths on which counts are kept for the fan.
pub(crate) const FAN_PATHS: usize = 2_000;
/// The weeks after the origin that are simulated: five years. A path not done by then counts as never done.
pub const HORIZON: u16 = 260;
/// The most weeks of silence before the origin in which a unit is taken to have worked on.
///
/// A report that is a little late hides work that was done; after a month, silence is no evidence of work.
pub const CREDIT: u16 = 4;
/// Done means this share of the total: the last books are damaged or disputed.
pub const DONE_SHARE: f64 = 0.995;
/// The chance of beginning in a week, of a unit that stands still or has not begun, before the panel's own standstills are
/// counted; from reading.
pub const START_HAZARD: f64 = 0.05;

/// A passage that did not happen before the horizon.
pub(crate) const NEVER: u16 = u16::MAX;

/// The simulated future of one row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paths {
    /// For each path, the days from the last day of the origin week to the day the work is done; [`NEVER`] where it is
    /// not done within the horizon.
    pub(crate) passages: Vec<u16>,
    /// The counts at the origin and every [`COUNTED`] weeks after it, on the first [`FAN_PATHS`] paths: one list of paths for
    /// each.
    pub(crate) counts: Vec<Vec<f32>>,
}

impl Paths {
    /// Does everything so many days later on every path; what would have been before the origin is as it is at the origin.
    pub(crate) fn delay(&mut self, days: i64) {
        if days == 0 {
            return;
        }
        let done = self
            .passages
            .iter_mut()
            .filter(|passage| **passage != NEVER);
        done.for_each(|passage| {
            let later = i64::from(*passage).saturating_add(days).max(1);
            *passage = u16::try_from(later)
                .ok()
                .filter(|later| *later < 7 * HORIZON)
                .unwrap_or(NEVER);
        });
        let most = i64::from(7 * HORIZON);
        let days = i16::try_from(days.clamp(-most, most)).unwrap_or_default();
        let shift = f64::from(days) / f64::from(7 * COUNTED);
        let kept = std::mem::take(&mut self.counts);
        let shifted = (0..kept.len()).map(|slot| counts_at(&kept, real(slot) - shift));
        self.counts = shifted.collect();
    }

    /// Lets nothing be done before, or beyond, what other paths of the same unit have done.
    pub(crate) fn hold_back(&mut self, limit: &Self) {
        for (passage, limit) in self.passages.iter_mut().zip(&limit.passages) {
            *passage = (*passage).max(*limit);
        }
        for (counts, limits) in self.counts.iter_mut().zip(&limit.counts) {
            for (count, limit) in counts.iter_mut().zip(limits) {
                *count = count.min(*limit);
            }
        }
    }
}

/// The counts at a place between two kept lists of paths, evenly; those of the nearest end outside.
fn counts_at(kept: &[Vec<f32>], place: f64) -> Vec<f32> {
    let last = kept.len().saturating_sub(1);
    let before = whole(place.max(0.0)).min(last);
    let part = single((place - real(before)).clamp(0.0, 1.0));
    let Some(counts) = kept.get(before) else {
        return Vec::new();
    };
    let next = kept.get(before + 1).unwrap_or(counts);
    let pairs = counts.iter().zip(next);
    pairs
        .map(|(count, next)| count + part * (next - count))
        .collect()
}

/// The weeks between two kept counts; the weeks that may be credited before the origin are as many.
pub(crate) const COUNTED: u16 = CREDIT;

/// The weeks after the origin whose counts are kept.
pub(crate) fn kept_offsets() -> impl Iterator<Item = u16> {
    (0..=HORIZON).step_by(usize::from(COUNTED))
}

/// A panel with what was learnt from it.
pub(crate) struct Model {
    experts: Vec<Expert>,
    learnt: Learnt,
    growths: Vec<Growth>,
    /// The chance of beginning in a week, of a unit that has done nothing yet.
    pub(crate) begin: f64,
    /// The chance of beginning in a week, of a unit that stands still.
    pub(crate) hazard: f64,
}

impl Model {
    /// Learns from everything that is known at an origin.
    pub(crate) fn fit(subjects: &[Subject], working: &WorkingWeeks) -> Self {
        let first = subjects
            .iter()
            .filter_map(|subject| subject.reports.first());
        let first = first.map(|report| report.week).min().unwrap_or(0);
        let weeks = usize::try_from(1 - first).unwrap_or(1);
        let tracks: Vec<Track> = subjects
            .iter()
            .map(|subject| Track::of(subject, weeks, working))
            .collect();
        let experts = experts();
        let learnt = learn(&tracks, &experts);
        Self {
            hazard: start_hazard(&tracks),
            begin: begin_hazard(&tracks),
            growths: growths(subjects),
            experts,
            learnt,
        }
    }

    /// The future that all units share. `working` holds the weight of each step.
    pub(crate) fn futures(&self, seed: u64, paths: usize, working: &[f64]) -> Futures {
        Futures::draw(seed, paths, working, &self.experts, self.learnt.variance)
    }

    /// What to simulate of a subject that is at work, from its last report to some goals.
    pub(crate) fn workload(&self, place: usize, subject: &Subject, goals: Vec<f64>) -> Workload {
        let silent = subject.reports.last().map_or(0, |report| -report.week);
        let credited = u16::try_from(silent).unwrap_or(CREDIT).min(CREDIT);
        let level = |levels: &Vec<Level>| levels.get(place).copied().unwrap_or_default();
        Workload {
            purpose: subject.purpose,
            start: subject.reports.last().map_or(0.0, |report| report.done),
            total: subject.total,
            goals,
            first_step: usize::from(CREDIT - credited),
            levels: self.learnt.levels.iter().map(level).collect(),
            ends: self.learnt.ends.get(place).cloned().unwrap_or_default(),
            growth: self.growths.get(place).copied().unwrap_or_default(),
            hazard: None,
            pace: Vec::new(),
        }
    }

    /// The level by expert of a unit that goes at the rates of the others.
    pub(crate) fn others(&self) -> Vec<Level> {
        self.learnt.others.clone()
    }
}

/// The weights of the steps of every path: the weeks that may be credited, then those of a horizon.
pub(crate) fn step_weights(working: &WorkingWeeks, horizon: u16) -> Vec<f64> {
    let first = 1 - i64::from(CREDIT);
    (first..=i64::from(horizon))
        .map(|week| working.of(week))
        .collect()
}

/// The working time of all weeks that a forecast touches.
pub(crate) fn working_weeks(
    exposure: &super::exposure::Exposure<'_>,
    first: Week,
    origin: Week,
) -> WorkingWeeks {
    let first = first.min(origin.plus(1 - i64::from(CREDIT)));
    WorkingWeeks::new(exposure, origin, first, origin.plus(HORIZON.into()))
}

/// The days from the last day of the origin week to the weekday of a passage, of the steps that [`step_weights`] begins.
///
/// Work is done on five days of the week. What was done before the origin was done on a day that nobody reported; it counts
/// as the first day after the origin, so that no date lies in the past.
pub(crate) fn passage_day(steps: f32) -> u16 {
    let weeks = steps - f32::from(CREDIT);
    if weeks.is_nan() || weeks >= f32::from(HORIZON) {
        return NEVER;
    }
    if weeks <= 0.0 {
        return 1;
    }
    let week = u16::try_from(whole(f64::from(weeks.ceil()))).unwrap_or(HORIZON) - 1;
    let part = weeks - f32::from(week);
    let weekday = (1..5).find(|day| part * 5.0 <= f32::from(*day));
    7 * week + weekday.unwrap_or(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths() -> Paths {
        Paths {
            passages: vec![40, 1810, NEVER],
            counts: vec![vec![10.0, 5.0], vec![38.0, 5.0], vec![66.0, 33.0]],
        }
    }

    #[test]
    fn a_delay_moves_days_and_counts_alike() {
        let mut none = paths();
        none.delay(0);
        assert_eq!(none, paths());
        let mut later = paths();
        later.delay(14);
        assert_eq!(later.passages, [54, NEVER, NEVER]);
        assert_eq!(
            later.counts,
            [vec![10.0, 5.0], vec![24.0, 5.0], vec![52.0, 19.0]]
        );
        let mut sooner = paths();
        sooner.delay(-42);
        assert_eq!(sooner.passages, [1, 1768, NEVER]);
        assert_eq!(
            sooner.counts,
            [vec![52.0, 19.0], vec![66.0, 33.0], vec![66.0, 33.0]]
        );
        let mut far = paths();
        far.delay(i64::MIN + 1);
        assert_eq!(far.counts[0], [66.0, 33.0]);
    }
}
