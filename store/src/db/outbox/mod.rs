//! What leaves the house: contacts and webhooks, what was sent to whom, and the messages themselves.
//!
//! Contacts, webhooks and what somebody had mailed are facts with their entries of the log. How far a message is, is none: like
//! sessions it changes, and no figure depends on it.

mod attempts;
mod contacts;
mod dispatches;
mod forecast_moved;
mod messages;
mod schema;
mod webhooks;
mod week_complete;

pub(super) use contacts::{CHANGE_CONTACT, ContactRow};
pub(super) use dispatches::{DISPATCH, DispatchRow};
pub(super) use forecast_moved::announce_forecast;
pub(super) use schema::{contact_changes, dispatches as dispatch_facts, webhook_changes};
pub(super) use webhooks::{CHANGE_WEBHOOK, WebhookRow};
pub(super) use week_complete::announce_weeks;
