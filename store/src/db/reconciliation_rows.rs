//! The rows of a reconciliation file: seven tables that are written, read and sealed together.

use diesel::prelude::*;

use super::batch_rows::{BatchRow, DuplicateRow, FieldRow};
use super::case_rows::{CohortRow, FlowRow};
use super::connection::AnyConnection;
use super::rows::{stored_line, unwritable, write_rows};
use super::schema::{
    case_cohorts, case_flows, reconciliation_duplicates, reconciliation_fields, reconciliations,
    sync_exchanges, sync_statements,
};
use super::statement_rows::{ExchangeRow, StatementRow};
use crate::StoreError;
use crate::domain::{
    CaseAccount, Digest, Explained, FieldClass, ReconciliationBatch, ReconciliationEntry,
    Resolution, SyncStatement,
};

/// The rows of the seven tables that a reconciliation file fills.
#[derive(Clone, Debug, Default)]
pub(super) struct ReconciliationRows {
    pub(super) batches: Vec<BatchRow>,
    pub(super) fields: Vec<FieldRow>,
    pub(super) duplicates: Vec<DuplicateRow>,
    pub(super) flows: Vec<FlowRow>,
    pub(super) cohorts: Vec<CohortRow>,
    pub(super) statements: Vec<StatementRow>,
    pub(super) exchanges: Vec<ExchangeRow>,
}

macro_rules! for_each_table {
    ($rows:expr, $each:ident => $body:expr) => {
        for $each in &mut $rows.batches {
            $body
        }
        for $each in &mut $rows.fields {
            $body
        }
        for $each in &mut $rows.duplicates {
            $body
        }
        for $each in &mut $rows.flows {
            $body
        }
        for $each in &mut $rows.cohorts {
            $body
        }
        for $each in &mut $rows.statements {
            $body
        }
        for $each in &mut $rows.exchanges {
            $body
        }
    };
}

impl ReconciliationRows {
    pub(super) fn new(id: i64, entries: &[ReconciliationEntry]) -> Self {
        let mut rows = Self::default();
        for entry in entries {
            match entry {
                ReconciliationEntry::Batch(batch) => rows.push_batch(batch),
                ReconciliationEntry::Cases(cases) => rows.push_cases(cases),
                ReconciliationEntry::Statement(statement) => rows.push_statement(statement),
            }
        }
        rows.number(id);
        rows
    }

    /// Gives every row the number of its submission.
    pub(super) fn number(&mut self, id: i64) {
        for_each_table!(self, row => row.submission_id = id);
    }

    /// The digest of a text and of every row.
    pub(super) fn digest(&self, text: &str) -> Result<Digest, StoreError> {
        Digest::of_written(|digest| {
            digest.write_all(text.as_bytes()).map_err(unwritable)?;
            write_rows(digest, &self.batches)?;
            write_rows(digest, &self.fields)?;
            write_rows(digest, &self.duplicates)?;
            write_rows(digest, &self.flows)?;
            write_rows(digest, &self.cohorts)?;
            write_rows(digest, &self.statements)?;
            write_rows(digest, &self.exchanges)
        })
    }

    /// The rows of one submission as they are kept, in the order they were written.
    pub(super) fn stored(connection: &mut AnyConnection, id: i64) -> Result<Self, StoreError> {
        macro_rules! own {
            ($table:ident, $row:ty, $($then:ident),*) => {
                $table::table
                    .filter($table::submission_id.eq(id))
                    .order(($table::line, $($table::$then),*))
                    .select(<$row>::as_select())
                    .load(connection)?
            };
        }
        Ok(Self {
            batches: own!(reconciliations, BatchRow,),
            fields: own!(reconciliation_fields, FieldRow, field),
            duplicates: own!(reconciliation_duplicates, DuplicateRow, kind),
            flows: own!(case_flows, FlowRow, owner, kind, resolution),
            cohorts: own!(case_cohorts, CohortRow, owner, opened_in),
            statements: own!(sync_statements, StatementRow,),
            exchanges: own!(sync_exchanges, ExchangeRow, direction),
        })
    }

