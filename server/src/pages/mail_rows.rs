//! To whom things can be mailed, and how far a mail is, for the pages that have something to mail.

use actix_web::http::Method;
use store::StoreError;
use store::domain::{Contact, Language, Message, MessageState};

use super::page::moment;
use crate::mailing::active_contacts;
use crate::routes::may;
use crate::state::State;
use crate::view::View;

/// How many messages are looked through for those of one thing.
const LOOKED_THROUGH: i64 = 2000;

/// To whom something can be mailed from here.
pub(super) struct Recipients {
    /// Whether mail is sent from here.
    pub(super) mail: bool,
    /// Number and words of each contact; empty where the visitor may mail nothing.
    pub(super) contacts: Vec<(i64, String)>,
}

/// A mail on its way.
pub(super) struct MailRow {
    pub(super) to: String,
    pub(super) words: &'static str,
    pub(super) mark: &'static str,
    pub(super) at: String,
}

/// Whose a contact is, in words.
pub(super) fn owner(state: &State, contact: &Contact, language: Language) -> String {
    let Some(unit) = contact.contact.unit else {
        return language.pick("Lãnh đạo", "Leadership").to_owned();
    };
    let name = state.reference.units.name_on(unit, state.today());
    name.in_language(language).to_owned()
}

/// The state of a message in words, and its mark.
pub(super) fn state_words(message: &Message, language: Language) -> (&'static str, &'static str) {
    let (vi, en, mark) = match message.state {
        MessageState::Waiting if message.attempts == 0 => ("đang chờ", "waiting", "plain"),
        MessageState::Waiting => ("đang thử lại", "being retried", "warn"),
        MessageState::Sent => ("đã gửi", "delivered", "good"),
        MessageState::Failed if message.settled_by.is_some() => {
            ("không gửi", "not delivered, seen", "plain")
        }
        MessageState::Failed => ("KHÔNG GỬI ĐƯỢC", "NOT DELIVERED", "bad"),
    };
    (language.pick(vi, en), mark)
}

impl Recipients {
    pub(super) fn all(state: &State, view: View) -> Result<Self, StoreError> {
        let may = may(view.visitor, &Method::POST, "/packs");
        let known = if may && state.mail {
            active_contacts(&state.store)?
        } else {
            Vec::new()
        };
        let row = |contact: &Contact| {
            let owner = owner(state, contact, view.language);
            let (address, language) = (&contact.contact.address, contact.contact.language.key());
            (contact.number, format!("{owner}: {address} ({language})"))
        };
        Ok(Self {
            mail: state.mail,
            contacts: known.iter().map(row).collect(),
        })
    }
}

impl MailRow {
    /// The mails whose keys begin in a way, newest first.
    pub(super) fn of(
        state: &State,
        prefix: &str,
        language: Language,
    ) -> Result<Vec<Self>, StoreError> {
        let contacts = state.store.list_contacts()?;
        let messages = state.store.list_messages(LOOKED_THROUGH)?;
        let own = messages.iter().filter(|one| one.key.starts_with(prefix));
        let row = |message: &Message| {
            let number = message.recipient.number();
            let contact = contacts.iter().find(|one| one.number == number);
            let (words, mark) = state_words(message, language);
            Self {
                to: contact.map_or_else(String::new, |one| one.contact.address.clone()),
                words,
                mark,
                at: moment(language, message.ended_at.unwrap_or(message.queued_at)),
            }
        };
        Ok(own.map(row).collect())
    }
}
