//! Archives: written while others write, restored into either database, and refused when they are not whole.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use store::domain::{Digest, Stage};
use store::testing::{TestDatabase, each_backend, on_each_backend, postgres, sqlite};
use store::{Draft, LEFT_OUT, Manifest, Store, StoreError, Verification};

use crate::builders::{noon, record, row};
use crate::everything::fill_every_table;

fn back_up(database: &TestDatabase) -> (Manifest, Vec<u8>) {
    let mut bytes = Cursor::new(Vec::new());
    let manifest = Store::back_up(&database.address, &mut bytes).unwrap();
    (manifest, bytes.into_inner())
}

fn restore(bytes: &[u8], database: &TestDatabase) -> Result<Manifest, StoreError> {
    Store::restore(&database.address, Cursor::new(bytes))
}

#[test]
fn an_archive_goes_into_either_database_and_comes_back_with_the_same_bytes() {
    for first in each_backend() {
        fill_every_table(&first.store());
        let (manifest, bytes) = back_up(&first);
        assert_eq!(back_up(&first).1, bytes, "the same data");
        for second in each_backend() {
            let restored = restore(&bytes, &second).unwrap();
            assert_eq!(restored, manifest);
            assert_eq!(
                back_up(&second).1,
                bytes,
                "{} → {}",
                first.backend,
                second.backend
            );
            let (before, after) = (first.store(), second.store());
            assert_eq!(after.verify().unwrap(), before.verify().unwrap());
            let now = noon("2030-01-01");
            assert_eq!(
                after.list_submissions(None, now, 100).unwrap(),
                before.list_submissions(None, now, 100).unwrap()
            );
            assert_eq!(after.list_tokens().unwrap(), before.list_tokens().unwrap());
            assert_eq!(
                after.list_forecasts(now).unwrap(),
                before.list_forecasts(now).unwrap()
            );
            // Numbers go on where they were.
            let rows = vec![row("p24", "2025-03-30", &[(Stage::Transferred, 9)])];
            let id = record(&after, rows, "2027-03-31");
            assert_eq!(id.0.unsigned_abs(), manifest.entries + 1);
        }
    }
}

#[test]
fn every_table_is_archived_or_left_out_with_a_reason() {
    on_each_backend(|database| {
        fill_every_table(&database.store());
        let (manifest, _) = back_up(database);
        let archived: BTreeSet<&str> = manifest.tables.iter().map(|table| &*table.name).collect();
        let left_out: BTreeSet<&str> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
        assert!(LEFT_OUT.iter().all(|(_, reason)| reason.len() > 20));
        assert!(archived.is_disjoint(&left_out));
        let both: BTreeSet<&str> = archived.union(&left_out).copied().collect();
        let made = tables_of_the_migrations();
        assert_eq!(both, made.iter().map(String::as_str).collect());
        for table in &manifest.tables {
            assert!(table.rows > 0, "no test fills {}", table.name);
        }
    });
}

/// The tables that the migrations name, and the one that notes the migrations themselves.
fn tables_of_the_migrations() -> BTreeSet<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
    let mut folders: Vec<_> = std::fs::read_dir(root).unwrap().flatten().collect();
    folders.sort_by_key(std::fs::DirEntry::file_name);
    let mut tables = BTreeSet::from(["__diesel_schema_migrations".to_owned()]);
    for folder in folders {
        let text = std::fs::read_to_string(folder.path().join("up.sql")).unwrap();
        for line in text.lines() {
            let word = |start| {
                let rest: Option<&str> = line.trim().strip_prefix(start);
                rest.map(|rest| rest.split([' ', '(', ';']).next().unwrap().to_owned())
            };
            tables.extend(word("CREATE TABLE "));
            if let Some(name) = word("DROP TABLE ") {
                tables.remove(&name);
            }
            if let Some((old, new)) = line.split_once(" RENAME TO ") {
                tables.remove(old.trim_start_matches("ALTER TABLE ").trim());
                tables.insert(new.trim_end_matches(';').to_owned());
            }
        }
    }
    tables
}

