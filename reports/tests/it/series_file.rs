//! Reading the files of a backtest: what is read as what, and what is refused where.

use reports::backtest::{Noted, SeriesFile};

use crate::backtest::file;

#[test]
fn bad_rows_are_named_with_their_line() {
    let error = |rows: &str| {
        let text = format!("unit,week_ending,cumulative,total\nA,2024-01-07,1,10\n{rows}\n");
        SeriesFile::read(text.as_bytes()).unwrap_err().to_string()
    };
    let cases = [
        (
            "A,2024-01-14,NaN,10",
            "line 3: cumulative `NaN` is not a count of 0 to 2^53",
        ),
        (
            "A,2024-01-14,-1,10",
            "line 3: cumulative `-1` is not a count of 0 to 2^53",
        ),
        (
            "A,2024-01-14,1,0",
            "line 3: total `0` is not a total above 0 and up to 2^53",
        ),
        (
            "A,14/01/2024,1,10",
            "line 3: week_ending `14/01/2024` is not a date as YYYY-MM-DD",
        ),
        (",2024-01-14,1,10", "line 3: unit `` is not a name"),
        ("A,9024-01-14,1,10", "the dates span more than 2080 weeks"),
    ];
    for (row, message) in cases {
        assert_eq!(error(row), message);
    }
    let missing = SeriesFile::read(b"unit,cumulative,total\n").unwrap_err();
    assert_eq!(
        missing.to_string(),
        "line 1: column `week_ending` is missing"
    );
    assert_eq!(
        SeriesFile::read(b"unit,week_ending,cumulative,total\n")
            .unwrap_err()
            .to_string(),
        "the file holds no rows"
    );
}

#[test]
fn what_offices_save_is_read_as_what_it_is() {
    let plain = "unit,week_ending,cumulative,total\nA,2024-01-07,1,10\nB,2024-01-14,2,20\n";
    let read = |text: &str| SeriesFile::read(text.as_bytes()).unwrap();
    let other = [
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{plain}"),
        plain.replace(',', ";"),
        plain.replace(',', "\t"),
        plain.replace(',', " | "),
        format!("\u{feff}{}", plain.replace(',', ";").replace('\n', "\r\n")),
        "week_ending,note,total,unit,cumulative\n2024-01-14,,20,B,2\n2024-01-07,x,10,A,1\n"
            .to_owned(),
    ];
    for text in other {
        assert_eq!(read(&text), read(plain), "{text:?}");
    }
    let refused = |bytes: &[u8]| SeriesFile::read(bytes).unwrap_err().text();
    assert_eq!(refused(b"").en, "the file holds no rows");
    assert_eq!(
        refused(b"\xEF\xBB\xBF\r\n").vi,
        "tệp không có dòng số liệu nào"
    );
    // Without a header the first row is none.
    assert_eq!(
        refused(b"A,2024-01-07,1,10\n").en,
        "line 1: column `unit` is missing"
    );
    let twice = refused(b"unit,week_ending,cumulative,total,total\nA,2024-01-07,1,10,11\n");
    assert_eq!(twice.en, "line 1: column `total` stands there twice");
    let short = refused(format!("{plain}C,2024-01-07\n").as_bytes());
    assert_eq!(short.vi, "dòng 4: có 2 ô, dòng đầu có 4");
    let utf16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(&utf16).en, "line 1: column `unit` is missing");
    assert_eq!(
        refused(&[b"\xFF\xFE", &utf16[..]].concat()).en,
        "line 1: the text is not UTF-8"
    );
    for number in ["inf", "-inf", "1e400", "0x10", "1 000", "", "-0.5"] {
        let text = format!("unit,week_ending,cumulative,total\nA,2024-01-07,{number},10\n");
        let said = refused(text.as_bytes()).en;
        let expected = format!("line 2: cumulative `{number}` is not a count of 0 to 2^53");
        assert_eq!(said, expected);
    }
    let long = format!(
        "unit,week_ending,cumulative,total\nA,2024-01-07,{},10\n",
        "9".repeat(1000)
    );
    assert!(refused(long.as_bytes()).en.len() < 120);
}

#[test]
fn repeated_rows_and_counts_above_totals_are_counted_and_kept() {
    let file = file(
        [
            "A,2024-01-07,1,10",
            "A,2024-01-07,2,10",
            "A,2024-01-14,11,10",
        ]
        .iter()
        .map(ToString::to_string),
    );
    let noted = |noted: Noted| (noted.rows, noted.first_line);
    assert_eq!(noted(file.repeated), (1, 3));
    assert_eq!(noted(file.above_total), (1, 4));
    assert_eq!(file.weeks, 2);
}
