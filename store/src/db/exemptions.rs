//! The exemptions from reporting, as they were given.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::schema::exemptions;
use super::{Deed, Store, rows};
use crate::StoreError;
use crate::domain::{Exemption, RecordedExemption, Text};

#[derive(Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = exemptions)]
pub(super) struct ExemptionRow {
    #[serde(skip)]
    id: i64,
    unit_id: String,
    first_day: NaiveDate,
    last_day: NaiveDate,
    reason: String,
    recorded_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl ExemptionRow {
    fn new(exemption: &Exemption, by: &str) -> Self {
        Self {
            id: 0,
            unit_id: exemption.unit.to_string(),
            first_day: exemption.first_day,
            last_day: exemption.last_day,
            reason: exemption.reason.clone(),
            recorded_by: by.to_owned(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    fn into_domain(self) -> Result<RecordedExemption, StoreError> {
        Ok(RecordedExemption {
            exemption: Exemption {
                unit: rows::unit_id(&self.unit_id)?,
                first_day: self.first_day,
                last_day: self.last_day,
                reason: self.reason,
            },
            by: self.recorded_by,
            at: self.recorded_at.and_utc(),
        })
    }
}

impl Store {
    /// Records an exemption.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it ends before it begins or lasts too long; [`StoreError`] where the database does not take
    /// it. Nothing is written then.
    pub fn record_exemption(
        &self,
        exemption: &Exemption,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        if !exemption.is_bounded() {
            return Err(StoreError::Conflict(Text::new(
                "miễn báo cáo phải có ngày kết thúc sau ngày bắt đầu và không quá nửa năm",
                "an exemption ends after it begins, and within half a year",
            )));
        }
        let mut row = ExemptionRow::new(exemption, by);
        let deed = Deed {
            actor: by,
            action: "record_exemption",
            subject: format!(
                "exemption of {} from {} to {}",
                exemption.unit, exemption.first_day, exemption.last_day
            ),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(exemptions::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Every exemption as known on a moment, in the order recorded.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_exemptions(
        &self,
        known_on: DateTime<Utc>,
    ) -> Result<Vec<RecordedExemption>, StoreError> {
        let rows: Vec<ExemptionRow> = self.read(|connection| {
            let known = exemptions::table.filter(exemptions::recorded_at.le(known_on.naive_utc()));
            Ok(known
                .order(exemptions::id)
                .select(ExemptionRow::as_select())
                .load(connection)?)
        })?;
        rows.into_iter().map(ExemptionRow::into_domain).collect()
    }
}
