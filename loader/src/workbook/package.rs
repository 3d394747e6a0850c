//! Looks through a ZIP archive before anything in it is parsed: what it is, and that it does not unpack to more than a
//! workbook can be. The sizes that an archive declares can be false, so every part is unpacked once to count.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::hidden::SheetFacts;
use super::kind::Kind;
use super::ods::check_repeats;
use super::refused::{MOST_PARTS, MOST_UNPACKED, Refusal, damaged, other_file, password, too_much};

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// How much of a part is searched for a document type declaration, which only stands at the beginning.
const PROLOGUE: usize = 4096;

/// The kind of workbook, once it is known to be safe to open, and what is known of its sheets, which of XLSX is nothing yet.
pub(super) fn check_package(bytes: &[u8]) -> Result<(Kind, Vec<SheetFacts>), Refusal> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    if archive.len() > MOST_PARTS {
        let parts = archive.len();
        return Err(too_much(
            &format!("{parts} phần (giới hạn {MOST_PARTS})"),
            &format!("{parts} parts (the limit is {MOST_PARTS})"),
        ));
    }
    let kind = kind_of(&archive)?;
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        left = unpack(&mut archive, place, left)?;
    }
    let facts = match kind {
        Kind::Ods => check_content(&mut archive)?,
        _ => Vec::new(),
    };
    Ok((kind, facts))
}

fn kind_of(archive: &Archive<'_>) -> Result<Kind, Refusal> {
    let names: Vec<String> = archive
        .file_names()
        .flatten()
        .map(|name| name.to_lowercase().replace('\\', "/"))
        .collect();
    let has = |name: &str| names.iter().any(|each| each == name);
    let has_in = |folder: &str| names.iter().any(|each| each.starts_with(folder));
    if has("xl/workbook.bin") {
        Err(other_file(
            "sổ tính nhị phân của Excel (.xlsb)",
            "a binary workbook of Excel (.xlsb)",
        ))
    } else if has_in("xl/") {
        Ok(Kind::Xlsx)
    } else if has_in("word/") {
        Err(other_file("tệp Word (.docx)", "a Word document (.docx)"))
    } else if has_in("ppt/") {
        Err(other_file(
            "tệp PowerPoint (.pptx)",
            "a PowerPoint file (.pptx)",
        ))
    } else if has("content.xml") {
        Ok(Kind::Ods)
    } else {
        Err(other_file("tệp nén ZIP", "a ZIP archive"))
    }
}

/// Unpacks one part without keeping it; gives what is left of the limit.
fn unpack(archive: &mut Archive<'_>, place: usize, left: u64) -> Result<u64, Refusal> {
    let part = archive
        .by_index(place)
        .map_err(|error| part_problem(&error))?;
    if part.size() > left {
        return Err(too_large());
    }
    let name = part
        .name()
        .map_err(|error| part_problem(&error))?
        .to_lowercase();
    let is_xml = [".xml", ".rels", ".vml"]
        .iter()
        .any(|end| name.ends_with(end));
    let mut part = part.take(left + 1);
    let mut head = vec![0; PROLOGUE];
    let read = read_up_to(&mut part, &mut head).map_err(|error| damaged(&error.to_string()))?;
    head.truncate(read);
    if is_xml && declares_entities(&head) {
        return Err(damaged(&format!("{name}: <!DOCTYPE>, <!ENTITY>")));
    }
    let rest = std::io::copy(&mut part, &mut std::io::sink())
        .map_err(|error| damaged(&error.to_string()))?;
    let unpacked = rest + u64::try_from(read).unwrap_or(u64::MAX);
    left.checked_sub(unpacked).ok_or_else(too_large)
}

fn read_up_to(from: &mut impl Read, into: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(space) = into.get_mut(filled..).filter(|space| !space.is_empty()) {
        match from.read(space)? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// No program writes a document type into a workbook; entities that are declared there can grow without end.
fn declares_entities(head: &[u8]) -> bool {
    // UTF-16 has a NUL beside every letter.
    let letters: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let has = |word: &[u8]| letters.windows(word.len()).any(|part| part == word);
    has(b"<!DOCTYPE") || has(b"<!ENTITY")
}

fn check_content(archive: &mut Archive<'_>) -> Result<Vec<SheetFacts>, Refusal> {
    let mut content = Vec::new();
    archive
        .by_name("content.xml")
        .map_err(|error| part_problem(&error))?
        .take(MOST_UNPACKED)
        .read_to_end(&mut content)
        .map_err(|error| damaged(&error.to_string()))?;
    check_repeats(&content)
}

fn part_problem(error: &zip::result::ZipError) -> Refusal {
    let text = error.to_string();
    if text.to_lowercase().contains("password") {
        password()
    } else {
        damaged(&text)
    }
}

fn too_large() -> Refusal {
    let most = MOST_UNPACKED;
    too_much(
        &format!("hơn {most} byte sau khi giải nén"),
        &format!("more than {most} bytes when unpacked"),
    )
}
