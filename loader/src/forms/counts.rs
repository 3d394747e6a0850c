//! The counts form: one row is one unit, date, record type, route and count unit.

use std::sync::Arc;

use chrono::NaiveDate;
use store::domain::{
    CountRow, CountUnit, RecordType, Reference, Route, Stage, StageCounts, Text, UnitId,
};

use super::long::{merge_stages, read_stage};
use super::rows::{FormRows, ReadRow};
use crate::batches::{Collected, CountRows, RowCollector, Spill, each_batch};
use crate::chains::Chains;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::fold::tidy;
use crate::history::History;
use crate::intake::Context;
use crate::memo::Memo;
use crate::receipt::NotChecked;
use crate::rule::Rule;
use crate::rules::change::{Changes, Uncompared};
use crate::rules::checks::check_columns;
use crate::rules::grouping::Grouping;
use crate::rules::inhabitants::check_inhabitants;
use crate::rules::stage_order::check_stage_order;
use crate::rules::structure::sort_rows;
use crate::rules::together::Together;
use crate::rules::units::check_unit;
use crate::rules::values::{check_count, check_date, check_text, required};
use crate::rules::words::check_word;
use crate::sheet::{Cell, DataRow, Sheet};
use crate::vocabulary::Words;

/// The longest name of a sub-unit, in letters; the longest official name of a commune has fewer than fifty.
pub(crate) const LONGEST_NAME: usize = 200;

/// The longest note or difficulty, in letters.
pub(crate) const LONGEST_NOTE: usize = 500;

/// The rules that compare a row with others or with earlier figures.
const COMPARING_RULES: [Rule; 10] = [
    Rule::Sums,
    Rule::TotalRowSum,
    Rule::DuplicateRow,
    Rule::SameAsBefore,
    Rule::Lowered,
    Rule::TotalLowered,
    Rule::TotalRaised,
    Rule::Jump,
    Rule::Repeated,
    Rule::RenamedWeek,
];

/// Reads the rows of a counts file and checks them one by one, then together.
///
/// Where there are more than are to be held, they are compared with each other over time as well, for which [`crate::judge`]
/// would need them.
pub(crate) fn read_counts(
    sheet: Sheet<'_>,
    (context, most_held): (&Context<'_>, usize),
    findings: &mut Findings,
    not_checked: &mut Vec<NotChecked>,
) -> (FormRows, u64) {
    let mut reader = RowReader::new(context);
    let mut rows = RowCollector::new(sheet.most_rows(), most_held);
    let sorted = sort_rows(sheet, findings, |row, findings| {
        let read = reader.read(row, findings);
        reader.grouping.end_row(read.as_ref().map(|row| row.place));
        if let Some(row) = read {
            rows.push(row);
        }
    });
    let unread = sorted.reports.saturating_sub(rows.count);
    reader.grouping.check(sheet, findings);
    not_checked.extend(NotChecked::broken_rows(&COMPARING_RULES, unread));
    let seen = std::mem::take(&mut rows.seen);
    let mut together = Together::new(sheet, (&seen, &sorted, unread), context.today, findings);
    let rows = match rows.finish() {
        Collected::Held(rows) => {
            let rows = merge_stages(sheet, rows, findings);
            let chains = Chains::of(&rows);
            together.take_in((&rows, &chains), findings);
            CountRows::Held(rows, chains)
        }
        Collected::PutDown(spill) => {
            let uncompared = compare_batches(sheet, &spill, &mut together, findings);
            CountRows::PutDown(spill, Box::new((seen, uncompared)))
        }
    };
    together.finish(&rows, findings, not_checked);
    (FormRows::Counts(rows), sorted.reports)
}

/// Compares rows that were put down, batch by batch, with each other.
fn compare_batches(
    sheet: Sheet<'_>,
    spill: &Spill,
    together: &mut Together<'_>,
    findings: &mut Findings,
) -> Uncompared {
    let mut changes = Changes::default();
    let nothing = History::default();
    let past = (&nothing, Reference::embedded());
    each_batch(spill, findings, &mut |rows, findings| {
        let rows = merge_stages(sheet, rows, findings);
        let chains = Chains::of(&rows);
        together.take_in((&rows, &chains), findings);
        check_inhabitants(sheet, &rows, (None, past.1), findings);
        changes.take_in(sheet, (&rows, &chains), past, findings);
    });
    changes.finish(findings)
}

/// Reads one row after the other, and remembers what names, dates and words were read as.
struct RowReader<'a> {
    context: &'a Context<'a>,
    dates: Memo<NaiveDate>,
    units: UnitReader,
    record_types: Memo<RecordType>,
    routes: Memo<Route>,
    count_units: Memo<CountUnit>,
    sub_units: Memo<Arc<str>>,
    grouping: Grouping,
}

