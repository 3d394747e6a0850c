//! The steps of the sampling audit: a list is frozen, a seed is drawn, a result is recorded.

use actix_web::http::StatusCode;
use reports::audit::{AuditReport, Found, Risks};
use schemars::JsonSchema;
use serde::Deserialize;
use store::StoreError;
use store::domain::{AuditBasis, Count, Digest, RecordType};

use super::audits::LotEntry;
use super::call::Call;
use super::operation::{Carries, Operation, shape};
use super::parameter::{Form, LANG, Parameter};
use super::problem::Problem;
use super::reply::Reply;
use crate::auditing::{ListFacts, LotOrder, draw, freeze, parse_period, record};
use crate::error::ServerError;
use crate::pages::audit::RISKS;

/// The number of a lot in the path.
const LOT: Parameter = Parameter::path(
    "lot",
    Form::Whole(1, i64::MAX),
    ("Số của lô", "The number of the lot"),
);

/// A list to freeze: only its digest and length come, never its pointers.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewAuditLot")]
pub(crate) struct LotBody {
    /// Whose records, such as p49.
    #[schemars(regex(pattern = r"^[pq][0-9]{2}$"))]
    unit: String,
    /// The kind of event, such as `birth`; all kinds where it is absent.
    record_type: Option<String>,
    /// The registration years of the books, such as `1976-1999`; all where it is absent.
    period: Option<String>,
    /// The firm or office that typed the entries.
    #[schemars(length(min = 1, max = 100))]
    contractor: String,
    /// What the entries are compared with, such as `paper_book`.
    against: String,
    /// The SHA-256 of the list, a pointer a line.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    list_sha256: String,
    /// How many pointers the list has.
    entries: u32,
    /// The share of defective entries, per mille, that is to be told from the limiting one: 2, 5 or 10.
    acceptable_permille: u32,
    /// The share that must be found: 10, 20, 30 or 50 per mille.
    limiting_permille: u32,
    /// The rejected lot that is audited again; absent for the first audit.
    again: Option<i64>,
}

/// What was found in a sample, in entries.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewAuditResult")]
pub(crate) struct ResultBody {
    #[schemars(range(min = 0))]
    critical: i64,
    #[schemars(range(min = 0))]
    major: i64,
    #[schemars(range(min = 0))]
    minor: i64,
    /// With a defect of any class, each once.
    #[schemars(range(min = 0))]
    defective: i64,
    #[schemars(range(min = 0))]
    unreadable: i64,
    /// The office that looked, which is not the contractor.
    #[schemars(length(min = 1, max = 100))]
    inspector: String,
    /// Whether every entry of the lot was checked again before.
    #[serde(default)]
    recheck_all: bool,
}

pub(super) static FREEZE: Operation = Operation {
    about: (
        "Chốt danh sách của một lô để kiểm tra chọn mẫu; chỉ gửi mã băm và số mục",
        "Freezes the list of a lot for a sampling audit; only its digest and length are sent",
    ),
    parameters: &[LANG],
    carries: Carries::Json(shape::<LotBody>),
    done: StatusCode::CREATED,
    ..Operation::read(freeze_lot, shape::<LotEntry>)
};

fn freeze_lot(call: &Call) -> Result<Reply, Problem> {
    let body = call.json::<LotBody>()?;
    let order = order(call, &body)?;
    if !call.reaches(order.unit) {
        return Err(ServerError::Forbidden.into());
    }
    let by = (call.by.as_str(), (call.state.clock)());
    let number = freeze(&call.state.store, &order, by)?;
    Ok(Reply {
        status: StatusCode::CREATED,
        ..shown(call, number)?
    })
}

