//! A receipt as text, JSON and CSV.

use loader::Verdict;
use loader::output::{receipt_csv, receipt_json, receipt_text};
use serde_json::Value;
use store::domain::Language;

use crate::builders::{check, data_folder};

const ONE_ERROR: &str = "Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,-5\n";

#[test]
fn json_has_the_fields_of_the_documented_version() {
    let json = receipt_json(&check(ONE_ERROR));
    let expected = concat!(
        r#"{"version":1,"verdict":"rejected","file":{"name":"test.csv","size":46,"#,
        r#""sha256":"SHA","encoding":"UTF-8","delimiter":"comma","sheet":null,"form":"counts","rows":1,"rules_version":"5"},"#,
        r#""problems":[{"severity":"error","rule":"negative-number","title":{"vi":"Số âm","en":"Negative number"},"#,
        r#""reason":{"vi":"Không có số sổ, số trang hay số trường hợp âm.","#,
        r#""en":"There is no negative number of books, pages or records."},"header":"Đã nhập","#,
        r#""fix":{"vi":"ghi số nguyên, ví dụ 1234567 hoặc 1.234.567; chưa có số liệu thì để trống","#,
        r#""en":"write a whole number, for example 1234567 or 1,234,567; leave the cell empty where there is no figure"},"#,
        r#""count":1,"places":[{"sheet":null,"line":2,"column":3}]}],"#,
        r#""findings":[{"severity":"error","rule":"negative-number","file":"test.csv","sheet":null,"line":2,"column":3,"#,
        r#""header":"Đã nhập","value":"-5","#,
        r#""message":{"vi":"số lượng không thể âm","en":"a count cannot be negative"},"#,
        r#""reason":{"vi":"Không có số sổ, số trang hay số trường hợp âm.","#,
        r#""en":"There is no negative number of books, pages or records."},"#,
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
    let distinct = "\nDistinct problems: 1\n  error[number] Not a number, column `Đã nhập`: 5,000 (lines 2, 3, 4, …)\n    \
                    why: A count is a whole number, written as Vietnamese or English offices write it.\n    fix: ";
    assert!(text.contains(distinct), "{distinct}");
    assert!(text.contains("\nEvery occurrence: 5,000\n"));
    assert_eq!(text.matches("error[number]: ").count(), 5000);
    assert!(text.contains("line 5001, column 4 `Đã nhập`, value `abc`"));
    let csv = String::from_utf8(receipt_csv(&[&receipt], Language::En)).unwrap();
    let findings = csv.lines().filter(|line| line.contains(",error,number,"));
    assert_eq!(findings.count(), 5000);
}

#[test]
fn problems_are_told_apart_by_rule_column_and_fix() {
    let receipt = check(
        "Mã tỉnh,Ngày,Đã quét,Đã nhập\n04,30/06/2025,-5,-4\n04,29/06/2025,-3,abc\n04,28/06/2025,-2,1\n",
    );
    assert_eq!(receipt.findings.len(), 5);
    let text = receipt_text(&receipt, Language::Vi);
    for problem in [
        "\nVấn đề khác nhau: 3\n",
        "\n  lỗi[number] Không phải số, cột `Đã nhập`: 1 (dòng 3)\n",
        "\n  lỗi[negative-number] Số âm, cột `Đã nhập`: 1 (dòng 2)\n",
        "\n  lỗi[negative-number] Số âm, cột `Đã quét`: 3 (dòng 2, 3, 4)\n",
    ] {
        assert!(text.contains(problem), "{problem}: {text}");
    }
}

#[test]
fn json_receipts_are_as_their_schema_says() {
    let schema = data_folder().join("schema/receipt.schema.json");
    let schema = std::fs::read_to_string(schema).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // Unknown fields are allowed to programs that read a later receipt, but not to this version of ours.
    forbid_other_fields(&mut schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sound = "Mã tỉnh;Ngày;Đã nhập\n04;30/06/2025;5\n";
    let asking = "Mã tỉnh;Ngày;Tổng số;Đã nhập;Còn lại\n04;30/06/2025;9;5;7\n01;30/06/2025;9;5;7\n";
    for bytes in [ONE_ERROR, sound, asking, "", "PK\u{3}\u{4}", "a,b\n1,2\n"] {
        let receipt: Value = serde_json::from_str(&receipt_json(&check(bytes))).unwrap();
        let wrong: Vec<String> = validator
            .iter_errors(&receipt)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}\n{receipt:#}");
    }
    let mut broken: Value = serde_json::from_str(&receipt_json(&check(ONE_ERROR))).unwrap();
    broken["problems"][0]["count"] = Value::from("1");
    assert!(!validator.is_valid(&broken));
}

fn forbid_other_fields(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(forbid_other_fields);
            if fields.contains_key("properties") && fields.get("type") == Some(&"object".into()) {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(forbid_other_fields),
        _ => {}
    }
}

#[test]
fn a_csv_receipt_names_the_file_even_where_nothing_is_wrong_and_what_was_not_checked() {
    let receipt = check("Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,5\n");
    let csv = String::from_utf8(receipt_csv(&[&receipt], Language::En)).unwrap();
    let digest = receipt.file.sha256.unwrap();
    let line = format!(
        "test.csv,,,,,,not checked,\"already-known, other-unit\",there was no archive to look for the same report \
         in,,,ACCEPTED,{digest},5"
    );
    assert!(csv.lines().any(|each| each == line), "{line}\n{csv}");
}

#[test]
fn every_rule_has_a_reason_in_both_languages() {
    for rule in loader::Rule::EVERY {
        let reason = rule.reason();
        for text in [&reason.vi, &reason.en] {
            let is_sentence = text.ends_with('.') && !text.starts_with(char::is_whitespace);
            assert!(
                is_sentence && !text.contains('\n') && !text.contains("  "),
                "{text}"
            );
        }
        assert_ne!(reason.vi, reason.en);
    }
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
