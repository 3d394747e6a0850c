//! `check`: every problem with its place, its value and its fix, as text, JSON and CSV.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::desk::{Desk, SOUND, counts, entries, order};
use crate::program::Said;

/// Rows with one fault each; the last has two.
const BAD: [&str; 6] = [
    "99,23/02/2025,Kết hôn,1000,600,500,500,",
    "24,31/02/2025,Kết hôn,1000,600,500,500,",
    "24,23/02/2099,Kết hôn,1000,600,500,500,",
    "24,23/02/2025,=cmd|' /C calc'!A0,1000,600,500,500,",
    "24,16/02/2025,Khai sinh,1000,-5,500,500,",
    "24,16/02/2025,Kết hôn,1000,600,700,500,",
];

/// A fault planted into [`BAD`].
struct Planted {
    rule: &'static str,
    line: u64,
    column: u64,
    header: &'static str,
    value: &'static str,
    /// How the message begins.
    message: &'static str,
    /// How the fix begins.
    fix: &'static str,
}

#[rustfmt::skip]
const PLANTED: [Planted; 7] = [
    Planted { rule: "unit-unknown", line: 2, column: 1, header: "Mã tỉnh", value: "99", message: "no province has the code “99”", fix: "write the two-digit code" },
    Planted { rule: "date", line: 3, column: 2, header: "Ngày chốt số liệu", value: "31/02/2025", message: "the calendar does not have this day", fix: "write day/month/year" },
    Planted { rule: "date-range", line: 4, column: 2, header: "Ngày chốt số liệu", value: "23/02/2099", message: "23 Feb 2099 is in the future", fix: "check day, month and year" },
    Planted { rule: "word", line: 5, column: 3, header: "Loại việc", value: "=cmd|' /C calc'!A0", message: "“=cmd|' /C calc'!A0” is not in the list", fix: "use one of: “Tổng hợp”" },
    Planted { rule: "negative-number", line: 6, column: 5, header: "Đã nhập", value: "-5", message: "a count cannot be negative", fix: "write a whole number" },
    Planted { rule: "stage-order", line: 7, column: 6, header: "Đã chuyển vào CSDL", value: "700", message: "“Transferred” 700 is more than “Entered” 600", fix: "correct the mistyped one" },
    Planted { rule: "remaining-check", line: 7, column: 7, header: "Còn lại", value: "500", message: "1,000 − 700 = 300, this column says 500", fix: "remaining = total − transferred" },
];

fn check(file: &str, options: &[&str]) -> Said {
    order("check --lang en", &[&[file], options].concat())
}

/// The names of the fields of a JSON object, in order.
fn keys(object: &Value) -> Vec<&str> {
    let keys: BTreeSet<&str> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.into_iter().collect()
}

#[test]
fn a_filled_template_is_accepted() {
    let desk = Desk::new();
    let form = order("template counts --province 24 --as-of 2025-02-23", &[])
        .ended(0)
        .stdout;
    let empty = "24,Bắc Giang,,23/02/2025,Tổng hợp,,Trường hợp,,,,,,,,,";
    let filled = "24,Bắc Giang,,23/02/2025,Tổng hợp,,Trường hợp,1.000.010,900009,800008,700007,650007,600006,,,";
    assert_eq!(form.matches(empty).count(), 1, "{form}");
    let file = desk.write("mẫu.csv", form.replace(empty, filled));
    let accepted = "ACCEPTED: mẫu.csv\nThe file is valid.\nform counts · 1 rows · ";
    check(&file, &[]).ended(0).says(accepted);
    order("check", &[&file])
        .ended(0)
        .says("ĐẠT: mẫu.csv\nTệp hợp lệ.\n");
}

#[test]
fn every_planted_fault_is_named_with_its_place_and_its_fix() {
    let desk = Desk::new();
    desk.record("earlier.csv", &["24,09/02/2025,Kết hôn,1000,600,500,500,"]);
    let file = desk.write("bad.csv", counts(&BAD));
    let said = check(&file, &["--database", &desk.database]).ended(3);
    let said = said
        .says("REJECTED: bad.csv\nNothing was recorded. ")
        .stdout;
    for Planted {
        rule,
        line,
        column,
        header,
        value,
        message,
        fix,
    } in PLANTED
    {
        let place = format!("line {line}, column {column} `{header}`, value `{value}`");
        let rest = format!("\n  at bad.csv, {place}\n  fix: {fix}");
        let found = said.split_once(&format!("[{rule}]: {message}"));
        let (_, after) = found.unwrap_or_else(|| panic!("{rule}: {said}"));
        // The rest of the message's own line may say more.
        let after = after.trim_start_matches(|letter| letter != '\n');
        assert!(after.starts_with(&rest), "{rest}\n{after}");
    }
    let found = said.matches("\n  fix: ").count();
    assert_eq!(
        found,
        PLANTED.len(),
        "nothing but the planted faults: {said}"
    );
    assert_eq!(said.matches("\nerror[").count(), PLANTED.len() - 1);
    assert_eq!(said.matches("\nquery[remaining-check]: ").count(), 1);
    assert_eq!(entries(&desk.database), 1, "nothing was written");
}

