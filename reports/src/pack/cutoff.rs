//! Up to when a pack looks: a day, such as the monthly cut-offs on the 12th, 15th and 18th, a week or a quarter.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use store::domain::{Language, Week};

/// Up to when a pack looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cutoff {
    /// A day; the period before it is a month long. The monthly cut-offs are the 12th (district to province), the 15th
    /// (province to committee) and the 18th (department to ministry): plan of Bình Phước of 2022 and decision
    /// 148/QĐ-BTP of 09/02/2023.
    Day(NaiveDate),
    /// A reporting week.
    Week(Week),
    /// A quarter, given by its last day.
    Quarter(NaiveDate),
}

impl Cutoff {
    /// Reads `2024-07-18`, `2024-W29` or `2024-Q3`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((year, quarter)) = text.split_once("-Q") {
            let quarter: u32 = quarter.parse().ok().filter(|each| (1..=4).contains(each))?;
            let first = NaiveDate::from_ymd_opt(year.parse().ok()?, quarter * 3 - 2, 1)?;
            return last_of_quarter(first).map(Self::Quarter);
        }
        let week = Week::parse(text).map(Self::Week);
        week.or_else(|| text.parse().ok().map(Self::Day))
    }

    /// The last day that a figure may be true for.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Quarter(day) => day,
            Self::Week(week) => week.last_day(),
        }
    }

    /// The week that is shown: the last one that was over on the last day, so that no figure is younger than the cut-off.
    #[must_use]
    pub fn week(self) -> Week {
        let after = self.last_day().checked_add_days(Days::new(1));
        Week::containing(after.unwrap_or(self.last_day())).plus(-1)
    }

    /// The cut-off before this one: the same day of the month before, the week before, the quarter before.
    #[must_use]
    pub fn before(self) -> Self {
        match self {
            Self::Day(day) => Self::Day(day.checked_sub_months(Months::new(1)).unwrap_or(day)),
            Self::Week(week) => Self::Week(week.plus(-1)),
            Self::Quarter(day) => {
                let before = day.checked_sub_months(Months::new(3));
                Self::Quarter(before.and_then(last_of_quarter).unwrap_or(day))
            }
        }
    }

    /// The cut-off in words: `ngày 18/07/2024`, `tuần 2024-W29`, `quý III/2024`.
    #[must_use]
    pub fn words(self, language: Language) -> String {
        match (self, language) {
            (Self::Day(day), Language::Vi) => format!("ngày {}", language.date(day)),
            (Self::Day(day), Language::En) => language.date(day),
            (Self::Week(week), _) => format!("{} {week}", language.pick("tuần", "week")),
            (Self::Quarter(day), Language::Vi) => {
                let roman = ["I", "II", "III", "IV"];
                let quarter = roman.get(quarter_of(day)).copied().unwrap_or_default();
                format!("quý {quarter}/{}", day.year())
            }
            (Self::Quarter(day), Language::En) => {
                format!("quarter {} of {}", quarter_of(day) + 1, day.year())
            }
        }
    }
}

/// The number of a day's quarter, from 0.
fn quarter_of(day: NaiveDate) -> usize {
    usize::try_from(day.month0() / 3).unwrap_or_default()
}

fn last_of_quarter(day: NaiveDate) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1)?;
    first.checked_add_months(Months::new(3))?.pred_opt()
}

impl fmt::Display for Cutoff {
    /// Writes what [`Cutoff::parse`] reads.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(formatter),
            Self::Week(week) => week.fmt(formatter),
            Self::Quarter(day) => write!(formatter, "{}-Q{}", day.year(), quarter_of(*day) + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_off_shows_the_last_week_that_is_over() {
        let week = |text: &str| Cutoff::parse(text).unwrap().week().to_string();
        assert_eq!(week("2024-07-18"), "2024-W28", "a Thursday");
        assert_eq!(week("2024-07-21"), "2024-W29", "a Sunday");
        assert_eq!(week("2024-W29"), "2024-W29");
        assert_eq!(week("2024-Q2"), "2024-W26", "30 June 2024 is a Sunday");
    }

    #[test]
    fn the_cut_off_before_is_of_the_same_kind() {
        let before = |text: &str| Cutoff::parse(text).unwrap().before().to_string();
        assert_eq!(before("2024-03-31"), "2024-02-29");
        assert_eq!(before("2024-W01"), "2023-W52");
        assert_eq!(before("2024-Q1"), "2023-Q4");
    }

    #[test]
    fn what_is_no_cut_off_is_refused() {
        for text in [
            "",
            "18/07/2024",
            "2024-Q5",
            "2024-Q",
            "2024-W60",
            "2024-02-30",
        ] {
            assert_eq!(Cutoff::parse(text), None, "{text}");
        }
        let words = |text: &str| Cutoff::parse(text).unwrap().words(Language::Vi);
        assert_eq!(words("2024-Q3"), "quý III/2024");
        assert_eq!(words("2024-07-18"), "ngày 18/07/2024");
    }
}
