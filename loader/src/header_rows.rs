//! Finds the header of a table: one row, or up to three with merged cells.

use std::collections::BTreeSet;

use crate::column::Column;
use crate::form::Form;
use crate::read::{Row, Table};
use crate::value::parse_count;

/// How many rows from the top may hold the header: ten title rows and the header itself.
pub(crate) const HEADER_SEARCH_ROWS: usize = 11;

/// A row with as many known headers is the header row; a title may name one or two things by chance.
const KNOWN_HEADERS: usize = 3;

/// A row with as many numbers in order, and nothing else but letters before them, numbers the columns.
const KNOWN_NUMBERS: u32 = 3;

/// The first row that is a header, alone or with the one or two rows below it.
pub(crate) fn find_header(table: &Table) -> Option<Header> {
    headers_of(table).find_map(|header| {
        let below = |rows: usize| table.rows.get(header.place + rows);
        let both = below(1).and_then(|row| header.with_row_below(row));
        let three = below(1)
            .zip(below(2))
            .and_then(|(middle, lowest)| header.merged_with(middle)?.with_row_below(lowest));
        let header = three.or(both).unwrap_or(header);
        (header.known() >= KNOWN_HEADERS).then_some(header)
    })
}

pub(crate) fn headers_of(table: &Table) -> impl DoubleEndedIterator<Item = Header> {
    let first_rows = table.rows.iter().take(HEADER_SEARCH_ROWS);
    first_rows
        .enumerate()
        .map(|(place, row)| Header::read(place, row))
}

/// Whether a row under the header only numbers the columns, as forms of offices do: `A`, `B`, `1`, `2`, `(3)`, `4=3/2`.
pub(crate) fn numbers_columns(row: &Row) -> bool {
    let mut next = 1_u32;
    for cell in row.iter().map(str::trim).filter(|cell| !cell.is_empty()) {
        let cell = cell.split('=').next().unwrap_or_default().trim();
        let cell = cell
            .trim_start_matches(['(', '['])
            .trim_end_matches([')', ']']);
        let is_letter =
            next == 1 && cell.len() == 1 && cell.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_letter {
            if cell.parse() != Ok(next) {
                return false;
            }
            next += 1;
        }
    }
    next > KNOWN_NUMBERS
}

/// How many headers the likeliest header row has: how near a table comes to a form.
pub(crate) fn most_known_headers(table: &Table) -> usize {
    let known = headers_of(table).map(|header| header.known());
    known.max().unwrap_or_default()
}

/// A row, or two rows of merged cells, read as if they were the header.
pub(crate) struct Header {
    pub(crate) place: usize,
    /// The header as shown; of two rows the lower one with what only the upper one says.
    pub(crate) row: Row,
    pub(crate) columns: Vec<Option<Column>>,
}

impl Header {
    fn read(place: usize, row: &Row) -> Self {
        Self {
            place,
            row: row.clone(),
            columns: row.iter().map(Column::of_header).collect(),
        }
    }

    /// The header of two rows, where a group of columns has a title above and each column its own below; `None` where the
    /// row below is no part of a header.
    ///
    /// Each row has to bring headers that the other does not have: two at least below, for a title is merged over two.
    fn with_row_below(&self, below: &Row) -> Option<Self> {
        let both = self.merged_with(below)?;
        let lower = Self::read(both.place, below);
        let gain = both.known() >= self.known() + 2 && both.known() > lower.known();
        gain.then_some(both)
    }

    /// The row and the one below it as one; `None` where one of them has nothing of a header.
    fn merged_with(&self, below: &Row) -> Option<Self> {
        let is_figure = |cell: &str| matches!(parse_count(cell.trim()), Ok(Some(_)));
        if self.known() == 0 || below.iter().any(is_figure) {
            return None;
        }
        let lower = Self::read(self.place + 1, below);
        let width = self.row.len().max(below.len());
        let mut cells = csv::StringRecord::new();
        let mut columns = Vec::with_capacity(width);
        for place in 0..width {
            let of = |header: &Self| header.columns.get(place).copied().flatten();
            let text = |row: &Row| row.get(place).unwrap_or_default().trim().to_owned();
            let (above, below) = (text(&self.row), text(below));
            columns.push(of(&lower).or_else(|| of(self)));
            cells.push_field(&match (of(&lower), above.is_empty(), below.is_empty()) {
                (Some(_), ..) | (None, true, _) => below,
                (None, _, true) => above,
                (None, false, false) => format!("{above} – {below}"),
            });
        }
        Some(Self {
            place: lower.place,
            row: Row::of_sheet(lower.row.line, cells),
            columns,
        })
    }

