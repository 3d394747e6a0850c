//! A database that is not there, locked, full or interrupted.

use std::process::Command;
use std::sync::Barrier;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, RunQueryDsl, SqliteConnection};
use store::domain::{CountUnit, Stage};
use store::testing::{on_each_backend, sqlite};
use store::{Store, StoreError, Verification};

use crate::builders::{figure, noon, record, row, submission};

#[test]
fn an_address_that_leads_nowhere_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/such/folder/a.sqlite");
    let error = Store::open(&missing.display().to_string()).unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
    assert!(error.to_string().contains("no/such/folder"), "{error}");

    let error = Store::open("postgres:///nowhere?host=/no/such/socket").unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
    let error = Store::open("mysql://secret@host/db").unwrap_err();
    assert_eq!(
        error.to_string(),
        "database address `mysql://…` is neither a file nor a postgres:// address"
    );

    let misspelt = folder.path().join("misspelt.sqlite");
    let error = Store::open_existing(&misspelt.display().to_string()).unwrap_err();
    assert!(
        error.to_string().contains("there is no such database"),
        "{error}"
    );
    assert!(!misspelt.exists());

    let garbage = folder.path().join("garbage.sqlite");
    std::fs::write(
        &garbage,
        "this is a letter, not a database, and it is long enough to be looked at",
    )
    .unwrap();
    let error = Store::open(&garbage.display().to_string()).unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
}

#[test]
fn a_locked_database_is_unavailable_and_nothing_is_written() {
    let database = sqlite();
    let store = database.store();
    let mut holder = SqliteConnection::establish(&database.address).unwrap();
    holder
        .batch_execute("PRAGMA busy_timeout = 1000; BEGIN IMMEDIATE")
        .unwrap();
    let file = submission(vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1)])]);
    let error = store
        .record_submission(&file, noon("2025-02-24"))
        .unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    holder.batch_execute("ROLLBACK").unwrap();
    store.record_submission(&file, noon("2025-02-24")).unwrap();
    assert_eq!(
        figure(&store, "p24", "2025-02-23", noon("2025-02-25")),
        Some(1)
    );
}

#[test]
fn a_full_disk_is_unavailable_and_nothing_is_half_written() {
    let database = sqlite();
    let store = database.store();
    record(
        &store,
        vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1)])],
        "2025-02-24",
    );
    drop(store);

    // SQLite refuses to grow past this many pages with the very error of a full disk. The limit belongs to a connection,
    // so the archive is opened over a file system of the wanted size where one can be had, and here over the limit.
    let mut connection = SqliteConnection::establish(&database.address).unwrap();
    let full = connection.batch_execute(
        "PRAGMA max_page_count = 1; CREATE TABLE ballast (bytes BLOB); \
         INSERT INTO ballast VALUES (zeroblob(10000000))",
    );
    let error = StoreError::from(full.unwrap_err());
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");

    let store = database.store();
    assert_eq!(
        figure(&store, "p24", "2025-02-23", noon("2025-02-25")),
        Some(1)
    );
    assert!(matches!(
        store.verify().unwrap(),
        Verification::Whole { entries: 1, .. }
    ));
}

#[test]
fn many_writers_at_once_all_get_their_turn() {
    on_each_backend(|database| {
        const WRITERS: i64 = 16;
        let store = database.store();
        let start = Barrier::new(WRITERS.unsigned_abs().try_into().unwrap());
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let (store, start) = (&store, &start);
                scope.spawn(move || {
                    start.wait();
                    let file = submission(vec![row(
                        "p24",
                        "2025-02-23",
                        &[(Stage::Transferred, writer)],
                    )]);
                    store.record_submission(&file, noon("2025-02-24")).unwrap();
                });
            }
        });
        assert!(matches!(
            store.verify().unwrap(),
            Verification::Whole { entries: 16, .. }
        ));
        assert_eq!(
            store
                .series_known_on(CountUnit::Record, noon("2030-01-01"))
                .unwrap()
                .len(),
            1
        );
    });
}

#[test]
fn two_servers_starting_at_once_make_the_tables_once() {
    on_each_backend(|database| {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| database.store().ping().unwrap());
            }
        });
        let whole = Verification::Whole {
            entries: 0,
            head: None,
        };
        assert_eq!(database.store().verify().unwrap(), whole);
    });
}

/// Set for the process that a test starts to be killed.
const VICTIM: &str = "SOHOA_TEST_VICTIM";

#[test]
fn a_killed_writer_leaves_whole_submissions_only() {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test talks to the copy of itself that it kills"
    )]
    if let Ok(address) = std::env::var(VICTIM) {
        write_until_killed(&address);
    }
    on_each_backend(|database| {
        drop(database.store());
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args([
                "bad_weather::a_killed_writer_leaves_whole_submissions_only",
                "--exact",
            ])
            .env(VICTIM, &database.address)
            .spawn()
            .unwrap();
        let store = database.store();
        // Wait for the first whole submissions instead of for a time.
        while store
            .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 5)
            .unwrap()
            .len()
            < 5
        {
            std::thread::sleep(Duration::from_millis(5));
        }
        victim.kill().unwrap();
        victim.wait().unwrap();

        let verified = store.verify().unwrap();
        let Verification::Whole { entries, .. } = verified else {
            panic!("{verified:?}")
        };
        let listed = store
            .list_submissions(None, noon("2030-01-01"), 100_000)
            .unwrap();
        assert_eq!(listed.len(), usize::try_from(entries).unwrap());
        assert!(
            listed.iter().all(|submission| submission.units.len() == 63),
            "half a submission"
        );
        record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1)])],
            "2025-02-24",
        );
    });
}

fn write_until_killed(address: &str) -> ! {
    let store = Store::open(address).unwrap();
    let units = &store::domain::Reference::embedded().units;
    for value in 0.. {
        let rows = units
            .of_scheme(store::domain::Scheme::Old63)
            .zip(2..)
            .map(|(unit, line)| {
                let reported = row(
                    &unit.id.to_string(),
                    "2025-02-23",
                    &[(Stage::Transferred, value)],
                );
                store::domain::CountRow { line, ..reported }
            });
        store
            .record_submission(&submission(rows.collect()), noon("2025-02-24"))
            .unwrap();
    }
    unreachable!("the counter does not end")
}

#[test]
fn a_statement_that_changes_more_pages_than_are_kept_finds_no_full_disk() {
    let database = sqlite();
    drop(database.store());
    let mut connection = SqliteConnection::establish(&database.address).unwrap();
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)";
    // Every row may still be refused, so all that the second statement changes of 3 MB of pages is remembered until it ends.
    connection
        .batch_execute(&format!(
            "PRAGMA cache_size = 20;
             CREATE TABLE pages (a INTEGER PRIMARY KEY, b TEXT UNIQUE);
             INSERT INTO pages {numbers} SELECT i, printf('%060d', i * 7919 % 40009) FROM n;
             BEGIN;
             INSERT INTO pages (b) SELECT b || a FROM pages;
             COMMIT;"
        ))
        .unwrap();
    let count = diesel::dsl::sql::<diesel::sql_types::BigInt>("SELECT count(*) FROM pages");
    assert_eq!(count.get_result::<i64>(&mut connection), Ok(80_000));
}
