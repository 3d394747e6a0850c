//! Comparison with earlier figures.

use loader::{
    Answers, History, Receipt, Rule, Sender, Severity, SourceFile, Verdict, commit, intake, judge,
    parse,
};
use store::domain::{Language, Stage};
use store::testing::{moment, sqlite};

use crate::builders::{check, check_with, context, counts, places, sender};

const HEADER: &str = "Mã tỉnh,Ngày,Tổng số,Đã nhập,Đã chuyển,Ghi chú\n";

/// What the archive knows: Cao Bằng on 8 August, 500,001 in all, 300,000 entered, 250,000 transferred.
fn history() -> History {
    let earlier = check(&format!("{HEADER}04,08/08/2025,500001,300000,250000,\n"));
    let mut history = History::default();
    history.insert(counts(&earlier).to_vec());
    history
}

fn on_15_august(row: &str) -> Receipt {
    check_with(&format!("{HEADER}04,15/08/2025,{row}\n"), Some(&history()))
}

#[test]
fn growing_counts_raise_nothing() {
    let receipt = on_15_august("500001,325000,250000,");
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert!(receipt.findings.is_empty());
    let not_checked = receipt.not_checked.iter();
    let reasons: Vec<&str> = not_checked.map(|each| each.reason.en.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "rows without six weeks of growth in the 26 weeks before, so that their pace is not known: 1"
        ]
    );
}

#[test]
fn lower_cumulative_count_needs_an_explanation() {
    let receipt = on_15_august("500001,275000,250000,");
    assert_eq!(receipt.verdict, Verdict::Queries);
    assert_eq!(places(&receipt), [("lowered", Some(2), Some(4))]);
    let finding = receipt.findings.first().unwrap();
    assert_eq!(
        finding.message.vi,
        "“Đã nhập” giảm 25.000: ngày 08/08/2025 là 300.000, nay là 275.000"
    );
    assert_eq!(
        finding.message.in_language(Language::En),
        "“Entered” fell by 25,000: 300,000 on 8 Aug 2025, now 275,000"
    );
    assert_eq!(receipt.submission(), None);
}

#[test]
fn a_note_in_the_row_explains_a_correction() {
    let receipt = on_15_august("450000,275000,250000,kiểm kê lại");
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
        answers: Answers::to_all(Some(" đã rà soát ".to_owned())),
        ..sender()
    };
    let send = |row: &str| {
        let text = format!("{HEADER}04,15/08/2025,{row}\n");
        let file = SourceFile::new("test.csv", text.into_bytes());
        intake(file, &context(), Some(&history()), &explained)
    };
    let receipt = send("500001,275000,250000,");
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert_eq!(receipt.explanation.as_deref(), Some("đã rà soát"));
    assert_eq!(receipt.count(Severity::Query), 1);
    assert!(receipt.submission().is_some());
    assert_eq!(send("500001,275000,350000,").verdict, Verdict::Rejected);
}

#[test]
fn the_same_figures_again_are_noted() {
    let receipt = on_15_august("500001,300000,250000,");
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert_eq!(places(&receipt), [("same-as-before", Some(2), None)]);
}

#[test]
fn an_unreported_stage_is_not_a_fall_to_zero() {
    let receipt = on_15_august("500001,,-,");
    assert!(receipt.findings.is_empty());
    let row = counts(&receipt).first().unwrap();
    assert_eq!(row.counts.get(Stage::Entered), None);
    let receipt = on_15_august("500001,300000,0,");
    assert_eq!(places(&receipt), [("lowered", Some(2), Some(5))]);
}

#[test]
fn a_zero_after_nothing_is_a_zero() {
    let receipt = check(&format!("{HEADER}04,15/08/2025,500001,0,,\n"));
    let row = counts(&receipt).first().unwrap();
    let entered = row.counts.get(Stage::Entered).unwrap();
    assert_eq!(entered.count.to_i64(), 0);
    assert_eq!(row.counts.get(Stage::Transferred), None);
}

#[test]
fn dates_of_one_file_are_compared_with_each_other() {
    let text = format!(
        "{HEADER}04,22/08/2025,500001,320000,250000,\n04,15/08/2025,500001,325000,250000,\n04,29/08/2025,500001,330000,250000,\n"
    );
    let receipt = check_with(&text, Some(&history()));
    assert_eq!(places(&receipt), [("lowered", Some(2), Some(4))]);
}

#[test]
fn a_stage_that_was_left_out_for_a_week_is_compared_with_the_week_before() {
    let text =
        format!("{HEADER}04,15/08/2025,500001,,250000,\n04,22/08/2025,500001,299999,250001,\n");
    let receipt = check_with(&text, Some(&history()));
    assert_eq!(places(&receipt), [("lowered", Some(3), Some(4))]);
    assert_eq!(
        receipt.findings.first().unwrap().message.en,
        "“Entered” fell by 1: 300,000 on 8 Aug 2025, now 299,999"
    );
}

