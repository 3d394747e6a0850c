//! One value of a table, kept as what it is until a renderer writes it.

use chrono::NaiveDate;
use store::domain::{Count, Language, Share};

/// One value of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// The figure does not exist, which is not zero.
    Absent,
    /// Words in the language of the pack.
    Words(String),
    /// A whole number, negative only for changes.
    Number(i64),
    /// A share of one count in another.
    Share(Share),
    /// A day.
    Day(NaiveDate),
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words.
    Words,
    /// Whole numbers.
    Number,
    /// Shares.
    Share,
    /// Days.
    Day,
    /// A value of any kind, as a list of key figures has them.
    Any,
}

impl Cell {
    /// The value as people read it; a dash where it does not exist.
    pub(crate) fn shown(&self, language: Language) -> String {
        match self {
            Self::Absent => "–".to_owned(),
            Self::Words(words) => words.clone(),
            Self::Number(number) => language.whole(*number),
            Self::Share(share) => language.percent(*share),
            Self::Day(day) => language.date(*day),
        }
    }

    /// The value as programs read it; empty where it does not exist.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Absent => String::new(),
            Self::Words(words) => words.clone(),
            Self::Number(number) => number.to_string(),
            Self::Share(share) => {
                let tenths = share.tenths_of_percent();
                format!("{}.{:03}", tenths / 1000, tenths % 1000)
            }
            Self::Day(day) => day.to_string(),
        }
    }

    /// A number where there is one.
    pub(crate) fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Absent, Self::Number)
    }

    /// Words where there are some.
    pub(crate) fn words(words: Option<String>) -> Self {
        words.map_or(Self::Absent, Self::Words)
    }
}

/// The share as every surface carries it: cut to tenths of a percent, so that no rounding makes it a hundred.
pub(crate) fn cut(share: Share) -> f64 {
    let tenths = Count::from_i64(share.tenths_of_percent()).unwrap_or_default();
    tenths.to_f64() / 1000.0
}

impl From<Option<Count>> for Cell {
    fn from(count: Option<Count>) -> Self {
        Self::number(count.map(Count::to_i64))
    }
}

impl From<Option<Share>> for Cell {
    fn from(share: Option<Share>) -> Self {
        share.map_or(Self::Absent, Self::Share)
    }
}

impl From<Option<NaiveDate>> for Cell {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Absent, Self::Day)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_reads_as_people_and_as_programs_write_it() {
        let count = |number| Count::from_i64(number).unwrap();
        let share = Share::of(count(99_960), count(100_000));
        let cases = [
            (Cell::from(Some(count(1_234_567))), "1.234.567", "1234567"),
            (Cell::from(share), "99,9%", "0.999"),
            (Cell::from(Share::of(count(5), count(4))), "125,0%", "1.250"),
            (
                Cell::Day("2024-07-18".parse().unwrap()),
                "18/07/2024",
                "2024-07-18",
            ),
            (Cell::from(None::<Count>), "–", ""),
        ];
        for (cell, shown, plain) in cases {
            assert_eq!(cell.shown(Language::Vi), shown);
            assert_eq!(cell.plain(), plain);
        }
    }
}
