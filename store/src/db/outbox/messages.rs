//! The messages: queued once, listed, tried again by hand, seen.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::schema::outbox;
use super::webhooks::active;
use crate::StoreError;
use crate::db::Store;
use crate::db::accounts::stored;
use crate::db::connection::AnyConnection;
use crate::db::rows::{corrupt, word};
use crate::domain::{
    Message, MessageCounts, MessageState, OutboxStanding, Recipient, Text, WebhookBody, WebhookTest,
};

/// A message to be queued.
pub(super) struct NewMessage {
    pub(super) key: String,
    pub(super) recipient: Recipient,
    pub(super) content: String,
}

#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub(super) struct MessageRow {
    pub(super) key: String,
    cause_id: Option<i64>,
    contact_id: Option<i64>,
    pub(super) webhook_id: Option<i64>,
    content: String,
    state: String,
    pub(super) attempts: i64,
    queued_at: NaiveDateTime,
    next_attempt_at: NaiveDateTime,
    pub(super) leased_until: Option<NaiveDateTime>,
    status: Option<i64>,
    error: Option<String>,
    ended_at: Option<NaiveDateTime>,
    settled_by: Option<String>,
}

impl MessageRow {
    fn new(message: &NewMessage, cause: Option<i64>, now: DateTime<Utc>) -> Self {
        let (contact_id, webhook_id) = match message.recipient {
            Recipient::Contact(number) => (Some(number), None),
            Recipient::Webhook(number) => (None, Some(number)),
        };
        Self {
            key: message.key.clone(),
            cause_id: cause,
            contact_id,
            webhook_id,
            content: message.content.clone(),
            state: MessageState::Waiting.key().to_owned(),
            attempts: 0,
            queued_at: stored(now),
            next_attempt_at: stored(now),
            leased_until: None,
            status: None,
            error: None,
            ended_at: None,
            settled_by: None,
        }
    }

    pub(super) fn into_domain(self) -> Result<Message, StoreError> {
        let recipient = match (self.contact_id, self.webhook_id) {
            (Some(number), None) => Recipient::Contact(number),
            (None, Some(number)) => Recipient::Webhook(number),
            _ => return Err(corrupt("key", &self.key)),
        };
        let status = self.status.map(u16::try_from).transpose();
        let attempts = u32::try_from(self.attempts);
        Ok(Message {
            cause: self.cause_id,
            recipient,
            content: self.content,
            state: word("state", &self.state, MessageState::from_key)?,
            attempts: attempts.map_err(|error| corrupt("attempts", error))?,
            queued_at: self.queued_at.and_utc(),
            next_attempt_at: self.next_attempt_at.and_utc(),
            status: status.map_err(|error| corrupt("status", error))?,
            error: self.error,
            ended_at: self.ended_at.map(|moment| moment.and_utc()),
            settled_by: self.settled_by,
            key: self.key,
        })
    }
}

/// Whether a message was queued before.
pub(super) fn is_queued(connection: &mut AnyConnection, key: &str) -> Result<bool, StoreError> {
    let known = outbox::table.find(key).select(outbox::key);
    Ok(known.first::<String>(connection).optional()?.is_some())
}

/// Queues a message unless it was queued before; says whether it was new.
pub(super) fn queue(
    connection: &mut AnyConnection,
    message: &NewMessage,
    (cause, now): (Option<i64>, DateTime<Utc>),
) -> Result<bool, StoreError> {
    if is_queued(connection, &message.key)? {
        return Ok(false);
    }
    diesel::insert_into(outbox::table)
        .values(&MessageRow::new(message, cause, now))
        .execute(connection)?;
    Ok(true)
}

