//! The time axis: months, quarters or years, as fine as their names fit, over a row of years.

use chrono::{Datelike, Months, NaiveDate};
use store::domain::Language;

use super::font;
use super::style::{AXIS_FACE, month, quarter};

/// A stretch of the axis with its name. The last one may reach beyond the axis, the first may begin before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) first_day: NaiveDate,
    /// The first day after the period.
    pub(crate) next: NaiveDate,
    pub(crate) text: String,
}

/// The time axis of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TimeAxis {
    /// The fine row: months, quarters or years.
    pub(crate) periods: Vec<Period>,
    /// The row of years below; empty where the fine row is years already.
    pub(crate) years: Vec<Period>,
}

/// How long the periods of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Month,
    Quarter,
    Years(u32),
}

const LENGTHS: [Length; 7] = [
    Length::Month,
    Length::Quarter,
    Length::Years(1),
    Length::Years(2),
    Length::Years(5),
    Length::Years(25),
    Length::Years(100),
];

/// The room kept beside each name.
const NAME_GAP: f64 = 10.0;

const DAYS_OF_MONTH: f64 = 30.44;

impl TimeAxis {
    /// The finest axis from `first` to `last` whose names fit when a day is `day_width` pixels wide.
    pub(crate) fn new(
        language: Language,
        (first, last): (NaiveDate, NaiveDate),
        day_width: f64,
    ) -> Self {
        let fits = |length: &Length| {
            let widest = match length {
                Length::Month => {
                    font::widest(month_names(language).iter().map(String::as_str), AXIS_FACE)
                }
                Length::Quarter => font::width(language.pick("Quý III", "Q3"), AXIS_FACE),
                Length::Years(_) => font::width("2025", AXIS_FACE),
            };
            widest + NAME_GAP <= length.months() * DAYS_OF_MONTH * day_width
        };
        let length = LENGTHS.into_iter().find(fits).unwrap_or(Length::Years(100));
        let years = match length {
            Length::Month | Length::Quarter => periods(language, Length::Years(1), first, last),
            Length::Years(_) => Vec::new(),
        };
        Self {
            periods: periods(language, length, first, last),
            years,
        }
    }
}

impl Length {
    fn months(self) -> f64 {
        f64::from(self.whole_months())
    }

    const fn whole_months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Years(years) => 12 * years,
        }
    }

    /// The first day of the period that holds a day.
    fn first_day(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Month => day.with_day(1),
            Self::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
            Self::Years(years) => {
                let years = i32::try_from(years).ok()?;
                NaiveDate::from_ymd_opt(day.year().div_euclid(years) * years, 1, 1)
            }
        }
    }

    fn name(self, language: Language, first_day: NaiveDate) -> String {
        match self {
            Self::Month => month(language, first_day),
            Self::Quarter => quarter(language, first_day),
            Self::Years(_) => first_day.year().to_string(),
        }
    }
}

fn month_names(language: Language) -> Vec<String> {
    (1..=12)
        .filter_map(|number| NaiveDate::from_ymd_opt(2025, number, 1))
        .map(|day| month(language, day))
        .collect()
}

fn periods(language: Language, length: Length, first: NaiveDate, last: NaiveDate) -> Vec<Period> {
    let mut periods = Vec::new();
    let mut start = length.first_day(first);
    while let Some(first_day) = start.filter(|day| *day <= last) {
        let next = first_day.checked_add_months(Months::new(length.whole_months()));
        periods.push(Period {
            first_day,
            next: next.unwrap_or(NaiveDate::MAX),
            text: length.name(language, first_day),
        });
        start = next;
    }
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(language: Language, first: &str, last: &str, day_width: f64) -> (String, String) {
        let span = (first.parse().unwrap(), last.parse().unwrap());
        let axis = TimeAxis::new(language, span, day_width);
        let join = |periods: &[Period]| {
            let texts: Vec<&str> = periods.iter().map(|period| period.text.as_str()).collect();
            texts.join(" ")
        };
        (join(&axis.periods), join(&axis.years))
    }

    #[test]
    fn names_are_as_fine_as_they_fit() {
        let (months, years) = names(Language::Vi, "2024-11-20", "2025-02-03", 3.0);
        assert_eq!(months, "Th11 Th12 Th1 Th2");
        assert_eq!(years, "2024 2025");
        let (quarters, years) = names(Language::Vi, "2024-11-20", "2025-08-03", 1.0);
        assert_eq!(quarters, "Quý IV Quý I Quý II Quý III");
        assert_eq!(years, "2024 2025");
        assert_eq!(
            names(Language::En, "2024-11-20", "2025-02-03", 3.0).0,
            "Nov Dec Jan Feb"
        );
        assert_eq!(
            names(Language::En, "2021-11-20", "2025-02-03", 0.2),
            ("2021 2022 2023 2024 2025".to_owned(), String::new())
        );
        assert_eq!(
            names(Language::En, "1921-11-20", "2025-02-03", 0.005).0,
            "1900 1925 1950 1975 2000 2025"
        );
    }
}
