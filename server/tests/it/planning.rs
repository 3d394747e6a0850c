//! Deadlines, campaigns, totals, units and the log, as their pages and the API show and record them.

use crate::access::Country;
use crate::desk::{Desk, SOUND};
use crate::http::{get, get_with, post_form, send};
use crate::program::{Server, sohoa};

#[test]
fn a_deadline_and_a_campaign_are_recorded_and_stand_in_their_histories_on_charts_and_in_the_api() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    let deadline = [
        ("unit", "p24"),
        ("kind", "plan"),
        ("first", "2026-03-31"),
        ("last", "2025-02-01"),
        ("text", "Kế hoạch 99/KH"),
    ];
    assert_eq!(post_form(&server.url("/deadlines"), &deadline).status, 303);
    let campaign = [
        ("unit", ""),
        ("first", "2025-02-10"),
        ("last", "2025-03-12"),
        ("text", "30 ngày đêm"),
        ("text_en", "30 days and nights"),
    ];
    let place = server.url("/deadlines/campaigns");
    assert_eq!(post_form(&place, &campaign).status, 303);
    let page = get(&server.url("/deadlines?lang=en")).says(200, "Kế hoạch 99/KH");
    let page = page.says(200, "30 days and nights");
    page.says(200, "in force");
    get(&server.url("/api/v1/deadlines?unit=p24")).says(200, "Kế hoạch 99/KH");
    get(&server.url("/api/v1/campaigns")).says(200, "30 ngày đêm");
    get(&server.url("/charts/burn-up.svg?lang=en")).says(200, "30 days and nights");
    let turned = [
        ("first", "2025-03-12"),
        ("last", "2025-03-11"),
        ("text", "a"),
    ];
    post_form(&place, &turned).says(409, "kết thúc trước khi bắt đầu");
    let body = br#"{"due_on":"2026-06-30","kind":"plan","source":"QD 1"}"#;
    let url = server.url("/api/v1/deadlines?lang=en");
    let kind = [("Content-Type", "application/json")];
    assert_eq!(send("POST", &url, &kind, body).status, 200);
    let body = br#"{"due_on":"2026-06-30","kind":"plan","source":" "}"#;
    send("POST", &url, &kind, body).says(400, "source needs 1 to 500 characters");
}

#[test]
fn the_total_of_a_province_is_told_with_every_week_in_which_it_changed() {
    let desk = Desk::new();
    desk.record("a.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    desk.record("b.csv", &["24,23/02/2025,Kết hôn,1000,700,600,400,"]);
    desk.record("c.csv", &["24,02/03/2025,Kết hôn,1200,800,700,500,"]);
    let server = Server::start(&desk.database);
    let page = get(&server.url("/deadlines?lang=en&unit=p24"));
    let page = page.says(
        200,
        "<th scope=\"row\">2025-W09</th><td class=\"n\">1,200</td><td class=\"n\">+200</td>",
    );
    page.says(
        200,
        "<th scope=\"row\">2025-W07</th><td class=\"n\">1,000</td><td class=\"n\">first</td>",
    );
    assert_eq!(get(&server.url("/deadlines?unit=p99")).status, 400);
}

#[test]
fn the_units_say_what_they_were_formed_from_and_whose_code_they_carry() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    let page = get(&server.url("/units?lang=en&units=34"));
    let page = page.says(200, "id=\"q15\"");
    let page = page.says(200, "<a href=\"#p15\">Yen Bai</a>");
    assert_eq!(page.text().matches("was the code of").count(), 7);
    assert!(!page.text().contains("id=\"p15\""));
    let both = get(&server.url("/units"));
    assert_eq!(both.text().matches("<tr id=\"").count(), 97);
}

#[test]
fn the_log_is_filtered_and_proved() {
    let country = Country::new();
    // Nobody is planted here who is in no entry of the log.
    let server = Server::spawn(sohoa(), &country.desk.database, &[]);
    let (name, value) = country.shown("administrator");
    let ask = |path: &str| get_with(&server.url(path), &[(name, value.as_str())]);
    let page = ask("/log?lang=en&action=withdraw_submission").says(200, "No such entry.");
    assert_eq!(page.text().matches("<tr id=\"e").count(), 0);
    let page = ask("/log?lang=en&action=record_submission").says(200, "other.csv");
    assert_eq!(page.text().matches("<tr id=\"e").count(), 4);
    ask("/log?lang=en&to=2000-01-01").says(200, "No such entry.");
    ask("/log?lang=en&verify=now").says(200, "The log is whole: ");
    assert_eq!(ask("/log?actor=%00").status, 400);
    assert_eq!(ask("/api/v1/log?actor=nobody%00").status, 400);
    let newest = ask("/api/v1/log?action=record_submission&limit=1");
    newest.says(200, "\"subject\":\"theirs.csv\"");
}
