//! What hinders a unit's work, as it wrote it beside its counts.

use chrono::NaiveDate;

use super::UnitId;

/// A difficulty that a unit reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difficulty {
    /// The unit.
    pub unit: UnitId,
    /// The date of the counts beside it.
    pub as_of: NaiveDate,
    /// The unit's own words.
    pub words: String,
}
