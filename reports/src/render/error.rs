//! What can go wrong when a report is written down.

use thiserror::Error;

/// A report could not be written in a format.
#[derive(Debug, Error)]
pub enum TableError {
    /// The CSV writer refused a row.
    #[error("report cannot be written as CSV")]
    Csv(#[from] csv::Error),
    /// The JSON writer refused a value.
    #[error("report cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
