//! Personal numbers: equal or not, and whether a number contradicts the sex and the year of birth beside it.
//!
//! Twelve digits: three for the province of registration of birth, one for century and sex, two for the year of birth, six
//! at random (Decree 137/2015/NĐ-CP, Article 13, and Circular 59/2021/TT-BCA, Article 4, as quoted by secondary sources).

use super::class::Difference;
use super::dates::{PartialDate, off_by_one_digit};
use super::sex::Sex;

/// What stands in the column of personal numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A number of twelve digits, and whether zeros in front had to be put back.
    Number(PersonalNumber, bool),
    /// A number of nine digits: an identity card of old, from which no arithmetic leads to the personal number.
    OldCard,
    Unreadable,
}

/// A number of twelve digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PersonalNumber(u64);

impl Written {
    /// `None` where nothing is written.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('\'');
        if text.is_empty() {
            return None;
        }
        let mut value: u64 = 0;
        let mut digits = 0;
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' if digits < 12 => {
                    value = value * 10 + u64::from(byte - b'0');
                    digits += 1;
                }
                b' ' | b'.' | b'-' => {}
                _ => return Some(Self::Unreadable),
            }
        }
        Some(match digits {
            12 => Self::Number(PersonalNumber(value), false),
            // A spreadsheet drops the zero or two that every number begins with.
            10 | 11 => Self::Number(PersonalNumber(value), true),
            9 => Self::OldCard,
            _ => Self::Unreadable,
        })
    }

    pub(super) const fn number(self) -> Option<PersonalNumber> {
        match self {
            Self::Number(number, _) => Some(number),
            Self::OldCard | Self::Unreadable => None,
        }
    }
}

impl PersonalNumber {
    /// The number as a key for finding repeats; never 0 for a number that was issued.
    pub(super) const fn key(self) -> u64 {
        self.0
    }

    /// Whether the sex or the year of birth beside the number cannot be those in it. What is not known contradicts nothing.
    pub(super) fn contradicts(self, sex: Option<Sex>, born: Option<PartialDate>) -> bool {
        let century_and_sex = self.0 / 100_000_000 % 10;
        let female = century_and_sex % 2 == 1;
        let year = 1900 + 100 * (century_and_sex / 2) + self.0 / 1_000_000 % 100;
        sex.is_some_and(|sex| (sex == Sex::Female) != female)
            || born.is_some_and(|born| u64::try_from(born.year) != Ok(year))
    }
}

/// How two entries differ; both have something in them.
pub(super) fn compare_numbers(one: &str, other: &str) -> Difference {
    match (Written::read(one), Written::read(other)) {
        (None, None) => Difference::Absent,
        (Some(Written::Number(one, cut_one)), Some(Written::Number(other, cut_other))) => {
            if one == other {
                return if cut_one == cut_other {
                    Difference::Equal
                } else {
                    Difference::LostZeros
                };
            }
            let digits = |number: PersonalNumber| format!("{:012}", number.0);
            if off_by_one_digit(&digits(one), &digits(other)) {
                Difference::OneDigit
            } else {
                Difference::Different
            }
        }
        // The number of an old card is no personal number.
        (Some(Written::OldCard) | None, Some(Written::OldCard) | None) => Difference::Absent,
        (Some(Written::OldCard) | None, Some(Written::Number(..))) => Difference::OnlyDancu,
        (Some(Written::Number(..)), Some(Written::OldCard) | None) => Difference::OnlyHotich,
        (Some(Written::Unreadable), _) | (_, Some(Written::Unreadable)) => Difference::Unreadable,
    }
}
