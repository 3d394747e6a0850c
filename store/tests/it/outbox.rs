//! The outbox on both databases: queued with its event and once, taken by one at a time, tried again and given up.

use chrono::{DateTime, TimeDelta, Utc};
use store::Store;
use store::domain::{
    Attempt, CountRow, Dispatched, ForecastMoved, IssuedForecast, Language, MailContent, Message,
    MessageState, NewContact, NewForecast, NewLetters, NewMail, Recipient, Reference, Stage,
    UnitView, WebhookDeed, Week,
};
use store::testing::on_each_backend;

use crate::builders::{day, noon, record, row, unit};

const BY: &str = "admin";

fn contact(address: &str) -> NewContact {
    NewContact {
        unit: Some(unit("p24")),
        address: address.to_owned(),
        language: Language::Vi,
        active: true,
    }
}

fn hook(store: &Store, url: &str, least_percent: u8) -> i64 {
    let by = (BY, noon("2025-01-01"));
    store
        .register_webhook((url, least_percent), "c2VjcmV0", by)
        .unwrap()
}

fn letters(store: &Store) -> i64 {
    let letters = NewLetters {
        week_ending: day("2025-03-02"),
        known_on: noon("2025-03-10"),
        language: Language::Vi,
        letters: 1,
        template: store::domain::Digest::of(b"template"),
        sha256: store::domain::Digest::of(b"letters"),
        issued_by: BY.to_owned(),
    };
    let issued = store.record_letters(&letters, b"zip", noon("2025-03-11"));
    issued.unwrap().number
}

fn mail(letters: i64, contact: i64) -> NewMail {
    NewMail {
        contact,
        about: format!("letter-{letters}-p24"),
        content: MailContent::Letter {
            letters,
            path: "a.docx".to_owned(),
        },
    }
}

fn failed(reason: &str) -> Attempt {
    Attempt::Failed {
        status: Some(500),
        reason: reason.to_owned(),
    }
}

fn take(store: &Store, now: DateTime<Utc>) -> Option<Message> {
    store.take_message(true, now).unwrap()
}

#[test]
fn the_same_letter_is_queued_once_for_a_contact_and_moves_no_figure() {
    on_each_backend(|database| {
        let store = database.store();
        let rows = vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1)])];
        record(&store, rows, "2025-02-24");
        let latest = store.latest_moment().unwrap();
        let by = (BY, noon("2025-03-12"));
        let number = letters(&store);
        let [one, other] = ["a@example.vn", "b@example.vn"]
            .map(|address| store.change_contact(None, &contact(address), by).unwrap());
        let what = Dispatched::Letters(number);
        assert_eq!(store.dispatch(what, &[mail(number, one)], by).unwrap(), 1);
        let both = [mail(number, one), mail(number, other)];
        assert_eq!(store.dispatch(what, &both, by).unwrap(), 1);
        let again = store.dispatch(what, &both, by).unwrap_err();
        assert!(again.to_string().contains("not sent before"), "{again}");
        assert_eq!(store.list_messages(10).unwrap().len(), 2);
        assert_eq!(store.latest_moment().unwrap(), latest);
        let log = store.list_log(noon("2030-01-01"), 1).unwrap();
        assert_eq!(log[0].action, "dispatch");
        assert_eq!(
            store
                .find_message(&format!("letter-{number}-p24-{other}"))
                .unwrap()
                .unwrap()
                .cause,
            Some(log[0].id)
        );
    });
}

#[test]
fn a_message_is_with_one_worker_at_a_time_and_comes_back_where_the_worker_is_gone() {
    on_each_backend(|database| {
        let (first, second) = (database.store(), database.store());
        let webhook = hook(&first, "https://example.vn/a", 100);
        let now = noon("2025-03-01");
        let key = first.queue_test(webhook, now).unwrap();
        let held = take(&first, now).unwrap();
        assert_eq!((&held.key, held.attempts), (&key, 1));
        assert_eq!(take(&second, now + TimeDelta::minutes(4)), None);
        let later = now + TimeDelta::minutes(6);
        let again = take(&second, later).unwrap();
        assert_eq!((&again.key, again.attempts), (&key, 2));
        // The first worker lives after all: what it says does not count any more.
        let late = first.record_attempt(&held, &failed("late"), later);
        late.unwrap();
        assert_eq!(first.find_message(&key).unwrap().unwrap().error, None);
        second
            .record_attempt(&again, &Attempt::Taken(204), later)
            .unwrap();
        let sent = first.find_message(&key).unwrap().unwrap();
        assert_eq!((sent.state, sent.status), (MessageState::Sent, Some(204)));
        assert_eq!(take(&first, noon("2030-01-01")), None);
    });
}

