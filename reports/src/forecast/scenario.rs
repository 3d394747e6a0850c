//! What if: changes to capacity, dates, totals and deadlines, answered on the same random numbers as the forecast.

use chrono::NaiveDate;
use store::domain::{Count, Deadline, DeadlineKind, Text, UnitId, Week};

use super::input::ForecastInput;
use super::method::{CREDIT, HORIZON};
use super::reporter::{RATE_WEEKS, Reporter};
use super::walk::Workload;

/// One change. Units are those that report in the origin week.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The rate is multiplied from a day on; 1 changes nothing.
    Rate {
        /// Whose rate; `None` is every unit's.
        unit: Option<UnitId>,
        /// The factor; below 0 or not a number counts as 0.
        factor: f64,
        /// The first day. The week that holds it has the new rate as a whole.
        from: NaiveDate,
    },
    /// A share of one unit's capacity works for another from a day on. Capacity is the actual rate in records a week.
    Move {
        /// The unit that gives.
        from_unit: UnitId,
        /// The unit that receives.
        to_unit: UnitId,
        /// The share of the giver's capacity, from 0 to 1; values outside count as the nearest end.
        share: f64,
        /// The first day.
        from: NaiveDate,
    },
    /// A unit that stands still or has not begun starts on a day, instead of on one that nobody knows.
    Start {
        /// The unit.
        unit: UnitId,
        /// The first day of work.
        on: NaiveDate,
    },
    /// Another total.
    Total {
        /// The unit.
        unit: UnitId,
        /// The total; what was done stays done.
        total: Count,
    },
    /// Work that went otherwise than on the paths, when they are looked at later: every path is done so many days later.
    Delay {
        /// The unit.
        unit: UnitId,
        /// The days; below 0 where it is done sooner, but never before the day after the origin.
        days: i64,
    },
    /// Another deadline. It changes what is said of the date, never the date.
    Deadline {
        /// Whose; `None` is every unit's and the nation's.
        unit: Option<UnitId>,
        /// The last day of the work.
        due_on: NaiveDate,
    },
}

/// Changes, applied in order. The empty scenario is the forecast itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Scenario {
    /// The last total that the scenario gives a unit; `None` where it keeps its own.
    pub(crate) fn total_of(&self, unit: UnitId) -> Option<Count> {
        let totals = self.changes.iter().rev();
        totals.into_iter().find_map(|change| match change {
            Change::Total { unit: of, total } if *of == unit => Some(*total),
            _ => None,
        })
    }

    /// The days by which a unit is later than its paths.
    pub(crate) fn delay_of(&self, unit: UnitId) -> i64 {
        let delays = self.changes.iter().map(|change| match change {
            Change::Delay { unit: of, days } if *of == unit => *days,
            _ => 0,
        });
        delays.sum()
    }

    /// The deadlines in force, and those of the scenario in their place.
    pub(crate) fn deadlines(&self, input: &ForecastInput<'_>) -> Vec<Deadline> {
        let asked = self.changes.iter().filter_map(|change| match change {
            Change::Deadline { unit, due_on } => Some((*unit, *due_on)),
            _ => None,
        });
        let mut deadlines = input.deadlines.to_vec();
        for (unit, due_on) in asked {
            deadlines.retain(|deadline| unit.is_some() && deadline.unit != unit);
            deadlines.push(Deadline {
                unit,
                due_on,
                announced_on: input.week.last_day(),
                kind: DeadlineKind::Plan,
                source: Text::new("kịch bản", "scenario"),
            });
        }
        deadlines
    }

    /// Changes what is simulated of a unit; whether the scenario says when it starts.
    pub(crate) fn apply(
        &self,
        reporter: &Reporter,
        all: &[Reporter],
        input: &ForecastInput<'_>,
        workload: &mut Workload,
    ) -> bool {
        let mut begun = false;
        for change in &self.changes {
            match *change {
                Change::Rate { unit, factor, from }
                    if unit.is_none_or(|of| of == reporter.unit) =>
                {
                    multiply(workload, factor, first_step(from, input.week)..);
                }
                Change::Start { unit, on } if unit == reporter.unit => {
                    begun = true;
                    multiply(workload, 0.0, ..first_step(on, input.week));
                }
                Change::Move {
                    from_unit,
                    to_unit,
                    share,
                    from,
                } => {
                    let share = share.clamp(0.0, 1.0);
                    let pace = |unit| pace_of(all, unit, input.week);
                    let factor = if reporter.unit == from_unit {
                        1.0 - share
                    } else if reporter.unit == to_unit {
                        1.0 + share * received(pace(from_unit), pace(to_unit))
                    } else {
                        continue;
                    };
                    multiply(workload, factor, first_step(from, input.week)..);
                }
                _ => {}
            }
        }
        begun
    }
}

/// How many times its own capacity a unit receives with all of another's; 0 where one of the two has none.
fn received(given: Option<f64>, own: Option<f64>) -> f64 {
    match (given, own) {
        (Some(given), Some(own)) if own > 0.0 => given / own,
        _ => 0.0,
    }
}

fn pace_of(all: &[Reporter], unit: UnitId, week: Week) -> Option<f64> {
    let reporter = all.iter().find(|reporter| reporter.unit == unit)?;
    reporter.history.pace_since(week.plus(-RATE_WEEKS))
}

/// The step of the week that holds a day; the first one for days before it.
fn first_step(day: NaiveDate, origin: Week) -> usize {
    let weeks = Week::containing(day).weeks_since(origin) - 1 + i64::from(CREDIT);
    usize::try_from(weeks.max(0)).unwrap_or(usize::MAX)
}

fn multiply(workload: &mut Workload, factor: f64, steps: impl std::ops::RangeBounds<usize>) {
    let factor = if factor > 0.0 { factor } else { 0.0 };
    if factor.to_bits() == 1.0_f64.to_bits() {
        // A change to nothing is none, to the last bit: blocks of unchanged weeks are added at once.
        return;
    }
    workload.pace.resize(usize::from(CREDIT + HORIZON), 1.0);
    for (step, pace) in workload.pace.iter_mut().enumerate() {
        if steps.contains(&step) {
            *pace *= factor;
        }
    }
}