#[test]
fn a_json_receipt_has_the_documented_shape() {
    let desk = Desk::new();
    let good = desk.write("good.csv", counts(&[SOUND]));
    let bad = desk.write("bad.csv", counts(&BAD));
    let said = order("check --format json", &[&good, &bad]).ended(3).stdout;
    let lines = said.lines().map(|line| serde_json::from_str(line).unwrap());
    let receipts: Vec<Value> = lines.collect();
    assert_eq!(receipts.len(), 2, "a line for each file: {said}");
    for (receipt, verdict) in receipts.iter().zip(["accepted", "rejected"]) {
        let mut fields = vec![
            "file",
            "findings",
            "not_checked",
            "problems",
            "verdict",
            "version",
        ];
        if verdict == "rejected" {
            fields.insert(4, "questions");
        }
        assert_eq!(keys(receipt), fields, "the second file has a question too");
        assert_eq!(
            (&receipt["version"], &receipt["verdict"]),
            (&json!(1), &json!(verdict))
        );
        assert_eq!(receipt["file"]["sha256"].as_str().unwrap().len(), 64);
    }
    assert_eq!(receipts[0]["findings"], json!([]));
    assert_eq!(receipts[0]["file"]["name"], "good.csv");
}

#[test]
fn every_planted_fault_is_in_the_json_receipt() {
    let desk = Desk::new();
    let file = desk.write("bad.csv", counts(&BAD));
    let said = order("check --format json", &[&file]).ended(3).stdout;
    let receipt: Value = serde_json::from_str(&said).unwrap();
    let findings = receipt["findings"].as_array().unwrap();
    assert_eq!(findings.len(), PLANTED.len());
    for (finding, planted) in findings.iter().zip(PLANTED) {
        let own = "column file fix header line message reason rule severity sheet value";
        assert_eq!(keys(finding).join(" "), own);
        let place = ["rule", "file", "sheet", "line", "column", "header", "value"];
        let place = json!(place.map(|key| &finding[key]));
        let Planted {
            rule,
            line,
            column,
            header,
            value,
            message,
            fix,
        } = planted;
        assert_eq!(
            place,
            json!([rule, "bad.csv", null, line, column, header, value])
        );
        for (key, begin) in [("message", message), ("fix", fix)] {
            let text = |language| finding[key][language].as_str().unwrap();
            assert!(text("en").starts_with(begin), "{finding}");
            assert!(
                !text("vi").is_empty() && text("vi") != text("en"),
                "{finding}"
            );
        }
    }
}

#[test]
fn a_csv_receipt_runs_no_formula_in_a_spreadsheet() {
    let desk = Desk::new();
    let file = desk.write("=bad.csv", counts(&BAD));
    let said = check(&file, &["--format", "csv"]).ended(3).stdout;
    let text = said.strip_prefix('\u{feff}').unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let unchecked = records.iter().filter(|row| &row[6] == "not checked");
    assert_eq!(records.len() - unchecked.count(), PLANTED.len());
    for cell in records.iter().flatten() {
        let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!runs, "{cell}");
    }
    assert_eq!(&records[3][5], "'=cmd|' /C calc'!A0");
    let cells: Vec<&str> = records[4].iter().take(6).collect();
    assert_eq!(cells, ["'=bad.csv", "", "6", "5", "Đã nhập", "'-5"]);
}

#[test]
fn a_lowered_count_waits_for_an_explanation() {
    let desk = Desk::new();
    desk.record("earlier.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let lower = counts(&["24,23/02/2025,Kết hôn,1000,600,450,550,"]);
    let file = desk.write("lower.csv", lower);
    let known = ["--database", &desk.database];
    let explained = |text| check(&file, &[&known[..], &["--explain", text]].concat());
    let question = "query[lowered]: “Transferred” fell by 50: 500 on 16 Feb 2025, now 450\n  \
                    at lower.csv, line 2, column 6 `Đã chuyển vào CSDL`, value `450`\n  fix: ";
    let said = check(&file, &known).ended(4).says(question);
    said.says("EXPLANATION NEEDED: lower.csv\nNothing was recorded. ");
    explained("kiểm kê lại")
        .ended(0)
        .says("\nExplanation: kiểm kê lại\n");
    explained(" ").ended(4).says(question);
    let nothing = "there were no earlier figures to compare with (lowered, ";
    check(&file, &[]).ended(0).says(nothing);
    assert_eq!(entries(&desk.database), 1, "nothing was written");
}
