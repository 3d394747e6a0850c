//! The backtest: no look-ahead, the same scores every time, honest intervals on a nation with known truth, named errors.

use reports::backtest::{Backtest, BacktestOptions, OriginRange, SeriesFile, backtest};

const WEEKS: u32 = 60;

/// A nation of twenty units that work at steady rates of their own, with lumps that repeat every few weeks.
fn rows() -> Vec<(u32, String)> {
    let day = |week: u32| crate::given::day("2024-01-07") + chrono::Days::new(7 * u64::from(week));
    let mut rows = Vec::new();
    for unit in 0..20_u32 {
        let mut done = 0;
        for week in 0..WEEKS {
            done += (200 + 10 * unit) * (1 + (week * 7 + unit * 3) % 5) / 3;
            let done = done.min(12_000);
            rows.push((week, format!("u{unit},{},{done},12000", day(week))));
        }
    }
    rows
}

fn file(rows: impl Iterator<Item = String>) -> SeriesFile {
    let rows: Vec<String> = rows.collect();
    let text = format!("unit,week_ending,cumulative,total\n{}\n", rows.join("\n"));
    SeriesFile::read(text.as_bytes()).unwrap()
}

fn scores(file: &SeriesFile, from: u16, to: u16) -> Backtest {
    let options = BacktestOptions {
        thresholds: vec![0.5, 0.8],
        origins: Some(OriginRange { from, to, step: 4 }),
        paths: 200,
    };
    backtest(file, &options, &crate::given::known_on).unwrap()
}

#[test]
fn no_method_sees_a_row_after_its_origin() {
    // Twelve weeks, then a jump past every goal. One file has many more rows after the jump, which move no truth: an answer
    // that changed would have looked at them.
    let past: Vec<String> = rows()
        .into_iter()
        .filter(|(week, _)| *week <= 12)
        .map(|(_, row)| row)
        .collect();
    let end = |total: u32| {
        let last = |unit: u32| format!("u{unit},2025-01-05,12000,{total}");
        let mut all = past.clone();
        all.extend((0..20).map(|unit| format!("u{unit},2024-06-02,12000,12000")));
        all.extend((0..20).map(last));
        all
    };
    let plain = file(end(12_000).into_iter());
    let crowded = {
        let mut rows = end(12_000);
        // Rows between that change no truth: a count above every goal, again and again.
        rows.extend((0..20).flat_map(|unit| {
            (10..28).map(move |day| format!("u{unit},2024-07-{day},12000,12000"))
        }));
        file(rows.into_iter())
    };
    assert_eq!(scores(&plain, 12, 12), scores(&crowded, 12, 12));
}

#[test]
fn the_order_of_rows_and_the_number_of_threads_change_no_score() {
    let rows: Vec<String> = rows().into_iter().map(|(_, row)| row).collect();
    let forward = scores(&file(rows.iter().cloned()), 8, 20);
    let backward = file(rows.iter().rev().cloned());
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        assert_eq!(pool.install(|| scores(&backward, 8, 20)), forward);
    }
}

#[test]
fn our_intervals_hold_the_truth_of_a_steady_nation() {
    let measured = scores(&file(rows().into_iter().map(|(_, row)| row)), 8, 20);
    let ours = measured.methods.last().unwrap();
    assert!(ours.ours && ours.refused == 0);
    assert!(ours.coverage.four_fifths >= 0.75, "{:?}", ours.coverage);
    assert!(
        ours.coverage.half <= ours.coverage.four_fifths
            && ours.coverage.four_fifths <= ours.coverage.nine_tenths
    );
    assert_eq!(measured.methods.len(), 5);
}

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
    assert_eq!((file.repeated, file.above_total, file.weeks), (1, 1, 2));
}
