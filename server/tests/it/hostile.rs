//! Hostile input to every door that takes a form: none of it makes the program fail, and none of it is recorded.

use std::process::Stdio;

use chrono::{DateTime, Utc};

use crate::access::{Country, table};
use crate::http::{Answer, send};
use crate::program::Server;

/// Every field that any form has.
const FIELDS: [&str; 30] = [
    "answers",
    "code",
    "contractor",
    "cut_off",
    "digest",
    "due_on",
    "first",
    "inspector",
    "kind",
    "known_on",
    "lang",
    "language",
    "last",
    "login",
    "name",
    "note",
    "owner",
    "password",
    "province",
    "reason",
    "role",
    "secret",
    "sha256",
    "state",
    "text",
    "text_en",
    "to",
    "unit",
    "units",
    "week",
];

/// Values as they stand in a form: NUL, line breaks, no UTF-8, letters turned round, nothing, and far too much.
fn hostile() -> [String; 7] {
    [
        "%00".to_owned(),
        "a%0D%0Ab".to_owned(),
        "%FF%FE".to_owned(),
        "%E2%80%AEabc".to_owned(),
        "++".to_owned(),
        "%F0%9F%8C%BE".repeat(501),
        "a".repeat(2_000_000),
    ]
}

/// Doors that take no words: what a form says there is not read, and the deed is done. They change no figure.
const WORDLESS: [&str; 11] = [
    "/account/sessions",
    "/api/v1/audits/{lot}/seed",
    "/api/v1/issued-forecasts",
    "/api/v1/letters",
    "/api/v1/letters/{number}/mail",
    "/audit/{lot}/seed",
    "/forecast",
    "/packs",
    "/packs/cancel",
    "/late/letters",
    "/sign-out",
];

/// Doors that answer a file that is none with a receipt.
const LOOKING: [&str; 2] = ["/upload", "/api/v1/checks"];

const FORM: &str = "application/x-www-form-urlencoded";

fn post(country: &Country, server: &Server, address: &str, (kind, body): (&str, &[u8])) -> Answer {
    let (name, value) = country.shown("administrator");
    let headers = [(name, value.as_str()), ("Content-Type", kind)];
    send("POST", &server.url(address), &headers, body)
}

fn entries(country: &Country) -> usize {
    let all = country.store.list_log(DateTime::<Utc>::MAX_UTC, i64::MAX);
    all.unwrap().len()
}

/// Bodies of every kind that no form has.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let mut bodies = Vec::new();
    for value in hostile() {
        let fields = FIELDS.map(|field| format!("{field}={value}"));
        bodies.push((FORM, fields.join("&").into_bytes()));
        let part = |field: &str| {
            format!(
                "--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{}\r\n",
                value.replace("%00", "\0")
            )
        };
        let parts: String = ["contractor", "unit", "answers"].map(part).concat();
        bodies.push((
            "multipart/form-data; boundary=x",
            format!("{parts}--x--\r\n").into_bytes(),
        ));
    }
    bodies.extend([
        (FORM, b"reason=a&reason=b&note=a&note=b&name=a&name=b&login=a&login=b&password=a&password=b&first=a&first=b".to_vec()),
        (FORM, Vec::new()),
        (FORM, vec![0xff; 64]),
        ("text/plain", b"reason=a".to_vec()),
        ("application/json", b"{\"reason\":\"a\\u0000b\",\"source\":\"\",\"name\":\"\"}".to_vec()),
        ("application/json", vec![b'['; 60_000]),
        ("multipart/form-data", b"x".to_vec()),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n".to_vec()),
    ]);
    bodies
}

#[test]
fn no_door_fails_on_what_no_form_sends_and_none_of_it_is_recorded() {
    let country = Country::new();
    let unlimited = ["--write-limit", "0"];
    let server = Server::start_with(&country.desk.database, &unlimited, Stdio::inherit());
    let bodies = bodies();
    for (method, path) in table().into_keys() {
        if method != "POST" {
            continue;
        }
        let address = country.address(&method, &path);
        let before = entries(&country);
        for (kind, body) in &bodies {
            let answer = post(&country, &server, &address, (kind, body));
            let place = format!(
                "{address}, {kind}, {}: {}",
                String::from_utf8_lossy(&body[..body.len().min(80)]),
                answer.status
            );
            assert!(answer.status < 500, "{place}: {}", answer.text());
            if WORDLESS.contains(&path.as_str()) || LOOKING.contains(&path.as_str()) {
                continue;
            }
            assert!((400..500).contains(&answer.status), "{place}");
            let of_api = path.starts_with("/api/");
            let problem = answer.header("content-type") == "application/problem+json";
            assert_eq!(problem, of_api, "{place}");
        }
        if !WORDLESS.contains(&path.as_str()) {
            assert_eq!(entries(&country), before, "{address} recorded something");
        }
    }
}

#[test]
fn letters_of_every_script_are_kept_as_they_were_typed() {
    let country = Country::new();
    let server = Server::start(&country.desk.database);
    let told = "reason=nh%E1%BA%A7m+tu%E1%BA%A7n+%F0%9F%8C%BE+%D7%A9%D7%9C%D7%95%D7%9D";
    let answer = post(
        &country,
        &server,
        "/files/2/withdraw",
        (FORM, told.as_bytes()),
    );
    assert_eq!(answer.status, 303, "{}", answer.text());
    let (name, value) = country.shown("administrator");
    let address = "/api/v1/submissions/2";
    let kept = crate::http::get_with(&server.url(address), &[(name, value.as_str())]);
    kept.says(200, "\"reason\":\"nhầm tuần 🌾 שלום\"");
}

#[test]
fn the_api_says_too_often_as_a_problem_and_pages_as_a_page() {
    let country = Country::new();
    let one = ["--write-limit", "1"];
    let server = Server::start_with(&country.desk.database, &one, Stdio::inherit());
    post(&country, &server, "/api/v1/checks", (FORM, b""));
    let refused = post(&country, &server, "/api/v1/checks", (FORM, b""));
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    let page = post(&country, &server, "/files/2/withdraw", (FORM, b"reason=a"));
    assert_eq!(page.status, 429);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
}
