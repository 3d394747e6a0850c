//! The demo as it is printed: it meets the published figures, stays what it was known to be, and keeps to its own folder.

use std::fs;
use std::process::Stdio;
use std::sync::LazyLock;

use serde_json::Value;

use crate::desk::{Desk, counts, entries, forecast, forecast_text, order, unit};
use crate::program::{demo_copy, demo_folder, sohoa};

static DATABASE: LazyLock<String> = LazyLock::new(|| {
    let database = demo_folder().join("sohoa.sqlite");
    database.to_str().unwrap().to_owned()
});

#[track_caller]
fn assert_millions(value: &Value, from: f64, to: f64, what: &str) {
    let millions = value.as_f64().unwrap() / 1e6;
    assert!(
        (from..=to).contains(&millions),
        "{what}: {millions} million"
    );
}

/// The published figures of the nation (`data/published/figures.csv`), in millions of records: day, figure, range.
const NATION: [(&str, &str, f64, f64); 7] = [
    // "more than 32 million", "about 60 million remain" (half-year report of July 2023)
    ("2023-07-10", "done", 32.0, 32.9),
    ("2023-07-10", "remaining", 59.0, 61.0),
    // "more than 36 million" (December 2023)
    ("2023-12-31", "done", 36.0, 36.9),
    // "more than 50 million" of "more than 100 million" (June 2024)
    ("2024-06-30", "done", 50.0, 51.0),
    ("2024-06-30", "total", 100.0, 101.5),
    // "more than 77 million" (December 2024)
    ("2024-12-29", "done", 77.0, 78.0),
    ("2024-12-29", "estimate", 77.0, 78.0),
];

#[test]
fn the_forecast_meets_the_published_figures_of_the_nation() {
    let mut shown: Option<(&str, Value)> = None;
    for (day, figure, from, to) in NATION {
        if shown.as_ref().is_none_or(|(known, _)| *known != day) {
            shown = Some((day, forecast(&DATABASE, &format!("--as-of {day}"))));
        }
        let (_, json) = shown.as_ref().unwrap();
        let what = format!("{day} {figure}");
        assert_millions(&json["national"][figure], from, to, &what);
    }
}

#[test]
fn the_nation_is_the_sum_of_its_provinces() {
    for day in ["2023-07-10", "2024-06-30", "2025-06-29"] {
        let json = forecast(&DATABASE, &format!("--as-of {day}"));
        let sum = |figure: &str| {
            let entries = json["forecasts"].as_array().unwrap().iter();
            entries
                .filter_map(|entry| entry[figure].as_i64())
                .sum::<i64>()
        };
        let nation = &json["national"];
        for figure in ["done", "total"] {
            assert_eq!(nation[figure], sum(figure), "{day} {figure}");
        }
        assert_eq!(nation["remaining"], sum("total") - sum("done"), "{day}");
    }
}

#[test]
fn nghe_an_and_quang_nam_stand_where_the_press_says() {
    let json = forecast(&DATABASE, "--as-of 2025-02-23");
    assert_eq!(json["week"], "2025-W08");
    let nghe_an = &unit(&json, "p40")["total"];
    assert_eq!(*nghe_an, 2_231_474, "Báo Nghệ An, 19 February 2025");
    let quang_nam = &unit(&json, "p49")["total"];
    assert_eq!(*quang_nam, 1_443_893, "Báo Quảng Nam, 18 February 2025");
    assert_eq!(json["national"]["expected"], 63);
}

#[test]
fn three_views_show_one_nation() {
    let figures = ["as-reported", "63", "34"].map(|units| {
        let json = forecast(&DATABASE, &format!("--as-of 2024-06-30 --units {units}"));
        assert_eq!(json["units"], units);
        let keys = [
            "reported",
            "estimate",
            "done",
            "total",
            "remaining",
            "share",
        ];
        keys.map(|key| json["national"][key].clone())
    });
    assert!(figures[0].iter().all(Value::is_number), "{:?}", figures[0]);
    assert_eq!(figures[0], figures[1]);
    assert_eq!(figures[0], figures[2]);
}

