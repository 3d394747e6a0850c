//! Rows of comparison runs, their fields and duplicates.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{corrupt, count, line, record_type, stored_line, unit_id, word};
use super::schema::{reconciliation_duplicates, reconciliation_fields, reconciliations};
use crate::StoreError;
use crate::domain::{
    Digest, DuplicateKind, Duplicates, Field, FieldCounts, Method, Outcome, Outcomes,
    PersonalNumbers, ReconciliationBatch, ReconciliationStage, Run, Week, Worklist,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = reconciliations, treat_none_as_default_value = false)]
pub(super) struct BatchRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    pub(super) line: i64,
    pub(super) unit_id: String,
    pub(super) week_of: NaiveDate,
    pub(super) record_type: i16,
    pub(super) stage: String,
    pub(super) rule_set: String,
    pub(super) population_as_of: Option<NaiveDate>,
    pub(super) records: i64,
    pub(super) subjects: i64,
    pub(super) same: i64,
    pub(super) same_variant: i64,
    pub(super) differs: i64,
    pub(super) unsure: i64,
    pub(super) not_found: i64,
    pub(super) not_compared: i64,
    /// Left out of the digest where nothing of it is told, so that batches recorded before it was asked for keep theirs.
    #[diesel(embed)]
    #[serde(skip_serializing_if = "RunColumns::is_absent")]
    pub(super) run: RunColumns,
}

#[derive(Clone, Debug, Default, PartialEq, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = reconciliations, treat_none_as_default_value = false)]
pub(super) struct RunColumns {
    note: Option<String>,
    method: Option<String>,
    tool: Option<String>,
    cutoff_permille: Option<i16>,
    period_from: Option<i16>,
    period_to: Option<i16>,
    registry_as_of: Option<NaiveDate>,
    first_time: Option<i64>,
    again: Option<i64>,
    id_before: Option<i64>,
    id_added: Option<i64>,
    id_changed: Option<i64>,
    id_removed: Option<i64>,
    id_inconsistent: Option<i64>,
    worklist_sha256: Option<String>,
    worklist_rows: Option<i64>,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = reconciliation_fields)]
pub(super) struct FieldRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    pub(super) line: i64,
    pub(super) field: String,
    pub(super) equal: i64,
    pub(super) variant: i64,
    pub(super) contradiction: i64,
    pub(super) only_registry: i64,
    pub(super) only_population: i64,
    pub(super) neither: i64,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = reconciliation_duplicates)]
pub(super) struct DuplicateRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    pub(super) line: i64,
    pub(super) kind: String,
    pub(super) groups: i64,
    pub(super) records: i64,
}

impl BatchRow {
    pub(super) fn new(batch: &ReconciliationBatch) -> Self {
        let outcome = |outcome| batch.outcomes.get(outcome).to_i64();
        Self {
            submission_id: 0,
            line: stored_line(batch.line),
            unit_id: batch.unit.to_string(),
            week_of: batch.week.first_day(),
            record_type: batch.record_type.code(),
            stage: batch.stage.key().to_owned(),
            rule_set: batch.rule_set.clone(),
            population_as_of: batch.population_as_of,
            records: batch.records.to_i64(),
            subjects: batch.subjects.to_i64(),
            same: outcome(Outcome::Same),
            same_variant: outcome(Outcome::SameVariant),
            differs: outcome(Outcome::Differs),
            unsure: outcome(Outcome::Unsure),
            not_found: outcome(Outcome::NotFound),
            not_compared: outcome(Outcome::NotCompared),
            run: RunColumns::new(batch),
        }
    }

