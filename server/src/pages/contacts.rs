//! The contacts, for the administrator: to whom reminder letters and packs are mailed, with every change.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use store::domain::{Contact, Language, NewContact, Text, UnitId};

use super::mail_rows::owner;
use super::page::moment;
use super::{Page, html};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "contacts.html")]
struct ContactsPage {
    page: Page,
    /// Whether mail is sent from here.
    mail: bool,
    rows: Vec<Row>,
    history: Vec<Row>,
    provinces: Vec<(String, String)>,
    /// The provinces that no active contact is of.
    without: Vec<String>,
}

struct Row {
    number: i64,
    owner: String,
    address: String,
    language: &'static str,
    active: bool,
    changed: String,
}

/// What the form of a contact sends.
#[derive(Debug, Deserialize)]
pub struct ContactForm {
    /// The province; empty for the leadership.
    #[serde(default)]
    pub(crate) unit: String,
    #[serde(default)]
    pub(crate) address: String,
    #[serde(default)]
    pub(crate) language: String,
}

/// Reads a contact. The address is held against the grammar of mail here, at the door: no line break and no second address gets
/// into the head of a mail.
///
/// # Errors
/// [`ServerError::Malformed`] naming the field that cannot be read.
pub(crate) fn read(state: &State, form: &ContactForm) -> Result<NewContact, ServerError> {
    let known = |text: &str| {
        let unit = UnitId::parse(text)?;
        state.reference.units.find(unit).map(|unit| unit.id)
    };
    let unit = match form.unit.trim() {
        "" => None,
        text => Some(known(text).ok_or_else(|| ServerError::malformed("unit", text))?),
    };
    let address = form.address.trim();
    let parsed: Result<lettre::Address, _> = address.parse();
    if parsed.is_err() || address.len() > LONGEST {
        return Err(ServerError::malformed("address", address));
    }
    Ok(NewContact {
        unit,
        address: address.to_owned(),
        language: Language::from_key(&form.language)
            .ok_or_else(|| ServerError::malformed("language", &form.language))?,
        active: true,
    })
}

/// The longest address in bytes: RFC 5321, section 4.5.3.1.3, without the angle brackets.
const LONGEST: usize = 254;

/// Lists the contacts.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub async fn list_contacts(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || page(&state, view)).await??)
}

fn page(state: &State, view: View) -> Result<ContactsPage, ServerError> {
    let language = view.language;
    let today = state.today();
    let row = |contact: &Contact| Row {
        number: contact.number,
        owner: owner(state, contact, language),
        address: contact.contact.address.clone(),
        language: contact.contact.language.key(),
        active: contact.contact.active,
        changed: format!(
            "{} · {}",
            moment(language, contact.changed_at),
            contact.changed_by
        ),
    };
    let contacts = state.store.list_contacts()?;
    let changes = state.store.list_contact_changes()?;
    let units = &state.reference.units;
    let name = |unit: UnitId| units.name_on(unit, today).in_language(language).to_owned();
    let is_told = |unit: UnitId| {
        let mut own = contacts.iter();
        own.any(|one| one.contact.active && one.contact.unit == Some(unit))
    };
    let title = Text::new("Đầu mối nhận thư", "Contacts");
    Ok(ContactsPage {
        page: Page::new(view, "/contacts", &title, false),
        mail: state.mail,
        rows: contacts.iter().map(row).collect(),
        history: changes.iter().map(row).collect(),
        provinces: units
            .existing_on(today)
            .map(|unit| (unit.id.to_string(), name(unit.id)))
            .collect(),
        without: units
            .existing_on(today)
            .filter(|unit| !is_told(unit.id))
            .map(|unit| name(unit.id))
            .collect(),
    })
}

/// Makes a contact.
///
/// # Errors
/// [`ServerError`] where the form cannot be read or the address is there already.
pub async fn make_contact(
    state: web::Data<State>,
    view: View,
    form: web::Form<ContactForm>,
) -> Result<HttpResponse, ServerError> {
    web::block(move || {
        let contact = read(&state, &form)?;
        let by = view.visitor.name();
        let by = (by.as_str(), (state.clock)());
        Ok::<_, ServerError>(state.store.change_contact(None, &contact, by)?)
    })
    .await??;
    Ok(back(view))
}

/// Changes a contact as the address says: `change`, `disable` or `enable`.
///
/// # Errors
/// [`ServerError::NotFound`] where there is none of the number; [`ServerError`] where the form cannot be read or nothing would
/// change.
pub async fn change_contact(
    state: web::Data<State>,
    view: View,
    path: web::Path<(i64, String)>,
    form: web::Form<ContactForm>,
) -> Result<HttpResponse, ServerError> {
    let (number, deed) = path.into_inner();
    web::block(move || {
        let by = view.visitor.name();
        turn(&state, (number, &deed), &form, &by)
    })
    .await??;
    Ok(back(view))
}

/// Changes a contact.
///
/// # Errors
/// As [`change_contact`].
pub(crate) fn turn(
    state: &State,
    (number, deed): (i64, &str),
    form: &ContactForm,
    by: &str,
) -> Result<i64, ServerError> {
    let known = state.store.list_contacts()?.into_iter();
    let mut known = known.filter(|contact| contact.number == number);
    let standing = known.next().map(|contact| contact.contact);
    let standing = standing.ok_or_else(|| ServerError::NotFound(format!("contact {number}")))?;
    let changed = match deed {
        "change" => NewContact {
            active: standing.active,
            ..read(state, form)?
        },
        "disable" => NewContact {
            active: false,
            ..standing
        },
        "enable" => NewContact {
            active: true,
            ..standing
        },
        other => return Err(ServerError::NotFound(other.chars().take(40).collect())),
    };
    let by = (by, (state.clock)());
    Ok(state.store.change_contact(Some(number), &changed, by)?)
}

fn back(view: View) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link("/contacts")))
        .finish()
}
