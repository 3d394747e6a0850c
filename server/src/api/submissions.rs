//! Recorded files: a list, one of them, its receipt, the file as it came, and taking it back.

use chrono::{DateTime, NaiveDate, Utc};
use loader::{SourceFile, output};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::domain::{Submission, SubmissionId, SubmissionState, UnitId};

use super::call::Call;
use super::operation::{Carries, Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, FILE_PATH, KNOWN_ON, LANG, LIMIT, UNIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use super::uploads::Receipt;
use crate::line::{NOTE, line};
use crate::pages::commit::receipt_of;
use crate::pages::files::seen_files;

/// A recorded file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Submission")]
pub(crate) struct SubmissionEntry {
    number: i64,
    file_name: String,
    /// The digest of the file as it came.
    sha256: String,
    /// `counts`, `reconciliation` or `published`.
    form: String,
    encoding: String,
    rules_version: String,
    submitted_by: String,
    /// The moment it became known.
    recorded_at: DateTime<Utc>,
    /// Whether the figures are made up for a demonstration.
    synthetic: bool,
    rows: u64,
    /// The units it speaks of.
    units: Vec<String>,
    /// The first day its figures are true for; null for forms without one.
    first_day: Option<NaiveDate>,
    /// The last such day.
    last_day: Option<NaiveDate>,
    /// Null where it stands.
    withdrawn: Option<Withdrawn>,
}

/// How a file was taken back.
#[derive(Serialize, JsonSchema)]
struct Withdrawn {
    at: DateTime<Utc>,
    by: String,
    reason: String,
}

impl From<Submission> for SubmissionEntry {
    fn from(file: Submission) -> Self {
        Self {
            number: file.id.0,
            file_name: file.file_name,
            sha256: file.sha256.to_string(),
            form: file.form,
            encoding: file.encoding,
            rules_version: file.rules_version,
            submitted_by: file.submitted_by,
            recorded_at: file.recorded_at,
            synthetic: file.synthetic,
            rows: file.rows,
            units: file.units.iter().map(UnitId::to_string).collect(),
            first_day: file.as_of.map(|(first, _)| first),
            last_day: file.as_of.map(|(_, last)| last),
            withdrawn: match file.state {
                SubmissionState::Standing => None,
                SubmissionState::Withdrawn { at, by, reason } => Some(Withdrawn { at, by, reason }),
            },
        }
    }
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các tệp đã ghi nhận, mới nhất trước",
        "The recorded files, newest first",
    ),
    parameters: &[LANG, UNIT, KNOWN_ON, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("number", "/number"),
        ("file_name", "/file_name"),
        ("form", "/form"),
        ("units", "/units"),
        ("first_day", "/first_day"),
        ("last_day", "/last_day"),
        ("rows", "/rows"),
        ("submitted_by", "/submitted_by"),
        ("recorded_at", "/recorded_at"),
        ("withdrawn_at", "/withdrawn/at"),
        ("sha256", "/sha256"),
    ])],
    ..Operation::read(list, shape::<Page<SubmissionEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let unit = call.asked_unit()?;
    let window = Window::read(call)?;
    let asked = (call.visitor, unit);
    let files = seen_files(&call.state, asked, (window.known_on, window.reach()))?;
    window.page(call, files, SubmissionEntry::from)
}

pub(super) static GET: Operation = Operation {
    about: ("Một tệp đã ghi nhận", "A recorded file"),
    parameters: &[FILE_PATH, LANG, KNOWN_ON],
    ..Operation::read(get, shape::<SubmissionEntry>)
};

fn get(call: &Call) -> Result<Reply, Problem> {
    Reply::json(&SubmissionEntry::from(find(call, call.known_on()?)?))
}

fn find(call: &Call, known_on: DateTime<Utc>) -> Result<Submission, Problem> {
    let number = call.file()?;
    let found = call
        .state
        .store
        .find_submission(SubmissionId(number), known_on)?;
    found.ok_or_else(|| Problem::not_found(&format!("submission {number}")))
}

/// The file of a submission as it came.
fn file_of(call: &Call, submission: &Submission) -> Result<(String, Vec<u8>), Problem> {
    let file = call.state.store.find_file(submission.id)?;
    file.ok_or_else(|| Problem::not_found(&format!("submission {}", submission.id)))
}

pub(super) static RECEIPT: Operation = Operation {
    about: (
        "Biên nhận của tệp, như khi ghi nhận",
        "The receipt of a file, as it was when it was recorded",
    ),
    parameters: &[FILE_PATH, LANG],
    ..Operation::read(receipt, shape::<Receipt>)
};

fn receipt(call: &Call) -> Result<Reply, Problem> {
    let submission = find(call, call.known_on()?)?;
    let (name, bytes) = file_of(call, &submission)?;
    let receipt = receipt_of(
        &call.state,
        SourceFile::new(&name, bytes),
        Some(&submission),
    )?;
    Ok(Reply::bytes(output::receipt_json(&receipt).into_bytes()))
}

pub(super) static FILE: Operation = Operation {
    about: ("Tệp đúng như đã gửi", "The file exactly as it came"),
    parameters: &[FILE_PATH, LANG],
    ..Operation::file(file, "application/octet-stream")
};

fn file(call: &Call) -> Result<Reply, Problem> {
    let submission = find(call, call.known_on()?)?;
    let (name, bytes) = file_of(call, &submission)?;
    Ok(Reply {
        file_name: Some(name),
        ..Reply::bytes(bytes)
    })
}

/// Why a file is taken back or restored.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Turn {
    /// Why.
    #[schemars(length(min = 1, max = 500))]
    reason: String,
}

pub(super) static WITHDRAW: Operation = Operation {
    about: (
        "Rút tệp: số liệu tệp này thay thế được tính lại",
        "Takes a file back: what it had replaced counts again",
    ),
    parameters: &[FILE_PATH, LANG],
    carries: Carries::Json(shape::<Turn>),
    ..Operation::read(withdraw, shape::<SubmissionEntry>)
};

pub(super) static RESTORE: Operation = Operation {
    about: (
        "Cho tệp đã rút được tính lại",
        "Lets a withdrawn file count again",
    ),
    parameters: &[FILE_PATH, LANG],
    carries: Carries::Json(shape::<Turn>),
    ..Operation::read(restore, shape::<SubmissionEntry>)
};

fn withdraw(call: &Call) -> Result<Reply, Problem> {
    turn(call, true)
}

fn restore(call: &Call) -> Result<Reply, Problem> {
    turn(call, false)
}

fn turn(call: &Call, withdrawn: bool) -> Result<Reply, Problem> {
    let (id, turn) = (SubmissionId(call.file()?), call.json::<Turn>()?);
    let reason = line("reason", &turn.reason, NOTE)?;
    let (store, now) = (&call.state.store, (call.state.clock)());
    if withdrawn {
        store.withdraw_submission(id, &call.by, reason, now)?;
    } else {
        store.restore_submission(id, &call.by, reason, now)?;
    }
    let stands = find(call, call.state.latest_moment()?)?;
    Reply::json(&SubmissionEntry::from(stands))
}