    /// The batch without its fields and duplicates, which are in tables of their own.
    pub(super) fn into_domain(self) -> Result<ReconciliationBatch, StoreError> {
        let counts = [
            count(self.same)?,
            count(self.same_variant)?,
            count(self.differs)?,
            count(self.unsure)?,
            count(self.not_found)?,
            count(self.not_compared)?,
        ];
        let year = |year: i16| {
            u16::try_from(year)
                .ok()
                .ok_or_else(|| corrupt("period", year))
        };
        let period = match (self.run.period_from, self.run.period_to) {
            (Some(from), Some(to)) => Some((year(from)?, year(to)?)),
            _ => None,
        };
        Ok(ReconciliationBatch {
            line: line(self.line),
            unit: unit_id(&self.unit_id)?,
            week: Week::containing(self.week_of),
            record_type: record_type(self.record_type)?,
            period,
            stage: word("stage", &self.stage, ReconciliationStage::from_key)?,
            rule_set: self.rule_set,
            population_as_of: self.population_as_of,
            records: count(self.records)?,
            subjects: count(self.subjects)?,
            outcomes: Outcomes::new(counts),
            note: self.run.note.clone(),
            run: self.run.into_domain()?,
            fields: BTreeMap::new(),
            duplicates: BTreeMap::new(),
        })
    }
}

impl RunColumns {
    fn is_absent(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn new(batch: &ReconciliationBatch) -> Self {
        let year = |year: u16| i16::try_from(year).unwrap_or(i16::MAX);
        let mut columns = Self {
            note: batch.note.clone(),
            period_from: batch.period.map(|(from, _)| year(from)),
            period_to: batch.period.map(|(_, to)| year(to)),
            ..Self::default()
        };
        if let Some(run) = &batch.run {
            let numbers = run.numbers;
            let cutoff = run.cutoff_permille;
            columns.method = Some(run.method.key().to_owned());
            columns.tool.clone_from(&run.tool);
            columns.cutoff_permille = cutoff.map(|cutoff| i16::try_from(cutoff).unwrap_or(1000));
            columns.registry_as_of = Some(run.registry_as_of);
            columns.first_time = Some(run.first.to_i64());
            columns.again = Some(run.again.to_i64());
            columns.id_before = Some(numbers.before.to_i64());
            columns.id_added = Some(numbers.added.to_i64());
            columns.id_changed = Some(numbers.changed.to_i64());
            columns.id_removed = Some(numbers.removed.to_i64());
            columns.id_inconsistent = Some(numbers.inconsistent.to_i64());
            columns.worklist_sha256 = run.worklist.map(|list| list.sha256.to_string());
            columns.worklist_rows = run.worklist.map(|list| list.rows.to_i64());
        }
        columns
    }

    fn into_domain(self) -> Result<Option<Run>, StoreError> {
        let Some(method) = self.method else {
            return Ok(None);
        };
        let told = |column: &str, value: Option<i64>| {
            count(value.ok_or_else(|| corrupt(column, "absent"))?)
        };
        let worklist = match (self.worklist_sha256, self.worklist_rows) {
            (Some(sha256), Some(rows)) => Some(Worklist {
                sha256: word("worklist_sha256", &sha256, Digest::parse)?,
                rows: count(rows)?,
            }),
            _ => None,
        };
        Ok(Some(Run {
            method: word("method", &method, Method::from_key)?,
            tool: self.tool,
            cutoff_permille: self.cutoff_permille.map(i16::unsigned_abs),
            registry_as_of: self
                .registry_as_of
                .ok_or_else(|| corrupt("registry_as_of", "absent"))?,
            first: told("first_time", self.first_time)?,
            again: told("again", self.again)?,
            numbers: PersonalNumbers {
                before: told("id_before", self.id_before)?,
                added: told("id_added", self.id_added)?,
                changed: told("id_changed", self.id_changed)?,
                removed: told("id_removed", self.id_removed)?,
                inconsistent: told("id_inconsistent", self.id_inconsistent)?,
            },
            worklist,
        }))
    }
}

impl FieldRow {
    pub(super) fn into_domain(self) -> Result<(Field, FieldCounts), StoreError> {
        let counts = [
            count(self.equal)?,
            count(self.variant)?,
            count(self.contradiction)?,
            count(self.only_registry)?,
            count(self.only_population)?,
            count(self.neither)?,
        ];
        let field = word("field", &self.field, Field::from_key)?;
        Ok((field, FieldCounts::new(counts)))
    }
}

impl DuplicateRow {
    pub(super) fn into_domain(self) -> Result<(DuplicateKind, Duplicates), StoreError> {
        let found = Duplicates {
            groups: count(self.groups)?,
            records: count(self.records)?,
        };
        Ok((word("kind", &self.kind, DuplicateKind::from_key)?, found))
    }
}
