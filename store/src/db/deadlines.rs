//! The history of deadlines.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::rows::{self, DeadlineRow};
use super::schema::deadlines;
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::Deadline;

impl Store {
    /// Records a deadline.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it; nothing is written then.
    pub fn record_deadline(
        &self,
        deadline: &Deadline,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let owner = deadline
            .unit
            .map_or_else(|| "vn".to_owned(), |unit| unit.to_string());
        let deed = Deed {
            actor: by,
            action: "record_deadline",
            subject: format!("deadline {} of {owner}", deadline.due_on),
            content: rows::digest_of(
                "",
                &[DeadlineRow::new(0, NaiveDateTime::default(), deadline)],
            )?,
        };
        self.write(&deed, now, |connection, entry| {
            let row = DeadlineRow::new(entry.id, entry.recorded_at.naive_utc(), deadline);
            diesel::insert_into(deadlines::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Every deadline as known on a moment, in the order recorded.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_deadlines(&self, known_on: DateTime<Utc>) -> Result<Vec<Deadline>, StoreError> {
        let rows: Vec<DeadlineRow> = self.read(|connection| {
            let known = deadlines::table.filter(deadlines::recorded_at.le(known_on.naive_utc()));
            Ok(known
                .order(deadlines::id)
                .select(DeadlineRow::as_select())
                .load(connection)?)
        })?;
        rows.into_iter().map(DeadlineRow::into_domain).collect()
    }
}
