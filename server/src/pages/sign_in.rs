//! Signing in and out: a name and a password, then a code where the account asks for one.

use std::net::IpAddr;

use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, LOCATION, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use store::domain::{Account, AccountDeed, Digest, Login, Role, Text};

use super::Page;
use crate::access::{self, SignedIn, Taken};
use crate::demo::{DEMO_PASSWORD, DEMO_SENDER};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "sign_in.html")]
pub(super) struct SignInPage {
    page: Page,
    /// The page to go on to.
    to: String,
    login: String,
    message: Option<String>,
    /// What the provider is called where people may sign in instead, and the way there; `None`: there is none.
    provider: Option<(String, String)>,
    /// Logins of a demonstration with what each is for.
    demo: Vec<(String, String)>,
    demo_password: &'static str,
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct CodePage {
    page: Page,
    to: String,
    message: Option<&'static str>,
}

/// Where to go on to.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    pub(super) to: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct SignInForm {
    login: String,
    password: String,
    #[serde(default)]
    to: String,
}

/// What the form of the second factor sends.
#[derive(Deserialize)]
pub struct CodeForm {
    code: String,
    #[serde(default)]
    to: String,
}

/// A path of our own; the first page where it is anything else, so that no link leads through us to another site.
pub(super) fn own_path(to: &str) -> &str {
    let is_own = to.starts_with('/')
        && !to.starts_with("//")
        && !to.contains('\\')
        && !to.chars().any(char::is_control);
    if is_own { to } else { "/" }
}

