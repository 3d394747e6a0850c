//! The reconciliation ledger as known on a moment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::Store;
use super::batch_rows::{BatchRow, DuplicateRow, FieldRow};
use super::case_rows::{CohortRow, FlowRow};
use super::connection::AnyConnection;
use super::schema::{
    case_cohorts, case_flows, reconciliation_duplicates, reconciliation_fields, reconciliations,
    submissions, sync_exchanges, sync_statements,
};
use super::statement_rows::{ExchangeRow, StatementRow};
use super::withdrawals::withdrawn_on;
use crate::StoreError;
use crate::domain::{
    CaseAccount, Kept, ReconciliationBatch, ReconciliationLedger, SubmissionId, SyncStatement,
    UnitId,
};

/// A row of an entry by its submission and line.
type Place = (i64, i64);

/// Which rows are read: those of these units that were known on a moment, less those of withdrawn files.
struct Reading<'a> {
    units: Option<&'a [String]>,
    known_on: NaiveDateTime,
    withdrawn: BTreeSet<i64>,
}

macro_rules! rows_of {
    ($connection:expr, $reading:expr, $table:ident, $row:ty) => {{
        let mut query = $table::table
            .inner_join(submissions::table)
            .filter(submissions::recorded_at.le($reading.known_on))
            .select(<$row>::as_select())
            .into_boxed();
        if let Some(units) = $reading.units {
            query = query.filter($table::unit_id.eq_any(units));
        }
        let mut rows: Vec<$row> = query.load($connection)?;
        rows.retain(|row| !$reading.withdrawn.contains(&row.submission_id));
        rows
    }};
}

macro_rules! parts_of {
    ($connection:expr, $submissions:expr, $table:ident, $row:ty) => {{
        let query = $table::table.filter($table::submission_id.eq_any($submissions));
        let rows: Vec<$row> = query.select(<$row>::as_select()).load($connection)?;
        rows
    }};
}

impl Store {
    /// The ledger of some units, or of all, as known on a moment.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn reconciliation_ledger(
        &self,
        units: Option<&[UnitId]>,
        known_on: DateTime<Utc>,
    ) -> Result<ReconciliationLedger, StoreError> {
        let units: Option<Vec<String>> =
            units.map(|units| units.iter().map(UnitId::to_string).collect());
        self.read(|connection| {
            let reading = Reading {
                units: units.as_deref(),
                known_on: known_on.naive_utc(),
                withdrawn: withdrawn_on(connection, known_on.naive_utc())?,
            };
            Ok(ReconciliationLedger::new(
                batches(connection, &reading)?,
                cases(connection, &reading)?,
                statements(connection, &reading)?,
            ))
        })
    }
}

fn batches(
    connection: &mut AnyConnection,
    reading: &Reading<'_>,
) -> Result<Vec<Kept<ReconciliationBatch>>, StoreError> {
    let rows = rows_of!(connection, reading, reconciliations, BatchRow);
    let files = files_of(rows.iter().map(|row| row.submission_id));
    let fields = parts_of!(connection, &files, reconciliation_fields, FieldRow);
    let duplicates = parts_of!(connection, &files, reconciliation_duplicates, DuplicateRow);
    let mut kept: BTreeMap<Place, ReconciliationBatch> = BTreeMap::new();
    for row in rows {
        kept.insert((row.submission_id, row.line), row.into_domain()?);
    }
    for row in fields {
        if let Some(batch) = kept.get_mut(&(row.submission_id, row.line)) {
            let (field, counts) = row.into_domain()?;
            batch.fields.insert(field, counts);
        }
    }
    for row in duplicates {
        if let Some(batch) = kept.get_mut(&(row.submission_id, row.line)) {
            let (kind, found) = row.into_domain()?;
            batch.duplicates.insert(kind, found);
        }
    }
    Ok(in_order(kept, |batch| batch.week))
}

fn cases(
    connection: &mut AnyConnection,
    reading: &Reading<'_>,
) -> Result<Vec<Kept<CaseAccount>>, StoreError> {
    let mut kept: BTreeMap<Place, CaseAccount> = BTreeMap::new();
    for row in rows_of!(connection, reading, case_flows, FlowRow) {
        let place = (row.submission_id, row.line);
        let empty = row.account()?;
        row.add_to(kept.entry(place).or_insert(empty))?;
    }
    for row in rows_of!(connection, reading, case_cohorts, CohortRow) {
        let place = (row.submission_id, row.line);
        let empty = row.account()?;
        row.add_to(kept.entry(place).or_insert(empty))?;
    }
    Ok(in_order(kept, |account| account.week))
}

fn statements(
    connection: &mut AnyConnection,
    reading: &Reading<'_>,
) -> Result<Vec<Kept<SyncStatement>>, StoreError> {
    let rows = rows_of!(connection, reading, sync_statements, StatementRow);
    let files = files_of(rows.iter().map(|row| row.submission_id));
    let exchanges = parts_of!(connection, &files, sync_exchanges, ExchangeRow);
    let mut kept: BTreeMap<Place, SyncStatement> = BTreeMap::new();
    for row in rows {
        kept.insert((row.submission_id, row.line), row.into_domain()?);
    }
    for row in exchanges {
        if let Some(statement) = kept.get_mut(&(row.submission_id, row.line)) {
            let (direction, exchange) = row.into_domain()?;
            statement.exchanges.insert(direction, exchange);
        }
    }
    Ok(in_order(kept, |statement| statement.as_of))
}

macro_rules! in_each_table {
    ($table:ident => $query:expr) => {
        [
            {
                use super::schema::reconciliations as $table;
                $query
            },
            {
                use super::schema::case_flows as $table;
                $query
            },
            {
                use super::schema::case_cohorts as $table;
                $query
            },
            {
                use super::schema::sync_statements as $table;
                $query
            },
        ]
    };
}

/// The files that tell of a unit's reconciliation.
pub(super) fn files_about(
    connection: &mut AnyConnection,
    unit: UnitId,
) -> Result<BTreeSet<i64>, StoreError> {
    let unit = unit.to_string();
    let files: [Vec<i64>; 4] = in_each_table!(table => {
        let own = table::table.filter(table::unit_id.eq(&unit));
        own.select(table::submission_id).distinct().load(connection)?
    });
    Ok(files.into_iter().flatten().collect())
}

/// The units of whose reconciliation some files tell, in order.
pub(super) fn units_compared(
    connection: &mut AnyConnection,
    files: &[i64],
) -> Result<BTreeSet<(i64, String)>, StoreError> {
    let found: [Vec<(i64, String)>; 4] = in_each_table!(table => {
        let own = table::table.filter(table::submission_id.eq_any(files));
        own.select((table::submission_id, table::unit_id)).distinct().load(connection)?
    });
    Ok(found.into_iter().flatten().collect())
}

fn files_of(submissions: impl Iterator<Item = i64>) -> Vec<i64> {
    submissions.collect::<BTreeSet<i64>>().into_iter().collect()
}

/// The entries in order of a time, then as recorded.
fn in_order<T, K: Ord>(kept: BTreeMap<Place, T>, time: impl Fn(&T) -> K) -> Vec<Kept<T>> {
    let kept = kept.into_iter().map(|((submission, _), entry)| Kept {
        submission: SubmissionId(submission),
        replaced_by: None,
        entry,
    });
    let mut kept: Vec<Kept<T>> = kept.collect();
    kept.sort_by_key(|kept| time(&kept.entry));
    kept
}
