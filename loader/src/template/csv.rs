//! A form as CSV.
//!
//! The delimiter is the comma. Excel splits a CSV file by the list separator of the machine's region, which is a comma on
//! English and a semicolon on most Vietnamese machines, so neither suits all. The comma is what RFC 4180, LibreOffice and
//! every other program expect, and Excel's own "Data, From Text/CSV" finds it; whatever sign comes back is detected.

use store::domain::spreadsheet_safe;

use super::{Entry, Template};

impl Template {
    /// The form as CSV: UTF-8 with a byte order mark, days as `dd/mm/yyyy`, numbers as plain digits.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        let columns = self.columns.iter();
        let header = columns.map(|column| self.header(*column)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(text).collect());
        for cells in std::iter::once::<Vec<String>>(header).chain(rows) {
            if writer.write_record(cells).is_err() {
                // Writing into memory does not fail, and every row has the same width.
                break;
            }
        }
        writer.into_inner().unwrap_or_default()
    }
}

fn text(entry: &Entry) -> String {
    match entry {
        Entry::Empty => String::new(),
        Entry::Text(text) => spreadsheet_safe(text).into_owned(),
        Entry::Day(day) => day.format("%d/%m/%Y").to_string(),
        Entry::Number(number) => number.to_string(),
    }
}
