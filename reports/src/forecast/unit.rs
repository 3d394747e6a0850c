//! The forecast of one row of a table: one reporting unit, or several that are shown as one.

use store::domain::{Count, Share, Stage, UnitId, Week};

use super::ahead::{CountAhead, counts_ahead};
use super::completion::Completion;
use super::deadline::{DeadlineOutlook, Progress, find_deadline, judge};
use super::exposure::Exposure;
use super::fan::{FanPoint, fan_of};
use super::input::ForecastInput;
use super::method::Paths;
use super::published::Basis;
use super::reporter::{RATE_WEEKS, Reporter};
use super::state::State;

/// The forecast of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitForecast {
    /// The row.
    pub unit: UnitId,
    /// The units whose reports it is made of: itself, or its members before the merger.
    pub reporters: Vec<UnitId>,
    /// What can be said of its completion; by published figures where [`UnitForecast::published`] has them.
    pub state: State,
    /// The last known count, missing reports carried forward; `None` where a reporter never reported.
    pub done: Option<Count>,
    /// The last known total; `None` where a reporter never gave one.
    pub total: Option<Count>,
    /// The last week whose figure is used; of several reporters the earliest. `None` where one never reported.
    pub last_report: Option<Week>,
    /// The weeks without a complete report since the first one, of all reporters together.
    pub missing_weeks: u32,
    /// Falls under 30 % in its counts, taken for corrections: the earlier history was scaled down by them.
    pub corrections: u32,
    /// Larger falls: what came before them was not used.
    pub restarts: u32,
    /// When each of its stages is done, in the order of the work; empty where no date is forecast.
    pub stages: Vec<StageDate>,
    /// Records per full working week over the last eight weeks; `None` where no two reports tell one.
    pub actual_rate: Option<f64>,
    /// The deadline in force; `None` where there is none.
    pub deadline: Option<DeadlineOutlook>,
    /// The spread of the count in coming weeks; empty where no date is forecast.
    pub fan: Vec<FanPoint>,
    /// The spread of the count at each of [`super::AHEAD_WEEKS`]; empty where no date is forecast.
    pub ahead: Vec<CountAhead>,
    /// Where no date is forecast: when it would be done at the rates of the other units, a unit that stands still or has not
    /// begun starting at the chance a week that the panel's standstills teach (before them [`super::START_HAZARD`]). Never shown without saying that it is borrowed.
    /// `None` where there is a forecast, the work is done, or no total is known.
    pub borrowed: Option<Completion>,
    /// The published figures that the state, the fan and the chance are made of; `None` where they are of reports. The count,
    /// the total and the rate are those of reports always.
    pub published: Option<Basis>,
}

impl UnitForecast {
    /// The share done; `None` where the count or the total is not known or the total is zero.
    #[must_use]
    pub fn share(&self) -> Option<Share> {
        Share::of(self.done?, self.total?)
    }

    /// What is left to do; `None` where the count or the total is not known.
    #[must_use]
    pub fn remaining(&self) -> Option<Count> {
        Some(self.total?.remaining_after(self.done?))
    }
}

/// When one stage of a row is done, by its own pace.
#[derive(Clone, Debug, PartialEq)]
pub struct StageDate {
    /// The stage.
    pub stage: Stage,
    /// When all units that have it to do have done it.
    pub completion: Completion,
}

/// One reporter with its simulated paths; `None` where it is not simulated.
#[derive(Clone, Copy)]
pub(crate) struct Simulated<'a> {
    pub(crate) reporter: &'a Reporter,
    pub(crate) paths: Option<&'a Paths>,
    /// The paths it would have if it worked as the others do; `None` where it has its own, is done or has no total.
    pub(crate) borrowed: Option<&'a Paths>,
    /// The passages of each stage alone, in the order of the work; empty where it has no paths of its own.
    pub(crate) stages: &'a [(Stage, Vec<u16>)],
}

