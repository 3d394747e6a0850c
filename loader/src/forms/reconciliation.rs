//! The reconciliation form: one row is one batch, its six outcomes and its subjects.

use store::domain::{Count, Outcome, Outcomes, ReconciliationBatch, Text, Week};

use super::counts::{LONGEST_NAME, UnitReader};
use super::rows::{FormRows, ReadRow, unread};
use crate::column::Column;
use crate::finding::{Finding, Findings, Severity};
use crate::intake::Context;
use crate::receipt::NotChecked;
use crate::rule::Rule;
use crate::rules::reconciliation::{check_subjects, outcomes_do_not_add_up};
use crate::rules::sameness::check_duplicates;
use crate::rules::structure::sort_rows;
use crate::rules::values::{check_count, check_date, check_date_range, check_text, required};
use crate::rules::words::check_word;
use crate::sheet::{Cell, DataRow, Sheet};

/// Reads the batches of a reconciliation file.
pub(crate) fn read_reconciliation(
    sheet: Sheet<'_>,
    context: &Context<'_>,
    findings: &mut Findings,
    not_checked: &mut Vec<NotChecked>,
) -> (FormRows, u64) {
    let mut reader = BatchReader {
        context,
        units: UnitReader::default(),
    };
    let mut rows = Vec::new();
    let sorted = sort_rows(sheet, findings, |row, findings| {
        rows.extend(reader.read(row, findings));
    });
    let unread = unread(&sorted, &rows);
    not_checked.extend(NotChecked::broken_rows(&[Rule::DuplicateRow], unread));
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
    (FormRows::Reconciliation(rows), sorted.reports)
}

struct BatchReader<'a> {
    context: &'a Context<'a>,
    units: UnitReader,
}

impl<'a> BatchReader<'a> {
    fn read(
        &mut self,
        row: DataRow<'_>,
        findings: &mut Findings,
    ) -> Option<ReadRow<ReconciliationBatch>> {
        let vocabulary = self.context.vocabulary;
        let needed = |column, findings: &mut Findings| {
            let given = row.filled(column);
            if given.is_none() {
                required(row.cell(column), row.line(), findings);
            }
            given
        };
        let week = needed(Column::Week, findings).and_then(|cell| self.week(cell, findings));
        let day = week.map(|week| week.last_day());
        let unit = self.units.read(row, day, self.context, findings);
        let record_type = needed(Column::RecordType, findings)
            .and_then(|cell| check_word(cell, &vocabulary.record_types, findings));
        let stage = needed(Column::ComparedStage, findings)
            .and_then(|cell| check_word(cell, &vocabulary.compared_stages, findings));
        let rule_set = needed(Column::RuleSet, findings)
            .and_then(|cell| check_text(cell, LONGEST_NAME, findings));
        let population = row.filled(Column::PopulationAsOf);
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
            findings.push(row.mark(finding, Column::Subjects));
        }
        let outcomes = read_outcomes(row, (outcomes, subjects), findings);
        Some(ReadRow {
            place: row.place(),
            flawed: false,
            value: ReconciliationBatch {
                line: row.line(),
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

fn read_outcomes(
    row: DataRow<'_>,
    (counts, subjects): ([Option<Count>; 6], Option<Count>),
    findings: &mut Findings,
) -> Option<Outcomes> {
    let [Some(a), Some(b), Some(c), Some(d), Some(e), Some(f)] = counts else {
        return None;
    };
    match Outcomes::new([a, b, c, d, e, f], subjects?) {
        Ok(outcomes) => Some(outcomes),
        Err(wrong) => {
            findings.push(row.mark(outcomes_do_not_add_up(wrong), Column::Subjects));
            None
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
