//! The log and its proof.

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use store::domain::{Digest, Stage, TokenScope, UnitId};
use store::testing::{on_each_backend, sqlite};
use store::{StoreError, Verification};

use crate::builders::{noon, record, row};

#[test]
fn every_write_is_in_the_log_and_the_log_is_whole() {
    on_each_backend(|database| {
        let store = database.store();
        assert_eq!(
            store.verify().unwrap(),
            Verification::Whole {
                entries: 0,
                head: None
            }
        );
        let id = record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1)])],
            "2025-02-24",
        );
        store
            .withdraw_submission(id, "monitor", "nhầm", noon("2025-02-25"))
            .unwrap();
        let entries = store
            .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 10)
            .unwrap();
        let actions: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["withdraw_submission", "record_submission"]);
        let whole = Verification::Whole {
            entries: 2,
            head: Some(entries[0].sha256),
        };
        assert_eq!(store.verify().unwrap(), whole);
    });
}

#[test]
fn a_changed_value_is_found_at_its_entry() {
    let tampering = [
        "DROP TRIGGER counts_are_kept_update; UPDATE counts SET transferred = 2 WHERE submission_id = 2",
        "DROP TRIGGER submissions_are_kept_update; UPDATE submissions SET bytes = x'00' WHERE id = 2",
        "DROP TRIGGER log_is_append_only_update; UPDATE log SET actor = 'nobody' WHERE id = 2",
        "DROP TRIGGER counts_are_kept_delete; DELETE FROM counts WHERE submission_id = 2",
    ];
    for statement in tampering {
        let database = sqlite();
        let store = database.store();
        for (value, at) in [(1, "2025-02-24"), (3, "2025-02-25"), (5, "2025-02-26")] {
            record(
                &store,
                vec![row("p24", "2025-02-23", &[(Stage::Transferred, value)])],
                at,
            );
        }
        let mut intruder = SqliteConnection::establish(&database.address).unwrap();
        intruder.batch_execute(statement).unwrap();
        let found = store.verify().unwrap();
        assert!(
            matches!(found, Verification::Broken { entry: 2, .. }),
            "{statement}: {found:?}"
        );
    }
}

#[test]
fn the_database_itself_refuses_to_change_a_fact() {
    let database = sqlite();
    let store = database.store();
    record(
        &store,
        vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1)])],
        "2025-02-24",
    );
    let mut intruder = SqliteConnection::establish(&database.address).unwrap();
    for statement in [
        "UPDATE counts SET transferred = 2",
        "DELETE FROM counts",
        "UPDATE submissions SET file_name = ''",
        "DELETE FROM log",
    ] {
        let refused = intruder.batch_execute(statement).unwrap_err().to_string();
        assert!(
            refused.contains("kept as they were recorded") || refused.contains("append-only"),
            "{refused}"
        );
    }
}

#[test]
fn a_token_is_kept_as_its_digest_and_sealed_like_its_revocation() {
    on_each_backend(|database| {
        let store = database.store();
        let (unit, digest) = (UnitId::parse("q15").unwrap(), Digest::of(b"secret"));
        let (made, until) = (noon("2026-01-01"), noon("2026-04-01"));
        let id = store.record_token(
            digest,
            (TokenScope::Upload, Some(unit), "Lào Cai"),
            until,
            ("monitor", made),
        );
        assert_eq!(id.unwrap(), 1);
        let token = store.find_token(digest).unwrap().unwrap();
        assert_eq!((token.unit, token.name.as_str()), (Some(unit), "Lào Cai"));
        assert!(token.holds_on(made) && !token.holds_on(until));
        assert_eq!(store.find_token(Digest::of(b"other")).unwrap(), None);

        store
            .revoke_token(1, "monitor", noon("2026-01-02"))
            .unwrap();
        let revoked = store.find_token(digest).unwrap().unwrap();
        assert_eq!(revoked.revoked_at, Some(noon("2026-01-02")));
        assert!(!revoked.holds_on(noon("2026-01-03")));
        assert_eq!(store.list_tokens().unwrap(), [revoked]);
        let again = store.revoke_token(1, "monitor", noon("2026-01-04"));
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        let unknown = store.revoke_token(9, "monitor", noon("2026-01-04"));
        assert!(
            matches!(unknown, Err(StoreError::NotFound { .. })),
            "{unknown:?}"
        );
        let proof = store.verify().unwrap();
        assert!(
            matches!(proof, Verification::Whole { entries: 2, .. }),
            "{proof:?}"
        );
    });
}
