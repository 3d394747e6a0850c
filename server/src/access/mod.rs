//! Who may do what: who is asking, what a path demands, and the wall between provinces.
//!
//! Every path is registered with its demand through [`Routes`], and there is no other way to register one. The guard in front of
//! each path finds the [`Visitor`], compares the two, and holds what the address names (a unit, a file, a draft) against the
//! visitor's own province. `server/access.csv` says the same for people; a test compares it with the real answers.

mod client;
mod cookie;
mod demand;
mod guard;
mod links;
mod openid;
mod origin;
mod password;
mod reception;
mod routes;
mod session;
mod throttle;
mod totp;
mod visitor;
mod wall;

pub use client::Security;
pub(crate) use client::is_own;
pub(crate) use cookie::{give_begun, name as cookie_name, read_begun, take_begun_away};
pub use demand::Demand;
pub(crate) use links::{Link, invite};
pub use openid::{Answered, Claim, OpenIdSettings, Secret};
pub(crate) use openid::{Begun, OpenIdError, Provider};
pub(crate) use origin::refuse_foreign_forms;
pub(crate) use password::{Hashing, LONGEST, SHORTEST};
pub use reception::Latest;
pub(crate) use reception::Reception;
pub use routes::Routes;
pub use session::SignedIn;
pub(crate) use session::{end_cookie, list, open, pending_login, shown};
pub(crate) use throttle::Throttle;
pub(crate) use totp::{Taken, as_address, new_codes, new_secret, step_of, take};
pub use visitor::{ShownToken, Visitor};

use crate::error::ServerError;

/// Random bytes of a session, a link or a token: 256 bits, so that a digest of them needs no salt and no slow hash.
const RANDOM_BYTES: usize = 32;

/// A random number that nobody guesses, in hexadecimal digits.
pub(crate) fn random() -> Result<String, ServerError> {
    let mut bytes = [0; RANDOM_BYTES];
    fill(&mut bytes)?;
    Ok(hex::encode(bytes))
}

/// Fills bytes with random bits of the system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), ServerError> {
    let failed = |error: getrandom::Error| ServerError::Internal(error.to_string());
    getrandom::fill(bytes).map_err(failed)
}
