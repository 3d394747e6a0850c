//! The package of an XLSX workbook: which parts are written anew, and a copy of all others.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use store::domain::Language;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::comments::{more_comments, more_drawing, new_comments, new_drawing};
use super::marks::{Marks, marks};
use super::styles_xml::Styles;
use super::workbook_xml::{
    Relation, receipt_sheet, relations, sheets, with_relations, with_sheet, with_types,
};
use super::{receipt_sheet as receipt_rows, sheet_xml};
use crate::receipt::Receipt;

/// The namespace of relations in documents, and what the addresses of their kinds begin with.
pub(super) const RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts that are added.
const COMMENTS: &str = "xl/sohoaComments.xml";
const DRAWING: &str = "xl/drawings/sohoaComments.vml";
const RECEIPT: &str = "xl/worksheets/sohoaReceipt.xml";

/// The text of the part that a sheet is in; `None` where the package is not made as programs make it.
pub(crate) fn sheet_part(bytes: &[u8], sheet: &str) -> Option<String> {
    let mut package = Package::open(bytes)?;
    let workbook = package.workbook()?;
    let listed = sheets(&package.read(&workbook)?)?;
    let (_, id) = listed.into_iter().find(|(name, _)| name == sheet)?;
    let relations = package.relations(&workbook)?;
    let relation = relations.iter().find(|relation| relation.id == id)?;
    package.read(&resolve(&workbook, &relation.target))
}

/// The package of a workbook with cells marked; `None` where it is not made as programs make it, which its table survives.
pub(super) fn mark(bytes: &[u8], receipt: &Receipt, language: Language) -> Option<Vec<u8>> {
    let mut package = Package::open(bytes)?;
    let workbook = package.workbook()?;
    let text = package.read(&workbook)?;
    let listed = sheets(&text)?;
    let of_workbook = package.relations(&workbook)?;
    let part_of = |wanted: &dyn Fn(&Relation) -> bool| {
        let found = of_workbook.iter().find(|relation| wanted(relation))?;
        Some(resolve(&workbook, &found.target))
    };
    let styles_part = part_of(&|relation| relation.kind == "styles")?;
    let styles_text = package.read(&styles_part)?;
    let mut styles = Styles::read(&styles_text)?;
    let mut types = vec![(RECEIPT, "worksheet")];
    if let Some(sheet) = &receipt.file.sheet {
        let (_, id) = listed.iter().find(|(name, _)| name == sheet)?;
        let part = part_of(&|relation| relation.id == *id)?;
        let marks = marks(&receipt.findings, language);
        if !marks.is_empty() && package.mark_sheet(&part, &marks, &mut styles)? {
            types.push((COMMENTS, "comments"));
        }
    }
    let rows = receipt_rows::rows(receipt, false, language);
    package.write(RECEIPT, receipt_sheet(&rows, &mut styles)?);
    let relation = Relation {
        id: "rIdSohoaReceipt".to_owned(),
        kind: "worksheet".to_owned(),
        target: format!("/{RECEIPT}"),
    };
    let name = free_name(receipt_rows::name(language), &listed);
    package.write(&workbook, with_sheet(&text, &name, &relation.id)?);
    package.relate(&workbook, &[relation])?;
    let listed_types = package.read("[Content_Types].xml")?;
    package.write("[Content_Types].xml", with_types(&listed_types, &types)?);
    package.write(&styles_part, styles.finish()?);
    package.finish()
}

