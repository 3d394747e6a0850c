//! One statement against the truth.

use chrono::NaiveDate;
use store::domain::{Text, UnitId, Week};

use super::truth::{Reached, Truth, real};
use crate::forecast::AHEAD_WEEKS;
use crate::issued::{Issued, Statement};

/// A promised interval in percent, with the places of its ends among [`crate::forecast::AHEAD_PERCENTS`] and the
/// percentages of its ends.
type Interval = (u8, (usize, usize), (u8, u8));

/// The promised intervals.
pub(crate) const INTERVALS: [Interval; 3] = [
    (50, (2, 4), (25, 75)),
    (80, (1, 5), (10, 90)),
    (90, (0, 6), (5, 95)),
];

/// The place of the median.
const MEDIAN: usize = 3;

/// How much later than said something came, in weeks; below 0 it came earlier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Late {
    /// The weeks.
    pub weeks: f64,
    /// Whether it came at all; else the weeks are the least it can be.
    pub came: bool,
}

/// What was said of a count some weeks ahead, and what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct CountCase {
    /// The number of the forecast.
    pub forecast: i64,
    /// The unit; `None` is the nation.
    pub unit: Option<UnitId>,
    /// Its name then.
    pub name: Text,
    /// The week of which it was said.
    pub week: Week,
    /// The weeks ahead.
    pub ahead: u16,
    /// The quantiles that were said.
    pub quantiles: [i64; 7],
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a statement on a count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// The week is not over.
    NotDue,
    /// The week is over and the unit did not report it, or is no longer a unit.
    NotReported,
    /// The count, and how much later than said the median was reached.
    Known {
        /// The count as known now.
        count: f64,
        /// How late the median came.
        late: Late,
    },
}

impl CountCase {
    /// Whether the interval of 50, 80 and 90 % held the count; `None` where it is not known.
    #[must_use]
    pub fn held(&self) -> Option<[bool; 3]> {
        let Outcome::Known { count, .. } = self.outcome else {
            return None;
        };
        let at = |place: usize| Some(quantile(&self.quantiles, place)? - count);
        Some(INTERVALS.map(|(_, (low, high), _)| {
            let (low, high) = (at(low), at(high));
            low.is_some_and(|low| low <= 0.5) && high.is_some_and(|high| high >= -0.5)
        }))
    }
}

/// A count that was said, as a real number.
fn quantile(quantiles: &[i64; 7], place: usize) -> Option<f64> {
    let count = store::domain::Count::from_i64(*quantiles.get(place)?)?;
    Some(count.to_f64())
}

/// Every statement on counts of a forecast. Units that the forecast saw standing at their goal say nothing and are left out.
pub(crate) fn count_cases(issued: &Issued, truth: &mut Truth<'_>) -> Vec<CountCase> {
    let mut cases = Vec::new();
    for statement in issued.by_reports() {
        truth.read(statement.unit);
        let one = |ahead: u16| count_case(issued, statement, truth, ahead);
        cases.extend(AHEAD_WEEKS.into_iter().filter_map(one));
    }
    cases
}

fn count_case(
    issued: &Issued,
    statement: &Statement,
    truth: &Truth<'_>,
    ahead: u16,
) -> Option<CountCase> {
    let quantiles = *statement.counts.get(&ahead)?;
    let (unit, week) = (statement.unit, issued.week.plus(ahead.into()));
    let outcome = if week > truth.last {
        Outcome::NotDue
    } else {
        match truth.count_in(unit, week) {
            None => Outcome::NotReported,
            Some(count) => Outcome::Known {
                count,
                late: late(
                    truth,
                    (unit, issued.week),
                    quantile(&quantiles, MEDIAN)?,
                    ahead,
                ),
            },
        }
    };
    Some(CountCase {
        forecast: issued.number,
        unit,
        name: statement.name.clone(),
        week,
        ahead,
        quantiles,
        outcome,
    })
}

fn late(
    truth: &Truth<'_>,
    (unit, origin): (Option<UnitId>, Week),
    median: f64,
    ahead: u16,
) -> Late {
    let (weeks, came) = match truth.reached(unit, origin, median) {
        Reached::After(weeks) => (weeks, true),
        Reached::NotWithin(weeks) => (weeks, false),
    };
    Late {
        weeks: weeks - f64::from(ahead),
        came,
    }
}

/// What came of a statement on a date.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DateCase {
    pub(crate) forecast: i64,
    /// Whether the interval of 50, 80 and 90 % held the day; `None` where its late end has not passed.
    pub(crate) held: [Option<bool>; 3],
    /// How much later than the median it was done; `None` where the median has not passed.
    pub(crate) late: Option<Late>,
}

/// What came of a chance of meeting a deadline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DeadlineCase {
    pub(crate) chance: f64,
    /// Whether it was met; `None` where it has not passed.
    pub(crate) met: Option<bool>,
}

/// Every statement on dates of completion.
pub(crate) fn date_cases(issued: &Issued, truth: &mut Truth<'_>) -> Vec<DateCase> {
    let today = truth.last.last_day();
    let mut cases = Vec::new();
    for statement in issued.by_reports() {
        // The nation without some units has no day that could be known.
        if statement.quantiles.is_empty() || statement.excluded > 0 {
            continue;
        }
        let done = truth.done_on(statement.unit);
        cases.push(date_case(issued.number, statement, (done, today)));
    }
    cases
}

fn date_case(
    forecast: i64,
    statement: &Statement,
    (done, today): (Option<NaiveDate>, NaiveDate),
) -> DateCase {
    let at = |percent: u8| statement.quantiles.get(&percent).copied().flatten();
    let passed = |day: &NaiveDate| *day <= today;
    let held = INTERVALS.map(|(_, _, (low, high))| {
        let (low, high) = (at(low)?, at(high).filter(passed)?);
        Some(done.is_some_and(|done| low <= done && done <= high))
    });
    let late = at(50).filter(passed).map(|median| Late {
        weeks: real((done.unwrap_or(today) - median).num_days()) / 7.0,
        came: done.is_some(),
    });
    DateCase {
        forecast,
        held,
        late,
    }
}

/// Every chance of meeting a deadline.
pub(crate) fn deadline_cases(issued: &Issued, truth: &mut Truth<'_>) -> Vec<DeadlineCase> {
    let today = truth.last.last_day();
    let mut cases = Vec::new();
    let units = issued.by_reports();
    for statement in units.filter(|statement| statement.unit.is_some()) {
        let (Some(chance), Some(due_on)) = (statement.chance, statement.deadline) else {
            continue;
        };
        let done = truth.done_on(statement.unit);
        cases.push(DeadlineCase {
            chance,
            met: (due_on <= today).then(|| done.is_some_and(|done| done <= due_on)),
        });
    }
    cases
}
