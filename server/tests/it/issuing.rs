//! Issued forecasts and the scenario room, as their users meet them.

use chrono::TimeDelta;
use store::Store;
use store::domain::{Digest, NewForecast, UnitView};

use crate::desk::{Desk, SOUND, entries};
use crate::http::{get, post_form};
use crate::program::{Server, demo_copy, run};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    desk
}

#[test]
fn a_forecast_is_issued_once_and_made_again_byte_for_byte() {
    let desk = desk();
    let number = entries(&desk.database) + 1;
    let issue = "forecast --issue --by monitor --lang en";
    desk.order(issue, &[])
        .ended(0)
        .says(&format!("forecast {number} is issued"));
    let again = desk.order(issue, &[]);
    assert_ne!(again.status, 0);
    let said = format!("issued before, number {number}");
    assert!(again.stderr.contains(&said), "{}", again.stderr);
    assert_eq!(entries(&desk.database), number);
    let document = desk
        .order(&format!("forecast --reissue {number}"), &[])
        .ended(0);
    let document: serde_json::Value = serde_json::from_str(&document.stdout).unwrap();
    assert_eq!(document["week"], "2025-W08");
    assert_eq!(document["forecasts"].as_array().unwrap().len(), 63);

    let server = Server::start(&desk.database);
    let page = get(&server.url("/forecast?lang=en"));
    let row = format!("<td class=\"n\">{number}</td><td>23 Feb 2025</td>");
    page.says(200, &row);
    let refused = post_form(&server.url("/forecast?lang=en"), &[]);
    refused.says(409, &said);
}

#[test]
fn the_address_of_the_scenario_room_holds_the_scenario() {
    let desk = desk();
    let server = Server::start(&desk.database);
    let room = |query: &str| get(&server.url(&format!("/forecast/scenario?lang=en{query}")));
    room("").says(
        200,
        "Nothing is changed: the scenario is exactly the forecast.",
    );
    let page = room("&unit=p24&percent=150").says(200, "value=\"150\"");
    assert!(!page.text().contains("Nothing is changed"));
    page.says(200, "percent=150&#38;lang=en&#38;units=34");
    for bad in [
        "&unit=p49&percent=-5",
        "&percent=NaN",
        "&share=101",
        "&deadline=soon",
    ] {
        assert_eq!(room(bad).status, 400, "{bad}");
    }
    assert_eq!(room("&giver=q99").status, 404);
}

#[test]
fn a_forecast_of_an_older_method_is_printed_as_it_was_kept_and_that_is_said() {
    let desk = desk();
    let shown = desk.order("forecast --format json", &[]).ended(0).stdout;
    let aged = shown.replacen("\"version\": 4", "\"version\": 1", 1);
    let aged = aged.replace(reports::forecast::METHOD, "pooled-1");
    assert!(aged != shown);
    let store = Store::open_existing(&desk.database).unwrap();
    let known_on = store.latest_moment().unwrap().unwrap();
    let number = store
        .issue_forecast(
            &NewForecast {
                as_of: "2025-02-23".parse().unwrap(),
                known_on,
                view: UnitView::AsReported,
                method: "pooled-1".to_owned(),
                data: Digest::of(b"then"),
                document: aged.clone(),
                issued_by: "monitor".to_owned(),
            },
            known_on + TimeDelta::seconds(1),
        )
        .unwrap();
    let said = desk.order(&format!("forecast --lang en --reissue {number}"), &[]);
    assert_eq!((said.status, said.stdout), (0, aged));
    assert!(said.stderr.contains("not made again"), "{}", said.stderr);
    assert!(said.stderr.ends_with("pooled-1\n"), "{}", said.stderr);
}

#[test]
fn without_two_issued_forecasts_the_pages_say_what_to_do() {
    let desk = desk();
    let server = Server::start(&desk.database);
    let page = |path: &str| get(&server.url(&format!("/forecast/{path}lang=en")));
    page("scorecard?").says(200, "No forecast has been issued yet");
    page("changes?").says(200, "There are not two forecasts to compare");
    page("changes?old=1&new=2&").says(404, "forecast 1");
    page("changes?old=x&new=2&").says(400, "“x” in parameter old cannot be read.");
    page("changes/waterfall.svg?").says(404, "chart waterfall");
    page("scorecard/pie.svg?").says(404, "chart pie");
}

/// The numbers of the forecasts that the demo issued, latest first.
fn issued_numbers(page: &str) -> Vec<i64> {
    let (_, list) = page.split_once("id=\"new\"").unwrap();
    let (list, _) = list.split_once("</select>").unwrap();
    let numbers = list.split("value=\"").skip(1);
    numbers
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect()
}

/// What the program prints of why the date moved between two issued forecasts.
pub(crate) fn explained(database: &str, old: i64, new: i64) -> serde_json::Value {
    let (old, new) = (old.to_string(), new.to_string());
    let words = ["forecast", "--explain", &old, &new, "--format", "json"];
    let said = run(&[&words[..], &["--database", database]].concat()).ended(0);
    serde_json::from_str(&said.stdout).unwrap()
}

#[test]
fn the_demo_tells_how_right_its_forecasts_were_and_why_the_date_moved() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let scorecard = get(&server.url("/forecast/scorecard?lang=en"));
    for words in ["statements made 13 weeks ahead", "Brier score"] {
        assert!(
            scorecard.text().contains(words),
            "{words}: {}",
            scorecard.text()
        );
    }
    for name in ["calibration.svg", "lateness-compact.svg", "lateness.csv"] {
        assert_eq!(
            get(&server.url(&format!("/forecast/scorecard/{name}"))).status,
            200,
            "{name}"
        );
    }
    let changes = get(&server.url("/forecast/changes?lang=en"));
    // The last province of the nation may be done after the horizon of one of the two: then no days are said.
    for words in [
        "The two cannot be compared in days",
        "The day on which 95% of the national total is done moved",
        "The deadline was moved from 31 Dec 2024",
    ] {
        assert!(
            changes.text().contains(words),
            "{words}: {}",
            changes.text()
        );
    }
    let numbers = issued_numbers(changes.text());
    assert_eq!(numbers.len(), 7);
    let two = format!("old={}&new={}", numbers[3], numbers[2]);
    get(&server.url(&format!("/forecast/changes?lang=en&{two}"))).says(200, "Change of scope");
    let chart = get(&server.url(&format!("/forecast/changes/waterfall.svg?{two}")));
    chart.says(200, "Vì sao ngày hoàn thành đổi");

    let json = explained(&database, numbers[1], numbers[0]);
    assert_eq!(json["national"]["days"], serde_json::Value::Null);
    let most = &json["most_done"];
    assert!(most["days"].is_i64(), "{most}");
    let units = json["units"].as_array().unwrap().iter();
    let moved: Vec<_> = units.filter(|unit| unit["days"].is_i64()).collect();
    assert!(moved.len() > 30, "{}", moved.len());
    for unit in moved.into_iter().chain([most]) {
        let parts = unit["parts"].as_object().unwrap().values();
        let sum: i64 = parts.filter_map(serde_json::Value::as_i64).sum();
        assert_eq!(unit["days"], sum, "{unit}");
    }
    let said = run(&["scorecard", "--format", "json", "--database", &database]).ended(0);
    let json: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    let cases = json["overall"]["records"][2]["cases"].as_i64().unwrap();
    assert!(cases > 200, "{cases}");
    run(&["scorecard", "--format", "csv", "--database", &database])
        .refused(2, "kết quả chỉ có dạng text hoặc json");
}
