//! The outbox: what is delivered to whom, and how far that is.

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::domain::Message;

use super::call::Call;
use super::operation::{Carries, Operation, shape};
use super::parameter::{Form, LANG, LIMIT, MOST_ROWS, NUMBER_PATH, Parameter, USUAL_ROWS};
use super::problem::Problem;
use super::reply::Reply;
use crate::mailing::mail_pack;
use crate::pages::deliveries::turn;
use crate::pages::packs::find;

/// A message of the outbox.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Delivery {
    /// What makes it one of its kind: the event and the recipient; also the `webhook-id`.
    key: String,
    /// `mail` or `webhook`.
    kind: &'static str,
    /// The number of the contact or the webhook.
    recipient: i64,
    /// The log entry of the event; null for a test.
    cause: Option<i64>,
    /// `waiting`, `sent` or `failed`.
    state: &'static str,
    attempts: u32,
    queued_at: DateTime<Utc>,
    /// When it is tried next; null once it has ended.
    next_attempt_at: Option<DateTime<Utc>>,
    /// The code of the last answer; null where there was none.
    status: Option<u16>,
    /// Why the last attempt failed; null where it did not.
    error: Option<String>,
    ended_at: Option<DateTime<Utc>>,
    /// Who has seen that it failed; null where nobody has.
    settled_by: Option<String>,
}

impl From<Message> for Delivery {
    fn from(message: Message) -> Self {
        Self {
            kind: message.recipient.kind(),
            recipient: message.recipient.number(),
            cause: message.cause,
            state: message.state.key(),
            attempts: message.attempts,
            queued_at: message.queued_at,
            next_attempt_at: message
                .ended_at
                .is_none()
                .then_some(message.next_attempt_at),
            status: message.status,
            error: message.error,
            ended_at: message.ended_at,
            settled_by: message.settled_by,
            key: message.key,
        }
    }
}

/// The messages queued last, newest first.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Deliveries {
    deliveries: Vec<Delivery>,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các tin đã gửi, đang gửi và không gửi được, mới nhất trước",
        "What was delivered, is on its way or could not be delivered, newest first",
    ),
    parameters: &[LANG, LIMIT],
    ..Operation::read(list, shape::<Deliveries>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let limit = call.part("limit", |text| {
        let limit: i64 = text.parse().ok()?;
        (1..=MOST_ROWS).contains(&limit).then_some(limit)
    })?;
    let messages = call
        .state
        .store
        .list_messages(limit.unwrap_or(USUAL_ROWS))?;
    Reply::json(&Deliveries {
        deliveries: messages.into_iter().map(Delivery::from).collect(),
    })
}

const MESSAGE: Parameter = Parameter::path(
    "message",
    Form::Key,
    ("Khóa của tin", "The key of the message"),
);

/// What is done to a message.
const DEEDS: [&str; 2] = ["again", "seen"];

const DEED: Parameter = Parameter::path(
    "deed",
    Form::Word(&DEEDS),
    (
        "Gửi ngay, hoặc ghi là đã xem",
        "Try it at once, or note that its failure was seen",
    ),
);

pub(super) static TURN: Operation = Operation {
    about: (
        "Gửi lại ngay một tin chưa gửi được, hoặc ghi là đã xem",
        "Tries a message at once that was not delivered, or notes that somebody has seen it",
    ),
    parameters: &[MESSAGE, DEED, LANG],
    ..Operation::read(turn_message, shape::<Delivery>)
};

fn turn_message(call: &Call) -> Result<Reply, Problem> {
    let known = |text: &str| DEEDS.into_iter().find(|deed| *deed == text);
    let key = call.at("message", |text| Some(text.to_owned()))?;
    turn(&call.state, (&key, call.at("deed", known)?), &call.by)?;
    let message = call.state.store.find_message(&key)?;
    let message = message.ok_or_else(|| Problem::not_found(&key))?;
    Reply::json(&Delivery::from(message))
}

/// To whom a pack is mailed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailOrder {
    /// The numbers of the contacts.
    #[schemars(length(min = 1))]
    contacts: Vec<i64>,
}

/// What was queued.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Queued {
    /// How many mails are new; who had the same before gets it no second time.
    pub(super) queued: usize,
}

pub(super) static MAIL_PACK: Operation = Operation {
    about: (
        "Gửi một bộ tài liệu qua thư điện tử; kết quả gửi xem ở /api/v1/deliveries",
        "Mails a pack; what came of it is at /api/v1/deliveries",
    ),
    parameters: &[NUMBER_PATH, LANG],
    carries: Carries::Json(shape::<MailOrder>),
    done: StatusCode::ACCEPTED,
    ..Operation::read(mail, shape::<Queued>)
};

fn mail(call: &Call) -> Result<Reply, Problem> {
    let order: MailOrder = call.json()?;
    let (pack, _) = find(&call.state, call.number()?)?;
    let queued = mail_pack(&call.state, pack.number, (&order.contacts, &call.by))?;
    Ok(Reply {
        status: StatusCode::ACCEPTED,
        ..Reply::json(&Queued { queued })?
    })
}
