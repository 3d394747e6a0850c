//! Accounts, sessions, links and second factors on both databases.

use chrono::TimeDelta;
use store::domain::{AccountChange, AccountDeed, Digest, Login, Role, Session, TokenScope, UnitId};
use store::testing::{administrator_session, moment, on_each_backend};
use store::{Draft, Store, StoreError, Verification};

use crate::builders::noon;

const IDLE: TimeDelta = TimeDelta::hours(1);

fn login(text: &str) -> Login {
    Login::parse(text).unwrap()
}

fn change(name: &str, deed: AccountDeed, day: &str) -> AccountChange<'static> {
    AccountChange {
        login: login(name),
        deed,
        standing: None,
        by: "admin",
        at: noon(day),
    }
}

fn create(store: &Store, name: &str, role: Role) {
    store
        .change_account(&AccountChange {
            standing: Some(("Nguyễn Văn A", role)),
            ..change(name, AccountDeed::Create, "2026-01-01")
        })
        .unwrap();
}

fn open(store: &Store, name: &str, cookie: &str) -> Digest {
    let sha256 = Digest::of(cookie.as_bytes());
    store
        .open_session(&Session {
            sha256,
            login: login(name),
            pending: false,
            client: "browser".to_owned(),
            created_at: noon("2026-01-02"),
            seen_at: noon("2026-01-02"),
            expires_at: noon("2026-01-03"),
        })
        .unwrap();
    sha256
}

#[track_caller]
fn conflicts(outcome: Result<(), StoreError>) {
    assert!(
        matches!(outcome, Err(StoreError::Conflict(_))),
        "{outcome:?}"
    );
}

#[test]
fn an_account_stands_as_its_latest_change_left_it_and_every_change_is_sealed() {
    on_each_backend(|database| {
        let store = database.store();
        let province = UnitId::parse("q24").unwrap();
        create(&store, "lan", Role::Uploader(province));
        create(&store, "an", Role::Reader);
        let twice = AccountChange {
            standing: Some(("Khác", Role::Reader)),
            ..change("lan", AccountDeed::Create, "2026-01-02")
        };
        conflicts(store.change_account(&twice));
        conflicts(store.change_account(&change("lan", AccountDeed::Enable, "2026-01-02")));
        let unknown = store.change_account(&change("minh", AccountDeed::Disable, "2026-01-02"));
        assert!(
            matches!(unknown, Err(StoreError::NotFound { .. })),
            "{unknown:?}"
        );

        let hash = "$argon2id$secret";
        let password = change("lan", AccountDeed::Password, "2026-01-02");
        store.set_password(&password, hash).unwrap();
        let promoted = AccountChange {
            standing: Some(("Nguyễn Văn A", Role::Monitor)),
            ..change("lan", AccountDeed::Role, "2026-01-03")
        };
        store.change_account(&promoted).unwrap();
        store
            .change_account(&change("lan", AccountDeed::Disable, "2026-01-04"))
            .unwrap();
        let account = store.find_account(login("lan")).unwrap().unwrap();
        assert_eq!((account.role, account.active), (Role::Monitor, false));
        assert_eq!(account.name, "Nguyễn Văn A");
        let logins: Vec<_> = store.list_accounts().unwrap();
        let logins: Vec<_> = logins.iter().map(|one| one.login.to_string()).collect();
        assert_eq!(logins, ["an", "lan"]);

        let entries = store
            .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 10)
            .unwrap();
        assert!(entries.iter().all(|entry| entry.action == "change_account"));
        assert!(!format!("{entries:?}").contains("secret"), "{entries:?}");
        assert_eq!(entries[0].subject, "account lan: disable");
        assert_eq!(
            store.latest_moment().unwrap(),
            None,
            "no figure has changed"
        );
        let proof = store.verify().unwrap();
        assert!(
            matches!(proof, Verification::Whole { entries: 5, .. }),
            "{proof:?}"
        );
    });
}

#[test]
fn a_session_ends_by_itself() {
    on_each_backend(|database| {
        let store = database.store();
        create(&store, "lan", Role::Reader);
        let cookie = open(&store, "lan", "one");
        let used = |at: &str| {
            store
                .use_session(cookie, moment(at), IDLE)
                .unwrap()
                .is_some()
        };
        assert!(used("2026-01-02T12:03:00Z"));
        assert!(used("2026-01-02T12:40:00Z"));
        assert!(used("2026-01-02T13:39:59Z"), "used within the hour before");
        assert!(!used("2026-01-02T14:40:00Z"), "an hour without use");
        assert!(!used("2026-01-03T12:00:00Z"), "a day is the most");
        assert!(
            store
                .use_session(Digest::of(b"other"), noon("2026-01-02"), IDLE)
                .unwrap()
                .is_none()
        );
    });
}

