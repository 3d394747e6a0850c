//! An archive with rows in every table, and texts and moments that are hard to carry.

use chrono::TimeDelta;
use store::Store;
use store::domain::{
    AccountChange, AccountDeed, Answer, Approximation, Campaign, Content, CountRow, Deadline,
    DeadlineKind, DifficultyMove, DifficultyOwner, DifficultyState, Digest, Dispatched, Exemption,
    Language, Login, MailContent, NewContact, NewForecast, NewLetters, NewMail, NewTemplate,
    PackIssue, PublishedFigure, Question, QuestionId, ReconciliationEntry, Role, RuleSet, Stage,
    Text, TokenScope, UnitView,
};

use crate::audits::{audited, lot, result};
use crate::builders::{day, noon, record, row, submission, unit};
use crate::reconciliation::{batch, cases, file, statement};

/// A text with everything that a format could trip over.
const HARD: &str = "Đắk Lắk \"a\\b\"\t\n\u{1}\u{7f}\u{2028} 🌾 NULL \\N {}";

/// Records one of everything that the archive keeps.
pub(crate) fn fill_every_table(store: &Store) {
    fill_submissions(store);
    let rule_set = |name: &str, comparable_with: Option<&str>| RuleSet {
        name: name.to_owned(),
        sha256: Digest::of(name.as_bytes()),
        effective_from: day("2025-01-01"),
        retired_on: None,
        comparable_with: comparable_with.map(str::to_owned),
    };
    for (name, like) in [("VN-2", None), ("VN-1", Some("VN-2"))] {
        store
            .record_rule_set(&rule_set(name, like), "monitor", noon("2025-03-05"))
            .unwrap();
    }
    let deadline = Deadline {
        unit: None,
        due_on: day("2025-12-31"),
        announced_on: day("2025-01-01"),
        kind: DeadlineKind::Plan,
        source: Text::same(HARD),
    };
    store
        .record_deadline(&deadline, "monitor", noon("2025-03-06"))
        .unwrap();
    let campaign = Campaign {
        unit: Some(unit("q15")),
        first_day: day("2025-03-10"),
        last_day: day("2025-03-30"),
        name: Text::same(HARD),
    };
    store
        .record_campaign(&campaign, "monitor", noon("2025-03-06"))
        .unwrap();
    let until = noon("2027-01-01");
    let token = |text: &str| {
        let made = (TokenScope::Upload, Some(unit("q15")), "Lào Cai");
        let by = ("monitor", noon("2025-03-07"));
        store.record_token(Digest::of(text.as_bytes()), made, until, by)
    };
    let first = token("one").unwrap();
    token("two").unwrap();
    store
        .revoke_token(first, "monitor", noon("2025-03-08"))
        .unwrap();
    issue(store);
    audited(store, &lot("list"), &result(1));
    enrol(store);
    deliver(store);
}

/// A contact, a webhook and letters on their way.
fn deliver(store: &Store) {
    let contact = NewContact {
        unit: Some(unit("q24")),
        address: "so.tu.phap@example.vn".to_owned(),
        language: Language::Vi,
        active: true,
    };
    let by = (HARD, noon("2026-11-25"));
    let contact = store.change_contact(None, &contact, by).unwrap();
    let hook = ("https://example.vn/hook", 90);
    store.register_webhook(hook, "c2VjcmV0", by).unwrap();
    let letters = store.list_letters(1).unwrap()[0].number;
    let mail = NewMail {
        contact,
        about: format!("letter-{letters}-p24"),
        content: MailContent::Letter {
            letters,
            path: HARD.to_owned(),
        },
    };
    store
        .dispatch(Dispatched::Letters(letters), &[mail], by)
        .unwrap();
}

/// An account with a password and a second factor.
fn enrol(store: &Store) {
    let change = |deed, day| AccountChange {
        login: Login::parse("lan").unwrap(),
        deed,
        standing: None,
        by: HARD,
        at: noon(day),
    };
    store
        .change_account(&AccountChange {
            standing: Some((HARD, Role::Uploader(unit("q24")))),
            ..change(AccountDeed::Create, "2026-11-23")
        })
        .unwrap();
    let password = change(AccountDeed::Password, "2026-11-23");
    store
        .set_password(&password, "$argon2id$v=19$hash")
        .unwrap();
    let factor = change(AccountDeed::SecondFactor, "2026-11-24");
    let codes = [Digest::of(b"one"), Digest::of(b"two")];
    store
        .set_second_factor(&factor, Some(("JBSWY3DP", 7)), &codes)
        .unwrap();
}

