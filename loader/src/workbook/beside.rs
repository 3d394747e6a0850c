//! The sheets beside the one with the table.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};

use super::cells::text_of_owned;

/// The names and the texts of every sheet of an XLSX workbook after the first; `None` where they cannot be read.
pub(crate) fn texts_beside(bytes: &[u8]) -> Option<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let mut texts = Vec::new();
    for name in book.sheet_names().into_iter().skip(1) {
        let range = book.worksheet_range(&name).ok()?;
        let cells = range.used_cells().map(|(_, _, cell)| text_of_owned(cell));
        texts.push(name);
        texts.extend(cells);
    }
    Some(texts)
}
