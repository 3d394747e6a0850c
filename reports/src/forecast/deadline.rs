//! The deadline in force: the rate it asks for and the chance of meeting it.

use chrono::NaiveDate;
use store::domain::{Count, Deadline, UnitId, Week, deadline_in_force};

use super::completion::{Chance, share_done_by};
use super::exposure::Exposure;
use super::input::ForecastInput;

/// The deadline in force and how the unit stands to it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeadlineOutlook {
    /// The deadline.
    pub deadline: Deadline,
    /// How the unit stands to it.
    pub pace: DeadlinePace,
}

/// How a unit stands to its deadline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DeadlinePace {
    /// The work is done.
    Finished,
    /// There is time left.
    Ahead {
        /// Records per full working week that bring what remains to zero; `None` where what remains is not known.
        required_rate: Option<f64>,
        /// The working weeks left, holidays weighed; the origin week is over and not among them.
        working_weeks: f64,
        /// The chance of being done by the deadline; `None` where no date is forecast.
        chance: Option<Chance>,
    },
    /// The deadline has passed and the work is not done.
    Passed {
        /// Full weeks since then.
        weeks_overdue: u32,
    },
}

impl DeadlinePace {
    /// Records per full working week needed; `None` where the work is done, overdue, or of unknown size.
    #[must_use]
    pub const fn required_rate(self) -> Option<f64> {
        match self {
            Self::Ahead { required_rate, .. } => required_rate,
            Self::Finished | Self::Passed { .. } => None,
        }
    }

    /// The chance of meeting the deadline; `None` where the work is done, overdue or not forecast.
    #[must_use]
    pub const fn chance(self) -> Option<Chance> {
        match self {
            Self::Ahead { chance, .. } => chance,
            Self::Finished | Self::Passed { .. } => None,
        }
    }
}

/// Returns the rate that brings `remaining` to zero by `due_on`, in records per full working week.
///
/// The origin week is over and not counted; holidays weigh less. `None` where no working time is left.
///
/// # Source
/// README "Definitions", required rate.
#[must_use]
pub fn required_rate(
    remaining: Count,
    exposure: &Exposure<'_>,
    origin: Week,
    due_on: NaiveDate,
) -> Option<f64> {
    let weeks = exposure.until(origin, due_on);
    (weeks > 0.0).then(|| remaining.to_f64() / weeks)
}

/// What is known of a unit when its deadline is judged.
pub(crate) struct Progress<'a> {
    /// Whether the work is done.
    pub(crate) done: bool,
    /// What is left to do.
    pub(crate) remaining: Option<Count>,
    /// The passages of its paths; `None` where no date is forecast.
    pub(crate) passages: Option<&'a [u16]>,
}

/// The deadline in force for any of these names of one unit at the end of the origin week, the latest announced of them.
pub(crate) fn find_deadline<'a>(
    input: &ForecastInput<'a>,
    names: &[UnitId],
) -> Option<&'a Deadline> {
    let day = input.week.last_day();
    let own = names
        .iter()
        .filter_map(|unit| deadline_in_force(input.deadlines, Some(*unit), day));
    let national = deadline_in_force(input.deadlines, None, day);
    own.chain(national)
        .max_by_key(|deadline| (deadline.announced_on, deadline.unit.is_some()))
}

pub(crate) fn judge(
    deadline: &Deadline,
    progress: &Progress<'_>,
    exposure: &Exposure<'_>,
    origin: Week,
) -> DeadlineOutlook {
    let overdue_days = (origin.last_day() - deadline.due_on).num_days();
    let pace = if progress.done {
        DeadlinePace::Finished
    } else if overdue_days >= 0 {
        DeadlinePace::Passed {
            weeks_overdue: u32::try_from(overdue_days / 7).unwrap_or(u32::MAX),
        }
    } else {
        let due_on = deadline.due_on;
        DeadlinePace::Ahead {
            required_rate: progress
                .remaining
                .and_then(|left| required_rate(left, exposure, origin, due_on)),
            working_weeks: exposure.until(origin, due_on),
            chance: progress
                .passages
                .map(|passages| Chance::of(share_done_by(passages, origin, due_on))),
        }
    };
    DeadlineOutlook {
        deadline: deadline.clone(),
        pace,
    }
}
