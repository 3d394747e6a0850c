//! Contacts: to whom mail goes. An address and a language, and no name: the address of an office is best.

use chrono::{DateTime, Utc};

use super::{Language, UnitId};

/// A contact as it is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    /// Whose; `None` is the leadership.
    pub unit: Option<UnitId>,
    /// The address of the mail box.
    pub address: String,
    /// The language of what it gets.
    pub language: Language,
    /// Whether mail goes to it.
    pub active: bool,
}

/// A contact as one of its changes left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its number: that of the log entry that made it.
    pub number: i64,
    /// How it stands.
    pub contact: NewContact,
    /// Who changed it.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}