#[test]
fn a_session_ends_with_what_is_done_to_its_account() {
    on_each_backend(|database| {
        let store = database.store();
        create(&store, "lan", Role::Reader);
        let ends = [
            AccountDeed::Disable,
            AccountDeed::EndSessions,
            AccountDeed::Password,
        ];
        for (place, deed) in (0..).zip(ends) {
            let cookie = open(&store, "lan", &format!("session {place}"));
            let is_open = || {
                store
                    .use_session(cookie, noon("2026-01-02"), IDLE)
                    .unwrap()
                    .is_some()
            };
            assert!(is_open());
            store
                .change_account(&change("lan", deed, "2026-01-02"))
                .unwrap();
            assert!(!is_open(), "{deed:?}");
            if deed == AccountDeed::Disable {
                let enabled = change("lan", AccountDeed::Enable, "2026-01-02");
                store.change_account(&enabled).unwrap();
            }
        }
        let kept = open(&store, "lan", "kept");
        open(&store, "lan", "another");
        store.end_other_sessions(login("lan"), kept).unwrap();
        let left = store
            .list_sessions(login("lan"), noon("2026-01-02"), IDLE)
            .unwrap();
        assert_eq!(
            left.iter().map(|one| one.sha256).collect::<Vec<_>>(),
            [kept]
        );
        store.end_session(kept).unwrap();
        assert!(
            store
                .use_session(kept, noon("2026-01-02"), IDLE)
                .unwrap()
                .is_none()
        );
    });
}

#[test]
fn a_link_and_a_code_open_once() {
    on_each_backend(|database| {
        let store = database.store();
        create(&store, "lan", Role::Administrator);
        assert!(
            !store.has_administrator().unwrap(),
            "nobody can sign in yet"
        );
        let (first, second) = (Digest::of(b"first"), Digest::of(b"second"));
        let until = noon("2026-01-03");
        let link = change("lan", AccountDeed::Link, "2026-01-02");
        store.record_link(&link, (first, until)).unwrap();
        store.record_link(&link, (second, until)).unwrap();
        let owner = |link, day| store.find_link(link, noon(day)).unwrap();
        assert_eq!(owner(first, "2026-01-02"), None, "a later link replaces it");
        assert_eq!(owner(second, "2026-01-03"), None, "it has expired");
        assert_eq!(owner(second, "2026-01-02"), Some(login("lan")));
        let password = change("lan", AccountDeed::Password, "2026-01-02");
        store
            .set_password_by_link(&password, "hash", second)
            .unwrap();
        let again = store.set_password_by_link(&password, "other", second);
        assert!(
            matches!(again, Err(StoreError::NotFound { .. })),
            "{again:?}"
        );
        let kept = store.find_credential(login("lan")).unwrap().unwrap();
        assert_eq!(kept.password_hash, "hash");
        assert!(store.has_administrator().unwrap());

        let factor = change("lan", AccountDeed::SecondFactor, "2026-01-02");
        let code = Digest::of(b"code");
        store
            .set_second_factor(&factor, Some(("SECRET", 7)), &[code])
            .unwrap();
        let take = |step| store.take_totp_step(login("lan"), step).unwrap();
        assert_eq!(
            [take(7), take(8), take(8), take(6)],
            [false, true, false, false]
        );
        let taken = |owner| store.take_recovery_code(login(owner), code).unwrap();
        assert_eq!(
            [taken("an"), taken("lan"), taken("lan")],
            [false, true, false]
        );
        let proof = store.verify().unwrap();
        assert!(
            matches!(proof, Verification::Whole { entries: 5, .. }),
            "{proof:?}"
        );
    });
}

#[test]
fn the_administrator_of_tests_is_in_no_entry_which_the_proof_finds() {
    on_each_backend(|database| {
        let store = database.store();
        let cookie = administrator_session(&database.address);
        drop(administrator_session(&database.address));
        let now = noon("2026-01-02");
        let found = store
            .use_session(Digest::of(cookie.as_bytes()), now, IDLE)
            .unwrap();
        assert_eq!(found.unwrap().1.role, Role::Administrator);
        let proof = store.verify().unwrap();
        assert!(
            matches!(proof, Verification::Broken { entry: 0, .. }),
            "{proof:?}"
        );
        assert_eq!(store.list_log(noon("2030-01-01"), 1).unwrap(), []);
    });
}

#[test]
fn a_draft_is_its_senders_and_a_token_has_a_scope() {
    on_each_backend(|database| {
        let store = database.store();
        let (mine, theirs) = (UnitId::parse("q24"), UnitId::parse("q15"));
        let draft = |owner, name: &str| Draft {
            owner,
            file_name: name.to_owned(),
            bytes: b"the same".to_vec(),
        };
        let now = noon("2026-01-02");
        let sha256 = store.keep_draft(&draft(mine, "a.csv"), now).unwrap();
        assert_eq!(store.find_draft(sha256, theirs).unwrap(), None);
        store.keep_draft(&draft(theirs, "b.csv"), now).unwrap();
        assert_eq!(
            store.find_draft(sha256, mine).unwrap().unwrap().file_name,
            "a.csv"
        );
        store.drop_draft(sha256, theirs).unwrap();
        assert_eq!(store.list_drafts().unwrap(), [(now, draft(mine, "a.csv"))]);

        let digest = Digest::of(b"token");
        let whole = (TokenScope::Read, None, "BI");
        store
            .record_token(digest, whole, noon("2027-01-01"), ("admin", now))
            .unwrap();
        let token = store.find_token(digest).unwrap().unwrap();
        assert_eq!((token.scope, token.unit), (TokenScope::Read, None));
        let nobody = (TokenScope::Upload, None, "x");
        let refused =
            store.record_token(Digest::of(b"x"), nobody, noon("2027-01-01"), ("admin", now));
        assert!(refused.is_err(), "an upload token has a province");
        let proof = store.verify().unwrap();
        assert!(
            matches!(proof, Verification::Whole { entries: 1, .. }),
            "{proof:?}"
        );
    });
}
