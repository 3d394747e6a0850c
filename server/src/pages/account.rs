//! One's own account: the password, the open sessions, the second factor.

use std::net::IpAddr;

use actix_web::http::header::{LOCATION, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use store::domain::{AccountChange, AccountDeed, Session, Text};

use super::links::PasswordForm;
use super::page::moment;
use super::sign_in::try_again_later;
use super::{Page, html};
use crate::access::{self, LONGEST, SHORTEST, SignedIn};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    name: String,
    has_second_factor: bool,
    sessions: Vec<SessionRow>,
    shortest: usize,
    longest: usize,
}

struct SessionRow {
    client: String,
    created: String,
    seen: String,
    current: bool,
}

/// What a change of the password sends.
#[derive(Deserialize)]
pub struct ChangeForm {
    current: String,
    #[serde(flatten)]
    chosen: PasswordForm,
}

/// Shows the account.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub async fn get_account(
    state: web::Data<State>,
    view: View,
    own: SignedIn,
) -> Result<HttpResponse, ServerError> {
    let language = view.language;
    let page = web::block(move || {
        let login = own.account.login;
        let credential = state.store.find_credential(login)?;
        let sessions = access::list(&state, login)?.into_iter();
        let row = |session: Session| SessionRow {
            created: moment(language, session.created_at),
            seen: moment(language, session.seen_at),
            current: session.sha256 == own.session.sha256,
            client: session.client,
        };
        let title = Text::new("Tài khoản của tôi", "My account");
        Ok::<_, ServerError>(AccountPage {
            page: Page::new(view, "/account", &title, false),
            name: own.account.name.clone(),
            has_second_factor: credential.is_some_and(|kept| kept.totp_secret.is_some()),
            sessions: sessions.map(row).collect(),
            shortest: SHORTEST,
            longest: LONGEST,
        })
    })
    .await??;
    html(&page)
}

/// Whether a password is the account's own; asked again before what would let a borrowed session keep the account.
pub(super) fn confirm(
    state: &State,
    own: &SignedIn,
    client: IpAddr,
    password: &str,
) -> Result<(), ServerError> {
    let login = own.account.login;
    try_again_later(state, client, Some(login))?;
    let credential = state.store.find_credential(login)?;
    let kept = credential.as_ref().map(|kept| kept.password_hash.as_str());
    if state.hashing.verify(password, kept)? {
        state.throttle.succeeded(client, login);
        return Ok(());
    }
    Err(ServerError::Password(Text::new(
        "Mật khẩu hiện tại không đúng.",
        "The present password is wrong.",
    )))
}

/// Changes the password; every other session of the account ends.
///
/// # Errors
/// [`ServerError::Password`] where the present one is wrong or the new one is not taken.
pub async fn change_password(
    state: web::Data<State>,
    request: HttpRequest,
    view: View,
    own: SignedIn,
    form: web::Form<ChangeForm>,
) -> Result<HttpResponse, ServerError> {
    let client = state.security.client(&request);
    let (_, browser) = access::shown(&state, &request);
    let cookie = web::block(move || {
        confirm(&state, &own, client, &form.current)?;
        let login = own.account.login;
        let hash = state.hashing.hash(form.chosen.chosen()?, login)?;
        let change = change(&state, &own, AccountDeed::Password);
        let by = login.to_string();
        state
            .store
            .set_password(&AccountChange { by: &by, ..change }, &hash)?;
        access::open(&state, login, false, &browser)
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((SET_COOKIE, cookie))
        .insert_header((LOCATION, view.link("/account")))
        .finish())
}

/// A change of one's own account.
pub(super) fn change(state: &State, own: &SignedIn, deed: AccountDeed) -> AccountChange<'static> {
    AccountChange {
        login: own.account.login,
        deed,
        standing: None,
        by: "",
        at: (state.clock)(),
    }
}

/// Ends every other session of the account.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub async fn end_sessions(
    state: web::Data<State>,
    view: View,
    own: SignedIn,
) -> Result<HttpResponse, ServerError> {
    web::block(move || {
        let (login, kept) = (own.account.login, own.session.sha256);
        state.store.end_other_sessions(login, kept)
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link("/account")))
        .finish())
}
