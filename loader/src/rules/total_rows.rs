//! Total rows against the rows of the file.

use store::domain::{Count, CountRow, Language, RecordType, Stage, Text};

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
    fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut sums = Self::default();
        for (stage, reported) in rows.flat_map(|row| row.value.counts.iter()) {
            sums.0[stage.index()] = sums.0[stage.index()] + reported.count;
        }
        sums
    }
}

/// Compares each total row with the rows of the file: with all of them, with those that are not split by record type, or
/// with those since the total row before it.
///
/// A section title with figures is compared with the rows below it, up to the next title or total row.
///
/// Only a note, for which rows a total row adds up is not said anywhere. Rows of several dates or count units have no sum.
pub(crate) fn check_total_rows(
    sheet: Sheet<'_>,
    sorted: &SortedRows,
    rows: &[Row],
    findings: &mut Findings,
) {
    if sorted.totals.is_empty() && sorted.sections.is_empty() {
        return;
    }
    let mut kinds = rows
        .iter()
        .map(|row| (row.value.as_of, row.value.count_unit));
    let first = kinds.next();
    if rows.iter().any(|row| row.flawed) || !kinds.all(|kind| Some(kind) == first) {
        return;
    }
    let unsplit =
        |row: &&Row| row.value.record_type == RecordType::All && row.value.sub_unit.is_none();
    let (of_all, of_unsplit) = (Sums::of(rows.iter()), Sums::of(rows.iter().filter(unsplit)));
    let mut after = rows;
    for place in &sorted.totals {
        let until = after.partition_point(|row| row.line() < place.line());
        let (above, below) = after.split_at(until);
        after = below;
        let sums = [of_all, of_unsplit, Sums::of(above.iter())];
        sheet.row_at(*place, |row| check_total_row(row, &sums, findings));
    }
    let first_after = |places: &[Place], line: u64| {
        let after = places.partition_point(|place| place.line() <= line);
        places.get(after).map_or(u64::MAX, |place| place.line())
    };
    for place in &sorted.sections {
        let end = first_after(&sorted.sections, place.line())
            .min(first_after(&sorted.totals, place.line()));
        let from = rows.partition_point(|row| row.line() < place.line());
        let to = rows.partition_point(|row| row.line() < end);
        let below = Sums::of(rows.get(from..to).unwrap_or_default().iter());
        sheet.row_at(*place, |row| check_total_row(row, &[below], findings));
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
