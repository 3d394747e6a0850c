//! The rows of a counts file for the rules that compare rows: held, or beyond some number put down and brought back in batches.
//!
//! A batch has all that a file says of some units or of some of their offices, for no rule but that of sums compares the rows of
//! one office with those of another. Batches of units come before those of offices.

mod record;
mod spill;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use store::domain::{CountRow, Text, UnitId};

pub(crate) use self::spill::Spill;
use crate::chains::Chains;
use crate::finding::Findings;
use crate::forms::{ReadRow, merge_stages};
use crate::rules::change::Uncompared;
use crate::rules::sums::Split;
use crate::sheet::Sheet;
use crate::source::unreadable;

type Row = ReadRow<CountRow>;

/// How many rows are held where they need not be: more than any file but one of many weeks at commune level has.
pub(crate) const HELD: usize = 1 << 16;

/// What the rows of a file are about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) units: BTreeSet<UnitId>,
    pub(crate) dates: BTreeSet<NaiveDate>,
    /// By what work is split by, whether some rows are parts, and whether some are of all of it.
    pub(crate) splits: [[bool; 2]; 3],
    /// The unit and the date of the latest, which most rows share with the one before.
    latest: Option<(UnitId, NaiveDate)>,
}

impl Seen {
    fn take_in(&mut self, row: &CountRow) {
        let latest = (row.unit, row.as_of);
        if self.latest.replace(latest) != Some(latest) {
            self.units.insert(row.unit);
            self.dates.insert(row.as_of);
        }
        for (seen, split) in self.splits.iter_mut().zip(Split::ALL) {
            seen[usize::from(split.is_part(row))] = true;
        }
    }
}

/// The rows of a file as they are read.
#[derive(Debug)]
pub(crate) struct RowCollector {
    rows: Vec<Row>,
    /// How many are held.
    most_held: usize,
    /// Where they go once there are more.
    spill: Option<Spill>,
    pub(crate) seen: Seen,
    pub(crate) count: u64,
}

/// The rows of a file that was read.
pub(crate) enum Collected {
    Held(Vec<Row>),
    PutDown(Spill),
}

impl RowCollector {
    /// For so many rows at most, of which no more than so many are held.
    pub(crate) fn new(most: usize, most_held: usize) -> Self {
        Self {
            rows: Vec::with_capacity(most.min(most_held)),
            most_held,
            spill: None,
            seen: Seen::default(),
            count: 0,
        }
    }

    pub(crate) fn push(&mut self, row: Row) {
        self.count += 1;
        self.seen.take_in(&row.value);
        if let Some(spill) = &mut self.spill {
            spill.push(&row);
        } else if self.rows.len() < self.most_held {
            self.rows.push(row);
        } else {
            let mut spill = Spill::new();
            for held in std::mem::take(&mut self.rows) {
                spill.push(&held);
            }
            spill.push(&row);
            self.spill = Some(spill);
        }
    }

    pub(crate) fn finish(self) -> Collected {
        match self.spill {
            Some(spill) => Collected::PutDown(spill),
            None => Collected::Held(self.rows),
        }
    }
}

/// The rows of a counts file.
#[derive(Debug)]
pub(crate) enum CountRows {
    /// All of them, in the order of the file, with the earlier rows of the same part of work.
    Held(Vec<Row>, Chains),
    /// Only to be checked, and compared with each other already; what was found of the comparison.
    PutDown(Spill, Box<(Seen, Uncompared)>),
}

impl CountRows {
    /// Goes through the rows again, batch by batch.
    pub(crate) fn each(
        &self,
        sheet: Sheet<'_>,
        findings: &mut Findings,
        take: &mut dyn FnMut(&[Row]),
    ) {
        match self {
            Self::Held(rows, _) => take(rows),
            Self::PutDown(spill, _) => {
                // What is wrong with the rows was said the first time.
                let mut said = findings.aside();
                each_batch(spill, findings, &mut |rows, _| {
                    take(&merge_stages(sheet, rows, &mut said));
                });
            }
        }
    }

    /// The rows on some lines, in the order of the file.
    pub(crate) fn on_lines(
        &self,
        lines: &BTreeSet<u64>,
        sheet: Sheet<'_>,
        findings: &mut Findings,
    ) -> Vec<Row> {
        let mut found = Vec::new();
        self.each(sheet, findings, &mut |rows| {
            let asked = rows.iter().filter(|row| lines.contains(&row.line()));
            found.extend(asked.cloned());
        });
        found.sort_by_key(ReadRow::line);
        found
    }
}

/// Brings back rows that were put down, batch by batch. Where that fails the check is not whole, and the file is not accepted.
pub(crate) fn each_batch(
    spill: &Spill,
    findings: &mut Findings,
    take: &mut dyn FnMut(Vec<Row>, &mut Findings),
) {
    let read = spill.each(&mut |rows| take(rows, findings));
    if let Err(error) = read {
        findings.push(unreadable(&Text::new(
            format!("tệp tạm: {error}"),
            format!("temporary file: {error}"),
        )));
    }
}
