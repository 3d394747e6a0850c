//! The three dresses of the form: where the cells of an entry are found.

use std::collections::BTreeMap;
use std::hash::Hash;

use store::domain::{ReconciliationEntry, Text};

use super::cells::Cells;
use super::document::{Flat, read_documents};
use super::entry::read_entry;
use super::item::{Item, Kind, column_of_key, kind_of_key};
use crate::column::Column;
use crate::finding::{Finding, Findings, Severity};
use crate::forms::{FormRows, ReadRow};
use crate::intake::Context;
use crate::receipt::NotChecked;
use crate::rule::Rule;
use crate::rules::reconciliation::{check_entry, personal};
use crate::rules::sameness::check_duplicates;
use crate::rules::structure::sort_rows;
use crate::sheet::{Cell, DataRow, Place, Sheet};

/// Reads the entries of a reconciliation sheet: a row a batch, or a row a key where it has a column of keys.
pub(crate) fn read_reconciliation(
    sheet: Sheet<'_>,
    context: &Context<'_>,
    findings: &mut Findings,
    not_checked: &mut Vec<NotChecked>,
) -> (FormRows, u64) {
    let mut rows = Vec::new();
    let sorted = sort_rows(sheet, findings, |row, _| rows.push(FilledRow::of(row)));
    let lines = rows.iter().map(|row| row.place.line()).collect();
    personal::check_sheet(sheet, &lines, context.vocabulary, findings);
    let entries = if sheet.layout.has(Column::Key) {
        keyed_rows(&rows, findings)
    } else {
        wide_rows(&rows)
    };
    let rows = read_entries(entries, context, findings, not_checked);
    (FormRows::Reconciliation(rows), sorted.reports)
}

/// The filled cells of a row, kept while the entries that need several rows are put together. No such file is long.
struct FilledRow {
    place: Place,
    cells: Vec<(Column, u64, String, String)>,
}

impl FilledRow {
    fn of(row: DataRow<'_>) -> Self {
        let cells = (0..row.width()).filter_map(|place| {
            let column = row.layout().column_at(place)?;
            let cell = row.cell_at(place).filter(|cell| !cell.is_blank())?;
            let (header, value) = (cell.header.to_owned(), cell.value.to_owned());
            Some((column, cell.column, header, value))
        });
        Self {
            place: row.place(),
            cells: cells.collect(),
        }
    }

    fn cells(&self) -> impl Iterator<Item = (Column, Cell<'_>)> {
        self.cells.iter().map(|(column, number, header, value)| {
            let cell = Cell {
                line: self.place.line(),
                column: *number,
                header,
                value,
            };
            (*column, cell)
        })
    }

    fn cell(&self, column: Column) -> Option<Cell<'_>> {
        let mut cells = self.cells();
        cells
            .find(|(each, _)| *each == column)
            .map(|(_, cell)| cell)
    }
}

/// Reads the entries of a JSON file; `None` where it is no JSON.
pub(crate) fn read_document_file(
    bytes: &[u8],
    context: &Context<'_>,
    findings: &mut Findings,
    not_checked: &mut Vec<NotChecked>,
) -> Option<Vec<ReadRow<ReconciliationEntry>>> {
    let documents = read_documents(bytes, findings)?;
    let many = documents.len() > 1;
    let prefix = |number: usize| {
        if many {
            format!("[{number}].")
        } else {
            String::new()
        }
    };
    let headers: Vec<Vec<String>> = documents
        .iter()
        .enumerate()
        .map(|(number, flat)| {
            let keys = flat
                .iter()
                .map(|(key, _)| format!("{}{key}", prefix(number + 1)));
            keys.collect()
        })
        .collect();
    let entries = documents.iter().zip(&headers).zip(1..);
    let entries = entries.map(|((flat, headers), line)| {
        let pairs = pairs_of(flat, headers);
        keyed_entry(Place::new(line, 0), pairs, findings)
    });
    let entries: Vec<_> = entries.collect();
    Some(read_entries(entries, context, findings, not_checked))
}

/// The keys of a document with a cell for each value. A document has no lines, so the cell's place is its header.
fn pairs_of<'a>(
    flat: &'a Flat,
    headers: &'a [String],
) -> impl Iterator<Item = (&'a str, Option<Cell<'a>>)> {
    flat.iter().zip(headers).map(|((key, value), header)| {
        let cell = value.as_deref().map(|value| Cell {
            line: 0,
            column: 0,
            header,
            value,
        });
        (key.as_str(), cell)
    })
}

type Found<'a> = (Place, Option<(Kind, Cells<'a>)>);

