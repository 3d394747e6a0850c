//! The sampling audit, by the same steps for the command line and the pages: freeze a list, draw a seed, record what was
//! found.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use loader::comparison::OPEN_YEARS;
use reports::audit::{AuditReport, Found, InspectionLevel, Plan, Risks, plan};
use store::domain::{
    AuditBasis, AuditPlan, AuditResult, AuditSeed, Count, Digest, FrozenLot, RecordType, Text,
    UnitId,
};
use store::{Store, StoreError};

use crate::error::ServerError;
use crate::line::{NAME, line};

/// Those whose names are kept.
const CONTRACTOR: &str = "contractor";
const INSPECTOR: &str = "inspector";
const RECORDER: &str = "by";

/// What a province asks to be frozen.
#[derive(Clone, Debug)]
pub(crate) struct LotOrder {
    pub(crate) unit: UnitId,
    pub(crate) record_type: RecordType,
    pub(crate) period: Option<(u16, u16)>,
    pub(crate) contractor: String,
    pub(crate) against: AuditBasis,
    pub(crate) list: ListFacts,
    pub(crate) risks: Risks,
    pub(crate) again: Option<i64>,
}

/// All that is known here of a list of pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListFacts {
    pub(crate) sha256: Digest,
    pub(crate) entries: u32,
}

/// Who does a thing, and when.
pub(crate) type By<'a> = (&'a str, DateTime<Utc>);

/// The pointers of a list, a line each, in order.
///
/// # Errors
/// Why it is no such list; never with a word of it.
pub(crate) fn pointers(list: &[u8]) -> Result<Vec<&str>, StoreError> {
    let text = std::str::from_utf8(list)
        .ok()
        .filter(|text| !text.starts_with('\u{feff}'));
    let text = text.ok_or_else(|| {
        refused(
            "danh sách phải là văn bản UTF-8 không có BOM",
            "the list must be text in UTF-8 without a byte-order mark",
        )
    })?;
    let pointers: Vec<&str> = text.lines().collect();
    if pointers.is_empty() || pointers.iter().any(|pointer| pointer.trim().is_empty()) {
        return Err(refused(
            "danh sách trống hoặc có dòng trống: mỗi dòng là một con trỏ",
            "the list is empty or has an empty line: a line is a pointer",
        ));
    }
    let different: BTreeSet<&str> = pointers.iter().copied().collect();
    let repeated = pointers.len() - different.len();
    if repeated > 0 {
        return Err(StoreError::Conflict(Text::new(
            format!("có {repeated} con trỏ đứng hơn một lần trong danh sách"),
            format!("{repeated} pointers stand more than once in the list"),
        )));
    }
    Ok(pointers)
}

impl ListFacts {
    /// The digest and the length of a list.
    pub(crate) fn of(list: &[u8]) -> Result<Self, StoreError> {
        let entries = pointers(list)?.len();
        Ok(Self {
            sha256: Digest::of(list),
            entries: u32::try_from(entries)
                .ok()
                .ok_or_else(|| refused("danh sách quá dài", "the list is too long"))?,
        })
    }
}

/// Freezes a lot under the plan that the contractor's history asks for; its number.
pub(crate) fn freeze(
    store: &Store,
    order: &LotOrder,
    (by, now): By<'_>,
) -> Result<i64, ServerError> {
    let contractor = organization(CONTRACTOR, &order.contractor)?;
    let by = organization(RECORDER, by)?;
    let history = report(store, now)?;
    let tightened = history.level(&contractor) == InspectionLevel::Tightened;
    let risks = if tightened {
        order.risks.tightened()
    } else {
        order.risks
    };
    let Plan { size, acceptance } = smallest_plan(order.list.entries, risks)?;
    let lot = FrozenLot {
        unit: order.unit,
        record_type: order.record_type,
        period: order.period,
        contractor,
        against: order.against,
        list_sha256: order.list.sha256,
        entries: count(order.list.entries),
        plan: AuditPlan {
            acceptable_permille: risks.acceptable_permille,
            limiting_permille: risks.limiting_permille,
            tightened,
            size: count(size),
            acceptance: count(acceptance),
        },
        again: order.again,
    };
    Ok(store.freeze_lot(&lot, &by, now)?)
}

/// The lots as they are known now.
pub(crate) fn report(store: &Store, now: DateTime<Utc>) -> Result<AuditReport, StoreError> {
    let known_on = store.latest_moment()?.unwrap_or(now);
    Ok(AuditReport::new(&store.list_audit_lots(known_on)?))
}

