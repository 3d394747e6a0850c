//! A letter's template: a document of a word processor with `{{placeholders}}`, filled in for each province.
//!
//! A word processor often cuts one word into several runs, so a placeholder is looked for in the text of a whole paragraph.
//! What is no placeholder stays byte for byte, with the looks its author gave it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;
use store::domain::{Digest, Text};
use thiserror::Error;
use zip::ZipArchive;

use crate::pack::{PackError, PackFile, archive, escaped};

/// The most bytes a template may unpack to. A letter with a coat of arms has a few hundred thousand.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// How much of a place in a template an error repeats, in letters.
const REPEATED: usize = 40;

/// Why a template cannot be used.
#[derive(Debug, Error)]
pub enum TemplateError {
    /// It is no DOCX document.
    #[error("the template is no DOCX document: {0}")]
    NoDocument(String),
    /// It unpacks to more than a letter ever would.
    #[error("the template unpacks to more than {MOST_BYTES} bytes")]
    TooLarge,
    /// It names something that the program does not know.
    #[error("the template has the unknown placeholder `{{{{{placeholder}}}}}`; known are {known}")]
    Unknown {
        /// The word between the braces.
        placeholder: String,
        /// Every word that is known.
        known: String,
    },
    /// Two braces are opened and not closed in the same paragraph.
    #[error("the template opens a placeholder and does not close it: `{0}`")]
    Unclosed(String),
    /// The letter cannot be packed.
    #[error("a letter cannot be written")]
    Package(#[from] PackError),
}

impl TemplateError {
    /// What is wrong, in both languages.
    #[must_use]
    pub fn words(&self) -> Text {
        let vi = match self {
            Self::NoDocument(why) => format!("mẫu không phải là tệp DOCX: {why}"),
            Self::TooLarge => format!("mẫu giải nén ra hơn {MOST_BYTES} byte"),
            Self::Unknown { placeholder, known } => format!(
                "mẫu có chỗ điền không biết `{{{{{placeholder}}}}}`; các chỗ điền được dùng: {known}"
            ),
            Self::Unclosed(text) => format!("mẫu mở chỗ điền mà không đóng: `{text}`"),
            Self::Package(_) => "không ghi được công văn".to_owned(),
        };
        Text::new(vi, self.to_string())
    }
}

/// A template that was read and whose placeholders are all known.
#[derive(Clone, Debug)]
pub struct LetterTemplate {
    parts: Vec<PackFile>,
    digest: Digest,
}

impl LetterTemplate {
    /// Reads a template and looks up every placeholder among the known ones.
    ///
    /// # Errors
    /// [`TemplateError`] naming what is wrong.
    pub fn read(bytes: &[u8], known: &[&str]) -> Result<Self, TemplateError> {
        let parts = parts(bytes)?;
        if !parts.iter().any(|part| part.path == "word/document.xml") {
            return Err(TemplateError::NoDocument("word/document.xml".to_owned()));
        }
        let template = Self {
            parts,
            digest: Digest::of(bytes),
        };
        let nothing = known.iter().map(|key| (*key, String::new())).collect();
        template.filled(&nothing)?;
        Ok(template)
    }

    /// The digest of the template as it came.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// The document with every placeholder replaced.
    ///
    /// # Errors
    /// [`TemplateError::Unknown`] where a placeholder is not among the values; as [`LetterTemplate::read`].
    pub fn filled(&self, values: &BTreeMap<&str, String>) -> Result<Vec<u8>, TemplateError> {
        let fill = |part: &PackFile| {
            let path = &part.path;
            let holds_text = path == "word/document.xml"
                || ((path.starts_with("word/header") || path.starts_with("word/footer"))
                    && path.ends_with(".xml"));
            if !holds_text {
                return Ok(part.clone());
            }
            let xml = std::str::from_utf8(&part.bytes)
                .map_err(|error| TemplateError::NoDocument(format!("{path}: {error}")))?;
            Ok(PackFile::new(path.as_str(), fill_part(xml, values)?))
        };
        let parts: Result<Vec<_>, TemplateError> = self.parts.iter().map(fill).collect();
        Ok(archive(&parts?)?)
    }
}

fn parts(bytes: &[u8]) -> Result<Vec<PackFile>, TemplateError> {
    let broken = |error: &dyn std::fmt::Display| TemplateError::NoDocument(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let (mut parts, mut left) = (Vec::new(), MOST_BYTES);
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|error| broken(&error))?;
        let path = file.name().map_err(|error| broken(&error))?.into_owned();
        let mut bytes = Vec::new();
        let taken = file.take(left + 1).read_to_end(&mut bytes);
        let taken = u64::try_from(taken.map_err(|error| broken(&error))?).unwrap_or(u64::MAX);
        left = left.checked_sub(taken).ok_or(TemplateError::TooLarge)?;
        parts.push(PackFile::new(path, bytes));
    }
    Ok(parts)
}

/// One part with its placeholders replaced.
fn fill_part(xml: &str, values: &BTreeMap<&str, String>) -> Result<String, TemplateError> {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for paragraph in paragraphs(xml)? {
        edits.extend(fill_paragraph(xml, &paragraph, values)?);
    }
    edits.sort_by_key(|(range, _)| range.start);
    let (mut filled, mut copied) = (String::with_capacity(xml.len()), 0);
    for (range, text) in edits {
        filled.push_str(xml.get(copied..range.start).unwrap_or_default());
        filled.push_str(&text);
        copied = range.end;
    }
    filled.push_str(xml.get(copied..).unwrap_or_default());
    Ok(filled)
}

