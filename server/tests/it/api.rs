//! The API as its clients meet it: the same figures as the pages, errors that say what is wrong, pages of lists that fit
//! together, tags that save a transfer.

use serde_json::Value;

use crate::desk::{Desk, SOUND, forecast_text};
use crate::http::{Answer, get, get_with, send};
use crate::issuing::explained;
use crate::program::{Server, demo_copy};

pub(crate) fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()))
}

/// The answer to a request that must go well.
#[track_caller]
pub(crate) fn ok(server: &Server, path: &str) -> Value {
    let answer = get(&server.url(path));
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json", "{path}");
    json(&answer)
}

/// A problem of a type, which its page explains in both languages.
#[track_caller]
pub(crate) fn problem(server: &Server, answer: &Answer, status: u16, name: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = json(answer);
    assert_eq!(problem["type"], format!("/api/problems/{name}"));
    assert_eq!(problem["status"], status);
    for member in ["title", "detail", "instance"] {
        assert!(!problem[member].as_str().unwrap().is_empty(), "{member}");
    }
    let page = get(&server.url(problem["type"].as_str().unwrap()));
    assert_eq!(page.status, 200);
    assert!(page.text().contains("lang=\"vi\"") && page.text().contains("lang=\"en\""));
    problem
}

#[test]
fn the_figures_are_those_of_the_command_line_and_the_pages() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let table = get(&server.url("/api/v1/forecast?units=63&as_of=2024-06-30&known_on=2024-07-18"));
    let options = "--units 63 --as-of 2024-06-30 --known-on 2024-07-18 --format json";
    assert_eq!(table.text(), forecast_text(&database, options));
    let table = json(&table);

    let report = ok(
        &server,
        "/api/v1/report?units=63&as_of=2024-06-30&known_on=2024-07-18",
    );
    assert_eq!(report["synthetic"], true);
    assert_eq!(report["remaining"], table["national"]["remaining"]);
    let page = get(&server.url("/?units=63&as_of=2024-06-30&known_on=2024-07-18&lang=en"));
    let stages = report["stages"].as_array().unwrap();
    assert_eq!(stages.len(), 3);
    for stage in stages {
        let estimate = stage["estimate"].as_i64().unwrap();
        let shown = store::domain::Language::En.whole(estimate);
        assert!(page.text().contains(&shown), "{shown}");
    }
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 63);
    let first = &rows[0];
    let unit = first["unit"].as_str().unwrap();
    let own = ok(
        &server,
        &format!("/api/v1/forecast/{unit}?units=63&as_of=2024-06-30&known_on=2024-07-18"),
    );
    assert_eq!(own, first["forecast"]);
    let detail = ok(
        &server,
        &format!("/api/v1/units/{unit}?units=63&as_of=2024-06-30&known_on=2024-07-18"),
    );
    assert_eq!(detail["report"]["forecast"], own);
    assert_eq!(detail["report"]["stages"], first["stages"]);

    let last = ok(
        &server,
        "/api/v1/series?units=63&as_of=2024-06-30&known_on=2024-07-18&stage=transferred&from=2024-W26&to=2024-W26",
    );
    assert_eq!(last["items"].as_array().unwrap().len(), 64);
    assert_eq!(last["items"][0]["unit"], "VN");
    let transferred = stages
        .iter()
        .find(|stage| stage["stage"] == "transferred")
        .unwrap();
    assert_eq!(last["items"][0]["estimate"], transferred["estimate"]);
    let arrivals = ok(
        &server,
        "/api/v1/arrivals?as_of=2024-06-30&known_on=2024-07-18&state=missing",
    );
    let missing = transferred["carried"].as_array().unwrap().len()
        + transferred["silent"].as_array().unwrap().len();
    assert_eq!(arrivals["items"].as_array().unwrap().len(), missing);
}

#[test]
fn a_scenario_of_nothing_is_the_forecast_and_the_reconciliation_is_that_of_its_page() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let nothing = ok(&server, "/api/v1/scenario?units=34");
    assert_eq!(nothing["changes"], 0);
    assert_eq!(nothing["national"]["base"], nothing["national"]["scenario"]);
    let page = get(&server.url("/reconciliation?lang=en"));
    let summary = ok(&server, "/api/v1/reconciliation");
    let compared = summary["funnel"]["compared"].as_i64().unwrap();
    page.says(200, &store::domain::Language::En.whole(compared));
}

