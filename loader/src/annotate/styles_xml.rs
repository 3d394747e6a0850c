//! Adds filled styles to the styles of a workbook: each is the style that the cell has, with another fill.

use std::collections::BTreeMap;

use super::marks::colour;
use super::xml::{Edits, TagKind, tags};
use crate::finding::Severity;

/// The styles of a workbook and those that are added.
pub(super) struct Styles<'a> {
    text: &'a str,
    prefix: String,
    fills: List,
    formats: List,
    /// Each format of cells: where its tag is and where it ends.
    existing: Vec<(usize, usize)>,
    added: BTreeMap<(usize, Severity), usize>,
    wrapped: Option<usize>,
    new_formats: Vec<String>,
}

/// A list of the styles: its tag, its end, and how many members it has.
#[derive(Default)]
struct List {
    tag: std::ops::Range<usize>,
    end: Option<usize>,
    members: usize,
}

impl<'a> Styles<'a> {
    /// Reads the styles; `None` where they are not as every program writes them.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let (mut fills, mut formats) = (List::default(), List::default());
        let (mut existing, mut open) = (Vec::new(), None);
        let mut prefix = String::new();
        let mut inside = "";
        for tag in tags(text) {
            let tag = tag?;
            match (tag.kind, tag.name()) {
                (TagKind::Start, name @ ("fills" | "cellXfs")) => {
                    inside = if name == "fills" { "fill" } else { "xf" };
                    prefix = tag.prefix();
                    let list = if name == "fills" {
                        &mut fills
                    } else {
                        &mut formats
                    };
                    list.tag = tag.span.clone();
                }
                (TagKind::End, name @ ("fills" | "cellXfs")) => {
                    inside = "";
                    let list = if name == "fills" {
                        &mut fills
                    } else {
                        &mut formats
                    };
                    list.end = Some(tag.span.start);
                }
                (kind, name) if name == inside => {
                    if kind != TagKind::End {
                        let list = if name == "fill" {
                            &mut fills
                        } else {
                            &mut formats
                        };
                        list.members += 1;
                        open = Some(tag.span.start);
                    }
                    if kind != TagKind::Start && name == "xf" {
                        existing.push((open?, tag.span.end));
                    }
                }
                _ => {}
            }
        }
        fills.end?;
        formats.end?;
        Some(Self {
            text,
            prefix,
            fills,
            formats,
            existing,
            added: BTreeMap::new(),
            wrapped: None,
            new_formats: Vec::new(),
        })
    }

    /// The style of a marked cell that had a style before; `None` where there is no such style.
    pub(super) fn filled(&mut self, style: usize, severity: Severity) -> Option<usize> {
        if let Some(added) = self.added.get(&(style, severity)) {
            return Some(*added);
        }
        let (start, end) = *self.existing.get(style)?;
        let format = self.text.get(start..end)?;
        let tag = tags(format).next()??;
        let place = Severity::ALL.iter().position(|each| *each == severity)?;
        let fill = (self.fills.members + place).to_string();
        let set = [("fillId", fill), ("applyFill", "1".to_owned())];
        let begin = tag.with_attributes(&set)?;
        let rest = match tag.kind {
            TagKind::Start => format.get(tag.span.end..)?.to_owned(),
            _ => format!("</{}xf>", self.prefix),
        };
        let added = self.add(begin + &rest);
        self.added.insert((style, severity), added);
        Some(added)
    }

    /// A style for long text.
    pub(super) fn wrapped(&mut self) -> usize {
        if let Some(wrapped) = self.wrapped {
            return wrapped;
        }
        let p = &self.prefix;
        let format = format!(
            "<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
             applyAlignment=\"1\"><{p}alignment vertical=\"top\" wrapText=\"1\"/></{p}xf>"
        );
        let wrapped = self.add(format);
        self.wrapped = Some(wrapped);
        wrapped
    }

    fn add(&mut self, format: String) -> usize {
        self.new_formats.push(format);
        self.formats.members + self.new_formats.len() - 1
    }

    /// The styles with those that were added.
    pub(super) fn finish(self) -> Option<String> {
        let p = &self.prefix;
        let fill = |severity| {
            let colour = colour(severity);
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FF{colour:06X}\"/>\
                 <{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
            )
        };
        let fills: String = Severity::ALL.into_iter().map(fill).collect();
        let mut edits = Edits::default();
        self.fills
            .append(self.text, &mut edits, (Severity::ALL.len(), fills))?;
        let formats = (self.new_formats.len(), self.new_formats.concat());
        self.formats.append(self.text, &mut edits, formats)?;
        edits.apply(self.text)
    }
}

impl List {
    /// Puts some members at the end, and their number into the tag.
    fn append(self, text: &str, edits: &mut Edits, (more, members): (usize, String)) -> Option<()> {
        let tag = tags(text.get(self.tag.clone())?).next()??;
        let count = (self.members + more).to_string();
        edits.replace(self.tag, tag.with_attributes(&[("count", count)])?);
        edits.insert(self.end?, members);
        Some(())
    }
}
