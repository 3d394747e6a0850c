//! Hands an accepted file to the archive: the whole file in one transaction, or nothing.

use chrono::{DateTime, Utc};
use store::domain::{Digest, Submission};
use store::{Recorded, Store, StoreError};
use thiserror::Error;

use crate::receipt::Receipt;

/// What committing a file gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Committed {
    /// It was recorded.
    Recorded(Recorded),
    /// Exactly this file stands already; nothing was written.
    Already(Box<Submission>),
    /// Something was recorded about the same units since the file was checked; nothing was written.
    Moved,
}

/// Why a file was not committed; nothing was written.
#[derive(Debug, Error)]
pub enum CommitError {
    /// The receipt does not accept the file.
    #[error("file `{name}` was not accepted")]
    NotAccepted {
        /// The name of the file.
        name: String,
    },
    /// The archive did not take it.
    #[error("the archive did not record the file")]
    Store(#[from] StoreError),
}

/// Records an accepted file, or finds that exactly this file stands already.
///
/// # Errors
/// [`CommitError::NotAccepted`] where the receipt has no submission; [`CommitError::Store`] where the archive fails.
pub fn commit(
    store: &Store,
    receipt: &Receipt,
    now: DateTime<Utc>,
) -> Result<Committed, CommitError> {
    let Some(submission) = receipt.submission() else {
        let name = receipt.file.name.clone();
        return Err(CommitError::NotAccepted { name });
    };
    // The archive looks for the digest inside its transaction; asking before would only be a race and a second query.
    match store.record_submission(submission, now) {
        Ok(recorded) => Ok(Committed::Recorded(recorded)),
        Err(StoreError::Conflict(reason)) => {
            let standing = store.find_submission_by_digest(Digest::of(&submission.bytes))?;
            standing
                .map(|submission| Committed::Already(Box::new(submission)))
                .ok_or(CommitError::Store(StoreError::Conflict(reason)))
        }
        Err(StoreError::Moved) => Ok(Committed::Moved),
        Err(error) => Err(error.into()),
    }
}
