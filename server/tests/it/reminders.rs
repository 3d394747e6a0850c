//! Reminder letters from the page to the provinces, through a running server and a real mail server.

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use store::testing::each_backend;

use crate::desk::{Desk, SOUND, counts, order};
use crate::http::{get, post_form};
use crate::outbox::wait_for;
use crate::postman::{Postman, header};
use crate::program::Server;

/// The state of each delivery by its key, as the API tells.
fn states(server: &Server) -> Vec<(String, String, u64)> {
    let told: Value = serde_json::from_slice(&get(&server.url("/api/v1/deliveries")).body).unwrap();
    let word = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let state = |one: &Value| {
        (
            word(one, "key"),
            word(one, "state"),
            one["attempts"].as_u64().unwrap(),
        )
    };
    let told = told["deliveries"].as_array().unwrap();
    let mut told: Vec<_> = told.iter().map(state).collect();
    told.sort();
    told
}

fn options<'a>(url: &'a str, authority: &'a str) -> Vec<&'a str> {
    let fixed = [
        "--mail-from",
        "sohoa@example.vn",
        "--public-url",
        "https://sohoa.example.vn",
    ];
    let mut options = vec![
        "--smtp-url",
        url,
        "--delivery-ca",
        authority,
        "--log",
        "debug",
    ];
    options.extend(fixed);
    options
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Enters contacts; an address with a second line is refused.
fn enter_contacts(page: &str) {
    for (unit, address, language) in [
        ("p15", "yen.bai@example.vn", "vi"),
        ("p40", "nghe.an@example.vn", "en"),
        ("p22", "refused@example.vn", "vi"),
        ("p24", "bac.giang@example.vn", "vi"),
    ] {
        let form = [("unit", unit), ("address", address), ("language", language)];
        assert_eq!(post_form(page, &form).status, 303);
    }
    let hostile = [
        ("unit", "p15"),
        ("address", "a@b.vn\r\nBcc: c@d.vn"),
        ("language", "vi"),
    ];
    assert_eq!(post_form(page, &hostile).status, 400);
}

/// The two letters that were taken, each in the language of its contact.
fn letters_arrived(mails: &[String]) {
    let of = |address: &str| {
        mails
            .iter()
            .find(|mail| header(mail, "To:") == address)
            .unwrap()
    };
    let vietnamese = of("yen.bai@example.vn");
    assert!(
        vietnamese.contains("\"cong-van-don-doc-2025-W08-p15.docx\""),
        "{vietnamese}"
    );
    let english = of("nghe.an@example.vn");
    assert!(
        english.contains("filename=\"reminder-2025-W08-p40.docx\""),
        "{english}"
    );
    assert!(header(english, "Subject:").starts_with("Reminder: the report"));
}

/// What could not be delivered stands on the pages and in the metrics until somebody has seen it.
fn is_an_alert_until_seen(server: &Server, key: &str) {
    let place = |path: &str| server.url(&format!("{path}?lang=en"));
    get(&place("/deliveries")).says(200, "NOT DELIVERED");
    get(&place("/accounts")).says(200, "nobody has seen: 1</a>");
    get(&server.url("/health/ready")).says(200, "ready\nundelivered messages: 1\n");
    get(&server.url("/metrics")).says(200, "sohoa_outbox_undelivered{kind=\"mail\"} 1\n");
    assert_eq!(
        post_form(&place(&format!("/deliveries/{key}/seen")), &[]).status,
        303
    );
    get(&server.url("/metrics")).says(200, "sohoa_outbox_undelivered{kind=\"mail\"} 0\n");
}

#[test]
fn reminders_go_from_the_page_to_the_provinces() {
    let Some(postman) = Postman::start("starttls", 0) else {
        return;
    };
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let url = format!("smtp://sohoa:p%40ss%3Aword@localhost:{}", postman.port);
    let authority = path(&postman.authority());
    let log = desk.path("log");
    let file = File::create(&log).unwrap();
    let server = Server::start_with(&desk.database, &options(&url, &authority), file.into());
    let place = |path: &str| server.url(&format!("{path}?lang=en"));
    enter_contacts(&place("/contacts"));
    let issued = post_form(&place("/late/letters"), &[]);
    let number = issued
        .header("location")
        .split("#letter-")
        .nth(1)
        .unwrap()
        .to_owned();
    assert_eq!(
        postman.mails(),
        Vec::<String>::new(),
        "nothing goes without a click"
    );
    let send = format!("/late/letters/{number}/mail");
    assert_eq!(post_form(&place(&send), &[]).status, 303);
    assert_eq!(post_form(&place(&send), &[]).status, 409, "once");
    let told = wait_for("the deliveries", || {
        let told = states(&server);
        told.iter()
            .all(|(_, state, _)| state != "waiting")
            .then_some(told)
    });
    let ended: Vec<&str> = told.iter().map(|(_, state, _)| state.as_str()).collect();
    assert_eq!(ended.len(), 3, "Bắc Giang has reported: {told:?}");
    assert_eq!(ended.iter().filter(|state| **state == "failed").count(), 1);

    letters_arrived(&postman.mails());
    let refused = told.iter().find(|(_, state, _)| state == "failed").unwrap();
    is_an_alert_until_seen(&server, &refused.0);
    drop(server);
    let log = fs::read_to_string(&log).unwrap();
    assert!(log.contains("not delivered and given up"), "{log}");
    for secret in ["p%40ss", "p@ss", "refused@example.vn"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[test]
fn mails_wait_for_the_mail_server_and_survive_the_end_of_the_program() {
    for database in each_backend() {
        let Some(postman) = Postman::start("plain", 0) else {
            return;
        };
        let port = postman.port;
        drop(postman);
        let desk = Desk::new();
        let file = desk.write("a.csv", counts(&[SOUND]));
        order("load --lang en", &["--database", &database.address, &file]).ended(0);
        let url = format!("smtp://localhost:{port}?tls=none");
        let fixed = [
            "--mail-from",
            "sohoa@example.vn",
            "--public-url",
            "https://sohoa.example.vn",
        ];
        let options: Vec<&str> = ["--smtp-url", url.as_str()]
            .into_iter()
            .chain(fixed)
            .collect();
        let mut server = Server::start_with(&database.address, &options, Stdio::null());
        let form = [
            ("unit", "p15"),
            ("address", "a@example.vn"),
            ("language", "vi"),
        ];
        post_form(&server.url("/contacts"), &form);
        let issued = post_form(&server.url("/late/letters"), &[]);
        let number = issued
            .header("location")
            .split("#letter-")
            .nth(1)
            .unwrap()
            .to_owned();
        post_form(&server.url(&format!("/late/letters/{number}/mail")), &[]);
        let key = wait_for("a first attempt", || {
            let told = states(&server).pop()?;
            let waits = (told.1.as_str(), told.2) == ("waiting", 1);
            let message = store::Store::open(&database.address)
                .unwrap()
                .find_message(&told.0);
            let failed = message.unwrap().unwrap().error.is_some();
            (waits && failed).then_some(told.0)
        });
        server.stop();

        let postman = Postman::start("plain", port).unwrap();
        let server = Server::start_with(&database.address, &options, Stdio::null());
        assert_eq!(states(&server), [(key.clone(), "waiting".to_owned(), 1)]);
        post_form(&server.url(&format!("/deliveries/{key}/again")), &[]);
        wait_for("the mail", || postman.mail(1));
        wait_for("its note", || {
            (states(&server)[0].1 == "sent").then_some(())
        });
        assert_eq!(postman.mails().len(), 1);
    }
}

#[test]
fn without_a_mail_server_pages_say_so_and_nothing_is_queued() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let server = Server::start_with(&desk.database, &[], Stdio::inherit());
    let place = |path: &str| server.url(&format!("{path}?lang=en"));
    for page in ["/contacts", "/deliveries", "/late", "/packs"] {
        get(&place(page)).says(200, "This server sends no mail");
    }
    post_form(&place("/late/letters"), &[]);
    let form = [
        ("unit", "p15"),
        ("address", "a@example.vn"),
        ("language", "vi"),
    ];
    post_form(&place("/contacts"), &form);
    post_form(&place("/late/letters/2/mail"), &[]).says(409, "mail is not configured");
    assert_eq!(states(&server), []);
}

#[test]
fn mail_settings_are_checked_at_the_start_without_showing_the_password() {
    let desk = Desk::new();
    let whole = [
        "--mail-from",
        "a@example.vn",
        "--public-url",
        "https://example.vn",
    ];
    let refused = |options: &[&str], reason: &str| {
        let said = order(
            "serve --lang en --listen 127.0.0.1:0 --database",
            &[&[desk.database.as_str()][..], options].concat(),
        );
        assert_eq!(said.status, 2, "{}", said.stderr);
        assert!(said.stderr.contains(reason), "{}", said.stderr);
        assert!(!said.stderr.contains("geheim"), "{}", said.stderr);
    };
    refused(
        &["--smtp-url", "smtps://u:geheim@mail.example.vn"],
        "--mail-from",
    );
    let plain = ["--smtp-url", "smtp://u:geheim@mail.example.vn?tls=none"];
    refused(&[&plain[..], &whole[..]].concat(), "--smtp-url must be");
    let secure = [
        "--smtp-url",
        "smtps://u:geheim@mail.example.vn",
        "--mail-from",
        "nobody",
    ];
    refused(&[&secure[..], &whole[2..]].concat(), "--mail-from “nobody”");
    refused(
        &["--delivery-ca", "/nowhere.pem"],
        "--delivery-ca /nowhere.pem",
    );
    let help = order("serve --help", &[]).ended(0).stdout;
    assert!(help.contains("SOHOA_SMTP_URL"), "{help}");
}
