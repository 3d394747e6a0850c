//! What the tests of deliveries share: an archive with a clock that stands still, and waiting for a server's worker.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use server::outbox::{Couriers, Delivery, deliver_due};
use server::state::State;
use store::Store;
use store::testing::{TestDatabase, moment};

/// An archive, the couriers, and a clock that the test sets.
pub(crate) struct Office {
    pub(crate) store: Store,
    pub(crate) state: State,
    clock: Arc<Mutex<DateTime<Utc>>>,
    couriers: Couriers,
}

impl Office {
    pub(crate) fn new(database: &TestDatabase, delivery: &Delivery) -> Self {
        let clock = Arc::new(Mutex::new(moment("2026-03-02T02:00:00Z")));
        let shown = Arc::clone(&clock);
        let couriers = Couriers::new(delivery).unwrap();
        let state = State::new(database.store(), Arc::new(move || *shown.lock().unwrap()));
        Self {
            store: database.store(),
            state: state.with_mail(couriers.has_mail()),
            clock,
            couriers,
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.clock.lock().unwrap()
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.clock.lock().unwrap() += time;
    }

    /// Tries what is due; how many messages that are. Entries of the log are microseconds ahead of a clock that stands still.
    pub(crate) fn deliver(&self) -> usize {
        self.pass(TimeDelta::milliseconds(1));
        deliver_due(&self.state, &self.couriers, &|| true).unwrap()
    }
}

/// Waits for what the worker of a server does by itself.
#[track_caller]
pub(crate) fn wait_for<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    for _ in 0..600 {
        if let Some(found) = look() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{what} did not come")
}
