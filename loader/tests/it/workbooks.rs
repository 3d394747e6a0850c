//! Workbooks as Excel and LibreOffice save them.

use loader::output::{receipt_csv, receipt_json, receipt_text};
use loader::{Form, Receipt, SourceFile, Verdict, intake};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use store::domain::{Language, RecordType, Stage};

use crate::builders::{context, counts, day, places, sender};

pub(crate) fn check_named(name: &str, bytes: Vec<u8>) -> Receipt {
    intake(SourceFile::new(name, bytes), &context(), None, &sender())
}

pub(crate) fn check_bytes(bytes: Vec<u8>) -> Receipt {
    check_named("tuan-26.xlsx", bytes)
}

pub(crate) fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate() {
        let column = u16::try_from(column).unwrap();
        match text.parse::<f64>() {
            Ok(number) => sheet.write_number(row, column, number).unwrap(),
            Err(_) if text.is_empty() => continue,
            Err(_) => sheet.write_string(row, column, *text).unwrap(),
        };
    }
}

/// A workbook of one sheet, written by a function.
pub(crate) fn workbook(write: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tuần 26").unwrap();
    write(sheet);
    book.save_to_buffer().unwrap()
}

pub(crate) const HEADERS: [&str; 7] = [
    "Mã tỉnh",
    "Tỉnh/Thành phố",
    "Ngày báo cáo",
    "Tổng số",
    "Đã nhập",
    "Đã chuyển vào CSDL",
    "Ghi chú",
];

pub(crate) fn rules(receipt: &Receipt) -> Vec<&str> {
    let findings = receipt.findings.iter();
    findings.map(|finding| finding.rule.key()).collect()
}

/// Title rows, a section, a date cell and a serial number, a total row of formulas, a footnote.
fn office_report() -> Vec<u8> {
    workbook(|sheet| {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        let june = ExcelDateTime::from_ymd(2025, 6, 30).unwrap();
        row(sheet, 0, &["BÁO CÁO TIẾN ĐỘ SỐ HÓA"]);
        row(sheet, 1, &["Tuần 26, năm 2025"]);
        row(sheet, 3, &HEADERS);
        row(sheet, 4, &["I", "Miền Bắc"]);
        row(
            sheet,
            5,
            &["01", "Hà Nội", "", "6001234", "5900123", "5800456"],
        );
        sheet.write_datetime_with_format(5, 2, june, &date).unwrap();
        row(sheet, 6, &["4", "Cao Bằng", "45838", "523 456", "789", "-"]);
        row(sheet, 8, &["Tổng cộng", "", "", "6524690", "", ""]);
        sheet
            .write_formula(8, 4, Formula::new("=SUM(E6:E7)").set_result("5900912"))
            .unwrap();
        sheet
            .write_formula(8, 5, Formula::new("=SUM(F6:F7)").set_result("5800456"))
            .unwrap();
        row(sheet, 10, &["Ghi chú: số liệu tính đến hết ngày 30/6"]);
    })
}

#[test]
fn a_report_as_offices_make_it_is_accepted() {
    let receipt = check_named("tuan-26.csv", office_report());
    assert_eq!(receipt.file.encoding.as_deref(), Some("XLSX"));
    assert_eq!(receipt.file.sheet.as_deref(), Some("Tuần 26"));
    assert_eq!(
        (receipt.file.delimiter, receipt.file.form),
        (None, Some(Form::Counts))
    );
    let rows = counts(&receipt);
    assert_eq!(rows.len(), 2);
    let figures: Vec<_> = rows
        .iter()
        .map(|row| {
            let stage = |stage| row.counts.get(stage).map(|count| count.count.to_i64());
            let stages = [Stage::Total, Stage::Entered, Stage::Transferred].map(stage);
            (row.line, row.unit.to_string(), row.as_of, stages)
        })
        .collect();
    let june = day("2025-06-30");
    assert_eq!(
        figures,
        [
            (
                6,
                "p01".to_owned(),
                june,
                [Some(6_001_234), Some(5_900_123), Some(5_800_456)]
            ),
            (7, "p04".to_owned(), june, [Some(523_456), Some(789), None]),
        ]
    );
    assert_eq!(
        places(&receipt),
        [("no-figures", None, None), ("total-row", Some(9), Some(1))]
    );
}

