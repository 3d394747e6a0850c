//! Files as they came: recording and listing.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::dsl::{max, min};
use diesel::prelude::*;

use super::answers::AnswerRow;
use super::basis::events_since;
use super::connection::AnyConnection;
use super::content::{ContentRows, Reading};
use super::outbox::announce_weeks;
use super::reconciliations::{files_about, units_compared};
use super::rows;
use super::schema::{answers, counts, submissions};
use super::withdrawals::{WithdrawalRow, end_of_time, latest_withdrawals, state_of, withdrawn_on};
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{Digest, NewSubmission, Submission, SubmissionId, Text, UnitId};

/// What recording a submission gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub id: SubmissionId,
    /// The moment it became known.
    pub recorded_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = submissions)]
struct NewRow<'a> {
    id: i64,
    file_name: &'a str,
    sha256: String,
    bytes: &'a [u8],
    form: &'a str,
    encoding: &'a str,
    rules_version: &'a str,
    submitted_by: &'a str,
    recorded_at: NaiveDateTime,
    synthetic: bool,
    row_count: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = submissions)]
struct SubmissionRow {
    id: i64,
    file_name: String,
    sha256: String,
    form: String,
    encoding: String,
    rules_version: String,
    submitted_by: String,
    recorded_at: NaiveDateTime,
    synthetic: bool,
    row_count: i64,
}

impl Store {
    /// Records a checked file and everything read from it, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the same file already stands and no later file corrects it; [`StoreError::Moved`]
    /// where something was recorded about its units since it was checked;
    /// [`StoreError::Unavailable`] where the database cannot take it now. Nothing is written in either case.
    pub fn record_submission(
        &self,
        new: &NewSubmission,
        now: DateTime<Utc>,
    ) -> Result<Recorded, StoreError> {
        let sha256 = Digest::of(&new.bytes);
        let mut content = ContentRows::new(0, &new.content);
        let mut answered: Vec<AnswerRow> = (1..).zip(&new.answers).map(AnswerRow::new).collect();
        let reading = Reading {
            form: new.content.form().to_owned(),
            encoding: new.encoding.clone(),
            rules_version: new.rules_version.clone(),
            synthetic: new.synthetic,
            row_count: i64::try_from(new.content.len()).unwrap_or(i64::MAX),
        };
        let deed = Deed {
            actor: &new.submitted_by,
            action: "record_submission",
            subject: new.file_name.clone(),
            content: content.digest((sha256, &reading), &answered)?,
        };
        self.write(&deed, now, |connection, entry| {
            if let Some(standing) = find_standing(connection, sha256)? {
                return Err(StoreError::Conflict(Text::new(
                    format!("tệp này đã được ghi nhận, số {standing}"),
                    format!("the same file is already recorded as submission {standing}"),
                )));
            }
            // Most often the entry follows the one it was checked against, and there is nothing to look for.
            if let Some(basis) = new.basis.filter(|basis| basis + 1 < entry.id)
                && !events_since(connection, &new.content.units(), basis)?.is_empty()
            {
                return Err(StoreError::Moved);
            }
            let row = NewRow {
                id: entry.id,
                file_name: &new.file_name,
                sha256: sha256.to_string(),
                bytes: &new.bytes,
                form: &reading.form,
                encoding: &reading.encoding,
                rules_version: &reading.rules_version,
                submitted_by: &new.submitted_by,
                recorded_at: entry.recorded_at.naive_utc(),
                synthetic: reading.synthetic,
                row_count: reading.row_count,
            };
            diesel::insert_into(submissions::table)
                .values(&row)
                .execute(connection)?;
            content.number(entry.id);
            content.insert(connection)?;
            for row in &mut answered {
                row.submission_id = entry.id;
                diesel::insert_into(answers::table)
                    .values(&*row)
                    .execute(connection)?;
            }
            announce_weeks(connection, entry.id, entry)?;
            Ok(Recorded {
                id: SubmissionId(entry.id),
                recorded_at: entry.recorded_at,
            })
        })
    }

