//! Attempts: a message is with one worker at a time, and what came of it is noted.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::messages::MessageRow;
use super::schema::outbox;
use crate::StoreError;
use crate::db::Store;
use crate::db::accounts::stored;
use crate::domain::{Attempt, Message, MessageState};

/// How long a worker has a message for itself. Its attempt is over long before; another one takes it where the process has ended.
const LEASE: TimeDelta = TimeDelta::minutes(5);

impl Store {
    /// Takes the message that is due longest, so that nobody else takes it while it is tried; `None` where none is due. Where
    /// `mail` is not to be sent from here, mails stay for another server.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn take_message(
        &self,
        mail: bool,
        now: DateTime<Utc>,
    ) -> Result<Option<Message>, StoreError> {
        let due = |row: &MessageRow| row.leased_until.is_none_or(|until| until <= stored(now));
        self.read(|connection| {
            let waiting = outbox::table
                .filter(outbox::state.eq(MessageState::Waiting.key()))
                .filter(outbox::next_attempt_at.le(stored(now)))
                .order((outbox::next_attempt_at, outbox::key));
            let waiting: Vec<MessageRow> = waiting.load(connection)?;
            let from_here = |row: &MessageRow| mail || row.webhook_id.is_some();
            for mut row in waiting.into_iter().filter(|row| due(row) && from_here(row)) {
                // One statement that another worker's makes touch nothing: whoever comes second finds another count.
                let own = outbox::table
                    .find(&row.key)
                    .filter(outbox::state.eq(MessageState::Waiting.key()))
                    .filter(outbox::attempts.eq(row.attempts));
                let taken = diesel::update(own)
                    .set((
                        outbox::attempts.eq(row.attempts + 1),
                        outbox::leased_until.eq(Some(stored(now + LEASE))),
                    ))
                    .execute(connection)?;
                if taken == 1 {
                    row.attempts += 1;
                    return row.into_domain().map(Some);
                }
            }
            Ok(None)
        })
    }

    /// Records what came of an attempt; what another worker has taken since, or somebody has ended, stays as it is. Says how
    /// the message stands now.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it.
    pub fn record_attempt(
        &self,
        message: &Message,
        attempt: &Attempt,
        now: DateTime<Utc>,
    ) -> Result<MessageState, StoreError> {
        let (status, reason, next) = match attempt {
            Attempt::Taken(status) => (Some(*status), None, None),
            Attempt::Failed { status, reason } => {
                (*status, Some(reason.as_str()), message.next_attempt(now))
            }
            Attempt::Refused { status, reason } => (*status, Some(reason.as_str()), None),
        };
        let state = match (reason, next) {
            (None, _) => MessageState::Sent,
            (Some(_), None) => MessageState::Failed,
            (Some(_), Some(_)) => MessageState::Waiting,
        };
        let no_lease: Option<NaiveDateTime> = None;
        self.read(|connection| {
            let own = outbox::table
                .find(&message.key)
                .filter(outbox::state.eq(MessageState::Waiting.key()))
                .filter(outbox::attempts.eq(i64::from(message.attempts)));
            diesel::update(own)
                .set((
                    outbox::state.eq(state.key()),
                    outbox::status.eq(status.map(i64::from)),
                    outbox::error.eq(reason),
                    outbox::next_attempt_at.eq(stored(next.unwrap_or(message.next_attempt_at))),
                    outbox::leased_until.eq(no_lease),
                    outbox::ended_at.eq((state != MessageState::Waiting).then(|| stored(now))),
                ))
                .execute(connection)?;
            Ok(state)
        })
    }
}