#[test]
fn a_finding_names_sheet_row_and_column() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &HEADERS);
        row(
            sheet,
            1,
            &["04", "Cao Bằng", "30/06/2025", "523456", "44.5", "1.234"],
        );
        sheet.write_number(1, 5, 1.234).unwrap();
        row(sheet, 2, &["01", "Hà Nội", "30/06/2025", "#REF!", "5", "4"]);
    });
    let receipt = check_bytes(bytes);
    assert_eq!(receipt.verdict, Verdict::Rejected);
    assert_eq!(
        places(&receipt),
        [
            ("fraction-number", Some(2), Some(5)),
            ("fraction-number", Some(2), Some(6)),
            ("number", Some(3), Some(4)),
        ]
    );
    let text = receipt_text(&receipt, Language::En);
    assert!(
        text.contains(
            "at tuan-26.xlsx, sheet “Tuần 26”, row 2, column 5 (E) `Đã nhập`, value `44.5`"
        ),
        "{text}"
    );
    let json = receipt_json(&receipt);
    assert!(
        json.contains(r#""sheet":"Tuần 26","line":2,"column":5"#),
        "{json}"
    );
    let csv = String::from_utf8(receipt_csv(&[&receipt], Language::En)).unwrap();
    assert!(csv.contains("tuan-26.xlsx,Tuần 26,2,5,"), "{csv}");
}

#[test]
fn the_sheet_is_chosen_by_its_headers_and_the_others_are_named() {
    let build = |second_table: bool| {
        let mut book = Workbook::new();
        let cover = book.add_worksheet().set_name("Bìa").unwrap();
        row(cover, 0, &["Sở Tư pháp tỉnh Cao Bằng"]);
        let old = book.add_worksheet().set_name("Tuần 25").unwrap();
        row(old, 0, &HEADERS);
        old.set_hidden(true);
        let table = book.add_worksheet().set_name("Tuần 26").unwrap();
        row(table, 0, &HEADERS);
        row(
            table,
            1,
            &["04", "Cao Bằng", "30/06/2025", "523456", "789", "456"],
        );
        if second_table {
            let other = book.add_worksheet().set_name("Tuần 27").unwrap();
            row(other, 0, &HEADERS);
        }
        check_bytes(book.save_to_buffer().unwrap())
    };
    let receipt = build(false);
    assert_eq!(receipt.file.sheet.as_deref(), Some("Tuần 26"));
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert_eq!(rules(&receipt), ["other-sheet"]);
    let message = &receipt.findings.first().unwrap().message.en;
    assert_eq!(
        message,
        "other or hidden sheets were not read: “Bìa”, “Tuần 25”"
    );
    let receipt = build(true);
    assert_eq!(receipt.verdict, Verdict::Queries);
    assert!(
        receipt
            .findings
            .first()
            .unwrap()
            .message
            .vi
            .contains("“Tuần 27”")
    );
}

#[test]
fn a_sheet_without_a_form_says_what_it_has() {
    let receipt = check_bytes(workbook(|sheet| row(sheet, 0, &["Tên", "Tuổi", "Lớp"])));
    assert_eq!(rules(&receipt), ["missing-header"]);
    let receipt = check_bytes(workbook(|_| {}));
    assert_eq!(rules(&receipt), ["empty-file"]);
}

#[test]
fn shares_in_percent_format_are_compared_as_shown() {
    let bytes = workbook(|sheet| {
        let percent = Format::new().set_num_format("0.0%");
        row(
            sheet,
            0,
            &[
                "Mã tỉnh",
                "Loại việc",
                "Ngày",
                "Tổng số",
                "Đã chuyển",
                "Tỷ lệ (%)",
            ],
        );
        row(
            sheet,
            1,
            &["04", "Khai sinh", "30/06/2025", "1443893", "642806"],
        );
        sheet
            .write_number_with_format(1, 5, 642_806.0 / 1_443_893.0, &percent)
            .unwrap();
        row(
            sheet,
            2,
            &[
                "06",
                "Khai sinh",
                "30/06/2025",
                "1443893",
                "642806",
                "44.5189207",
            ],
        );
    });
    let receipt = check_bytes(bytes);
    assert_eq!(rules(&receipt), Vec::<&str>::new());
    assert_eq!(counts(&receipt).len(), 2);
}

