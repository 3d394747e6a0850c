//! Contacts: every change is a fact, and the latest one of a contact says how it stands.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::messages::settle_waiting;
use super::schema::contact_changes;
use crate::StoreError;
use crate::db::rows;
use crate::db::{Deed, Store};
use crate::domain::{Contact, Language, NewContact, Recipient, Text};

/// The deed of changing a contact. It changes no figure.
pub(in crate::db) const CHANGE_CONTACT: &str = "change_contact";

#[derive(Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = contact_changes, treat_none_as_default_value = false)]
pub(in crate::db) struct ContactRow {
    #[serde(skip)]
    id: i64,
    contact_id: Option<i64>,
    unit_id: Option<String>,
    address: String,
    language: String,
    active: bool,
    recorded_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl ContactRow {
    fn new(number: Option<i64>, contact: &NewContact, by: &str) -> Self {
        Self {
            id: 0,
            contact_id: number,
            unit_id: contact.unit.map(|unit| unit.to_string()),
            address: contact.address.clone(),
            language: contact.language.key().to_owned(),
            active: contact.active,
            recorded_by: by.to_owned(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    fn into_domain(self) -> Result<Contact, StoreError> {
        Ok(Contact {
            number: self.contact_id.unwrap_or(self.id),
            contact: NewContact {
                unit: self.unit_id.as_deref().map(rows::unit_id).transpose()?,
                address: self.address,
                language: rows::word("language", &self.language, Language::from_key)?,
                active: self.active,
            },
            changed_by: self.recorded_by,
            changed_at: self.recorded_at.and_utc(),
        })
    }
}

impl Store {
    /// Makes a contact, or changes the one of a number; gives its number. What waits for one that is switched off is not sent any
    /// more.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where nothing would change, or another active contact of the same unit has the address;
    /// [`StoreError::NotFound`] where there is none of the number.
    pub fn change_contact(
        &self,
        number: Option<i64>,
        contact: &NewContact,
        (by, now): (&str, DateTime<Utc>),
    ) -> Result<i64, StoreError> {
        let mut row = ContactRow::new(number, contact, by);
        let deed = Deed {
            actor: by,
            action: CHANGE_CONTACT,
            // The address is not repeated in the log.
            subject: format!(
                "contact of {}",
                row.unit_id.as_deref().unwrap_or("the leadership")
            ),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            let standing = latest(contact_changes::table.load(connection)?)?;
            refuse(number, contact, &standing)?;
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(contact_changes::table)
                .values(&row)
                .execute(connection)?;
            let number = number.unwrap_or(entry.id);
            if !contact.active {
                let recipient = Recipient::Contact(number);
                settle_waiting(connection, recipient, (by, entry.recorded_at))?;
            }
            Ok(number)
        })
    }

    /// Every contact as it stands: the leadership first, then by unit, each by its number.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_contacts(&self) -> Result<Vec<Contact>, StoreError> {
        let mut contacts =
            latest(self.read(|connection| Ok(contact_changes::table.load(connection)?))?)?;
        contacts.sort_by_key(|contact| (contact.contact.unit, contact.number));
        Ok(contacts)
    }

    /// Every change of a contact, newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_contact_changes(&self) -> Result<Vec<Contact>, StoreError> {
        let rows: Vec<ContactRow> = self.read(|connection| {
            let newest = contact_changes::table.order(contact_changes::id.desc());
            Ok(newest.load(connection)?)
        })?;
        rows.into_iter().map(ContactRow::into_domain).collect()
    }
}

/// How each contact stands after all its changes.
fn latest(mut changes: Vec<ContactRow>) -> Result<Vec<Contact>, StoreError> {
    changes.sort_by_key(|change| change.id);
    let mut standing: Vec<Contact> = Vec::new();
    for change in changes {
        let contact = change.into_domain()?;
        standing.retain(|one| one.number != contact.number);
        standing.push(contact);
    }
    Ok(standing)
}

/// Refuses a change of a contact that is not there, is none, or makes a second one like another.
fn refuse(
    number: Option<i64>,
    contact: &NewContact,
    standing: &[Contact],
) -> Result<(), StoreError> {
    let own = standing.iter().find(|one| Some(one.number) == number);
    if let (Some(number), None) = (number, own) {
        return Err(StoreError::NotFound {
            what: Text::new(format!("đầu mối số {number}"), format!("contact {number}")),
        });
    }
    if own.is_some_and(|own| own.contact == *contact) {
        return Err(StoreError::Conflict(Text::new(
            "đầu mối vẫn như cũ",
            "the contact stands so already",
        )));
    }
    let is_same = |one: &Contact| {
        let (known, new) = (&one.contact, contact);
        known.active && known.unit == new.unit && known.address.eq_ignore_ascii_case(&new.address)
    };
    let mut others = standing.iter().filter(|one| Some(one.number) != number);
    if contact.active && others.any(is_same) {
        return Err(StoreError::Conflict(Text::new(
            "địa chỉ này đã có",
            "the address is there already",
        )));
    }
    Ok(())
}
