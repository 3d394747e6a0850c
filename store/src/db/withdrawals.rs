//! Taking a submission back and letting it count again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::connection::AnyConnection;
use super::outbox::announce_weeks;
use super::rows;
use super::schema::{submissions, withdrawals};
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{SubmissionId, SubmissionState, Text};

#[derive(Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = withdrawals)]
pub(super) struct WithdrawalRow {
    #[serde(skip)]
    id: i64,
    pub(super) submission_id: i64,
    pub(super) withdrawn: bool,
    #[serde(skip)]
    pub(super) recorded_at: NaiveDateTime,
    pub(super) recorded_by: String,
    pub(super) reason: String,
}

impl Store {
    /// Takes a submission back: its cells count no more, and those it had replaced count again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none; [`StoreError::Conflict`] where it is withdrawn already or no reason
    /// is given.
    pub fn withdraw_submission(
        &self,
        id: SubmissionId,
        by: &str,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.set_withdrawn(id, true, (by, reason), now)
    }

    /// Lets a withdrawn submission count again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none; [`StoreError::Conflict`] where it is not withdrawn or no reason is
    /// given.
    pub fn restore_submission(
        &self,
        id: SubmissionId,
        by: &str,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.set_withdrawn(id, false, (by, reason), now)
    }

    fn set_withdrawn(
        &self,
        id: SubmissionId,
        withdrawn: bool,
        (by, reason): (&str, &str),
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        if reason.trim().is_empty() {
            return Err(StoreError::Conflict(Text::new(
                "cần ghi lý do",
                "a reason is needed",
            )));
        }
        let mut row = WithdrawalRow {
            id: 0,
            submission_id: id.0,
            withdrawn,
            recorded_at: NaiveDateTime::default(),
            recorded_by: by.to_owned(),
            reason: reason.trim().to_owned(),
        };
        let action = if withdrawn {
            "withdraw_submission"
        } else {
            "restore_submission"
        };
        let deed = Deed {
            actor: by,
            action,
            subject: format!("submission {id}"),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            let known = submissions::table.find(id.0).select(submissions::id);
            if known.first::<i64>(connection).optional()?.is_none() {
                return Err(StoreError::NotFound {
                    what: Text::new(format!("tệp số {id}"), format!("submission {id}")),
                });
            }
            let latest = latest_withdrawals(connection, entry.recorded_at.naive_utc())?;
            if latest.get(&id.0).is_some_and(|row| row.withdrawn) == withdrawn {
                let (vi, en) = if withdrawn {
                    ("đã được rút từ trước", "already")
                } else {
                    ("chưa bị rút", "not")
                };
                return Err(StoreError::Conflict(Text::new(
                    format!("tệp số {id} {vi}"),
                    format!("submission {id} is {en} withdrawn"),
                )));
            }
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(withdrawals::table)
                .values(&row)
                .execute(connection)?;
            if withdrawn {
                return Ok(());
            }
            announce_weeks(connection, id.0, entry)
        })
    }
}

/// A moment after everything recorded.
///
/// SQLite compares moments as text, so a year of more than four digits would come before all of them.
pub(super) fn end_of_time() -> NaiveDateTime {
    const LAST: Option<NaiveDate> = NaiveDate::from_ymd_opt(9999, 12, 31);
    LAST.unwrap_or(NaiveDate::MAX).and_time(NaiveTime::MIN)
}

/// Whether a submission counts, by the latest withdrawal or restoration of it.
pub(super) fn state_of(latest: Option<&WithdrawalRow>) -> SubmissionState {
    match latest.filter(|row| row.withdrawn) {
        None => SubmissionState::Standing,
        Some(row) => SubmissionState::Withdrawn {
            at: row.recorded_at.and_utc(),
            by: row.recorded_by.clone(),
            reason: row.reason.clone(),
        },
    }
}

/// The latest withdrawal or restoration of each submission as known on a moment.
pub(super) fn latest_withdrawals(
    connection: &mut AnyConnection,
    known_on: NaiveDateTime,
) -> Result<BTreeMap<i64, WithdrawalRow>, StoreError> {
    let rows: Vec<WithdrawalRow> = withdrawals::table
        .filter(withdrawals::recorded_at.le(known_on))
        .order(withdrawals::id)
        .select(WithdrawalRow::as_select())
        .load(connection)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.submission_id, row))
        .collect())
}

/// The submissions that do not count as known on a moment.
pub(super) fn withdrawn_on(
    connection: &mut AnyConnection,
    known_on: NaiveDateTime,
) -> Result<BTreeSet<i64>, StoreError> {
    let latest = latest_withdrawals(connection, known_on)?;
    Ok(latest
        .into_values()
        .filter(|row| row.withdrawn)
        .map(|row| row.submission_id)
        .collect())
}
