//! Audited lots: frozen, drawn, decided, each once, and guarded by the database itself.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use store::domain::{AuditBasis, AuditPlan, AuditResult, AuditSeed, Digest, FrozenLot, RecordType};
use store::testing::{on_each_backend, sqlite};
use store::{Store, StoreError, Verification};

use crate::builders::{count, noon, unit};

const LATER: &str = "2030-01-01";

pub(crate) fn lot(list: &str) -> FrozenLot {
    FrozenLot {
        unit: unit("q66"),
        record_type: RecordType::Birth,
        period: Some((1976, 1998)),
        contractor: "Công ty Một".to_owned(),
        against: AuditBasis::PaperBook,
        list_sha256: Digest::of(list.as_bytes()),
        entries: count(500),
        plan: AuditPlan {
            acceptable_permille: 5,
            limiting_permille: 20,
            tightened: false,
            size: count(224),
            acceptance: count(2),
        },
        again: None,
    }
}

pub(crate) fn result(defective: i64) -> AuditResult {
    AuditResult {
        critical: count(defective),
        major: count(0),
        minor: count(0),
        defective: count(defective),
        unreadable: count(1),
        accepted: defective <= 2,
        recheck_all: false,
        inspector: "Sở Tư pháp".to_owned(),
    }
}

#[track_caller]
fn conflict<T: std::fmt::Debug>(outcome: Result<T, StoreError>, words: &str) {
    match outcome {
        Err(StoreError::Conflict(text)) => assert!(text.en.contains(words), "{}", text.en),
        other => panic!("{other:?}"),
    }
}

/// Freezes a lot, draws its seed and records a result.
pub(crate) fn audited(store: &Store, lot: &FrozenLot, found: &AuditResult) -> i64 {
    let number = store.freeze_lot(lot, "tỉnh", noon("2026-11-21")).unwrap();
    let random = Digest::of(&number.to_le_bytes());
    let by = ("bộ", noon("2026-11-22"));
    store.issue_seed(number, random, by).unwrap();
    store.record_audit(number, found, by).unwrap();
    number
}

#[test]
fn a_lot_is_frozen_drawn_and_decided_once_each_and_in_this_order() {
    on_each_backend(|database| {
        let store = database.store();
        let number = store
            .freeze_lot(&lot("one"), "tỉnh", noon("2026-11-21"))
            .unwrap();
        let by = ("bộ", noon("2026-11-22"));
        conflict(store.record_audit(number, &result(1), by), "no seed");
        conflict(
            store.freeze_lot(&lot("one"), "tỉnh", noon("2026-11-22")),
            "is frozen as lot",
        );
        let random = Digest::of(b"random");
        let seed = store.issue_seed(number, random, by).unwrap();
        let entry = &store
            .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 2)
            .unwrap()[1];
        assert_eq!((entry.id, entry.action.as_str()), (number, "freeze_lot"));
        assert_eq!(seed.seed, AuditSeed::derive(entry.sha256, random));
        conflict(store.issue_seed(number, Digest::of(b"other"), by), "once");
        conflict(
            store.record_audit(
                number,
                &AuditResult {
                    accepted: false,
                    ..result(1)
                },
                by,
            ),
            "rule 23: the rejection number is 3",
        );
        store.record_audit(number, &result(1), by).unwrap();
        conflict(store.record_audit(number, &result(2), by), "once");
        let kept = store.audit_lot(number).unwrap();
        assert_eq!((kept.frozen, kept.seed), (lot("one"), Some(seed)));
        assert_eq!(kept.decision.unwrap().result, result(1));
        let then = store.list_audit_lots(noon("2026-11-21")).unwrap();
        assert_eq!((then[0].seed, then[0].decision.is_none()), (None, true));
        assert!(
            store
                .list_audit_lots(noon("2026-11-20"))
                .unwrap()
                .is_empty()
        );
        let missing = store.audit_lot(99);
        assert!(matches!(missing, Err(StoreError::NotFound { .. })));
        let whole = store.verify().unwrap();
        assert!(matches!(whole, Verification::Whole { entries: 3, .. }));
    });
}

