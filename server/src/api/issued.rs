//! Forecasts that were issued: their list, their documents, issuing one, and how right they have been.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use reports::render::{TableError, scorecard_json};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use store::domain::{IssuedForecast, Week};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{AS_OF, CURSOR, FOLLOWED, KNOWN_ON, LANG, LIMIT, NUMBER_PATH, UNITS};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use crate::error::ServerError;
use crate::issuing;
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
    let internal = |error: TableError| ServerError::Internal(error.to_string());
    Ok(Reply::bytes(scorecard_json(&record).map_err(internal)?))
}
