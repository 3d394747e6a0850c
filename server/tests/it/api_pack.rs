//! The API answers the figures of a pack; the other surfaces of the same pack are compared in `surfaces.rs`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::http::get;
use crate::packs::{ASKED, pack, table};
use crate::program::{Server, demo_copy};

/// A figure of a stage of the nation or of a unit.
fn stage(of: &Value, stage: &str, key: &str) -> Value {
    let mut stages = of["stages"].as_array().unwrap().iter();
    stages.find(|one| one["stage"] == stage).unwrap()[key].clone()
}

/// A figure of the API that is the same as a cell of a table, which is empty where the figure does not exist.
#[track_caller]
fn same_figure(told: &str, figure: &Value, place: &str) {
    match figure {
        Value::Null => assert_eq!(told, "", "{place}"),
        Value::String(words) => assert_eq!(told, words, "{place}"),
        // Tables cut shares to tenths of a percent and rates to whole records.
        number => {
            let (told, number): (f64, f64) = (told.parse().unwrap(), number.as_f64().unwrap());
            let step = if place.ends_with("share") { 0.001 } else { 1.0 };
            let whole = number.fract().abs() < 1e-9 && step > 0.5;
            let close = (told - number).abs() < if whole { 1e-6 } else { step };
            assert!(close, "{place}: {told} and {number}");
        }
    }
}

#[test]
fn the_api_answers_the_figures_of_the_pack() {
    let (folder, database) = demo_copy();
    let out = folder.path().join("pack");
    pack(&database, &out, ASKED).ended(0);
    let server = Server::start(&database);
    let asked = "units=63&as_of=2024-07-14&known_on=2024-07-18";
    let answer = get(&server.url(&format!("/api/v1/report?{asked}")));
    let report: Value = serde_json::from_slice(&answer.body).unwrap();
    let headline: BTreeMap<String, String> = table(&out, "headline")
        .into_iter()
        .inspect(|row| assert!(!row["unit"].is_empty() && !row["meaning"].is_empty()))
        .map(|row| (row["figure"].clone(), row["value"].clone()))
        .collect();
    assert_eq!(headline.len(), 24, "the registry defines every key figure");
    for (key, figure) in [
        ("share", report["share"].clone()),
        ("remaining", report["remaining"].clone()),
        ("transferred", stage(&report, "transferred", "estimate")),
        (
            "transferred_reported",
            stage(&report, "transferred", "reported"),
        ),
        ("reporting", stage(&report, "transferred", "reporting")),
        ("expected", stage(&report, "transferred", "expected")),
        ("entered", stage(&report, "entered", "estimate")),
        ("total", stage(&report, "total", "estimate")),
    ] {
        assert!(!figure.is_null(), "{key}");
        same_figure(&headline[key], &figure, key);
    }
    same_rows(&report, &out);
}

/// Every row of the report is that of the table of provinces.
#[track_caller]
fn same_rows(report: &Value, out: &Path) {
    let rows = report["rows"].as_array().unwrap();
    let provinces = table(out, "provinces");
    assert_eq!((rows.len(), provinces.len()), (63, 63));
    for told in &provinces {
        let row = rows.iter().find(|row| row["unit"] == told["unit"].as_str());
        let row = row.unwrap();
        assert_eq!(row["name"]["vi"], told["name"].as_str());
        for stage_key in ["total", "entered", "transferred"] {
            let figure = stage(row, stage_key, "estimate");
            same_figure(
                &told[stage_key],
                &figure,
                &format!("{} {stage_key}", told["name"]),
            );
        }
        for key in [
            "share",
            "remaining",
            "p10",
            "p50",
            "p90",
            "deadline",
            "actual_rate",
            "required_rate",
        ] {
            same_figure(
                &told[key],
                &row["forecast"][key],
                &format!("{} {key}", told["name"]),
            );
        }
    }
}
