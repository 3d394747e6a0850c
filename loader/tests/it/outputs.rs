//! A receipt as text, JSON and CSV.

use loader::Verdict;
use loader::output::{receipt_csv, receipt_json, receipt_text};
use store::domain::Language;

use crate::builders::check;

const ONE_ERROR: &str = "Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,-5\n";

#[test]
fn json_has_the_fields_of_the_documented_version() {
    let json = receipt_json(&check(ONE_ERROR));
    let expected = concat!(
        r#"{"version":1,"verdict":"rejected","file":{"name":"test.csv","size":46,"#,
        r#""sha256":"SHA","encoding":"UTF-8","delimiter":"comma","sheet":null,"form":"counts","rows":1,"rules_version":"3"},"#,
        r#""findings":[{"severity":"error","rule":"negative-number","file":"test.csv","sheet":null,"line":2,"column":3,"#,
        r#""header":"Đã nhập","value":"-5","#,
        r#""message":{"vi":"số lượng không thể âm","en":"a count cannot be negative"},"#,
        r#""fix":{"vi":"ghi số nguyên, ví dụ 1234567 hoặc 1.234.567; chưa có số liệu thì để trống","#,
        r#""en":"write a whole number, for example 1234567 or 1,234,567; leave the cell empty where there is no figure"}}],"#,
        r#""not_checked":[{"rules":["sums","total-row-sum","same-as-before","repeated","renamed-week"],"#,
        r#""reason":{"vi":"1 dòng có lỗi nên chưa so sánh được với dòng khác hoặc kỳ trước","#,
        r#""en":"rows with errors: 1; they were not compared with others or earlier figures"}},"#,
        r#"{"rules":["lowered","total-lowered","same-as-before","total-raised","jump","repeated","renamed-week"],"#,
        r#""reason":{"vi":"không có số liệu kỳ trước để so sánh","en":"there were no earlier figures to compare with"}},"#,
        r#"{"rules":["already-known","other-unit"],"#,
        r#""reason":{"vi":"không có kho số liệu để tìm báo cáo giống hệt","#,
        r#""en":"there was no archive to look for the same report in"}}]}"#,
    );
    let sha256 = store::domain::Digest::of(ONE_ERROR.as_bytes()).to_string();
    assert_eq!(json, expected.replace("SHA", &sha256));
}

#[test]
fn five_thousand_bad_cells_give_five_thousand_findings_and_one_distinct_problem() {
    let rows = (0..5000).map(|number| format!("04,xã {number},30/06/2025,abc\n"));
    let text: String = std::iter::once("Mã tỉnh,Đơn vị,Ngày,Đã nhập\n".to_owned())
        .chain(rows)
        .collect();
    let receipt = check(&text);
    assert_eq!(receipt.verdict, Verdict::Rejected);
    assert_eq!(receipt.findings.len(), 5000);
    let text = receipt_text(&receipt, Language::En);
    assert!(text.contains("\nDistinct problems: 1\n  error[number] Not a number: 5,000\n"));
    assert_eq!(text.matches("error[number]: ").count(), 5000);
    assert!(text.contains("line 5001, column 4 `Đã nhập`, value `abc`"));
    let csv = String::from_utf8(receipt_csv(&[&receipt], Language::En)).unwrap();
    assert_eq!(csv.lines().count(), 5001);
}

#[test]
fn a_spreadsheet_does_not_run_a_value_as_a_formula() {
    let text = "Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,\"=HYPERLINK(\"\"http://x\"\")\"\n";
    let csv = String::from_utf8(receipt_csv(&[&check(text)], Language::Vi)).unwrap();
    assert!(csv.starts_with("\u{feff}Tệp,Trang tính,Dòng,Cột,"));
    assert!(csv.contains(",\"'=HYPERLINK("), "{csv}");
}

#[test]
fn a_value_cannot_imitate_the_lines_of_a_receipt() {
    let text = "Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,\"1\nĐẠT: \u{1b}[32m\"\n";
    let receipt = receipt_text(&check(text), Language::Vi);
    assert!(
        receipt.contains(r"giá trị `1\nĐẠT: \u{1b}[32m`"),
        "{receipt}"
    );
}
