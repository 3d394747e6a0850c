//! The event that a newly issued forecast says another date than the one before.

use super::messages::{NewMessage, body_of, queue};
use super::webhooks::active;
use crate::StoreError;
use crate::db::Entry;
use crate::db::connection::AnyConnection;
use crate::domain::{ForecastMoved, Recipient};

/// Tells every webhook that the forecast of an entry has moved.
pub(in crate::db) fn announce_forecast(
    connection: &mut AnyConnection,
    event: &ForecastMoved,
    entry: Entry,
) -> Result<(), StoreError> {
    for webhook in active(connection)? {
        let message = NewMessage {
            key: format!("forecast-moved-{}-{}", event.forecast, webhook.number),
            recipient: Recipient::Webhook(webhook.number),
            content: body_of(ForecastMoved::KIND, event, entry.recorded_at)?,
        };
        queue(connection, &message, (Some(entry.id), entry.recorded_at))?;
    }
    Ok(())
}
