//! A table seen through its headers: rows one after the other, and cells by the name of their column.

use store::domain::Text;

use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::index::{list_place, short_place};
use crate::layout::Layout;
use crate::read::{Record, Records, Table, report_bad_quote};
use crate::source::unreadable;

/// A cell with its place and its value as typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    /// The physical line, from 1.
    pub(crate) line: u64,
    /// The column, from 1.
    pub(crate) column: u64,
    /// The header as it stands in the file.
    pub(crate) header: &'a str,
    /// The value as typed.
    pub(crate) value: &'a str,
}

impl<'a> Cell<'a> {
    /// The value without blanks around it, no-break and invisible ones included.
    pub(crate) fn trimmed(self) -> &'a str {
        let bytes = self.value.as_bytes();
        let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
        if is_plain(bytes.first()) && is_plain(bytes.last()) {
            return self.value;
        }
        let blank =
            |letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}');
        self.value.trim_matches(blank)
    }

    /// Whether nothing is written in it.
    pub(crate) fn is_blank(self) -> bool {
        self.trimmed().is_empty()
    }
}

/// A row below the header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataRow<'a> {
    layout: &'a Layout,
    record: Record<'a>,
}

impl<'a> DataRow<'a> {
    /// Where the row is found again.
    pub(crate) fn place(self) -> Place {
        Place::new(self.record.line, self.record.place)
    }

    /// The physical line on which the row begins, or the row of the sheet, from 1.
    pub(crate) const fn line(self) -> u64 {
        self.record.line
    }

    /// The meaning of the columns.
    pub(crate) const fn layout(self) -> &'a Layout {
        self.layout
    }

    /// How many cells the row has.
    pub(crate) fn width(self) -> usize {
        self.record.len()
    }

    /// The values of the cells in order, as typed.
    pub(crate) fn values(self) -> impl Iterator<Item = &'a str> {
        self.record.iter()
    }

    /// The cell in a column; `None` where the file does not have the column or the row is shorter.
    pub(crate) fn cell(self, column: Column) -> Option<Cell<'a>> {
        self.cell_at(self.layout.place(column)?)
    }

    /// The cell in a column where something is written in it.
    pub(crate) fn filled(self, column: Column) -> Option<Cell<'a>> {
        self.cell(column).filter(|cell| !cell.is_blank())
    }

    /// The cell at a column counted from 0.
    pub(crate) fn cell_at(self, place: usize) -> Option<Cell<'a>> {
        Some(Cell {
            line: self.record.line_of(place),
            column: u64::try_from(place).unwrap_or(u64::MAX).saturating_add(1),
            header: self.layout.headers.get(place).map_or("", String::as_str),
            value: self.record.get(place)?,
        })
    }

    /// A finding at the cell in a column, or on the line where there is no such cell.
    pub(crate) fn mark(self, finding: Finding, column: Column) -> Finding {
        match self.cell(column) {
            Some(cell) => finding.at(cell),
            None => finding.on_line(self.line()),
        }
    }
}

/// Where a row stands: enough to read it again. In eight bytes, for there may be millions; no text that is read is longer than four
/// thousand million bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The physical line, or the row of the sheet, from 1.
    pub(crate) line: u32,
    /// The byte of the text at which it begins; 0 in a sheet.
    byte: u32,
}

impl Place {
    pub(crate) fn new(line: u64, byte: usize) -> Self {
        Self {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            byte: short_place(byte),
        }
    }

    /// The physical line, or the row of the sheet, from 1.
    pub(crate) fn line(self) -> u64 {
        self.line.into()
    }

    /// The line and the byte, which [`Place::of_numbers`] takes again.
    pub(crate) const fn as_numbers(self) -> (u32, u32) {
        (self.line, self.byte)
    }

    /// The place of a line and a byte.
    pub(crate) const fn of_numbers(line: u32, byte: u32) -> Self {
        Self { line, byte }
    }
}

/// A table with the meaning of its columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) table: &'a Table,
    /// The rows of a text below the table.
    pub(crate) rest: Option<Records<'a>>,
    pub(crate) layout: &'a Layout,
}

impl Sheet<'_> {
    /// Goes through the rows below the header, one at a time.
    pub(crate) fn each_row(
        self,
        findings: &mut Findings,
        mut take: impl FnMut(DataRow<'_>, &mut Findings),
    ) {
        let layout = self.layout;
        for row in self.table.rows.iter().skip(layout.first_row()) {
            let record = row.record();
            take(DataRow { layout, record }, findings);
        }
        let Some(mut rest) = self.rest else { return };
        let mut buffer = rest.buffer();
        while let Some((record, bad)) = rest.next(&mut buffer) {
            report_bad_quote(bad, record.line, findings);
            take(DataRow { layout, record }, findings);
        }
        if let Some(failure) = buffer.failure() {
            findings.push(unreadable(&Text::same(&failure.to_string())));
        }
    }

    /// How many rows there are below the header at most, for reserving memory.
    pub(crate) fn most_rows(self) -> usize {
        let rest = self.rest.map_or(0, |rest| rest.most_rows());
        self.table.rows.len() + rest
    }

    /// Reads one row again; `None` where there is none at the place.
    pub(crate) fn row_at<T>(self, place: Place, read: impl FnOnce(DataRow<'_>) -> T) -> Option<T> {
        let layout = self.layout;
        let rows = &self.table.rows;
        let kept = rows.binary_search_by_key(&place.line(), |row| row.line);
        if let Some(row) = kept.ok().and_then(|kept| rows.get(kept)) {
            let record = row.record();
            return Some(read(DataRow { layout, record }));
        }
        let mut rest = self.rest?.at(list_place(place.byte), place.line());
        let mut buffer = rest.row_buffer();
        let (record, _) = rest.next(&mut buffer)?;
        Some(read(DataRow { layout, record }))
    }

    /// A finding at a cell of a row that was read before. The row is read again only where the finding will be listed.
    pub(crate) fn push_at(
        self,
        finding: Finding,
        (place, column): (Place, Column),
        findings: &mut Findings,
    ) {
        let finding = finding.on_line(place.line());
        if !findings.lists(&finding) {
            findings.push(finding);
            return;
        }
        let on_line = finding.clone();
        let marked = self.row_at(place, |row| row.mark(finding, column));
        findings.push(marked.unwrap_or(on_line));
    }
}
