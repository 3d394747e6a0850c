//! Webhooks: registering them, and the events that they are told, for the document.

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::domain::{
    ForecastMoved, Language, Webhook, WebhookBody, WebhookDeed, WebhookTest, WeekComplete,
};

use super::call::Call;
use super::operation::{Carries, JSON, Operation, shape};
use super::parameter::{Form, LANG, NUMBER_PATH, Parameter};
use super::problem::Problem;
use super::reply::Reply;
use crate::pages::webhooks::{LEAST_PERCENT, register, turn};

/// A webhook as it stands.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Webhook")]
pub(crate) struct WebhookEntry {
    number: i64,
    url: String,
    /// The share of expected units, in percent, with which a week is complete for it.
    least_percent: u8,
    /// `active`, `off`, or `given_up` where nothing could be delivered for three days.
    state: &'static str,
    changed_by: String,
    changed_at: DateTime<Utc>,
}

impl From<Webhook> for WebhookEntry {
    fn from(webhook: Webhook) -> Self {
        Self {
            number: webhook.number,
            url: webhook.url,
            least_percent: webhook.least_percent,
            state: match webhook.deed {
                WebhookDeed::Register | WebhookDeed::Enable => "active",
                WebhookDeed::Disable => "off",
                WebhookDeed::GiveUp => "given_up",
            },
            changed_by: webhook.changed_by,
            changed_at: webhook.changed_at,
        }
    }
}

/// The webhooks, in the order registered.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Webhooks {
    webhooks: Vec<WebhookEntry>,
}

/// A webhook that was registered, with its secret.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RegisteredWebhook {
    webhook: WebhookEntry,
    /// What deliveries are signed with, shown this once: `whsec_` and the key in base64.
    secret: String,
}

/// A webhook to be registered.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WebhookOrder")]
pub(crate) struct WebhookOrder {
    /// Where events are sent: `https://…`, or `http://` on the machine of the server.
    #[schemars(length(min = 1, max = 500))]
    url: String,
    /// The share of expected units with which a week is complete, in percent; 100 where it is absent.
    #[schemars(range(min = 1, max = 100))]
    least_percent: Option<u8>,
}

pub(super) static LIST: Operation = Operation {
    about: ("Các webhook đã đăng ký", "The webhooks that are registered"),
    parameters: &[LANG],
    ..Operation::read(list, shape::<Webhooks>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let webhooks = call.state.store.list_webhooks()?.into_iter();
    Reply::json(&Webhooks {
        webhooks: webhooks.map(WebhookEntry::from).collect(),
    })
}

pub(super) static REGISTER: Operation = Operation {
    about: (
        "Đăng ký một webhook; khóa ký chỉ được nêu một lần",
        "Registers a webhook; its secret is shown once",
    ),
    parameters: &[LANG],
    carries: Carries::Json(shape::<WebhookOrder>),
    done: StatusCode::CREATED,
    ..Operation::read(register_webhook, shape::<RegisteredWebhook>)
};

fn register_webhook(call: &Call) -> Result<Reply, Problem> {
    let body: WebhookOrder = call.json()?;
    let least = body.least_percent.unwrap_or(LEAST_PERCENT);
    let (number, secret) = register(&call.state, (&body.url, least), &call.by)?;
    Ok(Reply {
        status: StatusCode::CREATED,
        ..Reply::json(&RegisteredWebhook {
            webhook: find(call, number)?,
            secret,
        })?
    })
}

/// What is done to a webhook.
const DEEDS: [&str; 3] = ["enable", "disable", "test"];

const DEED: Parameter = Parameter::path(
    "deed",
    Form::Word(&DEEDS),
    (
        "Bật, tắt hoặc gửi thử",
        "Switch it on, switch it off, or send it a test",
    ),
);

pub(super) static TURN: Operation = Operation {
    about: (
        "Bật, tắt một webhook hoặc gửi thử; kết quả gửi xem ở /api/v1/deliveries",
        "Switches a webhook on or off, or sends it a test; what came of it is at /api/v1/deliveries",
    ),
    parameters: &[NUMBER_PATH, DEED, LANG],
    ..Operation::read(turn_webhook, shape::<WebhookEntry>)
};

fn turn_webhook(call: &Call) -> Result<Reply, Problem> {
    let known = |text: &str| DEEDS.into_iter().find(|deed| *deed == text);
    let (number, deed) = (call.number()?, call.at("deed", known)?);
    turn(&call.state, (number, deed), &call.by)?;
    Reply::json(&find(call, number)?)
}

fn find(call: &Call, number: i64) -> Result<WebhookEntry, Problem> {
    let mut known = call.state.store.list_webhooks()?.into_iter();
    let own = known.find(|webhook| webhook.number == number);
    let own = own.ok_or_else(|| Problem::not_found(&format!("webhook {number}")))?;
    Ok(WebhookEntry::from(own))
}

/// The events, as the document's `webhooks` have them.
pub(super) fn events(given: &mut SchemaGenerator, language: Language) -> Value {
    let event = |given: &mut SchemaGenerator,
                 body: fn(&mut SchemaGenerator) -> schemars::Schema,
                 about| {
        let headers = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(|name| {
            json!({"name": name, "in": "header", "required": true, "schema": {"type": "string"}})
        });
        json!({"post": {
            "summary": about,
            "description": language.pick(
                "Ký theo Standard Webhooks 1.0: webhook-signature là “v1,” và HMAC-SHA-256 (base64) của “webhook-id.webhook-timestamp.nội dung” với khóa sau “whsec_”. Gửi lại giữ nguyên webhook-id. Trả lời 2xx trong 10 giây là đã nhận; chuyển hướng không được theo; 410 là thôi nhận. Không nhận thì thử lại sau 1, 2, 4 … phút, nhiều nhất 6 giờ một lần, trong 3 ngày; sau đó webhook bị tắt nếu không tin nào tới được.",
                "Signed as Standard Webhooks 1.0 has it: webhook-signature is “v1,” and the HMAC-SHA-256, in base64, of “webhook-id.webhook-timestamp.body” under the key after “whsec_”. What is sent again has the same webhook-id. 2xx within 10 seconds means it was taken; redirects are not followed; 410 means no more is wanted. Else it is tried again after 1, 2, 4 … minutes, at most six hours apart, for three days, after which the webhook is switched off where nothing arrived at all.",
            ),
            "parameters": headers,
            "requestBody": {"required": true, "content": {JSON: {"schema": body(given)}}},
            "responses": {"2XX": {"description": language.pick("Đã nhận", "Taken")}},
        }})
    };
    json!({
        WeekComplete::KIND: event(given, shape::<WebhookBody<WeekComplete>>, language.pick(
            "Đủ đơn vị đã báo cáo cho một tuần; mỗi tuần báo một lần",
            "Enough units have reported for a week; told once for each week",
        )),
        ForecastMoved::KIND: event(given, shape::<WebhookBody<ForecastMoved>>, language.pick(
            "Ngày giữa của dự báo toàn quốc vừa phát hành khác lần trước từ 14 ngày trở lên",
            "The national median of a newly issued forecast is at least 14 days from that of the one before",
        )),
        WebhookTest::KIND: event(given, shape::<WebhookBody<WebhookTest>>, language.pick(
            "Tin gửi thử", "A test",
        )),
    })
}