/// Shows the form.
///
/// # Errors
/// [`ServerError`] where the address cannot be read.
pub async fn get_sign_in(
    state: web::Data<State>,
    view: View,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, ServerError> {
    let to = wanted.into_inner().to.unwrap_or_default();
    let page = web::block(move || sign_in_page(&state, view, (String::new(), to), None)).await??;
    super::html(&page)
}

pub(super) fn sign_in_page(
    state: &State,
    view: View,
    (login, to): (String, String),
    message: Option<String>,
) -> Result<SignInPage, ServerError> {
    let title = Text::new("Đăng nhập", "Sign in");
    let to = own_path(&to).to_owned();
    let provider = state.provider.as_ref().map(|provider| {
        let there = on_the_way("/sign-in/openid", &to, view);
        (provider.name(), there)
    });
    let accounts = state.store.list_accounts()?.into_iter();
    let demo = accounts.filter(|account| {
        account.active && account.changed_by == DEMO_SENDER && account.deed == AccountDeed::Password
    });
    let words = |account: Account| {
        let name = Role::name(account.role.key());
        let name = name.in_language(view.language).to_owned();
        (account.login.to_string(), name)
    };
    Ok(SignInPage {
        page: Page::new(view, "/sign-in", &title, false),
        to,
        login,
        message,
        provider,
        demo: demo.map(words).collect(),
        demo_password: DEMO_PASSWORD,
    })
}

/// How a try to sign in ended.
enum Tried {
    /// Gone on to a path, with the header that hands out a session.
    In { cookie: String, to: String },
    /// The form again, with what was wrong.
    Wrong(String),
}

impl Tried {
    fn answer(self) -> HttpResponse {
        match self {
            Self::In { cookie, to } => go_on(&cookie, &to),
            Self::Wrong(page) => HttpResponse::build(StatusCode::FORBIDDEN)
                .content_type(ContentType::html())
                .body(page),
        }
    }
}

/// Where a try comes from.
struct Client {
    address: IpAddr,
    browser: String,
}

/// Opens a session where name and password are right. Neither the words nor the time tell which of the two was wrong.
///
/// # Errors
/// [`ServerError::TooManyTries`] where too many were wrong before.
pub async fn sign_in(
    state: web::Data<State>,
    request: HttpRequest,
    view: View,
    form: web::Form<SignInForm>,
) -> Result<HttpResponse, ServerError> {
    let (_, browser) = access::shown(&state, &request);
    let address = state.security.client(&request);
    let client = Client { address, browser };
    let tried = web::block(move || try_password(&state, &client, view, form.into_inner()));
    Ok(tried.await??.answer())
}

fn try_password(
    state: &State,
    client: &Client,
    view: View,
    form: SignInForm,
) -> Result<Tried, ServerError> {
    let login = Login::parse(&form.login);
    try_again_later(state, client.address, login)?;
    let account = login.map(|login| state.store.find_account(login));
    let account = account.transpose()?.flatten();
    let account = account.filter(|account| account.active);
    let credential = match &account {
        Some(account) => state.store.find_credential(account.login)?,
        None => None,
    };
    let kept = credential.as_ref().map(|kept| kept.password_hash.as_str());
    let is_right = state.hashing.verify(&form.password, kept)?;
    let (Some(account), Some(credential), true) = (account, &credential, is_right) else {
        let message = view.language.pick(
            "Tên đăng nhập hoặc mật khẩu không đúng.",
            "The sign-in name or the password is wrong.",
        );
        let shown = (form.login, form.to);
        let page = sign_in_page(state, view, shown, Some(message.to_owned()))?;
        return Ok(Tried::Wrong(page.render()?));
    };
    state.throttle.succeeded(client.address, account.login);
    let asks_code = credential.totp_secret.is_some();
    let to = own_path(&form.to);
    Ok(Tried::In {
        cookie: access::open(state, account.login, asks_code, &client.browser)?,
        to: next_path(to, asks_code, view),
    })
}

/// Where somebody goes on to who is known: to where the code is asked for, or to where they wanted.
pub(super) fn next_path(to: &str, asks_code: bool, view: View) -> String {
    if asks_code {
        on_the_way("/sign-in/code", to, view)
    } else {
        to.to_owned()
    }
}

/// Refuses a try where too many were wrong before; counts it as wrong until it is known to be right.
pub(super) fn try_again_later(
    state: &State,
    client: IpAddr,
    login: Option<Login>,
) -> Result<(), ServerError> {
    let begun = state.throttle.begin(client, login, (state.clock)());
    begun.map_err(|wait| ServerError::TooManyTries {
        seconds: wait.num_seconds().unsigned_abs() + 1,
    })
}

/// A step of signing in, on the way to a page.
fn on_the_way(step: &str, to: &str, view: View) -> String {
    let query = serde_urlencoded::to_string([("to", to)]).unwrap_or_default();
    view.link(&format!("{step}?{query}"))
}

fn go_on(cookie: &str, to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((SET_COOKIE, cookie))
        .insert_header((LOCATION, to))
        .finish()
}

fn code_page(view: View, to: &str) -> CodePage {
    let title = Text::new("Mã xác nhận", "Confirmation code");
    CodePage {
        page: Page::new(view, "/sign-in/code", &title, false),
        to: own_path(to).to_owned(),
        message: None,
    }
}

/// Asks for the code.
///
/// # Errors
/// [`ServerError`] where the address cannot be read.
pub async fn get_code(view: View, wanted: web::Query<Wanted>) -> Result<HttpResponse, ServerError> {
    super::html(&code_page(view, wanted.to.as_deref().unwrap_or_default()))
}

/// Opens the session for whom the code is right; a recovery code is used up with it.
///
/// # Errors
/// [`ServerError::NotSignedIn`] where no password was right before; [`ServerError::TooManyTries`] where too many codes were
/// wrong.
pub async fn take_code(
    state: web::Data<State>,
    request: HttpRequest,
    view: View,
    form: web::Form<CodeForm>,
) -> Result<HttpResponse, ServerError> {
    let (cookie, browser) = access::shown(&state, &request);
    let address = state.security.client(&request);
    let client = Client { address, browser };
    let tried = web::block(move || {
        let pending = access::pending_login(&state, cookie)?;
        try_code(&state, (&client, pending), view, &form)
    });
    Ok(tried.await??.answer())
}

fn try_code(
    state: &State,
    (client, (pending, login)): (&Client, (Digest, Login)),
    view: View,
    form: &CodeForm,
) -> Result<Tried, ServerError> {
    try_again_later(state, client.address, Some(login))?;
    let credential = state.store.find_credential(login)?;
    let credential = credential.ok_or(ServerError::NotSignedIn)?;
    let taken = access::take(state, (login, &credential), &form.code)?;
    let Some(taken) = taken else {
        let mut page = code_page(view, &form.to);
        page.message = Some(view.language.pick(
            "Mã không đúng hoặc đã được dùng.",
            "The code is wrong or was used before.",
        ));
        return Ok(Tried::Wrong(page.render()?));
    };
    state.throttle.succeeded(client.address, login);
    state.store.end_session(pending)?;
    Ok(Tried::In {
        cookie: access::open(state, login, false, &client.browser)?,
        // Who had to use a recovery code is led to where the second factor is set up again.
        to: match taken {
            Taken::Code => own_path(&form.to).to_owned(),
            Taken::Recovery => view.link("/account"),
        },
    })
}

/// Ends the session.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub async fn sign_out(
    state: web::Data<State>,
    view: View,
    signed_in: SignedIn,
) -> Result<HttpResponse, ServerError> {
    let cookie = access::end_cookie(&state);
    web::block(move || state.store.end_session(signed_in.session.sha256)).await??;
    Ok(go_on(&cookie, &view.link("/sign-in")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_our_own_is_gone_on_to() {
        for own in ["/", "/files?lang=en", "/provinces/q24#files"] {
            assert_eq!(own_path(own), own);
        }
        for foreign in [
            "",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "https://elsewhere.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x",
            "files",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
    }
}
