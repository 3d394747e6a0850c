//! The list of cells that differ between two moments, as text, CSV and workbook.

use chrono::{DateTime, Utc};
use store::domain::Language;

use super::TableError;
use super::table::{Align, aligned};
use crate::charts::SYNTHETIC_MARK;
use crate::charts::style::moment;
use crate::model::{ChangeRow, NationalChange};
use crate::pack::PackError;
use crate::pack::cell::{Cell, Kind};
use crate::pack::table::Table;
use crate::pack::tables::changes::{cells, national};
use crate::pack::xlsx::{Masthead, table_book};

/// The two moments of a list of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moments {
    /// The earlier one.
    pub from: DateTime<Utc>,
    /// The later one.
    pub to: DateTime<Utc>,
}

impl Moments {
    /// The two moments in words.
    #[must_use]
    pub fn words(self, language: Language) -> String {
        format!(
            "{} {} {} {}",
            language.pick("từ", "from"),
            moment(language, self.from),
            language.pick("đến", "to"),
            moment(language, self.to)
        )
    }
}

/// The list as CSV for spreadsheets.
///
/// # Errors
/// [`TableError`] where a row cannot be written.
pub fn changes_csv(rows: &[&ChangeRow], language: Language) -> Result<Vec<u8>, TableError> {
    cells(rows, language).sheet_csv()
}

/// The list as a workbook.
///
/// # Errors
/// [`PackError`] where the workbook cannot be written.
pub fn changes_xlsx(
    rows: &[&ChangeRow],
    moments: Moments,
    synthetic: bool,
    language: Language,
) -> Result<Vec<u8>, PackError> {
    let title = language.pick("Thay đổi số liệu", "Changes of figures");
    let masthead = Masthead {
        title: title.to_owned(),
        foot: moments.words(language),
        corner: title.to_owned(),
        digest: String::new(),
        watermark: None,
        synthetic: synthetic.then_some(SYNTHETIC_MARK),
        language,
    };
    Ok(table_book(&cells(rows, language), &masthead, moments.to)?)
}

/// The parts of the national change and the list, for people at a terminal.
#[must_use]
pub fn changes_text(
    (change, rows): (&NationalChange, &[&ChangeRow]),
    moments: Moments,
    language: Language,
) -> String {
    const PARTS: [&str; 7] = [
        "name",
        "before",
        "work",
        "corrections",
        "scope",
        "coverage",
        "now",
    ];
    const CELLS: [&str; 10] = [
        "name", "as_of", "part", "stage", "before", "after", "kind", "by", "file", "reason",
    ];
    let cells = cells(rows, language);
    let mut text = format!(
        "{} {}\n\n{}\n\n",
        language.pick("Thay đổi", "Changes"),
        moments.words(language),
        shown(&national(Some(change), language), &PARTS, language)
    );
    let count = language.whole(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    let label = language.pick("ô số liệu khác nhau", "cells differ");
    text.push_str(&[count.as_str(), " ", label, "\n"].concat());
    if !rows.is_empty() {
        text.push_str(&["\n", &shown(&cells, &CELLS, language), "\n"].concat());
    }
    text
}

fn shown(table: &Table, keys: &[&str], language: Language) -> String {
    let headings = table.headings(keys);
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let align = |key: &&str| {
        let column = table.place(key).and_then(|place| table.columns.get(place));
        match column.map(|column| column.kind) {
            Some(Kind::Number | Kind::Share) => Align::Right,
            _ => Align::Left,
        }
    };
    let align: Vec<Align> = keys.iter().map(align).collect();
    aligned(&headings, &align, &table.shown(keys, language))
}

/// The parts of the national change, as people read them: the name of each row with its figures.
#[must_use]
pub fn national_change_rows(change: &NationalChange, language: Language) -> Vec<Vec<String>> {
    let table = national(Some(change), language);
    let row = |row: &Vec<Cell>| {
        row.iter()
            .skip(1)
            .map(|cell| cell.shown(language))
            .collect()
    };
    table.rows.iter().map(row).collect()
}
