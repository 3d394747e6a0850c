//! Upload tokens: what a script of a province shows instead of a person.

use chrono::{DateTime, Utc};

use super::UnitId;

/// An upload token; the text of it is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The number of the log entry that recorded it.
    pub id: i64,
    /// What it is called: the sender of what it records.
    pub name: String,
    /// The unit whose rows, and those of its members before a merger, it may record.
    pub unit: UnitId,
    /// The moment from which it is not taken any more.
    pub expires_at: DateTime<Utc>,
    /// When it was made.
    pub recorded_at: DateTime<Utc>,
    /// When it was revoked; `None` where it was not.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Token {
    /// Whether it is taken on a moment.
    #[must_use]
    pub fn holds_on(&self, moment: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && moment < self.expires_at
    }
}