    fn push_batch(&mut self, batch: &ReconciliationBatch) {
        self.batches.push(BatchRow::new(batch));
        let line = stored_line(batch.line);
        let fields = batch.fields.iter().map(|(field, counts)| {
            let n = |class| counts.get(class).to_i64();
            FieldRow {
                submission_id: 0,
                line,
                field: field.key().to_owned(),
                equal: n(FieldClass::Equal),
                variant: n(FieldClass::Variant),
                contradiction: n(FieldClass::Contradiction),
                only_registry: n(FieldClass::OnlyRegistry),
                only_population: n(FieldClass::OnlyPopulation),
                neither: n(FieldClass::Neither),
            }
        });
        let mut fields: Vec<FieldRow> = fields.collect();
        // As the database gives them back, for the digest is of the rows in this order.
        fields.sort_by(|one, other| one.field.cmp(&other.field));
        self.fields.extend(fields);
        let duplicates = batch.duplicates.iter().map(|(kind, found)| DuplicateRow {
            submission_id: 0,
            line,
            kind: kind.key().to_owned(),
            groups: found.groups.to_i64(),
            records: found.records.to_i64(),
        });
        let mut duplicates: Vec<DuplicateRow> = duplicates.collect();
        duplicates.sort_by(|one, other| one.kind.cmp(&other.kind));
        self.duplicates.extend(duplicates);
    }

    fn push_cases(&mut self, account: &CaseAccount) {
        let line = stored_line(account.line);
        let unit = account.unit.to_string();
        let week_of = account.week.first_day();
        let record_type = account.record_type.code();
        let flows = account.flows.iter();
        let flows = flows.map(|((owner, kind, resolution), n)| FlowRow {
            submission_id: 0,
            line,
            unit_id: unit.clone(),
            record_type,
            week_of,
            owner: owner.key().to_owned(),
            kind: kind.key().to_owned(),
            resolution: resolution.map_or("-", Resolution::key).to_owned(),
            n: n.to_i64(),
        });
        let mut flows: Vec<FlowRow> = flows.collect();
        flows.sort_by(|one, other| {
            let key = |row: &FlowRow| (row.owner.clone(), row.kind.clone(), row.resolution.clone());
            key(one).cmp(&key(other))
        });
        self.flows.extend(flows);
        let cohorts = account.open.iter().map(|((owner, opened), n)| CohortRow {
            submission_id: 0,
            line,
            unit_id: unit.clone(),
            record_type,
            week_of,
            owner: owner.key().to_owned(),
            opened_in: opened.first_day(),
            n: n.to_i64(),
        });
        let mut cohorts: Vec<CohortRow> = cohorts.collect();
        cohorts.sort_by(|one, other| {
            (&one.owner, one.opened_in).cmp(&(&other.owner, other.opened_in))
        });
        self.cohorts.extend(cohorts);
    }

    fn push_statement(&mut self, statement: &SyncStatement) {
        let line = stored_line(statement.line);
        let n = |part| statement.explained_by(part).to_i64();
        self.statements.push(StatementRow {
            submission_id: 0,
            line,
            unit_id: statement.unit.to_string(),
            record_type: statement.record_type.code(),
            as_of: statement.as_of,
            registry_total: statement.registry_total.to_i64(),
            population_linked: statement.population_linked.to_i64(),
            in_transit: n(Explained::InTransit),
            rejected: n(Explained::Rejected),
            no_number_yet: n(Explained::NoNumberYet),
            died_or_left: n(Explained::DiedOrLeft),
            registered_elsewhere: n(Explained::RegisteredElsewhere),
            duplicate_in_registry: n(Explained::DuplicateInRegistry),
            other_explained: n(Explained::Other),
            unexplained: statement.unexplained,
        });
        let exchanges = statement.exchanges.iter().rev();
        // `dc_ht` comes before `ht_dc`, as the database gives them back.
        self.exchanges
            .extend(exchanges.map(|(direction, exchange)| ExchangeRow {
                submission_id: 0,
                line,
                direction: direction.key().to_owned(),
                sent: exchange.sent.to_i64(),
                acknowledged: exchange.acknowledged.to_i64(),
                refused: exchange.refused.to_i64(),
                pending: exchange.pending.to_i64(),
            }));
    }
}