    /// The standing submission of exactly these bytes that no later one corrects; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_submission_by_digest(
        &self,
        sha256: Digest,
    ) -> Result<Option<Submission>, StoreError> {
        self.read(|connection| {
            let Some(id) = find_standing(connection, sha256)? else {
                return Ok(None);
            };
            let row = submissions::table
                .find(id.0)
                .select(SubmissionRow::as_select());
            let rows = vec![row.first(connection)?];
            Ok(describe(connection, rows, end_of_time())?.pop())
        })
    }

    /// One submission as known on a moment; `None` where it was not known then.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_submission(
        &self,
        id: SubmissionId,
        known_on: DateTime<Utc>,
    ) -> Result<Option<Submission>, StoreError> {
        self.read(|connection| {
            let row = submissions::table
                .find(id.0)
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .select(SubmissionRow::as_select());
            let rows = row.load(connection)?;
            Ok(describe(connection, rows, known_on.naive_utc())?.pop())
        })
    }

    /// Whether any submission known on a moment carries figures made up for a demonstration.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn holds_synthetic(&self, known_on: DateTime<Utc>) -> Result<bool, StoreError> {
        self.read(|connection| {
            let made_up = submissions::table
                .filter(submissions::synthetic.eq(true))
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .select(submissions::id);
            Ok(made_up.first::<i64>(connection).optional()?.is_some())
        })
    }

    /// The file of a submission as it came; `None` where there is no such submission.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_file(&self, id: SubmissionId) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        self.read(|connection| {
            let row = submissions::table
                .find(id.0)
                .select((submissions::file_name, submissions::bytes));
            Ok(row.first(connection).optional()?)
        })
    }

    /// The latest submissions as known on a moment, newest first; of one unit where one is given.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_submissions(
        &self,
        unit: Option<UnitId>,
        known_on: DateTime<Utc>,
        at_most: i64,
    ) -> Result<Vec<Submission>, StoreError> {
        self.read(|connection| {
            let mut query = submissions::table
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .order(submissions::id.desc())
                .limit(at_most)
                .select(SubmissionRow::as_select())
                .into_boxed();
            if let Some(unit) = unit {
                let counted = counts::table.filter(counts::unit_id.eq(unit.to_string()));
                let told = files_about(connection, unit)?;
                query = query.filter(
                    submissions::id
                        .eq_any(counted.select(counts::submission_id))
                        .or(submissions::id.eq_any(told)),
                );
            }
            let rows = query.load(connection)?;
            describe(connection, rows, known_on.naive_utc())
        })
    }
}

/// The standing submission of a digest, unless a later standing one speaks of the same unit and date: then sending the
/// earlier file again means something, namely to return to it.
fn find_standing(
    connection: &mut AnyConnection,
    sha256: Digest,
) -> Result<Option<SubmissionId>, StoreError> {
    let same = submissions::table.filter(submissions::sha256.eq(sha256.to_string()));
    let ids: Vec<i64> = same
        .order(submissions::id.desc())
        .select(submissions::id)
        .load(connection)?;
    if ids.is_empty() {
        return Ok(None);
    }
    let withdrawn = withdrawn_on(connection, end_of_time())?;
    let Some(id) = ids.into_iter().find(|id| !withdrawn.contains(id)) else {
        return Ok(None);
    };
    let cells: Vec<(String, NaiveDate)> = counts::table
        .filter(counts::submission_id.eq(id))
        .select((counts::unit_id, counts::as_of))
        .distinct()
        .load(connection)?;
    for (unit, as_of) in cells {
        let later: Vec<i64> = counts::table
            .filter(counts::unit_id.eq(unit).and(counts::as_of.eq(as_of)))
            .filter(counts::submission_id.gt(id))
            .select(counts::submission_id)
            .distinct()
            .load(connection)?;
        if later.iter().any(|later| !withdrawn.contains(later)) {
            return Ok(None);
        }
    }
    Ok(Some(SubmissionId(id)))
}

type Span = (i64, String, Option<NaiveDate>, Option<NaiveDate>);

/// Adds to each submission its units, the dates it speaks of and whether it counts.
fn describe(
    connection: &mut AnyConnection,
    rows: Vec<SubmissionRow>,
    known_on: NaiveDateTime,
) -> Result<Vec<Submission>, StoreError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut spans: Vec<Span> = counts::table
        .filter(counts::submission_id.eq_any(&ids))
        .group_by((counts::submission_id, counts::unit_id))
        .order((counts::submission_id, counts::unit_id))
        .select((
            counts::submission_id,
            counts::unit_id,
            min(counts::as_of),
            max(counts::as_of),
        ))
        .load(connection)?;
    let compared = units_compared(connection, &ids)?;
    spans.extend(
        compared
            .into_iter()
            .map(|(id, unit)| (id, unit, None, None)),
    );
    let withdrawn = latest_withdrawals(connection, known_on)?;
    rows.into_iter()
        .map(|row| {
            let own: Vec<&Span> = spans.iter().filter(|(id, ..)| *id == row.id).collect();
            let units: Result<Vec<UnitId>, StoreError> = own
                .iter()
                .map(|(_, unit, ..)| rows::unit_id(unit))
                .collect();
            let first = own.iter().filter_map(|(_, _, first, _)| *first).min();
            let last = own.iter().filter_map(|(_, _, _, last)| *last).max();
            let latest = withdrawn.get(&row.id);
            row.into_domain(units?, first.zip(last), latest)
        })
        .collect()
}

impl SubmissionRow {
    fn into_domain(
        self,
        units: Vec<UnitId>,
        as_of: Option<(NaiveDate, NaiveDate)>,
        withdrawal: Option<&WithdrawalRow>,
    ) -> Result<Submission, StoreError> {
        Ok(Submission {
            id: SubmissionId(self.id),
            sha256: Digest::parse(&self.sha256)
                .ok_or_else(|| rows::corrupt("sha256", &self.sha256))?,
            file_name: self.file_name,
            form: self.form,
            encoding: self.encoding,
            rules_version: self.rules_version,
            submitted_by: self.submitted_by,
            recorded_at: self.recorded_at.and_utc(),
            synthetic: self.synthetic,
            rows: self.row_count.unsigned_abs(),
            units,
            as_of,
            state: state_of(withdrawal),
        })
    }
}
