//! Tells the delimiter: Excel writes commas or semicolons by the regional settings of the machine, so it is detected and
//! never assumed.

use serde::{Serialize, Serializer};
use store::domain::Language;

use crate::column::Column;
use crate::header_rows::HEADER_SEARCH_ROWS;

/// The sign between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// The tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// The four, the likeliest first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The sign as a byte.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        }
    }

    /// The word shown to people.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Comma => language.pick("dấu phẩy", "comma"),
            Self::Semicolon => language.pick("dấu chấm phẩy", "semicolon"),
            Self::Tab => language.pick("dấu tab", "tab"),
            Self::Pipe => language.pick("dấu gạch đứng", "vertical bar"),
        }
    }
}

impl Serialize for Delimiter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// The delimiter that Excel's own first line `sep=;` names; `None` where there is no such line.
pub(crate) fn declared(text: &str) -> Option<Delimiter> {
    let line = text.lines().next()?.trim_end().trim_matches('"');
    let sign = line
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
        .and(line.as_bytes().get(4).copied());
    match (sign, line.len()) {
        (Some(sign), 5) => Delimiter::ALL.into_iter().find(|each| each.byte() == sign),
        // The tab is trimmed away with the end of the line.
        (None, 4) if text.get(4..5) == Some("\t") => Some(Delimiter::Tab),
        _ => None,
    }
}

/// The delimiter under which the first rows show the most known headers; of equals the one with the most cells.
pub(crate) fn detect(text: &str) -> Delimiter {
    let best = Delimiter::ALL
        .into_iter()
        .rev()
        .max_by_key(|delimiter| score(text, *delimiter));
    best.unwrap_or(Delimiter::Comma)
}

/// The most known headers, and the most cells, that one of the first rows has under a delimiter.
fn score(text: &str, delimiter: Delimiter) -> (usize, usize) {
    if !text.as_bytes().contains(&delimiter.byte()) {
        return (0, 1);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.byte())
        .from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    let mut best = (0, 0);
    for _ in 0..HEADER_SEARCH_ROWS {
        if !reader.read_record(&mut row).unwrap_or(false) {
            break;
        }
        let known = row.iter().filter(|cell| Column::of_header(cell).is_some());
        best = best.max((known.count(), row.len()));
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_told_by_the_header() {
        let cases = [
            ("Mã tỉnh,Ngày báo cáo,Đã nhập\n", Delimiter::Comma),
            ("Mã tỉnh;Ngày báo cáo;Đã nhập\n", Delimiter::Semicolon),
            ("Mã tỉnh\tNgày báo cáo\tĐã nhập\n", Delimiter::Tab),
            ("Mã tỉnh|Ngày báo cáo|Đã nhập\n", Delimiter::Pipe),
            (
                "Mã tỉnh|Ngày báo cáo|\"Khó khăn,\nvướng | mắc\"|Đã nhập\n",
                Delimiter::Pipe,
            ),
            (
                "BÁO CÁO, TUẦN 9, NĂM 2025, SỐ 1, TRANG 2\nMã tỉnh;Ngày báo cáo;Đã nhập\n",
                Delimiter::Semicolon,
            ),
            (
                "\"Khó khăn, vướng mắc\";Mã tỉnh;\"Nhận cha, mẹ, con\"\n",
                Delimiter::Semicolon,
            ),
            ("a;b;c\n", Delimiter::Semicolon),
            ("abc\n", Delimiter::Comma),
        ];
        for (text, delimiter) in cases {
            assert_eq!(detect(text), delimiter, "{text}");
        }
    }

    #[test]
    fn excel_may_declare_it_in_a_line_of_its_own() {
        assert_eq!(declared("sep=;\r\na,b"), Some(Delimiter::Semicolon));
        assert_eq!(declared("SEP=,\na;b"), Some(Delimiter::Comma));
        assert_eq!(declared("\"sep=;\"\na"), Some(Delimiter::Semicolon));
        assert_eq!(declared("sep=\t\na"), Some(Delimiter::Tab));
        assert_eq!(declared("sep=|\na"), Some(Delimiter::Pipe));
        assert_eq!(declared("sep=:\na"), None);
        assert_eq!(declared("séparé;b"), None);
        assert_eq!(declared("a;b"), None);
    }
}
