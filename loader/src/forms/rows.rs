//! Rows of a form as they were read.

use store::domain::{CountRow, PublishedFigure, ReconciliationBatch};

/// A row read into a type of the domain.
#[derive(Clone, Debug)]
pub(crate) struct ReadRow<T> {
    /// The place of the row in the table.
    pub(crate) place: usize,
    /// The physical line, from 1.
    pub(crate) line: u64,
    /// Whether a cell of it has an error, so that its figures are not complete.
    pub(crate) flawed: bool,
    /// What the row says.
    pub(crate) value: T,
}

/// The rows of a file by form.
#[derive(Clone, Debug)]
pub(crate) enum FormRows {
    Counts(Vec<ReadRow<CountRow>>),
    Reconciliation(Vec<ReadRow<ReconciliationBatch>>),
    Published(Vec<ReadRow<PublishedFigure>>),
}
