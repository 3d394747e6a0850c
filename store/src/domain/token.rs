//! Tokens: what a script shows instead of a person.

use chrono::{DateTime, Utc};

use super::UnitId;

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenScope {
    /// Recording the files of its unit, and nothing else.
    Upload,
    /// Reading the figures of its unit, or of the whole nation.
    Read,
}

impl TokenScope {
    /// The word in the databases and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::Read => "read",
        }
    }

    /// The scope of a word; `None` for any other word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Upload, Self::Read]
            .into_iter()
            .find(|scope| scope.key() == key)
    }
}

/// A token of a script; the text of it is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The number of the log entry that recorded it.
    pub id: i64,
    /// What it is called: the sender of what it records.
    pub name: String,
    /// What it is good for.
    pub scope: TokenScope,
    /// The unit whose rows, and those of its members before a merger, it may record or read; `None` is the whole nation.
    pub unit: Option<UnitId>,
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
