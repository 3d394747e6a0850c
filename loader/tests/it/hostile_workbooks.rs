//! Workbooks that are damaged, protected, built to harm, or no workbooks.

use std::io::{Cursor, Write};

use loader::Verdict;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::builders::places;
use crate::workbooks::{HEADERS, check_bytes, row, rules, workbook};

/// An archive of some parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const LINKS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn with_sheet(sheet: &str) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn sheet_of(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn a_formula_without_a_saved_result_is_not_an_empty_cell() {
    let headers = [
        ("A1", "Mã tỉnh"),
        ("B1", "Ngày"),
        ("C1", "Tổng số"),
        ("D1", "Đã nhập"),
    ];
    let headers: String = headers
        .iter()
        .map(|(place, text)| text_cell(place, text))
        .collect();
    let cells = [("A2", "04"), ("B2", "30/06/2025"), ("C2", "523456")];
    let cells: String = cells
        .iter()
        .map(|(place, text)| text_cell(place, text))
        .collect();
    let rows =
        format!(r#"<row r="1">{headers}</row><row r="2">{cells}<c r="D2"><f>1+1</f></c></row>"#);
    let receipt = check_bytes(with_sheet(&sheet_of(&rows)));
    assert_eq!(
        places(&receipt),
        [("formula-value", Some(2), Some(4))],
        "{:?}",
        receipt.findings
    );
}

#[test]
fn bombs_are_refused_before_they_unfold() {
    // 450 MB of blanks in less than half a megabyte.
    let bomb = with_sheet(&sheet_of(&" ".repeat(450 << 20)));
    assert!(bomb.len() < 1 << 20);
    assert_eq!(rules(&check_bytes(bomb)), ["workbook-size"]);
    let entities =
        r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><worksheet/>"#;
    assert_eq!(rules(&check_bytes(with_sheet(entities))), ["workbook"]);
    // Each row has one cell at the far right of the sheet.
    let far: String = (1..3000)
        .map(|row| {
            format!(
                r#"<row r="{row}">{}</row>"#,
                text_cell(&format!("XFD{row}"), "x")
            )
        })
        .collect();
    assert_eq!(
        rules(&check_bytes(with_sheet(&sheet_of(&far)))),
        ["workbook-size"]
    );
    let names: Vec<String> = (0..2100).map(|number| format!("xl/{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b""[..])).collect();
    assert_eq!(rules(&check_bytes(archive(&parts))), ["workbook-size"]);
    let repeated = r#"<office:document-content><table:table table:name="A"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table></office:document-content>"#;
    let ods = archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", repeated.as_bytes()),
    ]);
    assert_eq!(rules(&check_bytes(ods)), ["workbook-size"]);
}

#[test]
fn other_documents_are_refused_by_name() {
    for (part, word) in [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("xl/workbook.bin", ".xlsb"),
        ("readme.txt", "ZIP"),
    ] {
        let receipt = check_bytes(archive(&[(part, b"<a/>")]));
        assert_eq!(rules(&receipt), ["not-csv"]);
        assert!(receipt.findings.first().unwrap().message.vi.contains(word));
    }
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage")
        .unwrap()
        .write_all(b"secret")
        .unwrap();
    let encrypted = file.into_inner().into_inner();
    assert_eq!(rules(&check_bytes(encrypted)), ["encrypted"]);
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/WordDocument")
        .unwrap()
        .write_all(b"text")
        .unwrap();
    assert_eq!(
        rules(&check_bytes(file.into_inner().into_inner())),
        ["not-csv"]
    );
}

#[test]
fn a_cut_or_changed_workbook_gives_a_receipt() {
    let whole = workbook(|sheet| {
        row(sheet, 0, &HEADERS);
        row(
            sheet,
            1,
            &["04", "Cao Bằng", "30/06/2025", "523456", "789", "456"],
        );
    });
    assert_eq!(check_bytes(whole.clone()).verdict, Verdict::Accepted);
    for length in (4..whole.len()).step_by(97) {
        let cut = whole.get(..length).unwrap().to_vec();
        assert_eq!(rules(&check_bytes(cut)), ["workbook"], "{length}");
    }
    for place in (0..whole.len()).step_by(13) {
        let mut changed = whole.clone();
        if let Some(byte) = changed.get_mut(place) {
            *byte ^= 0x55;
        }
        let receipt = check_bytes(changed);
        assert_eq!(
            receipt.submission().is_some(),
            receipt.verdict == Verdict::Accepted
        );
    }
}
