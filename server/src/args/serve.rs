//! The options of `sohoa serve`.

use std::net::SocketAddr;

use clap::Args;

use super::{Database, Lang};
use crate::access::Security;

/// `sohoa serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// Where the pages are served.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Browsers reach the server over TLS only: cookies are marked so. Without a word it is so wherever the address is not one of this
    /// machine, or a proxy stands in front.
    #[arg(long, env = "SOHOA_SECURE_COOKIES", value_name = "true|false")]
    pub secure_cookies: Option<bool>,
    /// A proxy stands in front, ends TLS and adds the address of the client to X-Forwarded-For.
    #[arg(long, env = "SOHOA_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// The language of messages.
    #[command(flatten)]
    pub lang: Lang,
}

impl Serve {
    /// How the server is reached.
    #[must_use]
    pub fn security(&self) -> Security {
        let is_remote = self.behind_proxy || !self.listen.ip().is_loopback();
        Security {
            secure: self.secure_cookies.unwrap_or(is_remote),
            proxied: self.behind_proxy,
        }
    }
}
