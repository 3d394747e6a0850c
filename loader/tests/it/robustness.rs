//! Whatever the bytes are, the answer is a receipt; and a receipt that is followed leads to an accepted file.

use loader::output::{receipt_csv, receipt_json, receipt_text};
use loader::{Receipt, SourceFile, Verdict, intake};
use proptest::prelude::*;
use store::domain::{Content, Language};

use crate::builders::{check, context, counts, data_folder, sender};

fn check_bytes(bytes: Vec<u8>) -> Receipt {
    intake(
        SourceFile::new("test.csv", bytes),
        &context(),
        None,
        &sender(),
    )
}

#[test]
fn hostile_files_give_a_receipt() {
    let folder = data_folder().join("fixtures/hostile");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
    assert!(files.len() >= 3);
    for file in files {
        let path = file.unwrap().path();
        let receipt = check_bytes(std::fs::read(&path).unwrap());
        assert_eq!(receipt.verdict, Verdict::Rejected, "{}", path.display());
        assert!(!receipt_text(&receipt, Language::Vi).is_empty());
    }
}

/// Cells that reach every parser, with values that nearly fit.
fn cell() -> impl Strategy<Value = String> {
    let words = [
        "",
        "0",
        "15",
        "1.234",
        "44,5%",
        "-7",
        "x",
        "30/06/2025",
        "2025-W09",
        "Yên Bái",
        "Lào Cai",
        "Khai sinh",
        "NĐ 87",
        "Sổ",
        "Tổng cộng",
        "trên 3 triệu",
        "\"",
        "\"a\nb\"",
        "vn",
        "trước phê duyệt",
        "99999999999999999999",
        "ngày 1 tháng 2 năm",
        "9e9",
        "1/2/3",
        "(1)",
        "\u{1f600}",
        "e\u{301}\u{302}",
        "١٢٣",
    ];
    prop_oneof![
        4 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

fn header() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Mã tỉnh,Tỉnh,Ngày,Loại việc,Đã nhập,Còn lại,Tỷ lệ,Ghi chú",
        "Tỉnh,Tuần,Loại việc,Giai đoạn,Bộ quy tắc,Số trường hợp,Số người,Khớp",
        "Mã tỉnh;Ngày;Tổng số;Đã nhập;Đã chuyển;Đơn vị;Cách làm;Đơn vị tính",
        "as_of,unit,record_type,measure,value,count_unit,approximate,source",
    ])
}

