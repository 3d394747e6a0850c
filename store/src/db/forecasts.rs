//! Forecasts as they were issued. The same one is issued once.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::outbox::announce_forecast;
use super::schema::forecasts;
use super::{Deed, Store, rows};
use crate::StoreError;
use crate::domain::{Digest, ForecastMoved, IssuedForecast, NewForecast, Text, UnitView};

#[derive(Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = forecasts)]
pub(super) struct ForecastRow {
    #[serde(skip)]
    id: i64,
    as_of: NaiveDate,
    known_on: NaiveDateTime,
    view: String,
    method: String,
    data_sha256: String,
    document: String,
    issued_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl ForecastRow {
    fn new(forecast: &NewForecast) -> Self {
        Self {
            id: 0,
            as_of: forecast.as_of,
            known_on: forecast.known_on.trunc_subsecs(6).naive_utc(),
            view: forecast.view.key().to_owned(),
            method: forecast.method.clone(),
            data_sha256: forecast.data.to_string(),
            document: forecast.document.clone(),
            issued_by: forecast.issued_by.clone(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    fn into_domain(self) -> Result<IssuedForecast, StoreError> {
        let corrupt = rows::corrupt;
        Ok(IssuedForecast {
            id: self.id,
            issued_at: self.recorded_at.and_utc(),
            forecast: NewForecast {
                as_of: self.as_of,
                known_on: self.known_on.and_utc(),
                view: UnitView::from_key(&self.view).ok_or_else(|| corrupt("view", &self.view))?,
                method: self.method,
                data: Digest::parse(&self.data_sha256)
                    .ok_or_else(|| corrupt("data_sha256", &self.data_sha256))?,
                document: self.document,
                issued_by: self.issued_by,
            },
        })
    }
}

impl Store {
    /// Issues a forecast; its number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] naming the number of the earlier one where the same data, method and view were issued
    /// before, and where nobody issues it; [`StoreError`] where the database does not take it. Nothing is written then.
    pub fn issue_forecast(
        &self,
        forecast: &NewForecast,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        self.issue_forecast_after(forecast, now, |_, _| None)
    }

    /// The same, and tells the webhooks where it says something else than the one issued before in its view: `compare` is
    /// given that one and the new number.
    ///
    /// # Errors
    /// As [`Store::issue_forecast`].
    pub fn issue_forecast_after(
        &self,
        forecast: &NewForecast,
        now: DateTime<Utc>,
        compare: impl FnOnce(&IssuedForecast, i64) -> Option<ForecastMoved>,
    ) -> Result<i64, StoreError> {
        if forecast.issued_by.trim().is_empty() {
            return Err(StoreError::Conflict(Text::new(
                "cần ghi tên người phát hành dự báo",
                "whoever issues a forecast must be named",
            )));
        }
        let mut row = ForecastRow::new(forecast);
        let deed = Deed {
            actor: &forecast.issued_by,
            action: "issue_forecast",
            subject: format!("forecast of {} ({})", row.as_of, row.view),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            let same = forecasts::table
                .filter(forecasts::data_sha256.eq(&row.data_sha256))
                .filter(forecasts::method.eq(&row.method))
                .filter(forecasts::view.eq(&row.view));
            let earlier: Option<i64> = same.select(forecasts::id).first(connection).optional()?;
            if let Some(id) = earlier {
                return Err(StoreError::Conflict(Text::new(
                    format!("dự báo từ cùng số liệu này đã phát hành, số {id}"),
                    format!("the forecast from the same data was issued before, number {id}"),
                )));
            }
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            let before = forecasts::table.filter(forecasts::view.eq(&row.view));
            let before = before
                .order(forecasts::id.desc())
                .select(ForecastRow::as_select());
            let before: Option<ForecastRow> = before.first(connection).optional()?;
            diesel::insert_into(forecasts::table)
                .values(&row)
                .execute(connection)?;
            let before = before.map(ForecastRow::into_domain).transpose()?;
            if let Some(event) = before.and_then(|before| compare(&before, entry.id)) {
                announce_forecast(connection, &event, entry)?;
            }
            Ok(entry.id)
        })
    }

    /// The forecasts issued by a moment, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_forecasts(
        &self,
        known_on: DateTime<Utc>,
    ) -> Result<Vec<IssuedForecast>, StoreError> {
        let rows: Vec<ForecastRow> = self.read(|connection| {
            let known = forecasts::table.filter(forecasts::recorded_at.le(known_on.naive_utc()));
            let known = known.order(forecasts::id);
            Ok(known.select(ForecastRow::as_select()).load(connection)?)
        })?;
        rows.into_iter().map(ForecastRow::into_domain).collect()
    }

    /// An issued forecast; `None` where there is none of that number.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_forecast(&self, id: i64) -> Result<Option<IssuedForecast>, StoreError> {
        let row: Option<ForecastRow> = self.read(|connection| {
            let own = forecasts::table.find(id).select(ForecastRow::as_select());
            Ok(own.first(connection).optional()?)
        })?;
        row.map(ForecastRow::into_domain).transpose()
    }
}
