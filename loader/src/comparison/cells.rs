//! The cells of one row where they lie.

use csv::ByteRecord;

/// The cells of a row. They are known to be text as a whole, which is quicker than cell by cell.
#[derive(Clone, Copy)]
pub(super) struct Cells<'r> {
    text: &'r str,
    record: &'r ByteRecord,
}

impl<'r> Cells<'r> {
    /// `None` where the row is no UTF-8.
    pub(super) fn of(record: &'r ByteRecord) -> Option<Self> {
        let text = std::str::from_utf8(record.as_slice()).ok()?;
        Some(Self { text, record })
    }

    pub(super) fn len(self) -> usize {
        self.record.len()
    }

    /// `None` where the row is shorter.
    pub(super) fn get(self, place: usize) -> Option<&'r str> {
        self.text.get(self.record.range(place)?)
    }

    /// Whether nothing but blanks stands in it.
    pub(super) fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }
}
