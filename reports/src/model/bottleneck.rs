//! Where work waits between two stages, how long, and which of these waits is the longest.

use std::ops::Add;

use store::domain::{Count, Stage, UnitId, UnitView};

use super::input::ReportInput;
use crate::forecast::StageDate;

/// The weeks over which the rate of a stage is taken: two months even out holidays and weeks of catching up.
pub const RATE_WEEKS: i64 = 8;

/// The same as a divisor.
const WEEKS: f64 = 8.0;

/// The smallest part of the total that is worth calling a queue; below it a unit counts as done as well.
const WORTH_NAMING: f64 = 0.005;

/// What has passed one stage and waits for the next that is reported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queue {
    /// The stage that is passed.
    pub from: Stage,
    /// The stage that is waited for: the next one that is reported at all.
    pub to: Stage,
    /// What waits: the count of `from` less that of `to`, missing reports carried forward; 0 where `to` is ahead.
    pub waiting: Count,
    /// What passes `to` in a week, over [`RATE_WEEKS`]; `None` where `to` was not known at both ends of them. A correction
    /// may make it negative.
    pub rate: Option<f64>,
    /// The units that report both stages, over which all this is added up.
    pub rows: usize,
}

/// How long a queue takes at its rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wait {
    /// Nothing waits.
    Empty,
    /// So many weeks.
    Weeks(f64),
    /// Nothing moves, so it never ends at this rate.
    Never,
    /// The rate is not known.
    Unknown,
}

/// The queues of one unit or of the nation.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// Whose queues; `None` for the nation.
    pub unit: Option<UnitId>,
    /// The queues in the order of the work.
    pub queues: Vec<Queue>,
    /// The total to digitize; `None` where it is not known.
    pub total: Option<Count>,
}

impl Queue {
    /// The mean time from `from` to `to`: what waits, divided by what passes in a week (Little, "A Proof for the Queuing
    /// Formula L = λW", Operations Research 9, 1961).
    #[must_use]
    pub fn wait(&self) -> Wait {
        match self.rate {
            _ if self.waiting.to_i64() == 0 => Wait::Empty,
            None => Wait::Unknown,
            Some(rate) if rate > 0.0 => Wait::Weeks(self.waiting.to_f64() / rate),
            Some(_) => Wait::Never,
        }
    }

    /// The wait as a number that orders queues; `None` where it is not known or nothing waits.
    fn length(&self) -> Option<f64> {
        match self.wait() {
            Wait::Weeks(weeks) => Some(weeks),
            Wait::Never => Some(f64::INFINITY),
            Wait::Empty | Wait::Unknown => None,
        }
    }
}

impl Bottleneck {
    /// The queues of the nation, whatever the view, and of every row of the view, in the order of the rows.
    ///
    /// Both are made of the units that report: a merged unit of which one member alone reports a stage has passed more than
    /// that member has.
    #[must_use]
    pub fn all(input: &ReportInput<'_>) -> (Self, Vec<Self>) {
        let (panel, week) = (input.panel, input.week);
        let states = |units: &[UnitId]| -> Vec<State> {
            units.iter().map(|unit| state_of(input, *unit)).collect()
        };
        let of_row = |unit: &UnitId| Self::of(Some(*unit), &states(&panel.reporters(*unit, week)));
        let rows = panel.rows(input.view, week);
        let nation = states(&panel.rows(UnitView::AsReported, week));
        (Self::of(None, &nation), rows.iter().map(of_row).collect())
    }

    /// The queues between the stages that at least half of some units report; each is the sum over the units that report
    /// both its ends.
    fn of(unit: Option<UnitId>, states: &[State]) -> Self {
        let reporting = states
            .iter()
            .filter(|state| state.iter().flatten().next().is_some());
        let half = reporting.count().div_ceil(2).max(1);
        let known = |place: &usize| {
            states
                .iter()
                .filter(|state| state[*place].is_some())
                .count()
        };
        let chain: Vec<usize> = (0..Stage::ORDERED.len())
            .filter(|place| known(place) >= half)
            .collect();
        let queue = |pair: &[usize]| match pair {
            [from, to] => Some(queue_between(states, *from, *to)),
            _ => None,
        };
        let totals = states.iter().filter_map(|state| Some(state[0]?.count));
        Self {
            unit,
            queues: chain.windows(2).filter_map(queue).collect(),
            total: totals.reduce(Add::add),
        }
    }

    /// The stage that is waited for longest among those that a date follows; the last of them where none of them is waited
    /// for. `None` of no stages.
    #[must_use]
    pub fn slowest_of<'a>(&self, stages: &'a [StageDate]) -> Option<&'a StageDate> {
        let slowest = self.slowest().map(|queue| queue.to);
        let named = stages.iter().find(|date| Some(date.stage) == slowest);
        named.or(stages.last())
    }

    /// The queue that takes longest; one in which nothing moves is longest of all, and among such the larger. `None` where
    /// no queue holds as much as half a percent of the total, or no rate is known.
    #[must_use]
    pub fn slowest(&self) -> Option<&Queue> {
        let least = self
            .total
            .map_or(0.0, |total| total.to_f64() * WORTH_NAMING);
        let held = self
            .queues
            .iter()
            .filter(|queue| queue.waiting.to_f64() > least);
        held.filter_map(|queue| Some((queue.length()?, queue)))
            .max_by(|(one, left), (other, right)| {
                one.total_cmp(other).then(left.waiting.cmp(&right.waiting))
            })
            .map(|(_, queue)| queue)
    }
}

/// How much has passed a stage, and how much passes it in a week.
#[derive(Clone, Copy, Debug)]
struct Passed {
    count: Count,
    rate: Option<f64>,
}

/// A unit: its stages in the order of [`Stage::ORDERED`]; `None` for one it never reported.
type State = [Option<Passed>; Stage::ORDERED.len()];

fn state_of(input: &ReportInput<'_>, unit: UnitId) -> State {
    let count = |week, stage| input.panel.standing(unit, week, stage).estimated_count();
    Stage::ORDERED.map(|stage| {
        let now = count(input.week, stage)?;
        let before = count(input.week.plus(-RATE_WEEKS), stage);
        Some(Passed {
            count: now,
            rate: before.map(|before| (now.to_f64() - before.to_f64()) / WEEKS),
        })
    })
}

fn queue_between(states: &[State], from: usize, to: usize) -> Queue {
    let both: Vec<(Passed, Passed)> = states
        .iter()
        .filter_map(|state| state[from].zip(state[to]))
        .collect();
    let waiting = both
        .iter()
        .map(|(from, to)| from.count.remaining_after(to.count));
    Queue {
        from: Stage::ORDERED[from],
        to: Stage::ORDERED[to],
        waiting: waiting.reduce(Add::add).unwrap_or_default(),
        rate: both.iter().filter_map(|(_, to)| to.rate).reduce(Add::add),
        rows: both.len(),
    }
}
