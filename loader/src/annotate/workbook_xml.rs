//! The parts that tie a workbook together: its list of sheets, relations between parts, types of content.

use std::fmt::Write as _;

use super::comments::MAIN;
use super::package::RELATIONS;
use super::receipt_sheet::{ReceiptRow, WIDTHS};
use super::styles_xml::Styles;
use super::xml::{Edits, content, tags};
use crate::output::column_letters;

/// A relation from a part to another.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last part of the address of its kind, such as `comments`.
    pub(super) kind: String,
    pub(super) target: String,
}

/// The relations of a part; `None` where they cannot be read.
pub(super) fn relations(text: &str) -> Option<Vec<Relation>> {
    let mut relations = Vec::new();
    for tag in tags(text) {
        let tag = tag?;
        if tag.opens("Relationship") {
            let kind = tag.attribute("Type")?;
            relations.push(Relation {
                id: tag.attribute("Id")?,
                kind: kind.rsplit('/').next()?.to_owned(),
                target: tag.attribute("Target")?,
            });
        }
    }
    Some(relations)
}

/// Relations with some more; without any before, a new part.
pub(super) fn with_relations(text: Option<&str>, more: &[Relation]) -> Option<String> {
    const NONE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                        xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    let element = |relation: &Relation| {
        let Relation { id, kind, target } = relation;
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
    };
    append(
        text.unwrap_or(NONE),
        "Relationships",
        &more.iter().map(element).collect::<String>(),
    )
}

/// Puts elements, which have no prefix, at the end of the element that holds a part.
fn append(text: &str, name: &str, elements: &str) -> Option<String> {
    let mut edits = Edits::default();
    for tag in tags(text) {
        let tag = tag?;
        if tag.closes(name) && tag.prefix().is_empty() {
            edits.insert(tag.span.start, elements.to_owned());
            return edits.apply(text);
        }
    }
    None
}

/// The list of types of content with some parts, each of a type of `…spreadsheetml.`, and with drawings of comments.
pub(super) fn with_types(text: &str, parts: &[(&str, &str)]) -> Option<String> {
    let mut has_vml = false;
    for tag in tags(text) {
        let tag = tag?;
        let extension = tag.attribute("Extension").unwrap_or_default();
        has_vml |= tag.opens("Default") && extension.eq_ignore_ascii_case("vml");
    }
    let part = |(name, kind): &(&str, &str)| {
        format!(
            "<Override PartName=\"/{name}\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml\"/>"
        )
    };
    let mut elements: String = parts.iter().map(part).collect();
    if !has_vml {
        elements.push_str(
            "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>",
        );
    }
    append(text, "Types", &elements)
}

/// The sheets of a workbook: name and id of the relation.
pub(super) fn sheets(text: &str) -> Option<Vec<(String, String)>> {
    let mut sheets = Vec::new();
    for tag in tags(text) {
        let tag = tag?;
        if tag.opens("sheet") {
            sheets.push((tag.attribute("name")?, tag.attribute("r:id")?));
        }
    }
    Some(sheets)
}

/// The workbook with a sheet more, as the last.
pub(super) fn with_sheet(text: &str, name: &str, relation: &str) -> Option<String> {
    let mut last_id = 0_u32;
    for tag in tags(text) {
        let tag = tag?;
        if tag.opens("sheet") {
            last_id = last_id.max(tag.attribute("sheetId")?.parse().ok()?);
        } else if tag.closes("sheets") {
            let (p, name, id) = (tag.prefix(), content(name), last_id.checked_add(1)?);
            let sheet = format!(
                "<{p}sheet xmlns:r=\"{RELATIONS}\" name=\"{name}\" sheetId=\"{id}\" r:id=\"{relation}\"/>"
            );
            let mut edits = Edits::default();
            edits.insert(tag.span.start, sheet);
            return edits.apply(text);
        }
    }
    None
}

/// The sheet with the distinct problems.
pub(super) fn receipt_sheet(rows: &[ReceiptRow], styles: &mut Styles<'_>) -> Option<String> {
    let wrapped = styles.wrapped();
    let widths = (1..).zip(WIDTHS).map(|(column, width)| {
        format!("<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>")
    });
    let widths: String = widths.collect();
    let mut data = String::new();
    for (number, row) in (1..).zip(rows) {
        let mut cells = String::new();
        for (column, cell) in (1_u64..).zip(&row.cells) {
            // A sentence alone in its row runs over the columns beside it.
            let style = match row.severity.filter(|_| column == 1) {
                Some(severity) => styles.filled(0, severity)?,
                None if row.cells.len() > 1 => wrapped,
                None => 0,
            };
            let (letters, text) = (column_letters(column), content(cell));
            write!(
                cells,
                "<c r=\"{letters}{number}\" s=\"{style}\" t=\"inlineStr\"><is>\
                 <t xml:space=\"preserve\">{text}</t></is></c>"
            )
            .ok()?;
        }
        write!(data, "<row r=\"{number}\">{cells}</row>").ok()?;
    }
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{MAIN}\">\
         <cols>{widths}</cols><sheetData>{data}</sheetData></worksheet>"
    ))
}
