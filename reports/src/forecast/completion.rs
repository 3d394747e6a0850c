//! The date of completion as a distribution: quantiles, the chance of a day, never a lone date.

use chrono::{Days, NaiveDate};
use store::domain::Week;

use super::method::{COUNTED, HORIZON, NEVER, Paths};
use super::number::{real, whole};

/// The quantiles that are kept: 5, 10, … 95 percent.
pub const PERCENTS: [u8; 19] = [
    5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95,
];

/// When the work will be done, by simulated paths.
///
/// The interval of 80 % is from [`Completion::p10`] to [`Completion::p90`]. There is no mean date: a path that is never
/// done would have no place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    quantiles: [Option<NaiveDate>; 19],
    /// The share of paths that are not done within the horizon, from 0 to 1.
    pub never: f64,
    /// The last day that was simulated. An absent quantile lies after it, or nowhere.
    pub horizon: NaiveDate,
}

impl Completion {
    pub(crate) fn of(passages: &[u16], origin: Week) -> Self {
        let mut sorted = passages.to_vec();
        sorted.sort_unstable();
        let day_of = |percent: u8| {
            let rank = (sorted.len() * usize::from(percent)).div_ceil(100).max(1);
            sorted
                .get(rank - 1)
                .filter(|passage| **passage != NEVER)
                .map(|passage| day_after(origin, *passage))
        };
        let done = sorted.partition_point(|passage| *passage != NEVER);
        Self {
            quantiles: PERCENTS.map(day_of),
            never: share(sorted.len() - done, sorted.len()),
            horizon: origin.plus(HORIZON.into()).last_day(),
        }
    }

    /// The first day by which at least this many percent of the paths are done; `None` where that is after the horizon,
    /// or where the percentage is not one of [`PERCENTS`].
    #[must_use]
    pub fn at(&self, percent: u8) -> Option<NaiveDate> {
        let place = PERCENTS.iter().position(|kept| *kept == percent)?;
        self.quantiles.get(place).copied().flatten()
    }

    /// The early end of the 80 % interval; `None` where it is after the horizon.
    #[must_use]
    pub fn p10(&self) -> Option<NaiveDate> {
        self.at(10)
    }

    /// The median; `None` where it is after the horizon.
    #[must_use]
    pub fn p50(&self) -> Option<NaiveDate> {
        self.at(50)
    }

    /// The late end of the 80 % interval; `None` where it is after the horizon.
    #[must_use]
    pub fn p90(&self) -> Option<NaiveDate> {
        self.at(90)
    }
}

/// A probability that is never shown as certain: paths know only what their assumptions let happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    value: f64,
    capped: Option<Cap>,
}

/// On which side a chance was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// The chance is below 5 %.
    Below,
    /// The chance is above 95 %.
    Above,
}

/// The least chance that is shown as a number.
const LEAST_CHANCE: f64 = 0.05;
/// The largest chance that is shown as a number.
const MOST_CHANCE: f64 = 0.95;

impl Chance {
    /// The chance of a share of paths; cut to 0.05 … 0.95.
    #[must_use]
    pub fn of(share: f64) -> Self {
        let capped = match share {
            _ if share < LEAST_CHANCE => Some(Cap::Below),
            _ if share > MOST_CHANCE => Some(Cap::Above),
            _ => None,
        };
        Self {
            value: share.clamp(LEAST_CHANCE, MOST_CHANCE),
            capped,
        }
    }

    /// The number, from 0.05 to 0.95.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// Whether the number was cut: then the words are "below 5 %" or "above 95 %".
    #[must_use]
    pub const fn cap(self) -> Option<Cap> {
        self.capped
    }
}

/// The share of paths that are done on or before a day.
pub(crate) fn share_done_by(passages: &[u16], origin: Week, day: NaiveDate) -> f64 {
    let done = passages
        .iter()
        .filter(|passage| **passage != NEVER && day_after(origin, **passage) <= day);
    share(done.count(), passages.len())
}

/// The day on which the sum of several units reaches a goal on each path, evenly between two kept counts.
pub(crate) fn passages_of_sum(sum: &Paths, goal: f64) -> Vec<u16> {
    let days = real(usize::from(7 * COUNTED));
    let passage = |path: usize| {
        let counts = sum.counts.iter().map(|counts| counts.get(path).copied());
        let counts: Vec<f64> = counts.map(|count| count.unwrap_or(0.0).into()).collect();
        let next = counts.iter().position(|count| *count >= goal)?;
        let Some([before, after]) = next.checked_sub(1).and_then(|last| counts.get(last..=next))
        else {
            return Some(1);
        };
        let part = (goal - before) / (after - before);
        u16::try_from(whole((real(next) - 1.0 + part) * days).max(1)).ok()
    };
    let paths = 0..sum.counts.first().map_or(0, Vec::len);
    paths.map(|path| passage(path).unwrap_or(NEVER)).collect()
}

fn day_after(origin: Week, days: u16) -> NaiveDate {
    let last = origin.last_day();
    last.checked_add_days(Days::new(days.into()))
        .unwrap_or(last)
}

/// The share of one number of paths in another; 0 without any paths.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    let real = |number: usize| u32::try_from(number).map_or(f64::INFINITY, f64::from);
    if whole == 0 {
        0.0
    } else {
        real(part) / real(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Week {
        Week::parse("2025-W08").unwrap()
    }

    #[test]
    fn quantiles_are_the_first_days_by_which_enough_paths_are_done() {
        let passages: Vec<u16> = (1..=10).rev().collect();
        let completion = Completion::of(&passages, origin());
        let day = |text: &str| Some(text.parse().unwrap());
        // The origin week ends on 23 February 2025.
        assert_eq!(completion.p10(), day("2025-02-24"));
        assert_eq!(completion.at(15), day("2025-02-25"));
        assert_eq!(completion.p50(), day("2025-02-28"));
        assert_eq!(completion.p90(), day("2025-03-04"));
        assert_eq!(completion.at(51), None);
        assert!(completion.never.abs() < 1e-12);
    }

    #[test]
    fn a_quantile_that_too_few_paths_reach_is_absent() {
        let completion = Completion::of(&[1, 2, 3, NEVER, NEVER], origin());
        assert!(completion.at(60).is_some());
        assert_eq!(completion.at(65), None);
        assert!((completion.never - 0.4).abs() < 1e-12);
        assert_eq!(completion.horizon, "2030-02-17".parse().unwrap());
    }

    #[test]
    fn a_chance_is_never_certain() {
        let shown = [0.0, 0.049, 0.05, 0.72, 0.95, 0.951, 1.0].map(|share| {
            let chance = Chance::of(share);
            (chance.value(), chance.cap())
        });
        let below = (0.05, Some(Cap::Below));
        let above = (0.95, Some(Cap::Above));
        assert_eq!(
            shown,
            [
                below,
                below,
                (0.05, None),
                (0.72, None),
                (0.95, None),
                above,
                above
            ]
        );
    }

    #[test]
    fn a_deadline_counts_its_own_day() {
        let done_by = |day: &str| share_done_by(&[1, 2, 5, NEVER], origin(), day.parse().unwrap());
        assert!((done_by("2025-02-25") - 0.5).abs() < 1e-12);
        assert!(done_by("2025-02-23").abs() < 1e-12);
        assert!((done_by("2099-01-01") - 0.75).abs() < 1e-12);
    }
}
