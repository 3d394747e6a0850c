//! The receipt of a file is the same whether its text and its rows are held or not.

use std::fmt::Write as _;
use std::io::Write as _;

use proptest::prelude::*;

use store::domain::Language;

use super::*;
use crate::output::receipt_text;
use crate::read::DiskText;

fn context() -> Context<'static> {
    Context::embedded("2025-09-01".parse().unwrap())
}

/// The receipt of a text that is held, with its rows.
fn held(text: &str) -> Receipt {
    let file = SourceFile::new("test.csv", text.as_bytes().to_vec());
    let mut receipt = judge(parse(file, &context()), None, &Sender::default());
    drop(receipt.take_submission());
    receipt
}

/// The receipt of a text on disk, of whose rows no more than so many are held.
fn put_down(text: &str, most_held: usize) -> Receipt {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    let size = u64::try_from(text.len()).unwrap();
    let (text, sha256) = DiskText::survey(file, size).unwrap().unwrap();
    let file = SurveyedFile {
        name: "test.csv".to_owned(),
        size,
        sha256,
        source: Source::OnDisk(text),
    };
    let receipt = judge(
        parse_surveyed(file, &context(), most_held),
        None,
        &Sender::default(),
    );
    assert!(receipt.submission().is_none());
    receipt
}

fn assert_same(text: &str) {
    let expected = held(text);
    for most_held in [usize::MAX, 5, 0] {
        let receipt = put_down(text, most_held);
        // Shown as text, for two receipts beside each other say little.
        let shown = |receipt: &Receipt| receipt_text(receipt, Language::En);
        assert_eq!(shown(&receipt), shown(&expected), "{most_held} of\n{text}");
        assert_eq!(receipt, expected);
    }
}

/// A row of a file: which unit, office, week and kind of event, how its figures stand, and what is odd about it.
type Drawn = (usize, usize, usize, usize, usize, usize);

fn cells((unit, office, week, kind, step, odd): Drawn) -> [String; 11] {
    let [code, name] = [["24", "Bắc Giang"], ["15", "Yên Bái"], ["01", "Hà Nội"]][unit % 3];
    let (kind, route) = [
        ("", ""),
        ("Khai sinh", ""),
        ("Kết hôn", ""),
        ("Khai sinh", "NĐ 87"),
        ("Khai sinh", "QT 1292"),
    ][kind % 5];
    let day = context().today - chrono::Days::new(7 * u64::try_from(20 - week % 20).unwrap() + 70);
    let size = [1, 1000, 100_000][step % 3];
    let total = 5 * size * if kind.is_empty() { 3 } else { 1 };
    let done = size * (1 + week % 20 / (1 + step % 4)) / 8;
    let mut cells = [
        code,
        name,
        ["", "Xã A", "Xã B", "Phường C"][office % 4],
        &day.format("%d/%m/%Y").to_string(),
        kind,
        route,
        &total.to_string(),
        &(done + 2).to_string(),
        &(done + 1).to_string(),
        &done.to_string(),
        "",
    ]
    .map(str::to_owned);
    let (column, text) = match odd {
        0 => (6, "x"),
        1 => (9, "999999"),
        2 => (7, "0"),
        3 => (10, "đã rà soát, \"sửa\""),
        4 => (0, "99"),
        5 => (6, "12.345"),
        6 => (8, "khoảng 120000"),
        7 => (3, "8/9/2025"),
        8 => (2, "Xã\nA"),
        9 => (7, ""),
        _ => return cells,
    };
    text.clone_into(&mut cells[column]);
    cells
}

fn line(cells: &[String]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    quoted.join(",") + "\n"
}

const ABOUT: &str = "Mã tỉnh,Tỉnh,Đơn vị,Ngày,Loại việc,Cách làm";

/// Each row with all its stages, and now and then a total row.
fn wide(rows: &[Drawn]) -> String {
    let mut text = format!("{ABOUT},Tổng số,Đã quét,Đã nhập,Đã chuyển,Ghi chú\n");
    for (number, row) in rows.iter().enumerate() {
        text += &line(&cells(*row));
        if row.5 == 10 {
            writeln!(text, "Tổng cộng,,,,,,{},{number},5,5,", 500 * number).unwrap();
        }
    }
    text
}

/// A row a stage.
fn long(rows: &[Drawn]) -> String {
    let mut text = format!("{ABOUT},Giai đoạn,Giá trị,Ghi chú\n");
    for row in rows {
        let cells = cells(*row);
        for (stage, count) in ["Tổng số", "Đã quét", "Đã nhập", "Đã chuyển"]
            .into_iter()
            .zip(&cells[6..10])
        {
            let figure = [stage.to_owned(), count.clone(), cells[10].clone()];
            text += &line(&[&cells[..6], &figure].concat());
        }
    }
    text
}

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let row = (
        0..3_usize,
        0..4_usize,
        0..20_usize,
        0..5_usize,
        0..3_usize,
        0..60_usize,
    );
    prop::collection::vec(row, 1..80)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_in_any_order(rows in drawn()) {
        assert_same(&wide(&rows));
        assert_same(&long(&rows));
    }

    /// The same rows week by week have rows before them to be compared with, and no twins.
    #[test]
    fn rows_week_by_week(mut rows in drawn(), one_week in any::<bool>()) {
        rows.sort_by_key(|row| (row.2, row.0, row.1, row.3));
        rows.dedup_by_key(|row| (row.2, row.0, row.1, row.3));
        if one_week {
            rows.iter_mut().for_each(|row| row.2 = 3);
            rows.sort_by_key(|row| (row.0, row.1, row.3));
            rows.dedup_by_key(|row| (row.0, row.1, row.3));
        }
        assert_same(&wide(&rows));
        assert_same(&long(&rows));
    }
}

/// Every part of two units' work over half a year, with each kind of fault once.
#[test]
fn a_whole_history_with_a_fault_of_each_kind() {
    let mut rows = Vec::new();
    for week in 0..20 {
        for (unit, office, kind) in (0..2).flat_map(|unit| {
            (0..4).flat_map(move |office| (0..5).map(move |kind| (unit, office, kind)))
        }) {
            rows.push((unit, office, week, kind, 1, 60));
        }
    }
    for odd in 0..11 {
        rows[37 * odd + 300].5 = odd;
    }
    assert_same(&wide(&rows));
    assert_same(&long(&rows));
    rows.reverse();
    assert_same(&wide(&rows));
    // A standstill: every week is the first.
    rows.iter_mut().for_each(|row| row.5 = 60);
    let mut still = String::new();
    let text = wide(&rows);
    for line in text.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let figures = if line.starts_with('"') {
            ["\"5000\"", "\"900\"", "\"800\"", "\"700\"", "\"\""].join(",")
        } else {
            cells[6..].join(",")
        };
        writeln!(still, "{},{figures}", cells[..6].join(",")).unwrap();
    }
    assert_same(&still);
}
