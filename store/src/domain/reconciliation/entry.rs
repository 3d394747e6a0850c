//! What a reconciliation file may carry.

use super::{CaseAccount, ReconciliationBatch, SyncStatement};
use crate::domain::{RecordType, UnitId};

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReconciliationEntry {
    /// A comparison run.
    Batch(Box<ReconciliationBatch>),
    /// A week of open differences.
    Cases(Box<CaseAccount>),
    /// The two databases beside each other.
    Statement(Box<SyncStatement>),
}

impl ReconciliationEntry {
    /// Whose records it is about.
    #[must_use]
    pub const fn unit(&self) -> UnitId {
        match self {
            Self::Batch(batch) => batch.unit,
            Self::Cases(cases) => cases.unit,
            Self::Statement(statement) => statement.unit,
        }
    }

    /// The kind of event.
    #[must_use]
    pub const fn record_type(&self) -> RecordType {
        match self {
            Self::Batch(batch) => batch.record_type,
            Self::Cases(cases) => cases.record_type,
            Self::Statement(statement) => statement.record_type,
        }
    }
}
