//! Marks the cells of a sheet: a cell that is there gets another style, one that is not is put in, and rows and columns with marks are
//! shown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::marks::Marks;
use super::styles_xml::Styles;
use super::xml::{Edits, Tag, TagKind, tags};
use crate::finding::Severity;
use crate::output::column_letters;

/// The elements that come after the one that names the drawing of comments, in the order of the schema (ECMA-376, 18.3.1.99).
const AFTER_LEGACY_DRAWING: [&str; 8] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// A marked sheet.
pub(super) struct MarkedSheet {
    pub(super) text: String,
    /// The id of the relation to the drawing of comments that the sheet had before; `None` where it had none.
    pub(super) drawing: Option<String>,
}

/// Marks the cells of a sheet. Where it had no comments, `drawing_id` becomes the id of the relation to their drawing.
///
/// `None` where the sheet is not as every program writes it.
pub(super) fn mark(
    text: &str,
    marks: &Marks,
    styles: &mut Styles<'_>,
    drawing_id: &str,
) -> Option<MarkedSheet> {
    let mut sheet = Marking::new(marks, styles);
    let (mut drawing, mut place_for_drawing) = (None, None);
    let mut in_data = false;
    let mut depth = 0_usize;
    for tag in tags(text) {
        let tag = tag?;
        if tag.kind == TagKind::End {
            depth = depth.checked_sub(1)?;
        }
        if tag.opens("sheetData") {
            in_data = true;
        }
        if in_data {
            sheet.take(text, &tag)?;
        } else if tag.opens("col") && covers_mark(&tag, marks) {
            sheet.show(&tag)?;
        }
        if tag.closes("sheetData") {
            in_data = false;
        }
        let follows = AFTER_LEGACY_DRAWING.iter().any(|name| tag.opens(name));
        let ends = depth == 0 && tag.closes("worksheet");
        if tag.opens("legacyDrawing") {
            drawing = Some(tag.attribute("r:id")?);
        } else if ends || (depth == 1 && follows) {
            place_for_drawing.get_or_insert((tag.span.start, tag.prefix()));
        }
        if tag.kind == TagKind::Start {
            depth += 1;
        }
    }
    if drawing.is_none() {
        let (at, prefix) = place_for_drawing?;
        let relations = super::package::RELATIONS;
        let element =
            format!("<{prefix}legacyDrawing xmlns:r=\"{relations}\" r:id=\"{drawing_id}\"/>");
        sheet.edits.insert(at, element);
    }
    Some(MarkedSheet {
        text: sheet.edits.apply(text)?,
        drawing,
    })
}

/// Whether one of the columns that a tag is about has a mark.
fn covers_mark(tag: &Tag<'_>, marks: &Marks) -> bool {
    let number = |name| tag.attribute(name)?.parse::<u32>().ok();
    let columns = number("min").zip(number("max"));
    columns.is_some_and(|(min, max)| {
        let mut marked = marks.keys();
        marked.any(|(_, column)| (min..=max).contains(column))
    })
}

type Columns = BTreeMap<u32, Severity>;

/// The marks that are still to be set, and where the reading has come to.
struct Marking<'m, 't> {
    styles: &'m mut Styles<'t>,
    rows: BTreeMap<u32, Columns>,
    edits: Edits,
    prefix: String,
    row: u32,
    column: u32,
    /// The marks of the row that is open.
    open: Columns,
}

/// The attribute that shows a row or columns; none where they are not hidden.
fn shown(tag: &Tag<'_>) -> Vec<(&'static str, String)> {
    let hidden = tag.attribute("hidden");
    let is_hidden = hidden.is_some_and(|hidden| matches!(&*hidden, "1" | "true"));
    is_hidden
        .then(|| ("hidden", "0".to_owned()))
        .into_iter()
        .collect()
}

impl<'m, 't> Marking<'m, 't> {
    fn new(marks: &Marks, styles: &'m mut Styles<'t>) -> Self {
        let mut rows: BTreeMap<u32, Columns> = BTreeMap::new();
        for ((row, column), mark) in marks {
            rows.entry(*row).or_default().insert(*column, mark.severity);
        }
        Self {
            styles,
            rows,
            edits: Edits::default(),
            prefix: String::new(),
            row: 0,
            column: 0,
            open: Columns::new(),
        }
    }