#[test]
fn many_workers_take_each_message_once() {
    on_each_backend(|database| {
        let store = database.store();
        let webhook = hook(&store, "https://example.vn/a", 100);
        let now = noon("2025-03-01");
        for number in 0..20 {
            let at = now + TimeDelta::microseconds(number);
            store.queue_test(webhook, at).unwrap();
        }
        let later = now + TimeDelta::seconds(1);
        let mut taken: Vec<String> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|_| {
                    let own = database.store();
                    scope.spawn(move || {
                        let each = std::iter::from_fn(|| take(&own, later));
                        each.map(|message| message.key).collect::<Vec<_>>()
                    })
                })
                .collect();
            let taken = workers.into_iter().flat_map(|one| one.join().unwrap());
            taken.collect()
        });
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), 20);
        let all = store.list_messages(100).unwrap();
        assert!(all.iter().all(|message| message.attempts == 1), "{all:?}");
    });
}

#[test]
fn what_fails_is_tried_again_later_and_later_and_then_given_up_as_an_alert() {
    on_each_backend(|database| {
        let store = database.store();
        let webhook = hook(&store, "https://example.vn/a", 100);
        let mut now = noon("2025-03-01");
        let key = store.queue_test(webhook, now).unwrap();
        let mut attempts = 0;
        let state = loop {
            let message = take(&store, now).unwrap();
            attempts += 1;
            assert_eq!(message.attempts, attempts);
            let state = store.record_attempt(&message, &failed("500"), now).unwrap();
            if state != MessageState::Waiting {
                break state;
            }
            let standing = store.outbox_standing().unwrap();
            assert_eq!(
                (standing.webhook.waiting, standing.webhook.undelivered),
                (1, 0)
            );
            let next = store.find_message(&key).unwrap().unwrap().next_attempt_at;
            assert_eq!(take(&store, next - TimeDelta::seconds(1)), None);
            now = next;
        };
        assert_eq!((state, attempts), (MessageState::Failed, 21));
        assert_eq!(store.outbox_standing().unwrap().webhook.undelivered, 1);
        // Somebody has it tried once more, and it fails for good.
        store.requeue_message(&key, now).unwrap();
        let message = take(&store, now).unwrap();
        let refused = Attempt::Refused {
            status: None,
            reason: "no".to_owned(),
        };
        store.record_attempt(&message, &refused, now).unwrap();
        store.settle_message(&key, BY).unwrap();
        assert_eq!(store.outbox_standing().unwrap().webhook.undelivered, 0);
        let twice = store.settle_message(&key, BY).unwrap_err();
        assert!(twice.to_string().contains("otherwise"), "{twice}");
        let unknown = store.requeue_message("unknown", now).unwrap_err();
        assert!(unknown.to_string().contains("not found"), "{unknown}");
    });
}

#[test]
fn nothing_goes_to_whom_was_switched_off() {
    on_each_backend(|database| {
        let store = database.store();
        let (webhook, now) = (
            hook(&store, "https://example.vn/a", 100),
            noon("2025-03-01"),
        );
        let key = store.queue_test(webhook, now).unwrap();
        store
            .turn_webhook(webhook, WebhookDeed::Disable, (BY, now))
            .unwrap();
        let message = store.find_message(&key).unwrap().unwrap();
        assert_eq!(message.state, MessageState::Failed);
        assert_eq!(message.settled_by.as_deref(), Some(BY));
        assert_eq!(take(&store, noon("2030-01-01")), None);
        assert!(store.queue_test(webhook, now).is_err());
        let idle = store.turn_webhook(webhook, WebhookDeed::Disable, (BY, now));
        assert!(idle.unwrap_err().to_string().contains("so already"));
        assert!(
            store
                .turn_webhook(999, WebhookDeed::Enable, (BY, now))
                .is_err()
        );
        store
            .turn_webhook(webhook, WebhookDeed::Enable, (BY, now))
            .unwrap();
        store.queue_test(webhook, now).unwrap();
    });
}

#[test]
fn a_contact_has_a_history_and_no_address_stands_twice() {
    on_each_backend(|database| {
        let store = database.store();
        let by = (BY, noon("2025-03-01"));
        let change = |number, contact: &NewContact| store.change_contact(number, contact, by);
        let number = change(None, &contact("a@example.vn")).unwrap();
        assert!(change(None, &contact("A@example.vn")).is_err(), "the same");
        assert!(
            change(Some(number), &contact("a@example.vn")).is_err(),
            "idle"
        );
        assert!(change(Some(999), &contact("b@example.vn")).is_err());
        let off = NewContact {
            active: false,
            ..contact("a@example.vn")
        };
        assert_eq!(change(Some(number), &off).unwrap(), number);
        let again = change(None, &contact("a@example.vn")).unwrap();
        let standing = store.list_contacts().unwrap();
        let standing: Vec<_> = standing
            .iter()
            .map(|one| (one.number, one.contact.active))
            .collect();
        assert_eq!(standing, [(number, false), (again, true)]);
        assert_eq!(store.list_contact_changes().unwrap().len(), 3);
        let log = store.list_log(noon("2030-01-01"), 10).unwrap();
        assert!(log.iter().all(|entry| !entry.subject.contains('@')));
    });
}

