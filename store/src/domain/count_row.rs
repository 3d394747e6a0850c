//! One row of the counts form: what one unit reports for one date, record type, route and count unit.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Count, CountUnit, RecordType, Route, Stage, UnitId};

/// A count as a province reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The number.
    pub count: Count,
    /// Whether the sender wrote it as "about", "more than" or "nearly".
    pub approximate: bool,
}

impl Reported {
    /// A count that the sender gave as exact.
    #[must_use]
    pub const fn exact(count: Count) -> Self {
        Self {
            count,
            approximate: false,
        }
    }
}

/// The counts of one row by stage; an absent stage was not reported, which is not zero.
///
/// Kept as the bytes of seven numbers, which need no room between them and what follows, and two bits for each: a national
/// year at commune level has millions of rows. The number of an absent stage is zero, so that equal counts are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageCounts {
    counts: [[u8; 8]; 7],
    reported: u8,
    approximate: u8,
}

impl StageCounts {
    /// What was reported for a stage; `None` where nothing was.
    #[must_use]
    pub const fn get(&self, stage: Stage) -> Option<Reported> {
        let bit = 1 << stage.index();
        if self.reported & bit == 0 {
            return None;
        }
        Some(Reported {
            count: Count::from_bytes(self.counts[stage.index()]),
            approximate: self.approximate & bit != 0,
        })
    }

    /// Sets or clears what was reported for a stage.
    pub const fn set(&mut self, stage: Stage, reported: Option<Reported>) {
        let bit = 1 << stage.index();
        self.reported &= !bit;
        self.approximate &= !bit;
        self.counts[stage.index()] = Count::ZERO.to_bytes();
        if let Some(Reported { count, approximate }) = reported {
            self.reported |= bit;
            self.counts[stage.index()] = count.to_bytes();
            if approximate {
                self.approximate |= bit;
            }
        }
    }

    /// The same counts with one stage set.
    #[must_use]
    pub const fn with(mut self, stage: Stage, reported: Reported) -> Self {
        self.set(stage, Some(reported));
        self
    }

    /// Whether every stage that others give is reported.
    #[must_use]
    pub const fn gives_all_of(&self, others: &Self) -> bool {
        others.reported & !self.reported == 0
    }

    /// Whether no stage was reported at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.reported == 0
    }

    /// The stages that were reported, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Stage, Reported)> + '_ {
        Stage::ALL
            .into_iter()
            .filter_map(|stage| self.get(stage).map(|reported| (stage, reported)))
    }
}

/// One row of the counts form after all checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// The physical line of the file, from 1.
    pub line: u32,
    /// The reporting unit, valid on `as_of`.
    pub unit: UnitId,
    /// A commune, district or registry office inside the unit; `None` is the unit as a whole. Rows of one office share its name.
    pub sub_unit: Option<Arc<str>>,
    /// The date the counts are true for.
    pub as_of: NaiveDate,
    /// The kind of event, or all of them.
    pub record_type: RecordType,
    /// The route, or both.
    pub route: Route,
    /// What is counted.
    pub count_unit: CountUnit,
    /// The counts.
    pub counts: StageCounts,
    /// The sender's note, such as the reason of a correction.
    pub note: Option<Box<str>>,
    /// A difficulty the sender reports.
    pub difficulty: Option<Box<str>>,
}
