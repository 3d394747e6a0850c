//! Rows of the audit tables and their conversion to and from domain types.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{self, corrupt, count, word};
use super::schema::{audit_lots, audit_results, audit_seeds};
use crate::StoreError;
use crate::domain::{
    AuditBasis, AuditDecision, AuditLot, AuditPlan, AuditResult, AuditSeed, Count, Digest,
    FrozenLot,
};

/// A frozen lot.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = audit_lots, treat_none_as_default_value = false)]
pub(super) struct LotRow {
    #[serde(skip)]
    pub(super) id: i64,
    unit_id: String,
    record_type: i16,
    period_from: Option<i16>,
    period_to: Option<i16>,
    contractor: String,
    against: String,
    list_sha256: String,
    entries: i64,
    acceptable_permille: i64,
    limiting_permille: i64,
    tightened: bool,
    size: i64,
    acceptance: i64,
    again: Option<i64>,
    rejected_before: i64,
    frozen_by: String,
    #[serde(skip)]
    pub(super) recorded_at: NaiveDateTime,
}

/// The seed of a lot.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = audit_seeds)]
pub(super) struct SeedRow {
    #[serde(skip)]
    pub(super) id: i64,
    pub(super) lot_id: i64,
    random: String,
    seed: String,
    #[serde(skip)]
    pub(super) recorded_at: NaiveDateTime,
}

/// What looking at a sample gave. The lot's own figures stand beside it so that the database can check the rules.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = audit_results)]
pub(super) struct ResultRow {
    #[serde(skip)]
    pub(super) id: i64,
    pub(super) lot_id: i64,
    contractor: String,
    size: i64,
    acceptance: i64,
    rejected_before: i64,
    critical: i64,
    major: i64,
    minor: i64,
    defective: i64,
    unreadable: i64,
    accepted: bool,
    recheck_all: bool,
    inspector: String,
    #[serde(skip)]
    pub(super) recorded_at: NaiveDateTime,
}

impl LotRow {
    pub(super) fn new(lot: &FrozenLot, rejected_before: Count, by: &str) -> Self {
        let year = |year: u16| i16::try_from(year).unwrap_or(i16::MAX);
        Self {
            id: 0,
            unit_id: lot.unit.to_string(),
            record_type: lot.record_type.code(),
            period_from: lot.period.map(|(from, _)| year(from)),
            period_to: lot.period.map(|(_, to)| year(to)),
            contractor: lot.contractor.clone(),
            against: lot.against.key().to_owned(),
            list_sha256: lot.list_sha256.to_string(),
            entries: lot.entries.to_i64(),
            acceptable_permille: lot.plan.acceptable_permille.into(),
            limiting_permille: lot.plan.limiting_permille.into(),
            tightened: lot.plan.tightened,
            size: lot.plan.size.to_i64(),
            acceptance: lot.plan.acceptance.to_i64(),
            again: lot.again,
            rejected_before: rejected_before.to_i64(),
            frozen_by: by.to_owned(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    pub(super) fn into_domain(
        self,
        seal: &str,
        seed: Option<SeedRow>,
        result: Option<ResultRow>,
    ) -> Result<AuditLot, StoreError> {
        let year = |year: i16| {
            u16::try_from(year)
                .ok()
                .ok_or_else(|| corrupt("period", year))
        };
        let permille = |value: i64| {
            u32::try_from(value)
                .ok()
                .ok_or_else(|| corrupt("permille", value))
        };
        let period = match (self.period_from, self.period_to) {
            (Some(from), Some(to)) => Some((year(from)?, year(to)?)),
            _ => None,
        };
        Ok(AuditLot {
            number: self.id,
            frozen_at: self.recorded_at.and_utc(),
            seal: digest("sha256", seal)?,
            frozen: FrozenLot {
                unit: rows::unit_id(&self.unit_id)?,
                record_type: rows::record_type(self.record_type)?,
                period,
                contractor: self.contractor,
                against: word("against", &self.against, AuditBasis::from_key)?,
                list_sha256: digest("list_sha256", &self.list_sha256)?,
                entries: count(self.entries)?,
                plan: AuditPlan {
                    acceptable_permille: permille(self.acceptable_permille)?,
                    limiting_permille: permille(self.limiting_permille)?,
                    tightened: self.tightened,
                    size: count(self.size)?,
                    acceptance: count(self.acceptance)?,
                },
                again: self.again,
            },
            rejected_before: count(self.rejected_before)?,
            seed: seed.map(SeedRow::into_domain).transpose()?,
            decision: result.map(ResultRow::into_domain).transpose()?,
        })
    }
}

impl SeedRow {
    pub(super) fn new(lot: i64, random: Digest, seed: Digest) -> Self {
        Self {
            id: 0,
            lot_id: lot,
            random: random.to_string(),
            seed: seed.to_string(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    pub(super) fn into_domain(self) -> Result<AuditSeed, StoreError> {
        Ok(AuditSeed {
            number: self.id,
            issued_at: self.recorded_at.and_utc(),
            random: digest("random", &self.random)?,
            seed: digest("seed", &self.seed)?,
        })
    }
}

impl ResultRow {
    pub(super) fn new(lot: &AuditLot, result: &AuditResult) -> Self {
        Self {
            id: 0,
            lot_id: lot.number,
            contractor: lot.frozen.contractor.clone(),
            size: lot.frozen.plan.size.to_i64(),
            acceptance: lot.frozen.plan.acceptance.to_i64(),
            rejected_before: lot.rejected_before.to_i64(),
            critical: result.critical.to_i64(),
            major: result.major.to_i64(),
            minor: result.minor.to_i64(),
            defective: result.defective.to_i64(),
            unreadable: result.unreadable.to_i64(),
            accepted: result.accepted,
            recheck_all: result.recheck_all,
            inspector: result.inspector.clone(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    pub(super) fn into_domain(self) -> Result<AuditDecision, StoreError> {
        Ok(AuditDecision {
            number: self.id,
            decided_at: self.recorded_at.and_utc(),
            result: AuditResult {
                critical: count(self.critical)?,
                major: count(self.major)?,
                minor: count(self.minor)?,
                defective: count(self.defective)?,
                unreadable: count(self.unreadable)?,
                accepted: self.accepted,
                recheck_all: self.recheck_all,
                inspector: self.inspector,
            },
        })
    }
}

fn digest(column: &str, text: &str) -> Result<Digest, StoreError> {
    word(column, text, Digest::parse)
}
