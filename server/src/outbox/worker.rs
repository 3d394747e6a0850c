//! The worker of a process: it takes what is due, one message after the other, and records what came of it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use store::StoreError;
use store::domain::{Attempt, Message, MessageState, Recipient, WebhookDeed};

use super::couriers::Couriers;
use crate::error::{Chain, ServerError};
use crate::state::State;

/// How long the worker rests where nothing was due.
const REST: Duration = Duration::from_secs(2);

/// How long it rests where the archive did not answer.
const LONG_REST: Duration = Duration::from_secs(30);

/// Under which name the program writes into the log that it gave a webhook up.
const ITSELF: &str = "outbox";

/// Tries every message that is due, until `go_on` says no; how many were tried.
///
/// # Errors
/// [`ServerError::Store`] where the archive does not answer. What was tried then and could not be recorded is tried again.
pub fn deliver_due(
    state: &State,
    couriers: &Couriers,
    go_on: &dyn Fn() -> bool,
) -> Result<usize, ServerError> {
    let mut tried = 0;
    while go_on() {
        let now = (state.clock)();
        let Some(message) = state.store.take_message(couriers.has_mail(), now)? else {
            break;
        };
        let attempt = couriers.deliver(state, &message);
        let now = (state.clock)();
        let stands = state.store.record_attempt(&message, &attempt, now)?;
        note(state, &message, (&attempt, stands));
        if stands == MessageState::Failed {
            give_up(state, &message, &attempt)?;
        }
        tried += 1;
    }
    Ok(tried)
}

/// Counts an attempt, and logs one that failed: what could not be delivered is never silent. No address is in the log.
fn note(state: &State, message: &Message, (attempt, stands): (&Attempt, MessageState)) {
    let kind = message.recipient.kind();
    let (outcome, status) = match attempt {
        Attempt::Taken(_) => ("taken", None),
        Attempt::Failed { status, .. } => ("failed", *status),
        Attempt::Refused { status, .. } => ("refused", *status),
    };
    state.metrics.tried(kind, outcome);
    let (key, attempts) = (&message.key, message.attempts);
    match stands {
        MessageState::Sent => tracing::info!(delivery = %key, kind, attempts, "delivered"),
        MessageState::Waiting => {
            tracing::warn!(delivery = %key, kind, attempts, status, "not delivered; it is tried again");
        }
        MessageState::Failed => {
            tracing::error!(delivery = %key, kind, attempts, status, "not delivered and given up");
        }
    }
}

/// Switches a webhook off that wants no more, or that took nothing for as long as a message is tried.
fn give_up(state: &State, message: &Message, attempt: &Attempt) -> Result<(), ServerError> {
    let Recipient::Webhook(webhook) = message.recipient else {
        return Ok(());
    };
    let is_refused = matches!(attempt, Attempt::Refused { .. });
    if !is_refused && state.store.has_delivered(webhook, message.queued_at)? {
        return Ok(());
    }
    let by = (ITSELF, (state.clock)());
    match state.store.turn_webhook(webhook, WebhookDeed::GiveUp, by) {
        // Somebody was faster.
        Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[derive(Default)]
struct Stop {
    told: Mutex<bool>,
    changed: Condvar,
}

impl Stop {
    fn is_told(&self) -> bool {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Rests, and wakes up at once where it is told to stop.
    fn rest(&self, at_most: Duration) {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            self.changed
                .wait_timeout_while(told, at_most, |told| !*told),
        );
    }
}

/// A worker that runs.
pub struct Worker {
    stop: Arc<Stop>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts one over an archive.
    #[must_use]
    pub fn start(state: State, couriers: Couriers) -> Self {
        let stop = Arc::new(Stop::default());
        let told = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            while !told.is_told() {
                match deliver_due(&state, &couriers, &|| !told.is_told()) {
                    Ok(_) => told.rest(REST),
                    Err(error) => {
                        tracing::error!(error = %Chain(&error), "the outbox cannot be read");
                        told.rest(LONG_REST);
                    }
                }
            }
        });
        Self { stop, thread }
    }

    /// Takes nothing any more, and waits for the attempt that is under way.
    pub fn finish(self) {
        *self
            .stop
            .told
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.changed.notify_all();
        if self.thread.join().is_err() {
            tracing::error!("the worker of the outbox has failed");
        }
    }
}
