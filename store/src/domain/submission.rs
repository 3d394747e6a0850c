//! One file from one sender, kept whole.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{Answer, CountRow, Digest, PublishedFigure, ReconciliationEntry, UnitId};

/// The number of a submission; later submissions have larger numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SubmissionId(pub i64);

impl fmt::Display for SubmissionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What a file carried: one of the three forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Counts of the work by stage.
    Counts(Vec<CountRow>),
    /// Entries of the reconciliation ledger.
    Reconciliation(Vec<ReconciliationEntry>),
    /// Figures that were published.
    Published(Vec<PublishedFigure>),
}

impl Content {
    /// The word of the form in the databases.
    #[must_use]
    pub const fn form(&self) -> &'static str {
        match self {
            Self::Counts(_) => "counts",
            Self::Reconciliation(_) => "reconciliation",
            Self::Published(_) => "published",
        }
    }

    /// How many rows the file carried.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Counts(rows) => rows.len(),
            Self::Reconciliation(entries) => entries.len(),
            Self::Published(figures) => figures.len(),
        }
    }

    /// The units it speaks of.
    #[must_use]
    pub fn units(&self) -> BTreeSet<UnitId> {
        match self {
            Self::Counts(rows) => rows.iter().map(|row| row.unit).collect(),
            Self::Reconciliation(entries) => {
                entries.iter().map(ReconciliationEntry::unit).collect()
            }
            Self::Published(figures) => figures.iter().filter_map(|figure| figure.unit).collect(),
        }
    }

    /// Whether the file carried no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A checked file on its way into the archive. Only the intake makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSubmission {
    /// The name the file came with, without any folder.
    pub file_name: String,
    /// The file as it came.
    pub bytes: Vec<u8>,
    /// The encoding found, such as `UTF-8`.
    pub encoding: String,
    /// The version of the rules it was checked with.
    pub rules_version: String,
    /// Who sent it.
    pub submitted_by: String,
    /// Whether the figures are made up for a demonstration.
    pub synthetic: bool,
    /// What it carried.
    pub content: Content,
    /// What was asked about it, with the answers.
    pub answers: Vec<Answer>,
    /// The last entry of the log when the archive was read to check the file: it is recorded only where nothing was
    /// recorded about its units since. `None`: it was not compared with the archive.
    pub basis: Option<i64>,
}

/// The arrival of the counts of one unit for one date in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The unit.
    pub unit: UnitId,
    /// The date the counts are true for.
    pub as_of: NaiveDate,
    /// When they arrived.
    pub recorded_at: DateTime<Utc>,
}

/// Whether a submission counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmissionState {
    /// Its cells count unless a later submission carries them too.
    Standing,
    /// Taken back: its cells count no more, and the earlier ones count again.
    Withdrawn {
        /// When.
        at: DateTime<Utc>,
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
}

/// A submission as the archive keeps it, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Its number.
    pub id: SubmissionId,
    /// The name the file came with.
    pub file_name: String,
    /// The digest of the file as it came.
    pub sha256: Digest,
    /// The form: `counts`, `reconciliation` or `published`.
    pub form: String,
    /// The encoding found.
    pub encoding: String,
    /// The version of the rules it was checked with.
    pub rules_version: String,
    /// Who sent it.
    pub submitted_by: String,
    /// The moment it became known.
    pub recorded_at: DateTime<Utc>,
    /// Whether the figures are made up for a demonstration.
    pub synthetic: bool,
    /// How many rows it carried.
    pub rows: u64,
    /// The units it speaks of.
    pub units: Vec<UnitId>,
    /// The first and last date its figures are true for; `None` for forms without one.
    pub as_of: Option<(NaiveDate, NaiveDate)>,
    /// Whether it counts.
    pub state: SubmissionState,
}
