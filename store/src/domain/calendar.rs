//! The working calendar: public holidays, Tết and campaigns, as data.

use chrono::NaiveDate;

use super::language::Text;
use super::{UnitId, Week};

/// A public holiday, one or more days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The first day off.
    pub first_day: NaiveDate,
    /// The last day off.
    pub last_day: NaiveDate,
    /// What it is called.
    pub name: Text,
    /// Whether it is the lunar new year, which stops work for longer than its days.
    pub is_tet: bool,
}

/// A period of special effort (đợt cao điểm).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Whose campaign; `None` is the whole nation.
    pub unit: Option<UnitId>,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day.
    pub last_day: NaiveDate,
    /// What it is called.
    pub name: Text,
}

/// The holidays and campaigns that shape a week's work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Public holidays in order of their first day.
    pub holidays: Vec<Holiday>,
    /// Campaigns in order of their first day.
    pub campaigns: Vec<Campaign>,
}

impl Calendar {
    /// The holiday of a day; `None` on an ordinary day.
    #[must_use]
    pub fn holiday_on(&self, day: NaiveDate) -> Option<&Holiday> {
        self.holidays
            .iter()
            .find(|holiday| holiday.first_day <= day && day <= holiday.last_day)
    }

    /// How many of the five weekdays of a week are public holidays, and whether one of them is Tết.
    #[must_use]
    pub fn weekdays_off(&self, week: Week) -> (u8, bool) {
        let mut off = 0;
        let mut tet = false;
        for day in week.first_day().iter_days().take(5) {
            if let Some(holiday) = self.holiday_on(day) {
                off += 1;
                tet |= holiday.is_tet;
            }
        }
        (off, tet)
    }

    /// The campaigns of a unit, national ones included, that touch a week.
    pub fn campaigns_in(
        &self,
        week: Week,
        unit: Option<UnitId>,
    ) -> impl Iterator<Item = &Campaign> {
        self.campaigns.iter().filter(move |campaign| {
            (campaign.unit.is_none() || campaign.unit == unit)
                && campaign.first_day <= week.last_day()
                && week.first_day() <= campaign.last_day
        })
    }
}
