//! Collects the cells of a sheet into a table.

use csv::StringRecord;

use super::refused::{MOST_CELLS, MOST_TEXT, Refusal, damaged, too_many_cells, too_much_text};
use crate::read::{Row, Table};

/// A table as its cells arrive: row by row, and in a row from left to right, as every program writes them.
#[derive(Debug, Default)]
pub(super) struct TableBuilder {
    rows: Vec<(u32, StringRecord)>,
    /// The widest row.
    width: usize,
    text: u64,
}

impl TableBuilder {
    /// Takes a cell, its row and column counted from 0; empty cells need not be given.
    pub(super) fn push(&mut self, (row, column): (u32, u32), text: &str) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.text += u64::try_from(text.len()).unwrap_or(u64::MAX);
        if self.text > MOST_TEXT {
            return Err(too_much_text());
        }
        match self.rows.last() {
            Some((last, _)) if *last > row => return Err(damaged("rows")),
            Some((last, _)) if *last == row => {}
            _ => self.rows.push((row, StringRecord::new())),
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let rows = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        let width = u64::try_from(self.width.max(column.saturating_add(1))).unwrap_or(u64::MAX);
        if rows.saturating_mul(width) > MOST_CELLS * 4 {
            return Err(too_many_cells());
        }
        let Some((_, cells)) = self.rows.last_mut() else {
            return Ok(());
        };
        if cells.len() > column {
            return Err(damaged("cells"));
        }
        while cells.len() < column {
            cells.push_field("");
        }
        cells.push_field(text);
        self.width = self.width.max(cells.len());
        Ok(())
    }

    /// The table: every row as wide as the widest, for a sheet has no end of a row.
    pub(super) fn finish(self) -> Table {
        let width = self.width;
        let rows = self.rows.into_iter().map(|(row, mut cells)| {
            while cells.len() < width {
                cells.push_field("");
            }
            Row::of_sheet(u64::from(row) + 1, cells)
        });
        Table {
            rows: rows.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rule;

    #[test]
    fn rows_keep_their_number_and_have_one_width() {
        let mut builder = TableBuilder::default();
        for (place, text) in [((2, 1), "b"), ((2, 3), "d"), ((7, 0), "a"), ((9, 9), " ")] {
            builder.push(place, text).unwrap();
        }
        let table = builder.finish();
        let rows: Vec<(u64, Vec<&str>)> = table
            .rows
            .iter()
            .map(|row| (row.line, row.iter().collect()))
            .collect();
        assert_eq!(
            rows,
            [(3, vec!["", "b", "", "d"]), (8, vec!["a", "", "", ""])]
        );
    }

    #[test]
    fn a_sheet_out_of_order_or_spread_out_is_refused() {
        let push = |places: &[(u32, u32)]| {
            let mut builder = TableBuilder::default();
            let mut taken = places.iter().map(|place| builder.push(*place, "x"));
            taken.find_map(Result::err).map(|finding| finding.rule)
        };
        assert_eq!(push(&[(1, 1), (0, 0)]), Some(Rule::Workbook));
        assert_eq!(push(&[(1, 1), (1, 1)]), Some(Rule::Workbook));
        let far: Vec<(u32, u32)> = (0..2000).map(|row| (row, 16_383)).collect();
        assert_eq!(push(&far), Some(Rule::WorkbookSize));
    }
}
