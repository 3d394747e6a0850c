//! Dates of birth, each as precise as it was written.

use chrono::Datelike as _;

use super::class::Difference;
use super::letters::plain_text;
use super::lunar;
use crate::value::{DateProblem, parse_date};

/// A date of which the day, or day and month, may be unknown. The day may be one that only the lunar calendar has, such as
/// 30 February: books have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartialDate {
    pub(super) year: i32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

/// A date of birth as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Date(PartialDate),
    /// A year of the sixty-year cycle, 0 for Giáp Tý.
    CyclicYear(i32),
}

impl PartialDate {
    /// `18/02/1960`, `1960-02-18`, `02/1960`, `1960`, `00/00/1960`, `ngày 18 tháng 02 năm 1960`, `1960-02-18 00:00:00`, or
    /// the serial number of a spreadsheet; `None` for anything else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::in_digits(text).or_else(|| Self::in_other_form(text))
    }

    fn in_digits(text: &str) -> Option<Self> {
        let date = match text.split_once([' ', 'T']) {
            Some((date, time))
                if time.starts_with(|each: char| each.is_ascii_digit()) && time.contains(':') =>
            {
                date
            }
            _ => text,
        };
        let mut parts = [None; 3];
        let mut length = 0;
        let mut widths = [0; 3];
        for part in date.split(['/', '-', '.']) {
            let slot = parts.get_mut(length)?;
            *slot = number(part.trim())?;
            *widths.get_mut(length)? = part.trim().len();
            length += 1;
        }
        match (length, parts, widths) {
            (1, [Some(year), ..], [4, ..]) => Self::new(year, None, None),
            (1, [Some(all), ..], [8, ..]) => {
                Self::new(all / 10_000, Some(all / 100 % 100), Some(all % 100))
            }
            (2, [month, Some(year), _], [_, 4, _]) => Self::new(year, month, None),
            (2, [Some(year), month, _], [4, ..]) => Self::new(year, month, None),
            (3, [day, month, Some(year)], [_, _, 4]) => Self::new(year, month, day),
            (3, [Some(year), month, day], [4, ..]) => Self::new(year, month, day),
            _ => None,
        }
    }

    fn in_other_form(text: &str) -> Option<Self> {
        match parse_date(text) {
            Ok(date) | Err(DateProblem::Serial(date)) => Self::new(
                u32::try_from(date.year()).ok()?,
                Some(date.month()),
                Some(date.day()),
            ),
            Err(_) => None,
        }
    }

    fn new(year: u32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let known = |part: Option<u32>| part.filter(|part| *part > 0);
        let (month, day) = (known(month), known(day));
        let fits = (1800..=2100).contains(&year)
            && month.is_none_or(|month| month <= 12)
            && day.is_none_or(|day| day <= 31);
        // A day without a month says nothing.
        fits.then_some(Self {
            year: i32::try_from(year).ok()?,
            month,
            day: day.filter(|_| month.is_some()),
        })
    }

    fn full(self) -> Option<(u32, u32)> {
        self.month.zip(self.day)
    }
}

/// A part of a date; `Some(None)` where it is marked as unknown.
#[expect(
    clippy::option_option,
    reason = "unreadable and unknown are two things"
)]
fn number(part: &str) -> Option<Option<u32>> {
    if part.is_empty()
        || part
            .chars()
            .all(|each| matches!(each, '?' | '_' | 'x' | 'X'))
    {
        return Some(None);
    }
    let digits = part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| part.parse().ok())
}

const STEMS: [&str; 10] = [
    "giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy",
];
const BRANCHES: [&str; 12] = [
    "ty", "suu", "dan", "mao", "thin", "ti", "ngo", "mui", "than", "dau", "tuat", "hoi",
];

impl Written {
    fn read(text: &str) -> Option<Self> {
        PartialDate::read(text)
            .map(Self::Date)
            .or_else(|| cyclic_year(text).map(Self::CyclicYear))
    }
}

