//! Rows of the weekly accounts of open differences.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{count, line, record_type, unit_id, word};
use super::schema::{case_cohorts, case_flows};
use crate::StoreError;
use crate::domain::{CaseAccount, Move, Owner, Resolution, Week};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = case_flows)]
pub(super) struct FlowRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    pub(super) line: i64,
    pub(super) unit_id: String,
    pub(super) record_type: i16,
    pub(super) week_of: NaiveDate,
    pub(super) owner: String,
    pub(super) kind: String,
    pub(super) resolution: String,
    pub(super) n: i64,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = case_cohorts)]
pub(super) struct CohortRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    pub(super) line: i64,
    pub(super) unit_id: String,
    pub(super) record_type: i16,
    pub(super) week_of: NaiveDate,
    pub(super) owner: String,
    pub(super) opened_in: NaiveDate,
    pub(super) n: i64,
}

impl FlowRow {
    /// The account it belongs to, still empty.
    pub(super) fn account(&self) -> Result<CaseAccount, StoreError> {
        empty_account((self.line, &self.unit_id, self.record_type, self.week_of))
    }

    pub(super) fn add_to(self, account: &mut CaseAccount) -> Result<(), StoreError> {
        let owner = word("owner", &self.owner, Owner::from_key)?;
        let kind = word("move", &self.kind, Move::from_key)?;
        let resolution = match self.resolution.as_str() {
            "-" => None,
            code => Some(word("resolution", code, Resolution::from_key)?),
        };
        account
            .flows
            .insert((owner, kind, resolution), count(self.n)?);
        Ok(())
    }
}

impl CohortRow {
    /// The account it belongs to, still empty.
    pub(super) fn account(&self) -> Result<CaseAccount, StoreError> {
        empty_account((self.line, &self.unit_id, self.record_type, self.week_of))
    }

    pub(super) fn add_to(self, account: &mut CaseAccount) -> Result<(), StoreError> {
        let owner = word("owner", &self.owner, Owner::from_key)?;
        let opened = Week::containing(self.opened_in);
        account.open.insert((owner, opened), count(self.n)?);
        Ok(())
    }
}

fn empty_account(
    (stored, unit, kind, week_of): (i64, &str, i16, NaiveDate),
) -> Result<CaseAccount, StoreError> {
    Ok(CaseAccount {
        line: line(stored),
        unit: unit_id(unit)?,
        record_type: record_type(kind)?,
        week: Week::containing(week_of),
        flows: BTreeMap::new(),
        open: BTreeMap::new(),
    })
}
