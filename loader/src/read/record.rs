//! A row where it lies, in a text or among those that are kept.

use super::lines::breaks;
use super::table::Row;

/// A row that is not blank, where it lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    /// Where it begins in the text, in bytes; 0 in a sheet.
    pub(crate) place: usize,
    /// The physical line on which it begins, or the row of the sheet, from 1.
    pub(crate) line: u64,
    /// Whether a cell of it has a line break, so that cells of the row are on different lines.
    pub(super) has_breaks: bool,
    pub(super) cells: Cells<'a>,
}

/// The cells of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cells<'a> {
    /// The ends of the cells in a text, with so many bytes between one and the next.
    Cut {
        text: &'a str,
        ends: &'a [usize],
        between: usize,
    },
    Kept(&'a csv::StringRecord),
}

impl<'a> Record<'a> {
    /// The cell of a column, counted from 0, as typed; `None` where the row is shorter.
    pub(crate) fn get(self, column: usize) -> Option<&'a str> {
        match self.cells {
            Cells::Cut {
                text,
                ends,
                between,
            } => {
                let end = *ends.get(column)?;
                let before = column.checked_sub(1).and_then(|before| ends.get(before));
                text.get(before.map_or(0, |end| end + between)..end)
            }
            Cells::Kept(cells) => cells.get(column),
        }
    }

    /// How many cells the row has.
    pub(crate) fn len(self) -> usize {
        match self.cells {
            Cells::Cut { ends, .. } => ends.len(),
            Cells::Kept(cells) => cells.len(),
        }
    }

    /// The cells in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).filter_map(move |column| self.get(column))
    }

    /// The physical line on which a cell begins: lower than the row's where a cell before it has line breaks.
    pub(crate) fn line_of(self, column: usize) -> u64 {
        if !self.has_breaks {
            return self.line;
        }
        let before = self.iter().take(column);
        self.line
            + before
                .map(|cell| breaks(cell.as_bytes(), None))
                .sum::<u64>()
    }

    pub(super) fn is_blank(self) -> bool {
        self.iter().all(|cell| cell.trim().is_empty())
    }

    /// A copy that can be kept.
    pub(super) fn to_row(self) -> Row {
        Row {
            line: self.line,
            has_breaks: self.has_breaks,
            cells: self.iter().collect(),
        }
    }
}
