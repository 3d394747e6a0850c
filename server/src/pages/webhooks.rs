//! The webhooks, for the administrator: which programs are told of events.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use store::domain::{Language, Text, Webhook, WebhookDeed};

use super::page::moment;
use super::{Page, html};
use crate::error::ServerError;
use crate::outbox::{new_secret, read_url, shown_secret};
use crate::state::State;
use crate::view::View;

/// The share of expected units with which a week is complete where nothing else is asked, in percent.
pub(crate) const LEAST_PERCENT: u8 = 100;

#[derive(Template)]
#[template(path = "webhooks.html")]
struct WebhooksPage {
    page: Page,
    rows: Vec<Row>,
    /// Number and secret of the webhook that was just registered.
    made: Option<(i64, String)>,
    moved_days: i64,
}

struct Row {
    number: i64,
    url: String,
    least_percent: u8,
    active: bool,
    given_up: bool,
    changed: String,
}

/// What the form of a webhook sends.
#[derive(Debug, Deserialize)]
pub struct WebhookForm {
    #[serde(default)]
    url: String,
    #[serde(default)]
    least_percent: String,
}

/// Registers a webhook; its number and its secret, which is shown this once.
///
/// # Errors
/// [`ServerError::Webhook`] where the address is not taken; [`ServerError::Malformed`] where the share is none;
/// [`ServerError::Store`] where the address is registered already.
pub(crate) fn register(
    state: &State,
    (url, least_percent): (&str, u8),
    by: &str,
) -> Result<(i64, String), ServerError> {
    let url = read_url(url).map_err(ServerError::Webhook)?;
    if !(1..=100).contains(&least_percent) {
        return Err(ServerError::malformed(
            "least_percent",
            &least_percent.to_string(),
        ));
    }
    let secret = new_secret()?;
    let by = (by, (state.clock)());
    let number = state
        .store
        .register_webhook((url.as_str(), least_percent), &secret, by)?;
    Ok((number, shown_secret(&secret)))
}

/// Does something to a webhook: `enable`, `disable`, or `test`, which sends it a message.
///
/// # Errors
/// [`ServerError::NotFound`] where there is none of the number, or no such deed; [`ServerError::Store`] where it stands so
/// already.
pub(crate) fn turn(
    state: &State,
    (number, deed): (i64, &str),
    by: &str,
) -> Result<(), ServerError> {
    let known = state.store.list_webhooks()?;
    if !known.iter().any(|one| one.number == number) {
        return Err(ServerError::NotFound(format!("webhook {number}")));
    }
    let now = (state.clock)();
    let deed = match deed {
        "enable" => WebhookDeed::Enable,
        "disable" => WebhookDeed::Disable,
        "test" => return Ok(state.store.queue_test(number, now).map(drop)?),
        other => return Err(ServerError::NotFound(other.chars().take(40).collect())),
    };
    Ok(state.store.turn_webhook(number, deed, (by, now))?)
}

/// Lists the webhooks.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub async fn list_webhooks(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || page(&state, view, None)).await??)
}

fn page(
    state: &State,
    view: View,
    made: Option<(i64, String)>,
) -> Result<WebhooksPage, ServerError> {
    let webhooks = state.store.list_webhooks()?;
    let title = Text::new("Webhook", "Webhooks");
    Ok(WebhooksPage {
        page: Page::new(view, "/webhooks", &title, false),
        rows: webhooks
            .iter()
            .map(|webhook| Row::new(webhook, view.language))
            .collect(),
        made,
        moved_days: reports::MOVED_DAYS,
    })
}

impl Row {
    fn new(webhook: &Webhook, language: Language) -> Self {
        Self {
            number: webhook.number,
            url: webhook.url.clone(),
            least_percent: webhook.least_percent,
            active: webhook.deed.leaves_active(),
            given_up: webhook.deed == WebhookDeed::GiveUp,
            changed: format!(
                "{} · {}",
                moment(language, webhook.changed_at),
                webhook.changed_by
            ),
        }
    }
}

/// Registers a webhook and shows its secret.
///
/// # Errors
/// [`ServerError`] where the address cannot be used; nothing is recorded then.
pub async fn register_webhook(
    state: web::Data<State>,
    view: View,
    form: web::Form<WebhookForm>,
) -> Result<HttpResponse, ServerError> {
    let shown = web::block(move || {
        let text = form.least_percent.trim();
        let least = match text {
            "" => LEAST_PERCENT,
            _ => text
                .parse()
                .ok()
                .ok_or_else(|| ServerError::malformed("least_percent", text))?,
        };
        let made = register(&state, (&form.url, least), &view.visitor.name())?;
        page(&state, view, Some(made))
    });
    html(&shown.await??)
}

/// Does to a webhook what the address says.
///
/// # Errors
/// [`ServerError`] where there is none, or nothing would change.
pub async fn turn_webhook(
    state: web::Data<State>,
    view: View,
    path: web::Path<(i64, String)>,
) -> Result<HttpResponse, ServerError> {
    let (number, deed) = path.into_inner();
    let place = if deed == "test" {
        "/deliveries"
    } else {
        "/webhooks"
    };
    web::block(move || turn(&state, (number, &deed), &view.visitor.name())).await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link(place)))
        .finish())
}
