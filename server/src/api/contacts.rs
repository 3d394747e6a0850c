//! Contacts: to whom letters and packs are mailed.

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::domain::Contact;

use super::call::Call;
use super::operation::{Carries, Operation, shape};
use super::parameter::{Form, LANG, NUMBER_PATH, Parameter};
use super::problem::Problem;
use super::reply::Reply;
use crate::pages::contacts::{ContactForm, read, turn};

/// A contact as it stands.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Contact")]
pub(crate) struct ContactEntry {
    number: i64,
    /// Whose; null is the leadership.
    unit: Option<String>,
    address: String,
    /// `vi` or `en`.
    language: &'static str,
    /// Whether mail goes to it.
    active: bool,
    changed_by: String,
    changed_at: DateTime<Utc>,
}

impl From<Contact> for ContactEntry {
    fn from(contact: Contact) -> Self {
        let standing = contact.contact;
        Self {
            number: contact.number,
            unit: standing.unit.map(|unit| unit.to_string()),
            address: standing.address,
            language: standing.language.key(),
            active: standing.active,
            changed_by: contact.changed_by,
            changed_at: contact.changed_at,
        }
    }
}

/// The contacts, the leadership's first, then by unit.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Contacts {
    contacts: Vec<ContactEntry>,
}

/// A contact to be made or changed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ContactOrder")]
pub(crate) struct ContactBody {
    /// Whose; the leadership's where it is absent.
    unit: Option<String>,
    #[schemars(length(min = 3, max = 254))]
    address: String,
    /// `vi` or `en`; Vietnamese where it is absent.
    language: Option<String>,
}

impl ContactBody {
    fn form(self) -> ContactForm {
        ContactForm {
            unit: self.unit.unwrap_or_default(),
            address: self.address,
            language: self.language.unwrap_or_else(|| "vi".to_owned()),
        }
    }
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các đầu mối nhận thư",
        "The contacts that letters and packs are mailed to",
    ),
    parameters: &[LANG],
    ..Operation::read(list, shape::<Contacts>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let contacts = call.state.store.list_contacts()?.into_iter();
    Reply::json(&Contacts {
        contacts: contacts.map(ContactEntry::from).collect(),
    })
}

pub(super) static MAKE: Operation = Operation {
    about: ("Thêm một đầu mối", "Makes a contact"),
    parameters: &[LANG],
    carries: Carries::Json(shape::<ContactBody>),
    done: StatusCode::CREATED,
    ..Operation::read(make, shape::<ContactEntry>)
};

fn make(call: &Call) -> Result<Reply, Problem> {
    let contact = read(&call.state, &call.json::<ContactBody>()?.form())?;
    let by = (call.by.as_str(), (call.state.clock)());
    let number = call.state.store.change_contact(None, &contact, by)?;
    Ok(Reply {
        status: StatusCode::CREATED,
        ..shown(call, number)?
    })
}

/// Which change is asked for.
const DEED: Parameter = Parameter::path(
    "deed",
    Form::Word(&["enable", "disable"]),
    ("Bật hoặc tắt", "Whether mail goes to it"),
);

pub(super) static TURN: Operation = Operation {
    about: (
        "Bật hoặc tắt một đầu mối; thư đang chờ của đầu mối bị tắt không được gửi nữa",
        "Switches a contact on or off; what waits for one that is switched off is not sent any more",
    ),
    parameters: &[NUMBER_PATH, DEED, LANG],
    ..Operation::read(turn_contact, shape::<ContactEntry>)
};

fn turn_contact(call: &Call) -> Result<Reply, Problem> {
    let known = |text: &str| {
        ["enable", "disable"]
            .contains(&text)
            .then(|| text.to_owned())
    };
    let (number, deed) = (call.number()?, call.at("deed", known)?);
    let nothing = ContactForm {
        unit: String::new(),
        address: String::new(),
        language: String::new(),
    };
    turn(&call.state, (number, &deed), &nothing, &call.by)?;
    shown(call, number)
}

fn shown(call: &Call, number: i64) -> Result<Reply, Problem> {
    let mut known = call.state.store.list_contacts()?.into_iter();
    let own = known.find(|contact| contact.number == number);
    let own = own.ok_or_else(|| Problem::not_found(&format!("contact {number}")))?;
    Reply::json(&ContactEntry::from(own))
}
