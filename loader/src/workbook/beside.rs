//! What a workbook holds beside its first sheet: other sheets, remarks, pictures and the like.

use std::io::{Cursor, Read as _};

use memchr::memmem::find;
use zip::ZipArchive;

use super::kind::Container;
use super::open::open;

/// The parts that a table needs in a workbook of Excel, by the beginnings of their names. The second sheet may be the guide of
/// a form to fill in.
const NEEDED_IN_XLSX: [&str; 15] = [
    "[Content_Types].xml",
    "_rels/",
    "docProps/",
    "xl/workbook.xml",
    "xl/_rels/",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/_rels/",
    "xl/styles.xml",
    "xl/theme/",
    "xl/sharedStrings.xml",
    "xl/calcChain.xml",
    "xl/printerSettings/",
    "xl/metadata.xml",
    "xl/tables/",
];

/// The same in a workbook of LibreOffice, whose sheets are all in one part. The thumbnail shows the first sheet as it was saved.
const NEEDED_IN_ODS: [&str; 9] = [
    "mimetype",
    "META-INF/manifest.xml",
    "manifest.rdf",
    "content.xml",
    "styles.xml",
    "meta.xml",
    "settings.xml",
    "Configurations2/",
    "Thumbnails/thumbnail.png",
];

/// What is no cell inside that part: remarks, and anything that is drawn.
const NO_CELLS_IN_ODS: [&[u8]; 2] = [b"<office:annotation", b"<draw:"];

/// Whether a workbook of a ZIP archive has nothing but sheets.
pub(crate) fn holds_only_sheets(bytes: &[u8]) -> bool {
    let Ok(mut package) = ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let mut content = Vec::new();
    let is_ods = package
        .by_name("content.xml")
        .is_ok_and(|mut part| part.read_to_end(&mut content).is_ok());
    let needed: &[&str] = if is_ods {
        &NEEDED_IN_ODS
    } else {
        &NEEDED_IN_XLSX
    };
    let is_needed = |name: &str| needed.iter().any(|part| name.starts_with(part));
    let mut names = package.file_names();
    names.all(|name| name.is_ok_and(|name| is_needed(&name)))
        && NO_CELLS_IN_ODS
            .iter()
            .all(|word| find(&content, word).is_none())
}

/// The names and the texts of every sheet of a workbook after the first; `None` where they cannot be read.
pub(crate) fn texts_beside(bytes: &[u8]) -> Option<Vec<String>> {
    let mut book = open(bytes, Container::of(bytes)?).ok()?;
    let mut texts = Vec::new();
    for sheet in book.sheets().into_iter().skip(1) {
        let table = book.table(&sheet.name).ok()?;
        texts.push(sheet.name);
        let cells = table.rows.iter().flat_map(|row| row.iter());
        texts.extend(cells.filter(|cell| !cell.is_empty()).map(str::to_owned));
    }
    Some(texts)
}