#[test]
fn a_lot_rejected_twice_needs_all_of_it_checked_again() {
    on_each_backend(|database| {
        let store = database.store();
        let first = audited(&store, &lot("one"), &result(9));
        conflict(
            store.freeze_lot(&lot("one"), "tỉnh", noon("2026-11-23")),
            "audited again",
        );
        let again = |number| FrozenLot {
            again: Some(number),
            ..lot("one")
        };
        let other = FrozenLot {
            contractor: "Công ty Hai".to_owned(),
            ..again(first)
        };
        conflict(
            store.freeze_lot(&other, "tỉnh", noon("2026-11-23")),
            "another unit",
        );
        let second = audited(&store, &again(first), &result(8));
        conflict(
            store.freeze_lot(&again(first), "tỉnh", noon("2026-11-23")),
            "again already",
        );
        let third = store
            .freeze_lot(&again(second), "tỉnh", noon("2026-11-24"))
            .unwrap();
        let by = ("bộ", noon("2026-11-25"));
        store.issue_seed(third, Digest::of(b"third"), by).unwrap();
        assert_eq!(store.audit_lot(third).unwrap().rejected_before, count(2));
        conflict(store.record_audit(third, &result(0), by), "rule 24");
        let careful = AuditResult {
            recheck_all: true,
            ..result(0)
        };
        store.record_audit(third, &careful, by).unwrap();
        conflict(
            store.freeze_lot(&again(third), "tỉnh", noon("2026-11-26")),
            "was not rejected",
        );
        assert_eq!(store.list_audit_lots(noon(LATER)).unwrap().len(), 3);
    });
}

/// The database refuses a statement for a rule.
#[track_caller]
fn assert_refused(intruder: &mut SqliteConnection, statement: &str, rule: &str) {
    let refused = intruder
        .transaction(|intruder| intruder.batch_execute(statement))
        .unwrap_err();
    assert!(refused.to_string().contains(rule), "{statement}: {refused}");
}

/// No row of a lot or its seed can be changed or taken away.
#[track_caller]
fn assert_kept(intruder: &mut SqliteConnection) {
    for table in ["audit_lots", "audit_seeds"] {
        for deed in [
            format!("UPDATE {table} SET id = 9"),
            format!("DELETE FROM {table}"),
        ] {
            let refused = intruder.batch_execute(&deed).unwrap_err().to_string();
            assert!(
                refused.contains("are kept as they were recorded"),
                "{deed}: {refused}"
            );
        }
    }
}

#[test]
fn the_database_itself_keeps_both_rules_and_every_row() {
    let database = sqlite();
    let store = database.store();
    let lot_number = store
        .freeze_lot(&lot("one"), "tỉnh", noon("2026-11-21"))
        .unwrap();
    let by = ("bộ", noon("2026-11-22"));
    store.issue_seed(lot_number, Digest::of(b"r"), by).unwrap();
    let mut intruder = SqliteConnection::establish(&database.address).unwrap();
    intruder.batch_execute("PRAGMA foreign_keys = ON").unwrap();
    let insert = |values: &str| {
        format!(
            "INSERT INTO log SELECT id + 1, recorded_at, actor, action, subject, content_sha256, previous_sha256, \
             substr(sha256, 2) || 'x' FROM log ORDER BY id DESC LIMIT 1; \
             INSERT INTO audit_results VALUES (3, {lot_number}, {values}, '2026-11-23 00:00:00')"
        )
    };
    let own = "'Công ty Một', 224, 2, 0";
    for (values, rule) in [
        (
            format!("{own}, 5, 0, 0, 4, 0, false, false, 'Sở'"),
            "invariant_23",
        ),
        (
            format!("{own}, 1, 1, 1, 4, 0, false, false, 'Sở'"),
            "invariant_23",
        ),
        (
            format!("{own}, 3, 0, 0, 3, 0, true, false, 'Sở'"),
            "invariant_23",
        ),
        (
            format!("{own}, 1, 0, 0, 1, 0, false, false, 'Sở'"),
            "invariant_23",
        ),
        (
            format!("{own}, 1, 0, 0, 1, 0, true, false, 'Công ty Một'"),
            "invariant_23",
        ),
        (
            "'Công ty Một', 224, 2, 2, 1, 0, 0, 1, 0, true, false, 'Sở'".to_owned(),
            "invariant_24",
        ),
        (
            "'Công ty Một', 224, 9, 0, 8, 0, 0, 8, 0, true, false, 'Sở'".to_owned(),
            "FOREIGN KEY",
        ),
    ] {
        assert_refused(&mut intruder, &insert(&values), rule);
    }
    assert_kept(&mut intruder);
    store.record_audit(lot_number, &result(2), by).unwrap();
    let tampering = "DROP TRIGGER audit_results_are_kept_update; \
                     UPDATE audit_results SET unreadable = 0 WHERE id = 3";
    intruder.batch_execute(tampering).unwrap();
    let found = store.verify().unwrap();
    assert!(
        matches!(found, Verification::Broken { entry: 3, .. }),
        "{found:?}"
    );
}
