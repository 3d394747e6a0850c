//! A table seen through its headers: cells by the name of their column.

use crate::column::Column;
use crate::layout::Layout;
use crate::read::{Row, Table};

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
        let blank =
            |letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}');
        self.value.trim_matches(blank)
    }

    /// Whether nothing is written in it.
    pub(crate) fn is_blank(self) -> bool {
        self.trimmed().is_empty()
    }
}

/// A table with the meaning of its columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) table: &'a Table,
    pub(crate) layout: &'a Layout,
}

impl<'a> Sheet<'a> {
    /// The rows below the header, with their place in the table.
    pub(crate) fn data_rows(self) -> impl Iterator<Item = (usize, &'a Row)> {
        let rows = self.table.rows.iter().enumerate();
        rows.skip(self.layout.first_row())
    }

    /// The cell of a row in a column; `None` where the file does not have the column or the row is shorter.
    pub(crate) fn cell(self, row: &'a Row, column: Column) -> Option<Cell<'a>> {
        self.cell_at(row, self.layout.place(column)?)
    }

    /// The cell of a row, by the row's place in the table.
    pub(crate) fn cell_of(self, row: usize, column: Column) -> Option<Cell<'a>> {
        self.cell(self.table.rows.get(row)?, column)
    }

    /// The cell at a column counted from 0.
    pub(crate) fn cell_at(self, row: &'a Row, place: usize) -> Option<Cell<'a>> {
        Some(Cell {
            line: row.line_of(place),
            column: u64::try_from(place).unwrap_or(u64::MAX).saturating_add(1),
            header: self.layout.headers.get(place).map_or("", String::as_str),
            value: row.get(place)?,
        })
    }
}
