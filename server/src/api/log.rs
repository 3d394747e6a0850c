//! The log of every write, and its proof.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use store::{LogEntry, LogFilter, Verification};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, Form, KNOWN_ON, LANG, LIMIT, Parameter};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use crate::line::{NAME, line};
use crate::view::{KnownOn, first_moment};

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
    parameters: &[
        LANG,
        Parameter::query(
            "action",
            Form::Line(NAME),
            (
                "Chỉ việc này, như nhật ký ghi",
                "This deed only, as the log names it",
            ),
        ),
        Parameter::query(
            "actor",
            Form::Line(NAME),
            ("Chỉ người này", "This person only"),
        ),
        Parameter::query(
            "from",
            Form::Day,
            ("Từ ngày này ở Việt Nam", "From this day in Viet Nam on"),
        ),
        Parameter::query(
            "to",
            Form::Day,
            (
                "Đến hết ngày này ở Việt Nam",
                "Until the end of this day in Viet Nam",
            ),
        ),
        KNOWN_ON,
        LIMIT,
        CURSOR,
    ],
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
    let word = |name| call.raw(name).filter(|text| !text.is_empty());
    let word = |name| {
        word(name)
            .map(|text| line(name, &text, NAME).map(str::to_owned))
            .transpose()
    };
    let day = |name| call.part(name, |text| text.parse::<NaiveDate>().ok());
    let (from, to) = (day("from")?, day("to")?);
    let first = from.map_or(DateTime::UNIX_EPOCH, first_moment);
    let last = to.map_or(window.known_on, |day| {
        KnownOn::Day(day).moment(window.known_on)
    });
    let filter = LogFilter {
        action: word("action")?,
        actor: word("actor")?,
        between: Some((first, last)),
        before: None,
    };
    let store = &call.state.store;
    let entries = store.search_log(&filter, window.known_on, window.reach())?;
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
