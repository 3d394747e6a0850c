//! `sohoa backtest` on what people may hand to it.

use std::fmt::Write as _;

use crate::desk::{Desk, order};
use crate::program::{Said, sohoa};

const HEADER: &str = "unit,week_ending,cumulative,total";

/// Forty weeks of three units, each at its own even pace up to 1,000.
fn rows() -> Vec<String> {
    let first: chrono::NaiveDate = "2023-01-06".parse().unwrap();
    let row = |unit: u32, week: u32| {
        let day = first + chrono::Days::new(7 * u64::from(week));
        let done = ((week + 1) * (20 + 5 * unit)).min(1000);
        format!("unit {unit},{day},{done},1000")
    };
    let units = 0..3;
    units
        .flat_map(|unit| (0..40).map(move |week| row(unit, week)))
        .collect()
}

fn text(rows: &[String]) -> String {
    let mut text = format!("{HEADER}\n");
    for row in rows {
        writeln!(text, "{row}").unwrap();
    }
    text
}

/// Every line of what is printed but the column of run times, on some threads.
fn scores(path: &str, threads: &str) -> String {
    let words = "backtest --format csv --origins 6:30:8 --thresholds 0.5,0.9 --series";
    let mut command = sohoa();
    command.env("RAYON_NUM_THREADS", threads);
    command.args(words.split_whitespace()).arg(path);
    let said = Said::from(command.output().unwrap()).ended(0);
    let lines = said.stdout.lines();
    let timeless = lines.map(|line| line.rsplit_once(',').unwrap().0);
    timeless.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_order_of_rows_the_threads_and_the_way_it_was_saved_change_no_byte_but_the_run_times() {
    let desk = Desk::new();
    let plain = text(&rows());
    let write = |bytes: String| desk.write("series.csv", bytes);
    let first = scores(&write(plain.clone()), "1");
    assert!(first.contains("pooled-7,"), "{first}");
    let mut reversed = rows();
    reversed.reverse();
    for (bytes, threads) in [
        (text(&reversed), "1"),
        (text(&reversed), "2"),
        (plain.clone(), "8"),
        (
            format!("\u{feff}{}", plain.replace(',', ";").replace('\n', "\r\n")),
            "2",
        ),
    ] {
        assert_eq!(scores(&write(bytes), threads), first, "{threads}");
    }
}

#[test]
fn series_without_a_case_and_files_that_are_none_are_refused_by_name_in_both_languages() {
    let desk = Desk::new();
    let day = |week: u32| {
        let first: chrono::NaiveDate = "2023-01-06".parse().unwrap();
        first + chrono::Days::new(7 * u64::from(week))
    };
    let made = |done: &dyn Fn(u32) -> u32, total: u32| {
        let row = |week| format!("A,{},{},{total}", day(week), done(week));
        text(&(0..30).map(row).collect::<Vec<_>>())
    };
    let no_case = "no case: no unit reaches a threshold after an origin";
    let cases = [
        ("constant", made(&|_| 500, 1000), no_case),
        ("falling", made(&|week| 900 - 20 * week, 1000), no_case),
        ("below", made(&|week| 400 + 50 * week, 300), no_case),
        ("point", text(&["A,2023-01-06,5,1000".to_owned()]), no_case),
        ("empty", String::new(), "the file holds no rows"),
        ("header", format!("{HEADER}\n"), "the file holds no rows"),
        (
            "bare",
            rows().join("\n"),
            "line 1: column `unit` is missing",
        ),
        (
            "nan",
            text(&["A,2023-01-06,NaN,9".to_owned()]),
            "line 2: cumulative `NaN`",
        ),
        (
            "minus",
            text(&["A,2023-01-06,1,-9".to_owned()]),
            "line 2: total `-9`",
        ),
    ];
    for (name, bytes, reason) in cases {
        let path = desk.write(&format!("{name}.csv"), bytes);
        order("backtest --lang en --series", &[&path]).refused(2, reason);
        let said = order("backtest --lang vi --series", &[&path]);
        assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{name}");
        assert!(
            said.stderr.contains(&format!("{name}.csv: ")),
            "{}",
            said.stderr
        );
    }
    let absent = desk.path("absent.csv");
    order("backtest --lang en --series", &[&absent]).refused(2, "cannot be read");
}
