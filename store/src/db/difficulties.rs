//! The difficulties that units wrote beside their counts.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::Store;
use super::rows;
use super::schema::{counts, submissions};
use super::withdrawals::withdrawn_on;
use crate::StoreError;
use crate::domain::Difficulty;

impl Store {
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
