//! Forecasts that were issued: their list, their documents, issuing one, and how right they have been.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use reports::render::{TableError, revision_json, scorecard_json};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use store::domain::{IssuedForecast, Week};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{
    AS_OF, CURSOR, FOLLOWED, Form, KNOWN_ON, LANG, LIMIT, NUMBER_PATH, Parameter, UNITS,
};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use crate::error::ServerError;
use crate::issuing;
use crate::revisions::{compare, find_two};
use crate::scoring::score;

/// A forecast that was issued.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "IssuedForecast")]
pub(crate) struct IssuedEntry {
    number: i64,
    issued_at: DateTime<Utc>,
    issued_by: String,
    /// The last day of the week that was looked at.
    as_of: NaiveDate,
    /// The moment as of which the figures were read.
    known_on: DateTime<Utc>,
    units: &'static str,
    method: String,
    /// The digest of the figures, deadlines and reference files used.
    data: String,
}

impl From<IssuedForecast> for IssuedEntry {
    fn from(issued: IssuedForecast) -> Self {
        let forecast = issued.forecast;
        Self {
            number: issued.id,
            issued_at: issued.issued_at,
            issued_by: forecast.issued_by,
            as_of: forecast.as_of,
            known_on: forecast.known_on,
            units: forecast.view.key(),
            method: forecast.method,
            data: forecast.data.to_string(),
        }
    }
}

pub(super) static ISSUED: Operation = Operation {
    about: (
        "Các dự báo đã phát hành, mới nhất trước",
        "The forecasts that were issued, newest first",
    ),
    parameters: &[LANG, KNOWN_ON, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("number", "/number"),
        ("issued_at", "/issued_at"),
        ("issued_by", "/issued_by"),
        ("as_of", "/as_of"),
        ("known_on", "/known_on"),
        ("units", "/units"),
        ("method", "/method"),
        ("data", "/data"),
    ])],
    ..Operation::read(issued, shape::<Page<IssuedEntry>>)
};

fn issued(call: &Call) -> Result<Reply, Problem> {
    let window = Window::read(call)?;
    let issued = call.state.store.list_forecasts(window.known_on)?;
    window.page(call, issued.into_iter().rev(), IssuedEntry::from)
}

/// The document of an issued forecast, as its method wrote it.
pub(crate) struct Issued;

impl JsonSchema for Issued {
    fn schema_name() -> Cow<'static, str> {
        "IssuedDocument".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "A forecast table of its version, byte for byte as it was issued.",
            "type": "object",
            "required": ["version", "forecasts", "national"]
        })
    }
}

pub(super) static ISSUED_ONE: Operation = Operation {
    about: (
        "Một dự báo đã phát hành, đúng từng byte",
        "An issued forecast, byte for byte",
    ),
    parameters: &[NUMBER_PATH, LANG],
    ..Operation::read(issued_one, shape::<Issued>)
};

fn issued_one(call: &Call) -> Result<Reply, Problem> {
    let number = call.number()?;
    let found = call.state.store.find_forecast(number)?;
    let found = found.ok_or_else(|| Problem::not_found(&format!("forecast {number}")))?;
    Ok(Reply::bytes(found.forecast.document.into_bytes()))
}

pub(super) static ISSUE: Operation = Operation {
    about: (
        "Phát hành dự báo của một tuần; cùng số liệu thì không phát hành hai lần",
        "Issues the forecast of a week; of the same figures none is issued twice",
    ),
    parameters: &[LANG, UNITS, AS_OF, KNOWN_ON, FOLLOWED],
    done: StatusCode::CREATED,
    ..Operation::read(issue, shape::<IssuedEntry>)
};

fn issue(call: &Call) -> Result<Reply, Problem> {
    let view = call.view()?;
    let followed = call.followed()?;
    let when = (view.as_of.map(Week::containing), call.known_on()?);
    let number = issuing::issue(&call.state, when, (view.units, followed), &call.by)?;
    let issued = call.state.store.find_forecast(number)?;
    let issued = issued.ok_or_else(|| Problem::not_found(&format!("forecast {number}")))?;
    Ok(Reply {
        status: StatusCode::CREATED,
        location: Some(format!("/api/v1/issued-forecasts/{number}")),
        ..Reply::json(&IssuedEntry::from(issued))?
    })
}

/// The record of what was issued, as `sohoa scorecard --format json` prints it.
pub(crate) struct Record;

impl JsonSchema for Record {
    fn schema_name() -> Cow<'static, str> {
        "Scorecard".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "How often the ranges that were given out held, by how many weeks their middles were off, and how chances of deadlines came out: of all forecasts, by method, and of the nation one by one.",
            "type": "object",
            "required": ["week", "known_on", "forecasts", "overall", "methods", "national"]
        })
    }
}

pub(super) static SCORECARD: Operation = Operation {
    about: (
        "Các dự báo đã phát hành đúng đến đâu",
        "How right the issued forecasts have been",
    ),
    parameters: &[LANG, UNITS, AS_OF, KNOWN_ON, FOLLOWED],
    ..Operation::read(scorecard, shape::<Record>)
};

fn scorecard(call: &Call) -> Result<Reply, Problem> {
    let record = score(&call.state, &*call.forecast()?)?;
    Ok(Reply::bytes(scorecard_json(&record).map_err(internal)?))
}

fn internal(error: TableError) -> ServerError {
    ServerError::Internal(error.to_string())
}

/// Why the date moved, as `sohoa forecast --explain OLD NEW --format json` prints it.
pub(crate) struct Moved;

impl JsonSchema for Moved {
    fn schema_name() -> Cow<'static, str> {
        "Revision".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "The dates of two issued forecasts and the parts of the difference, in days, of the nation's last unit, of 95 % of the national total (most_done; null where one of the two does not say it) and of each unit: new data, totals, pace, calendar, deadline, method.",
            "type": "object",
            "required": ["version", "old", "new", "national", "most_done", "units", "unmatched"]
        })
    }
}

pub(super) static REVISION: Operation = Operation {
    about: (
        "Vì sao ngày hoàn thành thay đổi giữa hai dự báo đã phát hành; không nêu thì là hai dự báo sau cùng",
        "Why the date moved between two issued forecasts; the last two where none are named",
    ),
    parameters: &[
        LANG,
        Parameter::query(
            "old",
            Form::Whole(1, i64::MAX),
            ("Số của một dự báo", "The number of one forecast"),
        ),
        Parameter::query(
            "new",
            Form::Whole(1, i64::MAX),
            ("Số của dự báo kia", "The number of the other"),
        ),
    ],
    ..Operation::read(revision, shape::<Moved>)
};

fn revision(call: &Call) -> Result<Reply, Problem> {
    let state = &call.state;
    let mut latest = state.store.list_forecasts(state.latest_moment()?)?;
    let mut asked = |name| {
        let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
        let latest = latest.pop().map(|one| one.id);
        let nothing = || Problem::not_found("forecast");
        call.part(name, number)?.or(latest).ok_or_else(nothing)
    };
    let (new, old) = (asked("new")?, asked("old")?);
    let compared = compare(state, &find_two(state, [old, new])?)?;
    let written = revision_json(&compared.revision).map_err(internal)?;
    Ok(Reply::bytes(written))
}