    /// How many things its headers name; one that is named twice counts once.
    fn known(&self) -> usize {
        let named: BTreeSet<&Column> = self.columns.iter().flatten().collect();
        named.len()
    }

    /// How much the row looks like a header: known headers first, then cells.
    pub(crate) fn fullness(&self) -> (usize, usize) {
        (self.known(), self.row.len())
    }

    /// Whether stages are named in a column and none has one of its own.
    pub(crate) fn is_long(&self) -> bool {
        let has = |column| self.columns.contains(&Some(column));
        let is_stage = |column: &Column| matches!(column, Column::Stage(_));
        has(Column::ComparedStage)
            && has(Column::Value)
            && !self.columns.iter().flatten().any(is_stage)
    }

    /// The form whose own columns are there; counts where neither of the other two can be meant.
    pub(crate) fn form(&self) -> Form {
        let mut known = self.columns.iter().flatten();
        if self.columns.contains(&Some(Column::Measure))
            && self.columns.contains(&Some(Column::Value))
        {
            Form::Published
        } else if known
            .any(|column| matches!(column, Column::Outcome(_) | Column::Subjects | Column::Key))
        {
            Form::Reconciliation
        } else {
            Form::Counts
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        Row::of_sheet(1, cells.iter().collect())
    }

    #[test]
    fn rows_that_number_columns_are_known() {
        for cells in [
            &["1", "2", "3"][..],
            &["A", "B", "1", "2", "3"],
            &["(1)", "(2)", "(3)", "(4)=(3)/(2)", ""],
            &["", "[1]", "[2]", "3 = 2 - 1"],
        ] {
            assert!(numbers_columns(&row(cells)), "{cells:?}");
        }
        for cells in [
            &["1", "2"][..],
            &["1", "01", "Hà Nội", "3"],
            &["1", "3", "2"],
            &["I", "Miền Bắc"],
            &["1", "2", "3", "5"],
            &["", ""],
        ] {
            assert!(!numbers_columns(&row(cells)), "{cells:?}");
        }
    }

    #[test]
    fn two_rows_are_one_header_only_where_both_bring_columns() {
        let read = |above: &[&str], below: &[&str]| {
            let both = Header::read(0, &row(above)).with_row_below(&row(below))?;
            Some(both.row.iter().map(str::to_owned).collect::<Vec<_>>())
        };
        assert_eq!(
            read(
                &["STT", "Tỉnh", "Ngày", "Kết quả", "", "Kế hoạch"],
                &["", "", "", "Đã quét", "Đã nhập", "năm sau"],
            ),
            Some(
                [
                    "STT",
                    "Tỉnh",
                    "Ngày",
                    "Đã quét",
                    "Đã nhập",
                    "Kế hoạch – năm sau"
                ]
                .map(str::to_owned)
                .to_vec()
            )
        );
        // A title above a whole header, a row of figures, a section below it, the start of a second table.
        assert_eq!(read(&["Đơn vị"], &["Tỉnh", "Ngày", "Đã quét"]), None);
        assert_eq!(
            read(
                &["Tỉnh", "Ngày", "", ""],
                &["Hà Nội", "1/6/2025", "5", "Đã quét"]
            ),
            None
        );
        assert_eq!(
            read(&["STT", "Tỉnh", "Đã quét"], &["I", "Miền Bắc", ""]),
            None
        );
        assert_eq!(
            read(&["Tỉnh", "Ngày", "Đã quét"], &["Tỉnh", "Ngày", "Đã quét"]),
            None
        );
    }
}
