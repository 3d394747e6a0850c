//! The difficulties that units told of: since when, whose move it is, and what was done.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::domain::{DifficultyCase, DifficultyOwner, DifficultyState, RecordedMove};

use super::call::Call;
use super::operation::{Carries, Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, Form, KNOWN_ON, LANG, LIMIT, Parameter, UNIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use crate::pages::difficulties::{MoveForm, record_move};

/// A difficulty.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Difficulty")]
pub(crate) struct DifficultyEntry {
    /// Its name, the same however often it is told.
    identity: String,
    unit: String,
    words: String,
    /// The first day it was told for.
    first_day: NaiveDate,
    /// The last day it was told for.
    last_day: NaiveDate,
    /// `open`, `working` or `resolved`.
    state: &'static str,
    /// Whose move it is; null where nobody took it up.
    owner: Option<&'static str>,
    /// Whether it was told again after it was resolved.
    back: bool,
    moves: Vec<MoveEntry>,
}

/// What was decided about it.
#[derive(Serialize, JsonSchema)]
struct MoveEntry {
    state: &'static str,
    owner: &'static str,
    note: String,
    by: String,
    at: DateTime<Utc>,
}

impl From<&DifficultyCase> for DifficultyEntry {
    fn from(case: &DifficultyCase) -> Self {
        let entry = |one: &RecordedMove| MoveEntry {
            state: one.moved.state.key(),
            owner: one.moved.owner.key(),
            note: one.moved.note.clone(),
            by: one.by.clone(),
            at: one.at,
        };
        Self {
            identity: case.identity.to_string(),
            unit: case.unit.to_string(),
            words: case.words.clone(),
            first_day: case.first,
            last_day: case.last,
            state: case.state.key(),
            owner: case.owner().map(DifficultyOwner::key),
            back: case.is_back(),
            moves: case.moves.iter().map(entry).collect(),
        }
    }
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Khó khăn, vướng mắc của các đơn vị, ai phải xử lý và đã làm gì",
        "The difficulties of the units, whose move it is and what was done",
    ),
    parameters: &[
        LANG,
        UNIT,
        Parameter::query(
            "state",
            Form::Word(&["open", "working", "resolved"]),
            ("Chỉ trạng thái này", "This state only"),
        ),
        KNOWN_ON,
        LIMIT,
        CURSOR,
    ],
    tables: &[Table::csv(&[
        ("identity", "/identity"),
        ("unit", "/unit"),
        ("words", "/words"),
        ("first_day", "/first_day"),
        ("last_day", "/last_day"),
        ("state", "/state"),
        ("owner", "/owner"),
        ("back", "/back"),
    ])],
    ..Operation::read(list, shape::<Page<DifficultyEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let unit = call.asked_unit()?;
    let state = call.part("state", DifficultyState::from_key)?;
    let window = Window::read(call)?;
    let cases = call.state.store.list_difficulty_cases(window.known_on)?;
    let wanted = cases.iter().filter(|case| {
        call.wants(unit, Some(case.unit)) && state.is_none_or(|state| case.state == state)
    });
    window.page(call, wanted, DifficultyEntry::from)
}

/// What is decided about a difficulty.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DifficultyMove")]
pub(crate) struct MoveBody {
    /// How far it is.
    #[schemars(extend("enum" = ["open", "working", "resolved"]))]
    state: String,
    /// Whose move it is.
    #[schemars(extend("enum" = ["commune", "province", "ministry", "police", "contractor"]))]
    owner: String,
    /// What was done or is to be done.
    #[schemars(length(min = 1, max = 500))]
    note: String,
}

pub(super) static MOVE: Operation = Operation {
    about: (
        "Ghi ai phải xử lý một khó khăn, vướng mắc và đã làm gì",
        "Records whose move a difficulty is and what was done",
    ),
    parameters: &[
        Parameter::path(
            "identity",
            Form::Key,
            ("Mã của khó khăn", "The name of the difficulty"),
        ),
        LANG,
    ],
    carries: Carries::Json(shape::<MoveBody>),
    ..Operation::read(record, shape::<DifficultyEntry>)
};

fn record(call: &Call) -> Result<Reply, Problem> {
    let identity = call.at("identity", |text| Some(text.to_owned()))?;
    let MoveBody { state, owner, note } = call.json()?;
    let form = MoveForm { state, owner, note };
    let moved = record_move(&call.state, &identity, &form, &call.by)?;
    let known_on = call.state.latest_moment()?;
    let mut cases = call
        .state
        .store
        .list_difficulty_cases(known_on)?
        .into_iter();
    let case = cases.find(|case| case.identity == moved.difficulty);
    let case = case.ok_or_else(|| Problem::not_found(&identity))?;
    Reply::json(&DifficultyEntry::from(&case))
}
