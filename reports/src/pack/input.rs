//! What a pack is made of.

use store::domain::{Difficulty, Receipt};

use super::about::PackOrder;
use crate::illustrate::Earlier;
use crate::model::{ChangeFilter, ChangeKind, ChangeList, ChangeRow, NationalChange};
use crate::model::{NationalReport, ReportInput};
use crate::reconciliation::ReconciliationReport;

/// Everything a pack is made of.
#[derive(Clone, Copy, Debug)]
pub struct PackInput<'a> {
    /// What is asked for.
    pub order: &'a PackOrder,
    /// What the report was made of; its week is that of the cut-off.
    pub report: ReportInput<'a>,
    /// The report on the nation, made of it.
    pub national: &'a NationalReport,
    /// The difficulties that units reported since the cut-off before.
    pub difficulties: &'a [Difficulty],
    /// When reports arrived.
    pub receipts: &'a [Receipt],
    /// What the last meeting saw, and what changed since.
    pub meeting: Option<LastMeeting<'a>>,
    /// The reconciliation with the population database; `None` where nothing was compared.
    pub reconciliation: Option<&'a ReconciliationReport>,
    /// Whether figures are made up.
    pub synthetic: bool,
    /// The version of the program.
    pub version: &'a str,
}

/// The last meeting before the cut-off.
#[derive(Clone, Copy, Debug)]
pub struct LastMeeting<'a> {
    /// What it saw.
    pub earlier: Earlier<'a>,
    /// The change of the nation since.
    pub change: &'a NationalChange,
    /// Every cell that differs.
    pub cells: &'a ChangeList,
}

impl<'a> PackInput<'a> {
    /// The change of the nation since the last meeting; `None` where nothing is known of one.
    pub(crate) fn national_change(&self) -> Option<&'a NationalChange> {
        self.meeting.map(|meeting| meeting.change)
    }

    /// The figures of the last meeting that were corrected or taken back since; new figures are the reports themselves.
    pub(crate) fn corrections(&self) -> Vec<&'a ChangeRow> {
        let Some(meeting) = self.meeting else {
            return Vec::new();
        };
        let units = &self.report.reference.units;
        let rows = meeting.cells.filtered(&ChangeFilter::default(), units);
        let is_new = |row: &&ChangeRow| row.kind == ChangeKind::NewFigure;
        rows.into_iter().filter(|row| !is_new(row)).collect()
    }
}
