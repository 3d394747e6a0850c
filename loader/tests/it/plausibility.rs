//! What is possible but unlikely: jumps, standstills, round numbers, figures of somebody else.

use chrono::{Days, NaiveDate};
use loader::{History, Receipt, Severity, SourceFile, Verdict, commit, intake, judge, parse};
use store::domain::CountRow;
use store::testing::{moment, sqlite};

use crate::builders::{check, check_with, context, counts, day, places, sender};

const HEADER: &str = "Mã tỉnh,Ngày,Tổng số,Đã nhập,Đã chuyển,Ghi chú\n";

/// Cao Bằng with 500,001 records, by weeks before 29 August 2025: entered grows 5,000 a week and transferred 4,000.
fn steady(weeks: std::ops::RangeInclusive<u64>) -> History {
    let rows = weeks.rev().map(|ago| {
        let on = weeks_before(ago).format("%d/%m/%Y");
        let (entered, transferred) = (300_007 - 5000 * ago, 200_003 - 4000 * ago);
        format!("04,{on},500001,{entered},{transferred},\n")
    });
    known(&rows.collect::<String>())
}

fn weeks_before(ago: u64) -> NaiveDate {
    day("2025-08-29") - Days::new(7 * ago)
}

fn known(rows: &str) -> History {
    let mut history = History::default();
    history.insert(rows_of(rows));
    history
}

fn rows_of(rows: &str) -> Vec<CountRow> {
    counts(&check(&format!("{HEADER}{rows}"))).to_vec()
}

fn on_29_august(row: &str, history: &History) -> Receipt {
    check_with(&format!("{HEADER}04,29/08/2025,{row}\n"), Some(history))
}

fn only(receipt: &Receipt) -> (&str, Severity, &str) {
    assert_eq!(receipt.findings.len(), 1, "{:#?}", receipt.findings);
    let finding = &receipt.findings[0];
    (finding.rule.key(), finding.severity, &finding.message.en)
}

#[test]
fn usual_growth_raises_nothing_and_ten_times_as_much_is_asked() {
    // No campaign of Cao Bằng or the nation touches the week of 3 October 2025; the history ends five weeks before.
    let history = steady(0..=8);
    let on = |row: &str| {
        let text = format!("{HEADER}04,03/10/2025,{row}\n");
        let file = SourceFile::new("test.csv", text.into_bytes());
        let context = loader::Context::embedded(day("2025-10-06"));
        intake(file, &context, Some(&history), &sender())
    };
    assert!(on("500001,325007,220003,").findings.is_empty());
    // 125,000 in five weeks are 25,000 a week, five times the largest of 5,000: just not a jump.
    assert!(on("500001,425007,220003,").findings.is_empty());
    let receipt = on("500001,425012,220003,");
    assert_eq!(
        only(&receipt),
        (
            "jump",
            Severity::Query,
            "“Entered” grew by 25,001 a week, where the 26 weeks before usually saw 5,000"
        )
    );
    assert_eq!(places(&receipt), [("jump", Some(2), Some(4))]);
    let explained = on("500001,425012,220003,huyện nộp bù số liệu");
    assert_eq!(explained.verdict, Verdict::Accepted);
    assert_eq!(only(&explained).1, Severity::Note);
}

#[test]
fn a_campaign_explains_six_times_a_jump_and_no_more() {
    // The nation's 90 days of cleaning marriage data end on 31 August 2025.
    let history = steady(1..=8);
    let receipt = on_29_august("500001,445007,200003,", &history);
    let (rule, severity, message) = only(&receipt);
    assert_eq!((rule, severity), ("jump", Severity::Note));
    assert!(message.contains("; there is a campaign: "), "{message}");
    // 25,000 a week is the limit: 150,000 is six times as much.
    let receipt = on_29_august("500001,445008,200003,", &history);
    assert_eq!(receipt.verdict, Verdict::Queries);
}

#[test]
fn with_fewer_than_six_weeks_of_growth_nothing_is_said_about_jumps_and_that_is_said() {
    let receipt = on_29_august("500001,450007,200003,", &steady(1..=6));
    assert!(receipt.findings.is_empty());
    let rules: Vec<&str> = receipt.not_checked[0]
        .rules
        .iter()
        .map(|r| r.key())
        .collect();
    assert_eq!(rules, ["jump"]);
}

#[test]
fn a_total_that_grows_by_more_than_half_is_asked_about() {
    let history = known("04,22/08/2025,400001,300007,200003,\n");
    let rules = |total: &str| {
        let receipt = on_29_august(&format!("{total},300008,200003,"), &history);
        let found = places(&receipt).into_iter();
        found.map(|(rule, ..)| rule.to_owned()).collect::<Vec<_>>()
    };
    assert!(rules("600001").is_empty());
    assert_eq!(rules("600002"), ["total-raised"]);
}

