//! `sohoa reconcile check`: counts on standard output, a worklist that stays, problems by place and never by value.

use std::fs;

use serde_json::{Value, json};
use store::domain::Digest;

use crate::desk::{Desk, order};
use crate::program::Said;

/// Stands in every cell of a person, and may stand nowhere else.
const CANARY: &str = "Kín";

const HEADERS: &str =
    "pointer,status,hotich_name,dancu_name,hotich_birth_date,dancu_birth_date,hotich_sex,dancu_sex";

/// A file of pairs: one the same, one that differs by a mark, one without a partner.
const SOUND: [&str; 3] = [
    "s1-1,found,Lê Kín,LÊ KÍN,05/09/1980,1980-09-05,Nam,Nam",
    "s1-2,found,Vũ Kín,Vũ Kìn,1981,05/09/1981,Nữ,Nữ",
    "s1-3,not_found,Hồ Kín,,,,,",
];

fn pairs(rows: &[&str]) -> String {
    format!("{HEADERS}\n{}\n", rows.join("\n"))
}

/// Compares a file on a desk, with other options after those that every run needs.
fn check(file: &str, more: &[&str]) -> Said {
    let line = "reconcile check --province 66 --type birth --week 2026-W47 --stage before_approval \
                --hotich-as-of 2026-11-15 --dancu-as-of 2026-11-14";
    let said = order(line, &[&[file], more].concat());
    for text in [&said.stdout, &said.stderr] {
        assert!(!text.contains(CANARY) && !text.contains("KÍN"), "{text}");
    }
    said
}

#[test]
fn counts_go_out_and_the_worklist_stays() {
    let desk = Desk::new();
    let file = desk.write("pairs.csv", pairs(&SOUND));
    let list = desk.path("worklist.csv");
    let said = check(&file, &["--worklist", &list]).ended(0);
    let document: Value = serde_json::from_str(&said.stdout).unwrap();
    let batch = &document[0];
    assert_eq!(
        batch["outcome"],
        json!({"same": 1, "same_variant": 0, "differs": 1, "unsure": 0, "not_found": 1, "not_compared": 0})
    );
    assert_eq!(
        batch["field"]["name"],
        json!({"equal": 1, "variant": 0, "contradiction": 1, "only_hotich": 0, "only_dancu": 0, "none": 0})
    );
    let facts = ["province", "type", "week", "stage", "records", "subjects"]
        .map(|key| batch["batch"][key].clone());
    let expected = ["66", "birth", "2026-W47", "before_approval"].map(Value::from);
    assert_eq!(facts[..4], expected);
    assert_eq!(facts[4..], [3, 3].map(Value::from));
    let written = fs::read_to_string(&list).unwrap();
    assert_eq!(
        written,
        "pointer,line,kind,differences\n\"s1-2\",3,differs,name=marks;birth_date=precision\n"
    );
    let digest = Digest::of(written.as_bytes()).to_string();
    assert_eq!(
        batch["batch"]["worklist"],
        json!({"sha256": digest, "rows": 1})
    );
    assert!(!fs::exists(format!("{list}.part")).unwrap());
    let again = check(&file, &["--worklist", &list]).ended(0);
    assert_eq!(again.stdout, said.stdout, "the same file, the same bytes");
}

