//! A link by which a password is chosen, once.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use store::domain::{AccountChange, AccountDeed, Digest, Login, Text};

use super::{Page, html};
use crate::access::{LONGEST, SHORTEST};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    page: Page,
    login: Login,
    path: String,
    shortest: usize,
    longest: usize,
}

/// The chosen password, twice.
#[derive(Deserialize)]
pub struct PasswordForm {
    new: String,
    again: String,
}

impl PasswordForm {
    /// The password where both are the same.
    pub(super) fn chosen(&self) -> Result<&str, ServerError> {
        let differ = || {
            ServerError::Password(Text::new(
                "Hai lần nhập mật khẩu không giống nhau.",
                "The two passwords differ.",
            ))
        };
        (self.new == self.again)
            .then_some(self.new.as_str())
            .ok_or_else(differ)
    }
}

fn owner(state: &State, secret: &str) -> Result<(Digest, Login), ServerError> {
    let digest = Digest::of(secret.as_bytes());
    let login = state.store.find_link(digest, (state.clock)())?;
    let unknown = || {
        ServerError::NotFound(
            "đường dẫn này hoặc đã hết hạn / this link, or it has expired".to_owned(),
        )
    };
    Ok((digest, login.ok_or_else(unknown)?))
}

/// Asks for a password. Opening the page does not use up the link: programs that look into mail open links too.
///
/// # Errors
/// [`ServerError::NotFound`] where the link is not known, was used or has expired.
pub async fn get_link(
    state: web::Data<State>,
    view: View,
    secret: web::Path<String>,
) -> Result<HttpResponse, ServerError> {
    let path = format!("/links/{secret}");
    let (_, login) = web::block(move || owner(&state, &secret)).await??;
    let title = Text::new("Chọn mật khẩu", "Choose a password");
    html(&LinkPage {
        page: Page::new(view, &path, &title, false),
        login,
        path,
        shortest: SHORTEST,
        longest: LONGEST,
    })
}

/// Keeps the password, uses up the link and leads to where it is asked for.
///
/// # Errors
/// [`ServerError::Password`] where it is not taken; [`ServerError::NotFound`] as above.
pub async fn use_link(
    state: web::Data<State>,
    view: View,
    secret: web::Path<String>,
    form: web::Form<PasswordForm>,
) -> Result<HttpResponse, ServerError> {
    web::block(move || {
        let (digest, login) = owner(&state, &secret)?;
        let hash = state.hashing.hash(form.chosen()?, login)?;
        let change = AccountChange {
            login,
            deed: AccountDeed::Password,
            standing: None,
            by: &login.to_string(),
            at: (state.clock)(),
        };
        Ok::<_, ServerError>(state.store.set_password_by_link(&change, &hash, digest)?)
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link("/sign-in")))
        .finish())
}
