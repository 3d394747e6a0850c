//! The two ways out: by mail and to webhooks.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use store::domain::{Attempt, MailContent, Message, Recipient, Text};

use super::mail::{MailSettings, Mailer};
use super::mail_words;
use super::trust::read_roots;
use super::webhook::Requester;
use crate::error::{Chain, ServerError};
use crate::state::State;

/// How messages are delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// How mail is sent; `None`: none is.
    pub mail: Option<MailSettings>,
    /// The certificates of the authorities that receivers are believed by, as PEM; `None`: those of the system.
    pub authorities: Option<PathBuf>,
}

/// Delivers messages.
pub struct Couriers {
    mailer: Option<Mailer>,
    requester: Requester,
}

impl Couriers {
    /// Those of some settings.
    ///
    /// # Errors
    /// Says which setting cannot be used.
    pub fn new(delivery: &Delivery) -> Result<Self, Text> {
        let roots = delivery.authorities.as_deref().map(read_roots);
        let roots = roots.transpose()?;
        let mail = delivery.mail.as_ref();
        let mailer = mail.map(|mail| Mailer::new(mail, roots.as_deref()));
        Ok(Self {
            mailer: mailer.transpose()?,
            requester: Requester::new(roots.as_deref()),
        })
    }

    /// Whether mail is sent from here.
    #[must_use]
    pub const fn has_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// Tries to deliver a message.
    pub(super) fn deliver(&self, state: &State, message: &Message) -> Attempt {
        let now = (state.clock)();
        let tried = match message.recipient {
            Recipient::Contact(number) => self.mail(state, (message, number), now),
            Recipient::Webhook(number) => self.request(state, (message, number), now),
        };
        tried.unwrap_or_else(|error| {
            let reason = Chain(&error).to_string();
            let status = None;
            match error {
                // What is missing will not come.
                ServerError::NotFound(_) => Attempt::Refused { status, reason },
                _ => Attempt::Failed { status, reason },
            }
        })
    }

    fn mail(
        &self,
        state: &State,
        (message, number): (&Message, i64),
        now: DateTime<Utc>,
    ) -> Result<Attempt, ServerError> {
        let missing = |what: &str| ServerError::NotFound(format!("{what} of {}", message.key));
        let mailer = self.mailer.as_ref().ok_or_else(|| missing("mail server"))?;
        let contacts = state.store.list_contacts()?;
        let contact = contacts.iter().find(|contact| contact.number == number);
        let contact = contact.ok_or_else(|| missing("contact"))?;
        let content: MailContent = serde_json::from_str(&message.content)
            .map_err(|error| ServerError::NotFound(error.to_string()))?;
        let how = (contact.contact.language, mailer.public_url.as_str());
        let words = mail_words::write(state, &content, how)?;
        Ok(mailer.deliver(message, (contact, words), now))
    }

    fn request(
        &self,
        state: &State,
        (message, number): (&Message, i64),
        now: DateTime<Utc>,
    ) -> Result<Attempt, ServerError> {
        let missing = || ServerError::NotFound(format!("webhook of {}", message.key));
        let webhooks = state.store.list_webhooks()?;
        let webhook = webhooks.iter().find(|webhook| webhook.number == number);
        let webhook = webhook.ok_or_else(missing)?;
        let secret = state.store.find_webhook_secret(number)?;
        let secret = secret.ok_or_else(missing)?;
        Ok(self.requester.deliver(message, (webhook, &secret), now))
    }
}
