//! What changed between two moments: every cell that differs, with its reason, author and file.

use chrono::{DateTime, NaiveDate, Utc};
use reports::model::{ChangeFilter, ChangeKind, ChangeOrder, ChangeRow};
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Reported, Text};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{AS_OF, CURSOR, Form, KNOWN_ON, LANG, LIMIT, Parameter, UNIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use crate::meetings::{Asked, Since};
use crate::view::KnownOn;

/// A cell that differs.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CellChange")]
pub(crate) struct ChangeEntry {
    unit: String,
    name: Text,
    /// The day the count is true for.
    as_of: NaiveDate,
    stage: &'static str,
    record_type: &'static str,
    route: &'static str,
    /// A part of the unit; null is the unit as a whole.
    sub_unit: Option<String>,
    /// What was known at the earlier moment; null where nothing was.
    before: Option<i64>,
    /// What is known at the later one; null where nothing is any more.
    after: Option<i64>,
    /// `correction`, `withdrawal` or `new`.
    kind: &'static str,
    /// Null where none was asked for or given.
    reason: Option<String>,
    by: String,
    at: DateTime<Utc>,
    submission: i64,
    file_name: String,
}

impl From<&ChangeRow> for ChangeEntry {
    fn from(row: &ChangeRow) -> Self {
        let (change, cell) = (&row.change, &row.change.cell);
        let value = |reported: Option<Reported>| reported.map(|one| one.count.to_i64());
        Self {
            unit: cell.unit.to_string(),
            name: row.name.clone(),
            as_of: cell.as_of,
            stage: cell.stage.key(),
            record_type: cell.part.record_type.key(),
            route: cell.part.route.key(),
            sub_unit: cell.part.sub_unit.as_ref().map(ToString::to_string),
            before: value(change.before),
            after: value(change.after),
            kind: row.kind.key(),
            reason: change.reason.clone(),
            by: change.by.clone(),
            at: change.at,
            submission: change.submission.0,
            file_name: change.file_name.clone(),
        }
    }
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Mọi ô khác nhau giữa hai thời điểm, kèm lý do, người và tệp; mặc định từ cuộc họp trước đến nay",
        "Every cell that differs between two moments, with reason, author and file; since the last meeting where none is asked",
    ),
    parameters: &[
        LANG,
        Parameter::query(
            "from",
            Form::Known,
            (
                "Thời điểm trước; không nêu là cuộc họp trước",
                "The earlier moment; else that of the last meeting",
            ),
        ),
        UNIT,
        Parameter::query(
            "kind",
            Form::Word(&["correction", "withdrawal", "new"]),
            ("Chỉ loại thay đổi này", "This kind only"),
        ),
        AS_OF,
        KNOWN_ON,
        LIMIT,
        CURSOR,
    ],
    tables: &[Table::csv(&[
        ("unit", "/unit"),
        ("as_of", "/as_of"),
        ("stage", "/stage"),
        ("record_type", "/record_type"),
        ("route", "/route"),
        ("sub_unit", "/sub_unit"),
        ("before", "/before"),
        ("after", "/after"),
        ("kind", "/kind"),
        ("reason", "/reason"),
        ("by", "/by"),
        ("at", "/at"),
        ("submission", "/submission"),
        ("file_name", "/file_name"),
    ])],
    ..Operation::read(list, shape::<Page<ChangeEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let filter = ChangeFilter {
        unit: call.asked_unit()?,
        kind: call.part("kind", ChangeKind::from_key)?,
        order: ChangeOrder::Unit,
    };
    let window = Window::read(call)?;
    let view = call.view()?;
    let since = Since::find(
        &call.state,
        Asked {
            from: call.part("from", KnownOn::parse)?,
            to: Some(KnownOn::Moment(window.known_on)),
            as_of: view.as_of,
            view: view.units,
        },
    )?;
    let rows = since.cells.filtered(&filter, &call.state.reference.units);
    window.page(call, rows, ChangeEntry::from)
}