/// A name that no sheet has.
fn free_name(name: &str, sheets: &[(String, String)]) -> String {
    let is_taken = |name: &str| {
        let same = |(each, _): &(String, String)| each.to_lowercase() == name.to_lowercase();
        sheets.iter().any(same)
    };
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Parts that are written anew or added.
    changed: BTreeMap<String, String>,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        Some(Self {
            archive: ZipArchive::new(Cursor::new(bytes)).ok()?,
            changed: BTreeMap::new(),
        })
    }

    /// The part of the workbook itself.
    fn workbook(&mut self) -> Option<String> {
        let root = relations(&self.read("_rels/.rels")?)?;
        let of_document = |relation: &Relation| relation.kind == "officeDocument";
        Some(resolve("", &root.into_iter().find(of_document)?.target))
    }

    fn read(&mut self, part: &str) -> Option<String> {
        if let Some(text) = self.changed.get(part) {
            return Some(text.clone());
        }
        let mut text = String::new();
        // The whole package was unpacked before, within limits, when the file was checked.
        self.archive
            .by_name(part)
            .ok()?
            .read_to_string(&mut text)
            .ok()?;
        Some(text)
    }

    fn write(&mut self, part: &str, text: String) {
        self.changed.insert(part.to_owned(), text);
    }

    fn relations(&mut self, part: &str) -> Option<Vec<Relation>> {
        match self.read(&relations_part(part)) {
            Some(text) => relations(&text),
            None => Some(Vec::new()),
        }
    }

    fn relate(&mut self, part: &str, more: &[Relation]) -> Option<()> {
        let name = relations_part(part);
        let text = self.read(&name);
        self.write(&name, with_relations(text.as_deref(), more)?);
        Some(())
    }

    /// Marks the cells of a sheet and gives each a comment; whether a part for comments had to be added.
    fn mark_sheet(&mut self, part: &str, marks: &Marks, styles: &mut Styles<'_>) -> Option<bool> {
        const DRAWING_ID: &str = "rIdSohoaDrawing";
        let text = self.read(part)?;
        let marked = sheet_xml::mark(&text, marks, styles, DRAWING_ID)?;
        self.write(part, marked.text);
        let existing = self.relations(part)?;
        let comments = existing.iter().find(|relation| relation.kind == "comments");
        let new_part = |id: &str, kind: &str, name: &str| Relation {
            id: id.to_owned(),
            kind: kind.to_owned(),
            target: format!("/{name}"),
        };
        let mut more = Vec::new();
        let without_box = if let Some(comments) = comments {
            let comments = resolve(part, &comments.target);
            let (text, left) = more_comments(&self.read(&comments)?, marks)?;
            self.write(&comments, text);
            left
        } else {
            self.write(COMMENTS, new_comments(marks));
            more.push(new_part("rIdSohoaComments", "comments", COMMENTS));
            marks.clone()
        };
        if let Some(id) = &marked.drawing {
            let drawing = existing.iter().find(|relation| relation.id == *id)?;
            let drawing = resolve(part, &drawing.target);
            let text = more_drawing(&self.read(&drawing)?, &without_box)?;
            self.write(&drawing, text);
        } else {
            self.write(DRAWING, new_drawing(&without_box));
            more.push(new_part(DRAWING_ID, "vmlDrawing", DRAWING));
        }
        self.relate(part, &more)?;
        Some(comments.is_none())
    }

    /// The package, with the parts in their order and those that are added behind them.
    fn finish(mut self) -> Option<Vec<u8>> {
        let mut written = ZipWriter::new(Cursor::new(Vec::new()));
        for place in 0..self.archive.len() {
            let part = self.archive.by_index_raw(place).ok()?;
            let name = part.name().ok()?.into_owned();
            if let Some(text) = self.changed.remove(&name) {
                written
                    .start_file(name, SimpleFileOptions::default())
                    .ok()?;
                written.write_all(text.as_bytes()).ok()?;
            } else {
                written.raw_copy_file(part).ok()?;
            }
        }
        for (name, text) in self.changed {
            written
                .start_file(name, SimpleFileOptions::default())
                .ok()?;
            written.write_all(text.as_bytes()).ok()?;
        }
        Some(written.finish().ok()?.into_inner())
    }
}

/// The part that holds the relations of a part.
fn relations_part(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part that a relation of another part leads to.
fn resolve(from: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(folders.pop()),
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_their_part() {
        for (from, target, part) in [
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            (
                "xl/workbook.xml",
                "worksheets/sheet1.xml",
                "xl/worksheets/sheet1.xml",
            ),
            (
                "xl/worksheets/sheet1.xml",
                "../comments1.xml",
                "xl/comments1.xml",
            ),
            (
                "xl/worksheets/sheet1.xml",
                "/xl/comments1.xml",
                "xl/comments1.xml",
            ),
        ] {
            assert_eq!(resolve(from, target), part);
        }
        assert_eq!(
            relations_part("xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels"
        );
    }
}
