//! What the rules asked about files: open questions of uploads that wait, and answers that were given.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{GivenAnswer, Question, Text};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, KNOWN_ON, LANG, LIMIT, UNIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use crate::pages::questions::{given_answers, open_questions};

/// What is asked.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Question")]
struct QuestionEntry {
    /// Its name, the same from week to week.
    id: String,
    rule: String,
    /// The unit asked about; null where it is the file as a whole.
    unit: Option<String>,
    /// The day asked about; null where there is none.
    as_of: Option<NaiveDate>,
    /// Which part of the unit's work; empty for all of it.
    about: Text,
    asked: Text,
}

impl From<Question> for QuestionEntry {
    fn from(question: Question) -> Self {
        Self {
            id: question.id.to_string(),
            rule: question.rule,
            unit: question.unit.map(|unit| unit.to_string()),
            as_of: question.as_of,
            about: question.about,
            asked: question.asked,
        }
    }
}

/// A question about an upload that waits for its commit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OpenQuestion")]
pub(crate) struct OpenEntry {
    question: QuestionEntry,
    file_name: String,
    sent_at: DateTime<Utc>,
}

/// An answer.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Answer")]
pub(crate) struct AnswerEntry {
    question: QuestionEntry,
    answer: String,
    /// The submission it came with.
    submission: i64,
    file_name: String,
    by: String,
    at: DateTime<Utc>,
    /// Whether its submission was taken back.
    withdrawn: bool,
    /// The last day for which it holds; null where it holds for none.
    holds_until: Option<NaiveDate>,
}

impl From<GivenAnswer> for AnswerEntry {
    fn from(given: GivenAnswer) -> Self {
        Self {
            holds_until: given.holds_until(),
            question: given.answer.question.into(),
            answer: given.answer.text,
            submission: given.submission.0,
            file_name: given.file_name,
            by: given.by,
            at: given.at,
            withdrawn: given.withdrawn,
        }
    }
}

pub(super) static OPEN: Operation = Operation {
    about: (
        "Câu hỏi về các tệp đã gửi lên trang mà chưa ghi nhận",
        "Questions about files that were uploaded and wait for their commit",
    ),
    parameters: &[LANG, UNIT, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("id", "/question/id"),
        ("rule", "/question/rule"),
        ("unit", "/question/unit"),
        ("as_of", "/question/as_of"),
        ("asked_vi", "/question/asked/vi"),
        ("asked_en", "/question/asked/en"),
        ("file_name", "/file_name"),
        ("sent_at", "/sent_at"),
    ])],
    ..Operation::read(open, shape::<Page<OpenEntry>>)
};

fn open(call: &Call) -> Result<Reply, Problem> {
    let open = open_questions(&call.state, (call.visitor, call.asked_unit()?))?;
    Window::read(call)?.page(call, open, |open| OpenEntry {
        question: open.question.into(),
        file_name: open.file_name,
        sent_at: open.sent_at,
    })
}

pub(super) static ANSWERS: Operation = Operation {
    about: (
        "Câu trả lời đã nhận cùng tệp, mới nhất trước; có hiệu lực tám tuần",
        "Answers that came with files, newest first; they hold for eight weeks",
    ),
    parameters: &[LANG, UNIT, KNOWN_ON, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("id", "/question/id"),
        ("rule", "/question/rule"),
        ("unit", "/question/unit"),
        ("as_of", "/question/as_of"),
        ("asked_vi", "/question/asked/vi"),
        ("asked_en", "/question/asked/en"),
        ("answer", "/answer"),
        ("submission", "/submission"),
        ("by", "/by"),
        ("at", "/at"),
        ("withdrawn", "/withdrawn"),
        ("holds_until", "/holds_until"),
    ])],
    ..Operation::read(answers, shape::<Page<AnswerEntry>>)
};

fn answers(call: &Call) -> Result<Reply, Problem> {
    let unit = call.asked_unit()?;
    let window = Window::read(call)?;
    let asked = (call.visitor, unit);
    let given = given_answers(&call.state, asked, (window.known_on, window.reach()))?;
    window.page(call, given, AnswerEntry::from)
}
