//! Signing in at a provider: to it, and back from it.

use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, LOCATION, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template as _;
use store::domain::{Language, Login, Text};
use tracing::warn;

use super::sign_in::{Wanted, next_path, own_path, sign_in_page};
use crate::access::{self, Answered, Begun, OpenIdError, Provider};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

/// The longest path that is gone on to afterwards: it has to fit into a cookie.
const LONGEST_PATH: usize = 1000;

/// The provider; a page that is not there without one.
fn provider(state: &State) -> Result<&Provider, ServerError> {
    let provider = state.provider.as_deref();
    provider.ok_or_else(|| ServerError::NotFound("OpenID Connect".to_owned()))
}

/// What a step of the sign-in is answered with.
enum Step {
    /// Gone on to an address, with cookies.
    On { to: String, cookies: Vec<String> },
    /// The form of the password again, with what went wrong.
    Back { status: StatusCode, page: String },
}

impl Step {
    fn answer(self, state: &State) -> HttpResponse {
        match self {
            Self::On { to, cookies } => {
                let mut answer = HttpResponse::SeeOther();
                for cookie in cookies {
                    answer.append_header((SET_COOKIE, cookie));
                }
                answer.insert_header((LOCATION, to)).finish()
            }
            // The sign-in that was begun is over.
            Self::Back { status, page } => HttpResponse::build(status)
                .insert_header((SET_COOKIE, access::take_begun_away(&state.security)))
                .content_type(ContentType::html())
                .body(page),
        }
    }
}

/// Sends the browser to the provider.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no provider.
pub async fn begin(
    state: web::Data<State>,
    view: View,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, ServerError> {
    let to = wanted.into_inner().to.unwrap_or_default();
    let shared = state.clone();
    let step = web::block(move || leave(&state, view, &to)).await??;
    Ok(step.answer(&shared))
}

fn leave(state: &State, view: View, to: &str) -> Result<Step, ServerError> {
    let to = Some(own_path(to)).filter(|to| to.len() <= LONGEST_PATH);
    let to = to.unwrap_or("/");
    let begun = provider(state)?.begin((to, view.language.key()), (state.clock)());
    let (address, begun) = match begun {
        Ok(begun) => begun,
        Err(error) => return refused(state, view, to, &error),
    };
    let cookie = access::give_begun(&begun, &state.security);
    let cookie = cookie.ok_or_else(|| ServerError::Internal("cookie".to_owned()))?;
    Ok(Step::On {
        to: address,
        cookies: vec![cookie],
    })
}

/// Opens a session for whom the provider names, and asks for the code where the account has a second factor here.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no provider.
pub async fn end(
    state: web::Data<State>,
    request: HttpRequest,
    view: View,
    answered: web::Query<Answered>,
) -> Result<HttpResponse, ServerError> {
    let (_, browser) = access::shown(&state, &request);
    let begun = access::read_begun(request.headers(), &state.security);
    let shared = state.clone();
    let answered = answered.into_inner();
    let step = web::block(move || come_back(&state, view, (begun, answered), &browser)).await??;
    Ok(step.answer(&shared))
}

fn come_back(
    state: &State,
    view: View,
    (begun, answered): (Option<Begun>, Answered),
    browser: &str,
) -> Result<Step, ServerError> {
    let Some(begun) = begun else {
        let none = OpenIdError::Refused("this browser began no sign-in".to_owned());
        return refused(state, view, "/", &none);
    };
    let language = Language::from_key(&begun.lang).unwrap_or_default();
    let view = View { language, ..view };
    let to = own_path(&begun.to).to_owned();
    Ok(match enter(state, begun, answered, browser)? {
        Ok((cookie, asks_code)) => Step::On {
            to: next_path(&to, asks_code, view),
            cookies: vec![access::take_begun_away(&state.security), cookie],
        },
        Err(error) => refused(state, view, &to, &error)?,
    })
}

/// The header that hands out the session of whom the provider names, and whether a code is asked for first.
fn enter(
    state: &State,
    begun: Begun,
    answered: Answered,
    browser: &str,
) -> Result<Result<(String, bool), OpenIdError>, ServerError> {
    let login: Login = match provider(state)?.end(begun, answered, (state.clock)()) {
        Ok(login) => login,
        Err(error) => return Ok(Err(error)),
    };
    let account = state.store.find_account(login)?;
    if !account.is_some_and(|account| account.active) {
        return Ok(Err(OpenIdError::Unknown(login.to_string())));
    }
    let credential = state.store.find_credential(login)?;
    let asks_code = credential.is_some_and(|credential| credential.totp_secret.is_some());
    let cookie = access::open(state, login, asks_code, browser)?;
    Ok(Ok((cookie, asks_code)))
}

/// The form of the password again, with what went wrong at the provider.
fn refused(state: &State, view: View, to: &str, error: &OpenIdError) -> Result<Step, ServerError> {
    warn!(%error, "sign-in at the provider");
    let name = provider(state)?.name();
    let (status, message) = match error {
        OpenIdError::Unusable(_) => (
            StatusCode::BAD_GATEWAY,
            Text::new(
                format!("{name} không trả lời. Xin thử lại sau, hoặc đăng nhập bằng mật khẩu."),
                format!(
                    "{name} does not answer. Please try again later, or sign in with a password."
                ),
            ),
        ),
        OpenIdError::Refused(_) => (
            StatusCode::FORBIDDEN,
            Text::new(
                format!("{name} không xác nhận lần đăng nhập này. Xin thử lại."),
                format!("{name} did not confirm this sign-in. Please try again."),
            ),
        ),
        OpenIdError::Unknown(login) => {
            let login: String = login.chars().take(40).collect();
            (
                StatusCode::FORBIDDEN,
                Text::new(
                    format!(
                        "“{login}” của {name} chưa có tài khoản đang hoạt động ở đây. Xin liên hệ quản trị viên."
                    ),
                    format!(
                        "“{login}” of {name} has no active account here. Please ask the administrator."
                    ),
                ),
            )
        }
    };
    let message = message.in_language(view.language).to_owned();
    let page = sign_in_page(state, view, (String::new(), to.to_owned()), Some(message))?;
    Ok(Step::Back {
        status,
        page: page.render()?,
    })
}
