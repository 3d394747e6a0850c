//! What can be said of the completion of a unit.

use chrono::NaiveDate;
use store::domain::Count;

use super::completion::Completion;

/// What can be said of the completion of a unit; never a lone date.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// At least [`super::DONE_SHARE`] of the total is done.
    Done {
        /// The date of the first report from which on it never fell below that share of the total known then.
        since: NaiveDate,
    },
    /// The date as a distribution.
    Forecast(Completion),
    /// Too few reports to tell a rate. Reports that show a standstill long enough are [`State::NoProgress`] instead.
    TooShort {
        /// The complete reports at hand, since the last restart of the count.
        have: u32,
        /// The reports needed.
        need: u32,
    },
    /// The reports show no increase for at least [`super::STANDSTILL`] working weeks: at this pace it never ends.
    NoProgress {
        /// The calendar weeks from the last increase to the last report.
        weeks: u32,
        /// What is left to do.
        remaining: Count,
    },
    /// Counts were reported, but no total above zero, so nothing says when it is done.
    NoTotal,
    /// The stage was never reported.
    NotReported,
}

impl State {
    /// The distribution of the date; `None` in every other state.
    #[must_use]
    pub const fn completion(&self) -> Option<&Completion> {
        match self {
            Self::Forecast(completion) => Some(completion),
            _ => None,
        }
    }

    /// Whether the work is done.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done { .. })
    }

    /// The state of several units taken together: the one that says least, or done when all are done.
    ///
    /// `None` where a distribution of the joint date is needed.
    pub(crate) fn together<'a>(
        states: impl Iterator<Item = Option<&'a Self>> + Clone,
    ) -> Option<Self> {
        let mut fixed = states.clone().flatten();
        if let Some(worst) = fixed
            .clone()
            .filter(|state| !state.is_done())
            .reduce(Self::worse)
        {
            return Some(worst.of_all(states.flatten()));
        }
        let all = states.clone().all(|state| state.is_some());
        let first = fixed.next()?.clone();
        all.then(|| fixed.fold(first, Self::later))
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::NotReported => 0,
            Self::NoTotal => 1,
            Self::TooShort { .. } => 2,
            Self::NoProgress { .. } => 3,
            Self::Forecast(_) => 4,
            Self::Done { .. } => 5,
        }
    }

    fn worse<'a>(&'a self, other: &'a Self) -> &'a Self {
        if other.rank() < self.rank() {
            other
        } else {
            self
        }
    }

    fn later(self, other: &Self) -> Self {
        match (&self, other) {
            (Self::Done { since }, Self::Done { since: later }) if later > since => other.clone(),
            _ => self,
        }
    }

    /// The same state with the numbers of all members in it: the fewest reports, the longest standstill, all that is left.
    fn of_all<'a>(&self, members: impl Iterator<Item = &'a Self> + Clone) -> Self {
        match self {
            Self::TooShort { have, need } => {
                let reports = members.filter_map(|member| match member {
                    Self::TooShort { have, .. } => Some(*have),
                    _ => None,
                });
                Self::TooShort {
                    have: reports.min().unwrap_or(*have),
                    need: *need,
                }
            }
            Self::NoProgress { weeks, .. } => {
                let stopped = members.filter_map(|member| match member {
                    Self::NoProgress { weeks, remaining } => Some((*weeks, *remaining)),
                    _ => None,
                });
                Self::NoProgress {
                    weeks: stopped
                        .clone()
                        .map(|(weeks, _)| weeks)
                        .max()
                        .unwrap_or(*weeks),
                    remaining: stopped.map(|(_, remaining)| remaining).sum(),
                }
            }
            _ => self.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(since: &str) -> State {
        State::Done {
            since: since.parse().unwrap(),
        }
    }

    fn stopped(weeks: u32, remaining: i64) -> State {
        State::NoProgress {
            weeks,
            remaining: Count::from_i64(remaining).unwrap(),
        }
    }

    fn together(states: &[Option<State>]) -> Option<State> {
        State::together(states.iter().map(Option::as_ref))
    }

    #[test]
    fn several_units_are_done_when_the_last_of_them_is() {
        let both = [Some(done("2024-03-01")), Some(done("2024-05-01"))];
        assert_eq!(together(&both), Some(done("2024-05-01")));
        assert_eq!(together(&[Some(done("2024-03-01")), None]), None);
        assert_eq!(together(&[None, None]), None);
    }

    #[test]
    fn one_unit_without_a_date_leaves_all_without_one() {
        let short = |have| State::TooShort { have, need: 6 };
        assert_eq!(
            together(&[None, Some(stopped(7, 10))]),
            Some(stopped(7, 10))
        );
        assert_eq!(
            together(&[Some(stopped(7, 10)), Some(stopped(9, 5))]),
            Some(stopped(9, 15))
        );
        assert_eq!(
            together(&[Some(short(4)), Some(stopped(9, 5)), Some(short(2))]),
            Some(short(2))
        );
        assert_eq!(
            together(&[Some(short(4)), Some(State::NotReported)]),
            Some(State::NotReported)
        );
    }
}
