//! That somebody had issued letters or a pack mailed: a fact, and the mails are queued with it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::messages::{NewMessage, is_queued, queue};
use super::schema::dispatches;
use crate::StoreError;
use crate::db::rows;
use crate::db::{Deed, Store};
use crate::domain::{Dispatched, NewMail, Recipient, Text};

/// The deed of having something mailed. It changes no figure.
pub(in crate::db) const DISPATCH: &str = "dispatch";

#[derive(Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = dispatches, treat_none_as_default_value = false)]
pub(in crate::db) struct DispatchRow {
    #[serde(skip)]
    id: i64,
    letters_id: Option<i64>,
    pack_id: Option<i64>,
    contacts: String,
    recorded_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl Store {
    /// Records that something is mailed and queues the mails, but for those that were queued before; says how many are new.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where all of them were queued before, or there are none; nothing is written then.
    pub fn dispatch(
        &self,
        what: Dispatched,
        mails: &[NewMail],
        (by, now): (&str, DateTime<Utc>),
    ) -> Result<usize, StoreError> {
        let fresh = self.read(|connection| {
            let mut fresh = Vec::new();
            for mail in mails {
                let message = message(mail)?;
                if !is_queued(connection, &message.key)? {
                    fresh.push(message);
                }
            }
            Ok(fresh)
        })?;
        let contacts: BTreeSet<i64> = fresh.iter().map(|mail| mail.recipient.number()).collect();
        let contacts: Vec<String> = contacts.iter().map(i64::to_string).collect();
        if contacts.is_empty() {
            return Err(StoreError::Conflict(Text::new(
                "không có thư nào chưa gửi",
                "there is no mail that was not sent before",
            )));
        }
        let (letters_id, pack_id, subject) = match what {
            Dispatched::Letters(number) => (Some(number), None, format!("letters {number}")),
            Dispatched::Pack(number) => (None, Some(number), format!("pack {number}")),
        };
        let mut row = DispatchRow {
            id: 0,
            letters_id,
            pack_id,
            contacts: contacts.join(" "),
            recorded_by: by.to_owned(),
            recorded_at: NaiveDateTime::default(),
        };
        let deed = Deed {
            actor: by,
            action: DISPATCH,
            subject,
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(dispatches::table)
                .values(&row)
                .execute(connection)?;
            for message in &fresh {
                // Somebody else asked for the same at the same moment: the row and its entry go with the transaction.
                if !queue(connection, message, (Some(entry.id), entry.recorded_at))? {
                    return Err(StoreError::Conflict(Text::new(
                        "thư vừa được người khác gửi",
                        "the mail was sent by somebody else just now",
                    )));
                }
            }
            Ok(fresh.len())
        })
    }
}

fn message(mail: &NewMail) -> Result<NewMessage, StoreError> {
    let content = serde_json::to_string(&mail.content);
    Ok(NewMessage {
        key: format!("{}-{}", mail.about, mail.contact),
        recipient: Recipient::Contact(mail.contact),
        content: content.map_err(|error| StoreError::Corrupt(error.to_string()))?,
    })
}
