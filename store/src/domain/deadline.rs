//! Deadlines: a history for each unit with a national default.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::UnitId;
use super::language::Text;

/// Where a deadline comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A law or decree.
    Legal,
    /// A plan of the ministry or the province.
    Plan,
    /// The end of a campaign.
    Campaign,
}

impl DeadlineKind {
    /// The word in files and databases.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Legal => "legal",
            Self::Plan => "plan",
            Self::Campaign => "campaign",
        }
    }

    /// The kind of a word; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Legal, Self::Plan, Self::Campaign]
            .into_iter()
            .find(|kind| kind.key() == key)
    }
}

/// A day by which the work must be finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Whose deadline; `None` is the national default.
    pub unit: Option<UnitId>,
    /// The last day of the work.
    pub due_on: NaiveDate,
    /// The day it was announced; it is in force from then on.
    pub announced_on: NaiveDate,
    /// Where it comes from.
    pub kind: DeadlineKind,
    /// The law, plan or decision that set it.
    pub source: Text,
}

/// The deadline in force for a unit on a day: its own latest announced one, else the latest national one.
///
/// A deadline that has passed stays in force until another is announced: the work is then overdue, not free of a deadline.
#[must_use]
pub fn deadline_in_force(
    deadlines: &[Deadline],
    unit: Option<UnitId>,
    day: NaiveDate,
) -> Option<&Deadline> {
    let latest = |owner: Option<UnitId>| {
        deadlines
            .iter()
            .filter(|deadline| deadline.unit == owner && deadline.announced_on <= day)
            .max_by_key(|deadline| deadline.announced_on)
    };
    let own = unit.and_then(|unit| latest(Some(unit)));
    let national = latest(None);
    match (own, national) {
        // A national decision after the unit's own replaces it.
        (Some(own), Some(national)) if national.announced_on > own.announced_on => Some(national),
        (own, national) => own.or(national),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deadline(unit: Option<&str>, due_on: &str, announced_on: &str) -> Deadline {
        Deadline {
            unit: unit.and_then(UnitId::parse),
            due_on: due_on.parse().unwrap(),
            announced_on: announced_on.parse().unwrap(),
            kind: DeadlineKind::Plan,
            source: Text::same("test"),
        }
    }

    #[test]
    fn the_latest_announced_deadline_is_in_force() {
        let history = [
            deadline(None, "2024-12-31", "2020-09-15"),
            deadline(Some("p49"), "2024-12-01", "2024-02-01"),
            deadline(Some("p49"), "2025-03-12", "2025-02-18"),
            deadline(None, "2025-12-31", "2025-06-08"),
        ];
        let due = |unit: &str, day: &str| {
            deadline_in_force(&history, UnitId::parse(unit), day.parse().unwrap())
                .unwrap()
                .due_on
                .to_string()
        };
        assert_eq!(due("p49", "2024-01-01"), "2024-12-31");
        assert_eq!(due("p49", "2024-03-01"), "2024-12-01");
        assert_eq!(due("p49", "2025-02-18"), "2025-03-12");
        assert_eq!(due("p49", "2025-07-01"), "2025-12-31");
        assert_eq!(due("p01", "2025-02-18"), "2024-12-31");
        assert!(deadline_in_force(&history, None, "2020-01-01".parse().unwrap()).is_none());
    }
}
