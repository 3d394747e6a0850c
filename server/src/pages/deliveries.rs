//! The outbox, for the administrator: what was delivered to whom, what is tried again, and what could not be delivered.

use actix_web::http::header::{ContentType, LOCATION};
use actix_web::{HttpResponse, web};
use askama::Template;
use store::domain::{Contact, Language, Message, MessageState, Recipient, Text, Webhook};

use super::Page;
use super::mail_rows::{owner, state_words};
use super::page::moment;
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

/// How many messages the page lists.
const LISTED: i64 = 200;

#[derive(Template)]
#[template(path = "deliveries.html")]
struct DeliveriesPage {
    page: Page,
    /// Whether mail is sent from here.
    mail: bool,
    undelivered: u32,
    /// The addresses of webhooks that were switched off because nothing arrived.
    given_up: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    key: String,
    kind: &'static str,
    to: String,
    about: String,
    words: &'static str,
    mark: &'static str,
    alert: bool,
    open: bool,
    attempts: u32,
    status: String,
    reason: String,
    queued_at: String,
    /// When it ended, or when it is tried next.
    at: String,
}

/// Lists the messages. While one is on its way the page asks to be loaded again, without a script.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub async fn list_deliveries(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let shown = web::block(move || page(&state, view)).await??;
    let mut response = HttpResponse::Ok();
    if shown.rows.iter().any(|row| row.open && row.attempts == 0) {
        response.insert_header(("Refresh", "3"));
    }
    Ok(response
        .content_type(ContentType::html())
        .body(shown.render()?))
}

fn page(state: &State, view: View) -> Result<DeliveriesPage, ServerError> {
    let (contacts, webhooks) = (state.store.list_contacts()?, state.store.list_webhooks()?);
    let messages = state.store.list_messages(LISTED)?;
    let standing = state.store.outbox_standing()?;
    let title = Text::new("Gửi thư và webhook", "Deliveries");
    let given_up = webhooks
        .iter()
        .filter(|one| one.deed == store::domain::WebhookDeed::GiveUp);
    Ok(DeliveriesPage {
        page: Page::new(view, "/deliveries", &title, false),
        mail: state.mail,
        undelivered: standing.mail.undelivered + standing.webhook.undelivered,
        given_up: given_up.map(|one| one.url.clone()).collect(),
        rows: messages
            .iter()
            .map(|message| {
                let to = recipient(state, message, (&contacts, &webhooks), view.language);
                Row::new(message, to, view.language)
            })
            .collect(),
    })
}

fn recipient(
    state: &State,
    message: &Message,
    (contacts, webhooks): (&[Contact], &[Webhook]),
    language: Language,
) -> String {
    match message.recipient {
        Recipient::Contact(number) => {
            let found = contacts.iter().find(|one| one.number == number);
            found.map_or_else(String::new, |one| {
                format!("{} · {}", owner(state, one, language), one.contact.address)
            })
        }
        Recipient::Webhook(number) => {
            let found = webhooks.iter().find(|one| one.number == number);
            found.map_or_else(String::new, |one| one.url.clone())
        }
    }
}

/// What a message is about, by the beginning of its key.
fn about(key: &str, language: Language) -> String {
    const KINDS: [(&str, &str, &str); 5] = [
        ("letter-", "Công văn đôn đốc", "Reminder letter"),
        ("pack-", "Bộ tài liệu họp", "Meeting pack"),
        ("week-complete-", "Tuần đủ báo cáo", "Week complete"),
        ("forecast-moved-", "Dự báo thay đổi", "Forecast moved"),
        ("test-", "Gửi thử", "Test"),
    ];
    let found = KINDS.iter().find(|(start, ..)| key.starts_with(start));
    found.map_or_else(String::new, |(_, vi, en)| language.pick(vi, en).to_owned())
}

impl Row {
    fn new(message: &Message, to: String, language: Language) -> Self {
        let (words, mark) = state_words(message, language);
        let open = message.state == MessageState::Waiting;
        Self {
            key: message.key.clone(),
            kind: message.recipient.kind(),
            to,
            about: about(&message.key, language),
            words,
            mark,
            alert: message.is_alert(),
            open,
            attempts: message.attempts,
            status: message
                .status
                .map_or_else(|| "–".to_owned(), |status| status.to_string()),
            reason: message.error.clone().unwrap_or_default(),
            queued_at: moment(language, message.queued_at),
            at: moment(
                language,
                message.ended_at.unwrap_or(message.next_attempt_at),
            ),
        }
    }
}

/// Has a message tried at once (`again`), or notes that its failure was seen (`seen`).
///
/// # Errors
/// [`ServerError::NotFound`] where there is no such message or deed; [`ServerError::Store`] where it stands otherwise by now.
pub async fn turn_message(
    state: web::Data<State>,
    view: View,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, ServerError> {
    let (key, deed) = path.into_inner();
    web::block(move || turn(&state, (&key, &deed), &view.visitor.name())).await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link("/deliveries")))
        .finish())
}

/// Does something to a message.
///
/// # Errors
/// As [`turn_message`].
pub(crate) fn turn(state: &State, (key, deed): (&str, &str), by: &str) -> Result<(), ServerError> {
    match deed {
        "again" => Ok(state.store.requeue_message(key, (state.clock)())?),
        "seen" => Ok(state.store.settle_message(key, by)?),
        other => Err(ServerError::NotFound(other.chars().take(40).collect())),
    }
}
