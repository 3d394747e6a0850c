//! The history of campaigns.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::schema::campaigns;
use super::{Deed, Store, rows};
use crate::StoreError;
use crate::domain::{Campaign, Text};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = campaigns, treat_none_as_default_value = false)]
pub(super) struct CampaignRow {
    #[serde(skip)]
    id: i64,
    unit_id: Option<String>,
    first_day: NaiveDate,
    last_day: NaiveDate,
    name_vi: String,
    name_en: String,
    recorded_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl CampaignRow {
    fn new(campaign: &Campaign, by: &str) -> Self {
        Self {
            id: 0,
            unit_id: campaign.unit.map(|unit| unit.to_string()),
            first_day: campaign.first_day,
            last_day: campaign.last_day,
            name_vi: campaign.name.vi.clone(),
            name_en: campaign.name.en.clone(),
            recorded_by: by.to_owned(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    fn into_domain(self) -> Result<Campaign, StoreError> {
        Ok(Campaign {
            unit: self.unit_id.as_deref().map(rows::unit_id).transpose()?,
            first_day: self.first_day,
            last_day: self.last_day,
            name: Text::new(self.name_vi, self.name_en),
        })
    }
}

impl Store {
    /// Records a campaign.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it ends before it begins; [`StoreError`] where the database does not take it. Nothing is
    /// written then.
    pub fn record_campaign(
        &self,
        campaign: &Campaign,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        if campaign.last_day < campaign.first_day {
            return Err(StoreError::Conflict(Text::new(
                "đợt cao điểm kết thúc trước khi bắt đầu",
                "the campaign ends before it begins",
            )));
        }
        let mut row = CampaignRow::new(campaign, by);
        let owner = row.unit_id.as_deref().unwrap_or("vn");
        let deed = Deed {
            actor: by,
            action: "record_campaign",
            subject: format!(
                "campaign {} to {} of {owner}",
                campaign.first_day, campaign.last_day
            ),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(campaigns::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Every recorded campaign as known on a moment, in the order recorded.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_campaigns(&self, known_on: DateTime<Utc>) -> Result<Vec<Campaign>, StoreError> {
        let rows: Vec<CampaignRow> = self.read(|connection| {
            let known = campaigns::table.filter(campaigns::recorded_at.le(known_on.naive_utc()));
            Ok(known
                .order(campaigns::id)
                .select(CampaignRow::as_select())
                .load(connection)?)
        })?;
        rows.into_iter().map(CampaignRow::into_domain).collect()
    }
}
