//! `sohoa token`: makes, lists and revokes the tokens by which scripts upload.

use anyhow::Context as _;
use store::Store;
use store::domain::{Digest, Language, Reference, Text};

use super::outcome::{Outcome, WrongUse, no_province, print};
use crate::args::{CreateToken, ListTokens, RevokeToken};
use crate::state::{Clock, local_day};

/// What every token begins with, so that one that strayed into a file or a log is recognised.
const PREFIX: &str = "sohoa_";

/// How many random bytes a token has: 256 bits, so that its digest needs no salt and no slow hash.
const RANDOM_BYTES: usize = 32;

/// Makes a token and prints it, the only time.
pub(super) fn create(options: &CreateToken, clock: &Clock) -> anyhow::Result<Outcome> {
    let now = clock();
    let today = local_day(now);
    let unit = Reference::embedded()
        .units
        .find_by_code(&options.province, today)
        .ok_or_else(|| no_province(&options.province, today))?;
    let name = options.name.as_deref().unwrap_or(&unit.name_on(today).vi);
    if name.trim().is_empty() {
        return Err(WrongUse(Text::new("tên để trống", "the name is blank")).into());
    }
    let store = Store::open_existing(&options.database.database)?;
    let mut random = [0; RANDOM_BYTES];
    getrandom::fill(&mut random).context("the system gives no random bytes")?;
    let token = format!("{PREFIX}{}", hex::encode(random));
    let sha256 = Digest::of(token.as_bytes());
    let until = now + options.expires;
    store.record_token(sha256, (unit.id, name.trim()), until, (&options.by, now))?;
    print(format!("{token}\n"))?;
    Ok(Outcome::Done)
}

/// Lists the tokens.
pub(super) fn list(options: &ListTokens, clock: &Clock) -> anyhow::Result<Outcome> {
    let language = options.lang.language;
    let store = Store::open_existing(&options.database.database)?;
    let now = clock();
    for token in store.list_tokens()? {
        let state = match token.revoked_at {
            Some(_) => language.pick("đã thu hồi", "revoked"),
            None if token.holds_on(now) => language.pick("có hiệu lực", "valid"),
            None => language.pick("hết hạn", "expired"),
        };
        let until = language.date(local_day(token.expires_at));
        let (id, unit, name) = (token.id, token.unit, &token.name);
        let word = language.pick("đến", "until");
        print(format!("{id}\t{unit}\t{name}\t{state}\t{word} {until}\n"))?;
    }
    Ok(Outcome::Done)
}

/// Takes a token out of use.
pub(super) fn revoke(options: &RevokeToken, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let id = options.token;
    store.revoke_token(id, &options.by, clock())?;
    print(match options.lang.language {
        Language::Vi => format!("đã thu hồi mã gửi tệp số {id}\n"),
        Language::En => format!("token {id} is revoked\n"),
    })?;
    Ok(Outcome::Done)
}
