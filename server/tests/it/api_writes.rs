//! What clients of the API write: files with answers, taken back and restored, packs; each done once under a key.

use serde_json::Value;

use crate::api::{json, ok, problem};
use crate::desk::{Desk, SOUND, counts, entries, order};
use crate::http::{Answer, Upload, get, send};
use crate::program::Server;
use store::testing::ADMINISTRATOR;

/// A week in which the count of Bắc Giang falls, which is asked about.
fn fallen() -> String {
    counts(&["24,02/03/2025,Kết hôn,1000,600,400,600,"])
}

/// The list of answers to the questions about [`fallen`].
fn answers(server: &Server) -> String {
    let checked = Upload::of("two.csv", fallen()).post(&server.url("/api/v1/checks"));
    let receipt = &json(&checked)["receipts"][0];
    let verdict = (checked.status, &receipt["verdict"]);
    assert_eq!(verdict, (200, &Value::from("queries")));
    let questions = receipt["questions"].as_array().unwrap();
    assert!(!questions.is_empty());
    let answer = |question: &Value| {
        let name = question["id"].as_str().unwrap();
        format!("{name},đã rà soát lại\n")
    };
    let answers: String = questions.iter().map(answer).collect();
    format!("question,answer\n{answers}")
}

#[test]
fn a_check_leaves_no_trace_and_a_token_records_with_answers() {
    let desk = Desk::new();
    desk.record("one.csv", &[SOUND]);
    let said = order(
        "token create --province 24 --expires 90d --database",
        &[&desk.database],
    )
    .ended(0);
    let token = format!("Bearer {}", said.stdout.trim_end());
    let server = Server::start(&desk.database);
    let before = entries(&desk.database);
    let (fallen, answers) = (fallen(), answers(&server));
    assert_eq!(entries(&desk.database), before);
    assert_eq!(
        ok(&server, "/api/v1/questions")["items"],
        Value::Array(Vec::new())
    );

    let url = server.url("/api/v1/submissions");
    let upload = || Upload::of("two.csv", &fallen).header("Authorization", &token);
    problem(
        &server,
        &Upload::of("two.csv", &fallen)
            .header("Cookie", "")
            .post(&url),
        401,
        "no-token",
    );
    let refused = problem(&server, &upload().post(&url), 422, "not-recorded");
    assert_eq!(refused["files"][0]["outcome"], "not_accepted");
    let once = || {
        upload()
            .field("answers", &answers)
            .header("Idempotency-Key", "week-9")
            .post(&url)
    };
    let recorded = once();
    assert_eq!(recorded.status, 200, "{}", recorded.text());
    let number = json(&recorded)["files"][0]["submission"].as_i64().unwrap();
    assert_eq!(once().body, recorded.body, "a replay answers the same");
    assert_eq!(entries(&desk.database), before + 1);
    let other = upload().header("Idempotency-Key", "week-9").post(&url);
    problem(&server, &other, 422, "key-reused");
    let given = ok(&server, "/api/v1/answers?unit=p24");
    assert_eq!(given["items"][0]["answer"], "đã rà soát lại");
    let kept = ok(&server, &format!("/api/v1/submissions/{number}/receipt"));
    assert_eq!(kept["verdict"], "accepted");
    let file = get(&server.url(&format!("/api/v1/submissions/{number}/file")));
    assert_eq!(file.body, fallen.as_bytes());
    problem(
        &server,
        &upload()
            .field("answers", "question,answer\nnone,x\n")
            .post(&url),
        400,
        "invalid-body",
    );
    let sent = &ok(&server, "/api/v1/submissions?limit=1")["items"][0];
    assert_eq!(sent["number"], number);
    assert_eq!(sent["submitted_by"], token_name(&desk.database));
}

/// What the only token is called.
fn token_name(database: &str) -> String {
    let store = store::Store::open(database).unwrap();
    let tokens = store.list_tokens().unwrap();
    assert_eq!(tokens.len(), 1);
    tokens[0].name.clone()
}

/// A server over one week of July 2024.
fn served() -> (Desk, Server) {
    let desk = Desk::new();
    desk.record("one.csv", &["24,14/07/2024,Kết hôn,1000,600,500,500,"]);
    let server = Server::start(&desk.database);
    (desk, server)
}