#[test]
fn the_same_question_has_the_same_answer_byte_for_byte() {
    for format in ["text", "json", "csv"] {
        let options = format!("--as-of 2024-10-20 --format {format}");
        let ask = || forecast_text(&DATABASE, &options);
        assert_eq!(ask(), ask(), "{format}");
    }
}

#[test]
fn a_later_correction_does_not_reach_into_the_past() {
    let (folder, database) = demo_copy();
    let known = "--known-on 2024-07-18 --format json";
    let before = forecast_text(&DATABASE, known);
    assert_eq!(forecast_text(&database, known), before);
    let shown: Value = serde_json::from_str(&before).unwrap();
    let end_of_day = "2024-07-18T16:59:59Z";
    assert_eq!(shown["known_on"], end_of_day, "midnight in Viet Nam");

    let correction = "01,30/06/2024,Kết hôn,9000000,2,1,,kiểm kê lại";
    let file = folder.path().join("correction.csv");
    fs::write(&file, counts(&[correction])).unwrap();
    let said = order("load --database", &[&database, file.to_str().unwrap()]);
    said.ended(0).says("đã ghi nhận 1 trên 1 tệp\n");
    assert_eq!(forecast_text(&database, known), before);
    let corrected = forecast(&database, "--as-of 2024-06-30");
    assert_eq!(unit(&corrected, "p01")["done"], 1, "now it is known");
}

/// A folder that holds the demo without the files it was made of; gives it and its database.
fn reusable_demo(desk: &Desk) -> (String, String) {
    for name in ["sohoa.sqlite", "sohoa-demo.txt"] {
        let bytes = fs::read(demo_folder().join(name)).unwrap();
        desk.write(&format!("demo/{name}"), bytes);
    }
    (desk.path("demo"), desk.path("demo/sohoa.sqlite"))
}

#[test]
fn a_demo_is_reused_or_made_again_whole() {
    let desk = Desk::new();
    let (place, database) = reusable_demo(&desk);
    let made = entries(&database);
    let own = counts(&["24,29/06/2025,Kết hôn,2000000,2,1,,kiểm kê lại"]);
    let own = desk.write("own.csv", own);
    order("load --database", &[&database, &own]).ended(0);
    let line = "demo --no-serve --lang en --dir";
    let said = order(line, &[&place]).says("SYNTHETIC FIGURES – not the real figures");
    let reusing = format!("reusing the demonstration in {place}\n");
    assert_eq!((said.status, said.stderr), (0, reusing));
    assert_eq!(entries(&database), made + 1, "what came since is kept");

    // Renewed, but stopped in the middle: the next run must not take the half for the whole.
    let mut renew = sohoa();
    renew
        .args(line.split_whitespace())
        .args([&place, "--renew"]);
    let mut child = renew.stderr(Stdio::null()).spawn().unwrap();
    while !fs::exists(desk.path("demo/files/2022-07-07")).unwrap() {
        assert_eq!(child.try_wait().unwrap(), None, "it was still being made");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let said = order(line, &[&place]);
    let making = format!("making the demonstration in {place}\n");
    assert_eq!((said.status, said.stderr), (0, making));
    assert_eq!(entries(&database), made, "made anew");
    let table = "--as-of 2025-06-29 --known-on 2025-07-31 --format json";
    let again = forecast_text(&database, table);
    assert_eq!(again, forecast_text(&DATABASE, table), "and the same");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let desk = Desk::new();
    let photo = desk.write("mine/files/photo.jpg", "mine");
    let database = desk.write("mine/sohoa.sqlite", "mine too");
    let reason = "mine is not empty and holds no demonstration; choose another with --dir\n";
    for line in [
        "demo --lang en --no-serve --dir",
        "demo --lang en --no-serve --renew --dir",
    ] {
        order(line, &[&desk.path("mine")]).refused(2, reason);
    }
    assert_eq!(fs::read_dir(desk.path("mine")).unwrap().count(), 2);
    assert_eq!(fs::read_to_string(database).unwrap(), "mine too");
    assert_eq!(fs::read_to_string(photo).unwrap(), "mine");
}
