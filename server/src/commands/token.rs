//! `sohoa token`: makes, lists and revokes the tokens by which scripts upload and read.

use store::Store;
use store::domain::{Digest, Language, Reference, Text};

use super::outcome::{Outcome, WrongUse, no_province, print};
use crate::access::random;
use crate::args::{CreateToken, ListTokens, RevokeToken};
use crate::state::{Clock, local_day};

/// What every token begins with, so that one that strayed into a file or a log is recognised.
const PREFIX: &str = "sohoa_";

/// Makes a token and prints it, the only time.
pub(super) fn create(options: &CreateToken, clock: &Clock) -> anyhow::Result<Outcome> {
    let now = clock();
    let today = local_day(now);
    let units = &Reference::embedded().units;
    let unit = |code: &String| {
        let unit = units.find_by_code(code, today);
        unit.ok_or_else(|| no_province(code, today))
    };
    let unit = options.province.as_ref().map(unit).transpose()?;
    let owner = unit.map_or("Toàn quốc", |unit| unit.name_on(today).vi.as_str());
    let name = options.name.as_deref().unwrap_or(owner);
    if name.trim().is_empty() {
        return Err(WrongUse(Text::new("tên để trống", "the name is blank")).into());
    }
    let store = Store::open_existing(&options.database.database)?;
    let token = format!("{PREFIX}{}", random()?);
    let sha256 = Digest::of(token.as_bytes());
    let until = now + options.expires;
    let what = (options.scope, unit.map(|unit| unit.id), name.trim());
    store.record_token(sha256, what, until, (&options.by, now))?;
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
        let unit = token
            .unit
            .map_or_else(|| "*".to_owned(), |unit| unit.to_string());
        let (id, scope, name) = (token.id, token.scope.key(), &token.name);
        let word = language.pick("đến", "until");
        print(format!(
            "{id}\t{unit}\t{name}\t{state}\t{word} {until}\t{scope}\n"
        ))?;
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
