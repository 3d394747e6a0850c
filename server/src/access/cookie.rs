//! The cookie of a session.

use actix_web::http::header::{COOKIE, HeaderMap};
use store::domain::Digest;

use super::Security;

/// The name of the cookie. The prefix makes browsers refuse it where another host or an unprotected page sets it (RFC 6265bis,
/// section 4.1.3.2).
pub(crate) const fn name(secure: bool) -> &'static str {
    if secure { "__Host-sohoa" } else { "sohoa" }
}

/// The digest of the session that a request shows.
pub(super) fn read(headers: &HeaderMap, security: &Security) -> Option<Digest> {
    let shown = headers
        .get_all(COOKIE)
        .filter_map(|value| value.to_str().ok());
    let mut pairs = shown
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(found, _)| *found == name(security.secure))?;
    Some(Digest::of(value.as_bytes()))
}

/// The header that gives a session to a browser, until the browser is closed.
pub(super) fn give(value: &str, security: &Security) -> String {
    let secure = if security.secure { "; Secure" } else { "" };
    format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}",
        name(security.secure)
    )
}

/// The header that takes it away again.
pub(super) fn take_away(security: &Security) -> String {
    format!("{}; Max-Age=0", give("", security))
}
