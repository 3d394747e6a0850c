//! The log: append-only, each entry sealed by a digest that covers the one before it.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::accounts::CHANGE_ACCOUNT;
use super::connection::AnyConnection;
use super::letter_templates::KEEP_TEMPLATE;
use super::letters::ISSUE_LETTERS;
use super::outbox::{CHANGE_CONTACT, CHANGE_WEBHOOK, DISPATCH};
use super::packs::ISSUE_PACK;
use super::schema::log;
use super::{Deed, Entry, Store};
use crate::StoreError;
use crate::domain::Digest;

/// The seal before the first entry.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The deeds that change no figure.
const FIGURELESS: [&str; 7] = [
    ISSUE_PACK,
    ISSUE_LETTERS,
    KEEP_TEMPLATE,
    CHANGE_ACCOUNT,
    CHANGE_CONTACT,
    CHANGE_WEBHOOK,
    DISPATCH,
];

/// How moments are written inside a seal: UTC with six decimals, the precision both databases keep.
const MOMENT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// An entry of the log as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = log)]
pub(super) struct LogRow {
    pub(super) id: i64,
    pub(super) recorded_at: NaiveDateTime,
    actor: String,
    action: String,
    subject: String,
    pub(super) content_sha256: String,
    pub(super) previous_sha256: String,
    pub(super) sha256: String,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number, from 1 without gaps.
    pub id: i64,
    /// When it was written.
    pub recorded_at: DateTime<Utc>,
    /// Who wrote.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// What it was done to.
    pub subject: String,
    /// The seal: the digest of this entry and the seal before it.
    pub sha256: Digest,
}

/// Which entries of the log are asked for; nothing is narrowed by what is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// What was done, as the log names it.
    pub action: Option<String>,
    /// Who wrote.
    pub actor: Option<String>,
    /// The first and the last moment, both included.
    pub between: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Only entries with a smaller number.
    pub before: Option<i64>,
}

impl LogRow {
    pub(super) fn seal(&self) -> Digest {
        let moment = self.recorded_at.format(MOMENT);
        let Self {
            id,
            actor,
            action,
            subject,
            content_sha256,
            previous_sha256,
            ..
        } = self;
        // The lengths keep one text from running into the next.
        let text = format!(
            "{id}\n{moment}\n{}:{actor}\n{action}\n{}:{subject}\n{content_sha256}\n{previous_sha256}\n",
            actor.len(),
            subject.len()
        );
        Digest::of(text.as_bytes())
    }
}

/// The last entry; `None` in an empty log.
pub(super) fn head(connection: &mut AnyConnection) -> Result<Option<Entry>, StoreError> {
    let row = last_row(connection)?;
    Ok(row.map(|row| Entry {
        id: row.id,
        recorded_at: row.recorded_at.and_utc(),
    }))
}

/// The last entry as known on a moment; `None` where there was none.
pub(super) fn head_on(
    connection: &mut AnyConnection,
    known_on: DateTime<Utc>,
) -> Result<Option<Entry>, StoreError> {
    let until = known_on.naive_utc().min(super::withdrawals::end_of_time());
    let last = log::table
        .filter(log::recorded_at.le(until))
        .order(log::id.desc())
        .select((log::id, log::recorded_at));
    let last: Option<(i64, NaiveDateTime)> = last.first(connection).optional()?;
    Ok(last.map(|(id, recorded_at)| Entry {
        id,
        recorded_at: recorded_at.and_utc(),
    }))
}

/// How many entries there are, and the seal of the last one.
pub(super) fn head_seal(
    connection: &mut AnyConnection,
) -> Result<(u64, Option<String>), StoreError> {
    let last = last_row(connection)?;
    let entries = last.as_ref().map_or(0, |row| row.id.unsigned_abs());
    Ok((entries, last.map(|row| row.sha256)))
}

/// The moment of the last entry that could change a figure.
pub(super) fn latest_change(
    connection: &mut AnyConnection,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let last = log::table
        .filter(log::action.ne_all(FIGURELESS))
        .order(log::id.desc())
        .select(log::recorded_at);
    let moment: Option<NaiveDateTime> = last.first(connection).optional()?;
    Ok(moment.map(|moment| moment.and_utc()))
}

