//! What can go wrong between the program and its database.

use thiserror::Error;

use crate::domain::Text;

/// A failure of the archive.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database cannot be reached or opened: it is down, locked, full or not writable.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The address of the database has a form the program does not know.
    #[error("database address `{0}` is neither a file nor a postgres:// address")]
    Address(String),
    /// There is no such thing.
    #[error("{} not found", .what.en)]
    NotFound {
        /// What was looked for.
        what: Text,
    },
    /// The request does not fit what the archive holds now.
    #[error("{}", .0.en)]
    Conflict(Text),
    /// The archive holds more about the units of a file than it was checked against; it must be checked again.
    #[error("figures of the same units were recorded since the file was checked")]
    Moved,
    /// A row of the database does not have the form it must have.
    #[error("the database holds a value the program does not understand: {0}")]
    Corrupt(String),
    /// An archive is damaged, or does not fit this program.
    #[error("{}", .0.en)]
    Archive(Text),
    /// The file of an archive cannot be read or written.
    #[error("the file of the archive cannot be read or written")]
    ArchiveFile(#[source] std::io::Error),
    /// The database refused a statement.
    #[error("the database refused a statement")]
    Query(#[source] diesel::result::Error),
}
