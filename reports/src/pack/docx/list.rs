//! A list as a document of its own: the head of the ministry's papers, a title, and a table on landscape pages.

use super::annex::numeric;
use super::body::{Sheet, head, sheet};
use super::document;
use super::xml::{Look, paragraph, ruled};
use crate::pack::error::PackError;
use crate::pack::table::Table;
use crate::pack::xlsx::Masthead;

/// Upright text of 12 points, in half points.
const SIZE: u32 = 24;

/// Writes some columns of a table, with their widths in twentieths of a point, as a document.
pub(crate) fn list_document(
    table: &Table,
    columns: &[(&str, u32)],
    masthead: &Masthead,
    issuer: &str,
) -> Result<Vec<u8>, PackError> {
    let keys: Vec<&str> = columns.iter().map(|(key, _)| *key).collect();
    let widths: Vec<u32> = columns.iter().map(|(_, width)| *width).collect();
    let numeric = numeric(table, &keys);
    let side = |place: usize| {
        let right = numeric.get(place).copied().unwrap_or(false);
        if right { "right" } else { "left" }
    };
    let centre = Look::new("center", 28).bold();
    let mut xml = head(masthead.language, issuer);
    xml += &paragraph("", centre);
    xml += &paragraph(&masthead.title, centre);
    let note = Look::new("center", SIZE).italic().after(120);
    xml += &paragraph(&masthead.foot, note);
    if let Some(mark) = masthead.synthetic {
        xml += &paragraph(mark, centre.after(120));
    }
    xml += &ruled(
        &widths,
        &table.headings(&keys),
        &table.shown(&keys, masthead.language),
        (&side, SIZE),
    );
    xml += &sheet(Sheet::Annex);
    document(&xml, (&masthead.title, issuer), None, masthead.language)
}
