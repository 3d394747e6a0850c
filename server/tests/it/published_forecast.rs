//! The forecast from published figures alone, as its readers meet it: the figures that come with the program, and nothing else.

use serde_json::Value;

use crate::desk::{Desk, SOUND, forecast, forecast_text, unit};
use crate::http::get;
use crate::issuing::explained;
use crate::program::Server;

/// The figures as they are kept, with their header.
const FIGURES: &str = include_str!("../../../data/published/figures.csv");

/// A desk to which only the published figures up to a day were given.
fn desk(until: &str) -> Desk {
    let desk = Desk::new();
    load(&desk, until);
    desk
}

fn load(desk: &Desk, until: &str) {
    let known = |line: &&str| line.starts_with("as_of") || line.get(..10) <= Some(until);
    let lines: Vec<&str> = FIGURES.lines().filter(known).collect();
    let path = desk.write(&format!("{until}.csv"), lines.join("\n"));
    desk.load(&path).ended(0).says("1 of 1 files recorded\n");
}

#[test]
fn the_published_figures_give_the_nation_a_date_on_every_surface() {
    let desk = desk("2026-01-01");
    let shown = forecast(&desk.database, "");
    let national = &shown["national"];
    assert_eq!(shown["week"], "2025-W01");
    assert_eq!(shown["as_of"], "2024-12-31");
    assert_eq!(national["source"], "published");
    let middle = national["p50"].as_str().unwrap();
    assert!(("2025-04"..="2025-12").contains(&middle), "{middle}");
    let late = national["p90"].as_str().unwrap();
    assert!(("2025-12"..="2028").contains(&late), "{late}");
    assert_eq!(
        (&national["reporting"], &national["expected"]),
        (&0.into(), &63.into())
    );
    assert_eq!(
        (&national["done"], &national["total"]),
        (&Value::Null, &Value::Null)
    );
    // One figure tells no pace, and a count without a total no date.
    assert_eq!(unit(&shown, "p95")["reason"], "no_total");
    assert_eq!(unit(&shown, "p27")["source"], "reports");

    let text = forecast_text(&desk.database, "--lang en");
    assert!(text.contains("made of 4 figures published as of 10 Jul 2023 to 31 Dec 2024"));
    let server = Server::start(&desk.database);
    let page = get(&server.url("/forecast?lang=en")).says(
        200,
        "By published figures, the whole country may be done around",
    );
    page.says(200, "From published figures, not from reports.");
    let page = get(&server.url("/forecast"));
    page.says(200, "không phải từ báo cáo của các địa phương");
    get(&server.url("/?lang=en")).says(200, "The national count reaches the total");
    let room = get(&server.url("/forecast/scenario?lang=en&campaign=200"));
    room.says(
        200,
        "What is forecast from published figures moves with no scenario.",
    );
    let chart = get(&server.url("/charts/burn-up.svg?lang=en"));
    chart.says(
        200,
        "The forecast is from published figures, not from reports.",
    );
    let api = get(&server.url("/api/v1/forecast"));
    let api: Value = serde_json::from_str(api.text()).unwrap();
    assert_eq!(api["national"]["p50"], national["p50"]);
    assert_eq!(
        api["national"]["published"]["counts"]
            .as_array()
            .unwrap()
            .len(),
        4
    );
}

#[test]
fn a_contradicted_total_and_too_few_figures_give_no_date_and_say_why() {
    let desk = desk("2026-01-01");
    // 111.5 million were said to be entered of a total of more than 100 million.
    let text = forecast_text(&desk.database, "--stage entered --lang en");
    assert!(text.contains("Published figures: no total was published that fits the count."));
    let shown = forecast(&desk.database, "--stage entered");
    let row = unit(&shown, "q14");
    assert_eq!(
        (&row["state"], &row["source"]),
        (&"done".into(), &"published".into())
    );
    assert_eq!(row["group"], "no_figure");
    let row = unit(&shown, "q40");
    assert_eq!((&row["have"], &row["need"]), (&1.into(), &3.into()));
}

#[test]
fn what_was_not_known_then_is_not_used_and_what_was_issued_is_made_again() {
    let desk = desk("2024-11-01");
    let issue = |number: usize| {
        let said = desk.order("forecast --issue --by monitor --lang en", &[]);
        said.ended(0).says(&format!("forecast {number} is issued"));
    };
    issue(2);
    let then = forecast(&desk.database, "");
    assert_eq!(then["week"], "2024-W26");
    load(&desk, "2026-01-01");
    issue(4);
    let now = forecast(&desk.database, "");
    assert!(then["national"]["p50"] != now["national"]["p50"]);
    let again = desk.order("forecast --reissue 2", &[]).ended(0);
    let again: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(again["week"], "2024-W26");
    assert_eq!(
        again["national"]["published"]["counts"]
            .as_array()
            .unwrap()
            .len(),
        3
    );

    let moved = explained(&desk.database, 2, 4);
    let national = &moved["national"];
    let days = national["days"].as_i64().unwrap();
    assert!(days < 0, "27 million in half a year after 14: {days}");
    let part = |name: &str| national["parts"][name].as_i64().unwrap();
    let parts = [
        "random_numbers",
        "corrections",
        "calendar",
        "work",
        "pace",
        "scope",
    ];
    assert_eq!(parts.map(part).iter().sum::<i64>(), days);
    assert!(part("pace") < -30, "the new figure: {national}");
    assert_eq!(part("corrections") + part("calendar") + part("scope"), 0);
    assert!(moved["most_done"]["days"].as_i64().unwrap() < 0);
}

#[test]
fn a_report_of_one_province_is_not_the_nation() {
    let desk = desk("2026-01-01");
    desk.record("a.csv", &[SOUND]);
    let shown = forecast(&desk.database, "");
    assert_eq!(shown["week"], "2025-W08");
    let national = &shown["national"];
    assert_eq!(
        (&national["source"], &national["reporting"]),
        (&"published".into(), &1.into())
    );
    assert_eq!(national["done"], 500, "what was reported is what it was");
    let row = unit(&shown, "p24");
    assert_eq!(
        (&row["source"], &row["reason"]),
        (&"reports".into(), &"too_short".into())
    );
}
