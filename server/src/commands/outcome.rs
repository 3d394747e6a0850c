//! How a command ended, as the exit codes that README documents.

use std::io::{self, Write as _};
use std::process::ExitCode;

use store::StoreError;
use thiserror::Error;

use crate::error::ServerError;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything asked for was done.
    Done,
    /// A file waits for an explanation; nothing of it was written.
    ExplanationNeeded,
    /// A file was rejected; nothing of it was written.
    Rejected,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Rejected => 3,
            Outcome::ExplanationNeeded => 4,
        })
    }
}

/// The command asks for what there is not, or for two things that do not fit together.
#[derive(Debug, Error)]
#[error("{0}")]
pub(super) struct WrongUse(pub(super) String);

/// The exit code of a failure: 2 where the command asks for what there is not, 5 where the database is unavailable, else 1.
#[must_use]
pub fn failure_code(failure: &anyhow::Error) -> ExitCode {
    let code = failure.chain().find_map(|cause| {
        let store = match cause.downcast_ref::<ServerError>() {
            Some(ServerError::Store(error)) => Some(error),
            Some(ServerError::NotFound(_)) => return Some(2),
            _ => cause.downcast_ref::<StoreError>(),
        };
        match store {
            Some(StoreError::Unavailable(_)) => Some(5),
            Some(
                StoreError::Address(_) | StoreError::NotFound { .. } | StoreError::Conflict(_),
            ) => Some(2),
            _ => cause.is::<WrongUse>().then_some(2),
        }
    });
    ExitCode::from(code.unwrap_or(1))
}

/// Writes a result to standard output.
///
/// # Errors
/// Where standard output does not take it, on a full disk for instance. A reader that has closed its end, such as `head`,
/// has what it wanted and is no failure.
pub(super) fn print(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
