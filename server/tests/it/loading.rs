//! `load` and what follows it: the same file again, a correction, a withdrawal, and what was known when.

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use crate::desk::{Desk, SOUND, counts, entries, forecast, forecast_text, unit};

/// The day on which the latest write became known, in Viet Nam.
fn day_known(forecast: &Value) -> NaiveDate {
    let known_on: DateTime<FixedOffset> = forecast["known_on"].as_str().unwrap().parse().unwrap();
    let zone = FixedOffset::east_opt(7 * 3600).unwrap();
    known_on.with_timezone(&zone).date_naive()
}

/// Total, done, remaining and last report of Bắc Giang, total and done of the nation.
fn figures(forecast: &Value) -> Value {
    let own = unit(forecast, "p24");
    let own = ["total", "done", "remaining", "last_report_week"].map(|key| &own[key]);
    let nation = ["total", "done"].map(|key| &forecast["national"][key]);
    json!([own, nation])
}

const WEEK: &str = "--as-of 2025-02-23";

#[test]
fn the_same_file_again_changes_nothing() {
    let desk = Desk::new();
    let file = desk.write("a.csv", counts(&[SOUND]));
    let copy = desk.write("other name.csv", counts(&[SOUND]));
    let first = desk.load(&file).ended(0);
    first.says("a.csv: recorded as number 1, 1 rows\n1 of 1 files recorded\n");
    let before = forecast_text(&desk.database, "--format json");
    for again in [&file, &copy] {
        let said = desk.load(again).ended(0).says("0 of 1 files recorded\n");
        said.says("nothing to do, already recorded as number 1\n");
    }
    assert_eq!(forecast_text(&desk.database, "--format json"), before);
    assert_eq!(entries(&desk.database), 1);
    let shown: Value = serde_json::from_str(&before).unwrap();
    assert_eq!(
        figures(&shown),
        json!([[1000, 500, 500, "2025-W08"], [1000, 500]])
    );
}

#[test]
fn a_correction_replaces_until_it_is_withdrawn() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let first = figures(&forecast(&desk.database, WEEK));
    desk.record(
        "b.csv",
        &["24,23/02/2025,Kết hôn,900,600,450,450,kiểm kê lại"],
    );
    let corrected = json!([[900, 450, 450, "2025-W08"], [900, 450]]);
    assert_eq!(figures(&forecast(&desk.database, WEEK)), corrected);

    let withdraw = || desk.order("withdraw 2 --lang en --by Bộ --reason", &["nhầm tuần"]);
    withdraw().ended(0).says("submission 2 is withdrawn\n");
    let now = figures(&forecast(&desk.database, WEEK));
    assert_eq!(now, first, "the earlier figure is back");
    withdraw().refused(2, "submission 2 is already withdrawn");

    let said = desk.order(
        "restore-submission 2 --lang en --by Bộ --reason",
        &["đúng tuần"],
    );
    said.ended(0).says("submission 2 counts again\n");
    assert_eq!(figures(&forecast(&desk.database, WEEK)), corrected);
    assert_eq!(
        entries(&desk.database),
        4,
        "two files, a withdrawal, a restoration"
    );
}

#[test]
fn a_withdrawn_file_can_be_sent_again() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let first = figures(&forecast(&desk.database, WEEK));
    desk.order("withdraw 1 --reason nhầm", &[]).ended(0);
    let withdrawn = forecast(&desk.database, WEEK);
    assert_eq!(withdrawn["national"]["done"], Value::Null);
    desk.record("a.csv", &[SOUND]);
    assert_eq!(figures(&forecast(&desk.database, WEEK)), first);
    assert_eq!(entries(&desk.database), 3);
}

#[test]
fn what_is_withdrawn_is_compared_with_no_more() {
    let desk = Desk::new();
    desk.record("a.csv", &["24,16/02/2025,Kết hôn,1000,900,800,200,"]);
    let lower = desk.write("b.csv", counts(&[SOUND]));
    desk.load(&lower).ended(4).says("query[lowered]");
    desk.order("withdraw 1 --reason nhầm", &[]).ended(0);
    desk.load(&lower)
        .ended(0)
        .says("recorded as number 3, 1 rows\n");
}

