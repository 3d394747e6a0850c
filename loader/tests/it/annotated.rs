//! The marked copy of what was sent: its own workbook with marks and comments, and nothing else changed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use loader::{AnnotatedCopy, Receipt, SourceFile, Verdict, annotated_copy, intake};
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, Format, Formula, Note,
    Workbook,
};
use store::domain::Language;

use crate::builders::{check, context, sender};
use crate::workbooks::{HEADERS, check_named, row};

/// The parts of a package by name.
pub(crate) fn parts(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(part.name().unwrap().into_owned(), bytes);
    }
    parts
}

fn part(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

/// An office's workbook: a title, a formula, a chart, a conditional format, a second sheet, with or without a comment of its
/// own. The cells D5 and E6 are wrong, F6 is empty and G7 is not there.
pub(crate) fn office_workbook(with_comment: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tuần 26").unwrap();
    row(sheet, 0, &["BÁO CÁO TIẾN ĐỘ"]);
    row(sheet, 3, &HEADERS);
    let bold = Format::new().set_bold();
    row(sheet, 4, &["04", "Cao Bằng", "30/06/2025", "", "523456"]);
    sheet
        .write_string_with_format(4, 3, "năm trăm", &bold)
        .unwrap();
    row(
        sheet,
        5,
        &["19", "Thái Nguyên", "30/06/2025", "812345", "-7"],
    );
    row(sheet, 6, &["01", "Cao Bằng", "30/06/2025", "523456"]);
    let sum = Formula::new("=SUM(E5:E6)").set_result("523449");
    sheet.write_formula(12, 4, sum).unwrap();
    row(sheet, 12, &["Tổng cộng"]);
    let over = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(10))
        .set_format(&bold);
    sheet.add_conditional_format(4, 4, 8, 4, &over).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("='Tuần 26'!$E$5:$E$6");
    sheet.insert_chart(14, 1, &chart).unwrap();
    if with_comment {
        for (place, text) in [((4, 3), "của tôi"), ((0, 0), "tiêu đề")] {
            sheet
                .insert_note(place.0, place.1, &Note::new(text).add_author_prefix(false))
                .unwrap();
        }
    }
    book.add_worksheet().set_name("Khác").unwrap();
    book.save_to_buffer().unwrap()
}

pub(crate) fn annotated(name: &str, bytes: &[u8], language: Language) -> AnnotatedCopy {
    let receipt = check_named(name, bytes.to_vec());
    assert_eq!(receipt.verdict, Verdict::Rejected);
    annotated_copy(bytes, &receipt, language).unwrap()
}

