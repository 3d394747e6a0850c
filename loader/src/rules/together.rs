//! The rules that look at more than one row of a file, over its batches.

use chrono::NaiveDate;
use store::domain::{CountRow, Text};

use super::date_order::DateOrder;
use super::round_numbers::RoundNumbers;
use super::sameness::twice;
use super::structure::SortedRows;
use super::sums::Sums;
use super::total_rows::TotalRows;
use crate::batches::{CountRows, Seen};
use crate::chains::Chains;
use crate::finding::{Findings, Severity};
use crate::forms::ReadRow;
use crate::receipt::NotChecked;
use crate::rule::Rule;
use crate::sheet::Sheet;

/// The rules that need every figure of a row, and cannot do with one that has an error in it.
const WHOLE_ROW_RULES: [Rule; 5] = [
    Rule::Sums,
    Rule::TotalRowSum,
    Rule::SameAsBefore,
    Rule::Repeated,
    Rule::RenamedWeek,
];

/// What the rows of a file are together, as far as they were looked at.
pub(crate) struct Together<'a> {
    sheet: Sheet<'a>,
    flawed: u64,
    /// Whether rows are given twice, so that parts have no sum.
    has_twins: bool,
    sums: Sums,
    round_numbers: RoundNumbers,
    date_order: DateOrder,
    /// `None` where some rows could not be read.
    total_rows: Option<TotalRows>,
}

impl<'a> Together<'a> {
    /// For a file with these rows, some of which may not have been readable.
    pub(crate) fn new(
        sheet: Sheet<'a>,
        (seen, sorted, unread): (&Seen, &SortedRows, u64),
        today: NaiveDate,
        findings: &Findings,
    ) -> Self {
        Self {
            sheet,
            flawed: 0,
            has_twins: false,
            sums: Sums::new(seen, findings),
            round_numbers: RoundNumbers::new(findings),
            date_order: DateOrder::new(&seen.dates, today),
            total_rows: (unread == 0).then(|| TotalRows::new(sorted)),
        }
    }

    /// Takes in a batch.
    pub(crate) fn take_in(
        &mut self,
        (rows, chains): (&[ReadRow<CountRow>], &Chains),
        findings: &mut Findings,
    ) {
        self.flawed += rows.iter().filter(|row| row.flawed).map(|_| 1).sum::<u64>();
        let what = Text::new(
            "tỉnh, đơn vị, ngày, loại việc, cách làm và đơn vị tính",
            "province, sub-unit, date, record type, route and count unit",
        );
        for (row, first) in &chains.twins {
            if let (Some(row), Some(first)) = (rows.get(*row), rows.get(*first)) {
                let finding = twice(Severity::Error, &what, first.line());
                findings.push(finding.on_line(row.line()));
            }
        }
        self.has_twins |= !chains.twins.is_empty();
        if !self.has_twins {
            self.sums.take_in(self.sheet, rows);
        }
        self.round_numbers.take_in(rows);
        self.date_order.take_in(self.sheet, rows);
        if let Some(total_rows) = &mut self.total_rows {
            total_rows.take_in(rows);
        }
    }

    /// Says what only all rows together tell; these are they.
    pub(crate) fn finish(
        self,
        rows: &CountRows,
        findings: &mut Findings,
        not_checked: &mut Vec<NotChecked>,
    ) {
        not_checked.extend(NotChecked::broken_rows(&WHOLE_ROW_RULES, self.flawed));
        if self.has_twins {
            not_checked.push(NotChecked::sums_of_duplicates());
        } else {
            self.sums.finish(self.sheet, rows, findings);
        }
        self.round_numbers.finish(findings);
        self.date_order.finish(self.sheet, findings);
        if let Some(total_rows) = self.total_rows {
            total_rows.finish(self.sheet, findings);
        }
    }
}