#[test]
fn the_bottleneck_the_difficulties_and_the_changes_are_those_of_their_pages() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let bottleneck = ok(&server, "/api/v1/bottleneck?units=34");
    let summary = bottleneck["summary"]["en"].as_str().unwrap();
    get(&server.url("/bottleneck?units=34&lang=en")).says(200, summary);
    assert_eq!(bottleneck["rows"].as_array().unwrap().len(), 34);
    let difficulties = ok(&server, "/api/v1/difficulties?limit=1");
    let identity = difficulties["items"][0]["identity"].as_str().unwrap();
    get(&server.url("/difficulties")).says(200, identity);
    let issued = ok(&server, "/api/v1/issued-forecasts?limit=2");
    let number = |place: usize| issued["items"][place]["number"].as_i64().unwrap();
    let (old, new) = (number(1), number(0));
    let why = ok(&server, &format!("/api/v1/revisions?old={old}&new={new}"));
    assert_eq!(ok(&server, "/api/v1/revisions"), why, "the last two");
    assert_eq!(why, explained(&database, old, new));
    let none = get(&server.url("/api/v1/revisions?old=1&new=2"));
    problem(&server, &none, 404, "not-found");
    let lots = ok(&server, "/api/v1/audits?state=accepted");
    let lots = lots["items"].as_array().unwrap();
    assert!(!lots.is_empty());
    let audit = get(&server.url("/audit"));
    for lot in lots {
        assert!(lot["result"]["defective"].as_i64() <= lot["acceptance"].as_i64());
        let place = format!("/audit/{}", lot["number"]);
        assert!(audit.text().contains(&place), "{place}");
    }
    let from = "2025-02-01T00:00:00%2B07:00";
    let first = get(&server.url(&format!("/api/v1/changes?from={from}&limit=2")));
    let link = first.header("link");
    assert!(
        link.contains(
            &format!("from={from}")
                .replace("00:00:00", "00%3A00%3A00")
                .replace("07:00", "07%3A00")
        ),
        "{link}"
    );
    let next = link.trim_start_matches('<').split('>').next().unwrap();
    let (first, second) = (json(&first), ok(&server, next));
    assert_ne!(first["items"], second["items"]);
    assert_eq!(first["known_on"], second["known_on"]);
}

#[test]
fn every_read_answers_and_a_wrong_part_is_named() {
    let desk = Desk::new();
    desk.record("one.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    for (path, parameter) in [
        ("/api/v1/report?as_of=18/02/2025", "as_of"),
        ("/api/v1/report?as_of=2025-02-30", "as_of"),
        ("/api/v1/report?units=62", "units"),
        ("/api/v1/report?known_on=yesterday", "known_on"),
        ("/api/v1/report?lang=fr", "lang"),
        ("/api/v1/log?limit=0", "limit"),
        ("/api/v1/log?limit=1001", "limit"),
        ("/api/v1/log?limit=99999999999999999999", "limit"),
        ("/api/v1/log?cursor=next", "cursor"),
        ("/api/v1/series?unit=p99", "unit"),
        ("/api/v1/series?stage=%00", "stage"),
        ("/api/v1/series?from=2025-W60", "from"),
        ("/api/v1/scenario?percent=-1", "percent"),
        ("/api/v1/log?limit=1&limit=2", "limit"),
    ] {
        let answer = get(&server.url(path));
        let problem = problem(&server, &answer, 400, "invalid-parameter");
        assert_eq!(problem["parameter"], parameter, "{path}");
    }
    let unknown = get(&server.url("/api/v1/units?unit_s=34"));
    assert_eq!(
        problem(&server, &unknown, 400, "unknown-parameter")["parameter"],
        "unit_s"
    );
    for path in [
        "/api/v1/nothing",
        "/api",
        "/api/v1/units/p99",
        "/api/v1/units/%2e%2e%2f",
        "/api/v1/submissions/0",
        "/api/v1/submissions/99999999999999999999",
        "/api/v1/submissions/9223372036854775807",
        "/api/v1/packs/1",
        "/api/problems/none",
    ] {
        problem(&server, &get(&server.url(path)), 404, "not-found");
    }
    let refused = send("PUT", &server.url("/api/v1/pack-orders"), &[], b"");
    problem(&server, &refused, 405, "method-not-allowed");
    assert_eq!(refused.header("allow"), "GET, POST, HEAD");
    let accept = get_with(
        &server.url("/api/v1/units"),
        &[("Accept", "application/xml")],
    );
    problem(&server, &accept, 406, "not-acceptable");
    for far in ["0001-01-01", "9999-12-31", "+262142-12-31", "-262143-01-01"] {
        for parameter in ["as_of", "known_on"] {
            let answer = get(&server.url(&format!(
                "/api/v1/report?{parameter}={}",
                far.replace('+', "%2B")
            )));
            assert!(answer.status < 500, "{parameter}={far}: {}", answer.text());
        }
    }
}

