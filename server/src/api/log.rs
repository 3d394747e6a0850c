//! The log of every write, and its proof.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use store::{LogEntry, Verification};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, KNOWN_ON, LANG, LIMIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;

/// An entry of the log.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LogEntry")]
pub(crate) struct Entry {
    number: i64,
    recorded_at: DateTime<Utc>,
    actor: String,
    action: String,
    subject: String,
    /// The seal: the digest of this entry and the seal before it.
    sha256: String,
}

impl From<LogEntry> for Entry {
    fn from(entry: LogEntry) -> Self {
        Self {
            number: entry.id,
            recorded_at: entry.recorded_at,
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            sha256: entry.sha256.to_string(),
        }
    }
}

pub(super) static LIST: Operation = Operation {
    about: ("Nhật ký, mới nhất trước", "The log, newest first"),
    parameters: &[LANG, KNOWN_ON, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("number", "/number"),
        ("recorded_at", "/recorded_at"),
        ("actor", "/actor"),
        ("action", "/action"),
        ("subject", "/subject"),
        ("sha256", "/sha256"),
    ])],
    ..Operation::read(list, shape::<Page<Entry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let window = Window::of_entries(call)?;
    let entries = call.state.store.list_log(window.known_on, window.reach())?;
    window.page(call, entries, Entry::from)
}

/// What proving the log gave.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Verification")]
pub(crate) struct Proof {
    /// Whether every entry follows from the one before and everything it recorded is what it was.
    whole: bool,
    /// How many entries there are; null where the log is broken.
    entries: Option<u64>,
    /// The seal of the last entry; null for an empty or a broken log.
    head: Option<String>,
    /// The first entry that is wrong; null where none is, or what is wrong stands outside of the log.
    broken: Option<i64>,
    /// What is wrong; null where nothing is.
    reason: Option<String>,
}

pub(super) static VERIFY: Operation = Operation {
    about: (
        "Chứng minh nhật ký nguyên vẹn và không có gì bị sửa về sau",
        "Proves that the log is whole and nothing was changed afterwards",
    ),
    parameters: &[LANG],
    ..Operation::read(verify, shape::<Proof>)
};

fn verify(call: &Call) -> Result<Reply, Problem> {
    Reply::json(&match call.state.store.verify()? {
        Verification::Whole { entries, head } => Proof {
            whole: true,
            entries: Some(entries),
            head: head.map(|head| head.to_string()),
            broken: None,
            reason: None,
        },
        Verification::Broken { entry, reason } => Proof {
            whole: false,
            entries: None,
            head: None,
            broken: Some(entry),
            reason: Some(reason),
        },
        Verification::Outside { table, reason } => Proof {
            whole: false,
            entries: None,
            head: None,
            broken: None,
            reason: Some(format!("{table}: {reason}")),
        },
    })
}
