//! The weekly account of open differences: what moved, who holds them, and since when they are open. No case has a name here.

use std::collections::BTreeMap;

use super::super::{Count, RecordType, UnitId, Week};
use super::{Move, Owner, Resolution};

/// A movement: which, and for those that settle a difference what it says is to be repaired.
pub type CaseMove = (Owner, Move, Option<Resolution>);

/// The account of one unit, record type and week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseAccount {
    /// The physical line of the file, or the number of the document in it, from 1.
    pub line: u64,
    /// Whose records.
    pub unit: UnitId,
    /// The kind of event.
    pub record_type: RecordType,
    /// The week.
    pub week: Week,
    /// What moved in the week; absent is none.
    pub flows: BTreeMap<CaseMove, Count>,
    /// What is open at the end of the week, by owner and week of opening; absent is none.
    pub open: BTreeMap<(Owner, Week), Count>,
}

impl CaseAccount {
    /// How many differences of an owner, or of all, moved in a way, whatever the resolution.
    #[must_use]
    pub fn moved(&self, owner: Option<Owner>, wanted: Move) -> Count {
        let flows = self.flows.iter().filter(|((each, kind, _), _)| {
            *kind == wanted && owner.is_none_or(|owner| owner == *each)
        });
        flows.map(|(_, count)| *count).sum()
    }

    /// How many are open with an owner, or with all, at the end of the week.
    #[must_use]
    pub fn open_with(&self, owner: Option<Owner>) -> Count {
        let open = self.open.iter();
        open.filter(|((each, _), _)| owner.is_none_or(|owner| owner == *each))
            .map(|(_, count)| *count)
            .sum()
    }

    /// How many that were opened in a week are open with anybody.
    #[must_use]
    pub fn open_since(&self, opened: Week) -> Count {
        let open = self.open.iter();
        open.filter(|((_, week), _)| *week == opened)
            .map(|(_, count)| *count)
            .sum()
    }
}
