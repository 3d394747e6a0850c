//! The national forecast: the day on which the last unit is done, joint over all units.

use chrono::NaiveDate;
use rayon::prelude::*;
use store::domain::{Count, UnitId};

use super::ahead::{CountAhead, counts_ahead};
use super::completion::{Completion, passages_of_sum};
use super::deadline::{DeadlineOutlook, Progress, find_deadline, judge};
use super::exposure::Exposure;
use super::fan::{FanPoint, fan_of};
use super::input::ForecastInput;
use super::method::Paths;
use super::published::PublishedNation;
use super::state::State;
use super::unit::{Simulated, StageDate, actual_rate, joint_paths, stage_dates};

/// The share of the national total whose date is given beside the date of the last unit.
pub const MOST_SHARE: f64 = 0.95;

/// The national forecast.
///
/// The same in every view: it is made of the units that report in the origin week. Where [`NationalForecast::excluded`] is
/// not empty there is no date for the whole nation, and [`NationalForecast::completion`] is that of the other units. Where
/// [`NationalForecast::published_basis`] has figures, the dates, the fan and the deadline are theirs: of the national sum.
#[derive(Clone, Debug, PartialEq)]
pub struct NationalForecast {
    /// The counts of all units, missing reports carried forward; `None` where nobody ever reported.
    pub done: Option<Count>,
    /// The totals of all units that gave one, those that have no count yet included; `None` where nobody did.
    pub total: Option<Count>,
    /// The day on which the last of all units was done; `None` unless every unit is.
    pub done_since: Option<NaiveDate>,
    /// When the last of the units that can be forecast is done; `None` where none of them is still at work.
    pub completion: Option<Completion>,
    /// The units with work left, or of unknown size, that no date can be given for, with the reason.
    pub excluded: Vec<Excluded>,
    /// When 95 % of the national total is done, units without a forecast standing still; by week, from the second year on
    /// by four weeks. `None` where it is done already or no unit can be forecast.
    pub most_done: Option<Completion>,
    /// When each stage is done in all units that can be forecast, in the order of the work.
    pub stages: Vec<StageDate>,
    /// The units that are last on the most paths, most often first; at most five.
    pub last_units: Vec<LastUnit>,
    /// Records per full working week of all units over the last eight weeks; `None` where no reports tell one.
    pub actual_rate: Option<f64>,
    /// The national deadline in force; its chance is that of the units that can be forecast.
    pub deadline: Option<DeadlineOutlook>,
    /// The spread of the sum of all units in coming weeks, units without a forecast standing still.
    pub fan: Vec<FanPoint>,
    /// The same at each of [`super::AHEAD_WEEKS`]; empty where no unit can be forecast.
    pub ahead: Vec<CountAhead>,
    /// What published figures say of the nation; `None` where most units have reported the stage, or there are none.
    pub published: Option<PublishedNation>,
}

/// A unit that no date can be given for.
#[derive(Clone, Debug, PartialEq)]
pub struct Excluded {
    /// The unit.
    pub unit: UnitId,
    /// Why: any state but done and forecast.
    pub reason: State,
}

/// A unit that is often the last to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct LastUnit {
    /// The unit.
    pub unit: UnitId,
    /// The share of paths on which it is last, ties divided, from 0 to 1.
    pub share: f64,
}

/// How many of the last units are named.
const NAMED: usize = 5;

pub(crate) fn national_forecast(
    input: &ForecastInput<'_>,
    units: &[Simulated<'_>],
    exposure: &Exposure<'_>,
) -> NationalForecast {
    let reporters = || units.iter().map(|unit| unit.reporter);
    let done = reporters()
        .filter_map(|reporter| Some(reporter.latest?.1))
        .reduce(|sum, done| sum + done);
    let total = reporters()
        .filter_map(|reporter| reporter.total)
        .reduce(|sum, total| sum + total);
    let remaining = total.map(|total| total.remaining_after(done.unwrap_or(Count::ZERO)));
    let done_since = match State::together(reporters().map(|reporter| reporter.fixed.as_ref())) {
        Some(State::Done { since }) => Some(since),
        _ => None,
    };
    let joint = joint_paths(units);
    let progress = Progress {
        done: done_since.is_some(),
        remaining,
        passages: joint.as_ref().map(|paths| paths.passages.as_slice()),
    };
    NationalForecast {
        done,
        total,
        done_since,
        completion: joint
            .as_ref()
            .map(|paths| Completion::of(&paths.passages, input.week)),
        excluded: reporters()
            .filter_map(|reporter| excluded(reporter.unit, reporter.fixed.as_ref()))
            .collect(),
        most_done: joint
            .as_ref()
            .and_then(|paths| most_done(paths, done?, total?, input)),
        stages: stage_dates(units, input.week),
        last_units: joint
            .as_ref()
            .map_or_else(Vec::new, |paths| last_units(units, paths)),
        actual_rate: actual_rate(reporters(), input.week),
        deadline: find_deadline(input, &[])
            .map(|deadline| judge(deadline, &progress, exposure, input.week)),
        ahead: joint.as_ref().map_or_else(Vec::new, counts_ahead),
        published: None,
        fan: joint.map_or_else(Vec::new, |paths| fan_of(&paths, input.week, exposure)),
    }
}

fn excluded(unit: UnitId, fixed: Option<&State>) -> Option<Excluded> {
    let reason = fixed.filter(|state| !state.is_done())?.clone();
    Some(Excluded { unit, reason })
}

fn most_done(
    sum: &Paths,
    done: Count,
    total: Count,
    input: &ForecastInput<'_>,
) -> Option<Completion> {
    let goal = MOST_SHARE * total.to_f64();
    let ahead = done.to_f64() < goal;
    ahead.then(|| Completion::of(&passages_of_sum(sum, goal), input.week))
}

/// Counts for each unit the paths on which nobody is later; a path on which several are last is divided among them.
fn last_units(units: &[Simulated<'_>], joint: &Paths) -> Vec<LastUnit> {
    let simulated: Vec<(UnitId, &Paths)> = units
        .iter()
        .filter_map(|unit| Some((unit.reporter.unit, unit.paths?)))
        .collect();
    let mut ties = vec![0.0; joint.passages.len()];
    for (_, paths) in &simulated {
        for ((tie, last), passage) in ties.iter_mut().zip(&joint.passages).zip(&paths.passages) {
            *tie += if passage == last { 1.0 } else { 0.0 };
        }
    }
    let weight: f64 = joint.passages.iter().map(|_| 1.0).sum();
    let share_of = |(unit, paths): &(UnitId, &Paths)| {
        let passages = ties.iter().zip(&joint.passages).zip(&paths.passages);
        let last: f64 = passages
            .filter(|((_, last), own)| last == own)
            .map(|((tie, _), _)| 1.0 / tie)
            .sum();
        LastUnit {
            unit: *unit,
            share: last / weight,
        }
    };
    let mut last: Vec<LastUnit> = simulated
        .par_iter()
        .map(share_of)
        .filter(|unit| unit.share > 0.0)
        .collect();
    last.sort_by(|one, other| {
        other
            .share
            .total_cmp(&one.share)
            .then(one.unit.cmp(&other.unit))
    });
    last.truncate(NAMED);
    last
}