#[test]
fn a_database_that_holds_anything_is_not_restored_into() {
    let source = sqlite();
    fill_every_table(&source.store());
    let (_, bytes) = back_up(&source);
    on_each_backend(|database| {
        drop(database.store());
        let refused = restore(&bytes, database).unwrap_err();
        assert!(matches!(refused, StoreError::Conflict(_)), "{refused}");
        assert!(refused.to_string().contains("not empty"), "{refused}");
    });
}

#[test]
fn what_nobody_committed_is_in_no_archive() {
    let (first, second) = (sqlite(), sqlite());
    fill_every_table(&first.store());
    let bytes = b"unfinished".to_vec();
    let file_name = "draft.csv".to_owned();
    let draft = Draft {
        owner: None,
        file_name,
        bytes,
    };
    first
        .store()
        .keep_draft(&draft, noon("2026-01-01"))
        .unwrap();
    restore(&back_up(&first).1, &second).unwrap();
    assert_eq!(second.store().list_drafts().unwrap(), []);
}

#[test]
fn one_flipped_byte_of_an_archive_leaves_nothing_behind() {
    let source = sqlite();
    fill_every_table(&source.store());
    let (_, bytes) = back_up(&source);
    for place in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x10;
        let target = sqlite();
        // A few bytes of a ZIP say nothing about its content, such as the version that is needed to read it.
        match restore(&changed, &target) {
            Ok(_) => assert_eq!(back_up(&target).1, bytes, "byte {place}"),
            Err(error) => {
                assert!(
                    matches!(error, StoreError::Archive(_) | StoreError::ArchiveFile(_)),
                    "{error:?}"
                );
                restore(&bytes, &target).unwrap();
            }
        }
    }
    for cut in [0, 10, bytes.len() / 2, bytes.len() - 1] {
        let refused = restore(&bytes[..cut], &sqlite()).unwrap_err();
        assert!(matches!(refused, StoreError::Archive(_)), "{refused:?}");
    }
}

/// The archive again with the text of one of its files changed.
fn rewritten(bytes: &[u8], path: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let text = if name == path { change(text) } else { text };
        written
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        written.write_all(text.as_bytes()).unwrap();
    }
    written.finish().unwrap().into_inner()
}

#[test]
fn an_archive_that_was_edited_is_refused_with_its_table() {
    let source = sqlite();
    fill_every_table(&source.store());
    let (manifest, bytes) = back_up(&source);
    let edited = rewritten(&bytes, "tables/counts.jsonl", |text| {
        text.replacen("\"line\":1", "\"line\":7", 1)
    });
    let refused = restore(&edited, &sqlite()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the archive is damaged in the table counts"
    );

    // Whoever edits the digest as well is told by the log.
    let lines = |text: String| text.replacen("\"reason\":\"", "\"reason\":\"no ", 1);
    let forged = rewritten(&bytes, "tables/withdrawals.jsonl", lines);
    let mut archive = zip::ZipArchive::new(Cursor::new(&forged)).unwrap();
    let mut text = Vec::new();
    archive
        .by_name("tables/withdrawals.jsonl")
        .unwrap()
        .read_to_end(&mut text)
        .unwrap();
    let table = manifest
        .tables
        .iter()
        .find(|table| table.name == "withdrawals")
        .unwrap();
    let forged = rewritten(&forged, "manifest.json", |text_of| {
        text_of.replace(&table.sha256, &Digest::of(&text).to_string())
    });
    let refused = restore(&forged, &sqlite()).unwrap_err().to_string();
    assert!(
        refused.contains("not whole") && refused.contains("entry: "),
        "{refused}"
    );

    let newer = rewritten(&bytes, "manifest.json", |text| {
        text.replacen("\"schema\": [", "\"schema\": [\"299901010000\",", 1)
    });
    let refused = restore(&newer, &sqlite()).unwrap_err().to_string();
    assert!(refused.contains("newer version"), "{refused}");
    let form = rewritten(&bytes, "manifest.json", |text| {
        text.replacen("\"format\": 1", "\"format\": 2", 1)
    });
    let refused = restore(&form, &sqlite()).unwrap_err().to_string();
    assert_eq!(
        refused,
        "the archive has form 2, and this program reads form 1"
    );
}

