//! The accounts, for the administrator: who may sign in, as what, and the links by which passwords are chosen.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use store::domain::{Account, AccountChange, AccountDeed, Language, Login, Role, Text, UnitId};

use super::page::moment;
use super::{Page, html};
use crate::access::{self, Link};
use crate::error::ServerError;
use crate::line::{NAME, line};
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    page: Page,
    rows: Vec<Row>,
    roles: Vec<(&'static str, String)>,
    provinces: Vec<(String, String)>,
    /// How many messages were not delivered and seen by nobody.
    undelivered: u32,
    /// Whose password the link that was just made lets choose, and its path.
    link: Option<(Login, String)>,
}

struct Row {
    login: Login,
    name: String,
    role: &'static str,
    role_name: String,
    /// The id of an uploader's province; empty for all others.
    province: String,
    province_name: String,
    active: bool,
    changed: String,
}

/// What the form of an account sends.
#[derive(Deserialize)]
pub struct AccountForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    province: String,
}

impl AccountForm {
    /// The name of the person and the role.
    fn standing(&self) -> Result<(&str, Role), ServerError> {
        let is_uploader = self.role == "uploader";
        let province = Some(self.province.as_str()).filter(|_| is_uploader);
        let province = province.map(|text| {
            UnitId::parse(text).ok_or_else(|| ServerError::malformed("province", text))
        });
        let role = Role::from_key(&self.role, province.transpose()?);
        let role = role.ok_or_else(|| ServerError::malformed("role", &self.role))?;
        Ok((line("name", &self.name, NAME)?, role))
    }
}

impl Row {
    /// Whether a choice is the present role or province.
    fn has(&self, value: &str) -> bool {
        value == self.role || value == self.province
    }
}

/// Lists the accounts.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub async fn list_accounts(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || page(&state, view, None)).await??)
}

fn page(
    state: &State,
    view: View,
    link: Option<(Login, Link)>,
) -> Result<AccountsPage, ServerError> {
    let language = view.language;
    let today = state.today();
    let name = |unit: UnitId| {
        let name = state.reference.units.name_on(unit, today);
        name.in_language(language).to_owned()
    };
    let accounts = state.store.list_accounts()?.into_iter();
    let row = |account: Account| Row {
        login: account.login,
        role: account.role.key(),
        role_name: role_name(account.role.key(), language),
        province: province_id(account.role),
        province_name: account.role.province().map_or_else(String::new, name),
        active: account.active,
        changed: format!(
            "{} · {}",
            moment(language, account.changed_at),
            account.changed_by
        ),
        name: account.name,
    };
    let title = Text::new("Tài khoản", "Accounts");
    let provinces = state.reference.units.existing_on(today);
    let outbox = state.store.outbox_standing()?;
    Ok(AccountsPage {
        undelivered: outbox.mail.undelivered + outbox.webhook.undelivered,
        page: Page::new(view, "/accounts", &title, false),
        rows: accounts.map(row).collect(),
        roles: Role::KEYS
            .iter()
            .map(|key| (*key, role_name(key, language)))
            .collect(),
        provinces: provinces
            .map(|unit| (unit.id.to_string(), name(unit.id)))
            .collect(),
        link: link.map(|(login, link)| (login, link.path)),
    })
}

fn province_id(role: Role) -> String {
    let province = role.province();
    province.map_or_else(String::new, |province| province.to_string())
}

fn role_name(key: &str, language: Language) -> String {
    Role::name(key).in_language(language).to_owned()
}

/// Makes an account and shows the link by which its password is chosen.
///
/// # Errors
/// [`ServerError`] where the form cannot be read or the login is taken.
pub async fn make_account(
    state: web::Data<State>,
    view: View,
    form: web::Form<AccountForm>,
) -> Result<HttpResponse, ServerError> {
    let page = web::block(move || {
        let login = Login::parse(&form.login)
            .ok_or_else(|| ServerError::malformed("login", &form.login))?;
        let by = view.visitor.name();
        state.store.change_account(&AccountChange {
            login,
            deed: AccountDeed::Create,
            standing: Some(form.standing()?),
            by: &by,
            at: (state.clock)(),
        })?;
        let link = access::invite(&state, login, &by)?;
        page(&state, view, Some((login, link)))
    });
    html(&page.await??)
}

/// Changes an account as the address says.
///
/// # Errors
/// [`ServerError`] where there is none or nothing would change, and where administrators would shut themselves out.
pub async fn change_account(
    state: web::Data<State>,
    view: View,
    path: web::Path<(String, String)>,
    form: web::Form<AccountForm>,
) -> Result<HttpResponse, ServerError> {
    let (login, deed) = path.into_inner();
    let page = web::block(move || {
        let unknown = || ServerError::NotFound(login.chars().take(40).collect());
        let login = Login::parse(&login).ok_or_else(unknown)?;
        let by = view.visitor.name();
        let deed = match deed.as_str() {
            "link" => {
                let link = access::invite(&state, login, &by)?;
                return page(&state, view, Some((login, link))).map(Some);
            }
            "role" => AccountDeed::Role,
            "disable" => AccountDeed::Disable,
            "enable" => AccountDeed::Enable,
            "end-sessions" => AccountDeed::EndSessions,
            "no-second-factor" => AccountDeed::NoSecondFactor,
            other => return Err(ServerError::NotFound(other.chars().take(40).collect())),
        };
        let is_own = by == login.to_string();
        if is_own && matches!(deed, AccountDeed::Role | AccountDeed::Disable) {
            return Err(ServerError::Forbidden);
        }
        let standing = match deed {
            AccountDeed::Role => Some(form.standing()?),
            _ => None,
        };
        let change = AccountChange {
            login,
            deed,
            standing,
            by: &by,
            at: (state.clock)(),
        };
        match deed {
            AccountDeed::NoSecondFactor => state.store.set_second_factor(&change, None, &[])?,
            _ => state.store.change_account(&change)?,
        }
        Ok(None)
    })
    .await??;
    match page {
        Some(page) => html(&page),
        None => Ok(HttpResponse::SeeOther()
            .insert_header((LOCATION, view.link("/accounts")))
            .finish()),
    }
}
