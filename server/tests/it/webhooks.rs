//! Webhooks against a real listener: signed, repeated, left alone, given up; and from the page to the receiver through a server.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::process::Stdio;

use chrono::TimeDelta;
use reports::forecast_moved;
use reports::issued::{Issued, Said};
use serde_json::{Value, json};
use server::outbox::Delivery;
use store::Store;
use store::domain::{Message, MessageState, WebhookDeed};
use store::testing::{each_backend, moment, on_each_backend, sqlite};

use crate::desk::{Desk, counts};
use crate::http::{Upload, get, post_form, send};
use crate::outbox::{Office, wait_for};
use crate::program::{Server, demo_copy};
use crate::receiver::{Receiver, Reply};

/// A secret as it is kept, and as it is shown.
const SECRET: (&str, &str) = (
    "c2VjcmV0IHNlY3JldCBzZWNyZXQ=",
    "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQ=",
);

fn register(office: &Office, url: &str) -> i64 {
    let by = ("admin", office.now());
    office
        .store
        .register_webhook((url, 100), SECRET.0, by)
        .unwrap()
}

fn message(office: &Office, key: &str) -> Message {
    office.store.find_message(key).unwrap().unwrap()
}

#[test]
fn a_request_is_signed_and_repeated_until_it_is_taken() {
    on_each_backend(|database| {
        let office = Office::new(database, &Delivery::default());
        let receiver = Receiver::start(&[Reply::Status(500), Reply::Status(429)]);
        let webhook = register(&office, &receiver.url);
        let key = office.store.queue_test(webhook, office.now()).unwrap();
        assert_eq!((office.deliver(), office.deliver()), (1, 0));
        let failed = message(&office, &key);
        assert_eq!(
            (failed.state, failed.status),
            (MessageState::Waiting, Some(500))
        );
        office.pass(TimeDelta::seconds(59));
        assert_eq!(office.deliver(), 0);
        office.pass(TimeDelta::seconds(1));
        assert_eq!(office.deliver(), 1);
        office.pass(TimeDelta::minutes(2));
        assert_eq!(office.deliver(), 1);
        let sent = message(&office, &key);
        assert_eq!(
            (sent.state, sent.status, sent.attempts),
            (MessageState::Sent, Some(204), 3)
        );
        let received = receiver.received();
        let moments: BTreeSet<&str> = received
            .iter()
            .map(|one| {
                assert_eq!(one.headers["webhook-id"], key);
                let body = one.signed_with(SECRET.1);
                assert_eq!(
                    (&body["type"], &body["data"]["webhook"]),
                    (&json!("test"), &json!(webhook))
                );
                one.headers["webhook-timestamp"].as_str()
            })
            .collect();
        assert_eq!(moments.len(), 3, "each attempt has its own moment");
    });
}

#[test]
fn a_redirect_is_not_followed_and_a_receiver_that_says_nothing_is_left() {
    let database = sqlite();
    let office = Office::new(&database, &Delivery::default());
    let elsewhere = Receiver::start(&[]);
    let leading = Receiver::start(&[Reply::To(elsewhere.url.clone())]);
    let silent = Receiver::start(&[Reply::Nothing]);
    let keys = [&leading, &silent].map(|receiver| {
        let webhook = register(&office, &receiver.url);
        office.store.queue_test(webhook, office.now()).unwrap()
    });
    assert_eq!(office.deliver(), 2);
    let [led, left] = keys.map(|key| message(&office, &key));
    assert_eq!((led.state, led.status), (MessageState::Waiting, Some(302)));
    assert_eq!((left.state, left.status), (MessageState::Waiting, None));
    assert!(left.error.unwrap().contains("timeout"));
    assert_eq!(
        (elsewhere.received().len(), silent.received().len()),
        (0, 1)
    );
}

#[test]
fn a_webhook_is_given_up_after_three_days_of_nothing_or_when_its_receiver_is_gone() {
    on_each_backend(|database| {
        let office = Office::new(database, &Delivery::default());
        let closed = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let dead = register(&office, &format!("http://{closed}/hook"));
        let key = office.store.queue_test(dead, office.now()).unwrap();
        let mut attempts = 0;
        while message(&office, &key).state == MessageState::Waiting {
            let next = message(&office, &key).next_attempt_at;
            office.pass(next - office.now());
            attempts += office.deliver();
        }
        assert_eq!(attempts, 21);
        let deed = |number| {
            let webhooks = office.store.list_webhooks().unwrap();
            let own = webhooks.into_iter().find(|one| one.number == number);
            own.unwrap().deed
        };
        assert_eq!(deed(dead), WebhookDeed::GiveUp);
        assert_eq!(
            office.store.outbox_standing().unwrap().webhook.undelivered,
            1
        );

        let gone = Receiver::start(&[Reply::Status(410)]);
        let webhook = register(&office, &gone.url);
        office.store.queue_test(webhook, office.now()).unwrap();
        assert_eq!(office.deliver(), 1);
        assert_eq!(deed(webhook), WebhookDeed::GiveUp);
        let by = ("admin", office.now());
        office
            .store
            .turn_webhook(webhook, WebhookDeed::Enable, by)
            .unwrap();
        gone.reply(Reply::Status(200));
        office.store.queue_test(webhook, office.now()).unwrap();
        assert_eq!(office.deliver(), 1);
        assert_eq!(gone.received().len(), 2);
    });
}