/// The smallest plan for a lot.
pub(crate) fn smallest_plan(entries: u32, risks: Risks) -> Result<Plan, StoreError> {
    plan(entries, risks).map_err(|error| {
        StoreError::Conflict(Text::new(
            "không có cỡ mẫu nào phân biệt được hai tỷ lệ sai này",
            error.to_string(),
        ))
    })
}

/// Draws the seed of a lot from the system, once.
pub(crate) fn draw(store: &Store, lot: i64, (by, now): By<'_>) -> Result<AuditSeed, ServerError> {
    let by = organization(RECORDER, by)?;
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| ServerError::Internal(error.to_string()))?;
    Ok(store.issue_seed(lot, Digest::of(&random), (&by, now))?)
}

/// Records what was found in the sample of a lot; whether the lot is accepted, which the acceptance number decides.
pub(crate) fn record(
    store: &Store,
    lot: i64,
    found: Found,
    (inspector, recheck_all): (&str, bool),
    (by, now): By<'_>,
) -> Result<bool, ServerError> {
    let by = organization(RECORDER, by)?;
    let inspector = organization(INSPECTOR, inspector)?;
    let plan = store.audit_lot(lot)?.frozen.plan;
    if found.entries != plan.size {
        let (have, need) = (found.entries.to_i64(), plan.size.to_i64());
        return Err(ServerError::Store(StoreError::Conflict(Text::new(
            format!("phiếu kiểm tra có {have} mục, mẫu có {need} mục"),
            format!("the sheet has {have} entries, the sample has {need}"),
        ))));
    }
    let accepted = found.defective <= plan.acceptance;
    let result = AuditResult {
        critical: found.critical,
        major: found.major,
        minor: found.minor,
        defective: found.defective,
        unreadable: found.unreadable,
        accepted,
        recheck_all,
        inspector,
    };
    store.record_audit(lot, &result, (&by, now))?;
    Ok(accepted)
}

/// The name of an office or firm: it is kept and shown, so nothing like a personal number may stand in it.
fn organization(field: &'static str, name: &str) -> Result<String, ServerError> {
    let name = line(field, name, NAME)?;
    if !loader::has_long_number(name) {
        return Ok(name.to_owned());
    }
    // What was typed is not repeated.
    Err(ServerError::Store(refused(
        "tên không được chứa số dài",
        "a name must not hold a long number",
    )))
}

fn count(number: u32) -> Count {
    Count::from_i64(number.into()).unwrap_or_default()
}

fn refused(vi: &str, en: &str) -> StoreError {
    StoreError::Conflict(Text::new(vi, en))
}

/// Reads the registration years of books, such as `1976-1999`; `None` for anything else.
pub(crate) fn parse_period(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.trim().split_once(['-', '–'])?;
    let year = |part: &str| {
        let year = part.trim().parse::<u16>().ok();
        let (first, last) = OPEN_YEARS;
        year.filter(|year| (first..=last).contains(year))
    };
    Some((year(from)?, year(to)?)).filter(|(from, to)| from <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_pointers_each_once() {
        let facts = ListFacts::of(b"KS/1\r\nKS/2\r\n").unwrap();
        assert_eq!(facts.entries, 2);
        for list in [
            &b""[..],
            b"a\n\nb\n",
            b"a\nb\na\n",
            b"\xef\xbb\xbfa\n",
            b"\xff\n",
        ] {
            assert!(ListFacts::of(list).is_err(), "{list:?}");
        }
    }

    #[test]
    fn names_of_offices_hold_no_number_of_a_person() {
        assert_eq!(
            organization(RECORDER, " Sở Tư pháp ").unwrap(),
            "Sở Tư pháp"
        );
        for name in ["", "  ", "001085012345", "a\nb", &"a".repeat(101)] {
            let error = organization(RECORDER, name).unwrap_err();
            let (_, text) = error.describe();
            assert!(
                name.trim().is_empty() || !text.en.contains(name),
                "{}",
                text.en
            );
        }
    }

    #[test]
    fn a_period_is_two_years_in_order() {
        assert_eq!(parse_period("1976-1999"), Some((1976, 1999)));
        assert_eq!(parse_period("1976 – 1999"), Some((1976, 1999)));
        for text in ["", "1976", "1999-1976", "76-99", "a-b"] {
            assert_eq!(parse_period(text), None, "{text}");
        }
    }
}
