//! Links by which a password is chosen, once: for the first administrator, a new account, a password that was forgotten.

use chrono::TimeDelta;
use store::domain::{AccountChange, AccountDeed, Digest, Login};

use super::random;
use crate::error::ServerError;
use crate::state::State;

/// How long a link holds.
const HOLDS: TimeDelta = TimeDelta::hours(24);

/// A link that was just made; it is shown once.
pub(crate) struct Link {
    /// The path with the secret.
    pub(crate) path: String,
}

/// Makes a link for an account; earlier ones end.
pub(crate) fn invite(state: &State, login: Login, by: &str) -> Result<Link, ServerError> {
    let secret = random()?;
    let now = (state.clock)();
    let change = AccountChange {
        login,
        deed: AccountDeed::Link,
        standing: None,
        by,
        at: now,
    };
    let sha256 = Digest::of(secret.as_bytes());
    state.store.record_link(&change, (sha256, now + HOLDS))?;
    Ok(Link {
        path: format!("/links/{secret}"),
    })
}