#[test]
fn two_workers_send_nothing_twice() {
    for database in each_backend() {
        let receiver = Receiver::start(&[]);
        let offices = [(); 2].map(|()| Office::new(&database, &Delivery::default()));
        let webhook = register(&offices[0], &receiver.url);
        for number in 0..30 {
            let at = offices[0].now() - TimeDelta::microseconds(number);
            offices[0].store.queue_test(webhook, at).unwrap();
        }
        let tried: usize = std::thread::scope(|scope| {
            let workers: Vec<_> = offices
                .iter()
                .map(|office| scope.spawn(|| office.deliver()))
                .collect();
            workers.into_iter().map(|one| one.join().unwrap()).sum()
        });
        let received = receiver.received();
        let ids: BTreeSet<&str> = received
            .iter()
            .map(|one| one.headers["webhook-id"].as_str())
            .collect();
        assert_eq!(
            (tried, received.len(), ids.len()),
            (30, 30, 30),
            "{}",
            database.backend
        );
    }
}

/// Registers a webhook as an administrator does; its secret.
fn register_on_the_page(page: &str, receiver: &str) -> String {
    for (url, percent, status) in [
        ("http://example.vn/", "100", 422),
        ("https://169.254.169.254/", "100", 422),
        (receiver, "0", 400),
        (receiver, "many", 400),
    ] {
        let form = [("url", url), ("least_percent", percent)];
        assert_eq!(post_form(page, &form).status, status, "{url}");
    }
    // One of 63 is 1.6 %: complete for this one with the first file.
    let form = [("url", receiver), ("least_percent", "1")];
    let made = post_form(page, &form).says(200, "whsec_");
    let secret = made.text().split("whsec_").nth(1).unwrap();
    let secret = format!("whsec_{}", secret.split('<').next().unwrap());
    assert!(!get(page).text().contains("whsec_"), "shown once");
    assert_eq!(post_form(page, &form).status, 409, "twice");
    secret
}

#[test]
fn from_the_page_to_the_receiver_and_back() {
    let desk = Desk::new();
    let log = desk.path("log");
    let file = std::fs::File::create(&log).unwrap();
    let options = ["--log", "debug"];
    let server = Server::start_with(&desk.database, &options, file.into());
    let receiver = Receiver::start(&[]);
    let place = |path: &str| server.url(&format!("{path}?lang=en"));
    let secret = register_on_the_page(&place("/webhooks"), &receiver.url);
    let tested = post_form(&place("/webhooks/1/test"), &[]);
    assert_eq!(
        (tested.status, tested.header("location")),
        (303, "/deliveries?lang=en")
    );
    let first = wait_for("the test", || receiver.received().first().cloned());
    assert_eq!(first.signed_with(&secret)["type"], "test");
    wait_for("its note", || {
        let page = get(&place("/deliveries"));
        page.text().contains("delivered</span>").then_some(())
    });

    let token = desk
        .order("token create --province 24 --expires 90d", &[])
        .ended(0)
        .stdout;
    let shown = format!("Bearer {}", token.trim());
    let row = counts(&["24,23/02/2025,Kết hôn,1000,600,500,500,"]);
    let upload = Upload::of("a.csv", &row).header("Authorization", &shown);
    assert_eq!(upload.post(&server.url("/upload")).status, 200);
    let second = wait_for("the event", || receiver.received().get(1).cloned());
    let body = second.signed_with(&secret);
    assert_eq!(body["type"], "week.complete");
    assert_eq!(
        body["data"],
        json!({
            "week": "2025-W08", "last_day": "2025-02-23", "reporting": 1, "expected": 63,
            "submission": 3, "synthetic": false
        })
    );
    schema_of("week.complete", &body);
    post_form(&place("/webhooks/1/disable"), &[]);
    assert_eq!(post_form(&place("/webhooks/1/test"), &[]).status, 409);
    wait_for("the count", || {
        let line = "sohoa_outbox_attempts_total{kind=\"webhook\",outcome=\"taken\"} 2\n";
        let metrics = get(&server.url("/metrics"));
        metrics.text().contains(line).then_some(())
    });
    drop(server);
    let log = std::fs::read_to_string(&log).unwrap();
    assert!(log.contains("delivered"), "{log}");
    let (_, bare) = secret.split_once('_').unwrap();
    assert!(!log.contains(bare), "no secret in the log");
}

