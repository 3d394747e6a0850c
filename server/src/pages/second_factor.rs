//! The second factor of one's own account: set up with a code of it, and ended with the password.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use store::domain::{AccountChange, AccountDeed, Text};

use super::account::{change, confirm};
use super::qr::QrSquare;
use super::{Page, html};
use crate::access::{self, SignedIn};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactorPage {
    page: Page,
    secret: String,
    address: String,
    /// The address as a square to photograph; `None` after it was set up.
    square: Option<QrSquare>,
    /// The recovery codes, shown once after it was set up; empty before.
    codes: Vec<String>,
}

/// What setting it up sends.
#[derive(Deserialize)]
pub struct BeginForm {
    secret: String,
    code: String,
    password: String,
}

/// What ending it sends.
#[derive(Deserialize)]
pub struct EndForm {
    password: String,
}

fn page(view: View, (secret, address): (String, String), codes: Vec<String>) -> SecondFactorPage {
    let title = Text::new("Xác thực hai bước", "Second factor");
    SecondFactorPage {
        page: Page::new(view, "/account/second-factor", &title, false),
        secret,
        square: QrSquare::new(&address).filter(|_| codes.is_empty()),
        address,
        codes,
    }
}

/// Shows a new secret to put into a telephone. It is kept only when a code of it comes back.
///
/// # Errors
/// [`ServerError::Internal`] where the system gives no random bytes.
pub async fn get_second_factor(view: View, own: SignedIn) -> Result<HttpResponse, ServerError> {
    let secret = access::new_secret()?;
    let address = access::as_address(&secret, own.account.login);
    html(&page(view, (secret, address), Vec::new()))
}

/// Asks for a code from now on, and shows the recovery codes.
///
/// # Errors
/// [`ServerError::Password`] where the password or the code is wrong.
pub async fn begin(
    state: web::Data<State>,
    request: HttpRequest,
    view: View,
    own: SignedIn,
    form: web::Form<BeginForm>,
) -> Result<HttpResponse, ServerError> {
    let client = state.security.client(&request);
    let codes = web::block(move || {
        confirm(&state, &own, client, &form.password)?;
        let step = access::step_of(&form.secret, form.code.trim(), (state.clock)());
        let step = step.ok_or_else(|| {
            ServerError::Password(Text::new(
                "Mã không đúng. Xin xem lại giờ của điện thoại và thử lại.",
                "The code is wrong. Please check the clock of the telephone and try again.",
            ))
        })?;
        let (codes, digests) = access::new_codes()?;
        let by = own.account.login.to_string();
        let change = AccountChange {
            by: &by,
            ..change(&state, &own, AccountDeed::SecondFactor)
        };
        let kept = Some((form.secret.as_str(), step));
        state.store.set_second_factor(&change, kept, &digests)?;
        Ok::<_, ServerError>(codes)
    })
    .await??;
    html(&page(view, (String::new(), String::new()), codes))
}

/// Asks for no code from now on.
///
/// # Errors
/// [`ServerError::Password`] where the password is wrong.
pub async fn end(
    state: web::Data<State>,
    request: HttpRequest,
    view: View,
    own: SignedIn,
    form: web::Form<EndForm>,
) -> Result<HttpResponse, ServerError> {
    let client = state.security.client(&request);
    web::block(move || {
        confirm(&state, &own, client, &form.password)?;
        let by = own.account.login.to_string();
        let change = AccountChange {
            by: &by,
            ..change(&state, &own, AccountDeed::NoSecondFactor)
        };
        Ok::<_, ServerError>(state.store.set_second_factor(&change, None, &[])?)
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link("/account")))
        .finish())
}
