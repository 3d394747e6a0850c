//! The difficulties that units wrote beside their counts, and what was done about them.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::counts::{FIRST_DAY, LAST_DAY};
use super::rows;
use super::schema::{counts, difficulty_moves, submissions};
use super::withdrawals::withdrawn_on;
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{
    Difficulty, DifficultyCase, DifficultyMove, DifficultyOwner, DifficultyState, Digest,
    RecordedMove,
};

#[derive(Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = difficulty_moves)]
pub(super) struct MoveRow {
    #[serde(skip)]
    id: i64,
    unit_id: String,
    difficulty_sha256: String,
    state: String,
    owner: String,
    note: String,
    recorded_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl MoveRow {
    fn new(moved: &DifficultyMove, by: &str) -> Self {
        Self {
            id: 0,
            unit_id: moved.unit.to_string(),
            difficulty_sha256: moved.difficulty.to_string(),
            state: moved.state.key().to_owned(),
            owner: moved.owner.key().to_owned(),
            note: moved.note.trim().to_owned(),
            recorded_by: by.to_owned(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    fn into_domain(self) -> Result<RecordedMove, StoreError> {
        let corrupt = || rows::corrupt("difficulty_sha256", &self.difficulty_sha256);
        Ok(RecordedMove {
            moved: DifficultyMove {
                unit: rows::unit_id(&self.unit_id)?,
                difficulty: Digest::parse(&self.difficulty_sha256).ok_or_else(corrupt)?,
                state: rows::word("state", &self.state, DifficultyState::from_key)?,
                owner: rows::word("owner", &self.owner, DifficultyOwner::from_key)?,
                note: self.note,
            },
            by: self.recorded_by,
            at: self.recorded_at.and_utc(),
        })
    }
}

impl Store {
    /// Records what was decided about a difficulty.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it; nothing is written then.
    pub fn record_difficulty_move(
        &self,
        moved: &DifficultyMove,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut row = MoveRow::new(moved, by);
        let deed = Deed {
            actor: by,
            action: "move_difficulty",
            subject: format!("difficulty {} of {}", moved.difficulty.short(), moved.unit),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(difficulty_moves::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Every difficulty ever reported and what was done about it, as known on a moment, the longest standing first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_difficulty_cases(
        &self,
        known_on: DateTime<Utc>,
    ) -> Result<Vec<DifficultyCase>, StoreError> {
        let reports = self.list_difficulties((FIRST_DAY, LAST_DAY), known_on)?;
        let moves: Vec<MoveRow> = self.read(|connection| {
            let known = difficulty_moves::table
                .filter(difficulty_moves::recorded_at.le(known_on.naive_utc()));
            Ok(known
                .order(difficulty_moves::id)
                .select(MoveRow::as_select())
                .load(connection)?)
        })?;
        let moves: Result<Vec<RecordedMove>, StoreError> =
            moves.into_iter().map(MoveRow::into_domain).collect();
        Ok(DifficultyCase::gather(reports, moves?))
    }

    /// The difficulties reported for a date in `since..=until`, as known on a moment, each once, ordered by unit and date.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_difficulties(
        &self,
        (since, until): (NaiveDate, NaiveDate),
        known_on: DateTime<Utc>,
    ) -> Result<Vec<Difficulty>, StoreError> {
        let (found, withdrawn) = self.read(|connection| {
            let withdrawn = withdrawn_on(connection, known_on.naive_utc())?;
            let found: Vec<(i64, String, NaiveDate, Option<String>)> = counts::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .filter(counts::difficulty.is_not_null())
                .filter(counts::as_of.ge(since).and(counts::as_of.le(until)))
                .select((
                    counts::submission_id,
                    counts::unit_id,
                    counts::as_of,
                    counts::difficulty,
                ))
                .load(connection)?;
            Ok((found, withdrawn))
        })?;
        let mut difficulties = BTreeSet::new();
        for (submission, unit, as_of, words) in found {
            let words = words.filter(|words| !words.trim().is_empty());
            if let Some(words) = words.filter(|_| !withdrawn.contains(&submission)) {
                difficulties.insert(Difficulty {
                    unit: rows::unit_id(&unit)?,
                    as_of,
                    words,
                });
            }
        }
        Ok(difficulties.into_iter().collect())
    }
}
