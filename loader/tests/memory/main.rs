//! What a check takes of the machine's memory, measured by counting what is allocated. One test, for all tests of a program
//! share one count.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use chrono::NaiveDate;
use loader::{Context, Receipt, Sender, SourceFile, Verdict, check_path, intake};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes at most of a check offline, however long its text is and however many rows it has.
const OF_A_CHECK: usize = 16 << 20;

/// Bytes by which two checks may differ: names of offices that are remembered, and places in the temporary file.
const APART: usize = 1 << 20;

/// Bytes at most for each byte of a file that is held, the file itself among them.
const MULTIPLE: usize = 8;

/// Bytes at most for each further row, its 48 bytes of the file among them, where every row is another office's.
const A_ROW: usize = 400;

/// Bytes at most beside that: reference data, tables of the encodings, and the places that a receipt lists.
const BESIDE: usize = 48 << 20;

fn context() -> Context<'static> {
    Context::embedded(NaiveDate::from_ymd_opt(2025, 9, 1).unwrap())
}

/// The receipt of a file on disk, and the most memory that was taken at once while it was made.
fn measured_on_disk(path: &Path) -> (Receipt, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let receipt = check_path(path, &context(), &Sender::default());
    (receipt, MEMORY.peak_usage() - before)
}

/// The receipt of some bytes, and the most memory that was taken at once while it was made.
fn measured(bytes: Vec<u8>) -> (Receipt, usize) {
    let before = MEMORY.current_usage() - bytes.capacity();
    MEMORY.reset_peak_usage();
    let file = SourceFile::new("test.csv", bytes);
    let receipt = intake(file, &context(), None, &Sender::default());
    (receipt, MEMORY.peak_usage() - before)
}

const HEADER: &str = "Mã tỉnh,Đơn vị,Ngày,Loại việc,Tổng số,Đã nhập,Đã chuyển\n";

fn rows(count: usize, row: impl Fn(usize, &mut String)) -> Vec<u8> {
    let mut text = HEADER.to_owned();
    (0..count).for_each(|number| row(number, &mut text));
    text.into_bytes()
}

fn sound(count: usize) -> Vec<u8> {
    rows(count, |number, text| {
        writeln!(
            text,
            "04,Xã {number},30/06/2025,Khai sinh,1503,1302,{}",
            701 + number % 300
        )
        .unwrap();
    })
}

fn wide(text: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(text).unwrap();
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// So many weeks of 7,000 offices, whose figures fall in a few places; in one province, or in three.
fn write_weeks(path: &Path, weeks: usize, provinces: &[&str]) {
    let mut file = BufWriter::new(std::fs::File::create(path).unwrap());
    file.write_all(HEADER.as_bytes()).unwrap();
    let first = NaiveDate::from_ymd_opt(2024, 1, 5).unwrap();
    for (week, day) in first.iter_weeks().take(weeks).enumerate() {
        for office in 0..7000 {
            let code = provinces[office * provinces.len() / 7000];
            let fall = if office % 3500 == week { 9 } else { 0 };
            let (date, count) = (day.format("%d/%m/%Y"), 700 + office % 300 + week - fall);
            writeln!(
                file,
                "{code},Xã {office},{date},Khai sinh,2503,1302,{count}"
            )
            .unwrap();
        }
    }
    file.flush().unwrap();
}

/// What checks of ten and of forty such weeks take.
fn measured_weeks(provinces: &[&str]) -> [usize; 2] {
    let folder = tempfile::tempdir().unwrap();
    [10, 40].map(|weeks| {
        let path = folder.path().join(format!("{weeks}.csv"));
        write_weeks(&path, weeks, provinces);
        let (receipt, peak) = measured_on_disk(&path);
        assert_eq!(receipt.file.rows, u64::try_from(7000 * weeks).unwrap());
        assert_eq!(receipt.verdict, Verdict::Queries, "{:?}", receipt.places);
        peak
    })
}

/// Files that are held, of many kinds.
fn held_files() -> [(&'static str, Vec<u8>); 9] {
    [
        ("sound rows", sound(40_000)),
        ("the same in UTF-16", wide(&sound(20_000))),
        (
            "bad cells",
            rows(50_000, |_, text| text.push_str("99,,1/1/1,y,-1,z,1.5\n")),
        ),
        (
            "one row again and again",
            rows(50_000, |_, text| text.push_str("1,,1-1-2020,,,5,\n")),
        ),
        (
            "rows that say nothing",
            rows(200_000, |number, text| {
                text.push_str(if number % 2 == 0 { "a\n" } else { "a,b\n" });
            }),
        ),
        (
            "total rows",
            rows(50_000, |_, text| text.push_str("Cộng,,,,9\n")),
        ),
        (
            "delimiters",
            rows(2, |_, text| {
                text.extend(std::iter::repeat_n(',', 1_000_000));
            }),
        ),
        (
            "a quotation mark that is not closed",
            rows(20_000, |_, text| {
                text.push_str("04,\"x,30/06/2025,,1,1,1\n");
            }),
        ),
        ("a header of millions of letters", {
            let mut text = HEADER.trim_end().to_owned();
            text.push(',');
            text.extend(std::iter::repeat_n('h', 1_000_000));
            text.push('\n');
            (0..10_000).for_each(|_| text.push_str("04,,x,,-1,1,1,1\n"));
            text.into_bytes()
        }),
    ]
}

#[test]
fn a_check_takes_a_bounded_multiple_of_a_file_that_is_held_and_no_more_for_a_longer_one_on_disk() {
    for provinces in [&["04", "15", "24"][..], &["24"]] {
        let [shorter, longer] = measured_weeks(provinces);
        println!("70,000 rows on disk: {shorter} bytes, 280,000 rows: {longer} bytes");
        assert!(shorter.max(longer) < OF_A_CHECK && longer < shorter + APART);
    }
    // More rows than there are texts that are remembered.
    let (receipt, once) = measured(sound(40_000));
    assert_eq!(receipt.verdict, Verdict::Accepted, "{:?}", receipt.places);
    let (receipt, twice) = measured(sound(80_000));
    assert_eq!(receipt.file.rows, 80_000);
    let a_row = twice.saturating_sub(once) / 40_000;
    println!("40,000 rows: {once} bytes, 80,000 rows: {twice} bytes, {a_row} for each further row");
    assert!(a_row <= A_ROW, "{a_row} bytes for each further row");
    for (name, bytes) in held_files() {
        let size = bytes.len();
        let (receipt, peak) = measured(bytes);
        let most = MULTIPLE * size + BESIDE;
        println!(
            "{name}: {size} bytes, at most {peak}, {} findings",
            receipt.findings.len()
        );
        assert!(peak <= most, "{name}: {peak} bytes for a file of {size}");
    }
}
