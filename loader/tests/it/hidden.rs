//! Rows and columns of a workbook that nobody sees.

use loader::{Receipt, Severity, Verdict};
use rust_xlsxwriter::Worksheet;

use crate::libreoffice::{check_saved, office};
use crate::workbooks::{HEADERS, check_bytes, row, workbook};

/// Five provinces below a title.
fn table(sheet: &mut Worksheet) {
    row(sheet, 0, &["BÁO CÁO"]);
    row(sheet, 2, &HEADERS);
    for (place, code) in (3..).zip(["04", "08", "11", "12", "14"]) {
        sheet.write_string(place, 0, code).unwrap();
        let cells = ["", "", "04/07/2025", "500001", "300002", "250003"];
        row(sheet, place, &cells);
    }
}

fn noted(receipt: &Receipt) -> Vec<&str> {
    let of_hidden = |finding: &&loader::Finding| finding.rule.key() == "hidden-cells";
    let findings = receipt.findings.iter().filter(of_hidden);
    findings
        .inspect(|finding| assert_eq!((finding.severity, finding.line), (Severity::Note, None)))
        .map(|finding| finding.message.en.as_str())
        .collect()
}

#[test]
fn hidden_rows_and_columns_that_are_read_are_said_whatever_program_saved_them() {
    // The second and third province, the last one, an empty row, and two columns of which the form knows one.
    let bytes = workbook(|sheet| {
        table(sheet);
        sheet.write_string(2, 8, "Phòng").unwrap();
        for place in [1, 4, 5, 7] {
            sheet.set_row_hidden(place).unwrap();
        }
        sheet.set_column_hidden(4).unwrap();
        sheet.set_column_hidden(8).unwrap();
    });
    let expected = [
        "hidden or filtered rows that were read all the same: 3 (lines 5–6, 8)",
        "hidden columns that were read all the same: E “Đã nhập”",
    ];
    let receipt = check_bytes(bytes.clone());
    assert_eq!((noted(&receipt), receipt.file.rows), (expected.to_vec(), 5));
    assert_eq!(receipt.verdict, Verdict::Accepted, "{:?}", receipt.places);
    let Some(office) = office() else { return };
    let given = [office.write("hidden.xlsx", &bytes)];
    for ending in ["xlsx", "xls", "ods"] {
        let folder = office.save(&given, "vi-VN", ending, ending);
        let saved = check_saved(&folder, "hidden", ending);
        assert_eq!(
            (noted(&saved), saved.file.rows),
            (expected.to_vec(), 5),
            "{ending}"
        );
    }
}

#[test]
fn rows_that_a_filter_leaves_out_are_said() {
    let bytes = workbook(|sheet| {
        table(sheet);
        sheet.autofilter(2, 0, 7, 6).unwrap();
        let only = rust_xlsxwriter::FilterCondition::new().add_list_filter("08");
        sheet.filter_column(0, &only).unwrap();
    });
    let rows = "hidden or filtered rows that were read all the same: 4 (lines 4, 6–8)";
    assert_eq!(noted(&check_bytes(bytes)), [rows]);
}

#[test]
fn a_sheet_without_hidden_rows_says_nothing_of_them() {
    assert!(noted(&check_bytes(workbook(table))).is_empty());
}
