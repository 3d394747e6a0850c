//! Uploads of scripts: a token records the rows of its province only, and every answer is JSON with a status that fits.

use serde_json::Value;
use store::testing::on_each_backend;

use crate::desk::{Desk, SOUND, counts, order};
use crate::http::{Answer, Upload};
use crate::program::Server;

/// A token of a province, made by the command line.
fn token(database: &str, province: &str) -> String {
    let line = format!("token create --province {province} --expires 90d --database");
    let said = order(&line, &[database]).ended(0);
    let token = said.stdout.trim_end();
    let random = token.strip_prefix("sohoa_").unwrap();
    assert_eq!(random.len(), 64, "{token}");
    token.to_owned()
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

/// Sends files with a token.
fn send(server: &Server, token: &str, upload: Upload) -> (u16, Value) {
    let shown = format!("Bearer {token}");
    let answer = upload
        .header("Authorization", &shown)
        .post(&server.url("/upload"));
    (answer.status, json(&answer))
}

/// Status, outcome and number of the only file of an answer.
fn only(answer: &(u16, Value)) -> (u16, &str, Option<i64>) {
    let files = answer.1["files"].as_array().unwrap();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(files[0]["status"], answer.0);
    (
        answer.0,
        files[0]["outcome"].as_str().unwrap(),
        files[0]["submission"].as_i64(),
    )
}

#[test]
fn a_token_records_what_its_province_sends_and_nothing_else() {
    on_each_backend(|database| {
        let address = &database.address;
        drop(database.store());
        let mine = token(address, "24");
        let theirs = token(address, "15");
        let server = Server::start(address);
        let one = |bytes: &str| Upload::of("tuần 8.csv", bytes);
        let sound = counts(&[SOUND]);

        // Bắc Giang was merged into Bắc Ninh, which has the code 24 today and may correct its earlier weeks.
        let foreign = send(&server, &theirs, one(&sound));
        assert_eq!(only(&foreign), (403, "foreign", None));
        assert!(foreign.1["files"][0]["receipt"].is_null(), "{}", foreign.1);
        let recorded = send(&server, &mine, one(&sound));
        assert_eq!(only(&recorded), (200, "recorded", Some(3)));
        let receipt = &recorded.1["files"][0]["receipt"];
        assert_eq!(receipt["verdict"], "accepted");
        assert_eq!(receipt["file"]["name"], "tuần 8.csv");
        let again = send(&server, &mine, one(&sound));
        assert_eq!(only(&again), (409, "already", Some(3)));

        let lower = counts(&["24,23/02/2025,Kết hôn,1000,600,400,600,"]);
        let asked = send(&server, &mine, one(&lower));
        assert_eq!(only(&asked), (422, "not_accepted", None));
        let receipt = &asked.1["files"][0]["receipt"];
        assert_eq!(receipt["questions"].as_array().unwrap().len(), 1);
        let question = receipt["questions"][0]["id"].as_str().unwrap();
        let answers = format!("question,answer\n{question},kiểm kê lại\n");
        let explained = one(&lower).part("answers", "answers.csv", &answers);
        let unclear = one(&lower).part("answers", "answers.csv", "question,answer\nvì sao,thế\n");
        let (status, answer) = send(&server, &mine, unclear);
        assert_eq!(status, 400);
        let error = answer["error"]["en"].as_str().unwrap();
        assert!(error.contains("2: vì sao,thế"), "{error}");
        let explained = send(&server, &mine, explained);
        assert_eq!(only(&explained), (200, "recorded", Some(4)));
        let kept = database.store().list_answers(None, end(), 9).unwrap();
        assert_eq!(kept[0].answer.text, "kiểm kê lại");
        assert_eq!(kept[0].by, "Bắc Ninh");
        let mixed = counts(&[SOUND, "40,23/02/2025,Khai sinh,800,600,400,400,"]);
        assert_eq!(only(&send(&server, &mine, one(&mixed))).0, 403);
        let broken = counts(&["24,hôm qua,Kết hôn,1000,-5,500,500,"]);
        let both = one(&broken).and(
            "b.csv",
            counts(&["24,02/03/2025,Kết hôn,1000,700,600,400,"]),
        );
        let (status, answer) = send(&server, &mine, both);
        assert_eq!((status, &answer["files"][0]["status"]), (422, &422.into()));
        assert_eq!(answer["files"][1]["submission"], 5);

        let submissions = database.store().list_submissions(None, end(), 10).unwrap();
        let by: Vec<_> = submissions
            .iter()
            .map(|one| one.submitted_by.as_str())
            .collect();
        assert_eq!(by, ["Bắc Ninh"; 3]);
    });
}

fn end() -> chrono::DateTime<chrono::Utc> {
    store::testing::moment("2999-01-01T00:00:00Z")
}

#[test]
fn a_token_that_is_unknown_or_revoked_is_refused_before_anything_is_read() {
    let desk = Desk::new();
    drop(store::Store::open(&desk.database).unwrap());
    let mine = token(&desk.database, "24");
    let server = Server::start(&desk.database);
    let refused = |shown: &str| {
        let upload = Upload::of("a.csv", counts(&[SOUND])).header("Authorization", shown);
        let answer = upload.post(&server.url("/upload"));
        assert_eq!(answer.status, 401, "{shown}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        let error = json(&answer)["error"]["en"].take();
        assert_eq!(error, "The token is not known, has expired or was revoked.");
    };
    for shown in [
        "",
        "Bearer",
        "Bearer x",
        "Basic eA==",
        &mine,
        "Bearer sohoa_0",
    ] {
        refused(shown);
    }
    let listed = desk.order("token list --lang en", &[]).ended(0).stdout;
    assert!(
        listed.starts_with("1\tq24\tBắc Ninh\tvalid\tuntil "),
        "{listed}"
    );
    assert!(
        !listed.contains(mine.trim_start_matches("sohoa_")),
        "a token is shown once"
    );
    desk.order("token revoke --lang en", &["1"])
        .ended(0)
        .says("token 1 is revoked\n");
    refused(&format!("Bearer {mine}"));
    let listed = desk.order("token list --lang en", &[]).ended(0).stdout;
    assert!(listed.contains("\trevoked\t"), "{listed}");
    desk.order("token revoke --lang en", &["1"])
        .refused(2, "token 1 is already revoked");
    desk.order("token revoke --lang en", &["7"])
        .refused(2, "token 7");
    let create = "token create --lang en --expires 90d --province";
    desk.order(create, &["99"])
        .refused(2, "no province has the code 99");
    for days in ["0d", "x", "9999d", "-1d"] {
        let line = format!("token create --province 24 --expires={days}");
        assert_eq!(desk.order(&line, &[]).status, 2, "{days}");
    }
    assert_eq!(crate::desk::entries(&desk.database), 2);
}

#[test]
fn a_script_is_told_in_json_what_is_wrong_with_its_request() {
    let desk = Desk::new();
    drop(store::Store::open(&desk.database).unwrap());
    let mine = token(&desk.database, "24");
    let server = Server::start(&desk.database);
    let (status, answer) = send(&server, &mine, Upload::of("", ""));
    assert_eq!(status, 400);
    assert_eq!(
        answer["error"]["en"],
        "No file was chosen. Nothing was recorded."
    );
    let large = Upload::of("large.csv", vec![b'x'; 50 * 1024 * 1024 + 1]);
    let (status, answer) = send(&server, &mine, large);
    assert_eq!(status, 413);
    assert_eq!(
        answer["error"]["vi"],
        "Tệp lớn hơn 50 MB. Chưa có gì được ghi."
    );
}
