//! What officers write, as they write it: one test for each habit.

use std::fmt::Write as _;

use loader::{Severity, Verdict};
use store::domain::{Reported, Stage};

use crate::builders::{check, counts, places};

fn stage(text: &str, stage: Stage) -> Option<(i64, bool)> {
    let receipt = check(text);
    let row = counts(&receipt).first().unwrap().counts.get(stage);
    row.map(|Reported { count, approximate }| (count.to_i64(), approximate))
}

#[test]
fn a_serial_number_of_excel_is_read_as_its_day_and_said() {
    let receipt = check("Mã tỉnh,Ngày,Đã nhập\n04,45706,5\n");
    assert_eq!(counts(&receipt)[0].as_of.to_string(), "2025-02-18");
    assert_eq!(places(&receipt), [("date", Some(2), Some(2))]);
    assert_eq!(receipt.findings[0].severity, Severity::Note);
    // One of the year 2033 is a figure of the future as any other date.
    let receipt = check("Mã tỉnh,Ngày,Đã nhập\n04,48706,5\n");
    assert_eq!(places(&receipt), [("date-range", Some(2), Some(2))]);
}

#[test]
fn days_in_words_and_about_numbers_are_read() {
    let text = "Mã tỉnh;Ngày;Tổng số;Đã nhập;Đã chuyển;Đơn vị\n\
                01;ngày 18 tháng 02 năm 2025;trên 32 triệu;gần 12 triệu;x;Sở\n";
    assert_eq!(stage(text, Stage::Total), Some((32_000_000, true)));
    assert_eq!(stage(text, Stage::Entered), Some((12_000_000, true)));
    assert_eq!(stage(text, Stage::Transferred), None);
    assert_eq!(counts(&check(text))[0].as_of.to_string(), "2025-02-18");
}

#[test]
fn a_dash_an_x_and_nothing_are_no_zero() {
    for absent in ["", "-", "x", "X", "–"] {
        let text = format!("sep=;\nMã tỉnh;Ngày;Đã nhập;Đã chuyển\n04;30/06/2025;5;{absent}\n");
        assert_eq!(stage(&text, Stage::Transferred), None, "{absent}");
    }
    let text = "Mã tỉnh;Ngày;Đã nhập;Đã chuyển\n04;30/06/2025;5;0\n";
    assert_eq!(stage(text, Stage::Transferred), Some((0, false)));
}

#[test]
fn a_header_of_three_rows_is_read() {
    let text = "BÁO CÁO TUẦN\n\
                STT,Tỉnh,Ngày,Kết quả,,\n\
                ,,,Số hóa,,Chuyển\n\
                ,,,Đã quét,Đã nhập,Đã chuyển\n\
                1,Cao Bằng,30/06/2025,9,7,5\n";
    let receipt = check(text);
    let row = &counts(&receipt)[0];
    let given: Vec<i64> = row
        .counts
        .iter()
        .map(|(_, each)| each.count.to_i64())
        .collect();
    assert_eq!((row.line, given), (5, vec![9, 7, 5]));
}

#[test]
fn section_titles_with_figures_are_compared_with_the_rows_below_them() {
    let table = |first: u32, second: u32| {
        format!(
            "STT,Tỉnh,Ngày,Đã nhập,Đã chuyển\n\
             I,Miền Bắc,,{first},30\n\
             1,Cao Bằng,30/06/2025,50,10\n\
             2,Lạng Sơn,30/06/2025,60,20\n\
             II.,Miền Nam,,{second},1\n\
             1,Cà Mau,30/06/2025,70,1\n\
             ,Tổng cộng,,180,31\n"
        )
    };
    let receipt = check(&table(110, 70));
    assert_eq!(counts(&receipt).len(), 3);
    let noted = [
        ("total-row", Some(2), None),
        ("total-row", Some(5), None),
        ("total-row", Some(7), Some(2)),
    ];
    assert_eq!(places(&receipt), noted);
    let receipt = check(&table(111, 71));
    let differs: Vec<_> = places(&receipt)
        .into_iter()
        .filter(|(rule, ..)| *rule == "total-row-sum")
        .collect();
    assert_eq!(
        differs,
        [
            ("total-row-sum", Some(2), Some(4)),
            ("total-row-sum", Some(5), Some(4))
        ]
    );
    assert_eq!(receipt.verdict, Verdict::Accepted);
}

