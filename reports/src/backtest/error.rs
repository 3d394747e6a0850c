//! What is wrong with a file of series, or with what was asked of it, in both languages.

use store::domain::Text;
use thiserror::Error;

use super::series::MOST_WEEKS;

/// What a cell should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The name of a unit.
    Name,
    /// A date.
    Date,
    /// A whole or real number that is not negative.
    Count,
    /// A number above zero.
    Total,
}

/// A file that cannot be read as series.
#[derive(Debug, Error)]
#[error("{}", self.text().en)]
pub enum SeriesError {
    /// The text is no table.
    Table {
        /// The physical line.
        line: u64,
        /// What the reader found.
        source: csv::Error,
    },
    /// A column is missing.
    Column(&'static str),
    /// A column stands there more than once, and nothing says which one counts.
    Twice(&'static str),
    /// A cell does not hold what its column asks for.
    Cell {
        /// The physical line.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there; of a long cell its beginning.
        value: String,
        /// What should stand there.
        expected: Expected,
    },
    /// There is no row at all.
    Empty,
    /// The dates span more weeks than any programme lasts.
    TooLong,
}

/// A backtest that cannot be run.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[error("{}", self.text().en)]
pub enum BacktestError {
    /// A threshold is no share.
    Threshold(f64),
    /// The step is zero or the range is empty: from, to and step.
    Origins(u16, u16, u16),
    /// No unit has a threshold ahead of it that it later reached.
    NoCase,
}

impl Expected {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("một tên", "a name"),
            Self::Date => ("một ngày dạng YYYY-MM-DD", "a date as YYYY-MM-DD"),
            Self::Count => ("một số từ 0 đến 2^53", "a count of 0 to 2^53"),
            Self::Total => (
                "một tổng lớn hơn 0, đến 2^53",
                "a total above 0 and up to 2^53",
            ),
        }
    }
}

/// Why a text is no table.
fn table_words(source: &csv::Error) -> (String, String) {
    match source.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => (
            format!("có {len} ô, dòng đầu có {expected_len}"),
            format!("{len} cells, where the first line has {expected_len}"),
        ),
        csv::ErrorKind::Utf8 { .. } => (
            "không phải văn bản UTF-8".to_owned(),
            "the text is not UTF-8".to_owned(),
        ),
        _ => (source.to_string(), source.to_string()),
    }
}

impl SeriesError {
    /// The error for its reader.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Table { line, source } => {
                let (vi, en) = table_words(source);
                Text::new(format!("dòng {line}: {vi}"), format!("line {line}: {en}"))
            }
            Self::Column(name) => Text::new(
                format!("dòng 1: thiếu cột `{name}`"),
                format!("line 1: column `{name}` is missing"),
            ),
            Self::Twice(name) => Text::new(
                format!("dòng 1: có hai cột `{name}`"),
                format!("line 1: column `{name}` stands there twice"),
            ),
            Self::Cell {
                line,
                column,
                value,
                expected,
            } => {
                let (vi, en) = expected.words();
                Text::new(
                    format!("dòng {line}: {column} `{value}` không phải là {vi}"),
                    format!("line {line}: {column} `{value}` is not {en}"),
                )
            }
            Self::Empty => Text::new("tệp không có dòng số liệu nào", "the file holds no rows"),
            Self::TooLong => Text::new(
                format!("các ngày trải dài hơn {MOST_WEEKS} tuần"),
                format!("the dates span more than {MOST_WEEKS} weeks"),
            ),
        }
    }
}

impl BacktestError {
    /// The error for its reader.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Threshold(share) => Text::new(
                format!("ngưỡng {share} không lớn hơn 0 và không quá 1"),
                format!("threshold {share} is not above 0 and at most 1"),
            ),
            Self::Origins(from, to, step) => Text::new(
                format!("các mốc {from}:{to}:{step} không chứa tuần nào"),
                format!("origins {from}:{to}:{step} hold no week"),
            ),
            Self::NoCase => Text::new(
                "không có trường hợp nào: không đơn vị nào đạt một ngưỡng sau mốc dự báo",
                "no case: no unit reaches a threshold after an origin",
            ),
        }
    }
}
