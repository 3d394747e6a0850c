//! What clients of the API decide: exemptions, moves about difficulties, forecasts given out.

use serde_json::{Value, json};
use store::testing::ADMINISTRATOR;

use crate::api::{json as body_of, ok, problem};
use crate::desk::{Desk, entries};
use crate::http::{Answer, get, send};
use crate::program::Server;

/// A server over some weeks of Bắc Giang with a difficulty.
fn served() -> (Desk, Server) {
    let desk = Desk::new();
    let rows = (0..10).map(|week| {
        let day = 5 + 7 * week;
        let day = chrono::NaiveDate::from_yo_opt(2025, day).unwrap();
        let done = 200_137 + 40_211 * week;
        format!(
            "24,{},Tổng hợp,1700313,{done},{done},Thiếu máy quét\n",
            day.format("%d/%m/%Y")
        )
    });
    let head = "Mã tỉnh,Ngày chốt số liệu,Loại việc,Tổng số cần số hóa,Đã nhập,Đã chuyển vào CSDL,\"Khó khăn, vướng mắc\"\n";
    let path = desk.write("weeks.csv", head.to_owned() + &rows.collect::<String>());
    desk.load(&path).ended(0);
    let server = Server::start(&desk.database);
    (desk, server)
}

fn post(server: &Server, path: &str, body: &Value) -> Answer {
    let kind = [("Content-Type", "application/json")];
    send(
        "POST",
        &server.url(path),
        &kind,
        body.to_string().as_bytes(),
    )
}

#[test]
fn an_exemption_is_given_listed_and_ended() {
    let (desk, server) = served();
    let list = "/api/v1/exemptions?as_of=2025-03-09";
    assert_eq!(ok(&server, list)["exemptions"], json!([]));
    let new = |unit: &str, last_day: &str| json!({"unit": unit, "last_day": last_day, "reason": "lũ lụt"});
    let give = |unit, last_day| post(&server, list, &new(unit, last_day));
    problem(
        &server,
        &give("p99", "2025-03-30"),
        400,
        "invalid-parameter",
    );
    problem(&server, &give("p01", "2027-03-30"), 409, "conflict");
    let before = entries(&desk.database);
    let given = body_of(&give("p01", "2025-03-30"));
    assert_eq!(given["week"], "2025-W10");
    let own = &given["exemptions"][0];
    let told = (
        &own["unit"],
        &own["first_day"],
        &own["last_day"],
        &own["given_by"],
    );
    let expected = ("p01", "2025-03-03", "2025-03-30", ADMINISTRATOR);
    assert_eq!(
        told,
        (
            &expected.0.into(),
            &expected.1.into(),
            &expected.2.into(),
            &expected.3.into()
        )
    );
    let page = get(&server.url("/late?lang=en&as_of=2025-03-09"));
    page.says(200, "Exempt from reminders (1)");
    let end = json!({"unit": "p01", "reason": "mở lại"});
    let ended = post(&server, "/api/v1/exemptions/end?as_of=2025-03-09", &end);
    assert_eq!(body_of(&ended)["exemptions"], json!([]));
    let again = post(&server, "/api/v1/exemptions/end?as_of=2025-03-09", &end);
    problem(&server, &again, 409, "conflict");
    assert_eq!(entries(&desk.database), before + 2);
}

#[test]
fn a_difficulty_is_moved_under_its_name() {
    let (desk, server) = served();
    let told = ok(&server, "/api/v1/difficulties");
    let identity = told["items"][0]["identity"].as_str().unwrap();
    let path = format!("/api/v1/difficulties/{identity}");
    let moved = |state: &str, note: &str| {
        let body = json!({"state": state, "owner": "ministry", "note": note});
        post(&server, &path, &body)
    };
    problem(&server, &moved("done", "x"), 400, "invalid-parameter");
    problem(&server, &moved("working", " "), 400, "invalid-parameter");
    let nothing = json!({"state": "working", "owner": "ministry", "note": "x"});
    let elsewhere = post(&server, "/api/v1/difficulties/none", &nothing);
    problem(&server, &elsewhere, 404, "not-found");
    let before = entries(&desk.database);
    let answer = body_of(&moved("working", "Bộ cấp thêm máy"));
    assert_eq!(
        (&answer["state"], &answer["owner"]),
        (&json!("working"), &json!("ministry"))
    );
    assert_eq!(answer["moves"][0]["note"], "Bộ cấp thêm máy");
    assert_eq!(ok(&server, "/api/v1/difficulties")["items"][0], answer);
    assert_eq!(entries(&desk.database), before + 1);
}

