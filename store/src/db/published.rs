//! Published figures as known on a moment.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::Store;
use super::rows::PublishedRow;
use super::schema::{published_figures, submissions};
use super::withdrawals::withdrawn_on;
use crate::StoreError;
use crate::domain::PublishedFigure;

impl Store {
    /// Every published figure as known on a moment, in order of the date it is true for.
    ///
    /// The latest file with published figures that stands carries the whole list.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_published_figures(
        &self,
        known_on: DateTime<Utc>,
    ) -> Result<Vec<PublishedFigure>, StoreError> {
        let rows = self.read(|connection| {
            let withdrawn = withdrawn_on(connection, known_on.naive_utc())?;
            let files: Vec<i64> = submissions::table
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .filter(submissions::form.eq("published"))
                .order(submissions::id.desc())
                .select(submissions::id)
                .load(connection)?;
            let Some(latest) = files.into_iter().find(|id| !withdrawn.contains(id)) else {
                return Ok(Vec::new());
            };
            let rows: Vec<PublishedRow> = published_figures::table
                .filter(published_figures::submission_id.eq(latest))
                .order((published_figures::as_of, published_figures::line))
                .select(PublishedRow::as_select())
                .load(connection)?;
            Ok(rows)
        })?;
        rows.into_iter().map(PublishedRow::into_domain).collect()
    }
}
