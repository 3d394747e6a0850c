//! Messages of the outbox: what is to be delivered to whom, and how far that is.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// To whom a message goes, by number: that says how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// To a contact, by mail.
    Contact(i64),
    /// To a webhook, by a request.
    Webhook(i64),
}

impl Recipient {
    /// The kind of message as a word: `mail` or `webhook`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Contact(_) => "mail",
            Self::Webhook(_) => "webhook",
        }
    }

    /// The number of the contact or the webhook.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Contact(number) | Self::Webhook(number) => number,
        }
    }
}

/// What a mail carries, by number: the bytes are those that were issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailContent {
    /// A reminder letter.
    Letter {
        /// The issue of letters it is of.
        letters: i64,
        /// The name of its file.
        path: String,
    },
    /// A meeting pack.
    Pack {
        /// Its number.
        pack: i64,
    },
}

/// A mail that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// The number of the contact.
    pub contact: i64,
    /// What makes the mail one of its kind for the contact: the same is never queued twice.
    pub about: String,
    /// What it carries.
    pub content: MailContent,
}

/// What is mailed when somebody asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispatched {
    /// An issue of reminder letters.
    Letters(i64),
    /// A meeting pack.
    Pack(i64),
}

/// How far the delivery of a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    /// It is tried, again and again.
    Waiting,
    /// The other side took it.
    Sent,
    /// It was given up.
    Failed,
}

impl MessageState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::Failed];

    /// The word in the databases.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The state of a word; `None` for any other word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// A message of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What makes it one of its kind: the event and the recipient.
    pub key: String,
    /// The log entry of the event; `None` for a test.
    pub cause: Option<i64>,
    /// To whom.
    pub recipient: Recipient,
    /// The body of a request, or [`MailContent`] as JSON.
    pub content: String,
    /// How far it is.
    pub state: MessageState,
    /// The attempts begun since it was put in line.
    pub attempts: u32,
    /// When it was put in line, the last time.
    pub queued_at: DateTime<Utc>,
    /// When it is tried next; of one that has ended, when it was to be.
    pub next_attempt_at: DateTime<Utc>,
    /// The code of the last answer; `None` where there was none.
    pub status: Option<u16>,
    /// Why the last attempt failed; `None` where none did.
    pub error: Option<String>,
    /// When it was sent or given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who has seen that it failed; `None` where nobody has.
    pub settled_by: Option<String>,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The other side took it, with a code.
    Taken(u16),
    /// It did not, for now.
    Failed {
        /// The code of its answer; `None` where there was none.
        status: Option<u16>,
        /// Why.
        reason: String,
    },
    /// It never will.
    Refused {
        /// The code of its answer; `None` where there was none.
        status: Option<u16>,
        /// Why.
        reason: String,
    },
}

impl Message {
    /// How long after the first failed attempt the next one follows.
    pub const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);

    /// The longest time between two attempts.
    pub const LONGEST_WAIT: TimeDelta = TimeDelta::hours(6);

    /// A message that failed is given up this long after it was put in line.
    pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(3);

    /// How long after a failed attempt the next one follows: twice as long after each, up to six hours, and without chance, so
    /// that anybody can tell when it will be. `None` where it is given up instead.
    #[must_use]
    pub fn next_attempt(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let doublings = self.attempts.saturating_sub(1).min(10);
        let wait = (Self::FIRST_WAIT * (1 << doublings)).min(Self::LONGEST_WAIT);
        (now < self.queued_at + Self::GIVEN_UP_AFTER).then(|| now + wait)
    }

    /// Whether it was given up and nobody has seen it yet.
    #[must_use]
    pub fn is_alert(&self) -> bool {
        self.state == MessageState::Failed && self.settled_by.is_none()
    }
}

/// How many messages of a kind are on their way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageCounts {
    /// Those that wait.
    pub waiting: u32,
    /// Those that were given up and that nobody has seen.
    pub undelivered: u32,
}

/// How the outbox stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxStanding {
    /// Mails.
    pub mail: MessageCounts,
    /// Requests to webhooks.
    pub webhook: MessageCounts,
    /// Since when the message that waits longest is in line; `None` where none waits.
    pub oldest: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(attempts: u32) -> Message {
        Message {
            key: "a".to_owned(),
            cause: None,
            recipient: Recipient::Webhook(1),
            content: String::new(),
            state: MessageState::Waiting,
            attempts,
            queued_at: DateTime::UNIX_EPOCH,
            next_attempt_at: DateTime::UNIX_EPOCH,
            status: None,
            error: None,
            ended_at: None,
            settled_by: None,
        }
    }

    #[test]
    fn waits_double_up_to_six_hours_and_end_after_three_days() {
        let mut now = DateTime::UNIX_EPOCH;
        let mut waits = Vec::new();
        for attempts in 1.. {
            let Some(next) = message(attempts).next_attempt(now) else {
                break;
            };
            waits.push((next - now).num_minutes());
            now = next;
        }
        let mut expected = vec![1, 2, 4, 8, 16, 32, 64, 128, 256];
        expected.extend([360; 11]);
        assert_eq!(waits, expected);
        assert_eq!((now - DateTime::UNIX_EPOCH).num_minutes(), 511 + 11 * 360);
    }
}
