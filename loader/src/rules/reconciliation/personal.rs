//! Nothing about a single person comes in: everything outside the allow-list is refused, and no value is repeated.
//!
//! The file is kept as it came, so a sheet may hold nothing but its header and its rows.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use store::domain::{Text, Week};

use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::fold::fold;
use crate::forms::Cells;
use crate::forms::item::Item;
use crate::rule::Rule;
use crate::sheet::{Cell, DataRow, Sheet};
use crate::template::Template;
use crate::unit_names::Found;
use crate::vocabulary::Vocabulary;
use crate::workbook::{holds_only_sheets, texts_beside};

/// So many digits in a row are a personal number, an identity card or a telephone number (reconciliation.md 5: nine or more).
const DIGITS_OF_A_NUMBER: usize = 9;

/// The commonest surnames; the first ten cover 71 % of people (reconciliation.md 2.1).
const SURNAMES: [&str; 24] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do",
    "ho", "ngo", "duong", "ly", "dinh", "trinh", "mai", "truong", "lam", "doan", "nong", "cao",
];

/// Checks a sheet as a whole: no title, footnote, row without figures or column that the form does not have.
///
/// `read` are the lines of the rows with figures; a row that a form came with and that was left empty is none of them.
pub(crate) fn check_sheet(
    sheet: Sheet<'_>,
    read: &BTreeSet<u64>,
    vocabulary: &Vocabulary<'_>,
    findings: &mut Findings,
) {
    let above = sheet.table.rows.iter().take(sheet.layout.header_row);
    for row in above {
        findings.push(refused(OUTSIDE, Some(row.line)));
    }
    let header = sheet.table.rows.get(sheet.layout.header_row);
    let names = sheet.layout.headers.iter().enumerate();
    for (column, name) in names {
        if sheet.layout.column_at(column).is_none() && !name.trim().is_empty() {
            findings.push(in_column(column, header.map(|row| row.line)));
        }
    }
    let mut refusals = Vec::new();
    sheet.each_row(&mut Findings::of_file(""), |row, _| {
        if !read.contains(&row.line()) && !is_of_form(row, vocabulary) {
            refusals.push(refused(OUTSIDE, Some(row.line())));
            return;
        }
        for (column, value) in row.values().enumerate() {
            if sheet.layout.column_at(column).is_none() && !value.trim().is_empty() {
                refusals.push(in_column(column, Some(row.line())));
            }
        }
    });
    refusals
        .into_iter()
        .for_each(|finding| findings.push(finding));
}

/// Whether nothing stands in a row but what a form to fill in has there.
fn is_of_form(row: DataRow<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let units = &vocabulary.reference.units;
    let is_unit = |name: &str| {
        let found = vocabulary
            .unit_names
            .find(units, name, NaiveDate::default());
        !matches!(found, Found::Nothing)
    };
    let mut cells = row.values().enumerate();
    cells.all(|(place, value)| {
        let value = value.trim();
        value.is_empty()
            || match row.layout().column_at(place) {
                Some(Column::ProvinceCode) => {
                    value.len() <= 2 && value.bytes().all(|byte| byte.is_ascii_digit())
                }
                Some(Column::Province) => is_unit(value),
                Some(Column::Week) => Week::parse(value).is_some(),
                Some(Column::RecordType) => vocabulary.record_types.find(value).is_some(),
                Some(Column::ComparedStage) => vocabulary.compared_stages.find(value).is_some(),
                _ => false,
            }
    })
}

fn in_column(column: usize, line: Option<u64>) -> Finding {
    Finding {
        column: u64::try_from(column + 1).ok(),
        ..refused(UNKNOWN_COLUMN, line)
    }
}

/// Checks the name of a file; it is kept and stands in the log.
pub(crate) fn check_file_name(name: &str, findings: &mut Findings) {
    if looks_personal(name) {
        findings.push(refused(FILE_NAME, None));
    }
}

/// Checks a workbook: the parts of it that a table does not need, such as remarks and pictures, may hold anything. A second
/// sheet may hold what the forms of the program say there and nothing else.
pub(crate) fn check_package(bytes: &[u8], vocabulary: &Vocabulary<'_>, findings: &mut Findings) {
    let only_guide = || {
        let known = Template::words_beside(vocabulary);
        let texts = texts_beside(bytes);
        texts.is_some_and(|texts| texts.iter().all(|text| known.contains(text)))
    };
    if !holds_only_sheets(bytes) || !only_guide() {
        findings.push(refused(OTHER_WORKBOOK, None));
    }
}

/// Checks every value of an entry. Returns whether any was refused; the entry is then not read at all.
pub(crate) fn check_cells(cells: &Cells<'_>, findings: &mut Findings) -> bool {
    let refused_cells = cells.by_column.iter().filter(|(column, cell)| {
        let digest = **column == Column::Item(Item::WorklistSha256);
        !digest && has_long_number(cell.value)
    });
    let mut any = false;
    for (_, cell) in refused_cells {
        any = true;
        findings.push(without_value(refused(LONG_NUMBER, None), *cell));
    }
    any
}

