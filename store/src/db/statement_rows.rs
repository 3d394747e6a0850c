//! Rows of the statements of the two databases.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{count, line, record_type, unit_id, word};
use super::schema::{sync_exchanges, sync_statements};
use crate::StoreError;
use crate::domain::{Direction, Exchange, SyncStatement};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = sync_statements)]
pub(super) struct StatementRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    pub(super) line: i64,
    pub(super) unit_id: String,
    pub(super) record_type: i16,
    pub(super) as_of: NaiveDate,
    pub(super) registry_total: i64,
    pub(super) population_linked: i64,
    pub(super) in_transit: i64,
    pub(super) rejected: i64,
    pub(super) no_number_yet: i64,
    pub(super) died_or_left: i64,
    pub(super) registered_elsewhere: i64,
    pub(super) duplicate_in_registry: i64,
    pub(super) other_explained: i64,
    pub(super) unexplained: i64,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = sync_exchanges)]
pub(super) struct ExchangeRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    pub(super) line: i64,
    pub(super) direction: String,
    pub(super) sent: i64,
    pub(super) acknowledged: i64,
    pub(super) refused: i64,
    pub(super) pending: i64,
}

impl StatementRow {
    /// The statement without its messages, which are in a table of their own.
    pub(super) fn into_domain(self) -> Result<SyncStatement, StoreError> {
        Ok(SyncStatement {
            line: line(self.line),
            unit: unit_id(&self.unit_id)?,
            record_type: record_type(self.record_type)?,
            as_of: self.as_of,
            registry_total: count(self.registry_total)?,
            population_linked: count(self.population_linked)?,
            explained: [
                count(self.in_transit)?,
                count(self.rejected)?,
                count(self.no_number_yet)?,
                count(self.died_or_left)?,
                count(self.registered_elsewhere)?,
                count(self.duplicate_in_registry)?,
                count(self.other_explained)?,
            ],
            unexplained: self.unexplained,
            exchanges: BTreeMap::new(),
        })
    }
}

impl ExchangeRow {
    pub(super) fn into_domain(self) -> Result<(Direction, Exchange), StoreError> {
        let exchange = Exchange {
            sent: count(self.sent)?,
            acknowledged: count(self.acknowledged)?,
            refused: count(self.refused)?,
            pending: count(self.pending)?,
        };
        Ok((
            word("direction", &self.direction, Direction::from_key)?,
            exchange,
        ))
    }
}
