//! The reconciliation form: one row is one batch, its six outcomes and its subjects.

use store::domain::{Count, Outcome, Outcomes, ReconciliationBatch, Text, Week};

use super::ReadRow;
use super::counts::{LONGEST_NAME, read_unit};
use crate::column::Column;
use crate::finding::{Finding, Findings, Severity};
use crate::intake::Context;
use crate::receipt::NotChecked;
use crate::rule::Rule;
use crate::rules::reconciliation::{check_subjects, outcomes_do_not_add_up};
use crate::rules::sameness::check_duplicates;
use crate::rules::structure::SortedRows;
use crate::rules::values::{check_count, check_date, check_date_range, check_text, required};
use crate::rules::words::check_word;
use crate::sheet::{Cell, Sheet};

/// Reads the batches of a reconciliation file.
pub(crate) fn read_reconciliation(
    sheet: Sheet<'_>,
    sorted: &SortedRows,
    context: &Context<'_>,
    findings: &mut Findings,
    not_checked: &mut Vec<NotChecked>,
) -> Vec<ReadRow<ReconciliationBatch>> {
    let reader = BatchReader { sheet, context };
    let mut rows = Vec::with_capacity(sorted.reports.len());
    for place in &sorted.reports {
        rows.extend(reader.read(*place, findings));
    }
    not_checked.extend(NotChecked::broken_rows(
        &[Rule::DuplicateRow],
        sorted.reports.len() - rows.len(),
    ));
    let key = |batch: &ReconciliationBatch| {
        let run = (batch.unit, batch.week, batch.record_type, batch.stage);
        (run, batch.rule_set.clone(), batch.population_as_of)
    };
    let what = Text::new(
        "tỉnh, tuần, loại việc, giai đoạn, bộ quy tắc và ngày dữ liệu dân cư",
        "province, week, record type, stage, rule set and population data date",
    );
    // Two runs of one week may be two districts; the same run sent twice would count its people twice.
    check_duplicates(&rows, key, (Severity::Query, &what), findings);
    rows
}

struct BatchReader<'a> {
    sheet: Sheet<'a>,
    context: &'a Context<'a>,
}

impl<'a> BatchReader<'a> {
    fn read(&self, place: usize, findings: &mut Findings) -> Option<ReadRow<ReconciliationBatch>> {
        let line = self.sheet.table.rows.get(place)?.line;
        let vocabulary = self.context.vocabulary;
        let needed = |column, findings: &mut Findings| {
            let cell = self.sheet.cell_of(place, column);
            let given = cell.filter(|cell: &Cell<'_>| !cell.is_blank());
            if given.is_none() {
                required(cell, line, findings);
            }
            given
        };
        let week = needed(Column::Week, findings).and_then(|cell| self.week(cell, findings));
        let day = week.map(|week| week.last_day());
        let unit = read_unit(self.sheet, place, day, self.context, findings);
        let record_type = needed(Column::RecordType, findings)
            .and_then(|cell| check_word(cell, &vocabulary.record_types, findings));
        let stage = needed(Column::ComparedStage, findings)
            .and_then(|cell| check_word(cell, &vocabulary.compared_stages, findings));
        let rule_set = needed(Column::RuleSet, findings)
            .and_then(|cell| check_text(cell, LONGEST_NAME, findings));
        let population = self.sheet.cell_of(place, Column::PopulationAsOf);
        let population = population.filter(|cell| !cell.is_blank());
        let population_as_of =
            population.map(|cell| check_date(cell, self.context.today, findings));
        let records = needed(Column::Records, findings).and_then(|cell| exact(cell, findings));
        let subjects = needed(Column::Subjects, findings).and_then(|cell| exact(cell, findings));
        let outcomes = Outcome::ALL.map(|outcome| {
            needed(Column::Outcome(outcome), findings).and_then(|cell| exact(cell, findings))
        });
        if let (Some(record_type), Some(records), Some(subjects)) = (record_type, records, subjects)
            && let Some(finding) = check_subjects(record_type, records, subjects)
        {
            self.push_at_subjects(place, finding, findings);
        }
        let outcomes = self.outcomes((place, outcomes, subjects), findings);
        Some(ReadRow {
            place,
            line,
            flawed: false,
            value: ReconciliationBatch {
                line,
                unit: unit?,
                week: week?,
                record_type: record_type?,
                stage: stage?,
                rule_set: rule_set?,
                population_as_of: population_as_of.unwrap_or(None),
                records: records?,
                outcomes: outcomes?,
            },
        })
    }

    fn outcomes(
        &self,
        (place, counts, subjects): (usize, [Option<Count>; 6], Option<Count>),
        findings: &mut Findings,
    ) -> Option<Outcomes> {
        let [Some(a), Some(b), Some(c), Some(d), Some(e), Some(f)] = counts else {
            return None;
        };
        match Outcomes::new([a, b, c, d, e, f], subjects?) {
            Ok(outcomes) => Some(outcomes),
            Err(wrong) => {
                self.push_at_subjects(place, outcomes_do_not_add_up(wrong), findings);
                None
            }
        }
    }

    fn push_at_subjects(&self, place: usize, finding: Finding, findings: &mut Findings) {
        findings.push(match self.sheet.cell_of(place, Column::Subjects) {
            Some(cell) => finding.at(cell),
            None => finding,
        });
    }

    /// An ISO week, such as `2025-W09`, that has begun.
    fn week(&self, cell: Cell<'_>, findings: &mut Findings) -> Option<Week> {
        let Some(week) = Week::parse(&cell.trimmed().to_uppercase()) else {
            let this_week = Week::containing(self.context.today);
            let finding = Finding::error(
                Rule::Date,
                Text::new("không đọc được tuần", "the week cannot be read"),
                Text::new(
                    format!("ghi năm và tuần theo ISO, ví dụ {this_week}"),
                    format!("write year and ISO week, for example {this_week}"),
                ),
            );
            findings.push(finding.at(cell));
            return None;
        };
        match check_date_range(week.first_day(), self.context.today) {
            None => Some(week),
            Some(finding) => {
                findings.push(finding.at(cell));
                None
            }
        }
    }
}

/// A count that is given exactly; outcomes must add up, so about-numbers and empty cells cannot be taken.
fn exact(cell: Cell<'_>, findings: &mut Findings) -> Option<Count> {
    let errors_before = findings.errors();
    let reported = check_count(cell, findings);
    match reported {
        Some(reported) if !reported.approximate => Some(reported.count),
        _ if findings.errors() > errors_before => None,
        _ => {
            let finding = Finding::error(
                Rule::Number,
                Text::new("cần số chính xác", "an exact number is needed"),
                Text::new(
                    "ghi số chính xác; nếu không có thì ghi 0",
                    "write the exact number; where there is none, write 0",
                ),
            );
            findings.push(finding.at(cell));
            None
        }
    }
}
