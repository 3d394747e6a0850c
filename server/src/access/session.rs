//! Sessions: opened by signing in, ended by signing out, by time, or by what is done to the account.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use chrono::TimeDelta;
use store::domain::{Account, Digest, Login, Session};

use super::{cookie, random};
use crate::error::ServerError;
use crate::state::State;

/// A session that is not used for so long ends: NIST SP 800-63B-4 (2025), section 2.2.3, one hour.
pub(super) const IDLE: TimeDelta = TimeDelta::hours(1);

/// A session ends after so long, used or not: a working day; the same section allows 24 hours.
const LONGEST: TimeDelta = TimeDelta::hours(12);

/// How long the second factor is waited for.
const PENDING: TimeDelta = TimeDelta::minutes(10);

/// How much is kept of what a browser calls itself.
const CLIENT_LETTERS: usize = 120;

/// The session of a request and its account.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub account: Account,
}

impl FromRequest for SignedIn {
    type Error = ServerError;
    type Future = Ready<Result<Self, ServerError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions().get::<Self>().cloned();
        ready(found.ok_or(ServerError::NotSignedIn))
    }
}

/// Opens a session and gives the header that hands it to the browser. One that is `pending` opens nothing yet.
pub(crate) fn open(
    state: &State,
    login: Login,
    pending: bool,
    client: &str,
) -> Result<String, ServerError> {
    let now = (state.clock)();
    let value = random()?;
    state.store.open_session(&Session {
        sha256: Digest::of(value.as_bytes()),
        login,
        pending,
        client: client.to_owned(),
        created_at: now,
        seen_at: now,
        expires_at: now + if pending { PENDING } else { LONGEST },
    })?;
    Ok(cookie::give(&value, &state.security))
}

/// The open sessions of an account, the latest used first.
pub(crate) fn list(state: &State, login: Login) -> Result<Vec<Session>, ServerError> {
    Ok(state.store.list_sessions(login, (state.clock)(), IDLE)?)
}

/// The account whose second factor a request may show, and its pending session.
pub(crate) fn pending_login(
    state: &State,
    cookie: Option<Digest>,
) -> Result<(Digest, Login), ServerError> {
    let digest = cookie.ok_or(ServerError::NotSignedIn)?;
    let open = state.store.use_session(digest, (state.clock)(), IDLE)?;
    let open = open.filter(|(session, _)| session.pending);
    let (session, account) = open.ok_or(ServerError::NotSignedIn)?;
    Ok((session.sha256, account.login))
}

/// The header that takes the session of a browser away.
pub(crate) fn end_cookie(state: &State) -> String {
    cookie::take_away(&state.security)
}

/// The digest of the session that a request shows, and what the browser calls itself.
pub(crate) fn shown(state: &State, request: &HttpRequest) -> (Option<Digest>, String) {
    let client = request.headers().get(USER_AGENT);
    let client = client.and_then(|client| client.to_str().ok());
    let client = client.unwrap_or_default().chars().take(CLIENT_LETTERS);
    (
        cookie::read(request.headers(), &state.security),
        client.collect(),
    )
}
