//! How moments, months, numbers and magnitudes are written on charts.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Utc};
use store::domain::{Count, CountUnit, Language};

/// The zone in which moments are shown: `Asia/Ho_Chi_Minh` has been seven hours ahead, without summer time, since 1975.
const SECONDS_EAST: i32 = 7 * 3600;

/// A moment to the minute in Viet Nam: `18/02/2025 08:30` in Vietnamese, `18 Feb 2025 08:30` in English.
pub(crate) fn moment(language: Language, moment: DateTime<Utc>) -> String {
    let local = FixedOffset::east_opt(SECONDS_EAST).map_or_else(
        || moment.naive_utc(),
        |zone| moment.with_timezone(&zone).naive_local(),
    );
    format!("{} {}", language.date(local.date()), local.format("%H:%M"))
}

/// A month without its year: `Th2` in Vietnamese, `Feb` in English.
pub(crate) fn month(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Vi => format!("Th{}", day.month()),
        Language::En => {
            let date = language.date(day);
            date.split(' ').nth(1).unwrap_or_default().to_owned()
        }
    }
}

/// A month with its year, short: `02/2025` in Vietnamese, `Feb 2025` in English.
pub(crate) fn month_and_year(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Vi => day.format("%m/%Y").to_string(),
        Language::En => format!("{} {}", month(language, day), day.year()),
    }
}

/// A quarter without its year: `Quý I` in Vietnamese, `Q1` in English.
pub(crate) fn quarter(language: Language, day: NaiveDate) -> String {
    let (roman, arabic) = match day.month0() / 3 {
        0 => ("Quý I", "Q1"),
        1 => ("Quý II", "Q2"),
        2 => ("Quý III", "Q3"),
        _ => ("Quý IV", "Q4"),
    };
    language.pick(roman, arabic).to_owned()
}

/// A real number with a fixed number of decimals, written as the language does.
pub(crate) fn real(language: Language, value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    // A whole part too long to group is longer than any count; it is shown ungrouped rather than not at all.
    let whole = whole
        .parse()
        .map_or_else(|_| whole.to_owned(), |number| language.whole(number));
    let sign = if value < 0.0 { "−" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{}{fraction}", language.pick(",", "."))
    }
}

/// A count that a forecast gives as a real number, rounded to the nearest whole one; empty where it is not a number.
pub(crate) fn forecast_count(language: Language, value: f64) -> String {
    Count::from_f64(value).map_or_else(String::new, |count| language.count(count))
}

/// What an axis counts in, so that its numbers stay short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Magnitude {
    One,
    Thousand,
    Million,
    Billion,
}

impl Magnitude {
    /// The magnitude that suits an axis reaching up to `most`.
    pub(crate) fn of(most: f64) -> Self {
        match most {
            most if most >= 2e9 => Self::Billion,
            most if most >= 2e6 => Self::Million,
            most if most >= 1e4 => Self::Thousand,
            _ => Self::One,
        }
    }

    /// What one step of the magnitude stands for.
    pub(crate) const fn divisor(self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Thousand => 1e3,
            Self::Million => 1e6,
            Self::Billion => 1e9,
        }
    }

    /// The magnitude and the thing counted, as the axis is headed: "triệu trường hợp", "million records".
    pub(crate) fn heading(self, language: Language, count_unit: CountUnit) -> String {
        let word = match self {
            Self::One => "",
            Self::Thousand => language.pick("nghìn ", "thousand "),
            Self::Million => language.pick("triệu ", "million "),
            Self::Billion => language.pick("tỷ ", "billion "),
        };
        format!("{word}{}", things(language, count_unit))
    }
}

/// The word for what is counted, in the plural.
pub(crate) const fn things(language: Language, count_unit: CountUnit) -> &'static str {
    match count_unit {
        CountUnit::Book => language.pick("sổ", "books"),
        CountUnit::Page => language.pick("trang", "pages"),
        CountUnit::Record => language.pick("trường hợp", "records"),
    }
}
