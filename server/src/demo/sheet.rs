//! A table as a spreadsheet program saves it: separator, quotes, line ends, byte order mark, numbers and dates.

use chrono::{Datelike, NaiveDate};

/// How a spreadsheet program saves text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Saving {
    /// Between two cells: comma, semicolon or tab.
    pub(super) separator: char,
    /// Whether the file begins with the byte order mark.
    pub(super) mark: bool,
    /// Whether lines end as on Windows.
    pub(super) windows: bool,
}

/// How groups of three digits are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    /// `1234567`
    None,
    /// `1.234.567`, with a decimal comma.
    Dots,
    /// `1 234 567`, with a decimal comma.
    Spaces,
    /// `1,234,567`, with a decimal point.
    Commas,
}

/// How days are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum DateStyle {
    /// `18/02/2025`
    Slashes,
    /// `2025-02-18`
    Iso,
    /// `ngày 18 tháng 02 năm 2025`
    Prose,
}

impl Saving {
    /// The bytes of a table. Every line is filled up to the widest, as spreadsheet programs do.
    pub(super) fn save(self, lines: &[Vec<String>]) -> Vec<u8> {
        let width = lines.iter().map(Vec::len).max().unwrap_or(0);
        let mut text = String::new();
        if self.mark {
            text.push('\u{feff}');
        }
        for line in lines {
            for place in 0..width {
                if place > 0 {
                    text.push(self.separator);
                }
                self.push_cell(&mut text, line.get(place).map_or("", String::as_str));
            }
            text.push_str(if self.windows { "\r\n" } else { "\n" });
        }
        text.into_bytes()
    }

    fn push_cell(self, text: &mut String, cell: &str) {
        if cell.contains([self.separator, '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
}

impl Grouping {
    /// A whole number that is not negative.
    pub(super) fn number(self, number: i64) -> String {
        let mark = match self {
            Self::None => None,
            Self::Dots => Some('.'),
            Self::Spaces => Some(' '),
            Self::Commas => Some(','),
        };
        let digits = number.to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.extend(mark);
            }
            text.push(digit);
        }
        text
    }

    /// The share of `part` in `whole` in percent with one decimal, rounded half up; `None` for a whole of 0.
    pub(super) fn percent(self, part: i64, whole: i64) -> Option<String> {
        let tenths = (part * 2000 + whole).checked_div(2 * whole)?;
        let mark = if self == Self::Commas { '.' } else { ',' };
        Some(format!("{}{mark}{}", tenths / 10, tenths % 10))
    }
}

impl DateStyle {
    /// A day.
    pub(super) fn date(self, day: NaiveDate) -> String {
        let (date, month, year) = (day.day(), day.month(), day.year());
        match self {
            Self::Slashes => format!("{date:02}/{month:02}/{year}"),
            Self::Iso => format!("{year}-{month:02}-{date:02}"),
            Self::Prose => format!("ngày {date:02} tháng {month:02} năm {year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scenario::day;
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_lines_filled_up() {
        let lines = [
            vec!["A \"b\"".to_owned()],
            vec!["1,5".to_owned(), "x;y".to_owned()],
        ];
        let saving = |separator, mark, windows| {
            String::from_utf8(
                Saving {
                    separator,
                    mark,
                    windows,
                }
                .save(&lines),
            )
            .unwrap()
        };
        assert_eq!(saving(',', false, false), "\"A \"\"b\"\"\",\n\"1,5\",x;y\n");
        assert_eq!(
            saving(';', true, true),
            "\u{feff}\"A \"\"b\"\"\";\r\n1,5;\"x;y\"\r\n"
        );
    }

    #[test]
    fn numbers_and_days_are_written_as_officers_write_them() {
        assert_eq!(Grouping::Dots.number(1_234_567), "1.234.567");
        assert_eq!(Grouping::Spaces.number(12_345), "12 345");
        assert_eq!(Grouping::Commas.number(999), "999");
        assert_eq!(Grouping::None.number(1_234), "1234");
        assert_eq!(Grouping::Dots.percent(642_806, 1_443_893).unwrap(), "44,5");
        assert_eq!(Grouping::Commas.percent(9_996, 10_000).unwrap(), "100.0");
        assert_eq!(Grouping::None.percent(0, 0), None);
        assert_eq!(
            DateStyle::Prose.date(day(2025, 2, 8)),
            "ngày 08 tháng 02 năm 2025"
        );
    }
}