#[test]
fn what_was_not_compared_is_said() {
    let rules = |receipt: &Receipt| -> Vec<&str> {
        let not_checked = receipt.not_checked.iter();
        let rules = not_checked.flat_map(|each| &each.rules);
        rules.map(|rule| rule.key()).collect()
    };
    let change = [
        "lowered",
        "total-lowered",
        "same-as-before",
        "total-raised",
        "jump",
        "repeated",
        "renamed-week",
    ];
    let offline = check(&format!("{HEADER}04,15/08/2025,500001,300000,250000,\n"));
    let archive = ["already-known", "other-unit"];
    assert_eq!(rules(&offline), [&change[..], &archive].concat());
    let unknown_before = check_with(
        &format!("{HEADER}11,15/08/2025,500001,300000,250000,\n"),
        Some(&history()),
    );
    assert_eq!(rules(&unknown_before), change);
    let reason = &unknown_before.not_checked.first().unwrap().reason.en;
    assert_eq!(
        reason,
        "rows without any earlier figures to compare with: 1"
    );
}

#[test]
fn the_first_report_of_a_merged_unit_is_compared_with_the_sum_of_its_members() {
    let mut history = History::default();
    for file in [
        "10,27/06/2025,500123,400456,300789,\n",
        "15,20/06/2025,700321,600654,490987,\n15,27/06/2025,700321,600754,500987,\n",
    ] {
        history.insert(counts(&check(&format!("{HEADER}{file}"))).to_vec());
    }
    let merged = |row: &str| check_with(&format!("{HEADER}15,{row}\n"), Some(&history));
    let grown = merged("04/07/2025,1200555,1001777,801776,");
    assert_eq!(grown.verdict, Verdict::Accepted, "{:?}", grown.findings);
    let fallen = merged("04/07/2025,1200555,1001777,801775,");
    assert_eq!(places(&fallen), [("lowered", Some(2), Some(5))]);
    let finding = fallen.findings.first().unwrap();
    assert_eq!(
        finding.message.en,
        "“Transferred” fell by 1: 801,776 on 27 Jun 2025, now 801,775 (against the sum of the provinces merged into it)"
    );
    let late = merged("27/08/2025,1200555,1001777,801775,");
    assert_eq!(places(&late), [("lowered", Some(2), Some(5))]);
}

#[test]
fn a_fall_is_asked_about_however_long_ago_the_last_report_was() {
    let database = sqlite();
    let store = database.store();
    let first = check(&format!(
        "{HEADER}04,10/01/2023,500001,300000,250000,\n04,10/01/2024,500001,300000,250001,\n"
    ));
    commit(&store, &first, moment("2024-01-11T02:00:00Z")).unwrap();
    let send = |text: &str| {
        let file = SourceFile::new("test.csv", format!("{HEADER}{text}").into_bytes());
        let parsed = parse(file, &context());
        let history = History::read(&store, &parsed).unwrap();
        judge(parsed, Some(&history), &sender())
    };
    let fallen = send("04,15/08/2025,500001,300000,250000,\n");
    assert_eq!(places(&fallen), [("lowered", Some(2), Some(5))]);
    let finding = fallen.findings.first().unwrap();
    assert_eq!(
        finding.message.en,
        "“Transferred” fell by 1: 250,001 on 10 Jan 2024, now 250,000"
    );
    let not_checked = fallen.not_checked.first().unwrap();
    assert!(!not_checked.rules.contains(&Rule::Lowered));
    assert_eq!(
        not_checked.reason.en,
        "rows that were only looked at for falls, for the unit has no figures of the 60 days before: 1"
    );
    // The second row is compared with the first, and nothing is said of it twice.
    let two = "04,08/08/2025,500001,300000,250001,\n04,15/08/2025,500001,300000,250000,\n";
    assert_eq!(places(&send(two)), [("lowered", Some(3), Some(5))]);
    assert_eq!(
        send("11,15/08/2025,500001,300000,250000,\n").verdict,
        Verdict::Accepted
    );
}

#[test]
fn a_stage_that_was_long_left_out_is_compared_with_what_was_given_last() {
    let database = sqlite();
    let store = database.store();
    // Transferred was given last in January 2024; the other stages until a week before.
    let known = check(&format!(
        "{HEADER}04,10/01/2023,500001,300000,250000,\n04,10/01/2024,500001,300000,250001,\n\
         04,09/05/2025,500001,300001,,\n04,16/05/2025,500001,300002,,\n"
    ));
    commit(&store, &known, moment("2025-05-16T02:00:00Z")).unwrap();
    let send = |text: &str| {
        let file = SourceFile::new("test.csv", format!("{HEADER}{text}").into_bytes());
        let parsed = parse(file, &context());
        let history = History::read(&store, &parsed).unwrap();
        judge(parsed, Some(&history), &sender())
    };
    let fallen = |receipt: &Receipt| -> Vec<(Option<u64>, String)> {
        let findings = receipt.findings.iter();
        let fallen = findings.filter(|finding| finding.rule == Rule::Lowered);
        fallen
            .map(|finding| (finding.line, finding.message.en.clone()))
            .collect()
    };
    let message = "“Transferred” fell by 1: 250,001 on 10 Jan 2024, now 250,000";
    let receipt = send("04,23/05/2025,500001,310000,250000,\n");
    assert_eq!(fallen(&receipt), [(Some(2), message.to_owned())]);
    // The same where an earlier row of the file leaves it out as well.
    let receipt = send("04,23/05/2025,500001,310000,,\n04,30/05/2025,500001,320000,250000,\n");
    assert_eq!(fallen(&receipt), [(Some(3), message.to_owned())]);
    assert_eq!(fallen(&send("04,23/05/2025,500001,310000,250001,\n")), []);
}
