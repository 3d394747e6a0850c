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

#[test]
fn one_sign_before_three_digits_is_asked_about_where_the_column_groups_otherwise() {
    const HEADER: &str = "Mã tỉnh;Ngày;Tổng số;Đã nhập;Đã chuyển\n";
    let asked = |rows: [&str; 2]| -> Vec<(Option<u64>, Option<u64>)> {
        let [first, second] = rows;
        let text = format!("{HEADER}04;30/06/2025;{first}\n11;30/06/2025;{second}\n");
        let receipt = check(&text);
        let findings = receipt.findings.iter();
        let asked = findings.filter(|finding| finding.rule.key() == "grouping");
        let asked = asked.inspect(|finding| assert_eq!(finding.severity, Severity::Query));
        asked
            .map(|finding| (finding.line, finding.column))
            .collect()
    };
    // 1.234 saved where the comma is the decimal sign, beside numbers that are not grouped, and beside those grouped by points.
    assert_eq!(
        asked(["500001;5678;400", "500002;1,234;300"]),
        [(Some(3), Some(4))]
    );
    assert_eq!(
        asked(["500.001;1.234.567;400", "500.002;1,234;300"]),
        [(Some(3), Some(4))]
    );
    assert_eq!(
        asked(["500001;1,234;5678", "500002;5678;1,234"]),
        [(Some(2), Some(4)), (Some(3), Some(5))]
    );
    assert_eq!(asked(["500001;5678;400", "5678;1.234;300"]), []);
    // Grouped throughout, or with nothing beside them that says otherwise.
    for rows in [
        ["500.001;12.345;400", "500.002;1.234;300"],
        ["1.500.001;12.345;1.234", "500.002;9.876;300"],
        ["500,001;1,234;999", "500,002;1,234;1"],
        ["1 500 001;12 345;1 234", "500 002;9 876;300"],
        // Four digits together beside longer numbers that are grouped, as many write them.
        ["203.584;53.268;2088", "9.142;7.439;514"],
        ["203.584;2088;1.234", "9142;7.439;514"],
    ] {
        assert_eq!(asked(rows), [], "{rows:?}");
    }
    let long =
        "Mã tỉnh;Ngày;Khâu;Giá trị\n04;30/06/2025;Đã nhập;5678\n04;30/06/2025;Đã chuyển;1,234\n";
    assert_eq!(places(&check(long)), [("grouping", Some(3), Some(4))]);
}

#[test]
fn a_single_number_says_little_about_how_a_column_is_grouped() {
    let asked = |entered: [&str; 5]| {
        let rows: String = (1..)
            .zip(entered)
            .map(|(number, entered)| format!("04,Xã {number},30/06/2025,7001,\"{entered}\",401\n"))
            .collect();
        let header = "Mã tỉnh,Đơn vị,Ngày,Tổng số,Đã nhập,Đã chuyển\n";
        let receipt = check(&format!("{header}{rows}"));
        receipt
            .findings
            .iter()
            .map(|finding| (finding.rule.key(), finding.line.unwrap()))
            .collect::<Vec<_>>()
    };
    let fraction = ["5001", "5002", "4.321", "5004", "5005"];
    assert_eq!(asked(fraction), [("grouping", 4)]);
    assert_eq!(asked(["5,001", "5,002", "4321", "5,004", "5,005"]), []);
    assert_eq!(asked(["5.001", "5.002", "4321", "5.004", "5.005"]), []);
}

#[test]
fn a_week_in_place_of_a_day_is_answered_with_its_last_day() {
    let fix = |day: &str| {
        let receipt = check(&format!("Mã tỉnh,Ngày,Đã nhập\n04,{day},5\n"));
        assert_eq!(places(&receipt), [("date", Some(2), Some(2))]);
        let finding = receipt.findings.first().unwrap();
        assert_eq!(finding.message.vi, "đây là tuần, không phải ngày");
        finding.fix.vi.clone()
    };
    let answer = "ghi ngày chốt số liệu; nếu là ngày cuối của tuần đó thì ghi 23/02/2025";
    assert_eq!(fix("Tuần 8/2025"), answer);
    assert_eq!(fix("2025-W08"), answer);
    assert!(fix("tuần 8").starts_with("ghi ngày/tháng/năm"));
}

#[test]
fn a_failed_formula_is_called_one() {
    for error in ["#REF!", "#N/A", "Err:502"] {
        let receipt = check(&format!("Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,{error}\n"));
        let finding = receipt.findings.first().unwrap();
        assert_eq!(
            finding.message.en,
            "the formula in the cell failed, so the cell has no number"
        );
        assert_eq!(finding.column, Some(3));
    }
}

#[test]
fn units_are_read_as_offices_and_spreadsheets_write_them_after_the_merger() {
    let header = "Mã tỉnh,Tỉnh,Ngày,Đã nhập\n";
    let receipt = check(&format!(
        "{header}38.0,Thanh Hóa (tỉnh),04/07/2025,5\n1.0,,04/07/2025,7\n,Tỉnh Quảng Trị cũ,27/06/2025,5\n,Quảng Trị mới,04/07/2025,5\n"
    ));
    let units: Vec<&str> = counts(&receipt)
        .iter()
        .map(|row| row.unit.as_str())
        .collect();
    assert_eq!(units, ["q38", "q01", "p45", "q44"]);
    assert!(receipt.findings.is_empty(), "{:?}", receipt.findings);
    // After the merger the former province can no longer report.
    let receipt = check(&format!("{header},Tỉnh Quảng Trị cũ,04/07/2025,5\n"));
    assert_eq!(places(&receipt), [("unit-other-date", Some(2), Some(2))]);
    let fix = &receipt.findings.first().unwrap().fix.en;
    assert!(fix.starts_with("write Quang Tri (code 44) if"), "{fix}");
}
