//! The counts form: one row is one unit, date, record type, route and count unit.

use chrono::NaiveDate;
use store::domain::{CountRow, CountUnit, RecordType, Route, Stage, StageCounts, Text, UnitId};

use super::ReadRow;
use crate::column::Column;
use crate::finding::{Finding, Findings, Severity};
use crate::intake::Context;
use crate::receipt::NotChecked;
use crate::rule::Rule;
use crate::rules::checks::check_columns;
use crate::rules::date_order::check_date_order;
use crate::rules::round_numbers::check_round_numbers;
use crate::rules::sameness::check_duplicates;
use crate::rules::stage_order::check_stage_order;
use crate::rules::structure::SortedRows;
use crate::rules::sums::{check_sums, check_total_row};
use crate::rules::units::check_unit;
use crate::rules::values::{check_count, check_date, check_text, required};
use crate::rules::words::check_word;
use crate::sheet::{Cell, Sheet};
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

/// Of these, the rules that need every figure of a row, and cannot do with one that has an error in it.
const WHOLE_ROW_RULES: [Rule; 5] = [
    Rule::Sums,
    Rule::TotalRowSum,
    Rule::SameAsBefore,
    Rule::Repeated,
    Rule::RenamedWeek,
];

/// Reads the rows of a counts file and checks them one by one, then together.
pub(crate) fn read_counts(
    sheet: Sheet<'_>,
    sorted: &SortedRows,
    context: &Context<'_>,
    findings: &mut Findings,
    not_checked: &mut Vec<NotChecked>,
) -> Vec<ReadRow<CountRow>> {
    let reader = RowReader { sheet, context };
    let mut rows = Vec::with_capacity(sorted.reports.len());
    for place in &sorted.reports {
        rows.extend(reader.read(*place, findings));
    }
    let unread = sorted.reports.len() - rows.len();
    let flawed = rows.iter().filter(|row| row.flawed).count();
    not_checked.extend(NotChecked::broken_rows(&COMPARING_RULES, unread));
    not_checked.extend(NotChecked::broken_rows(&WHOLE_ROW_RULES, flawed));
    let key = |row: &CountRow| {
        let place = (row.unit, row.sub_unit.clone(), row.as_of);
        (place, row.record_type, row.route, row.count_unit)
    };
    let what = Text::new(
        "tỉnh, đơn vị, ngày, loại việc, cách làm và đơn vị tính",
        "province, sub-unit, date, record type, route and count unit",
    );
    let twice = check_duplicates(&rows, key, (Severity::Error, &what), findings);
    if twice {
        not_checked.push(NotChecked::sums_of_duplicates());
    } else {
        check_sums(sheet, &rows, findings);
    }
    check_round_numbers(&rows, findings);
    check_date_order(sheet, &rows, context.today, findings);
    if unread == 0 {
        for place in &sorted.totals {
            check_total_row(sheet, *place, &rows, findings);
        }
    }
    rows
}

struct RowReader<'a> {
    sheet: Sheet<'a>,
    context: &'a Context<'a>,
}

impl<'a> RowReader<'a> {
    /// Reads a row; `None` where it is not clear what its figures are about. Its figures are checked all the same.
    fn read(&self, place: usize, findings: &mut Findings) -> Option<ReadRow<CountRow>> {
        let row = self.sheet.table.rows.get(place)?;
        let errors_before = findings.errors();
        let as_of = self.read_date(place, row.line, findings);
        let unit = read_unit(self.sheet, place, as_of, self.context, findings);
        let vocabulary = self.context.vocabulary;
        let record_type = self.word(
            (place, Column::RecordType),
            &vocabulary.record_types,
            RecordType::All,
            findings,
        );
        let route = self.word(
            (place, Column::Route),
            &vocabulary.routes,
            Route::All,
            findings,
        );
        let count_unit = self.word(
            (place, Column::CountUnit),
            &vocabulary.count_units,
            CountUnit::Record,
            findings,
        );
        let counts = self.read_stages(place, findings);
        let text = |column, longest, findings: &mut Findings| {
            let cell = self.sheet.cell_of(place, column)?;
            check_text(cell, longest, findings)
        };
        let sub_unit = text(Column::SubUnit, LONGEST_NAME, findings);
        let note = text(Column::Note, LONGEST_NOTE, findings);
        let difficulty = text(Column::Difficulty, LONGEST_NOTE, findings);
        check_stage_order(self.sheet, place, &counts, findings);
        check_columns(self.sheet, place, &counts, findings);
        self.check_returned(place, route, &counts, findings);
        let value = CountRow {
            line: row.line,
            unit: unit?,
            sub_unit: sub_unit.map(|name| crate::fold::tidy(&name)),
            as_of: as_of?,
            record_type: record_type?,
            route: route?,
            count_unit: count_unit?,
            counts,
            note,
            difficulty,
        };
        Some(ReadRow {
            place,
            line: row.line,
            flawed: findings.errors() > errors_before,
            value,
        })
    }

    fn read_date(&self, place: usize, line: u64, findings: &mut Findings) -> Option<NaiveDate> {
        let cell = self.sheet.cell_of(place, Column::AsOf);
        match cell.filter(|cell| !cell.is_blank()) {
            Some(cell) => check_date(cell, self.context.today, findings),
            None => {
                required(cell, line, findings);
                None
            }
        }
    }

    /// A word of a closed list; the absent word means that the figures are not split, or the usual count unit.
    fn word<T: Copy + Ord>(
        &self,
        (place, column): (usize, Column),
        words: &Words<T>,
        absent: T,
        findings: &mut Findings,
    ) -> Option<T> {
        match self.sheet.cell_of(place, column) {
            Some(cell) if !cell.is_blank() => check_word(cell, words, findings),
            _ => Some(absent),
        }
    }

    fn read_stages(&self, place: usize, findings: &mut Findings) -> StageCounts {
        let mut counts = StageCounts::default();
        for stage in Stage::ALL {
            if let Some(cell) = self.sheet.cell_of(place, Column::Stage(stage)) {
                counts.set(stage, check_count(cell, findings));
            }
        }
        counts
    }

    /// Only data typed on the population database is handed back by its owner; from the books nothing is returned.
    fn check_returned(
        &self,
        place: usize,
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
        let cell = self.sheet.cell_of(place, Column::Stage(Stage::Returned));
        if let Some(cell) = cell {
            findings.push(finding.at(cell));
        }
    }
}

/// The unit of a row, by code, by name, or by both where they agree. Without a date nothing can be said about it.
pub(super) fn read_unit(
    sheet: Sheet<'_>,
    place: usize,
    day: Option<NaiveDate>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<UnitId> {
    let cell = |column| sheet.cell_of(place, column);
    let given = |cell: Option<Cell<'_>>| cell.is_some_and(|cell| !cell.is_blank());
    let (code, name) = (cell(Column::ProvinceCode), cell(Column::Province));
    if !given(code) && !given(name) {
        let line = sheet.table.rows.get(place).map_or(0, |row| row.line);
        required(name.or(code), line, findings);
        return None;
    }
    let code = code.filter(|cell| !cell.is_blank());
    let name = name.filter(|cell| !cell.is_blank());
    check_unit((code, name), day?, context.vocabulary, findings)
}
