//! The working time of weeks as numbers, counted from the origin.

use store::domain::Week;

use super::exposure::Exposure;

/// The share of a normal week's work that each week can hold. Weeks outside hold all of it.
#[derive(Clone, Debug)]
pub(crate) struct WorkingWeeks {
    first: i64,
    weights: Vec<f64>,
}

impl WorkingWeeks {
    /// Every week is a normal one.
    pub(crate) const fn ordinary() -> Self {
        Self {
            first: 0,
            weights: Vec::new(),
        }
    }

    /// The weeks from `first` to `last` of a calendar.
    pub(crate) fn new(exposure: &Exposure<'_>, origin: Week, first: Week, last: Week) -> Self {
        Self {
            first: first.weeks_since(origin),
            weights: first.through(last).map(|week| exposure.of(week)).collect(),
        }
    }

    /// The weight of a week, counted from the origin.
    pub(crate) fn of(&self, week: i64) -> f64 {
        let place = usize::try_from(week - self.first).ok();
        let weight = place.and_then(|place| self.weights.get(place));
        weight.copied().unwrap_or(1.0)
    }

    /// The working weeks after `after` and up to the end of `last`.
    pub(crate) fn between(&self, after: i64, last: i64) -> f64 {
        (after + 1..=last).map(|week| self.of(week)).sum()
    }
}
