//! Webhooks: every change is a fact, and the latest one of a webhook says how it stands. Their secrets lie beside, in no entry.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::messages::settle_waiting;
use super::schema::{webhook_changes, webhook_secrets};
use crate::StoreError;
use crate::db::connection::AnyConnection;
use crate::db::rows::{self, corrupt};
use crate::db::{Deed, Store};
use crate::domain::{Recipient, Text, Webhook, WebhookDeed};

/// The deed of changing a webhook. It changes no figure.
pub(in crate::db) const CHANGE_WEBHOOK: &str = "change_webhook";

#[derive(Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = webhook_changes, treat_none_as_default_value = false)]
pub(in crate::db) struct WebhookRow {
    #[serde(skip)]
    id: i64,
    webhook_id: Option<i64>,
    deed: String,
    url: String,
    least_percent: i64,
    active: bool,
    recorded_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl WebhookRow {
    fn new(
        number: Option<i64>,
        deed: WebhookDeed,
        (url, least_percent): (&str, u8),
        by: &str,
    ) -> Self {
        Self {
            id: 0,
            webhook_id: number,
            deed: deed.key().to_owned(),
            url: url.to_owned(),
            least_percent: least_percent.into(),
            active: deed.leaves_active(),
            recorded_by: by.to_owned(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    fn into_domain(self) -> Result<Webhook, StoreError> {
        let least = u8::try_from(self.least_percent);
        Ok(Webhook {
            number: self.webhook_id.unwrap_or(self.id),
            url: self.url,
            least_percent: least.map_err(|error| corrupt("least_percent", error))?,
            deed: rows::word("deed", &self.deed, WebhookDeed::from_key)?,
            changed_by: self.recorded_by,
            changed_at: self.recorded_at.and_utc(),
        })
    }
}

impl Store {
    /// Registers a webhook with the secret that its deliveries are signed with, in base64; gives its number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the address is registered and active already.
    pub fn register_webhook(
        &self,
        (url, least_percent): (&str, u8),
        secret: &str,
        (by, now): (&str, DateTime<Utc>),
    ) -> Result<i64, StoreError> {
        let row = WebhookRow::new(None, WebhookDeed::Register, (url, least_percent), by);
        self.write_webhook(row, now, |connection, number| {
            let mut standing = active(connection)?.into_iter();
            if standing.any(|one| one.url == url && one.number != number) {
                return Err(StoreError::Conflict(Text::new(
                    "địa chỉ này đã được đăng ký",
                    "the address is registered already",
                )));
            }
            let kept = (
                webhook_secrets::webhook_id.eq(number),
                webhook_secrets::secret.eq(secret),
            );
            diesel::insert_into(webhook_secrets::table)
                .values(kept)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Switches a webhook on or off. What waits for one that is switched off is not sent any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none; [`StoreError::Conflict`] where nothing would change.
    pub fn turn_webhook(
        &self,
        number: i64,
        deed: WebhookDeed,
        (by, now): (&str, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        let before = self.list_webhooks()?;
        let before = before.into_iter().find(|one| one.number == number);
        let before = before.ok_or_else(|| StoreError::NotFound {
            what: Text::new(format!("webhook số {number}"), format!("webhook {number}")),
        })?;
        let refused = || {
            StoreError::Conflict(Text::new(
                "webhook đang ở tình trạng đó",
                "the webhook stands so already",
            ))
        };
        if before.deed == deed || before.deed.leaves_active() == deed.leaves_active() {
            // That the program gave it up is settled by switching it off.
            let settles = before.deed == WebhookDeed::GiveUp && deed == WebhookDeed::Disable;
            settles.then_some(()).ok_or_else(refused)?;
        }
        let row = WebhookRow::new(Some(number), deed, (&before.url, before.least_percent), by);
        let settled_by = (by, now);
        self.write_webhook(row, now, |connection, number| {
            if !deed.leaves_active() {
                settle_waiting(connection, Recipient::Webhook(number), settled_by)?;
            }
            Ok(())
        })
        .map(drop)
    }

    fn write_webhook(
        &self,
        mut row: WebhookRow,
        now: DateTime<Utc>,
        more: impl FnOnce(&mut AnyConnection, i64) -> Result<(), StoreError>,
    ) -> Result<i64, StoreError> {
        let by = row.recorded_by.clone();
        let deed = Deed {
            actor: &by,
            action: CHANGE_WEBHOOK,
            subject: format!("webhook {}: {}", row.url, row.deed),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(webhook_changes::table)
                .values(&row)
                .execute(connection)?;
            let number = row.webhook_id.unwrap_or(entry.id);
            more(connection, number)?;
            Ok(number)
        })
    }

    /// Every webhook as it stands, in the order registered.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_webhooks(&self) -> Result<Vec<Webhook>, StoreError> {
        self.read(standing)
    }

    /// What the deliveries of a webhook are signed with, in base64; `None` where there is none of the number.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_webhook_secret(&self, number: i64) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            let own = webhook_secrets::table.find(number);
            Ok(own
                .select(webhook_secrets::secret)
                .first(connection)
                .optional()?)
        })
    }
}

/// How each webhook stands after all its changes.
fn standing(connection: &mut AnyConnection) -> Result<Vec<Webhook>, StoreError> {
    let changes: Vec<WebhookRow> = webhook_changes::table
        .order(webhook_changes::id)
        .load(connection)?;
    let mut standing: Vec<Webhook> = Vec::new();
    for change in changes {
        let webhook = change.into_domain()?;
        standing.retain(|one| one.number != webhook.number);
        standing.push(webhook);
    }
    standing.sort_by_key(|webhook| webhook.number);
    Ok(standing)
}

/// The webhooks that are told of events.
pub(super) fn active(connection: &mut AnyConnection) -> Result<Vec<Webhook>, StoreError> {
    let standing = standing(connection)?.into_iter();
    Ok(standing
        .filter(|webhook| webhook.deed.leaves_active())
        .collect())
}
