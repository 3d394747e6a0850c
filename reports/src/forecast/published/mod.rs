//! Forecasts from published figures, where a stage was never reported.
//!
//! Before and beside the weekly reports there is only what reports and the press printed: a handful of counts, months apart,
//! most of them rounded. They are read as what they are.
//!
//! | Question | Answer |
//! |---|---|
//! | Which figures | records of all types at the very stage that is followed; of a chain of stages, at its last |
//! | Which wins | a report, from the first one on: of a unit that ever reported the stage no published figure is looked at |
//! | Before the first report | published figures do not lengthen a history: they count by other rules than the form, and the jump from one to the other would be taken for work done in a week |
//! | The nation | from the nation's own published figures while more than half of its units never reported the stage; units are not added up with them |
//! | The total | the one that was reported; else the latest published one, unless it is below the count, for then it is no total of it |
//! | How exact | to the last digit that was meant ([`figures`]); every path reads each figure anew within that |
//! | How old | work goes on after the last figure for as long as the longest silence between two of them, at most a year; longer silence says nothing |
//! | Too few | fewer than [`NEED_PUBLISHED`] figures tell no change of pace, so there is no date |
//!
//! The paths are those of the one method, learnt from the owner's own figures alone. Sums, shares and coverage stay those of
//! the reports: a row keeps the count and total that were reported, which are none, and [`Basis`] holds the published ones.

mod figures;
mod paths;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{Count, Stage, UnitId};

pub use self::figures::{Published, StatedCount};
use self::paths::{Walked, walk};
use super::ahead::counts_ahead;
use super::completion::Completion;
use super::deadline::{DeadlineOutlook, Progress, find_deadline, judge};
use super::exposure::Exposure;
use super::fan::fan_of;
use super::followed::Followed;
use super::input::ForecastInput;
use super::method::DONE_SHARE;
use super::national::NationalForecast;
use super::reporter::Reporter;
use super::state::State;
use super::unit::{StageDate, UnitForecast};

/// The published figures that a forecast needs: two tell a pace, and only three whether it lasts.
pub const NEED_PUBLISHED: u32 = 3;
/// After this many weeks without a count that is surely higher, the figures show no progress; over a shorter time rounding
/// may hide it.
const STILL_WEEKS: i64 = 26;

/// What a forecast from published figures stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// The counts of the stage, at most one a week, in order; at least one.
    pub counts: Vec<StatedCount>,
    /// The total they are measured by; `None` where there is none that is not surely below the last count.
    pub total: Option<StatedCount>,
    /// Records per full working week between the last two counts; `None` of a single one.
    pub pace: Option<f64>,
}

/// What the published figures say of the nation.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedNation {
    /// The figures.
    pub basis: Basis,
    /// What they say: done, a date, or why there is none. Where it is one of the first two, the national forecast is theirs.
    pub state: State,
}

/// The figures of all owners that never reported: of the nation under `None`.
pub(crate) type Bases = BTreeMap<Option<UnitId>, Basis>;

/// A basis with what comes of it.
pub(crate) struct Told {
    basis: Basis,
    state: State,
    walked: Option<Walked>,
}

impl Basis {
    /// The latest count.
    #[must_use]
    pub fn last(&self) -> Option<&StatedCount> {
        self.counts.last()
    }

    /// The lines of a digest that hold all of it.
    pub(crate) fn lines(&self, owner: Option<UnitId>) -> Vec<String> {
        let owner = owner.map_or_else(|| "vn".to_owned(), |unit| unit.to_string());
        let counts = self.counts.iter().map(|count| count.line("count"));
        let total = self.total.iter().map(|total| total.line("total"));
        let lines = counts.chain(total);
        lines
            .map(|line| format!("published {owner} {line}"))
            .collect()
    }

