//! Mail against a real mail server: over TLS, put off, refused.

use chrono::TimeDelta;
use lettre::message::Mailbox;
use server::outbox::{Delivery, MailSettings};
use store::domain::{
    Digest, Dispatched, Language, MailContent, MessageState, NewContact, NewMail, PackIssue,
    UnitView,
};
use store::testing::{each_backend, on_each_backend};

use crate::outbox::Office;
use crate::postman::{Postman, header};

fn settings(server: &str) -> MailSettings {
    MailSettings {
        server: server.parse().unwrap(),
        from: "Số hóa <sohoa@example.vn>".to_owned(),
        public_url: "https://sohoa.example.vn/".to_owned(),
    }
}

fn contact(address: &str, language: Language) -> NewContact {
    NewContact {
        unit: None,
        address: address.to_owned(),
        language,
        active: true,
    }
}

/// Issues a pack of some bytes and mails it to contacts; the keys.
fn mail_pack(office: &Office, bytes: &[u8], addresses: &[(&str, Language)]) -> Vec<String> {
    let issue = PackIssue {
        cutoff: "2025-W09".to_owned(),
        known_on: office.now(),
        view: UnitView::AsReported,
        language: Language::Vi,
        least_percent: 80,
        issuer: "Bộ".to_owned(),
        version: "0.1.0".to_owned(),
        complete: true,
        sha256: Digest::of(bytes),
        issued_by: "monitor".to_owned(),
    };
    let pack = office
        .store
        .record_pack(&issue, bytes, office.now())
        .unwrap();
    let by = ("monitor", office.now());
    let mails: Vec<NewMail> = addresses
        .iter()
        .map(|(address, language)| NewMail {
            contact: office
                .store
                .change_contact(None, &contact(address, *language), by)
                .unwrap(),
            about: format!("pack-{}", pack.number),
            content: MailContent::Pack { pack: pack.number },
        })
        .collect();
    let what = Dispatched::Pack(pack.number);
    office.store.dispatch(what, &mails, by).unwrap();
    let key = |mail: &NewMail| format!("{}-{}", mail.about, mail.contact);
    mails.iter().map(key).collect()
}

#[test]
fn packs_arrive_over_tls_in_the_language_of_each_and_large_ones_as_an_address() {
    for database in each_backend() {
        let Some(postman) = Postman::start("tls", 0) else {
            return;
        };
        let delivery = Delivery {
            mail: Some(settings(&format!(
                "smtps://sohoa:p%40ss%3Aword@localhost:{}",
                postman.port
            ))),
            authorities: Some(postman.authority()),
        };
        let office = Office::new(&database, &delivery);
        let to = [
            ("a@example.vn", Language::Vi),
            ("b@example.vn", Language::En),
        ];
        let keys = mail_pack(&office, b"zip of a pack", &to);
        assert_eq!(office.deliver(), 2);
        let mails = postman.mails();
        let to_whom: Vec<&str> = mails.iter().map(|mail| header(mail, "To:")).collect();
        assert_eq!(to_whom, ["a@example.vn", "b@example.vn"]);
        for (mail, key) in mails.iter().zip(&keys) {
            assert_eq!(header(mail, "Message-ID:"), format!("<{key}@example.vn>"));
            let from: Mailbox = "Số hóa <sohoa@example.vn>".parse().unwrap();
            assert!(header(mail, "From:").ends_with(&format!("<{}>", from.email)));
            assert!(mail.contains("filename=\"sohoa-2025-W09-1.zip\""), "{mail}");
            assert!(
                mail.contains("zip of a pack"),
                "the bytes that were issued: {mail}"
            );
        }
        assert_eq!(
            header(&mails[0], "Date:"),
            "Mon, 02 Mar 2026 02:00:00 +0000"
        );
        assert_eq!(
            header(&mails[1], "Subject:"),
            "Meeting pack on civil-status digitization, 2025-W09"
        );
        assert!(
            mails[1].contains("https://sohoa.example.vn/packs/1"),
            "{}",
            mails[1]
        );

        mail_pack(
            &office,
            &vec![7; 8 * 1024 * 1024],
            &[("c@example.vn", Language::En)],
        );
        assert_eq!(office.deliver(), 1);
        let large = postman.mail(3).unwrap().replace("=\r\n", "");
        assert!(large.len() < 2000, "{}", large.len());
        assert!(large.contains("too large to be attached"), "{large}");
    }
}

#[test]
fn who_shows_another_certificate_or_takes_no_password_gets_no_mail() {
    let Some(postman) = Postman::start("starttls", 0) else {
        return;
    };
    let Some(other) = Postman::start("starttls", 0) else {
        return;
    };
    on_each_backend(|database| {
        for (secret, authority, expected) in [
            ("sohoa:p%40ss%3Aword", other.authority(), "certificate"),
            ("sohoa:wrong", postman.authority(), "535"),
        ] {
            let delivery = Delivery {
                mail: Some(settings(&format!(
                    "smtp://{secret}@localhost:{}",
                    postman.port
                ))),
                authorities: Some(authority),
            };
            let office = Office::new(database, &delivery);
            let address = format!("{expected}@example.vn");
            let keys = mail_pack(&office, expected.as_bytes(), &[(&address, Language::Vi)]);
            assert_eq!(office.deliver(), 1);
            let message = office.store.find_message(&keys[0]).unwrap().unwrap();
            let error = message.error.unwrap();
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains("wrong"), "{error}");
            office.pass(TimeDelta::days(4));
        }
        assert_eq!(postman.mails(), Vec::<String>::new());
    });
}

#[test]
fn what_is_put_off_comes_later_and_what_is_refused_is_an_alert() {
    on_each_backend(|database| {
        let Some(postman) = Postman::start("plain", 0) else {
            return;
        };
        let delivery = Delivery {
            mail: Some(settings(&format!(
                "smtp://localhost:{}?tls=none",
                postman.port
            ))),
            authorities: None,
        };
        let office = Office::new(database, &delivery);
        let to = [
            ("later@example.vn", Language::Vi),
            ("refused@example.vn", Language::Vi),
        ];
        let keys = mail_pack(&office, b"zip", &to);
        assert_eq!(office.deliver(), 2);
        let [later, refused] =
            [0, 1].map(|place: usize| office.store.find_message(&keys[place]).unwrap().unwrap());
        assert_eq!(
            (later.state, later.status),
            (MessageState::Waiting, Some(451))
        );
        assert_eq!(
            (refused.state, refused.status),
            (MessageState::Failed, Some(550))
        );
        assert!(refused.is_alert());
        assert_eq!(office.store.outbox_standing().unwrap().mail.undelivered, 1);
        office.pass(TimeDelta::minutes(1));
        assert_eq!(office.deliver(), 1);
        assert_eq!(postman.mails().len(), 1);
    });
}