/// The places of the text of each paragraph, run by run. Paragraphs stand in others where a box has text.
fn paragraphs(xml: &str) -> Result<Vec<Vec<Range<usize>>>, TemplateError> {
    let broken = |error: &dyn std::fmt::Display| TemplateError::NoDocument(error.to_string());
    let mut reader = Reader::from_str(xml);
    let (mut done, mut open) = (Vec::new(), Vec::<Vec<Range<usize>>>::new());
    let mut text_from = None;
    loop {
        let begin = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        let event = reader.read_event().map_err(|error| broken(&error))?;
        let end = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        match event {
            Event::Start(tag) if tag.local_name().into_inner() == "p" => open.push(Vec::new()),
            Event::Start(tag) if tag.local_name().into_inner() == "t" => text_from = Some(end),
            Event::End(tag) if tag.local_name().into_inner() == "t" => {
                if let (Some(from), Some(paragraph)) = (text_from.take(), open.last_mut()) {
                    paragraph.push(from..begin);
                }
            }
            Event::End(tag) if tag.local_name().into_inner() == "p" => done.extend(open.pop()),
            Event::Eof => return Ok(done),
            _ => {}
        }
    }
}

/// The edits that fill one paragraph: the value takes the place of the opening braces, the rest of the placeholder goes.
fn fill_paragraph(
    xml: &str,
    runs: &[Range<usize>],
    values: &BTreeMap<&str, String>,
) -> Result<Vec<(Range<usize>, String)>, TemplateError> {
    let text: String = runs.iter().filter_map(|run| xml.get(run.clone())).collect();
    let mut edits = Vec::new();
    let mut searched = 0;
    while let Some(open) = find(&text, "{{", searched) {
        let after = |place: usize| text.get(place..).unwrap_or_default();
        let Some(close) = find(&text, "}}", open + 2) else {
            let shown = after(open).chars().take(REPEATED).collect();
            return Err(TemplateError::Unclosed(shown));
        };
        let key = text.get(open + 2..close).unwrap_or_default().trim();
        let Some(value) = values.get(key) else {
            return Err(TemplateError::Unknown {
                placeholder: key.chars().take(REPEATED).collect(),
                known: values.keys().copied().collect::<Vec<_>>().join(", "),
            });
        };
        let mut value = Some(escaped(value));
        for place in places(runs, open..close + 2) {
            edits.push((place, value.take().unwrap_or_default()));
        }
        searched = close + 2;
    }
    Ok(edits)
}

fn find(text: &str, word: &str, from: usize) -> Option<usize> {
    Some(text.get(from..)?.find(word)? + from)
}

/// Where a stretch of the text of a paragraph lies in the part, run by run.
fn places(runs: &[Range<usize>], stretch: Range<usize>) -> Vec<Range<usize>> {
    let (mut places, mut before) = (Vec::new(), 0);
    for run in runs {
        let own = before..before + run.len();
        let (from, to) = (stretch.start.max(own.start), stretch.end.min(own.end));
        if from < to {
            places.push(run.start + (from - before)..run.start + (to - before));
        }
        before = own.end;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(body: &str) -> Vec<u8> {
        let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        archive(&[
            PackFile::new("[Content_Types].xml", "<Types/>"),
            PackFile::new("word/document.xml", xml),
        ])
        .unwrap()
    }

    fn filled(body: &str) -> Result<String, TemplateError> {
        let template = LetterTemplate::read(&document(body), &["province", "week"])?;
        let values = [("province", "A < B & C"), ("week", "2025-W08")];
        let values = values.map(|(key, value)| (key, value.to_owned())).into();
        let letter = crate::pack::unpacked(&template.filled(&values)?).unwrap();
        Ok(String::from_utf8(letter[1].bytes.clone()).unwrap())
    }

    #[test]
    fn a_placeholder_cut_into_runs_is_filled_and_the_rest_stays() {
        let body = "<w:p><w:r><w:t>Gửi {{pro</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>vin</w:t></w:r>\
                    <w:r><w:t>ce}}, tuần {{ week }} &amp; sau</w:t></w:r></w:p>";
        let written = filled(body).unwrap();
        let expected = "<w:p><w:r><w:t>Gửi A &lt; B &amp; C</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r>\
                        <w:r><w:t>, tuần 2025-W08 &amp; sau</w:t></w:r></w:p>";
        assert!(written.contains(expected), "{written}");
    }

    #[test]
    fn an_unknown_or_unclosed_placeholder_is_named() {
        let error = filled("<w:p><w:r><w:t>{{tinh}}</w:t></w:r></w:p>").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the template has the unknown placeholder `{{tinh}}`; known are province, week"
        );
        assert!(error.words().vi.contains("{{tinh}}"));
        let error = filled("<w:p><w:r><w:t>Gửi {{province</w:t></w:r></w:p>").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the template opens a placeholder and does not close it: `{{province`"
        );
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for bytes in [&b""[..], b"PK", b"not a document"] {
            let refused = LetterTemplate::read(bytes, &[]).unwrap_err();
            assert!(matches!(refused, TemplateError::NoDocument(_)), "{refused}");
        }
        let other = archive(&[PackFile::new("a.txt", "a")]).unwrap();
        assert!(LetterTemplate::read(&other, &[]).is_err());
        let broken = document("<w:p></w:r>");
        assert!(LetterTemplate::read(&broken, &[]).is_err());
        let bomb = vec![b' '; usize::try_from(MOST_BYTES).unwrap()];
        let bomb = archive(&[
            PackFile::new("word/document.xml", bomb.clone()),
            PackFile::new("b", bomb),
        ]);
        let refused = LetterTemplate::read(&bomb.unwrap(), &[]).unwrap_err();
        assert!(matches!(refused, TemplateError::TooLarge), "{refused}");
    }
}