#[test]
fn the_document_is_accepted_as_it_is_printed() {
    let desk = Desk::new();
    let headers = format!("province,record_type,book_year,{HEADERS}");
    let kinds = [
        ("66,birth,1960", SOUND[0]),
        ("66,birth,2020", SOUND[1]),
        ("66,birth,", SOUND[2]),
        ("66,marriage,1990", SOUND[1]),
        ("24,death,1980", SOUND[2]),
    ];
    let rows: Vec<String> = kinds
        .iter()
        .map(|(batch, row)| format!("{batch},{row}"))
        .collect();
    let file = desk.write("pairs.csv", format!("{headers}\n{}\n", rows.join("\n")));
    let line = "reconcile check --week 2024-W47 --stage before_approval --hotich-as-of 2024-11-15 \
                --dancu-as-of 2024-11-14";
    for list in [None, Some(desk.path("worklist.csv"))] {
        let list = list.as_ref().map(|list| ["--worklist", list.as_str()]);
        let more = list.unwrap_or_default();
        let more: Vec<&str> = more.into_iter().filter(|word| !word.is_empty()).collect();
        let said = order(line, &[&[file.as_str()][..], &more].concat()).ended(0);
        let documents: Value = serde_json::from_str(&said.stdout).unwrap();
        assert_eq!(documents.as_array().map(Vec::len), Some(5));
        let sent = desk.write("doi-chieu.json", &said.stdout);
        order("check --lang en", &[&sent]).ended(0).says("ACCEPTED");
    }
}

#[test]
fn the_same_counts_come_as_a_table() {
    let desk = Desk::new();
    let file = desk.write("pairs.csv", pairs(&SOUND));
    let said = check(&file, &["--format", "csv"]).ended(0);
    let counted = |end: &str| said.stdout.lines().any(|line| line.ends_with(end));
    for end in [
        "outcome,same,,1",
        "outcome,differs,,1",
        "field,name,contradiction,1",
    ] {
        assert!(counted(end), "{end}: {}", said.stdout);
    }
}

#[test]
fn what_cannot_be_counted_is_said_by_its_place_in_both_languages() {
    let desk = Desk::new();
    let wrong = [SOUND[0], "s1-2,Kín,Vũ Kín,Vũ Kìn,,,,", ",found,Hồ Kín,,,,,"];
    let file = desk.write("pairs.csv", pairs(&wrong));
    let list = desk.write("worklist.csv", "what stood there");
    let english = check(&file, &["--worklist", &list, "--lang", "en"]).ended(3);
    assert_eq!(
        english.stdout,
        "line 3, column 2: one of these words is needed: found, not_found, unsure, not_compared\n\
         line 4, column 1: the pointer is missing\n"
    );
    check(&file, &["--lang", "vi"])
        .ended(3)
        .says("dòng 3, cột 2: cần một trong các từ")
        .says("dòng 4, cột 1: thiếu con trỏ");
    assert_eq!(fs::read_to_string(&list).unwrap(), "what stood there");
    assert!(!fs::exists(format!("{list}.part")).unwrap());
}

#[test]
fn a_file_with_a_thousand_wrong_rows_lists_some_and_counts_all() {
    let desk = Desk::new();
    let file = desk.write("pairs.csv", pairs(&vec![",found,Lê Kín,,,,,"; 1234]));
    let said = check(&file, &["--lang", "vi"]).ended(3);
    assert!(
        said.stdout.ends_with("tổng số lỗi: 1.234\n"),
        "{}",
        said.stdout
    );
    assert_eq!(said.stdout.lines().count(), 51);
}

#[test]
fn nobody_is_named_however_much_is_logged() {
    let desk = Desk::new();
    let wrong = ["s1-2,Kín,Vũ Kín,Vũ Kìn,,,,", "Kín,found,\"Hồ Kín\"x,,,,,"];
    for rows in [&SOUND[..], &wrong[..]] {
        let file = desk.write("pairs.csv", pairs(rows));
        check(
            &file,
            &["--log", "trace", "--worklist", &desk.path("list.csv")],
        );
    }
}

#[test]
fn a_file_that_is_no_file_of_pairs_is_refused_without_its_content() {
    let desk = Desk::new();
    for (name, bytes, reason) in [
        ("empty.csv", &b""[..], "the file has no content"),
        (
            "counts.csv",
            "Họ tên,Kín\nLê Kín,1\n".as_bytes(),
            "no header row was found",
        ),
        ("book.xlsx", b"PK\x03\x04K\xc3\xadn", "workbook"),
    ] {
        let file = desk.write(name, bytes);
        check(&file, &["--lang", "en"]).ended(3).says(reason);
    }
    check(&desk.path("none.csv"), &[]).refused(1, "none.csv");
}
