//! Rows of a form as they were read.

use store::domain::{CountRow, PublishedFigure, ReconciliationEntry};

use crate::batches::CountRows;
use crate::rules::structure::SortedRows;
use crate::sheet::Place;

/// A row read into a type of the domain.
#[derive(Clone, Debug)]
pub(crate) struct ReadRow<T> {
    /// Where the row stands.
    pub(crate) place: Place,
    /// Whether a cell of it has an error, so that its figures are not complete.
    pub(crate) flawed: bool,
    /// What the row says.
    pub(crate) value: T,
}

impl<T> ReadRow<T> {
    /// The physical line, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.place.line()
    }
}

/// The rows of a file by form.
#[derive(Debug)]
pub(crate) enum FormRows {
    Counts(CountRows),
    Reconciliation(Vec<ReadRow<ReconciliationEntry>>),
    Published(Vec<ReadRow<PublishedFigure>>),
}

/// How many of the rows that report something could not be read.
pub(super) fn unread<T>(sorted: &SortedRows, rows: &[ReadRow<T>]) -> u64 {
    let read = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    sorted.reports.saturating_sub(read)
}

impl FormRows {
    /// The rows of a counts file; none for other forms, and where they are not held.
    pub(crate) fn counts(&self) -> &[ReadRow<CountRow>] {
        match self {
            Self::Counts(CountRows::Held(rows, _)) => rows,
            Self::Counts(CountRows::PutDown(..)) | Self::Reconciliation(_) | Self::Published(_) => {
                &[]
            }
        }
    }
}
