//! What is wrong with a file of pairs: where, never what stands there.

use std::io;

use store::domain::{Language, Text};
use thiserror::Error;

/// How many problems are listed; all are counted.
pub(super) const LISTED: usize = 50;

/// One problem with its place. The value is left out on purpose: it may be a person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairProblem {
    /// The physical line, from 1; absent where the whole file is meant.
    pub line: Option<u64>,
    /// The column, from 1; absent where a whole line is meant.
    pub column: Option<usize>,
    /// What is wrong and what to do.
    pub message: Text,
}

impl PairProblem {
    pub(super) const fn of_file(message: Text) -> Self {
        Self {
            line: None,
            column: None,
            message,
        }
    }

    /// The problem as one line of text.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        let message = self.message.in_language(language);
        let line = self
            .line
            .map(|line| format!("{} {line}, ", language.pick("dòng", "line")));
        let column = self
            .column
            .map(|column| format!("{} {column}, ", language.pick("cột", "column")));
        let place = format!("{}{}", line.unwrap_or_default(), column.unwrap_or_default());
        match place.strip_suffix(", ") {
            Some(place) => format!("{place}: {message}"),
            None => message.to_owned(),
        }
    }
}

/// Why a file of pairs gives no counts.
#[derive(Debug, Error)]
pub enum PairsError {
    /// The file cannot be read, or the worklist cannot be written.
    #[error("reading the pairs or writing the worklist")]
    Io(#[from] io::Error),
    /// The file is not what it must be.
    #[error("{total} problems in the file of pairs")]
    Problems {
        /// The first of them, in the order of the file.
        listed: Vec<PairProblem>,
        /// How many there are.
        total: u64,
    },
}

impl PairsError {
    pub(super) fn of_file(message: Text) -> Self {
        Self::Problems {
            listed: vec![PairProblem::of_file(message)],
            total: 1,
        }
    }
}
