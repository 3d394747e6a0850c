//! How much of a normal working week each week holds, from the calendar of holidays.
//!
//! The same weights are used on the history and on the horizon: a sample that leaves holidays out and a future that has
//! them would disagree. Weights are shares of a normal week's work, not of its days: measured public programmes ran at
//! about 0.4 of their neighbours in holiday weeks, which is less than the days off explain (ARCHITECTURE.md, forecast).

use chrono::{Datelike, NaiveDate};
use store::domain::{Calendar, Week};

/// The week of Tết with most of its days off: offices are closed, a few enter data.
const TET_WEEK: f64 = 0.1;
/// The first week after Tết; a prior from reading, to be replaced by the ministry's own history.
const AFTER_TET: f64 = 0.6;
/// A week with two or more weekdays off: the prior measured on four holiday weeks of vaccination programmes.
const HOLIDAY_WEEK: f64 = 0.4;
/// A week with a single weekday off loses that day: four days of five.
const ONE_DAY_OFF: f64 = 0.8;
/// From this many weekdays off for Tết on, the week counts as the week of Tết itself.
const TET_DAYS: u8 = 3;
/// The weeks of the calendar's last year, whose mean stands for weeks no calendar knows yet.
const YEAR: i64 = 52;

/// The work that each week can hold, as a share of a normal week: above 0, at most 1.
#[derive(Clone, Debug)]
pub struct Exposure<'a> {
    calendar: &'a Calendar,
    last_known: Option<Week>,
    beyond: f64,
}

impl<'a> Exposure<'a> {
    /// Reads a calendar.
    ///
    /// Weeks after its last holiday carry the mean of its last year, because holidays not announced yet will still come.
    #[must_use]
    pub fn new(calendar: &'a Calendar) -> Self {
        let last_day = calendar
            .holidays
            .iter()
            .map(|holiday| holiday.last_day)
            .max();
        let mut exposure = Self {
            calendar,
            last_known: None,
            beyond: 1.0,
        };
        if let Some(last) = last_day.map(Week::containing) {
            let year = last.plus(1 - YEAR).through(last);
            let (sum, weeks) = year.fold((0.0, 0.0), |(sum, weeks), week| {
                (sum + exposure.of(week), weeks + 1.0)
            });
            exposure.beyond = sum / weeks;
            exposure.last_known = Some(last.plus(1));
        }
        exposure
    }

    /// The weight of one week.
    #[must_use]
    pub fn of(&self, week: Week) -> f64 {
        if self.last_known.is_some_and(|last| last < week) {
            return self.beyond;
        }
        let (off, tet) = self.calendar.weekdays_off(week);
        let (before, tet_before) = self.calendar.weekdays_off(week.plus(-1));
        match (off, tet) {
            (TET_DAYS.., true) => TET_WEEK,
            (2.., _) => HOLIDAY_WEEK,
            _ if tet_before && before > 0 => AFTER_TET,
            (1, _) => ONE_DAY_OFF,
            _ => 1.0,
        }
    }

    /// The working weeks after `after` and up to the end of `last`; 0 where `last` is not later.
    #[must_use]
    pub fn between(&self, after: Week, last: Week) -> f64 {
        after.plus(1).through(last).map(|week| self.of(week)).sum()
    }

    /// The working weeks after `after` and up to a day, that day included; 0 where the day is not later.
    ///
    /// Of the week of the day only the weekdays up to it count.
    #[must_use]
    pub fn until(&self, after: Week, day: NaiveDate) -> f64 {
        let last = Week::containing(day);
        if last <= after {
            return 0.0;
        }
        let weekdays = day.weekday().number_from_monday().min(5);
        self.between(after, last.plus(-1)) + self.of(last) * f64::from(weekdays) / 5.0
    }
}

#[cfg(test)]
mod tests {
    use store::domain::{Holiday, Text};

    use super::*;

    fn holiday(first_day: &str, last_day: &str, is_tet: bool) -> Holiday {
        let day = |text: &str| text.parse().unwrap();
        Holiday {
            first_day: day(first_day),
            last_day: day(last_day),
            name: Text::same("test"),
            is_tet,
        }
    }

    fn calendar() -> Calendar {
        let holidays = vec![
            holiday("2025-01-01", "2025-01-01", false),
            holiday("2025-01-25", "2025-02-02", true),
            holiday("2025-04-30", "2025-05-02", false),
        ];
        Calendar {
            holidays,
            campaigns: Vec::new(),
        }
    }

    #[test]
    fn each_kind_of_week_has_its_weight() {
        let calendar = calendar();
        let exposure = Exposure::new(&calendar);
        let cases = [
            ("2025-W01", 0.8),
            ("2025-W04", 1.0),
            ("2025-W05", 0.1),
            ("2025-W06", 0.6),
            ("2025-W18", 0.4),
        ];
        for (week, weight) in cases {
            let week = Week::parse(week).unwrap();
            assert!(
                (exposure.of(week) - weight).abs() < 1e-12,
                "{week}: {}",
                exposure.of(week)
            );
        }
    }

    #[test]
    fn weeks_after_the_last_known_holiday_carry_the_mean_of_its_year() {
        let calendar = calendar();
        let exposure = Exposure::new(&calendar);
        let expected = (52.0 - 0.2 - 0.9 - 0.4 - 0.6) / 52.0;
        assert!((exposure.of(Week::parse("2026-W10").unwrap()) - expected).abs() < 1e-12);
        let none = Calendar::default();
        assert!((Exposure::new(&none).of(Week::parse("2026-W10").unwrap()) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_day_inside_a_week_counts_the_weekdays_up_to_it() {
        let none = Calendar::default();
        let exposure = Exposure::new(&none);
        let origin = Week::parse("2025-W08").unwrap();
        let until = |day: &str| exposure.until(origin, day.parse().unwrap());
        assert!((until("2025-02-26") - 0.6).abs() < 1e-12);
        assert!((until("2025-03-02") - 1.0).abs() < 1e-12);
        assert!((until("2025-03-03") - 1.2).abs() < 1e-12);
        assert!(until("2025-02-23").abs() < 1e-12);
    }
}