/// The place of a year such as Canh Tý in the cycle of sixty. Tý (rat) and Tỵ (snake) are alike without marks; the stem
/// tells them apart, for odd stems go with odd branches, and Tí is one of the rat's spellings.
fn cyclic_year(text: &str) -> Option<i32> {
    let mut words = text.split_whitespace();
    let (stem, branch) = match (words.next(), words.next(), words.next()) {
        (Some(stem), Some(branch), None) => (stem, branch),
        (Some(word), Some(stem), Some(branch)) if folded(word) == "nam" => (stem, branch),
        _ => return None,
    };
    let (stem, branch) = (folded(stem), folded(branch));
    let stem = STEMS.iter().position(|each| *each == stem)?;
    let candidates = (0..60).filter(|year| year % 10 == stem);
    let fits = |year: &usize| {
        let name = BRANCHES.get(year % 12).copied().unwrap_or_default();
        name == branch || (matches!(name, "ty" | "ti") && matches!(&*branch, "ty" | "ti"))
    };
    candidates
        .filter(fits)
        .find_map(|year| i32::try_from(year).ok())
}

fn folded(word: &str) -> String {
    let mut plain = String::new();
    plain_text(word, &mut plain);
    plain
}

/// How two dates of birth differ; both have something in them.
pub(super) fn compare_dates(one: &str, other: &str) -> Difference {
    match (Written::read(one), Written::read(other)) {
        (Some(Written::Date(one)), Some(Written::Date(other))) => compare(one, other),
        (Some(Written::CyclicYear(one)), Some(Written::CyclicYear(other))) if one == other => {
            Difference::Equal
        }
        (Some(Written::CyclicYear(cycle)), Some(Written::Date(date)))
        | (Some(Written::Date(date)), Some(Written::CyclicYear(cycle))) => {
            // The year 4 of our era was Giáp Tý. Before Tết a lunar year is still the one before.
            let fits = [0, 1]
                .iter()
                .any(|before| (date.year - before - 4).rem_euclid(60) == cycle);
            if fits {
                Difference::CyclicYear
            } else {
                Difference::Different
            }
        }
        (Some(_), Some(_)) => Difference::Different,
        _ if one.trim() == other.trim() => Difference::Equal,
        _ => Difference::Unreadable,
    }
}

fn compare(one: PartialDate, other: PartialDate) -> Difference {
    if one == other {
        return Difference::Equal;
    }
    let compatible = |one: Option<u32>, other: Option<u32>| {
        one.zip(other).is_none_or(|(one, other)| one == other)
    };
    if one.year == other.year
        && compatible(one.month, other.month)
        && compatible(one.day, other.day)
    {
        return Difference::Precision;
    }
    let (Some(day_one), Some(day_other)) = (one.full(), other.full()) else {
        return if (one.year - other.year).abs() == 1 && compatible(one.month, other.month) {
            Difference::YearOffByOne
        } else {
            Difference::Different
        };
    };
    if one.year == other.year && (day_one == (1, 1) || day_other == (1, 1)) {
        return Difference::FirstOfJanuary;
    }
    if lunar::is_lunar_day_of(one, other) || lunar::is_lunar_day_of(other, one) {
        return Difference::Lunar;
    }
    contradiction((one.year, day_one), (other.year, day_other))
}

type Day = (i32, (u32, u32));

fn contradiction(one: Day, other: Day) -> Difference {
    let (year_one, day_one) = one;
    let (year_other, day_other) = other;
    if year_one == year_other && day_one == (day_other.1, day_other.0) {
        return Difference::DayMonthSwapped;
    }
    let solar = |(year, (month, day)): Day| chrono::NaiveDate::from_ymd_opt(year, month, day);
    if let (Some(one), Some(other)) = (solar(one), solar(other))
        && (one - other).num_days().abs() == 1
    {
        return Difference::DayOffByOne;
    }
    if day_one == day_other && (year_one - year_other).abs() == 1 {
        return Difference::YearOffByOne;
    }
    let digits = |(year, (month, day)): Day| format!("{year:04}{month:02}{day:02}");
    if off_by_one_digit(&digits(one), &digits(other)) {
        return Difference::OneDigit;
    }
    Difference::Different
}

/// Whether two numbers of equal length have one digit that is not the same.
pub(super) fn off_by_one_digit(one: &str, other: &str) -> bool {
    let differing = one
        .bytes()
        .zip(other.bytes())
        .filter(|(one, other)| one != other);
    one.len() == other.len() && differing.count() == 1
}
