//! Inserting many rows at once: the one file with an arm for each database.
//!
//! The combined connection cannot insert a batch, so the same statement is built for each of the two.

use diesel::prelude::*;

use super::connection::AnyConnection;
use super::rows::{CountsRow, PublishedRow, ReconciliationRow};
use super::schema::{counts, published_figures, reconciliations};
use crate::StoreError;

/// Rows a statement: 1,000 rows of 18 values stay below the 32,766 values SQLite takes and the 65,535 PostgreSQL takes.
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
    rows: &[CountsRow],
) -> Result<(), StoreError> {
    insert_all!(connection, counts::table, rows);
    Ok(())
}

pub(super) fn insert_reconciliations(
    connection: &mut AnyConnection,
    rows: &[ReconciliationRow],
) -> Result<(), StoreError> {
    insert_all!(connection, reconciliations::table, rows);
    Ok(())
}

pub(super) fn insert_published(
    connection: &mut AnyConnection,
    rows: &[PublishedRow],
) -> Result<(), StoreError> {
    insert_all!(connection, published_figures::table, rows);
    Ok(())
}