    /// What is known without any path: `None` where a date can be drawn.
    fn state(&self) -> Option<State> {
        let last = self.last()?;
        let Some(total) = &self.total else {
            return Some(State::NoTotal);
        };
        if let Some(since) = self.done_since(total) {
            return Some(State::Done { since });
        }
        let weeks = self.standstill(last);
        if weeks >= STILL_WEEKS {
            return Some(State::NoProgress {
                weeks: u32::try_from(weeks).unwrap_or(u32::MAX),
                remaining: total.count.remaining_after(last.count),
            });
        }
        let have = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        (have < NEED_PUBLISHED).then_some(State::TooShort {
            have,
            need: NEED_PUBLISHED,
        })
    }

    /// The day of the first count from which on all were surely done.
    fn done_since(&self, total: &StatedCount) -> Option<NaiveDate> {
        let is_done = |count: &&StatedCount| count.least() >= DONE_SHARE * total.most();
        let done = self.counts.iter().rev().take_while(is_done);
        done.last().map(|count| count.as_of)
    }

    /// The weeks for which no count is surely below the last.
    fn standstill(&self, last: &StatedCount) -> i64 {
        let still = |count: &&StatedCount| last.least() <= count.most();
        let first = self.counts.iter().rev().take_while(still).last();
        first.map_or(0, |first| last.week().weeks_since(first.week()))
    }
}

/// The published figures of every unit of both lists, and of the nation, that stand in for reports in the origin week.
pub(crate) fn bases(
    input: &ForecastInput<'_>,
    reporters: &[Reporter],
    exposure: &Exposure<'_>,
) -> Bases {
    if input.published.figures.is_empty() {
        return Bases::new();
    }
    let is_silent = |unit: &UnitId| {
        let known = reporters.iter().find(|reporter| reporter.unit == *unit);
        known.is_none_or(|reporter| reporter.latest.is_none())
    };
    let total = |unit| {
        let standing = input.panel.standing(unit, input.week, Stage::Total);
        standing.estimate.filter(|_| standing.silent.is_empty())
    };
    let read = |owners: &[Option<UnitId>], total: Option<Count>| {
        Basis::read(input, owners, total, exposure)
    };
    let silent = input.units.iter().map(|unit| unit.id).filter(|unit| {
        let reporters = input.reporters_of(*unit);
        reporters.iter().all(is_silent)
    });
    let of_unit = |unit: UnitId| {
        let total = total(unit).map(|figure| figure.value);
        Some((Some(unit), read(&namesakes(input, unit), total)?))
    };
    let mut bases: Bases = silent.filter_map(of_unit).collect();
    let unknown = reporters.iter().filter(|one| one.latest.is_none()).count();
    if 2 * unknown > reporters.len() {
        let standing = input.panel.national(input.week, Stage::Total);
        let total = standing.estimate.filter(|_| standing.silent.is_empty());
        let nation = read(&[None], total.map(|figure| figure.value));
        bases.extend(nation.map(|basis| (None, basis)));
    }
    bases
}

/// The names under which a place was written of: where one province became one unit alone, both.
fn namesakes(input: &ForecastInput<'_>, unit: UnitId) -> Vec<Option<UnitId>> {
    let successor = input.units.find(unit).and_then(|unit| unit.successor);
    let successor = successor.filter(|unit| input.units.members(*unit).len() == 1);
    let before = match input.units.members(unit) {
        [only] => Some(*only),
        _ => None,
    };
    let names = [Some(unit), successor, before];
    names.into_iter().flatten().map(Some).collect()
}

impl Told {
    /// What the figures of an owner say. The random numbers are the owner's own.
    pub(crate) fn of(
        (owner, basis): (Option<UnitId>, &Basis),
        input: &ForecastInput<'_>,
        exposure: &Exposure<'_>,
        seed: u64,
    ) -> Self {
        let fixed = basis.state();
        let walked = match (&fixed, &basis.total) {
            (None, Some(total)) => Some(walk((owner, basis, total), input, exposure, seed)),
            _ => None,
        };
        let date =
            |walked: &Walked| State::Forecast(Completion::of(&walked.paths.passages, input.week));
        let drawn = walked.as_ref().map(date);
        Self {
            state: fixed.or(drawn).unwrap_or(State::NoTotal),
            basis: basis.clone(),
            walked,
        }
    }