proptest! {
    #[test]
    fn any_bytes_give_a_receipt(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let receipt = check_bytes(bytes);
        prop_assert_eq!(receipt.submission().is_some(), receipt.verdict == Verdict::Accepted);
        for language in Language::ALL {
            prop_assert!(!receipt_text(&receipt, language).is_empty());
            prop_assert!(!receipt_csv(&[&receipt], language).is_empty());
        }
    }

    #[test]
    fn any_cells_under_known_headers_give_a_receipt(
        header in header(),
        rows in prop::collection::vec(prop::collection::vec(cell(), 0..10), 0..6),
    ) {
        let sign = if header.contains(';') { ";" } else { "," };
        let rows: Vec<String> = rows.iter().map(|cells| cells.join(sign)).collect();
        let text = format!("{header}\n{}", rows.join("\n"));
        let receipt = check(&text);
        prop_assert_eq!(receipt.submission().is_some(), receipt.verdict == Verdict::Accepted);
        let last_line = text.lines().count() + text.matches('\r').count();
        for finding in &receipt.findings {
            prop_assert!(finding.line.is_none_or(|line| line >= 1 && line <= last_line as u64));
            prop_assert!(!finding.message.vi.is_empty() && !finding.message.en.is_empty());
            prop_assert!(!finding.fix.vi.is_empty() && !finding.fix.en.is_empty());
        }
        let is_version_1 = receipt_json(&receipt).starts_with(r#"{"version":1,"#);
        prop_assert!(is_version_1);
    }

    #[test]
    fn a_file_reads_the_same_with_any_delimiter_line_end_and_grouping(
        numbers in prop::collection::vec(0_i64..2_000_000_000, 1..8),
    ) {
        let plain: Vec<String> = numbers.iter().map(i64::to_string).collect();
        let expected = read(",", "\n", &plain);
        for sign in [";", "\t", "|"] {
            let grouped: Vec<String> = numbers.iter().map(|number| Language::Vi.whole(*number)).collect();
            prop_assert_eq!(&read(sign, "\r\n", &grouped), &expected);
            let grouped: Vec<String> = numbers.iter().map(|number| Language::En.whole(*number)).collect();
            prop_assert_eq!(&read(sign, "\r", &grouped), &expected);
        }
    }
}

fn read(sign: &str, end: &str, numbers: &[String]) -> Vec<Option<i64>> {
    let mut text = ["Mã tỉnh", "Đơn vị", "Ngày", "Đã nhập"].join(sign) + end;
    for (place, number) in numbers.iter().enumerate() {
        let name = format!("xã {place}");
        text += &(["04", &name, "30/06/2025", number].join(sign) + end);
    }
    let receipt = check(&text);
    let entered = |row: &store::domain::CountRow| {
        row.counts
            .get(store::domain::Stage::Entered)
            .map(|reported| reported.count.to_i64())
    };
    counts(&receipt).iter().map(entered).collect()
}

#[test]
fn following_the_receipt_leads_to_an_accepted_file() {
    // Each step does what the findings of the one before say, and nothing else.
    let header = "Mã tỉnh,Tỉnh/Thành phố,Ngày chốt số liệu,Loại việc,Tổng số,Đã nhập,Đã chuyển\n";
    let first = check(&format!(
        "{header}15,Yên Bái,02/18/2025,Khai sin,44.5,600,700\n"
    ));
    let fixes: Vec<&str> = first
        .findings
        .iter()
        .map(|finding| finding.fix.en.as_str())
        .collect();
    assert_eq!(
        fixes,
        [
            "if 2025-02-18 is meant, write 18/02/2025 or 2025-02-18",
            "is it “Khai sinh”?",
            "write a whole number, for example 1234567 or 1,234,567; leave the cell empty where there is no figure",
            "correct the mistyped one; if the total or the earlier stage has grown, write its new figure",
        ]
    );
    let second = check(&format!(
        "{header}15,Yên Bái,18/02/2025,Khai sinh,1000,700,700\n"
    ));
    assert_eq!(second.verdict, Verdict::Accepted);
    assert!(second.findings.is_empty());
}

#[test]
fn a_file_larger_than_the_limit_is_refused() {
    let context = loader::Context {
        size_limit: 10,
        ..context()
    };
    let file = SourceFile::new("large.csv", vec![b'a'; 11]);
    let receipt = intake(file, &context, None, &sender());
    assert_eq!(receipt.verdict, Verdict::Rejected);
    let rules: Vec<&str> = receipt
        .findings
        .iter()
        .map(|finding| finding.rule.key())
        .collect();
    assert_eq!(rules, ["file-size"]);
}

#[test]
fn what_is_recorded_is_the_file_as_it_came() {
    let text = "\u{feff}Mã tỉnh;Ngày;Đã nhập;Đơn vị\r\n04;30/06/2025;7;  xã  A\r\n";
    let receipt = check(text);
    let submission = receipt.submission().unwrap();
    assert_eq!(submission.bytes, text.as_bytes());
    assert_eq!(submission.encoding, "UTF-8-BOM");
    assert_eq!(submission.content.form(), "counts");
    let Content::Counts(rows) = &submission.content else {
        panic!("{submission:?}");
    };
    let sub_units: Vec<_> = rows
        .iter()
        .map(|row| (row.line, row.sub_unit.as_deref()))
        .collect();
    assert_eq!(sub_units, [(2, Some("xã A"))]);
}