/// When each stage of some units is done; a stage that none of them has to do is left out.
pub(crate) fn stage_dates(members: &[Simulated<'_>], origin: Week) -> Vec<StageDate> {
    let of_stage = |stage: Stage| {
        let own = members.iter().filter(|member| member.paths.is_some());
        let mut passages = own
            .flat_map(|member| member.stages)
            .filter(|(one, _)| *one == stage)
            .map(|(_, passages)| passages);
        let mut last = passages.next()?.clone();
        for passages in passages {
            for (last, passage) in last.iter_mut().zip(passages) {
                *last = (*last).max(*passage);
            }
        }
        Some(StageDate {
            stage,
            completion: Completion::of(&last, origin),
        })
    };
    Stage::ALL.into_iter().filter_map(of_stage).collect()
}

pub(crate) fn unit_forecast(
    input: &ForecastInput<'_>,
    unit: UnitId,
    members: &[Simulated<'_>],
    exposure: &Exposure<'_>,
) -> UnitForecast {
    let reporters = || members.iter().map(|member| member.reporter);
    let fixed = State::together(reporters().map(|reporter| reporter.fixed.as_ref()));
    let joint = fixed.is_none().then(|| joint_paths(members)).flatten();
    let state = match (fixed, &joint) {
        (Some(state), _) => state,
        (None, Some(paths)) => State::Forecast(Completion::of(&paths.passages, input.week)),
        (None, None) => State::NotReported,
    };
    let done = sum(reporters().map(|reporter| Some(reporter.latest?.1)));
    let total = sum(reporters().map(|reporter| reporter.total));
    let progress = Progress {
        done: state.is_done(),
        remaining: done
            .zip(total)
            .map(|(done, total)| total.remaining_after(done)),
        passages: joint.as_ref().map(|paths| paths.passages.as_slice()),
    };
    UnitForecast {
        unit,
        reporters: reporters().map(|reporter| reporter.unit).collect(),
        state,
        done,
        total,
        last_report: reporters()
            .map(|reporter| Some(reporter.latest?.0))
            .min()
            .flatten(),
        missing_weeks: reporters()
            .filter_map(|reporter| reporter.missing_weeks(input.week))
            .sum(),
        corrections: reporters()
            .map(|reporter| reporter.history.corrections)
            .sum(),
        restarts: reporters().map(|reporter| reporter.history.restarts).sum(),
        stages: joint
            .as_ref()
            .map_or_else(Vec::new, |_| stage_dates(members, input.week)),
        actual_rate: actual_rate(reporters(), input.week),
        deadline: find_deadline(input, &deadline_owners(input, unit, members))
            .map(|deadline| judge(deadline, &progress, exposure, input.week)),
        borrowed: borrowed(members, input.week),
        published: None,
        ahead: joint.as_ref().map_or_else(Vec::new, counts_ahead),
        fan: joint.map_or_else(Vec::new, |paths| fan_of(&paths, input.week, exposure)),
    }
}

/// When all members are done if those without a forecast work as the others do; `None` where every one has its own, or one
/// that is not done has no paths at all.
fn borrowed(members: &[Simulated<'_>], week: Week) -> Option<Completion> {
    members.iter().find_map(|member| member.borrowed)?;
    let open = members.iter().filter(|member| {
        member
            .reporter
            .fixed
            .as_ref()
            .is_none_or(|state| !state.is_done())
    });
    let mut last: Vec<u16> = Vec::new();
    for member in open {
        let passages = &member.paths.or(member.borrowed)?.passages;
        last.resize(passages.len(), 0);
        for (last, passage) in last.iter_mut().zip(passages) {
            *last = (*last).max(*passage);
        }
    }
    Some(Completion::of(&last, week))
}

/// The units whose deadlines bind a row: itself; and where one province became one unit, both its names.
fn deadline_owners(
    input: &ForecastInput<'_>,
    unit: UnitId,
    members: &[Simulated<'_>],
) -> Vec<UnitId> {
    let mut owners = vec![unit];
    if let [only] = members {
        owners.push(only.reporter.unit);
        if let [province] = input.units.members(only.reporter.unit) {
            owners.push(*province);
        }
    }
    owners
}

/// The paths of several reporters as one: done when the last is done, counts added up path by path. Reporters without
/// paths stand still at their last count. `None` where none has paths.
pub(crate) fn joint_paths(members: &[Simulated<'_>]) -> Option<Paths> {
    let still = members.iter().filter(|member| member.paths.is_none());
    let flat: f64 = still
        .filter_map(|member| Some(member.reporter.latest?.1.to_f64()))
        .sum();
    let simulated: Vec<&Paths> = members.iter().filter_map(|member| member.paths).collect();
    let (first, others) = simulated.split_first()?;
    if others.is_empty() && flat <= 0.0 {
        return Some((*first).clone());
    }
    let mut passages = first.passages.clone();
    for paths in others {
        for (last, passage) in passages.iter_mut().zip(&paths.passages) {
            *last = (*last).max(*passage);
        }
    }
    let slots = 0..first.counts.len();
    Some(Paths {
        passages,
        counts: slots
            .map(|slot| summed_slot(&simulated, slot, flat))
            .collect(),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a drawn fan needs seven digits; the sum itself is exact enough"
)]
fn summed_slot(paths: &[&Paths], slot: usize, flat: f64) -> Vec<f32> {
    let kept = paths.first().and_then(|paths| paths.counts.get(slot));
    let mut sums = vec![flat; kept.map_or(0, Vec::len)];
    for counts in paths.iter().filter_map(|paths| paths.counts.get(slot)) {
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += f64::from(*count);
        }
    }
    sums.into_iter().map(|sum| sum as f32).collect()
}

/// The rates of the last eight weeks added up; `None` where no reporter has one.
pub(crate) fn actual_rate<'a>(
    reporters: impl Iterator<Item = &'a Reporter>,
    week: Week,
) -> Option<f64> {
    let since = week.plus(-RATE_WEEKS);
    reporters
        .filter_map(|reporter| reporter.history.pace_since(since))
        .reduce(|sum, rate| sum + rate)
}

/// The sum of counts; `None` where one of them is not known.
fn sum(mut counts: impl Iterator<Item = Option<Count>>) -> Option<Count> {
    let first = counts.next()??;
    counts.try_fold(first, |sum, count| Some(sum + count?))
}