#[test]
fn problems_speak_the_language_that_is_asked_for() {
    let desk = Desk::new();
    drop(store::Store::open(&desk.database).unwrap());
    let server = Server::start(&desk.database);
    let url = server.url("/api/v1/units/p99");
    get(&url).says(404, "Không tìm thấy");
    get(&server.url("/api/v1/units/p99?lang=en")).says(404, "Not found");
    let english = get_with(&url, &[("Accept-Language", "fr, en-GB;q=0.8, vi;q=0.5")]);
    assert_eq!(english.header("content-language"), "en");
    english.says(404, "Not found");
}

#[test]
fn the_pages_of_a_list_fit_together_whatever_is_recorded_meanwhile() {
    let desk = Desk::new();
    for (name, day, done) in [("a", "09", 400), ("b", "16", 450), ("c", "23", 500)] {
        let left = 1000 - done;
        let row = format!("24,{day}/02/2025,Kết hôn,1000,600,{done},{left},");
        desk.record(name, &[&row]);
    }
    let server = Server::start(&desk.database);
    let first = get(&server.url("/api/v1/submissions?limit=2&unit=p24"));
    let link = first.header("link").to_owned();
    let next = link
        .strip_prefix('<')
        .unwrap()
        .strip_suffix(">; rel=\"next\"")
        .unwrap();
    let numbers = |answer: &Value| {
        let items = answer["items"].as_array().unwrap().iter();
        items
            .map(|item| item["number"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(&json(&first)), [3, 2]);
    desk.record("d", &["24,02/03/2025,Kết hôn,1000,600,550,450,"]);
    let second = get(&server.url(next));
    assert_eq!(numbers(&json(&second)), [1]);
    assert_eq!(json(&second)["next"], Value::Null);
    assert_eq!(second.header("link"), "");
    assert_eq!(numbers(&ok(&server, "/api/v1/submissions")), [4, 3, 2, 1]);
}

#[test]
fn an_answer_that_stands_is_not_sent_again() {
    let desk = Desk::new();
    desk.record("one.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    let url = server.url("/api/v1/report?units=34");
    let first = get_with(&url, &[("Accept-Encoding", "identity")]);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() == 66, "{tag}");
    let again = |headers: &[(&str, &str)]| get_with(&url, headers);
    let kept = again(&[("Accept-Encoding", "identity"), ("If-None-Match", &tag)]);
    assert_eq!((kept.status, kept.body.len()), (304, 0));
    assert_eq!(kept.header("etag"), tag);
    assert_eq!(
        again(&[
            ("If-None-Match", "\"other\""),
            ("Accept-Encoding", "identity")
        ])
        .status,
        200
    );
    let table = again(&[("Accept", "text/csv"), ("Accept-Encoding", "identity")]);
    assert_ne!(
        table.header("etag"),
        tag,
        "another format is another representation"
    );
    let head = send("HEAD", &url, &[("Accept-Encoding", "identity")], b"");
    assert_eq!((head.status, head.header("etag")), (200, tag.as_str()));
}

#[test]
fn tables_come_as_csv_and_series_as_sdmx_csv() {
    let desk = Desk::new();
    desk.record("one.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    let table = |path: &str, media: &str| {
        let answer = get_with(&server.url(path), &[("Accept", media)]);
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(
            answer.header("content-type").starts_with(media),
            "{}",
            answer.header("content-type")
        );
        answer.text().to_owned()
    };
    let units = table("/api/v1/units?list=34", "text/csv");
    assert_eq!(units.lines().count(), 35);
    assert!(units.starts_with("unit,list,name_vi,name_en,code,"));
    let report = table("/api/v1/report?units=34", "text/csv");
    assert_eq!(report.lines().count(), 35);
    let sdmx = "application/vnd.sdmx.data+csv;version=1.0.0";
    let series = table("/api/v1/series?unit=p24&stage=transferred&limit=2", sdmx);
    let mut lines = series.lines();
    assert_eq!(
        lines.next(),
        Some("DATAFLOW,FREQ,REF_AREA,STAGE,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS")
    );
    assert!(
        series.contains("\nSOHOA:DIGITIZATION(1.0),W,p24,transferred,record,20"),
        "{series}"
    );
    let published = table("/api/v1/published-figures", sdmx);
    assert!(published.starts_with("DATAFLOW,REF_AREA,MEASURE,"));
}