/// An event as the body of a request.
pub(super) fn body_of<T: Serialize>(
    kind: &'static str,
    data: T,
    timestamp: DateTime<Utc>,
) -> Result<String, StoreError> {
    let body = WebhookBody {
        kind,
        timestamp,
        data,
    };
    serde_json::to_string(&body).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Gives up what waits for a recipient that was switched off: who did that knows it.
pub(super) fn settle_waiting(
    connection: &mut AnyConnection,
    recipient: Recipient,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), StoreError> {
    const OFF: &str = "the recipient was switched off";
    let waiting = outbox::table.filter(outbox::state.eq(MessageState::Waiting.key()));
    let ended = (
        outbox::state.eq(MessageState::Failed.key()),
        outbox::error.eq(Some(OFF)),
        outbox::ended_at.eq(Some(stored(now))),
        outbox::settled_by.eq(Some(by)),
    );
    let number = recipient.number();
    match recipient {
        Recipient::Contact(_) => diesel::update(waiting.filter(outbox::contact_id.eq(number)))
            .set(ended)
            .execute(connection)?,
        Recipient::Webhook(_) => diesel::update(waiting.filter(outbox::webhook_id.eq(number)))
            .set(ended)
            .execute(connection)?,
    };
    Ok(())
}

impl Store {
    /// Queues a test for a webhook; its key.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the webhook is switched off.
    pub fn queue_test(&self, webhook: i64, now: DateTime<Utc>) -> Result<String, StoreError> {
        let message = NewMessage {
            key: format!("test-{webhook}-{}", now.timestamp_micros()),
            recipient: Recipient::Webhook(webhook),
            content: body_of(WebhookTest::KIND, WebhookTest { webhook }, now)?,
        };
        self.read(|connection| {
            let mut standing = active(connection)?.into_iter();
            if !standing.any(|one| one.number == webhook) {
                return Err(StoreError::Conflict(Text::new(
                    "webhook không có hoặc đang tắt",
                    "there is no such webhook, or it is switched off",
                )));
            }
            queue(connection, &message, (None, now))
        })?;
        Ok(message.key)
    }

    /// Puts a message in line again that waits or was given up: it is tried at once.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it was sent, or is being tried; [`StoreError::NotFound`] where there is none.
    pub fn requeue_message(&self, key: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let nothing: (Option<NaiveDateTime>, Option<String>) = (None, None);
        self.read(|connection| {
            let own = outbox::table
                .find(key)
                .filter(outbox::state.ne(MessageState::Sent.key()))
                .filter(
                    outbox::leased_until
                        .is_null()
                        .or(outbox::leased_until.le(stored(now))),
                );
            let queued = diesel::update(own)
                .set((
                    outbox::state.eq(MessageState::Waiting.key()),
                    outbox::queued_at.eq(stored(now)),
                    outbox::next_attempt_at.eq(stored(now)),
                    outbox::leased_until.eq(nothing.0),
                    outbox::ended_at.eq(nothing.0),
                    outbox::settled_by.eq(nothing.1),
                ))
                .execute(connection)?;
            must_be_one(connection, queued, key)
        })
    }

    /// Notes that somebody has seen that a message was given up, so that it is no alert any more.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it was not given up, or seen before; [`StoreError::NotFound`] where there is none.
    pub fn settle_message(&self, key: &str, by: &str) -> Result<(), StoreError> {
        self.read(|connection| {
            let own = outbox::table
                .find(key)
                .filter(outbox::state.eq(MessageState::Failed.key()))
                .filter(outbox::settled_by.is_null());
            let settled = diesel::update(own)
                .set(outbox::settled_by.eq(Some(by)))
                .execute(connection)?;
            must_be_one(connection, settled, key)
        })
    }

    /// The messages queued last, newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_messages(&self, at_most: i64) -> Result<Vec<Message>, StoreError> {
        let rows: Vec<MessageRow> = self.read(|connection| {
            let newest = outbox::table.order((outbox::queued_at.desc(), outbox::key));
            Ok(newest.limit(at_most).load(connection)?)
        })?;
        rows.into_iter().map(MessageRow::into_domain).collect()
    }

    /// A message by its key; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_message(&self, key: &str) -> Result<Option<Message>, StoreError> {
        let row: Option<MessageRow> =
            self.read(|connection| Ok(outbox::table.find(key).first(connection).optional()?))?;
        row.map(MessageRow::into_domain).transpose()
    }

    /// Whether anything of a webhook was taken since a moment.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn has_delivered(&self, webhook: i64, since: DateTime<Utc>) -> Result<bool, StoreError> {
        self.read(|connection| {
            let taken = outbox::table
                .filter(outbox::webhook_id.eq(webhook))
                .filter(outbox::state.eq(MessageState::Sent.key()))
                .filter(outbox::ended_at.ge(stored(since)));
            let first: Option<String> = taken.select(outbox::key).first(connection).optional()?;
            Ok(first.is_some())
        })
    }

    /// How many messages wait and how many were given up unseen.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn outbox_standing(&self) -> Result<OutboxStanding, StoreError> {
        type Open = (Option<i64>, String, NaiveDateTime);
        let open: Vec<Open> = self.read(|connection| {
            let open = outbox::table
                .filter(outbox::state.ne(MessageState::Sent.key()))
                .filter(outbox::settled_by.is_null());
            Ok(open
                .select((outbox::contact_id, outbox::state, outbox::queued_at))
                .load(connection)?)
        })?;
        let mut standing = OutboxStanding::default();
        for (contact, state, queued_at) in open {
            let counts: &mut MessageCounts = match contact {
                Some(_) => &mut standing.mail,
                None => &mut standing.webhook,
            };
            if state == MessageState::Waiting.key() {
                counts.waiting += 1;
                let queued_at = queued_at.and_utc();
                let oldest = standing.oldest.get_or_insert(queued_at);
                *oldest = queued_at.min(*oldest);
            } else {
                counts.undelivered += 1;
            }
        }
        Ok(standing)
    }
}

/// Says why nothing was changed where that is so.
fn must_be_one(
    connection: &mut AnyConnection,
    changed: usize,
    key: &str,
) -> Result<(), StoreError> {
    if changed == 1 {
        return Ok(());
    }
    if !is_queued(connection, key)? {
        let key: String = key.chars().take(60).collect();
        return Err(StoreError::NotFound {
            what: Text::new(format!("tin {key}"), format!("message {key}")),
        });
    }
    Err(StoreError::Conflict(Text::new(
        "tin đã ở tình trạng khác",
        "the message stands otherwise by now",
    )))
}