/// Checks a free text for anything that is like a name, a number or a day of birth. Returns whether it was refused.
pub(crate) fn check_words(cell: Cell<'_>, findings: &mut Findings) -> bool {
    let personal = looks_personal(cell.value) || has_day(cell.value);
    if personal {
        findings.push(without_value(refused(PERSONAL_WORDS, None), cell));
    }
    personal
}

fn without_value(finding: Finding, cell: Cell<'_>) -> Finding {
    Finding {
        value: None,
        ..finding.at(cell)
    }
}

fn looks_personal(text: &str) -> bool {
    has_long_number(text) || has_name(text)
}

/// Whether nine digits or more stand in a text without a break, or with the blanks and points by which people group them.
/// Days and moments have other signs.
#[must_use]
pub fn has_long_number(text: &str) -> bool {
    let mut run = 0;
    for letter in text.chars() {
        if letter.is_numeric() {
            run += 1;
            if run >= DIGITS_OF_A_NUMBER {
                return true;
            }
        } else if !(letter.is_whitespace() || matches!(letter, '.' | ',' | '\u{200b}' | '_')) {
            run = 0;
        }
    }
    false
}

/// Two numbers and a year, as days of birth are written.
fn has_day(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .collect();
    parts.windows(3).any(|parts| {
        let short = |part: &str| (1..=2).contains(&part.len());
        let year = |part: &str| part.len() == 4;
        (short(parts[0]) && short(parts[1]) && year(parts[2]))
            || (year(parts[0]) && short(parts[1]) && short(parts[2]))
    })
}

/// A common surname with a capital letter, and another word with a capital letter after it.
fn has_name(text: &str) -> bool {
    let split = |letter: char| !letter.is_alphabetic() && !is_mark(letter);
    let words: Vec<&str> = text.split(split).filter(|word| !word.is_empty()).collect();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let is_surname = |word: &str| SURNAMES.contains(&fold(word).as_str());
    let is_city = |words: &[&str]| {
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        folded.starts_with(&["ho".to_owned(), "chi".to_owned(), "minh".to_owned()])
    };
    (0..words.len()).any(|place| {
        let own = words.get(place..).unwrap_or_default();
        match own {
            [first, second, ..] => {
                capital(first) && capital(second) && is_surname(first) && !is_city(own)
            }
            _ => false,
        }
    })
}

/// A combining mark belongs to the letter before it.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

const OUTSIDE: (&str, &str) = (
    "dòng này không phải tiêu đề cũng không có số liệu, nên không được gửi kèm",
    "the row is neither the header nor has it figures, so it must not be sent along",
);
const UNKNOWN_COLUMN: (&str, &str) = (
    "ô này ở cột không có trong biểu mẫu đối chiếu",
    "the cell is in a column that the reconciliation form does not have",
);
const FILE_NAME: (&str, &str) = (
    "tên tệp có vẻ chứa tên người hoặc số định danh",
    "the name of the file looks like a person's name or number",
);
const OTHER_WORKBOOK: (&str, &str) = (
    "bảng tính có thêm trang, ghi chú, hình hoặc phần khác ngoài một bảng",
    "the workbook has more than one table: other sheets, remarks, pictures or the like",
);
const LONG_NUMBER: (&str, &str) = (
    "có từ 9 chữ số trở lên, có vẻ là số định danh",
    "there are 9 digits or more, which looks like a personal number",
);
const PERSONAL_WORDS: (&str, &str) = (
    "có vẻ chứa tên người, ngày sinh hoặc số định danh",
    "looks like a person's name, day of birth or number",
);

fn refused((vi, en): (&str, &str), line: Option<u64>) -> Finding {
    let fix = Text::new(
        "chỉ gửi số đếm; bỏ mọi thứ khác khỏi tệp (bảng tính: chỉ một trang, .xlsx, .ods hoặc .csv). Không \
         có gì của tệp này được lưu lại",
        "send counts only and take everything else out of the file (a workbook: one sheet, .xlsx, \
         .ods or .csv). Nothing of this file was kept",
    );
    Finding {
        line,
        ..Finding::error(Rule::PersonalData, Text::new(vi, en), fix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_of_people_are_seen_in_every_dress() {
        for text in [
            "001085012345",
            "001 085 012 345",
            "cccd:001.085.012.345",
            "０１２３４５６７８",
            "Nguyễn Văn An",
            "trùng với Trần Thị Bé",
            "NGUYEN VAN AN.json",
            "Nguye\u{302}\u{303}n Va\u{306}n",
        ] {
            assert!(looks_personal(text), "{text}");
        }
        assert!(has_day("sinh 01/02/1985"));
        assert!(has_day("1985-02-01"));
    }

    #[test]
    fn reasons_and_counts_are_not_taken_for_people() {
        for text in [
            "tính lại do thiếu 12 sổ của quý trước",
            "12.345.678",
            "2026-11-15T00:00:00+07:00",
            "doi-chieu-2026-W47.json",
            "Thành phố Hồ Chí Minh gửi bổ sung",
            "lệch 1.234 so với tuần 46",
        ] {
            assert!(!looks_personal(text), "{text}");
            assert!(
                text.contains('T') && text.contains(':') || !has_day(text),
                "{text}"
            );
        }
    }
}
