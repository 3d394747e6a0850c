//! Whole numbers of books, pages or records, and the share one count is of another.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

/// A whole number of books, pages or records, never negative.
///
/// The largest value is 9,223,372,036,854,775,807, the largest whole number both databases can keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(i64);

impl Count {
    /// No book, page or record at all. A reported zero, never an absent report.
    pub const ZERO: Self = Self(0);

    /// Takes a number as it stands; `None` where it is negative.
    #[must_use]
    pub const fn from_i64(value: i64) -> Option<Self> {
        if value < 0 { None } else { Some(Self(value)) }
    }

    /// Takes a number as it stands; `None` where it is larger than a database can keep.
    #[must_use]
    pub fn from_u64(value: u64) -> Option<Self> {
        i64::try_from(value).ok().map(Self)
    }

    /// The number as both databases keep it; never negative.
    #[must_use]
    pub const fn to_i64(self) -> i64 {
        self.0
    }

    /// The number as the bytes that [`Count::from_bytes`] takes.
    pub(super) const fn to_bytes(self) -> [u8; 8] {
        self.0.to_ne_bytes()
    }

    /// The count of some bytes that one was made into.
    pub(super) const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(i64::from_ne_bytes(bytes))
    }

    /// The number for statistics. Exact up to 2⁵³, far above any number of records.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "the one place where a count becomes a real number"
    )]
    pub const fn to_f64(self) -> f64 {
        self.0 as f64
    }

    /// What is left of `self` after `done`; zero where `done` is larger.
    #[must_use]
    pub const fn remaining_after(self, done: Self) -> Self {
        let left = self.0.saturating_sub(done.0);
        if left < 0 { Self::ZERO } else { Self(left) }
    }

    /// The signed change from `earlier` to `self`.
    #[must_use]
    pub const fn change_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The nearest whole number of the given real one; `None` where it is negative, not finite or too large.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked on the line before"
    )]
    pub fn from_f64(value: f64) -> Option<Self> {
        let rounded = value.round();
        (rounded.is_finite() && (0.0..9.2e18).contains(&rounded)).then_some(Self(rounded as i64))
    }
}

impl Add for Count {
    type Output = Self;

    /// Adds; stops at the largest count instead of wrapping.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Count {
    /// Writes plain digits; languages group them where the number is shown.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The share that a part is of a whole, kept as the two counts so that nothing is rounded before it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    part: Count,
    whole: Count,
}

impl Share {
    /// The share of `part` in `whole`; `None` where the whole is zero, for then no percentage means anything.
    #[must_use]
    pub fn of(part: Count, whole: Count) -> Option<Self> {
        (whole > Count::ZERO).then_some(Self { part, whole })
    }

    /// The share as a real number; 1 is all of it, and more than 1 is possible where a total was set too low.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.part.to_f64() / self.whole.to_f64()
    }

    /// The percentage in tenths, cut towards zero except that anything above nothing shows at least 0.1.
    ///
    /// Cutting keeps the promise that 99.96 % never reads as 100 %: only a part equal to the whole does.
    #[must_use]
    pub fn tenths_of_percent(self) -> i64 {
        let tenths = i128::from(self.part.0) * 1000 / i128::from(self.whole.0);
        let tenths = i64::try_from(tenths).unwrap_or(i64::MAX);
        if tenths == 0 && self.part > Count::ZERO {
            1
        } else {
            tenths
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(value: i64) -> Count {
        Count::from_i64(value).unwrap()
    }

    #[test]
    fn negative_number_is_no_count() {
        assert_eq!(Count::from_i64(-1), None);
        assert_eq!(Count::from_u64(u64::MAX), None);
        assert_eq!(Count::from_f64(-0.6), None);
        assert_eq!(Count::from_f64(f64::NAN), None);
        assert_eq!(Count::from_f64(12.4), Some(count(12)));
    }

    #[test]
    fn nearly_all_is_not_all() {
        let share = Share::of(count(99_960), count(100_000)).unwrap();
        assert_eq!(share.tenths_of_percent(), 999);
        assert_eq!(
            Share::of(count(1), count(1_000_000))
                .unwrap()
                .tenths_of_percent(),
            1
        );
        assert_eq!(
            Share::of(count(0), count(7)).unwrap().tenths_of_percent(),
            0
        );
        assert_eq!(
            Share::of(count(7), count(7)).unwrap().tenths_of_percent(),
            1000
        );
        assert_eq!(Share::of(count(7), Count::ZERO), None);
    }

    #[test]
    fn sums_stop_at_the_largest_count_instead_of_wrapping() {
        let most = count(i64::MAX);
        assert_eq!([most, most].into_iter().sum::<Count>(), most);
    }
}
