//! Signing in at a provider of `OpenID` Connect, as an option beside the password.
//!
//! The authorization code flow with PKCE (`OpenID` Connect Core 1.0, section 3.1; RFC 9700, section 2.1.1). What a sign-in that was
//! begun must remember stays in a cookie of the browser that began it, so any server over the same database can end it. The
//! provider says who somebody is; which account that is, and what it may do, is recorded here only.

mod client;
mod fetch;
mod settings;

pub use client::Answered;
pub(crate) use client::{Begun, Provider};
pub use settings::{Claim, OpenIdSettings, Secret};

use thiserror::Error;

/// Why nobody was signed in.
#[derive(Debug, Error)]
pub(crate) enum OpenIdError {
    /// The provider did not answer, or not as the standard says.
    #[error("the provider cannot be used: {0}")]
    Unusable(String),
    /// The answer belongs to no sign-in that this browser began, or the provider did not confirm it.
    #[error("the answer was refused: {0}")]
    Refused(String),
    /// The provider names somebody who has no account here that may sign in.
    #[error("no account for {0:?}")]
    Unknown(String),
}

impl OpenIdError {
    /// What was not usable, with the whole chain of causes for the log.
    fn unusable(error: &dyn std::error::Error) -> Self {
        Self::Unusable(chain(error))
    }

    /// What was refused, with the whole chain of causes for the log.
    fn refused(error: &dyn std::error::Error) -> Self {
        Self::Refused(chain(error))
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    causes.join(": ")
}
