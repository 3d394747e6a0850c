//! Who reported for a week, in time or late, and who is missing.

use chrono::{DateTime, Utc};
use reports::model::Arrival;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::Text;

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{AS_OF, CURSOR, Form, KNOWN_ON, LANG, LIMIT, Parameter};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use crate::letters::calendar;

/// How the report of a unit for a week arrived.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Arrival")]
pub(crate) struct ArrivalEntry {
    unit: String,
    name: Text,
    week: String,
    /// `on_time`, `late`, `corrected`, `late_corrected`, `missing` or `not_due`.
    state: &'static str,
    /// The week of its last figure; null where it never gave one.
    last_week: Option<String>,
    /// The weeks since then, this one included; 0 where it reported, null where it never did.
    weeks_silent: Option<i64>,
    /// When a file of it last arrived; null where none ever did.
    last_contact: Option<DateTime<Utc>>,
}

/// The words of the states.
const STATES: [&str; 6] = [
    "on_time",
    "late",
    "corrected",
    "late_corrected",
    "missing",
    "not_due",
];

pub(super) static LIST: Operation = Operation {
    about: (
        "Ai đã báo cáo cho một tuần, đúng hạn hay muộn, và ai còn thiếu",
        "Who reported for a week, in time or late, and who is missing",
    ),
    parameters: &[
        LANG,
        AS_OF,
        KNOWN_ON,
        Parameter::query(
            "state",
            Form::Word(&STATES),
            ("Chỉ trạng thái này", "This state only"),
        ),
        LIMIT,
        CURSOR,
    ],
    tables: &[Table::csv(&[
        ("unit", "/unit"),
        ("name_vi", "/name/vi"),
        ("name_en", "/name/en"),
        ("week", "/week"),
        ("state", "/state"),
        ("last_week", "/last_week"),
        ("weeks_silent", "/weeks_silent"),
        ("last_contact", "/last_contact"),
    ])],
    ..Operation::read(list, shape::<Page<ArrivalEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let wanted = call.part("state", |word| {
        STATES.into_iter().find(|state| *state == word)
    })?;
    let window = Window::read(call)?;
    let snapshot = call.snapshot()?;
    let lateness = calendar(&call.state, &snapshot)?;
    let week = snapshot.report.week;
    let entries = lateness.rows.iter().map(|row| ArrivalEntry {
        unit: row.unit.to_string(),
        name: row.name.clone(),
        week: week.to_string(),
        state: word(row.arrivals.last().copied().unwrap_or(Arrival::NotDue)),
        last_week: row.last_week.map(|week| week.to_string()),
        weeks_silent: row.weeks_silent,
        last_contact: row.last_contact,
    });
    let entries = entries.filter(|entry| wanted.is_none_or(|state| entry.state == state));
    window.page(call, entries, |entry| entry)
}

const fn word(arrival: Arrival) -> &'static str {
    let place = match arrival {
        Arrival::OnTime => 0,
        Arrival::Late => 1,
        Arrival::Corrected => 2,
        Arrival::LateCorrected => 3,
        Arrival::Missing => 4,
        Arrival::NotDue => 5,
    };
    STATES[place]
}
