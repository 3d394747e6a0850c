//! The audited lots with their intervals, and each contractor's history.

use std::collections::BTreeMap;

use store::domain::{AuditLot, AuditResult, Count};

use super::inspection::{Inspection, InspectionLevel};
use crate::reconciliation::{Interval, wilson};

/// How far the audit of a lot has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LotState {
    /// The list is frozen and the seed is not issued.
    Frozen,
    /// The seed is issued and no result is recorded.
    Drawn,
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
}

/// A lot with what its sample says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditedLot {
    /// The lot.
    pub lot: AuditLot,
    /// How far it has come.
    pub state: LotState,
    /// The share of defective entries with its 95 % interval; `None` before a result.
    pub defective: Option<Interval>,
}

/// The lots of a contractor.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractorHistory {
    /// The contractor.
    pub contractor: String,
    /// How closely the next lot is looked at.
    pub level: InspectionLevel,
    /// Whether each decided lot was accepted, in the order decided.
    pub decisions: Vec<bool>,
    /// The share of defective entries over all decided lots, each with the weight of its entries; `None` before a decision.
    pub defective: Option<f64>,
}

/// Everything the pages show of the audit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuditReport {
    /// The lots, the last frozen first.
    pub lots: Vec<AuditedLot>,
    /// The contractors by name.
    pub contractors: Vec<ContractorHistory>,
}

impl AuditReport {
    /// Builds the report of some lots in the order frozen.
    #[must_use]
    pub fn new(lots: &[AuditLot]) -> Self {
        let mut contractors: BTreeMap<&str, Vec<&AuditLot>> = BTreeMap::new();
        for lot in lots {
            let contractor = lot.frozen.contractor.as_str();
            contractors.entry(contractor).or_default().push(lot);
        }
        let contractors = contractors
            .into_iter()
            .map(|(contractor, own)| history(contractor, own));
        Self {
            lots: lots.iter().rev().map(audited).collect(),
            contractors: contractors.collect(),
        }
    }

    /// How closely the next lot of a contractor is looked at: as usual for one that is not known.
    #[must_use]
    pub fn level(&self, contractor: &str) -> InspectionLevel {
        let mut known = self.contractors.iter();
        let own = known.find(|history| history.contractor == contractor);
        own.map(|history| history.level).unwrap_or_default()
    }
}

fn audited(lot: &AuditLot) -> AuditedLot {
    let result = lot.decision.as_ref().map(|decision| &decision.result);
    let state = match (result, lot.seed) {
        (Some(result), _) if result.accepted => LotState::Accepted,
        (Some(_), _) => LotState::Rejected,
        (None, Some(_)) => LotState::Drawn,
        (None, None) => LotState::Frozen,
    };
    AuditedLot {
        state,
        defective: result.and_then(|result| wilson(result.defective, judged(lot, result))),
        lot: lot.clone(),
    }
}

/// The entries of the sample that could be judged, and those that are defective though a part of them cannot be read.
fn judged(lot: &AuditLot, result: &AuditResult) -> Count {
    let size = lot.frozen.plan.size;
    size.remaining_after(result.unreadable)
        .max(result.defective)
}

fn history(contractor: &str, mut lots: Vec<&AuditLot>) -> ContractorHistory {
    lots.retain(|lot| lot.decision.is_some());
    lots.sort_by_key(|lot| lot.decision.as_ref().map(|decision| decision.number));
    let mut inspection = Inspection::default();
    let mut decisions = Vec::new();
    let (mut weighted, mut weight) = (0.0, 0.0);
    for lot in lots {
        let Some(decision) = &lot.decision else {
            continue;
        };
        inspection.decide(decision.result.accepted);
        decisions.push(decision.result.accepted);
        if let Some(share) = wilson(decision.result.defective, judged(lot, &decision.result)) {
            let entries = lot.frozen.entries.to_f64();
            weighted += share.point * entries;
            weight += entries;
        }
    }
    ContractorHistory {
        contractor: contractor.to_owned(),
        level: inspection.level(),
        decisions,
        defective: (weight > 0.0).then(|| weighted / weight),
    }
}
