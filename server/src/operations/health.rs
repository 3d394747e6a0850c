//! Whether the process lives, and whether it can do its work.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpResponse, web};

use super::Settings;
use crate::error::ServerError;
use crate::state::State;

/// Answers as long as the process can answer anything.
pub(crate) async fn get_live() -> HttpResponse {
    answer(StatusCode::OK, "live\n".to_owned())
}

/// Answers 200 where the database answers, its tables are up to date and its disk has room; else 503 with what is missing.
pub(crate) async fn get_ready(
    state: web::Data<State>,
    settings: web::Data<Settings>,
) -> Result<HttpResponse, ServerError> {
    let found = web::block(move || (missing(&state, &settings), undelivered(&state))).await?;
    let (missing, undelivered) = found;
    Ok(match missing {
        None => answer(StatusCode::OK, format!("ready\n{undelivered}")),
        Some(missing) => {
            tracing::warn!(missing, "not ready");
            answer(
                StatusCode::SERVICE_UNAVAILABLE,
                format!("not ready: {missing}\n"),
            )
        }
    })
}

fn answer(status: StatusCode, text: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/plain; charset=utf-8")
        .insert_header((CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .body(text)
}

/// What could not be delivered, as information only: a mail server that is down makes nobody unready.
fn undelivered(state: &State) -> String {
    let standing = state.store.outbox_standing().unwrap_or_default();
    match standing.mail.undelivered + standing.webhook.undelivered {
        0 => String::new(),
        undelivered => format!("undelivered messages: {undelivered}\n"),
    }
}

/// The first thing that keeps the server from its work, without anything that an attacker could use.
fn missing(state: &State, settings: &Settings) -> Option<&'static str> {
    match state.store.is_up_to_date() {
        Ok(true) => {}
        Ok(false) => return Some("the tables are not those of this program"),
        Err(_) => return Some("the database does not answer"),
    }
    let file = settings.database_file.as_ref()?;
    match rustix::fs::statvfs(file) {
        Ok(disk) if disk.f_bavail.saturating_mul(disk.f_frsize) >= settings.least_free => None,
        Ok(_) => Some("the disk of the database is nearly full"),
        Err(_) => Some("the disk of the database cannot be asked"),
    }
}
