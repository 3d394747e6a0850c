//! What the database says of its own tables: columns, keys, and which table names which.

use std::collections::{BTreeMap, BTreeSet};

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};

use super::LEFT_OUT;
use super::cell::Kind;
use crate::StoreError;
use crate::db::connection::AnyConnection;

/// A table as an archive takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::db) struct Table {
    pub(in crate::db) name: String,
    /// By name, in the order of the alphabet.
    pub(super) columns: BTreeMap<String, Kind>,
    /// The columns of its primary key, in order.
    pub(super) key: Vec<String>,
    /// The tables that its rows name.
    names: BTreeSet<String>,
}

impl Table {
    /// Whether a row of it is what the entry of the log with its number recorded.
    pub(in crate::db) fn is_fact(&self) -> bool {
        self.key == ["id"] && self.name != "log" && self.columns.contains_key("recorded_at")
    }

    /// Whether its rows are the content of submissions.
    pub(in crate::db) fn is_content(&self) -> bool {
        self.key
            .first()
            .is_some_and(|column| column == "submission_id")
    }
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    declared: String,
    /// The place in the primary key from 1; 0 for other columns.
    #[diesel(sql_type = BigInt)]
    place: i64,
}

#[derive(QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Text)]
    named: String,
}

/// The names of all tables, those of the migrations and of the archives' own included.
pub(in crate::db) fn table_names(
    connection: &mut AnyConnection,
) -> Result<BTreeSet<String>, StoreError> {
    let query = match connection {
        AnyConnection::Sqlite(_) => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        }
        AnyConnection::Postgres(_) => {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()"
        }
    };
    let rows: Vec<Name> = sql_query(query).load(connection)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// The migrations that the database has seen, oldest first; none where it has no table of them.
pub(in crate::db) fn applied_migrations(
    connection: &mut AnyConnection,
) -> Result<Vec<String>, StoreError> {
    const TABLE: &str = "__diesel_schema_migrations";
    if !table_names(connection)?.contains(TABLE) {
        return Ok(Vec::new());
    }
    let query = format!("SELECT version AS name FROM {TABLE} ORDER BY 1");
    let rows: Vec<Name> = sql_query(query).load(connection)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// The tables that an archive holds, each after those that it names.
pub(in crate::db) fn archived_tables(
    connection: &mut AnyConnection,
) -> Result<Vec<Table>, StoreError> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in columns(connection)? {
        if LEFT_OUT.iter().any(|(name, _)| *name == row.owner) {
            continue;
        }
        let kind = Kind::of_declared(&row.declared).ok_or_else(|| {
            StoreError::Corrupt(format!("{}.{}: {}", row.owner, row.name, row.declared))
        })?;
        let table = tables.entry(row.owner.clone()).or_insert_with(|| Table {
            name: row.owner,
            columns: BTreeMap::new(),
            key: Vec::new(),
            names: BTreeSet::new(),
        });
        // Rows come in the order of the key's places.
        if row.place > 0 {
            table.key.push(row.name.clone());
        }
        table.columns.insert(row.name, kind);
    }
    for reference in references(connection)? {
        if let Some(table) = tables.get_mut(&reference.owner) {
            table.names.insert(reference.named);
        }
    }
    Ok(in_order(tables))
}

fn columns(connection: &mut AnyConnection) -> Result<Vec<ColumnRow>, StoreError> {
    let query = match connection {
        AnyConnection::Sqlite(_) => {
            "SELECT m.name AS owner, c.name AS name, c.type AS declared, c.pk AS place \
             FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 4, 1, 2"
        }
        AnyConnection::Postgres(_) => {
            "SELECT t.relname::text AS owner, a.attname::text AS name, \
             format_type(a.atttypid, NULL) AS declared, \
             coalesce(array_position(k.conkey, a.attnum), 0)::bigint AS place \
             FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped \
             LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p' \
             WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace ORDER BY 4, 1, 2"
        }
    };
    Ok(sql_query(query).load(connection)?)
}

fn references(connection: &mut AnyConnection) -> Result<Vec<Reference>, StoreError> {
    let query = match connection {
        AnyConnection::Sqlite(_) => {
            "SELECT m.name AS owner, f.\"table\" AS named \
             FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
        }
        AnyConnection::Postgres(_) => {
            "SELECT o.relname::text AS owner, n.relname::text AS named FROM pg_constraint k \
             JOIN pg_class o ON o.oid = k.conrelid JOIN pg_class n ON n.oid = k.confrelid \
             WHERE k.contype = 'f' AND o.relnamespace = current_schema()::regnamespace"
        }
    };
    Ok(sql_query(query).load(connection)?)
}

/// Each table after those that it names, else by the alphabet. A table that names itself is no matter: rows come in the
/// order of their keys, and a row names an earlier one.
fn in_order(mut left: BTreeMap<String, Table>) -> Vec<Table> {
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let waits = |table: &Table| {
            let mut named = table.names.iter();
            named.any(|name| *name != table.name && left.contains_key(name))
        };
        let next = left.values().find(|table| !waits(table));
        // Tables that name each other in a circle come as they are; none do.
        let next = next.or_else(|| left.values().next());
        let next = next.map(|table| table.name.clone());
        ordered.extend(next.and_then(|name| left.remove(&name)));
    }
    ordered
}
