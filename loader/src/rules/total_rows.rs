//! Total rows against the rows of the file.

use chrono::NaiveDate;
use store::domain::{Count, CountRow, CountUnit, Language, RecordType, Stage, Text};

use super::structure::SortedRows;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::rule::Rule;
use crate::sheet::{DataRow, Place, Sheet};

type Row = ReadRow<CountRow>;

/// By stage, what some rows add up to.
#[derive(Clone, Copy, Default)]
struct Sums([Count; 7]);

impl Sums {
    fn add(&mut self, row: &Row) {
        for (stage, reported) in row.value.counts.iter() {
            self.0[stage.index()] = self.0[stage.index()] + reported.count;
        }
    }
}

/// Compares each total row with the rows of the file: with all of them, with those that are not split by record type, or
/// with those since the total row before it.
///
/// A section title with figures is compared with the rows below it, up to the next title or total row.
///
/// Only a note, for which rows a total row adds up is not said anywhere. Rows of several dates or count units have no sum.
pub(crate) struct TotalRows {
    /// With what the rows since the one before it add up to.
    totals: Vec<(Place, Sums)>,
    /// With what the rows below it add up to, up to the next of either kind.
    sections: Vec<(Place, Sums)>,
    of_all: Sums,
    of_unsplit: Sums,
    /// The date and the count unit of all rows.
    kind: Option<(NaiveDate, CountUnit)>,
    /// Whether the sum of the rows can be told.
    has_sum: bool,
}

impl TotalRows {
    /// With the rows of a file by what they are for.
    pub(crate) fn new(sorted: &SortedRows) -> Self {
        let unmet = |places: &[Place]| {
            places
                .iter()
                .map(|place| (*place, Sums::default()))
                .collect()
        };
        Self {
            totals: unmet(&sorted.totals),
            sections: unmet(&sorted.sections),
            of_all: Sums::default(),
            of_unsplit: Sums::default(),
            kind: None,
            has_sum: !sorted.totals.is_empty() || !sorted.sections.is_empty(),
        }
    }

    pub(crate) fn take_in(&mut self, rows: &[Row]) {
        for row in rows {
            let kind = (row.value.as_of, row.value.count_unit);
            self.has_sum &= !row.flawed && *self.kind.get_or_insert(kind) == kind;
            if !self.has_sum {
                return;
            }
            self.add(row);
        }
    }

    fn add(&mut self, row: &Row) {
        self.of_all.add(row);
        if row.value.record_type == RecordType::All && row.value.sub_unit.is_none() {
            self.of_unsplit.add(row);
        }
        let totals_above = |line| {
            let totals = &self.totals;
            totals.partition_point(|(place, _)| place.line() < line)
        };
        let (line, total) = (row.line(), totals_above(row.line()));
        let sections = &mut self.sections;
        let above = sections.partition_point(|(place, _)| place.line() < line);
        let section = above
            .checked_sub(1)
            .and_then(|section| sections.get_mut(section));
        if let Some((_, sums)) = section.filter(|(place, _)| totals_above(place.line()) == total) {
            sums.add(row);
        }
        if let Some((_, sums)) = self.totals.get_mut(total) {
            sums.add(row);
        }
    }

    pub(crate) fn finish(self, sheet: Sheet<'_>, findings: &mut Findings) {
        if !self.has_sum {
            return;
        }
        for (place, since) in self.totals {
            let sums = [self.of_all, self.of_unsplit, since];
            sheet.row_at(place, |row| check_total_row(row, &sums, findings));
        }
        for (place, below) in self.sections {
            sheet.row_at(place, |row| check_total_row(row, &[below], findings));
        }
    }
}

/// Compares the figures of a row with sums of which one should be each: the first is the one that is shown.
fn check_total_row(row: DataRow<'_>, sums: &[Sums], findings: &mut Findings) {
    for stage in Stage::ALL {
        let Some(cell) = row.cell(Column::Stage(stage)) else {
            continue;
        };
        let Ok(Some(given)) = crate::value::parse_count(cell.trimmed()) else {
            continue;
        };
        let is_sum = |sums: &Sums| sums.0[stage.index()] == given.count;
        if given.approximate || sums.iter().any(is_sum) {
            continue;
        }
        if let Some(Sums(sums)) = sums.first() {
            findings.push(total_row_differs(given.count, sums[stage.index()]).at(cell));
        }
    }
}

fn total_row_differs(given: Count, sum: Count) -> Finding {
    Finding::note(
        Rule::TotalRowSum,
        Text::new(
            format!(
                "dòng cộng ghi {}, các dòng cộng lại {}",
                Language::Vi.count(given),
                Language::Vi.count(sum)
            ),
            format!(
                "the total row says {}, the rows add up to {}",
                Language::En.count(given),
                Language::En.count(sum)
            ),
        ),
        Text::new(
            "kiểm tra công thức của dòng cộng và các dòng phía trên",
            "check the formula of the total row and the rows above it",
        ),
    )
}