#[test]
fn a_week_is_told_when_enough_have_reported_and_only_once() {
    on_each_backend(|database| {
        let store = database.store();
        let (all, half) = (
            hook(&store, "https://example.vn/all", 100),
            hook(&store, "https://example.vn/half", 50),
        );
        let sunday = day("2025-02-23");
        let units = Reference::embedded().units.existing_on(sunday);
        let units: Vec<String> = units.map(|unit| unit.id.to_string()).collect();
        assert_eq!(units.len(), 63);
        let told = || {
            let messages = store.list_messages(10).unwrap();
            let mut keys: Vec<_> = messages.into_iter().map(|one| one.key).collect();
            keys.sort();
            keys
        };
        for (number, id) in units.iter().enumerate() {
            let rows = vec![row(id, "2025-02-23", &[(Stage::Transferred, 1)])];
            record(&store, rows, "2025-02-24");
            let expected = match number + 1 {
                ..32 => vec![],
                32..63 => vec![format!("week-complete-2025-W08-{half}")],
                _ => vec![
                    format!("week-complete-2025-W08-{all}"),
                    format!("week-complete-2025-W08-{half}"),
                ],
            };
            assert_eq!(told(), expected, "{}", number + 1);
        }
        let correction = vec![row("p24", "2025-02-22", &[(Stage::Transferred, 2)])];
        record(&store, correction, "2025-02-26");
        assert_eq!(told().len(), 2);
        let message = store
            .find_message(&format!("week-complete-2025-W08-{half}"))
            .unwrap()
            .unwrap();
        let start = r#"{"type":"week.complete","timestamp":"2025-02-24T"#;
        let end = r#""data":{"week":"2025-W08","last_day":"2025-02-23","reporting":32,"expected":63,"submission":34,"synthetic":true}}"#;
        assert!(
            message.content.starts_with(start) && message.content.ends_with(end),
            "{}",
            message.content
        );
        assert_eq!(message.recipient, Recipient::Webhook(half));
        assert_eq!(Week::containing(sunday).to_string(), "2025-W08");
    });
}

#[test]
fn a_week_that_a_restored_file_makes_complete_is_told_as_well() {
    on_each_backend(|database| {
        let store = database.store();
        let units = Reference::embedded().units.existing_on(day("2025-02-23"));
        let of = |(line, id): (u32, String)| CountRow {
            line,
            ..row(&id, "2025-02-23", &[(Stage::Transferred, 1)])
        };
        let ids = units.map(|unit| unit.id.to_string());
        let mut rows: Vec<CountRow> = (1..).zip(ids).map(of).collect();
        let last = record(&store, rows.split_off(62), "2025-02-24");
        let turned = ("monitor", "the wrong week", noon("2025-02-25"));
        store
            .withdraw_submission(last, turned.0, turned.1, turned.2)
            .unwrap();
        let all = hook(&store, "https://example.vn/all", 100);
        record(&store, rows, "2025-02-26");
        assert_eq!(store.list_messages(10).unwrap(), []);
        let back = noon("2025-02-27");
        store
            .restore_submission(last, turned.0, turned.1, back)
            .unwrap();
        let told = store.list_messages(10).unwrap();
        let keys: Vec<&str> = told.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, [format!("week-complete-2025-W08-{all}")]);
        let cause = format!("\"submission\":{last},");
        assert!(told[0].content.contains(&cause), "{}", told[0].content);
    });
}

#[test]
fn a_forecast_is_compared_with_the_one_before_in_its_view() {
    on_each_backend(|database| {
        let store = database.store();
        let webhook = hook(&store, "https://example.vn/a", 100);
        let issue = |data: &str, view| {
            let forecast = NewForecast {
                as_of: day("2025-02-23"),
                known_on: noon("2025-02-24"),
                view,
                method: "m".to_owned(),
                data: store::domain::Digest::of(data.as_bytes()),
                document: "{}".to_owned(),
                issued_by: BY.to_owned(),
            };
            let moved = |before: &IssuedForecast, forecast| {
                Some(ForecastMoved {
                    forecast,
                    before: before.id,
                    units: view.key().to_owned(),
                    median: None,
                    median_before: None,
                    days: None,
                })
            };
            store
                .issue_forecast_after(&forecast, noon("2025-02-25"), moved)
                .unwrap()
        };
        issue("a", UnitView::AsReported);
        issue("b", UnitView::New34);
        assert_eq!(store.list_messages(10).unwrap(), []);
        let third = issue("c", UnitView::AsReported);
        let told = store.list_messages(10).unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].key, format!("forecast-moved-{third}-{webhook}"));
        assert!(
            told[0].content.contains(r#""before":2,"#),
            "{}",
            told[0].content
        );
    });
}
