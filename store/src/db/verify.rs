//! The proof of everything kept: the chain of the log, and that what each entry recorded is still what is kept.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable};

use super::Store;
use super::archive::{Table, archived_tables};
use super::connection::{AnyConnection, in_snapshot};
use super::content::content_fault;
use super::log::{GENESIS, LogRow};
use super::schema::{drafts, log, units};
use crate::StoreError;
use crate::domain::{Digest, Reference};

/// What proving the log gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verification {
    /// Every entry follows from the one before, and everything that was recorded is as it was.
    Whole {
        /// How many entries there are.
        entries: u64,
        /// The seal of the last one; `None` for an empty log.
        head: Option<Digest>,
    },
    /// The first entry that does not.
    Broken {
        /// Its number.
        entry: i64,
        /// What is wrong with it.
        reason: String,
    },
    /// The log is whole, and something that no entry tells of was changed.
    Outside {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

impl Store {
    /// Proves the log: the numbers, the moments, the seals, and that what each entry recorded is still what is kept, no
    /// less and no more.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn verify(&self) -> Result<Verification, StoreError> {
        self.read(|connection| in_snapshot(connection, prove))
    }
}

/// Proves what a connection sees, an entry at a time.
pub(super) fn prove(connection: &mut AnyConnection) -> Result<Verification, StoreError> {
    let mut strays = strays(connection)?;
    let numbers: Vec<i64> = log::table.select(log::id).order(log::id).load(connection)?;
    let mut before: Option<LogRow> = None;
    for entry in numbers {
        let broken = |reason| Ok(Verification::Broken { entry, reason });
        let row = log::table.find(entry).select(LogRow::as_select());
        let row = match readable(row.first::<LogRow>(connection).map_err(StoreError::from))? {
            Ok(row) => row,
            Err(reason) => return broken(reason),
        };
        let fault = chain_fault(before.as_ref(), &row).or_else(|| strays.remove(&entry));
        let fault = match fault {
            Some(reason) => Some(reason),
            None => readable(content_fault(connection, entry, &row.content_sha256))?
                .unwrap_or_else(Some),
        };
        if let Some(reason) = fault {
            return broken(reason);
        }
        before = Some(row);
    }
    if let Some((entry, reason)) = strays.pop_first() {
        return Ok(Verification::Broken { entry, reason });
    }
    if let Some((table, reason)) = outside(connection)? {
        return Ok(Verification::Outside { table, reason });
    }
    let entries = before.as_ref().map_or(0, |row| row.id.unsigned_abs());
    Ok(Verification::Whole {
        entries,
        head: before.and_then(|row| Digest::parse(&row.sha256)),
    })
}

/// What was read, or why it cannot be read; a database that does not answer stays a failure.
fn readable<T>(read: Result<T, StoreError>) -> Result<Result<T, String>, StoreError> {
    match read {
        Ok(value) => Ok(Ok(value)),
        Err(StoreError::Unavailable(reason)) => Err(StoreError::Unavailable(reason)),
        Err(StoreError::Query(error)) => Ok(Err(format!("it cannot be read: {error}"))),
        Err(error) => Ok(Err(format!("it cannot be read: {error}"))),
    }
}

fn chain_fault(before: Option<&LogRow>, row: &LogRow) -> Option<String> {
    let expected = before.map_or(1, |before| before.id + 1);
    let seal = before.map_or(GENESIS, |before| before.sha256.as_str());
    if row.id != expected {
        Some(format!("entry {expected} is missing"))
    } else if row.previous_sha256 != seal {
        Some("it does not follow from the entry before".to_owned())
    } else if row.seal().to_string() != row.sha256 {
        Some("its seal does not fit its text".to_owned())
    } else if before.is_some_and(|before| row.recorded_at <= before.recorded_at) {
        Some("it is not later than the entry before".to_owned())
    } else {
        None
    }
}

/// Rows that are not what the entry of their number recorded, by that number: what no digest of an entry covers.
fn strays(connection: &mut AnyConnection) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut strays = BTreeMap::new();
    let mut note = |connection: &mut AnyConnection, query: String, reason: String| {
        if let Some(entry) = least(connection, query)? {
            strays.entry(entry).or_insert(reason);
        }
        Ok::<(), StoreError>(())
    };
    let tables = archived_tables(connection)?;
    let facts: Vec<&Table> = tables.iter().filter(|table| table.is_fact()).collect();
    let each = facts
        .iter()
        .map(|table| format!("SELECT id FROM {}", table.name));
    let all = each.collect::<Vec<_>>().join(" UNION ALL ");
    note(
        connection,
        format!("SELECT id AS entry FROM ({all}) f GROUP BY id HAVING count(*) > 1"),
        "more was added to what it recorded".to_owned(),
    )?;
    for Table { name, .. } in facts {
        note(
            connection,
            format!(
                "SELECT t.id AS entry FROM {name} t LEFT JOIN log l ON l.id = t.id \
                 WHERE l.recorded_at IS NULL OR l.recorded_at <> t.recorded_at"
            ),
            format!("its row in {name} has another moment"),
        )?;
    }
    for Table { name, .. } in tables.iter().filter(|table| table.is_content()) {
        let form = form_of(name);
        note(
            connection,
            format!(
                "SELECT t.submission_id AS entry FROM {name} t \
                 LEFT JOIN submissions s ON s.id = t.submission_id AND s.form LIKE '{form}' WHERE s.id IS NULL"
            ),
            format!("rows were added to {name}"),
        )?;
    }
    note(
        connection,
        "SELECT s.id AS entry FROM submissions s JOIN log l ON l.id = s.id \
         WHERE l.subject <> s.file_name OR l.actor <> s.submitted_by"
            .to_owned(),
        "its file has another name or sender".to_owned(),
    )?;
    Ok(strays)
}

/// The form of the files whose rows a table holds; answers come with all of them.
fn form_of(table: &str) -> &'static str {
    match table {
        "counts" => "counts",
        "published_figures" => "published",
        "answers" => "%",
        _ => "reconciliation",
    }
}

#[derive(QueryableByName)]
struct Least {
    #[diesel(sql_type = Nullable<BigInt>)]
    entry: Option<i64>,
}

fn least(connection: &mut AnyConnection, entries: String) -> Result<Option<i64>, StoreError> {
    let query = format!("SELECT min(entry) AS entry FROM ({entries}) e");
    let found: Least = sql_query(query).get_result(connection)?;
    Ok(found.entry)
}

/// What is wrong with the tables that no entry tells of.
fn outside(connection: &mut AnyConnection) -> Result<Option<(&'static str, String)>, StoreError> {
    let kept: Vec<String> = units::table.select(units::id).load(connection)?;
    let kept: BTreeSet<String> = kept.into_iter().collect();
    let known = Reference::embedded().units.iter();
    let known: BTreeSet<String> = known.map(|unit| unit.id.to_string()).collect();
    if let Some(id) = kept.symmetric_difference(&known).next() {
        return Ok(Some(("units", format!("`{id}` is too much or missing"))));
    }
    let names: Vec<String> = drafts::table.select(drafts::sha256).load(connection)?;
    for name in names {
        let same = drafts::table.filter(drafts::sha256.eq(&name));
        let bytes: Vec<u8> = same.select(drafts::bytes).first(connection)?;
        if Digest::of(&bytes).to_string() != name {
            let reason = format!("the file {name} does not have its digest");
            return Ok(Some(("drafts", reason)));
        }
    }
    Ok(None)
}