    /// Puts what they say in the place of what no report says of a row.
    pub(crate) fn of_row(
        &self,
        row: UnitForecast,
        input: &ForecastInput<'_>,
        exposure: &Exposure<'_>,
    ) -> UnitForecast {
        let owners: Vec<UnitId> = namesakes(input, row.unit).into_iter().flatten().collect();
        let paths = self.walked.as_ref().map(|walked| &walked.paths);
        UnitForecast {
            state: self.state.clone(),
            deadline: self.deadline(&owners, input, exposure),
            stages: self.stages(input),
            ahead: paths.map_or_else(Vec::new, counts_ahead),
            fan: paths.map_or_else(Vec::new, |paths| fan_of(paths, input.week, exposure)),
            published: Some(self.basis.clone()),
            ..row
        }
    }

    /// Puts what they say in the place of what too few reports say of the nation; where they have no date, beside it.
    pub(crate) fn of_nation(
        &self,
        nation: NationalForecast,
        input: &ForecastInput<'_>,
        exposure: &Exposure<'_>,
    ) -> NationalForecast {
        let published = Some(PublishedNation {
            basis: self.basis.clone(),
            state: self.state.clone(),
        });
        let since = match (&self.state, &self.walked) {
            (State::Done { since }, _) => Some(*since),
            (State::Forecast(_), Some(_)) => None,
            _ => {
                return NationalForecast {
                    published,
                    ..nation
                };
            }
        };
        let paths = self.walked.as_ref().map(|walked| &walked.paths);
        let most = |walked: &Walked| Completion::of(&walked.most, input.week);
        NationalForecast {
            done_since: since,
            completion: self.state.completion().cloned(),
            excluded: Vec::new(),
            most_done: self.walked.as_ref().map(most),
            stages: self.stages(input),
            last_units: Vec::new(),
            actual_rate: None,
            deadline: self.deadline(&[], input, exposure),
            ahead: paths.map_or_else(Vec::new, counts_ahead),
            fan: paths.map_or_else(Vec::new, |paths| fan_of(paths, input.week, exposure)),
            published,
            ..nation
        }
    }

    /// The day of the latest figure, where the forecast is theirs.
    pub(crate) fn as_of(&self) -> Option<NaiveDate> {
        let is_theirs = self.state.is_done() || self.walked.is_some();
        let last = self.basis.last().filter(|_| is_theirs);
        last.map(|last| last.as_of)
    }

    fn deadline(
        &self,
        owners: &[UnitId],
        input: &ForecastInput<'_>,
        exposure: &Exposure<'_>,
    ) -> Option<DeadlineOutlook> {
        let left = self.basis.total.as_ref().zip(self.basis.last());
        let paths = self.walked.as_ref().map(|walked| &walked.paths);
        let progress = Progress {
            done: self.state.is_done(),
            remaining: left.map(|(total, last)| total.count.remaining_after(last.count)),
            passages: paths.map(|paths| paths.passages.as_slice()),
        };
        let deadline = find_deadline(input, owners)?;
        Some(judge(deadline, &progress, exposure, input.week))
    }

    /// The stage that is followed alone; of a chain no other stage is read, so that none is the slowest.
    fn stages(&self, input: &ForecastInput<'_>) -> Vec<StageDate> {
        let alone = match input.followed {
            Followed::One(stage) => Some(stage),
            Followed::Slowest => None,
        };
        let date = |(stage, completion): (Stage, &Completion)| StageDate {
            stage,
            completion: completion.clone(),
        };
        let dated = alone.zip(self.state.completion()).map(date);
        dated.into_iter().collect()
    }
}

impl NationalForecast {
    /// The published figures that the forecast is made of; `None` where it is made of reports, or there is none.
    #[must_use]
    pub fn published_basis(&self) -> Option<&Basis> {
        let published = self.published.as_ref()?;
        let is_theirs = published.state.is_done() || published.state.completion().is_some();
        is_theirs.then_some(&published.basis)
    }
}

#[cfg(test)]
mod tests;
