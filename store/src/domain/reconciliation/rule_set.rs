//! How differences are judged.

use chrono::NaiveDate;

use super::super::Digest;

/// A rule set. It never changes once it is recorded: another rule is another set with another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// As batches name it, such as `VN-1`.
    pub name: String,
    /// The digest of the labelled pairs that are the rule set.
    pub sha256: Digest,
    /// The first day it is used.
    pub effective_from: NaiveDate,
    /// The first day it is not used any more; `None` while in force.
    pub retired_on: Option<NaiveDate>,
    /// An earlier rule set with identical classes; `None` where rates under it compare with no other.
    pub comparable_with: Option<String>,
}
