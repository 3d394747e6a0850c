//! The steps of the work, in their order.

use serde::{Deserialize, Serialize};

/// A step of the work, counted cumulatively.
///
/// `Total ≥ Scanned ≥ Entered ≥ Checked ≥ Approved ≥ Transferred`. `Returned` stands apart: it exists only on the route
/// through the population database and counts what its owner handed back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// To be digitized: an estimate with a history; it grows.
    Total,
    /// Photographed or scanned.
    Scanned,
    /// Typed in, which published reports call "đã số hóa".
    Entered,
    /// Compared with the book.
    Checked,
    /// Approved by the registry office.
    Approved,
    /// In the national electronic civil-status database. "Done" means this stage unless a page says otherwise.
    Transferred,
    /// Handed back by the owner of the population database (Procedure 1292).
    Returned,
}

impl Stage {
    /// Every stage, in the order of the counts form.
    pub const ALL: [Self; 7] = [
        Self::Total,
        Self::Scanned,
        Self::Entered,
        Self::Checked,
        Self::Approved,
        Self::Transferred,
        Self::Returned,
    ];

    /// The stages that must not exceed the one before them.
    pub const ORDERED: [Self; 6] = [
        Self::Total,
        Self::Scanned,
        Self::Entered,
        Self::Checked,
        Self::Approved,
        Self::Transferred,
    ];

    /// The key of the stage in files, addresses and JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Scanned => "scanned",
            Self::Entered => "entered",
            Self::Checked => "checked",
            Self::Approved => "approved",
            Self::Transferred => "transferred",
            Self::Returned => "returned",
        }
    }

    /// The stage of a key; `None` for any other word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }

    /// The place of the stage in arrays indexed by stage, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Total => 0,
            Self::Scanned => 1,
            Self::Entered => 2,
            Self::Checked => 3,
            Self::Approved => 4,
            Self::Transferred => 5,
            Self::Returned => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_places_are_one_to_one() {
        for (place, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage.index(), place);
            assert_eq!(Stage::from_key(stage.key()), Some(stage));
        }
        assert_eq!(Stage::from_key("Total"), None);
    }
}