    /// Takes a tag between the beginning and the end of the rows.
    fn take(&mut self, text: &str, tag: &Tag<'_>) -> Option<()> {
        match (tag.kind, tag.name()) {
            (TagKind::Start, "sheetData") => self.prefix = tag.prefix(),
            (TagKind::Empty, "sheetData") => {
                self.prefix = tag.prefix();
                let rows = self.new_rows(u32::MAX)?;
                let p = &self.prefix;
                let data = format!("<{p}sheetData>{rows}</{p}sheetData>");
                self.edits.replace(tag.span.clone(), data);
            }
            (TagKind::End, "sheetData") => {
                let rows = self.new_rows(u32::MAX)?;
                self.edits.insert(tag.span.start, rows);
            }
            (TagKind::Start | TagKind::Empty, "row") => {
                let number = tag.attribute("r").and_then(|number| number.parse().ok());
                self.row = number.unwrap_or(self.row.checked_add(1)?);
                self.column = 0;
                let before = self.new_rows(self.row)?;
                self.edits.insert(tag.span.start, before);
                self.open = self.rows.remove(&self.row).unwrap_or_default();
                if self.open.is_empty() {
                    return Some(());
                }
                if tag.kind == TagKind::Start {
                    self.show(tag)?;
                } else {
                    let cells = self.new_cells(u32::MAX)?;
                    let row = tag.with_attributes(&shown(tag))?;
                    let row = format!("{row}{cells}</{}row>", self.prefix);
                    self.edits.replace(tag.span.clone(), row);
                }
            }
            (TagKind::End, "row") => {
                let cells = self.new_cells(u32::MAX)?;
                self.edits.insert(tag.span.start, cells);
            }
            (TagKind::Start | TagKind::Empty, "c") => self.take_cell(text, tag)?,
            _ => {}
        }
        Some(())
    }

    /// Shows a row or columns that the sender has hidden.
    fn show(&mut self, tag: &Tag<'_>) -> Option<()> {
        let shown = shown(tag);
        if !shown.is_empty() {
            let mut text = tag.with_attributes(&shown)?;
            if tag.kind == TagKind::Empty {
                text.insert(text.len().checked_sub(1)?, '/');
            }
            self.edits.replace(tag.span.clone(), text);
        }
        Some(())
    }

    fn take_cell(&mut self, text: &str, tag: &Tag<'_>) -> Option<()> {
        self.column = match tag.attribute("r") {
            Some(place) => column_of(&place)?,
            None => self.column.checked_add(1)?,
        };
        let before = self.new_cells(self.column)?;
        self.edits.insert(tag.span.start, before);
        let Some(severity) = self.open.remove(&self.column) else {
            return Some(());
        };
        let style = tag.attribute("s").and_then(|style| style.parse().ok());
        let style = self.styles.filled(style.unwrap_or(0), severity)?;
        let mut cell = tag.with_attributes(&[("s", style.to_string())])?;
        if text.get(tag.span.clone())?.ends_with("/>") {
            cell.truncate(cell.len() - 1);
            cell.push_str("/>");
        }
        self.edits.replace(tag.span.clone(), cell);
        Some(())
    }

    /// The marked cells of the open row that come before a column and are not there.
    fn new_cells(&mut self, before: u32) -> Option<String> {
        let mut cells = String::new();
        while let Some(entry) = self
            .open
            .first_entry()
            .filter(|entry| *entry.key() < before)
        {
            let (column, severity) = entry.remove_entry();
            let style = self.styles.filled(0, severity)?;
            let (p, row) = (&self.prefix, self.row);
            let letters = column_letters(u64::from(column));
            write!(cells, "<{p}c r=\"{letters}{row}\" s=\"{style}\"/>").ok()?;
        }
        Some(cells)
    }

    /// The rows with marked cells that come before a row and are not there.
    fn new_rows(&mut self, before: u32) -> Option<String> {
        let mut rows = String::new();
        while let Some(entry) = self
            .rows
            .first_entry()
            .filter(|entry| *entry.key() < before)
        {
            let (row, columns) = entry.remove_entry();
            let (above, open) = (self.row, std::mem::replace(&mut self.open, columns));
            self.row = row;
            let cells = self.new_cells(u32::MAX)?;
            (self.row, self.open) = (above, open);
            let p = &self.prefix;
            write!(rows, "<{p}row r=\"{row}\">{cells}</{p}row>").ok()?;
        }
        Some(rows)
    }
}

/// The column of a place such as `AB12`, from 1.
fn column_of(place: &str) -> Option<u32> {
    let mut letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.try_fold(0_u32, |column, letter| {
        let digit = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column.checked_mul(26)?.checked_add(digit)
    })?;
    (column > 0).then_some(column)
}