/// A forecast, a pack and letters.
fn issue(store: &Store) {
    let forecast = NewForecast {
        as_of: day("2025-02-23"),
        // Moments with three, six and no decimals are written in different lengths.
        known_on: noon("2025-02-24") + TimeDelta::milliseconds(120),
        view: UnitView::New34,
        method: "pooled-3".to_owned(),
        data: Digest::of(b"data"),
        document: format!("{{\"name\": \"{HARD}\"}}"),
        issued_by: "monitor".to_owned(),
    };
    store
        .issue_forecast(&forecast, noon("2025-03-09") + TimeDelta::microseconds(7))
        .unwrap();
    let pack = PackIssue {
        cutoff: "2025-W09".to_owned(),
        known_on: noon("2025-03-03"),
        view: UnitView::AsReported,
        language: Language::Vi,
        least_percent: 80,
        issuer: HARD.to_owned(),
        version: "0.1.0".to_owned(),
        complete: true,
        sha256: Digest::of(b"list"),
        issued_by: "monitor".to_owned(),
    };
    let bytes: Vec<u8> = (0..=255).collect();
    store
        .record_pack(&pack, &bytes, noon("2025-03-10"))
        .unwrap();
    let letters = NewLetters {
        week_ending: day("2025-03-02"),
        known_on: noon("2025-03-10"),
        language: Language::En,
        letters: 5,
        template: Digest::of(b"template"),
        sha256: Digest::of(b"letters"),
        issued_by: HARD.to_owned(),
    };
    store
        .record_letters(&letters, &bytes, noon("2025-03-11"))
        .unwrap();
    let template = NewTemplate {
        language: Language::Vi,
        file_name: HARD.to_owned(),
        document: bytes,
        recorded_by: "monitor".to_owned(),
    };
    store
        .record_letter_template(&template, noon("2025-03-12"))
        .unwrap();
}

fn fill_submissions(store: &Store) {
    let mut first = row(
        "p24",
        "2025-02-23",
        &[(Stage::Total, 9), (Stage::Transferred, 3)],
    );
    first.line = 1;
    first.note = Some(HARD.into());
    first.sub_unit = Some("Xã Đông".into());
    let mut second = row("p24", "2025-02-23", &[(Stage::Transferred, 0)]);
    second.difficulty = Some("".into());
    let mut counted = submission(vec![first, second]);
    counted.answers = vec![Answer {
        question: Question {
            id: QuestionId::of("standstill", &["p24"]),
            rule: "standstill".to_owned(),
            unit: Some(unit("p24")),
            as_of: None,
            about: Text::same(""),
            asked: Text::same(HARD),
        },
        text: HARD.to_owned(),
    }];
    let published = Content::Published(vec![PublishedFigure {
        as_of: day("2025-02-01"),
        unit: None,
        record_type: "all".to_owned(),
        measure: "done".to_owned(),
        value: "44.5".to_owned(),
        count_unit: "percent".to_owned(),
        approximation: Approximation::from_key("about").unwrap(),
        note: String::new(),
        source: HARD.to_owned(),
    }]);
    let mut report = submission(Vec::new());
    report.bytes = b"\x00\xff published".to_vec();
    report.content = published;
    let compared = file(vec![
        ReconciliationEntry::Batch(Box::new(batch())),
        ReconciliationEntry::Cases(Box::new(cases())),
        ReconciliationEntry::Statement(Box::new(statement())),
    ]);
    let keep = |new, at| store.record_submission(new, noon(at)).unwrap().id;
    keep(&report, "2025-02-24");
    keep(&compared, "2025-03-03");
    let id = keep(&counted, "2025-03-03");
    store
        .withdraw_submission(id, "monitor", "nhầm", noon("2025-03-04"))
        .unwrap();
    hinder(store);
}

/// A difficulty, what was done about it, and weeks without a reminder.
fn hinder(store: &Store) {
    let hindered = CountRow {
        difficulty: Some("thiếu máy quét".into()),
        ..row("p26", "2025-02-23", &[(Stage::Transferred, 1)])
    };
    record(store, vec![hindered], "2025-03-04");
    let cases = store.list_difficulty_cases(noon("2025-03-05")).unwrap();
    let moved = DifficultyMove {
        unit: cases[0].unit,
        difficulty: cases[0].identity,
        state: DifficultyState::Working,
        owner: DifficultyOwner::Ministry,
        note: HARD.to_owned(),
    };
    store
        .record_difficulty_move(&moved, "monitor", noon("2025-03-05"))
        .unwrap();
    let exemption = Exemption {
        unit: unit("p26"),
        first_day: day("2025-03-03"),
        last_day: day("2025-03-30"),
        reason: HARD.to_owned(),
    };
    store
        .record_exemption(&exemption, "monitor", noon("2025-03-05"))
        .unwrap();
}
