//! How a command ended, as the exit codes that README documents.

use std::io::{self, Write as _};
use std::process::ExitCode;

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
