//! The reporting week: an ISO week in `Asia/Ho_Chi_Minh`.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

/// An ISO week, Monday to Sunday; ordered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    monday: NaiveDate,
}

impl Week {
    /// The week that contains a day.
    #[must_use]
    pub fn containing(day: NaiveDate) -> Self {
        let back = u64::from(day.weekday().num_days_from_monday());
        Self {
            monday: day.checked_sub_days(Days::new(back)).unwrap_or(day),
        }
    }

    /// Reads `2025-W09`; `None` for anything else or a week the year does not have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once("-W")?;
        if year.len() != 4 || number.len() != 2 {
            return None;
        }
        let monday =
            NaiveDate::from_isoywd_opt(year.parse().ok()?, number.parse().ok()?, Weekday::Mon)?;
        Some(Self { monday })
    }

    /// The Monday.
    #[must_use]
    pub const fn first_day(self) -> NaiveDate {
        self.monday
    }

    /// The Sunday.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.monday
            .checked_add_days(Days::new(6))
            .unwrap_or(self.monday)
    }

    /// The week `weeks` later, or earlier where it is negative; stays put at the ends of the calendar.
    #[must_use]
    pub fn plus(self, weeks: i64) -> Self {
        let step = Days::new(weeks.unsigned_abs() * 7);
        let moved = if weeks < 0 {
            self.monday.checked_sub_days(step)
        } else {
            self.monday.checked_add_days(step)
        };
        Self {
            monday: moved.unwrap_or(self.monday),
        }
    }

    /// How many weeks `self` is after `earlier`; negative where it is before.
    #[must_use]
    pub fn weeks_since(self, earlier: Self) -> i64 {
        (self.monday - earlier.monday).num_days() / 7
    }

    /// Every week from `self` to `last`, both included; empty where `last` is earlier.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        (0..=last.weeks_since(self)).map(move |step| self.plus(step))
    }
}

impl fmt::Display for Week {
    /// Writes `2025-W09`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let iso = self.monday.iso_week();
        write!(formatter, "{}-W{:02}", iso.year(), iso.week())
    }
}

impl Serialize for Week {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_follow_the_iso_year_across_new_year() {
        let day = NaiveDate::from_ymd_opt(2024, 12, 31).unwrap();
        let week = Week::containing(day);
        assert_eq!(week.to_string(), "2025-W01");
        assert_eq!(Week::parse("2025-W01"), Some(week));
        assert_eq!(
            week.last_day(),
            NaiveDate::from_ymd_opt(2025, 1, 5).unwrap()
        );
        assert_eq!(week.plus(-1).to_string(), "2024-W52");
        assert_eq!(week.plus(52).weeks_since(week), 52);
    }

    #[test]
    fn a_week_the_year_does_not_have_is_refused() {
        assert_eq!(Week::parse("2025-W53"), None);
        assert_eq!(Week::parse("2025-9"), None);
        assert!(Week::parse("2026-W53").is_some());
    }
}
