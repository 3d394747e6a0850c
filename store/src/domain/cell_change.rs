//! A cell whose value differs between two moments of knowledge, and what made it differ.

use chrono::{DateTime, NaiveDate, Utc};

use super::{CountUnit, PartKey, Reported, Stage, SubmissionId, UnitId};

/// One stage of one part of one unit's work on one date, known otherwise at a later moment than at an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    /// The cell.
    pub cell: CellKey,
    /// What was known at the earlier moment; `None` where nothing was.
    pub before: Option<Reported>,
    /// What is known at the later one; `None` where the file that gave it was taken back and no earlier one gives it.
    pub after: Option<Reported>,
    /// What was done.
    pub deed: ChangeDeed,
    /// The file that gave the value, was taken back or counts again.
    pub submission: SubmissionId,
    /// The name of that file.
    pub file_name: String,
    /// Who did it: the sender of the file, or who took it back or restored it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why: the note of the row, else the answers that came with the file about the unit and date, else the reason of the
    /// withdrawal; `None` where none was asked for or given.
    pub reason: Option<String>,
}

/// The address of a cell. Cells are ordered by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// The reporting unit.
    pub unit: UnitId,
    /// The date the count is true for.
    pub as_of: NaiveDate,
    /// What is counted.
    pub count_unit: CountUnit,
    /// The part of the work.
    pub part: PartKey,
    /// The stage.
    pub stage: Stage,
}

/// What makes a cell differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeDeed {
    /// A file reported it.
    Reported,
    /// A file was taken back.
    Withdrawn,
    /// A file that was taken back counts again.
    Restored,
}
