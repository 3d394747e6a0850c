//! The two databases beside each other, as a bank statement is reconciled.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::{Count, RecordType, UnitId};
use super::{Direction, Explained};

/// The messages that went one way since the exchange began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// Sent.
    pub sent: Count,
    /// Acknowledged by the other side.
    pub acknowledged: Count,
    /// Refused by the other side.
    pub refused: Count,
    /// Not answered yet.
    pub pending: Count,
}

/// What one database has, what of it the other has linked, and why the rest is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncStatement {
    /// The physical line of the file, or the number of the document in it, from 1.
    pub line: u64,
    /// Whose records.
    pub unit: UnitId,
    /// The kind of event.
    pub record_type: RecordType,
    /// The day it is true for.
    pub as_of: NaiveDate,
    /// Records in the civil-status database.
    pub registry_total: Count,
    /// Of them linked in the population database.
    pub population_linked: Count,
    /// The lines that explain the difference, in the order of [`Explained::ALL`].
    pub explained: [Count; 7],
    /// What no line explains; below zero where the lines explain too much.
    pub unexplained: i64,
    /// The messages by direction; absent where not told.
    pub exchanges: BTreeMap<Direction, Exchange>,
}

impl SyncStatement {
    /// A line that explains a part of the difference.
    #[must_use]
    pub const fn explained_by(&self, line: Explained) -> Count {
        self.explained[line as usize]
    }

    /// The unexplained difference per thousand records, in thousandths; `None` without records.
    #[must_use]
    pub fn unexplained_permille_thousandths(&self) -> Option<i64> {
        let total = i128::from(self.registry_total.to_i64());
        let scaled = (i128::from(self.unexplained) * 1_000_000).checked_div(total)?;
        i64::try_from(scaled).ok()
    }
}