fn order(call: &Call, body: &LotBody) -> Result<LotOrder, Problem> {
    let known = |name, text: &str| ServerError::malformed(name, text);
    let unit = call.find_unit(&body.unit);
    let record_type = body
        .record_type
        .as_deref()
        .map_or(Some(RecordType::All), RecordType::from_key);
    let period = body.period.as_deref().filter(|text| !text.is_empty());
    let read_period = |text| parse_period(text).ok_or_else(|| known("period", text));
    let risks = (body.acceptable_permille, body.limiting_permille);
    if !RISKS.contains(&risks) {
        let asked = format!("{}, {}", risks.0, risks.1);
        return Err(known("acceptable_permille, limiting_permille", &asked).into());
    }
    Ok(LotOrder {
        unit: unit.ok_or_else(|| known("unit", &body.unit))?,
        record_type: record_type.ok_or_else(|| {
            known(
                "record_type",
                body.record_type.as_deref().unwrap_or_default(),
            )
        })?,
        period: period.map(read_period).transpose()?,
        contractor: body.contractor.clone(),
        against: AuditBasis::from_key(&body.against)
            .ok_or_else(|| known("against", &body.against))?,
        list: ListFacts {
            sha256: Digest::parse(&body.list_sha256)
                .ok_or_else(|| known("list_sha256", &body.list_sha256))?,
            entries: body.entries,
        },
        risks: Risks {
            acceptable_permille: risks.0,
            limiting_permille: risks.1,
        },
        again: body.again,
    })
}

pub(super) static DRAW: Operation = Operation {
    about: (
        "Rút hạt giống của một lô, một lần; từ đó ai cũng tính lại được mẫu",
        "Draws the seed of a lot, once; anybody can work the sample out from it",
    ),
    parameters: &[LOT, LANG],
    ..Operation::read(draw_seed, shape::<LotEntry>)
};

fn draw_seed(call: &Call) -> Result<Reply, Problem> {
    let lot = known_lot(call)?;
    draw(&call.state.store, lot, (&call.by, (call.state.clock)()))?;
    shown(call, lot)
}

pub(super) static RECORD: Operation = Operation {
    about: (
        "Ghi kết quả kiểm tra mẫu của một lô; số chấp nhận quyết định lô đạt hay không",
        "Records what was found in the sample of a lot; the acceptance number decides whether it is accepted",
    ),
    parameters: &[LOT, LANG],
    carries: Carries::Json(shape::<ResultBody>),
    ..Operation::read(record_result, shape::<LotEntry>)
};

fn record_result(call: &Call) -> Result<Reply, Problem> {
    let lot = known_lot(call)?;
    let body = call.json::<ResultBody>()?;
    let count = |name, number: i64| {
        let malformed = || ServerError::malformed(name, &number.to_string());
        Count::from_i64(number).ok_or_else(malformed)
    };
    let found = Found {
        entries: call.state.store.audit_lot(lot)?.frozen.plan.size,
        critical: count("critical", body.critical)?,
        major: count("major", body.major)?,
        minor: count("minor", body.minor)?,
        defective: count("defective", body.defective)?,
        unreadable: count("unreadable", body.unreadable)?,
    };
    let looked = (body.inspector.as_str(), body.recheck_all);
    let by = (call.by.as_str(), (call.state.clock)());
    record(&call.state.store, lot, found, looked, by)?;
    shown(call, lot)
}

/// The number of a lot that there is.
fn known_lot(call: &Call) -> Result<i64, Problem> {
    let number = call.at("lot", |text| {
        text.parse().ok().filter(|number: &i64| *number > 0)
    })?;
    match call.state.store.audit_lot(number) {
        Ok(_) => Ok(number),
        Err(StoreError::NotFound { .. }) => Err(Problem::not_found(&format!("lot {number}"))),
        Err(error) => Err(error.into()),
    }
}

/// A lot as it stands after a step.
fn shown(call: &Call, number: i64) -> Result<Reply, Problem> {
    let report = AuditReport::new(
        &call
            .state
            .store
            .list_audit_lots(call.state.latest_moment()?)?,
    );
    let lot = report.lots.iter().find(|one| one.lot.number == number);
    let lot = lot.ok_or_else(|| Problem::not_found(&format!("lot {number}")))?;
    Reply::json(&LotEntry::from(lot))
}
