//! Whether a newly issued forecast says another date for the nation than the one before.

use chrono::NaiveDate;

use crate::issued::Issued;

/// The least number of days by which the national median has to differ.
///
/// Two weeks: reports come weekly, so that a single late report moves the median by less, and leadership meets every fortnight at
/// the most often.
pub const MOVED_DAYS: i64 = 14;

/// How the national median of a forecast differs from that of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The median now; `None` where no day could be given.
    pub median: Option<NaiveDate>,
    /// The median before; `None` where no day could be given.
    pub before: Option<NaiveDate>,
    /// By how many days it moved, more than 0 for later; `None` where one of the two is no day.
    pub days: Option<i64>,
}

/// Compares the national medians of two issued forecasts; `None` where they differ by less than [`MOVED_DAYS`]. That there is a
/// day only in one of them is a move.
#[must_use]
pub fn forecast_moved(before: &Issued, now: &Issued) -> Option<Moved> {
    let (before, median) = (before.nation.said.day(), now.nation.said.day());
    let days = median.zip(before);
    let days = days.map(|(median, before)| (median - before).num_days());
    let moved = match days {
        Some(days) => days.abs() >= MOVED_DAYS,
        None => median.is_some() || before.is_some(),
    };
    moved.then_some(Moved {
        median,
        before,
        days,
    })
}