fn last_row(connection: &mut AnyConnection) -> Result<Option<LogRow>, StoreError> {
    let last = log::table.order(log::id.desc()).select(LogRow::as_select());
    Ok(last.first(connection).optional()?)
}

/// Appends the entry of a write; the caller holds the lock of all writers.
pub(super) fn append(
    connection: &mut AnyConnection,
    deed: &Deed<'_>,
    now: DateTime<Utc>,
) -> Result<Entry, StoreError> {
    let last = last_row(connection)?;
    let earliest = last
        .as_ref()
        .map(|row| row.recorded_at + TimeDelta::microseconds(1));
    let recorded_at = earliest.map_or(now.naive_utc(), |earliest| earliest.max(now.naive_utc()));
    let mut row = LogRow {
        id: last.as_ref().map_or(1, |row| row.id + 1),
        recorded_at,
        actor: deed.actor.to_owned(),
        action: deed.action.to_owned(),
        subject: deed.subject.clone(),
        content_sha256: deed.content.to_string(),
        previous_sha256: last.map_or_else(|| GENESIS.to_owned(), |row| row.sha256),
        sha256: String::new(),
    };
    row.sha256 = row.seal().to_string();
    diesel::insert_into(log::table)
        .values(&row)
        .execute(connection)?;
    Ok(Entry {
        id: row.id,
        recorded_at: recorded_at.and_utc(),
    })
}

impl Store {
    /// The latest entries of the log that were written by a moment, newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_log(
        &self,
        known_on: DateTime<Utc>,
        at_most: i64,
    ) -> Result<Vec<LogEntry>, StoreError> {
        self.search_log(&LogFilter::default(), known_on, at_most)
    }

    /// What may be asked of the log: every deed and everybody who wrote, each once and in order.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn log_words(&self) -> Result<(Vec<String>, Vec<String>), StoreError> {
        self.read(|connection| {
            let actions = log::table.select(log::action).distinct();
            let actors = log::table.select(log::actor).distinct();
            Ok((
                actions.order(log::action).load(connection)?,
                actors.order(log::actor).load(connection)?,
            ))
        })
    }

    /// The same of those that a filter asks for.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn search_log(
        &self,
        filter: &LogFilter,
        known_on: DateTime<Utc>,
        at_most: i64,
    ) -> Result<Vec<LogEntry>, StoreError> {
        let end_of_time = super::withdrawals::end_of_time();
        let until = known_on.naive_utc().min(end_of_time);
        let (first, last) = filter
            .between
            .map_or((NaiveDateTime::default(), until), |days| {
                (days.0.naive_utc(), days.1.naive_utc().min(until))
            });
        let before = filter.before.unwrap_or(i64::MAX);
        // Absent words are no condition of the query: one query serves them all.
        let (any_action, any_actor) = (filter.action.is_none(), filter.actor.is_none());
        let action = filter.action.clone().unwrap_or_default();
        let actor = filter.actor.clone().unwrap_or_default();
        let rows: Vec<LogRow> = self.read(|connection| {
            let known = log::table
                .filter(log::recorded_at.between(first, last))
                .filter(log::id.lt(before))
                .filter(log::action.eq(action).or(any_action.into_sql::<Bool>()))
                .filter(log::actor.eq(actor).or(any_actor.into_sql::<Bool>()));
            let newest = known.order(log::id.desc()).limit(at_most);
            Ok(newest.select(LogRow::as_select()).load(connection)?)
        })?;
        rows.into_iter()
            .map(|row| {
                let sha256 = Digest::parse(&row.sha256)
                    .ok_or_else(|| StoreError::Corrupt(format!("seal of log entry {}", row.id)))?;
                Ok(LogEntry {
                    id: row.id,
                    recorded_at: row.recorded_at.and_utc(),
                    actor: row.actor,
                    action: row.action,
                    subject: row.subject,
                    sha256,
                })
            })
            .collect()
    }
}