#[test]
fn merged_cells_speak_for_all_their_rows() {
    let plain = Format::new();
    let bytes = workbook(|sheet| {
        row(
            sheet,
            0,
            &["Mã tỉnh", "Ngày", "Loại việc", "Tổng số", "Đã nhập"],
        );
        row(sheet, 1, &["", "", "Khai sinh", "1234567", "789012"]);
        row(sheet, 2, &["", "", "Khai tử", "234567", "89012"]);
        sheet.merge_range(1, 0, 2, 0, "04", &plain).unwrap();
        sheet.merge_range(1, 1, 2, 1, "30/06/2025", &plain).unwrap();
    });
    let receipt = check_bytes(bytes);
    let kinds: Vec<RecordType> = counts(&receipt).iter().map(|row| row.record_type).collect();
    assert_eq!(kinds, [RecordType::Birth, RecordType::Death]);
}

#[test]
fn a_sheet_of_seventy_thousand_rows_is_read() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &["Mã tỉnh", "Đơn vị", "Ngày", "Đã nhập"]);
        for number in 1..=70_000 {
            let name = format!("xã {number}");
            row(sheet, number, &["04", &name, "30/06/2025", "7"]);
        }
    });
    let receipt = check_bytes(bytes);
    assert_eq!(receipt.file.rows, 70_000);
    assert_eq!(counts(&receipt).last().unwrap().line, 70_001);
}

/// Headers merged over two rows, numbers under them, sections with roman numerals, a total row and a footnote.
fn table_with_sections() -> Vec<u8> {
    let plain = Format::new();
    workbook(|sheet| {
        row(sheet, 0, &["BIỂU 02: KẾT QUẢ SỐ HÓA"]);
        row(
            sheet,
            3,
            &["", "", "", "", "Đã quét", "Đã nhập", "Đã chuyển", "Còn lại"],
        );
        for (column, title) in (0..).zip(["STT", "Mã tỉnh", "Ngày chốt", "Tổng số"]) {
            sheet
                .merge_range(2, column, 3, column, title, &plain)
                .unwrap();
        }
        sheet
            .merge_range(2, 4, 2, 7, "Kết quả thực hiện", &plain)
            .unwrap();
        row(sheet, 4, &["A", "B", "C", "1", "2", "3", "4", "5=1-4"]);
        row(sheet, 5, &["I", "Khu vực miền núi phía Bắc"]);
        row(
            sheet,
            6,
            &[
                "1",
                "04",
                "30/06/2025",
                "523456",
                "400123",
                "300789",
                "200456",
                "323000",
            ],
        );
        row(sheet, 7, &["II", "Khu vực Tây Nguyên"]);
        row(
            sheet,
            8,
            &[
                "2",
                "66",
                "30/06/2025",
                "2100100",
                "#REF!",
                "1774585",
                "1700003",
                "400097",
            ],
        );
        row(
            sheet,
            9,
            &["", "Tổng cộng", "", "2623556", "", "2075374", "1900459"],
        );
        row(sheet, 11, &["(*) Số liệu đến hết ngày 30/6"]);
    })
}

#[test]
fn a_header_of_two_rows_and_numbers_under_it_are_read() {
    let receipt = check_bytes(table_with_sections());
    assert_eq!(receipt.file.rows, 2);
    assert_eq!(
        places(&receipt),
        [
            ("no-figures", None, None),
            ("number", Some(9), Some(5)),
            ("total-row", Some(10), Some(2)),
        ]
    );
    let number = receipt.findings.get(1).unwrap();
    assert_eq!(number.header.as_deref(), Some("Đã quét"));
    assert_eq!(number.value.as_deref(), Some("#REF!"));
    assert!(
        receipt
            .findings
            .first()
            .unwrap()
            .message
            .en
            .ends_with("3 (lines 6, 8, 12)")
    );
}

#[test]
fn a_failed_formula_is_no_name_of_an_office() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &["Mã tỉnh", "Đơn vị", "Ngày", "Đã nhập"]);
        row(sheet, 1, &["04", "#N/A", "30/06/2025", "789"]);
    });
    assert_eq!(places(&check_bytes(bytes)), [("text", Some(2), Some(2))]);
}
