//! The sampling audit: lots that were frozen, the samples asked of them and what was found.

use chrono::{DateTime, Utc};
use reports::audit::{AuditReport, AuditedLot, LotState};
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::AuditDecision;

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, Form, KNOWN_ON, LANG, LIMIT, Parameter, UNIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;

/// How far a lot may have come.
const STATES: [&str; 4] = ["frozen", "drawn", "accepted", "rejected"];

/// A lot.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AuditLot")]
pub(crate) struct LotEntry {
    number: i64,
    unit: String,
    record_type: &'static str,
    /// The first registration year of the books; null where all are meant.
    first_year: Option<u16>,
    last_year: Option<u16>,
    /// Who entered the records.
    contractor: String,
    frozen_at: DateTime<Utc>,
    /// The digest of the list that was frozen.
    list_sha256: String,
    /// How many entries the lot has.
    entries: i64,
    /// How many of them are looked at.
    sample: i64,
    /// How many of these may be defective in a lot that is accepted.
    acceptance: i64,
    /// Whether the risks are the tightened ones, after rejected lots of the contractor.
    tightened: bool,
    /// `frozen`, `drawn`, `accepted` or `rejected`.
    state: &'static str,
    /// The seed that the sample follows from; null until it is drawn.
    seed: Option<String>,
    /// What was found; null until it is recorded.
    result: Option<ResultEntry>,
}

/// What looking at a sample gave, in entries.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AuditResult")]
struct ResultEntry {
    critical: i64,
    major: i64,
    minor: i64,
    /// With a defect of any class, each once.
    defective: i64,
    unreadable: i64,
    inspector: String,
    decided_at: DateTime<Utc>,
}

impl From<&AuditDecision> for ResultEntry {
    fn from(decision: &AuditDecision) -> Self {
        let result = &decision.result;
        Self {
            critical: result.critical.to_i64(),
            major: result.major.to_i64(),
            minor: result.minor.to_i64(),
            defective: result.defective.to_i64(),
            unreadable: result.unreadable.to_i64(),
            inspector: result.inspector.clone(),
            decided_at: decision.decided_at,
        }
    }
}

impl From<&AuditedLot> for LotEntry {
    fn from(audited: &AuditedLot) -> Self {
        let (lot, frozen) = (&audited.lot, &audited.lot.frozen);
        Self {
            number: lot.number,
            unit: frozen.unit.to_string(),
            record_type: frozen.record_type.key(),
            first_year: frozen.period.map(|(first, _)| first),
            last_year: frozen.period.map(|(_, last)| last),
            contractor: frozen.contractor.clone(),
            frozen_at: lot.frozen_at,
            list_sha256: frozen.list_sha256.to_string(),
            entries: frozen.entries.to_i64(),
            sample: frozen.plan.size.to_i64(),
            acceptance: frozen.plan.acceptance.to_i64(),
            tightened: frozen.plan.tightened,
            state: word(audited.state),
            seed: lot.seed.as_ref().map(|drawn| drawn.seed.to_string()),
            result: lot.decision.as_ref().map(ResultEntry::from),
        }
    }
}

const fn word(state: LotState) -> &'static str {
    let place = match state {
        LotState::Frozen => 0,
        LotState::Drawn => 1,
        LotState::Accepted => 2,
        LotState::Rejected => 3,
    };
    STATES[place]
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các lô kiểm tra chọn mẫu và kết quả, lô chốt sau cùng trước",
        "The lots of the sampling audit and what was found, the last frozen first",
    ),
    parameters: &[
        LANG,
        UNIT,
        Parameter::query(
            "state",
            Form::Word(&STATES),
            ("Chỉ trạng thái này", "This state only"),
        ),
        KNOWN_ON,
        LIMIT,
        CURSOR,
    ],
    tables: &[Table::csv(&[
        ("number", "/number"),
        ("unit", "/unit"),
        ("record_type", "/record_type"),
        ("first_year", "/first_year"),
        ("last_year", "/last_year"),
        ("contractor", "/contractor"),
        ("frozen_at", "/frozen_at"),
        ("entries", "/entries"),
        ("sample", "/sample"),
        ("acceptance", "/acceptance"),
        ("state", "/state"),
        ("defective", "/result/defective"),
    ])],
    ..Operation::read(list, shape::<Page<LotEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let unit = call.asked_unit()?;
    let state = call.part("state", |word| {
        STATES.into_iter().find(|state| *state == word)
    })?;
    let window = Window::read(call)?;
    let report = AuditReport::new(&call.state.store.list_audit_lots(window.known_on)?);
    let wanted = report.lots.iter().filter(|audited| {
        call.wants(unit, Some(audited.lot.frozen.unit))
            && state.is_none_or(|state| word(audited.state) == state)
    });
    window.page(call, wanted, LotEntry::from)
}
