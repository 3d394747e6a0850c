//! Backup, restore, verify and upgrade from the command line.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use store::Store;
use store::domain::{AccountChange, AccountDeed, Login, Role};
use store::testing::{moment, session_of};

use crate::desk::{Desk, SOUND, entries, forecast, order};
use crate::http::{Upload, get, get_with};
use crate::program::{Server, demo_copy, sohoa};

#[test]
fn a_backup_moves_to_another_database_and_is_proved_there() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    desk.record("b.csv", &["40,23/02/2025,Khai sinh,3000,1600,650,,"]);
    let database = &desk.database;
    let path = |name: &str| desk.path(name);
    let archive = path("a.zip");
    order("backup --lang en", &[&archive, "--database", database])
        .ended(0)
        .says("backed up ");
    let postgres = store::testing::postgres();
    let targets = [
        Some(path("b.sqlite")),
        postgres.map(|server| server.address),
    ];
    for target in targets.into_iter().flatten() {
        order("restore --lang en", &[&archive, "--database", &target])
            .ended(0)
            .says("; proved, head ");
        assert_eq!(entries(&target), entries(database));
        assert_eq!(forecast(&target, ""), forecast(database, ""));
        let again = path("again.zip");
        order("backup", &[&again, "--database", &target]).ended(0);
        assert!(
            fs::read(&again).unwrap() == fs::read(&archive).unwrap(),
            "the same bytes"
        );
        fs::remove_file(&again).unwrap();
        order("restore --lang en", &[&archive, "--database", &target])
            .refused(2, "the database is not empty");
    }
    order("backup --lang en", &[&archive, "--database", database]).refused(2, "is there already");
    fs::create_dir(path("backups")).unwrap();
    order("backup", &[&path("backups"), "--database", database]).ended(0);
    let named = fs::read_dir(path("backups")).unwrap().flatten();
    let named = named.filter(|file| file.file_name().to_string_lossy().starts_with("sohoa-2"));
    let named: Vec<_> = named.map(|file| file.metadata().unwrap()).collect();
    let [file] = named.as_slice() else {
        panic!("one archive with a name by the moment: {named:?}")
    };
    let mode = file.permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "nobody else reads the hashes in it");
}

#[test]
fn three_years_of_all_provinces_are_restored_as_they_were() {
    let (folder, database) = demo_copy();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (archive, target) = (path("demo.zip"), path("restored.sqlite"));
    order("backup", &[&archive, "--database", &database]).ended(0);
    order("restore", &[&archive, "--database", &target]).ended(0);
    assert_eq!(entries(&target), entries(&database));
    assert_eq!(forecast(&target, ""), forecast(&database, ""));
}

#[test]
fn a_backup_while_serving_holds_whole_submissions() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let (database, lan) = (&desk.database, Login::parse("lan").unwrap());
    let account = AccountChange {
        login: lan,
        deed: AccountDeed::Create,
        standing: Some(("Lan", Role::Monitor)),
        by: "test",
        at: moment("2026-01-01T00:00:00Z"),
    };
    let store = Store::open(database).unwrap();
    store.change_account(&account).unwrap();
    let session = format!("sohoa={}", session_of(&store, lan).unwrap());
    let server = Server::spawn(sohoa(), database, &[]);
    // The first start has invited an administrator.
    get(&server.url("/health/ready")).says(200, "ready");
    let written = entries(database);
    let folder = desk.path("backups");
    fs::create_dir(&folder).unwrap();
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            for _ in 0..5 {
                get_with(&server.url("/"), &[("Cookie", &session)]).says(200, "</html>");
                let upload = Upload::of("x.csv", "no form").header("Cookie", &session);
                assert_eq!(upload.post(&server.url("/upload")).status, 200);
            }
        });
        let mut number = 0;
        while !reader.is_finished() || number < 2 {
            number += 1;
            let archive = format!("{folder}/{number}.zip");
            order("backup", &[&archive, "--database", &desk.database]).ended(0);
            let target = format!("{folder}/{number}.sqlite");
            order("restore", &[&archive, "--database", &target]).ended(0);
            assert_eq!(entries(&target), written);
        }
    });
}

#[test]
fn nothing_is_left_of_a_backup_or_a_restore_that_fails() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let missing = desk.path("no/such/folder/a.zip");
    order(
        "backup --lang en",
        &[&missing, "--database", &desk.database],
    )
    .refused(1, "cannot write");
    let nowhere = desk.path("nowhere.sqlite");
    let out = desk.path("b.zip");
    order("backup --lang en", &[&out, "--database", &nowhere])
        .refused(5, "there is no such database");
    let damaged = desk.write("damaged.zip", "PK but no archive");
    order("restore --lang en", &[&damaged, "--database", &nowhere])
        .refused(3, "the archive is damaged");
    let names: Vec<String> = fs::read_dir(desk.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("test.sqlite"))
        .collect();
    assert!(!names.contains(&"b.zip".to_owned()), "{names:?}");
    assert!(
        !names.iter().any(|name| name.starts_with(".tmp")),
        "{names:?}"
    );
    order("verify", &["--database", &desk.database]).ended(0);
}

#[test]
fn an_upgrade_is_rehearsed_before_it_is_done() {
    let (_folder, database) = demo_copy();
    let before = fs::read(&database).unwrap();
    order("upgrade --rehearse --lang en", &["--database", &database])
        .ended(0)
        .says("nothing to upgrade\nthe log is whole: ");
    assert!(
        fs::read(&database).unwrap() == before,
        "the database is only read"
    );
    order("upgrade --lang en", &["--database", &database])
        .ended(0)
        .says("the log is whole: ");
}