#[test]
fn a_copy_of_a_workbook_differs_only_where_it_is_marked() {
    let given = office_workbook(false);
    let copy = annotated("tuan-26.xlsx", &given, Language::Vi);
    assert_eq!(copy.name, "tuan-26-danh-dau.xlsx");
    let (before, after) = (parts(&given), parts(&copy.bytes));
    let changed: Vec<&str> = before
        .iter()
        .filter(|(name, bytes)| after.get(*name) != Some(bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    let expected = [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/sheet1.xml",
    ];
    assert_eq!(changed, expected);
    let added = after.keys().filter(|name| !before.contains_key(*name));
    let added: Vec<&str> = added.map(String::as_str).collect();
    let expected = [
        "xl/drawings/sohoaComments.vml",
        "xl/sohoaComments.xml",
        "xl/worksheets/sohoaReceipt.xml",
    ];
    assert_eq!(added, expected);
    let sheet = part(&after, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<f>SUM(E5:E6)</f><v>523449</v>"));
    assert!(sheet.contains("<legacyDrawing xmlns:r="), "{sheet}");
    // The bold cell keeps its font in the marked style.
    let styles = part(&after, "xl/styles.xml");
    assert!(styles.contains("rgb=\"FFFFC7CE\""));
    let comments = part(&after, "xl/sohoaComments.xml");
    for place in ["D5", "E6"] {
        assert!(
            comments.contains(&format!("<comment ref=\"{place}\"")),
            "{comments}"
        );
    }
    assert!(comments.contains("lỗi: số lượng không thể âm\nCách sửa: ghi số nguyên"));
    assert!(part(&after, "xl/worksheets/sohoaReceipt.xml").contains("BỊ TỪ CHỐI: tuan-26.xlsx"));
}

#[test]
fn comments_of_the_sender_stay() {
    let given = office_workbook(true);
    let copy = annotated("tuan-26.xlsx", &given, Language::En);
    let (before, after) = (parts(&given), parts(&copy.bytes));
    let name = before
        .keys()
        .find(|name| name.contains("comments"))
        .unwrap();
    let comments = part(&after, name);
    assert!(comments.contains("của tôi") && comments.contains("tiêu đề"));
    assert!(comments.contains("error: "), "{comments}");
    assert_eq!(
        comments.matches("<comment ref=\"D5\"").count(),
        1,
        "{comments}"
    );
    let boxes = before.keys().find(|name| name.ends_with(".vml")).unwrap();
    let boxes = part(&after, boxes).matches("ObjectType=\"Note\"").count();
    assert_eq!(boxes, comments.matches("<comment ref=").count());
}

#[test]
fn a_copy_is_the_same_whenever_it_is_made() {
    for (name, bytes) in [
        ("a.xlsx", office_workbook(true)),
        ("a.csv", "Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,-5\n".into()),
    ] {
        let copy = || annotated(name, &bytes, Language::Vi);
        assert_eq!(copy(), copy(), "{name}");
    }
}

fn check_again(copy: AnnotatedCopy) -> Receipt {
    intake(
        SourceFile::new(&copy.name, copy.bytes),
        &context(),
        None,
        &sender(),
    )
}

#[test]
fn a_copy_that_is_sent_again_has_the_same_findings() {
    let csv = "Mã tỉnh;Ngày;Đã nhập;Ghi chú\n04;30/06/2025;-5;\"hai\ndòng\"\n99;30/06/2025;7;\n";
    for (name, bytes) in [("a.xlsx", office_workbook(true)), ("a.csv", csv.into())] {
        let before = check_named(name, bytes.clone());
        let copy = annotated_copy(&bytes, &before, Language::Vi).unwrap();
        let after = check_again(copy);
        let found = |receipt: &Receipt| {
            let findings = receipt.findings.iter();
            findings
                .map(|finding| {
                    (
                        finding.rule,
                        finding.line,
                        finding.column,
                        finding.value.clone(),
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(found(&before), found(&after), "{name}");
    }
}

#[test]
fn there_is_no_copy_of_what_holds_no_table() {
    for bytes in [&b"PK\x03\x04"[..], b"", b"\x89PNG\r\n\x1a\n\0\0\0\0"] {
        let receipt = check_named("a.xlsx", bytes.to_vec());
        let refused = annotated_copy(bytes, &receipt, Language::En).unwrap_err();
        assert!(
            refused.en.starts_with("no table could be read"),
            "{}",
            refused.en
        );
    }
    let receipt = check("Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,-5\n");
    let refused = annotated_copy(b"other bytes", &receipt, Language::En).unwrap_err();
    assert!(
        refused.en.starts_with("the file has changed"),
        "{}",
        refused.en
    );
}

#[test]
fn what_is_marked_is_not_hidden_in_the_copy() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    row(sheet, 0, &HEADERS);
    row(
        sheet,
        1,
        &["04", "Cao Bằng", "30/06/2025", "523456", "(12)"],
    );
    row(sheet, 2, &["19", "Thái Nguyên", "30/06/2025", "năm", "7"]);
    row(sheet, 3, &["01", "Hà Nội", "30/06/2025", "5000321", "8"]);
    for hidden in [2, 3] {
        sheet.set_row_hidden(hidden).unwrap();
    }
    sheet.set_column_hidden(1).unwrap();
    sheet.set_column_hidden(4).unwrap();
    let copy = annotated("an.xlsx", &book.save_to_buffer().unwrap(), Language::Vi);
    let sheet = part(&parts(&copy.bytes), "xl/worksheets/sheet1.xml");
    let tag = |begin: &str| {
        let (_, rest) = sheet
            .split_once(begin)
            .unwrap_or_else(|| panic!("{begin}: {sheet}"));
        rest.split('>').next().unwrap().to_owned()
    };
    for (begin, shown) in [
        ("<row r=\"3\"", true),
        ("<row r=\"4\"", false),
        ("<col min=\"5\"", true),
        ("<col min=\"2\"", false),
    ] {
        assert_eq!(
            !tag(begin).contains("hidden=\"1\""),
            shown,
            "{}",
            tag(begin)
        );
    }
    assert_eq!(check_again(copy).verdict, Verdict::Rejected);
}
