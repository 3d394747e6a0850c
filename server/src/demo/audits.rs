//! A few audited lots of two contractors that do not exist: accepted, rejected twice and tightened, and still open.

use chrono::{DateTime, Utc};
use reports::audit::{Found, Risks};
use store::Store;
use store::domain::{AuditBasis, Count, Digest, RecordType, UnitId};

use crate::auditing::{ListFacts, LotOrder, freeze, record};
use crate::error::ServerError;

/// How far a lot has come: how many of its sample are defective, that only the seed is drawn, or that it is only frozen.
#[derive(Clone, Copy)]
enum Way {
    Decided(i64),
    Drawn,
    Frozen,
}

const LOTS: [(&str, u32, Way); 6] = [
    ("Nhà thầu mô phỏng A", 500, Way::Decided(1)),
    ("Nhà thầu mô phỏng B", 20_000, Way::Decided(2)),
    ("Nhà thầu mô phỏng A", 2_000, Way::Decided(9)),
    ("Nhà thầu mô phỏng A", 1_200, Way::Decided(11)),
    ("Nhà thầu mô phỏng B", 3_400, Way::Drawn),
    ("Nhà thầu mô phỏng A", 900, Way::Frozen),
];

/// Records the lots after everything else; their lists and random bits are made up, so that the demo is the same each time.
pub(crate) fn record_lots(store: &Store, now: DateTime<Utc>) -> Result<(), ServerError> {
    let Some(unit) = UnitId::parse("p66") else {
        return Ok(());
    };
    let by = ("demo", now);
    for (contractor, entries, way) in LOTS {
        let order = LotOrder {
            unit,
            record_type: RecordType::Birth,
            period: Some((1976, 1998)),
            contractor: contractor.to_owned(),
            against: AuditBasis::PaperBook,
            list: ListFacts {
                sha256: Digest::of(format!("{contractor} {entries}").as_bytes()),
                entries,
            },
            risks: Risks {
                acceptable_permille: 5,
                limiting_permille: 20,
            },
            again: None,
        };
        let number = freeze(store, &order, by)?;
        if matches!(way, Way::Frozen) {
            continue;
        }
        store.issue_seed(number, Digest::of(&entries.to_le_bytes()), by)?;
        if let Way::Decided(defective) = way {
            let count = |number| Count::from_i64(number).unwrap_or_default();
            let found = Found {
                entries: store.audit_lot(number)?.frozen.plan.size,
                critical: count(defective / 2),
                major: count(defective - defective / 2),
                minor: Count::ZERO,
                defective: count(defective),
                unreadable: count(1),
            };
            record(store, number, found, ("Sở Tư pháp", false), by)?;
        }
    }
    Ok(())
}