#[test]
fn a_forecast_is_issued_once_for_the_same_figures_and_scored() {
    let (desk, server) = served();
    let issue_of = |day: &str| {
        post(
            &server,
            &format!("/api/v1/issued-forecasts?units=63{day}"),
            &json!({}),
        )
    };
    problem(&server, &issue_of("&as_of=1700-01-01"), 404, "not-found");
    let issue = || issue_of("");
    let issued = issue();
    assert_eq!(issued.status, 201, "{}", issued.text());
    let entry = body_of(&issued);
    assert_eq!(
        (&entry["units"], &entry["issued_by"]),
        (&json!("63"), &json!(ADMINISTRATOR))
    );
    let document = get(&server.url(issued.header("location")));
    assert_eq!(document.status, 200);
    problem(&server, &issue(), 409, "conflict");
    assert_eq!(
        ok(&server, "/api/v1/issued-forecasts")["items"],
        json!([entry])
    );
    let record = ok(&server, "/api/v1/scorecard");
    assert_eq!(record["forecasts"][0]["number"], entry["number"]);
    let said = desk.order("scorecard --format json", &[]).ended(0);
    let printed: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(record, printed);
}

#[test]
fn letters_are_issued_listed_and_given_as_one_archive() {
    let (desk, server) = served();
    let before = entries(&desk.database);
    let issued = post(
        &server,
        "/api/v1/letters?as_of=2025-03-09&lang=en",
        &json!({}),
    );
    assert_eq!(issued.status, 201, "{}", issued.text());
    let entry = body_of(&issued);
    let told = (&entry["week_ending"], &entry["language"], &entry["letters"]);
    assert_eq!(told, (&json!("2025-03-09"), &json!("en"), &json!(62)));
    assert_eq!(ok(&server, "/api/v1/letters")["letters"], json!([entry]));
    let archive = get(&server.url(issued.header("location")));
    assert_eq!(archive.header("content-type"), "application/zip");
    let number = entry["number"].as_i64().unwrap();
    let page = get(&server.url(&format!("/late/letters/{number}.zip")));
    assert!(archive.body == page.body, "the archive of the page");
    let mail = post(
        &server,
        &format!("/api/v1/letters/{number}/mail"),
        &json!({}),
    );
    problem(&server, &mail, 409, "conflict");
    let none = get(&server.url("/api/v1/letters/999/archive"));
    problem(&server, &none, 404, "not-found");
    assert_eq!(entries(&desk.database), before + 1);
}

#[test]
fn a_lot_is_frozen_its_seed_drawn_and_its_result_recorded() {
    let (desk, server) = served();
    let before = entries(&desk.database);
    let list = store::domain::Digest::of(b"a list").to_string();
    let lot = |unit: &str, acceptable: u32| {
        json!({
            "unit": unit, "record_type": "birth", "period": "1976-1999", "contractor": "Công ty A",
            "against": "paper_book", "list_sha256": list, "entries": 5000,
            "acceptable_permille": acceptable, "limiting_permille": 20,
        })
    };
    let freeze = |lot: &Value| post(&server, "/api/v1/audits", lot);
    problem(&server, &freeze(&lot("p24", 3)), 400, "invalid-parameter");
    problem(&server, &freeze(&lot("p99", 5)), 400, "invalid-parameter");
    let frozen = freeze(&lot("p24", 5));
    assert_eq!(frozen.status, 201, "{}", frozen.text());
    let frozen = body_of(&frozen);
    assert_eq!(
        (&frozen["state"], &frozen["entries"]),
        (&json!("frozen"), &json!(5000))
    );
    let place = format!("/api/v1/audits/{}", frozen["number"]);
    let step = |name: &str, body: &Value| post(&server, &format!("{place}/{name}"), body);
    let found = |defective: i64| {
        json!({
            "critical": 0, "major": 1, "minor": 0, "defective": defective, "unreadable": 0,
            "inspector": "Sở Tư pháp",
        })
    };
    problem(&server, &step("result", &found(1)), 409, "conflict");
    let drawn = body_of(&step("seed", &json!({})));
    assert_eq!(drawn["state"], "drawn");
    assert_eq!(drawn["seed"].as_str().unwrap().len(), 64);
    problem(&server, &step("seed", &json!({})), 409, "conflict");
    problem(
        &server,
        &step("result", &found(-1)),
        400,
        "invalid-parameter",
    );
    let decided = body_of(&step("result", &found(1)));
    assert_eq!(
        (&decided["state"], &decided["result"]["defective"]),
        (&json!("accepted"), &json!(1))
    );
    assert_eq!(ok(&server, "/api/v1/audits")["items"], json!([decided]));
    let nowhere = post(&server, "/api/v1/audits/999/seed", &json!({}));
    problem(&server, &nowhere, 404, "not-found");
    assert_eq!(entries(&desk.database), before + 3);
}
