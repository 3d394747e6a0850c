//! When the counts of each unit and date arrived, and how often.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::Store;
use super::schema::{counts, submissions};
use super::withdrawals::withdrawn_on;
use crate::StoreError;
use crate::domain::{CountUnit, Receipt, UnitId};

impl Store {
    /// Every arrival of counts in a count unit, as known on a moment, in the order they arrived. What was withdrawn did
    /// not arrive.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_receipts(
        &self,
        count_unit: CountUnit,
        known_on: DateTime<Utc>,
    ) -> Result<Vec<Receipt>, StoreError> {
        self.read(|connection| {
            let withdrawn = withdrawn_on(connection, known_on.naive_utc())?;
            let rows: Vec<(i64, String, NaiveDate, NaiveDateTime)> = counts::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .filter(counts::count_unit.eq(count_unit.code()))
                .select((
                    counts::submission_id,
                    counts::unit_id,
                    counts::as_of,
                    submissions::recorded_at,
                ))
                .distinct()
                .order((counts::submission_id, counts::unit_id, counts::as_of))
                .load(connection)?;
            let standing = rows.into_iter().filter(|row| !withdrawn.contains(&row.0));
            Ok(standing
                .filter_map(|(_, unit, as_of, at)| {
                    Some(Receipt {
                        unit: UnitId::parse(&unit)?,
                        as_of,
                        recorded_at: at.and_utc(),
                    })
                })
                .collect())
        })
    }
}
