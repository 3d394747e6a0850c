//! Inserting rows of a table that is known only when the program runs.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::pg::Pg;
use diesel::sql_types::{BigInt, Binary, Bool, Date, Nullable, Text, Timestamp};
use diesel::sqlite::Sqlite;
use diesel::{RunQueryDsl as _, sql_query};

use super::catalogue::Table;
use super::cell::{Cell, Kind};
use crate::StoreError;
use crate::db::connection::AnyConnection;

/// How many values a statement takes: SQLite takes at most 32,766.
const VALUES: usize = 16_000;

/// How many bytes a statement takes before it is run.
const BYTES: usize = 4 << 20;

/// Inserts rows as they come, many a statement.
pub(super) fn insert_rows(
    connection: &mut AnyConnection,
    table: &Table,
    rows: impl Iterator<Item = Result<Vec<Cell>, StoreError>>,
) -> Result<(), StoreError> {
    let at_once = (VALUES / table.columns.len().max(1)).max(1);
    let (mut waiting, mut bytes) = (Vec::new(), 0);
    for row in rows {
        let row = row?;
        bytes += row.iter().map(Cell::size).sum::<usize>();
        waiting.push(row);
        if waiting.len() >= at_once || bytes >= BYTES {
            insert(connection, table, std::mem::take(&mut waiting))?;
            bytes = 0;
        }
    }
    if waiting.is_empty() {
        return Ok(());
    }
    insert(connection, table, waiting)
}

/// Binds a value as what its column holds, absent values included.
macro_rules! bind {
    ($query:expr, $kind:expr, $cell:expr) => {
        match ($kind, $cell) {
            (Kind::Integer, Cell::Integer(value)) => $query.bind::<BigInt, _>(value),
            (Kind::Text, Cell::Text(value)) => $query.bind::<Text, _>(value),
            (Kind::Boolean, Cell::Boolean(value)) => $query.bind::<Bool, _>(value),
            (Kind::Date, Cell::Date(value)) => $query.bind::<Date, _>(value),
            (Kind::Moment, Cell::Moment(value)) => $query.bind::<Timestamp, _>(value),
            (Kind::Bytes, Cell::Bytes(value)) => $query.bind::<Binary, _>(value),
            (Kind::Integer, _) => $query.bind::<Nullable<BigInt>, _>(None::<i64>),
            (Kind::Text, _) => $query.bind::<Nullable<Text>, _>(None::<String>),
            (Kind::Boolean, _) => $query.bind::<Nullable<Bool>, _>(None::<bool>),
            (Kind::Date, _) => $query.bind::<Nullable<Date>, _>(None::<NaiveDate>),
            (Kind::Moment, _) => $query.bind::<Nullable<Timestamp>, _>(None::<NaiveDateTime>),
            (Kind::Bytes, _) => $query.bind::<Nullable<Binary>, _>(None::<Vec<u8>>),
        }
    };
}

fn insert(
    connection: &mut AnyConnection,
    table: &Table,
    rows: Vec<Vec<Cell>>,
) -> Result<(), StoreError> {
    let statement = statement(connection, table, rows.len());
    let kinds = || table.columns.values().copied();
    let cells = rows.into_iter().flat_map(|row| kinds().zip(row));
    match connection {
        AnyConnection::Sqlite(connection) => cells
            .fold(
                sql_query(statement).into_boxed::<Sqlite>(),
                |query, (kind, cell)| bind!(query, kind, cell),
            )
            .execute(connection)?,
        AnyConnection::Postgres(connection) => cells
            .fold(
                sql_query(statement).into_boxed::<Pg>(),
                |query, (kind, cell)| bind!(query, kind, cell),
            )
            .execute(connection)?,
    };
    Ok(())
}

/// The statement for a number of rows. PostgreSQL numbers the places of values; SQLite does without, for it looks each name
/// or number up among all before it.
fn statement(connection: &AnyConnection, table: &Table, rows: usize) -> String {
    let quoted = |name: &String| format!("\"{name}\"");
    let columns: Vec<String> = table.columns.keys().map(quoted).collect();
    let width = columns.len();
    let place = |number: usize| match connection {
        AnyConnection::Sqlite(_) => "?".to_owned(),
        AnyConnection::Postgres(_) => format!("${number}"),
    };
    let row = |row: usize| {
        let places = (1..=width).map(|column| place(row * width + column));
        format!("({})", places.collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!(
        "INSERT INTO \"{}\" ({}) VALUES {}",
        table.name,
        columns.join(", "),
        rows.join(", ")
    )
}
