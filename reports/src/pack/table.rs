//! A table of a pack: what every renderer is given, with the definition of every column.

use store::domain::{Language, spreadsheet_safe};

use super::cell::{Cell, Kind};
use crate::render::TableError;

/// A table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Its name in files.
    pub(crate) key: &'static str,
    /// Its name for people, short enough for the tab of a sheet (31 characters).
    pub(crate) title: &'static str,
    /// What stands in each column.
    pub(crate) columns: Vec<Column>,
    /// The rows, each as long as the columns.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its name in files.
    pub(crate) key: &'static str,
    /// Its heading for people.
    pub(crate) heading: &'static str,
    /// What stands in it.
    pub(crate) kind: Kind,
    /// What it means, where the heading does not say.
    pub(crate) meaning: &'static str,
}

impl Column {
    /// A column in one language.
    pub(crate) const fn new(
        (key, kind): (&'static str, Kind),
        heading: &'static str,
        meaning: &'static str,
    ) -> Self {
        Self {
            key,
            heading,
            kind,
            meaning,
        }
    }
}

impl Table {
    /// The place of a column; `None` where the table has none of that name.
    pub(crate) fn place(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// The cell of a row; [`Cell::Absent`] where there is no such column.
    pub(crate) fn cell<'a>(&self, row: &'a [Cell], key: &str) -> &'a Cell {
        let found = self.place(key).and_then(|place| row.get(place));
        found.unwrap_or(&Cell::Absent)
    }

    /// Some columns of every row, as people read them.
    pub(crate) fn shown(&self, keys: &[&str], language: Language) -> Vec<Vec<String>> {
        let row = |row: &Vec<Cell>| {
            let cell = |key: &&str| self.cell(row, key).shown(language);
            keys.iter().map(cell).collect()
        };
        self.rows.iter().map(row).collect()
    }

    /// The headings of some columns.
    pub(crate) fn headings(&self, keys: &[&str]) -> Vec<String> {
        let heading = |key: &&str| {
            let place = self.place(key)?;
            Some(self.columns.get(place)?.heading.to_owned())
        };
        keys.iter().filter_map(heading).collect()
    }

    /// The table as CSV for spreadsheets: headings for people, values as programs read them, nothing that a spreadsheet
    /// would run, and the byte order mark that makes it read the letters right.
    pub(crate) fn sheet_csv(&self) -> Result<Vec<u8>, TableError> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(self.columns.iter().map(|column| column.heading))?;
        for row in &self.rows {
            let safe = |cell: &Cell| match cell {
                Cell::Words(words) => spreadsheet_safe(words).into_owned(),
                cell => cell.plain(),
            };
            writer.write_record(row.iter().map(safe))?;
        }
        writer
            .into_inner()
            .map_err(|error| TableError::Csv(error.into_error().into()))
    }
}
