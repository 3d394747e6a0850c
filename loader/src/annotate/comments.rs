//! Comments of a sheet: their text in one part of the package, their boxes in a drawing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::marks::Marks;
use super::xml::{Edits, TagKind, content, tags};
use crate::output::column_letters;

/// The namespace of sheets, as ECMA-376 names it.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The columns and rows that the box of a comment covers.
const BOX: (u32, u32) = (4, 8);

/// The comments of a sheet that had none.
pub(super) fn new_comments(marks: &Marks) -> String {
    let comments = comment_elements(marks, "", 0);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{MAIN}\">\
         <authors><author>sohoa</author></authors><commentList>{comments}</commentList></comments>"
    )
}

fn comment_elements(marks: &Marks, prefix: &str, author: usize) -> String {
    let p = prefix;
    let comment = |((row, column), mark): (&(u32, u32), &super::marks::Mark)| {
        let (letters, text) = (column_letters(u64::from(*column)), content(&mark.comment));
        format!(
            "<{p}comment ref=\"{letters}{row}\" authorId=\"{author}\"><{p}text>\
             <{p}t xml:space=\"preserve\">{text}</{p}t></{p}text></{p}comment>"
        )
    };
    marks.iter().map(comment).collect()
}

/// The comments of a sheet with ours, and the marks that still need a box. A comment that a cell has stays, and ours is put
/// below it.
pub(super) fn more_comments(text: &str, marks: &Marks) -> Option<(String, Marks)> {
    let mut left = marks.clone();
    let by_place: BTreeMap<String, (u32, u32)> = marks
        .keys()
        .map(|(row, column)| {
            let letters = column_letters(u64::from(*column));
            (format!("{letters}{row}"), (*row, *column))
        })
        .collect();
    let mut edits = Edits::default();
    let (mut authors, mut open) = (0, None);
    for tag in tags(text) {
        let tag = tag?;
        let prefix = tag.prefix();
        if tag.opens("author") {
            authors += 1;
        } else if tag.opens("comment") {
            open = tag.attribute("ref").and_then(|place| by_place.get(&place));
        }
        match (tag.kind, tag.name()) {
            (TagKind::End, "authors") => {
                let author = format!("<{prefix}author>sohoa</{prefix}author>");
                edits.insert(tag.span.start, author);
            }
            (TagKind::End, "text") => {
                if let Some(mark) = open.take().and_then(|place| left.remove(place)) {
                    let (p, ours) = (&prefix, content(&mark.comment));
                    let run =
                        format!("<{p}r><{p}t xml:space=\"preserve\">\n\n{ours}</{p}t></{p}r>");
                    edits.insert(tag.span.start, run);
                }
            }
            (TagKind::End, "commentList") => {
                let comments = comment_elements(&left, &prefix, authors);
                edits.insert(tag.span.start, comments);
            }
            _ => {}
        }
    }
    Some((edits.apply(text)?, left))
}

/// The drawing of comments for a sheet that had none.
pub(super) fn new_drawing(marks: &Marks) -> String {
    format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\">{}</xml>",
        shapes(marks)
    )
}

/// The drawing of comments with boxes for some more.
pub(super) fn more_drawing(text: &str, marks: &Marks) -> Option<String> {
    let end = text.rfind("</xml>")?;
    let mut edits = Edits::default();
    edits.insert(end, shapes(marks));
    edits.apply(text)
}

/// Boxes as Excel draws comments, hidden until the cell is pointed at. The namespaces stand on each, whatever the drawing
/// around them calls them.
fn shapes(marks: &Marks) -> String {
    const SPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" \
                          xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
                          xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
    let mut shapes = format!(
        "<v:shapetype {SPACES} id=\"_sohoa_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
         path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
         <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    );
    for (number, (row, column)) in marks.keys().enumerate() {
        let (row, column) = (row - 1, column - 1);
        let (left, top) = (column + 1, row.saturating_sub(1));
        let (right, bottom) = (left + BOX.0, top + BOX.1);
        // Writing into a string does not fail.
        let _ = write!(
            shapes,
            "<v:shape {SPACES} id=\"_sohoa_s{number}\" type=\"#_sohoa_t202\" \
             style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
             <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
             <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\">\
             <div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\">\
             <x:MoveWithCells/><x:SizeWithCells/>\
             <x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>\
             <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>\
             </x:ClientData></v:shape>"
        );
    }
    shapes
}