#[test]
fn a_numeral_before_a_province_is_only_its_number() {
    let receipt =
        check("STT,Tỉnh,Ngày,Đã nhập\nI,Cao Bằng,30/06/2025,5\nII,Lạng Sơn,30/06/2025,6\n");
    assert_eq!(counts(&receipt).len(), 2);
    assert!(receipt.findings.is_empty());
}

#[test]
fn a_subtotal_adds_up_the_rows_since_the_one_before() {
    let text = "Mã tỉnh,Tỉnh,Ngày,Đã nhập\n\
                04,Cao Bằng,30/06/2025,50\n\
                20,Lạng Sơn,30/06/2025,60\n\
                ,Cộng,,110\n\
                96,Cà Mau,30/06/2025,70\n\
                ,Cộng,,71\n";
    let receipt = check(text);
    let differs: Vec<_> = places(&receipt)
        .into_iter()
        .filter(|(rule, ..)| *rule == "total-row-sum")
        .collect();
    assert_eq!(differs, [("total-row-sum", Some(6), Some(4))]);
}

#[test]
fn weeks_inside_a_file_are_compared_without_an_archive() {
    let text = "Mã tỉnh,Ngày,Tổng số,Đã nhập,Đã chuyển\n\
                04,06/06/2025,500001,300007,200003\n\
                04,20/06/2025,500001,310007,200001\n\
                04,13/06/2025,500001,305007,200005\n";
    let receipt = check(text);
    assert_eq!(places(&receipt), [("lowered", Some(3), Some(5))]);
    assert_eq!(receipt.verdict, Verdict::Queries);
    let same = "Mã tỉnh,Ngày,Tổng số,Đã nhập,Đã chuyển\n\
                04,06/06/2025,500001,300007,200003\n\
                04,13/06/2025,500001,300007,200003\n\
                04,20/06/2025,500001,300007,200003\n";
    let receipt = check(same);
    let rules: Vec<_> = places(&receipt)
        .into_iter()
        .map(|(rule, line, _)| (rule, line))
        .collect();
    assert_eq!(rules, [("same-as-before", Some(3)), ("repeated", Some(4))]);
}

#[test]
fn more_places_than_a_receipt_lists_are_counted_and_said() {
    let mut text = "Mã tỉnh,Đơn vị,Ngày,Đã nhập\n".to_owned();
    for row in 0..10_003 {
        writeln!(text, "04,Xã {row},30/06/2025,abc").unwrap();
    }
    let receipt = check(&text);
    assert_eq!(receipt.findings.len(), 10_000);
    assert_eq!(receipt.count(Severity::Error), 10_003);
    let unlisted: Vec<_> = receipt
        .unlisted()
        .into_iter()
        .map(|((_, rule), places)| (rule.key(), places))
        .collect();
    assert_eq!(unlisted, [("number", 3)]);
    let vi = loader::output::receipt_text(&receipt, store::domain::Language::Vi);
    assert!(vi.contains("chỉ liệt kê 10.000 chỗ đầu tiên; còn 3 chỗ cùng loại đã được đếm"));
    let json = loader::output::receipt_json(&receipt);
    assert!(json.contains(r#""unlisted":[{"severity":"error","rule":"number","places":3}]"#));
}

#[test]
fn the_long_form_has_a_row_a_stage() {
    let text = "province_code,as_of,record_type,stage,value,note\n\
                04,2025-06-30,birth,total,900,\n\
                04,2025-06-30,birth,Đã nhập,70,\n\
                04,2025-06-30,death,total,800,\n\
                04,2025-06-30,birth,transferred,gần 50,chậm\n";
    let receipt = check(text);
    let rows = counts(&receipt);
    let of = |row: usize| {
        let given = rows[row].counts.iter();
        given
            .map(|(stage, each)| (stage.key(), each.count.to_i64()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(0),
        [("total", 900), ("entered", 70), ("transferred", 50)]
    );
    assert_eq!(of(1), [("total", 800)]);
    assert_eq!(
        (rows[0].line, rows[0].note.as_deref(), rows.len()),
        (2, Some("chậm"), 2)
    );
    let wrong = "Mã tỉnh,Ngày,Khâu,Số lượng\n\
                 04,30/06/2025,Tổng số,500001\n\
                 04,30/06/2025,Đã nhập,500002\n\
                 04,30/06/2025,Đã nhập,500003\n\
                 04,30/06/2025,Đã in,5\n";
    let receipt = check(wrong);
    let expected = [
        ("stage-order", Some(2), None),
        ("duplicate-row", Some(4), None),
        ("word", Some(5), Some(3)),
    ];
    assert_eq!(places(&receipt), expected);
}