/// Reads, checks and compares the entries that were found.
fn read_entries(
    found: Vec<Found<'_>>,
    context: &Context<'_>,
    findings: &mut Findings,
    not_checked: &mut Vec<NotChecked>,
) -> Vec<ReadRow<ReconciliationEntry>> {
    let expected = found.len();
    let mut rows = Vec::with_capacity(expected);
    for (place, entry) in found {
        let Some((kind, cells)) = entry else { continue };
        if personal::check_cells(&cells, findings) {
            continue;
        }
        let Some(entry) = read_entry(kind, &cells, context, findings) else {
            continue;
        };
        check_entry(&entry, &cells, context.today, findings);
        rows.push(ReadRow {
            place,
            flawed: false,
            value: entry,
        });
    }
    let unread = u64::try_from(expected - rows.len()).unwrap_or(u64::MAX);
    not_checked.extend(NotChecked::broken_rows(&[Rule::DuplicateRow], unread));
    let what = Text::new(
        "tỉnh, tuần, loại việc, kỳ sổ, giai đoạn, bộ quy tắc và ngày dữ liệu",
        "province, week, record type, books, stage, rule set and data date",
    );
    // Two runs of one week may be two districts; the same run sent twice would count its people twice.
    check_duplicates(&rows, subject_of, (Severity::Query, &what), findings);
    rows
}

/// What an entry is about: two of one file about the same are asked about.
fn subject_of(entry: &ReconciliationEntry) -> impl Eq + Hash + use<> {
    let key = match entry {
        ReconciliationEntry::Batch(batch) => {
            format!("{:?} {:?}", batch.key(), batch.population_as_of)
        }
        ReconciliationEntry::Cases(cases) => format!("cases {}", cases.week),
        ReconciliationEntry::Statement(statement) => format!("statement {}", statement.as_of),
    };
    (entry.unit(), entry.record_type(), key)
}

fn wide_rows(rows: &[FilledRow]) -> Vec<Found<'_>> {
    let entries = rows.iter().map(|row| {
        let cells = Cells {
            line: row.place.line(),
            by_column: row.cells().collect(),
        };
        (row.place, Some((Kind::Batch, cells)))
    });
    entries.collect()
}

/// Rows of one number, or all rows where the sheet has no numbers, are one entry.
fn keyed_rows<'a>(rows: &'a [FilledRow], findings: &mut Findings) -> Vec<Found<'a>> {
    let mut groups: BTreeMap<&str, Vec<&FilledRow>> = BTreeMap::new();
    for row in rows {
        let number = row.cell(Column::RowNumber).map_or("", Cell::trimmed);
        groups.entry(number).or_default().push(row);
    }
    let mut groups: Vec<Vec<&FilledRow>> = groups.into_values().collect();
    groups.sort_by_key(|rows| rows.first().map(|row| row.place));
    let entries = groups.into_iter().filter_map(|rows| {
        let place = rows.first()?.place;
        let pairs = rows.into_iter().map(|row| {
            let key = row.cell(Column::Key).map_or("", Cell::trimmed);
            (key, row.cell(Column::Value))
        });
        Some(keyed_entry(place, pairs, findings))
    });
    entries.collect()
}

/// Sorts keys into cells; `None` where a key is unknown, given twice or of another kind of document.
fn keyed_entry<'a>(
    place: Place,
    pairs: impl Iterator<Item = (&'a str, Option<Cell<'a>>)>,
    findings: &mut Findings,
) -> Found<'a> {
    let errors_before = findings.errors();
    let mut kind = None;
    let mut by_column = BTreeMap::new();
    for (number, (key, cell)) in (1..).zip(pairs) {
        let Some(column) = column_of_key(key) else {
            findings.push(unknown_key(number, cell));
            continue;
        };
        let own = kind_of_key(key);
        let mixed = own.is_some() && kind.is_some() && own != kind;
        kind = kind.or(own);
        let Some(cell) = cell else { continue };
        if mixed || by_column.insert(column, cell).is_some() {
            findings.push(unknown_key(number, Some(cell)));
        }
    }
    let version = by_column.remove(&Column::Item(Item::Version));
    if version.is_some_and(|cell: Cell<'_>| cell.trimmed() != "1") {
        findings.push(unknown_key(1, version));
    }
    let line = place.line();
    let complete = findings.errors() == errors_before;
    if complete && kind.is_none() {
        findings.push(unknown_key(1, None));
    }
    let entry = kind
        .filter(|_| complete)
        .map(|kind| (kind, Cells { line, by_column }));
    (place, entry)
}

/// Neither key nor value is repeated: where a key is not on the list, it may be somebody's name.
fn unknown_key(place: usize, cell: Option<Cell<'_>>) -> Finding {
    let finding = Finding::error(
        Rule::UnknownKey,
        Text::new(
            format!(
                "khóa thứ {place} không có trong danh sách được phép, bị lặp hoặc sai phiên bản"
            ),
            format!("key number {place} is not on the list, is given twice or has another version"),
        ),
        Text::new(
            "chỉ gửi các khóa của biểu mẫu đối chiếu (batch, outcome, field, dup; cases, flow, open; \
             statement, sync, exchange); không gửi dữ liệu của từng người",
            "send the keys of the reconciliation form only (batch, outcome, field, dup; cases, flow, \
             open; statement, sync, exchange); never data of single people",
        ),
    );
    match cell {
        Some(cell) if cell.line > 0 => finding.on_line(cell.line),
        _ => finding,
    }
}
