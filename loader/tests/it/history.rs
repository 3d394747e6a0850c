//! Comparison with earlier figures.

use loader::{History, Receipt, Sender, Severity, SourceFile, Verdict, intake};
use store::domain::{Language, Stage};

use crate::builders::{check, check_with, context, counts, day, places, sender};

const HEADER: &str = "Mã tỉnh,Ngày,Tổng số,Đã nhập,Đã chuyển,Ghi chú\n";

/// What the archive knows: Cao Bằng on 8 August, 1,000 in all, 600 entered, 500 transferred.
fn history() -> History {
    let earlier = check(&format!("{HEADER}04,08/08/2025,1000,600,500,\n"));
    let mut history = History::default();
    history.insert(day("2025-08-15"), counts(&earlier).to_vec());
    history
}

fn on_15_august(row: &str) -> Receipt {
    check_with(&format!("{HEADER}04,15/08/2025,{row}\n"), Some(&history()))
}

#[test]
fn growing_counts_raise_nothing() {
    let receipt = on_15_august("1000,650,500,");
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert!(receipt.findings.is_empty());
    assert!(receipt.not_checked.is_empty());
}

#[test]
fn lower_cumulative_count_needs_an_explanation() {
    let receipt = on_15_august("1000,550,500,");
    assert_eq!(receipt.verdict, Verdict::Queries);
    assert_eq!(places(&receipt), [("lowered", Some(2), Some(4))]);
    let finding = receipt.findings.first().unwrap();
    assert_eq!(
        finding.message.vi,
        "“Đã nhập” giảm 50: ngày 08/08/2025 là 600, nay là 550"
    );
    assert_eq!(
        finding.message.in_language(Language::En),
        "“Entered” fell by 50: 600 on 8 Aug 2025, now 550"
    );
    assert_eq!(receipt.submission(), None);
}

#[test]
fn a_note_in_the_row_explains_a_correction() {
    let receipt = on_15_august("900,550,500,kiểm kê lại");
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert_eq!(
        places(&receipt),
        [
            ("total-lowered", Some(2), Some(3)),
            ("lowered", Some(2), Some(4))
        ]
    );
    for finding in &receipt.findings {
        assert_eq!(finding.severity, Severity::Note);
        assert!(finding.message.vi.ends_with("đã giải trình: kiểm kê lại"));
    }
    let row = counts(&receipt).first().unwrap();
    assert_eq!(row.note.as_deref(), Some("kiểm kê lại"));
}

#[test]
fn an_explanation_of_the_file_answers_queries_but_not_errors() {
    let explained = Sender {
        explanation: Some(" đã rà soát ".to_owned()),
        ..sender()
    };
    let send = |row: &str| {
        let text = format!("{HEADER}04,15/08/2025,{row}\n");
        let file = SourceFile::new("test.csv", text.into_bytes());
        intake(file, &context(), Some(&history()), &explained)
    };
    let receipt = send("1000,550,500,");
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert_eq!(receipt.explanation.as_deref(), Some("đã rà soát"));
    assert_eq!(receipt.count(Severity::Query), 1);
    assert!(receipt.submission().is_some());
    assert_eq!(send("1000,550,700,").verdict, Verdict::Rejected);
}

#[test]
fn the_same_figures_again_are_noted() {
    let receipt = on_15_august("1000,600,500,");
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert_eq!(places(&receipt), [("same-as-before", Some(2), None)]);
}

#[test]
fn an_unreported_stage_is_not_a_fall_to_zero() {
    let receipt = on_15_august("1000,,-,");
    assert!(receipt.findings.is_empty());
    let row = counts(&receipt).first().unwrap();
    assert_eq!(row.counts.get(Stage::Entered), None);
    let receipt = on_15_august("1000,600,0,");
    assert_eq!(places(&receipt), [("lowered", Some(2), Some(5))]);
}

#[test]
fn a_zero_after_nothing_is_a_zero() {
    let receipt = check(&format!("{HEADER}04,15/08/2025,1000,0,,\n"));
    let row = counts(&receipt).first().unwrap();
    let entered = row.counts.get(Stage::Entered).unwrap();
    assert_eq!(entered.count.to_i64(), 0);
    assert_eq!(row.counts.get(Stage::Transferred), None);
}

#[test]
fn dates_of_one_file_are_compared_with_each_other() {
    let text = format!(
        "{HEADER}04,22/08/2025,1000,640,500,\n04,15/08/2025,1000,650,500,\n04,29/08/2025,1000,660,500,\n"
    );
    let receipt = check_with(&text, Some(&history()));
    assert_eq!(places(&receipt), [("lowered", Some(2), Some(4))]);
}

#[test]
fn what_was_not_compared_is_said() {
    let rules = |receipt: &Receipt| -> Vec<&str> {
        let not_checked = receipt.not_checked.iter();
        let rules = not_checked.flat_map(|each| &each.rules);
        rules.map(|rule| rule.key()).collect()
    };
    let change = ["lowered", "total-lowered", "same-as-before"];
    let offline = check(&format!("{HEADER}04,15/08/2025,1000,600,500,\n"));
    assert_eq!(rules(&offline), change);
    let unknown_before = check_with(
        &format!("{HEADER}11,15/08/2025,1000,600,500,\n"),
        Some(&history()),
    );
    assert_eq!(rules(&unknown_before), change);
    let reason = &unknown_before.not_checked.first().unwrap().reason.en;
    assert!(
        reason.ends_with("days before to compare with: 1"),
        "{reason}"
    );
}
