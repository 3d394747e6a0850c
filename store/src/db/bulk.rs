//! Inserting many rows at once: the one file with an arm for each database.
//!
//! The combined connection cannot insert a batch, so the same statement is built for each of the two.

use std::sync::mpsc::sync_channel;

use diesel::pg::{CopyFormat, PgConnection};
use diesel::prelude::*;

use super::connection::AnyConnection;
use super::reconciliation_rows::ReconciliationRows;
use super::rows::{CountsRow, PublishedRow};
use super::schema::{
    case_cohorts, case_flows, counts, published_figures, reconciliation_duplicates,
    reconciliation_fields, reconciliations, sync_exchanges, sync_statements,
};
use crate::StoreError;
use crate::domain::CountRow;

/// Rows a statement: 1,000 rows of 32 values stay below the 32,766 values SQLite takes and the 65,535 PostgreSQL takes.
const ROWS_A_STATEMENT: usize = 1000;

macro_rules! insert_all {
    ($connection:expr, $table:expr, $rows:expr) => {
        for chunk in $rows.chunks(ROWS_A_STATEMENT) {
            match $connection {
                AnyConnection::Sqlite(connection) => diesel::insert_into($table)
                    .values(chunk)
                    .execute(connection)?,
                AnyConnection::Postgres(connection) => diesel::insert_into($table)
                    .values(chunk)
                    .execute(connection)?,
            };
        }
    };
}

pub(super) fn insert_counts(
    connection: &mut AnyConnection,
    submission: i64,
    rows: &[CountRow],
) -> Result<(), StoreError> {
    match connection {
        AnyConnection::Postgres(connection) => copy_counts(connection, submission, rows),
        AnyConnection::Sqlite(connection) => {
            insert_embedded(connection, submission, rows).map_err(Into::into)
        }
    }
}

/// Rows a statement for the embedded database: blocks of one size share one prepared statement.
const ROWS_A_BLOCK: usize = 50;

/// Rows that are made ready together, and how many times as many may wait for the database.
const ROWS_AHEAD: usize = 1000;
const WAITING: usize = 4;

/// Makes rows ready on one thread while another one inserts those before them.
fn insert_embedded(
    connection: &mut SqliteConnection,
    submission: i64,
    rows: &[CountRow],
) -> QueryResult<()> {
    // A statement is known again by the type of its values, which therefore must not borrow.
    let ready = move |rows: &[CountRow]| -> Vec<CountsRow<'static>> {
        let rows = rows.iter().map(|row| CountsRow::new(submission, row));
        rows.map(CountsRow::into_owned).collect()
    };
    if rows.len() <= ROWS_AHEAD {
        return insert_ready(connection, &ready(rows));
    }
    let (sender, receiver) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut parts = rows.chunks(ROWS_AHEAD);
            // Where the database refuses a row nobody receives any more.
            parts.try_for_each(|rows| sender.send(ready(rows)))
        });
        let mut received = receiver.into_iter();
        received.try_for_each(|rows| insert_ready(connection, &rows))
    })
}

fn insert_ready(connection: &mut SqliteConnection, rows: &[CountsRow<'static>]) -> QueryResult<()> {
    let (blocks, rest) = rows.as_chunks::<ROWS_A_BLOCK>();
    for block in blocks {
        diesel::insert_into(counts::table)
            .values(block)
            .execute(connection)?;
    }
    for row in rest {
        diesel::insert_into(counts::table)
            .values(row)
            .execute(connection)?;
    }
    Ok(())
}

/// How many bytes of rows are handed to the server at once.
const COPIED_AT_ONCE: usize = 256 * 1024;

/// What begins the binary format of COPY: its signature, no flags and no further header.
const COPY_HEADER: &[u8; 19] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// What ends it: a tuple of −1 fields.
const COPY_TRAILER: [u8; 2] = (-1_i16).to_be_bytes();

/// Sends rows the way `\copy` does: no statement is planned, and the server takes rows while others are written.
fn copy_counts(
    connection: &mut PgConnection,
    submission: i64,
    rows: &[CountRow],
) -> Result<(), StoreError> {
    let copy = |server: &mut dyn std::io::Write| {
        fn failed(error: impl std::error::Error + Send + Sync + 'static) -> diesel::result::Error {
            diesel::result::Error::SerializationError(Box::new(error))
        }
        let mut tuples = Vec::with_capacity(COPIED_AT_ONCE + COPIED_AT_ONCE / 8);
        tuples.extend(COPY_HEADER);
        for row in rows {
            let row = CountsRow::new(submission, row);
            row.write_copy(&mut tuples).map_err(failed)?;
            if tuples.len() >= COPIED_AT_ONCE {
                server.write_all(&tuples).map_err(failed)?;
                tuples.clear();
            }
        }
        tuples.extend(COPY_TRAILER);
        server.write_all(&tuples).map_err(failed)
    };
    diesel::copy_from(counts::table)
        .from_raw_data(counts::table, copy)
        .with_format(CopyFormat::Binary)
        .execute(connection)?;
    Ok(())
}

pub(super) fn insert_reconciliations(
    connection: &mut AnyConnection,
    rows: &ReconciliationRows,
) -> Result<(), StoreError> {
    insert_all!(connection, reconciliations::table, rows.batches);
    insert_all!(connection, reconciliation_fields::table, rows.fields);
    insert_all!(
        connection,
        reconciliation_duplicates::table,
        rows.duplicates
    );
    insert_all!(connection, case_flows::table, rows.flows);
    insert_all!(connection, case_cohorts::table, rows.cohorts);
    insert_all!(connection, sync_statements::table, rows.statements);
    insert_all!(connection, sync_exchanges::table, rows.exchanges);
    Ok(())
}

pub(super) fn insert_published(
    connection: &mut AnyConnection,
    rows: &[PublishedRow],
) -> Result<(), StoreError> {
    insert_all!(connection, published_figures::table, rows);
    Ok(())
}
