//! Charts, and wrong use of any command: what is printed, what is written, and the exit code.

use std::fs;

use crate::desk::{Desk, entries, order};
use crate::program::{Said, demo_folder};

/// Draws a chart of the demo.
fn chart(line: &str, out: &str) -> Said {
    let database = demo_folder().join("sohoa.sqlite");
    let more = ["--out", out, "--database", database.to_str().unwrap()];
    order(&format!("chart {line} --lang en"), &more)
}

#[test]
fn charts_are_written_as_the_name_says() {
    let desk = Desk::new();
    let (svg, png) = (desk.path("a.svg"), desk.path("a.png"));
    chart("burn-up --province 49", &svg)
        .ended(0)
        .says("Quang Nam");
    let drawn = fs::read_to_string(&svg).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.trim_end().ends_with("</svg>"));
    assert!(drawn.contains("Quang Nam") && drawn.to_lowercase().contains("synthetic"));
    chart("ranking --width 640", &png).ended(0).says("63");
    let bytes = fs::read(&png).unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let width = bytes.get(16..20);
    assert_eq!(
        width,
        Some(&640_u32.to_be_bytes()[..]),
        "the width asked for"
    );
}

#[test]
fn a_chart_that_cannot_be_is_refused_and_leaves_the_file_alone() {
    let desk = Desk::new();
    let file = desk.write("a.png", "what stood there");
    for (line, reason) in [
        (
            "burn-up --province 99",
            "no province has the code 99 on 2025-06-29",
        ),
        ("burn-up --province 49 --units 34", "p49"),
        (
            "ranking --province 49",
            "the chart ranking is of all provinces",
        ),
        ("pie", "one of burn-up, ranking, tiles"),
        ("ranking --width 100", "100 is not in 200..=8000"),
    ] {
        chart(line, &file).refused(2, reason);
    }
    let ending = "a.gif: the name must end in .svg, .png, .pdf or .csv";
    chart("ranking", &desk.path("a.gif")).refused(2, ending);
    assert_eq!(fs::read_to_string(&file).unwrap(), "what stood there");
    assert!(!fs::exists(desk.path("a.gif")).unwrap());
}

#[test]
fn wrong_use_is_told_apart_from_failure() {
    let desk = Desk::new();
    desk.record("a.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    for (line, reason) in [
        ("forecast --as-of 23/02/2025", "--as-of"),
        ("forecast --units 64", "as-reported, 63 or 34"),
        ("forecast --lang fr", "vi or en"),
        ("withdraw 7 --lang en --reason x", "submission 7 not found"),
        (
            "restore-submission 1 --lang en --reason x",
            "submission 1 is not withdrawn",
        ),
        (
            "deadline 2026-12-31 --lang en --unit p99 --source x",
            "no unit has the id p99",
        ),
    ] {
        desk.order(line, &[]).refused(2, reason);
    }
    desk.order("withdraw 1 --lang en --reason", &[" "])
        .refused(2, "a reason is needed");
    order("check", &[]).refused(2, "<FILE>");
    let address = "neither a file nor a postgres:// address";
    order("forecast --lang en --database mysql://here/x", &[]).refused(2, address);
    let code = "no province has the code 99 on 2025-02-23";
    order(
        "template counts --lang en --province 99 --as-of 2025-02-23",
        &[],
    )
    .refused(2, code);
    assert_eq!(entries(&desk.database), 1, "nothing was written");
}
