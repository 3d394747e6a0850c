//! The history of one cell: every value that any file gave for it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::Store;
use super::rows::CountsRow;
use super::schema::{counts, submissions};
use super::withdrawals::{latest_withdrawals, state_of};
use crate::StoreError;
use crate::domain::{
    CountRow, CountUnit, PartKey, Reported, Stage, SubmissionId, SubmissionState, UnitId,
};

/// One value that a file gave for a stage of a part of a unit's work on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellValue {
    /// The row it stands in, with the date and the part of the work.
    pub row: CountRow,
    /// The value.
    pub reported: Reported,
    /// The submission.
    pub submission: SubmissionId,
    /// The name of its file.
    pub file_name: String,
    /// Who sent it.
    pub submitted_by: String,
    /// When it became known.
    pub recorded_at: DateTime<Utc>,
    /// Whether its submission was taken back.
    pub state: SubmissionState,
    /// Whether it is the value that counts.
    pub counts: bool,
}

impl Store {
    /// Every value that files gave for a stage of a unit's work on the dates `since..=until`, as known on a moment: by date
    /// and part, and inside a cell the latest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn cell_values(
        &self,
        unit: UnitId,
        stage: Stage,
        (since, until): (NaiveDate, NaiveDate),
        known_on: DateTime<Utc>,
    ) -> Result<Vec<CellValue>, StoreError> {
        type File = (String, String, chrono::NaiveDateTime);
        let (rows, withdrawals) = self.read(|connection| {
            let rows: Vec<(CountsRow<'_>, File)> = counts::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .filter(counts::unit_id.eq(unit.to_string()))
                .filter(counts::as_of.ge(since).and(counts::as_of.le(until)))
                .order((counts::submission_id.desc(), counts::line.desc()))
                .select((
                    CountsRow::as_select(),
                    (
                        submissions::file_name,
                        submissions::submitted_by,
                        submissions::recorded_at,
                    ),
                ))
                .load(connection)?;
            let withdrawals = latest_withdrawals(connection, known_on.naive_utc())?;
            Ok((rows, withdrawals))
        })?;
        let mut values = Vec::new();
        for (row, (file_name, submitted_by, recorded_at)) in rows {
            let id = row.submission_id;
            let row = row.into_domain()?;
            let Some(reported) = row.counts.get(stage) else {
                continue;
            };
            values.push(CellValue {
                row,
                reported,
                submission: SubmissionId(id),
                file_name,
                submitted_by,
                recorded_at: recorded_at.and_utc(),
                state: state_of(withdrawals.get(&id)),
                counts: false,
            });
        }
        values.sort_by_cached_key(|value| cell_of(&value.row));
        mark_counting(&mut values);
        Ok(values)
    }
}

/// Which cell of a stage a row fills.
fn cell_of(row: &CountRow) -> (NaiveDate, CountUnit, PartKey) {
    let part = PartKey {
        record_type: row.record_type,
        route: row.route,
        sub_unit: row.sub_unit.clone(),
    };
    (row.as_of, row.count_unit, part)
}

/// Of each cell the latest value that was not taken back counts; values come by cell, the latest first.
fn mark_counting(values: &mut [CellValue]) {
    let same_cell = |one: &CellValue, other: &CellValue| cell_of(&one.row) == cell_of(&other.row);
    for cell in values.chunk_by_mut(same_cell) {
        let mut standing = cell.iter_mut();
        if let Some(value) = standing.find(|value| value.state == SubmissionState::Standing) {
            value.counts = true;
        }
    }
}