/// The body of an event has the shape that the document tells.
#[track_caller]
fn schema_of(event: &str, body: &Value) {
    let document = crate::desk::order("openapi --lang en", &[]).ended(0).stdout;
    let document: Value = serde_json::from_str(&document).unwrap();
    let content = &document["webhooks"][event]["post"]["requestBody"]["content"];
    let mut schema = content["application/json"]["schema"].clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    assert!(validator.is_valid(body), "{body}");
    assert!(!validator.is_valid(&json!({"type": event})));
}

/// Sends JSON to an address of the API; status and answer.
fn ask(server: &Server, path: &str, body: &Value) -> (u16, Value) {
    let url = server.url(&format!("/api/v1{path}"));
    let kind = [("Content-Type", "application/json")];
    let answer = send("POST", &url, &kind, body.to_string().as_bytes());
    let value = serde_json::from_slice(&answer.body).unwrap();
    (answer.status, value)
}

#[test]
fn programs_register_webhooks_too() {
    let desk = Desk::new();
    let server = Server::start_with(&desk.database, &[], Stdio::inherit());
    let ask = |path: &str, body: Value| ask(&server, path, &body);
    let (status, made) = ask(
        "/webhooks",
        json!({"url": "https://example.vn/a", "least_percent": 90}),
    );
    assert_eq!(status, 201, "{made}");
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
    let number = &made["webhook"]["number"];
    let listed: Value = serde_json::from_slice(&get(&server.url("/api/v1/webhooks")).body).unwrap();
    assert_eq!(listed["webhooks"][0]["state"], "active");
    assert_eq!(listed["webhooks"][0]["least_percent"], 90);
    assert!(!listed.to_string().contains("whsec_"));
    for (body, expected) in [
        (json!({"url": "http://example.vn/a"}), 400),
        (json!({"url": "https://example.vn/a"}), 409),
        (
            json!({"url": "https://example.vn/b", "least_percent": 101}),
            400,
        ),
        (json!({"url": "https://example.vn/b", "unknown": 1}), 400),
    ] {
        assert_eq!(ask("/webhooks", body.clone()).0, expected, "{body}");
    }
    let turn = |deed: &str| ask(&format!("/webhooks/{number}/{deed}"), json!({}));
    assert_eq!(turn("disable").1["state"], "off");
    assert_eq!(
        (turn("disable").0, turn("test").0, turn("fly").0),
        (409, 409, 404)
    );
    assert_eq!(turn("enable").1["state"], "active");
}

#[test]
fn programs_keep_contacts_too() {
    let desk = Desk::new();
    let server = Server::start_with(&desk.database, &[], Stdio::inherit());
    let ask = |path: &str, body: Value| ask(&server, path, &body);
    let (status, contact) = ask(
        "/contacts",
        json!({"unit": "q24", "address": "a@example.vn"}),
    );
    assert_eq!(
        (status, &contact["language"]),
        (201, &json!("vi")),
        "{contact}"
    );
    let (status, _) = ask("/contacts", json!({"address": "a@b\r\nBcc: c@d.vn"}));
    assert_eq!(status, 400);
    let off = ask(
        &format!("/contacts/{}/disable", contact["number"]),
        json!({}),
    );
    assert_eq!(off.1["active"], false);
    assert_eq!(ask("/deliveries/unknown/seen", json!({})).0, 404);
}

#[test]
fn a_forecast_has_moved_where_its_median_is_two_weeks_away() {
    let (_folder, database) = demo_copy();
    let store = Store::open(&database).unwrap();
    let issued = store
        .list_forecasts(moment("2999-01-01T00:00:00Z"))
        .unwrap();
    let issued = issued.last().unwrap();
    let first = Issued::read(issued.id, &issued.forecast.document).unwrap();
    let at = |day: &str| {
        let mut other = first.clone();
        other.nation.said = Said::Day(day.parse().unwrap());
        other
    };
    let days =
        |before: &str, now: &str| forecast_moved(&at(before), &at(now)).map(|moved| moved.days);
    assert_eq!(days("2026-03-01", "2026-03-14"), None);
    assert_eq!(days("2026-03-01", "2026-03-15"), Some(Some(14)));
    assert_eq!(days("2026-03-15", "2026-03-01"), Some(Some(-14)));
    let mut after = first.clone();
    after.nation.said = Said::After("2031-01-01".parse().unwrap());
    let moved = forecast_moved(&at("2026-03-01"), &after).unwrap();
    assert_eq!((moved.median, moved.days), (None, None));
    assert!(moved.before.is_some());
    assert_eq!(forecast_moved(&after, &after), None);
}
