//! What leaves the house: mails by SMTP and requests to webhooks, delivered from the outbox of the archive by one worker a process.
//!
//! What is to be sent is queued with its event, in the archive; here it is only carried. Several servers over one database
//! share the work: each message is with one worker at a time.

mod address;
mod couriers;
mod mail;
mod mail_words;
mod trust;
mod webhook;
mod worker;

pub(crate) use address::read_url;
pub use couriers::{Couriers, Delivery};
pub use mail::MailSettings;
pub(crate) use webhook::{new_secret, shown_secret};
pub use worker::{Worker, deliver_due};
