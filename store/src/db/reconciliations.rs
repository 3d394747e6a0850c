//! Batches of reconciliation counts as known on a moment.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::Store;
use super::rows::ReconciliationRow;
use super::schema::{reconciliations, submissions};
use super::withdrawals::withdrawn_on;
use crate::StoreError;
use crate::domain::{ReconciliationBatch, SubmissionId, UnitId};

impl Store {
    /// The batches of some units, each with its submission, as known on a moment; in order of week, then as recorded.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_reconciliations(
        &self,
        units: &[UnitId],
        known_on: DateTime<Utc>,
    ) -> Result<Vec<(SubmissionId, ReconciliationBatch)>, StoreError> {
        let (rows, withdrawn) = self.read(|connection| {
            let withdrawn = withdrawn_on(connection, known_on.naive_utc())?;
            let rows: Vec<ReconciliationRow> = reconciliations::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .filter(reconciliations::unit_id.eq_any(units.iter().map(UnitId::to_string)))
                .order((
                    reconciliations::week_of,
                    reconciliations::submission_id,
                    reconciliations::line,
                ))
                .select(ReconciliationRow::as_select())
                .load(connection)?;
            Ok((rows, withdrawn))
        })?;
        let standing = rows
            .into_iter()
            .filter(|row| !withdrawn.contains(&row.submission_id));
        standing
            .map(|row| Ok((SubmissionId(row.submission_id), row.into_domain()?)))
            .collect()
    }
}