#[test]
fn a_backup_sees_one_moment_while_others_write() {
    on_each_backend(|database| {
        let store = database.store();
        fill_every_table(&store);
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                for value in 0..40 {
                    let rows = vec![row("p24", "2025-04-06", &[(Stage::Transferred, value)])];
                    record(&store, rows, "2027-04-07");
                }
            });
            loop {
                let (manifest, bytes) = back_up(database);
                let target = sqlite();
                assert_eq!(restore(&bytes, &target).unwrap(), manifest);
                if writer.is_finished() {
                    break;
                }
            }
        });
    });
}

#[test]
fn an_archive_of_an_older_schema_is_brought_up_to_date() {
    let source = sqlite();
    fill_every_table(&source.store());
    let mut old = SqliteConnection::establish(&source.address).unwrap();
    old.batch_execute(
        "DROP TABLE backups; DELETE FROM __diesel_schema_migrations WHERE version = '202611214300'",
    )
    .unwrap();
    let (manifest, bytes) = back_up(&source);
    assert!(!manifest.schema.contains(&"202611214300".to_owned()));
    on_each_backend(|target| {
        restore(&bytes, target).unwrap();
        assert_eq!(target.store().last_backup().unwrap(), None);
    });
    // Making the archive has changed nothing.
    assert_eq!(back_up(&source), (manifest, bytes));

    let folder = tempfile::tempdir().unwrap();
    let rehearsal = Store::rehearse(&source.address, folder.path()).unwrap();
    assert_eq!(rehearsal.pending, ["202611214300_backups"]);
    assert_eq!(rehearsal.before, rehearsal.after);
    assert!(matches!(rehearsal.verification, Verification::Whole { .. }));
    let (manifest, _) = back_up(&source);
    assert!(
        !manifest.schema.contains(&"202611214300".to_owned()),
        "only rehearsed"
    );
}

#[test]
fn a_rehearsal_on_a_server_leaves_no_trace() {
    let Some(database) = postgres() else { return };
    fill_every_table(&database.store());
    let before = back_up(&database);
    for _ in 0..2 {
        let folder = tempfile::tempdir().unwrap();
        let rehearsal = Store::rehearse(&database.address, folder.path()).unwrap();
        assert_eq!(rehearsal.pending, Vec::<String>::new());
        assert_eq!(rehearsal.before, rehearsal.after);
        assert!(matches!(rehearsal.verification, Verification::Whole { .. }));
    }
    assert_eq!(back_up(&database), before);
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let database = sqlite();
    drop(database.store());
    let mut newer = SqliteConnection::establish(&database.address).unwrap();
    newer
        .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('299901010000')")
        .unwrap();
    let refused = Store::open(&database.address).unwrap_err();
    assert!(refused.to_string().contains("newer version"), "{refused}");
}

#[test]
fn the_last_archive_is_remembered() {
    on_each_backend(|database| {
        let store = database.store();
        assert_eq!(store.last_backup().unwrap(), None);
        let backup = |day, text: &str| store::Backup {
            sha256: Digest::of(text.as_bytes()),
            entries: 3,
            finished_at: noon(day),
        };
        for (day, text) in [
            ("2026-01-02", "a"),
            ("2026-01-03", "b"),
            ("2026-01-04", "a"),
        ] {
            store.note_backup(&backup(day, text)).unwrap();
        }
        assert_eq!(
            store.last_backup().unwrap(),
            Some(backup("2026-01-04", "a"))
        );
    });
}