#[test]
fn the_third_report_in_a_row_without_change_is_asked_about() {
    let same = "500001,300007,200003";
    let two = format!("04,15/08/2025,{same},\n04,22/08/2025,{same},\n");
    let receipt = on_29_august(&format!("{same},"), &known(&two));
    assert_eq!(receipt.verdict, Verdict::Queries);
    assert_eq!(
        only(&receipt),
        (
            "repeated",
            Severity::Query,
            "the figures have stayed the same for 3 reports in a row, since 15 Aug 2025"
        )
    );
    let explained = on_29_august(&format!("{same},chờ máy quét"), &known(&two));
    assert_eq!(only(&explained).1, Severity::Note);
    let one = format!("04,22/08/2025,{same},\n");
    let receipt = on_29_august(&format!("{same},"), &known(&one));
    assert_eq!(only(&receipt).0, "same-as-before");
    assert_eq!(receipt.verdict, Verdict::Accepted);
}

#[test]
fn work_that_is_done_or_not_begun_may_stand_still() {
    for same in ["500001,500001,500001", "500001,0,0", "500001,-,"] {
        let two = format!("04,15/08/2025,{same},\n04,22/08/2025,{same},\n");
        let receipt = on_29_august(&format!("{same},"), &known(&two));
        assert_eq!(receipt.verdict, Verdict::Accepted, "{same}");
    }
}

#[test]
fn a_report_of_several_rows_is_asked_about_when_only_its_date_is_new() {
    const TYPES: &str = "Mã tỉnh,Ngày,Loại việc,Tổng số,Đã nhập,Đã chuyển\n";
    let rows = |on: &str, births: u32| {
        format!(
            "{TYPES}04,{on},Khai sinh,250123,{births},90111\n04,{on},Kết hôn,90777,50123,40111\n\
             04,{on},Khai tử,60321,40123,30111\n"
        )
    };
    let mut history = History::default();
    history.insert(counts(&check(&rows("22/08/2025", 100_123))).to_vec());
    let receipt = check_with(&rows("29/08/2025", 100_123), Some(&history));
    assert_eq!(receipt.verdict, Verdict::Queries);
    assert_eq!(
        places(&receipt),
        [
            ("renamed-week", Some(2), None),
            ("same-as-before", Some(3), None),
            ("same-as-before", Some(4), None)
        ]
    );
    let receipt = check_with(&rows("29/08/2025", 100_124), Some(&history));
    assert_eq!(receipt.verdict, Verdict::Accepted);
}

#[test]
fn figures_that_stand_already_are_noted_under_any_name() {
    let history = known("04,29/08/2025,500001,300007,200003,\n");
    let receipt = on_29_august("500001,300007,,", &history);
    assert_eq!(only(&receipt).0, "already-known");
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert!(
        on_29_august("500001,300008,,", &history)
            .findings
            .is_empty()
    );
}

#[test]
fn a_file_with_another_provinces_figures_is_asked_about() {
    let database = sqlite();
    let store = database.store();
    let now = moment("2025-09-01T02:00:00Z");
    let other = check(&format!("{HEADER}11,22/08/2025,500001,300007,200003,\n"));
    commit(&store, &other, now).unwrap();
    let send = |row: &str| {
        let text = format!("{HEADER}{row}\n");
        let parsed = parse(SourceFile::new("test.csv", text.into_bytes()), &context());
        let history = History::read(&store, &parsed).unwrap();
        judge(parsed, Some(&history), &sender())
    };
    let receipt = send("04,29/08/2025,500001,300007,200003,");
    assert_eq!(
        only(&receipt),
        (
            "other-unit",
            Severity::Query,
            "every figure is that of Dien Bien on 22 Aug 2025"
        )
    );
    assert!(
        send("04,29/08/2025,500001,300008,200003,")
            .findings
            .is_empty()
    );
    let own = send("11,29/08/2025,500001,300007,200003,");
    assert_eq!(only(&own).0, "same-as-before");
}

#[test]
fn a_province_that_was_not_merged_goes_on_with_its_own_figures() {
    // Cao Bằng is p04 until 30 June 2025 and q04 afterwards.
    let database = sqlite();
    let store = database.store();
    let row = "500001,300007,200003,";
    let before = check(&format!("{HEADER}04,27/06/2025,{row}\n"));
    commit(&store, &before, moment("2025-06-30T02:00:00Z")).unwrap();
    let text = format!("{HEADER}04,04/07/2025,{row}\n");
    let parsed = parse(SourceFile::new("test.csv", text.into_bytes()), &context());
    let history = History::read(&store, &parsed).unwrap();
    let receipt = judge(parsed, Some(&history), &sender());
    assert!(receipt.findings.is_empty(), "{:#?}", receipt.findings);
}

