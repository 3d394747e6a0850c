//! What a decision about a file was based on: the last entry of the log then, and what was recorded about its units since.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::Store;
use super::connection::AnyConnection;
use super::log;
use super::reconciliations::units_compared;
use super::rows::CountsRow;
use super::schema::{counts, submissions, withdrawals};
use super::withdrawals::WithdrawalRow;
use crate::StoreError;
use crate::domain::{CountRow, SubmissionId, UnitId};

/// Something that was recorded about some units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitEvent {
    /// The submission that was recorded, taken back or restored.
    pub submission: SubmissionId,
    /// The name of its file.
    pub file_name: String,
    /// `None` where it was recorded; else whether it was taken back or counts again.
    pub withdrawn: Option<bool>,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Its rows about the units.
    pub rows: Vec<CountRow>,
}

impl Store {
    /// The number of the last entry of the log; 0 where there is none. What is read after asking may be newer, never older.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn basis(&self) -> Result<i64, StoreError> {
        self.read(|connection| Ok(log::head(connection)?.map_or(0, |head| head.id)))
    }

    /// What was recorded about some units after an entry of the log, in order.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn events_since(
        &self,
        units: &BTreeSet<UnitId>,
        basis: i64,
    ) -> Result<Vec<UnitEvent>, StoreError> {
        self.read(|connection| {
            let events = events_since(connection, units, basis)?;
            events
                .into_iter()
                .map(|event| describe(connection, units, event))
                .collect()
        })
    }
}

/// The entry of the log and the submission it is about.
pub(super) type EventKey = (i64, i64);

pub(super) fn events_since(
    connection: &mut AnyConnection,
    units: &BTreeSet<UnitId>,
    basis: i64,
) -> Result<Vec<EventKey>, StoreError> {
    let recorded = submissions::table.filter(submissions::id.gt(basis));
    let recorded: Vec<i64> = recorded.select(submissions::id).load(connection)?;
    let taken = withdrawals::table.filter(withdrawals::id.gt(basis));
    let taken = taken.select((withdrawals::id, withdrawals::submission_id));
    let mut events: Vec<EventKey> = taken.load(connection)?;
    events.extend(recorded.into_iter().map(|id| (id, id)));
    let concerned = speaking_of(connection, units, &events)?;
    events.retain(|(_, submission)| concerned.contains(submission));
    events.sort_unstable();
    Ok(events)
}

/// The submissions among some events that speak of some units.
fn speaking_of(
    connection: &mut AnyConnection,
    units: &BTreeSet<UnitId>,
    events: &[EventKey],
) -> Result<BTreeSet<i64>, StoreError> {
    if events.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids: BTreeSet<i64> = events.iter().map(|(_, submission)| *submission).collect();
    let units: Vec<String> = units.iter().map(UnitId::to_string).collect();
    let counted = counts::table
        .filter(counts::submission_id.eq_any(&ids))
        .filter(counts::unit_id.eq_any(&units));
    let counted = counted.select(counts::submission_id).distinct();
    let mut concerned: BTreeSet<i64> = counted.load(connection)?.into_iter().collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let compared = units_compared(connection, &ids)?.into_iter();
    concerned.extend(
        compared
            .filter(|(_, unit)| units.contains(unit))
            .map(|(id, _)| id),
    );
    Ok(concerned)
}

fn describe(
    connection: &mut AnyConnection,
    units: &BTreeSet<UnitId>,
    (entry, id): EventKey,
) -> Result<UnitEvent, StoreError> {
    let file = submissions::table.find(id).select((
        submissions::file_name,
        submissions::submitted_by,
        submissions::recorded_at,
    ));
    let (file_name, mut by, mut at): (String, String, chrono::NaiveDateTime) =
        file.first(connection)?;
    let taken = withdrawals::table
        .find(entry)
        .select(WithdrawalRow::as_select());
    let taken = taken.first(connection).optional()?;
    if let Some(row) = &taken {
        by.clone_from(&row.recorded_by);
        at = row.recorded_at;
    }
    let rows: Vec<CountsRow<'_>> = counts::table
        .filter(counts::submission_id.eq(id))
        .filter(counts::unit_id.eq_any(units.iter().map(UnitId::to_string)))
        .order(counts::line)
        .select(CountsRow::as_select())
        .load(connection)?;
    Ok(UnitEvent {
        submission: SubmissionId(id),
        file_name,
        withdrawn: taken.map(|row| row.withdrawn),
        by,
        at: at.and_utc(),
        rows: rows
            .into_iter()
            .map(CountsRow::into_domain)
            .collect::<Result<_, _>>()?,
    })
}