impl<'a> RowReader<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            dates: Memo::default(),
            units: UnitReader::default(),
            record_types: Memo::default(),
            routes: Memo::default(),
            count_units: Memo::default(),
            sub_units: Memo::default(),
            grouping: Grouping::default(),
        }
    }

    /// Reads a row; `None` where it is not clear what its figures are about. Its figures are checked all the same.
    fn read(&mut self, row: DataRow<'_>, findings: &mut Findings) -> Option<ReadRow<CountRow>> {
        let errors_before = findings.errors();
        let vocabulary = self.context.vocabulary;
        let as_of = self.read_date(row, findings);
        let unit = self.units.read(row, as_of, self.context, findings);
        let record_type = word(
            (row.filled(Column::RecordType), RecordType::All),
            (&vocabulary.record_types, &mut self.record_types),
            findings,
        );
        let route = word(
            (row.filled(Column::Route), Route::All),
            (&vocabulary.routes, &mut self.routes),
            findings,
        );
        let count_unit = word(
            (row.filled(Column::CountUnit), CountUnit::Record),
            (&vocabulary.count_units, &mut self.count_units),
            findings,
        );
        let counts = if row.layout().is_long {
            read_stage(row, findings)
        } else {
            self.read_stages(row, findings)
        };
        if let Some(cell) = row.cell(Column::Value) {
            self.grouping.take_in(None, cell);
        }
        let sub_unit = row.filled(Column::SubUnit).and_then(|cell| {
            let name = || Some(tidy(&check_text(cell, LONGEST_NAME, findings)?).into());
            self.sub_units.read(cell.value, name)
        });
        let mut text = |column| {
            let text = check_text(row.filled(column)?, LONGEST_NOTE, findings)?;
            Some(text.into_boxed_str())
        };
        let (note, difficulty) = (text(Column::Note), text(Column::Difficulty));
        check_stage_order(row, &counts, findings);
        check_columns(row, &counts, findings);
        check_returned(row, route, &counts, findings);
        let value = CountRow {
            line: row.place().line,
            unit: unit?,
            sub_unit,
            as_of: as_of?,
            record_type: record_type?,
            route: route?,
            count_unit: count_unit?,
            counts,
            note,
            difficulty,
        };
        Some(ReadRow {
            place: row.place(),
            flawed: findings.errors() > errors_before,
            value,
        })
    }

    fn read_stages(&mut self, row: DataRow<'_>, findings: &mut Findings) -> StageCounts {
        let mut counts = StageCounts::default();
        for stage in Stage::ALL {
            if let Some(cell) = row.cell(Column::Stage(stage)) {
                counts.set(stage, check_count(cell, findings));
                self.grouping.take_in(Some(stage), cell);
            }
        }
        counts
    }

    fn read_date(&mut self, row: DataRow<'_>, findings: &mut Findings) -> Option<NaiveDate> {
        match row.filled(Column::AsOf) {
            Some(cell) => {
                let today = self.context.today;
                let dates = &mut self.dates;
                dates.read(cell.value, || check_date(cell, today, findings))
            }
            None => {
                required(row.cell(Column::AsOf), row.line(), findings);
                None
            }
        }
    }
}

/// A word of a closed list; the absent word means that the figures are not split, or the usual count unit.
fn word<T: Copy + Ord>(
    (cell, absent): (Option<Cell<'_>>, T),
    (words, known): (&Words<T>, &mut Memo<T>),
    findings: &mut Findings,
) -> Option<T> {
    match cell {
        Some(cell) => known.read(cell.value, || check_word(cell, words, findings)),
        None => Some(absent),
    }
}

/// Only data typed on the population database is handed back by its owner; from the books nothing is returned.
fn check_returned(
    row: DataRow<'_>,
    route: Option<Route>,
    counts: &StageCounts,
    findings: &mut Findings,
) {
    let returned = counts.get(Stage::Returned);
    if route != Some(Route::Books) || returned.is_none() {
        return;
    }
    let finding = Finding::error(
        Rule::ReturnedRoute,
        Text::new(
            "“Đã nhận lại” chỉ dùng cho cách làm QT 1292, dòng này ghi NĐ 87",
            "“Returned” belongs to route QT 1292 only, this row says NĐ 87",
        ),
        Text::new(
            "ghi số này vào dòng có cách làm QT 1292, hoặc để trống",
            "write the figure into the row of route QT 1292, or leave it empty",
        ),
    );
    findings.push(row.mark(finding, Column::Stage(Stage::Returned)));
}

/// Reads the unit of a row, by code, by name, or by both where they agree.
#[derive(Default)]
pub(super) struct UnitReader {
    known: Memo<UnitId>,
    /// What the row before gave, which most rows give again.
    before: Option<Given>,
}

/// A code, a name and a day, and the unit for which they stand.
struct Given {
    code: String,
    name: String,
    day: NaiveDate,
    unit: UnitId,
}

impl UnitReader {
    /// Without a date nothing can be said about the unit.
    pub(super) fn read(
        &mut self,
        row: DataRow<'_>,
        day: Option<NaiveDate>,
        context: &Context<'_>,
        findings: &mut Findings,
    ) -> Option<UnitId> {
        let cells = (
            row.filled(Column::ProvinceCode),
            row.filled(Column::Province),
        );
        if cells.0.is_none() && cells.1.is_none() {
            let cell = row.cell(Column::Province);
            let cell = cell.or_else(|| row.cell(Column::ProvinceCode));
            required(cell, row.line(), findings);
            return None;
        }
        let day = day?;
        let [code, name] = [cells.0, cells.1].map(|cell| cell.map_or("", |cell| cell.value));
        if let Some(given) = &self.before
            && (given.day, &*given.code, &*given.name) == (day, code, name)
        {
            return Some(given.unit);
        }
        let typed = format!("{code}\n{name}\n{day}");
        let find = || check_unit(cells, day, context.vocabulary, findings);
        let unit = self.known.read(&typed, find)?;
        self.before = Some(Given {
            code: code.to_owned(),
            name: name.to_owned(),
            day,
            unit,
        });
        Some(unit)
    }
}