#[test]
fn round_numbers_are_noted_in_a_row_and_asked_about_in_a_whole_file() {
    const STAGES: &str = "Mã tỉnh,Ngày,Tổng số,Đã quét,Đã nhập,Đã chuyển\n";
    let one = format!("{STAGES}04,29/08/2025,500000,400000,300000,200000\n");
    let receipt = check(&one);
    assert_eq!(
        (only(&receipt).0, only(&receipt).1),
        ("round-numbers", Severity::Note)
    );
    let two = format!("{one}11,29/08/2025,600000,400000,300000,200000\n");
    let receipt = check(&two);
    assert_eq!(
        (only(&receipt).0, only(&receipt).1),
        ("round-numbers", Severity::Query)
    );
    let marked = one.replace("300000", "khoảng 300000");
    assert!(check(&marked).findings.is_empty());
    assert!(check(&one.replace("400000", "400001")).findings.is_empty());
}

#[test]
fn a_total_outside_what_inhabitants_bring_is_asked_about_once() {
    // Cao Bằng had 530,341 inhabitants: 159,103 to 848,545 records.
    let rules = |total: &str, history: &History| {
        let receipt = on_29_august(&format!("{total},100007,90003,"), history);
        let found = places(&receipt).into_iter();
        found.map(|(rule, ..)| rule.to_owned()).collect::<Vec<_>>()
    };
    let none = History::default();
    for (total, asked) in [
        ("159102", true),
        ("159103", false),
        ("848545", false),
        ("848546", true),
    ] {
        assert_eq!(
            rules(total, &none),
            vec!["inhabitants"; usize::from(asked)],
            "{total}"
        );
    }
    let message = check(&format!("{HEADER}04,29/08/2025,1000,600,500,\n"));
    assert_eq!(
        only(&message).2,
        "a total of 1,000 for the 530,341 inhabitants of Cao Bang (census of 2019): not between 0.3 \
         and 1.6 records each"
    );
    let mut history = History::default();
    let births = check("Mã tỉnh,Ngày,Loại việc,Tổng số\n04,22/08/2025,Khai sinh,848546\n");
    assert!(births.findings.is_empty());
    let as_all = counts(&births).iter().map(|row| CountRow {
        record_type: store::domain::RecordType::All,
        ..row.clone()
    });
    history.insert(as_all.collect());
    assert!(rules("848546", &history).is_empty());
}

#[test]
fn what_was_done_before_and_in_the_period_makes_a_cumulative_count() {
    let period = |before: &str, within: &str| {
        let text = format!(
            "Mã tỉnh,Ngày,Tổng số,Đã nhập,Đã chuyển,Kỳ trước,Phát sinh trong tuần\n\
             04,29/08/2025,500001,300007,200003,{before},{within}\n"
        );
        check(&text)
    };
    for (before, within) in [
        ("295000", "5007"),
        ("196003", "4000"),
        ("", "4000"),
        ("-", ""),
    ] {
        assert!(
            period(before, within).findings.is_empty(),
            "{before} {within}"
        );
    }
    let receipt = period("196003", "4001");
    assert_eq!(
        only(&receipt),
        (
            "period-check",
            Severity::Query,
            "196,003 + 4,001 = 200,004, which is none of the cumulative counts: “Entered” 300,007, \
             “Transferred” 200,003"
        )
    );
    assert_eq!(places(&receipt), [("period-check", Some(2), Some(7))]);
    assert_eq!(period("abc", "4000").verdict, Verdict::Rejected);
}

#[test]
fn a_date_that_only_fits_with_the_month_first_is_asked_about() {
    // Today is 1 September 2025. 08/09/2025 would be in the future; 9 August is 23 days ago.
    let dated = |date: &str| check(&format!("{HEADER}04,{date},500001,300007,200003,\n"));
    let receipt = dated("8/5/2025");
    assert_eq!(
        only(&receipt),
        (
            "date-order",
            Severity::Query,
            "read as 8 May 2025; with the month first it would be 5 Aug 2025, in the period just past"
        )
    );
    assert!(receipt.findings[0].fix.vi.contains("05/08/2025"));
    for clear in [
        "2025-05-08",
        "08/08/2025",
        "29/05/2025",
        "7/5/2025",
        "ngày 8 tháng 5 năm 2025",
    ] {
        assert!(dated(clear).findings.is_empty(), "{clear}");
    }
    let two = check(&format!(
        "{HEADER}04,08/05/2025,500001,300007,200003,\n04,08/08/2025,500001,300008,200003,\n"
    ));
    assert!(two.findings.is_empty(), "{:#?}", two.findings);
}
