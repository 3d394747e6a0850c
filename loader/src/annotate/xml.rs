//! Editing a part of a package in place: what is not replaced stays as it is, byte for byte.

use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A tag with its place in the text.
pub(crate) struct Tag<'a> {
    pub(super) kind: TagKind,
    pub(super) span: Range<usize>,
    start: BytesStart<'a>,
}

/// Whether a tag begins an element, ends one, or is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    Start,
    Empty,
    End,
}

impl Tag<'_> {
    /// The name without a prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// Whether it begins an element of a name.
    pub(crate) fn opens(&self, name: &str) -> bool {
        self.kind != TagKind::End && self.name() == name
    }

    /// Whether it ends an element of a name, one without content included.
    pub(super) fn closes(&self, name: &str) -> bool {
        self.kind != TagKind::Start && self.name() == name
    }

    /// The prefix with its colon; empty where there is none.
    pub(super) fn prefix(&self) -> String {
        let name = self.start.name().into_inner();
        let local = self.name().len();
        name.get(..name.len() - local)
            .unwrap_or_default()
            .to_owned()
    }

    /// The value of an attribute; `None` where it is not there or cannot be read.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.start.try_get_attribute(name).ok()??;
        Some(
            attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .ok()?
                .into_owned(),
        )
    }

    /// The tag as one that begins an element, with some attributes set and the others as they were.
    pub(super) fn with_attributes(&self, set: &[(&str, String)]) -> Option<String> {
        let mut text = format!("<{}", self.start.name().into_inner());
        for attribute in self.start.attributes() {
            let attribute = attribute.ok()?;
            let key = attribute.key.into_inner();
            if set.iter().all(|(name, _)| *name != key) {
                let value = attribute.value.replace('"', "&quot;");
                write!(text, " {key}=\"{value}\"").ok()?;
            }
        }
        for (name, value) in set {
            write!(text, " {name}=\"{}\"", escape(value.as_str())).ok()?;
        }
        text.push('>');
        Some(text)
    }
}

/// The tags of a text; ends with `None` in it where the text is no XML.
pub(crate) fn tags(text: &str) -> impl Iterator<Item = Option<Tag<'_>>> {
    let mut reader = Reader::from_str(text);
    let mut broken = false;
    std::iter::from_fn(move || {
        loop {
            if broken {
                return None;
            }
            let begin = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event();
            let end = usize::try_from(reader.buffer_position()).ok()?;
            let (kind, start) = match event {
                Ok(Event::Start(start)) => (TagKind::Start, start),
                Ok(Event::Empty(start)) => (TagKind::Empty, start),
                Ok(Event::End(end)) => {
                    let name = end.name().into_inner().to_owned();
                    (TagKind::End, BytesStart::new(name))
                }
                Ok(Event::Eof) => return None,
                Ok(_) => continue,
                Err(_) => {
                    broken = true;
                    return Some(None);
                }
            };
            return Some(Some(Tag {
                kind,
                span: begin..end,
                start,
            }));
        }
    })
}

/// Replacements in a text.
#[derive(Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub(super) fn insert(&mut self, at: usize, text: String) {
        self.0.push((at..at, text));
    }

    pub(super) fn replace(&mut self, span: Range<usize>, text: String) {
        self.0.push((span, text));
    }

    /// The text with all of them; `None` where two overlap.
    pub(super) fn apply(mut self, text: &str) -> Option<String> {
        self.0.sort_by_key(|(span, _)| (span.start, span.end));
        let mut edited = String::with_capacity(text.len());
        let mut done = 0;
        for (span, new) in self.0 {
            edited.push_str(text.get(done..span.start)?);
            edited.push_str(&new);
            done = span.end;
        }
        edited.push_str(text.get(done..)?);
        Some(edited)
    }
}

/// Text for an element, without the control characters that XML cannot have.
pub(super) fn content(text: &str) -> String {
    let allowed = |letter: &char| {
        matches!(letter, '\n' | '\t')
            || !(letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}'))
    };
    let text: String = text.chars().filter(allowed).collect();
    escape(text).into_owned()
}