#[test]
fn yesterday_knew_nothing_of_what_came_today() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let now = forecast(&desk.database, WEEK);
    let today = day_known(&now);
    let yesterday = today - Days::new(1);
    let then = forecast(&desk.database, &format!("{WEEK} --known-on {yesterday}"));
    assert_eq!(
        figures(&then),
        json!([[null, null, null, null], [null, null]])
    );
    let nation = ["reporting", "expected"].map(|key| &then["national"][key]);
    assert_eq!(nation, [0, 63]);
    assert_eq!(
        (&then["week"], &then["as_of"]),
        (&json!("2025-W08"), &json!("2025-02-23"))
    );
    let known = forecast(&desk.database, &format!("{WEEK} --known-on {today}"));
    assert_eq!(known, now, "a day that is not over knows what is known now");
}

#[test]
fn every_file_stands_for_itself_and_the_gravest_decides() {
    let desk = Desk::new();
    desk.record("0.csv", &["01,16/02/2025,Kết hôn,1000,601,500,500,"]);
    desk.write("week/1-good.csv", counts(&[SOUND]));
    let query = counts(&["01,23/02/2025,Kết hôn,1000,550,500,500,"]);
    desk.write("week/2-query.csv", query);
    let folder = desk.path("week");
    let said = desk
        .load(&folder)
        .ended(4)
        .says("\n1 of 2 files recorded\n");
    said.says("1-good.csv: recorded as number 2, 1 rows\nEXPLANATION NEEDED: 2-query.csv\n");

    let bad = counts(&["99,23/02/2025,Kết hôn,1000,550,500,500,"]);
    desk.write("week/3-bad.csv", bad);
    let said = desk
        .load(&folder)
        .ended(3)
        .says("\n0 of 3 files recorded\n");
    let said = said.says("1-good.csv: nothing to do, already recorded as number 2\n");
    said.says("at 3-bad.csv, line 2, column 1 `Mã tỉnh`, value `99`\n");
    assert_eq!(entries(&desk.database), 2);

    let explained = desk.order("load --lang en --explain", &["kiểm kê lại", &folder]);
    let explained = explained.ended(3).says("2-query.csv: recorded as number 3");
    explained
        .says("REJECTED: 3-bad.csv\n")
        .says("\n1 of 3 files recorded\n");
    assert_eq!(
        entries(&desk.database),
        3,
        "an explanation answers no error"
    );
}

#[test]
fn a_deadline_is_in_force_from_its_announcement() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let line = "deadline 2025-12-31 --lang en --unit p24 --announced-on 2025-02-20 --source";
    let said = desk.order(line, &["Kế hoạch 2025"]);
    said.ended(0).says("deadline 2025-12-31 is recorded\n");
    let now = forecast(&desk.database, WEEK);
    assert_eq!(unit(&now, "p24")["deadline"], "2025-12-31");
    assert_eq!(
        unit(&now, "p01")["deadline"],
        "2024-12-31",
        "by law, for all others"
    );
    let before = forecast(&desk.database, "--as-of 2025-02-16");
    assert_eq!(unit(&before, "p24")["deadline"], "2024-12-31");
    let asked = forecast(&desk.database, &format!("{WEEK} --deadline 2026-03-31"));
    assert_eq!(unit(&asked, "p24")["deadline"], "2026-03-31");
    assert_eq!(entries(&desk.database), 2);
}

#[test]
fn nobody_has_reported_in_an_empty_database() {
    let desk = Desk::new();
    // The database is made, and stays empty because the file is not there.
    desk.load(&desk.path("missing.csv")).ended(3);
    let text = forecast_text(&desk.database, &format!("{WEEK} --lang en"));
    assert!(
        text.contains("\nNation: 0 of 63 units reported – records; "),
        "{text}"
    );
    assert_eq!(text.matches("never reported\n").count(), 63, "{text}");
    assert!(
        !text.contains("1970"),
        "nothing was known then either: {text}"
    );
    let json = forecast(&desk.database, "--units 34");
    let nation = ["reporting", "expected", "done", "total"].map(|key| &json["national"][key]);
    assert_eq!(json!(nation), json!([0, 34, null, null]));
    for entry in json["forecasts"].as_array().unwrap() {
        assert_eq!(
            (&entry["state"], &entry["reason"]),
            (&json!("too_short"), &json!("not_reported"))
        );
    }
    desk.order("chart ranking --out", &[&desk.path("a.svg")])
        .ended(0)
        .says("0/34");
}