/// Sends JSON.
fn post(server: &Server, path: &str, body: &str) -> Answer {
    let kind = [("Content-Type", "application/json")];
    send("POST", &server.url(path), &kind, body.as_bytes())
}

#[test]
fn a_file_is_taken_back_and_counts_again() {
    let (desk, server) = served();
    let turn = r#"{"reason": "sai tuần"}"#;
    let turned = |deed: &str| post(&server, &format!("/api/v1/submissions/{deed}"), turn);
    let taken = json(&turned("1/withdrawal"));
    assert_eq!(taken["withdrawn"]["reason"], "sai tuần");
    assert_eq!(taken["withdrawn"]["by"], ADMINISTRATOR);
    problem(&server, &turned("1/withdrawal"), 409, "conflict");
    let restored = json(&turned("1/restoration"));
    assert_eq!(restored["withdrawn"], Value::Null);
    problem(&server, &turned("9/withdrawal"), 404, "not-found");
    assert_eq!(entries(&desk.database), 3);
}

#[test]
fn a_body_that_cannot_be_taken_is_refused_for_its_reason() {
    let (desk, server) = served();
    let withdrawal = "/api/v1/submissions/1/withdrawal";
    let by = r#"{"by": "x", "reason": "y"}"#;
    for body in ["", "{", "[]", "{}", by, "\u{0}"] {
        let refused = post(&server, withdrawal, body);
        problem(&server, &refused, 400, "invalid-body");
    }
    let blank = post(&server, withdrawal, r#"{"reason": " "}"#);
    let blank = problem(&server, &blank, 400, "invalid-parameter");
    assert_eq!(blank["parameter"], "reason");
    let orders = "/api/v1/pack-orders";
    let day = post(&server, orders, r#"{"cutoff": "18/07/2024"}"#);
    let day = problem(&server, &day, 400, "invalid-parameter");
    assert_eq!(day["parameter"], "cutoff");
    let large = post(&server, orders, &" ".repeat(70_000));
    problem(&server, &large, 413, "too-large");
    let sent = |headers: &[(&str, &str)]| send("POST", &server.url(orders), headers, b"{}");
    let text = sent(&[("Content-Type", "text/plain")]);
    problem(&server, &text, 415, "wrong-media-type");
    let json = ("Content-Type", "application/json");
    let foreign = sent(&[json, ("Origin", "http://elsewhere")]);
    problem(&server, &foreign, 403, "forbidden");
    assert_eq!(entries(&desk.database), 1);
}

#[test]
fn a_pack_is_asked_for_watched_and_cancelled() {
    let (_desk, server) = served();
    let order = |body: &str| post(&server, "/api/v1/pack-orders", body);
    let first = order(r#"{"cutoff": "2024-W28", "least_percent": 0}"#);
    let second = order(r#"{"cutoff": "2024-W28"}"#);
    assert_eq!((first.status, second.status), (202, 202));
    let state = server.url(first.header("location"));
    let cancelled = send("DELETE", &server.url(second.header("location")), &[], b"");
    assert_eq!(json(&cancelled)["state"], "cancelled");
    let ended = (0..600).map(|_| json(&get(&state))).find(|job| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        job["state"] == "issued"
    });
    let number = ended.unwrap()["pack"].as_i64().unwrap();
    let pack = ok(&server, &format!("/api/v1/packs/{number}"));
    let file = &pack["files"][0];
    let bytes = get(&server.url(file["address"].as_str().unwrap())).body;
    let digest = store::domain::Digest::of(&bytes).to_string();
    assert_eq!(file["sha256"], digest);
    let archive = get(&server.url(&format!("/api/v1/packs/{number}/archive")));
    assert_eq!(&archive.body[..2], b"PK");
    assert_eq!(ok(&server, "/api/v1/packs")["items"][0]["number"], number);
    assert_eq!(
        ok(&server, "/api/v1/log?limit=1")["items"][0]["number"],
        number
    );
    // The administrator of tests is in no entry, which the proof finds last.
    let proof = ok(&server, "/api/v1/log/verification");
    assert_eq!(
        (&proof["whole"], &proof["broken"]),
        (&false.into(), &0.into())
    );
}
