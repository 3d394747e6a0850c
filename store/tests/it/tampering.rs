//! One value changed behind the program's back, in every column of every table, is found where it stands.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{SqliteConnection, sql_query};
use store::testing::sqlite;
use store::{Draft, Store, Verification};

use crate::builders::noon;
use crate::everything::fill_every_table;

/// The guards that a connection can put down by itself.
const UNGUARDED: &str = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON";

#[derive(QueryableByName, Debug)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    /// The number of the entry that the first row belongs to.
    #[diesel(sql_type = Text)]
    key: String,
}

#[derive(QueryableByName)]
struct Entry {
    #[diesel(sql_type = BigInt)]
    entry: i64,
}

/// Every column of the tables whose rows belong to entries of the log.
fn sealed_columns(connection: &mut SqliteConnection) -> Vec<Column> {
    let columns = sql_query(
        "SELECT m.name AS table_name, c.name AS name, k.name AS key FROM sqlite_master m \
         JOIN pragma_table_info(m.name) c JOIN pragma_table_info(m.name) k ON k.pk = 1 \
         WHERE m.type = 'table' AND k.name IN ('id', 'submission_id') AND k.type <> 'TEXT' ORDER BY 1, 2",
    );
    columns.load(connection).unwrap()
}

/// A statement that changes one column where the first entry of a table stands, whatever it holds.
fn change(column: &Column) -> String {
    let Column {
        table_name,
        name,
        key,
    } = column;
    format!(
        "UPDATE {table_name} SET \"{name}\" = CASE typeof(\"{name}\") \
         WHEN 'integer' THEN iif(\"{name}\" IN (0, 1), 1 - \"{name}\", \"{name}\" + 1000) \
         WHEN 'blob' THEN x'00' WHEN 'null' THEN 1 ELSE 'x' || substr(\"{name}\", 2) END \
         WHERE {key} = (SELECT min({key}) FROM {table_name})"
    )
}

/// Lets an intruder do what the database itself would refuse.
fn without_guards(connection: &mut SqliteConnection) {
    #[derive(QueryableByName)]
    struct Trigger {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let triggers = sql_query("SELECT name FROM sqlite_master WHERE type = 'trigger'");
    let triggers: Vec<Trigger> = triggers.load(connection).unwrap();
    for Trigger { name } in triggers {
        connection
            .batch_execute(&format!("DROP TRIGGER {name}"))
            .unwrap();
    }
    connection.batch_execute(UNGUARDED).unwrap();
}

#[test]
fn one_changed_value_in_any_column_is_found_at_its_entry() {
    let database = sqlite();
    fill_every_table(&database.store());
    let mut intruder = SqliteConnection::establish(&database.address).unwrap();
    without_guards(&mut intruder);
    let columns = sealed_columns(&mut intruder);
    assert!(columns.len() > 120, "{}", columns.len());
    // The copies are taken of one file, with nothing in a log beside it.
    let whole = format!("{}.whole", database.address);
    intruder
        .batch_execute(&format!("VACUUM INTO '{whole}'"))
        .unwrap();
    drop(intruder);
    for (number, column) in columns.into_iter().enumerate() {
        // Each in a file of its own, for the connections of the one before may not all be closed yet.
        let copy = format!("{whole}.{number}");
        std::fs::copy(&whole, &copy).unwrap();
        let mut intruder = SqliteConnection::establish(&copy).unwrap();
        intruder.batch_execute(UNGUARDED).unwrap();
        let Column {
            table_name,
            name,
            key,
        } = &column;
        let first = format!("SELECT min({key}) AS entry FROM {table_name}");
        let Entry { entry: expected } = sql_query(first).get_result(&mut intruder).unwrap();
        intruder.batch_execute(&change(&column)).unwrap();
        drop(intruder);
        let found = Store::open(&copy).unwrap().verify().unwrap();
        let Verification::Broken { entry, reason } = found else {
            panic!("{table_name}.{name} was changed unseen: {found:?}")
        };
        let missing = (table_name.as_str(), name.as_str()) == ("log", "id");
        assert!(
            entry == expected || missing,
            "{table_name}.{name}: entry {entry}, {reason}"
        );
    }
}

#[test]
fn a_row_that_no_entry_recorded_is_found() {
    let additions = [
        (
            "INSERT INTO deadlines SELECT 1, unit_id, due_on, announced_on, kind, source_vi, source_en, recorded_at FROM deadlines",
            Some(1),
        ),
        (
            "INSERT INTO counts SELECT 1, line, unit_id, sub_unit, as_of, record_type, route, count_unit, total, scanned, entered, checked, approved, transferred, returned, approximate, note, difficulty FROM counts LIMIT 1",
            Some(1),
        ),
        (
            "INSERT INTO withdrawals SELECT 9000, submission_id, withdrawn, recorded_at, recorded_by, reason FROM withdrawals",
            Some(9000),
        ),
        // What the last entry recorded is left without one.
        ("DELETE FROM log WHERE id = (SELECT max(id) FROM log)", None),
    ];
    for (statement, expected) in additions {
        let database = sqlite();
        let store = database.store();
        fill_every_table(&store);
        let Verification::Whole { entries, .. } = store.verify().unwrap() else {
            panic!("whole before");
        };
        let expected = expected.unwrap_or_else(|| i64::try_from(entries).unwrap());
        let mut intruder = SqliteConnection::establish(&database.address).unwrap();
        without_guards(&mut intruder);
        intruder.batch_execute(statement).unwrap();
        let found = store.verify().unwrap();
        let at = matches!(&found, Verification::Broken { entry, .. } if *entry == expected);
        assert!(at, "{statement}: {found:?}");
    }
}

#[test]
fn what_stands_outside_of_the_log_is_looked_at_too() {
    for (statement, wrong) in [
        ("UPDATE units SET id = 'p99' WHERE id = 'p01'", "units"),
        ("DELETE FROM units WHERE id = 'p02'", "units"),
        ("UPDATE drafts SET bytes = x'01'", "drafts"),
    ] {
        let database = sqlite();
        let store = database.store();
        fill_every_table(&store);
        let draft = Draft {
            owner: None,
            file_name: "draft.csv".to_owned(),
            bytes: b"draft".to_vec(),
        };
        store.keep_draft(&draft, noon("2026-01-01")).unwrap();
        let mut intruder = SqliteConnection::establish(&database.address).unwrap();
        without_guards(&mut intruder);
        intruder.batch_execute(statement).unwrap();
        let found = store.verify().unwrap();
        let seen = matches!(&found, Verification::Outside { table, .. } if *table == wrong);
        assert!(seen, "{statement}: {found:?}");
    }
}
