//! The cookies: of a session, and of a sign-in that was begun at a provider.

use actix_web::http::header::{COOKIE, HeaderMap};
use store::domain::Digest;

use super::Security;
use super::openid::Begun;

/// How long a sign-in at a provider may take, in seconds.
const BEGUN_SECONDS: u32 = 600;

/// The name of the cookie. The prefix makes browsers refuse it where another host or an unprotected page sets it (RFC 6265bis,
/// section 4.1.3.2).
pub(crate) const fn name(secure: bool) -> &'static str {
    if secure { "__Host-sohoa" } else { "sohoa" }
}

/// The name of the cookie of a sign-in that was begun.
const fn begun_name(secure: bool) -> &'static str {
    if secure {
        "__Host-sohoa-begun"
    } else {
        "sohoa-begun"
    }
}

/// The value that a request shows under a name.
fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let shown = headers
        .get_all(COOKIE)
        .filter_map(|value| value.to_str().ok());
    let mut pairs = shown
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(found, _)| *found == name)?;
    Some(value)
}

/// The digest of the session that a request shows.
pub(super) fn read(headers: &HeaderMap, security: &Security) -> Option<Digest> {
    let value = value(headers, name(security.secure))?;
    Some(Digest::of(value.as_bytes()))
}

/// The sign-in at a provider that the browser of a request began.
pub(crate) fn read_begun(headers: &HeaderMap, security: &Security) -> Option<Begun> {
    serde_urlencoded::from_str(value(headers, begun_name(security.secure))?).ok()
}

/// The header by which a browser remembers a sign-in that it began. Letters that a cookie may not hold are escaped.
pub(crate) fn give_begun(begun: &Begun, security: &Security) -> Option<String> {
    let value = serde_urlencoded::to_string(begun).ok()?;
    Some(begun_header(&value, BEGUN_SECONDS, security))
}

/// The header by which a browser forgets it.
pub(crate) fn take_begun_away(security: &Security) -> String {
    begun_header("", 0, security)
}

fn begun_header(value: &str, seconds: u32, security: &Security) -> String {
    format!(
        "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{}",
        begun_name(security.secure),
        mark(security)
    )
}

const fn mark(security: &Security) -> &'static str {
    if security.secure { "; Secure" } else { "" }
}

/// The header that gives a session to a browser, until the browser is closed.
pub(super) fn give(value: &str, security: &Security) -> String {
    format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{}",
        name(security.secure),
        mark(security)
    )
}

/// The header that takes it away again.
pub(super) fn take_away(security: &Security) -> String {
    format!("{}; Max-Age=0", give("", security))
}
