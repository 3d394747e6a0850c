//! The second factor: codes of six digits that change every 30 seconds (RFC 6238 over RFC 4226, with HMAC-SHA-1 as all
//! programs on telephones have it), and recovery codes for when the telephone is lost.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use store::domain::{Credential, Digest, Login};

use super::fill;
use crate::error::ServerError;
use crate::state::State;

/// Seconds for which a code is the current one: RFC 6238, section 4.1.
const STEP_SECONDS: i64 = 30;

/// How many steps before and after the current one are taken too, for clocks that differ: RFC 6238, section 5.2.
const DRIFT: i64 = 1;

/// The digits of a code, and the number of codes.
const DIGITS: usize = 6;
const CODES: u32 = 1_000_000;

/// Bytes of a secret: RFC 4226, section 4, recommends 160 bits.
const SECRET_BYTES: usize = 20;

/// How many recovery codes an account gets, and the random bytes of each.
const RECOVERY_CODES: usize = 10;
const RECOVERY_BYTES: usize = 10;

/// The letters of base32: RFC 4648, section 6.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a code was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The current code.
    Code,
    /// A recovery code, which is used up now.
    Recovery,
}

/// A new secret in base32.
pub(crate) fn new_secret() -> Result<String, ServerError> {
    let mut bytes = [0; SECRET_BYTES];
    fill(&mut bytes)?;
    Ok(in_base32(&bytes))
}

/// New recovery codes, and their digests in the same order.
pub(crate) fn new_codes() -> Result<(Vec<String>, Vec<Digest>), ServerError> {
    let code = || {
        let mut bytes = [0; RECOVERY_BYTES];
        fill(&mut bytes)?;
        Ok::<_, ServerError>(in_base32(&bytes).to_lowercase())
    };
    let codes: Result<Vec<String>, ServerError> = (0..RECOVERY_CODES).map(|_| code()).collect();
    let codes = codes?;
    let digests = codes.iter().map(|code| Digest::of(code.as_bytes()));
    let digests = digests.collect();
    Ok((codes, digests))
}

/// The address that a program on a telephone reads.
pub(crate) fn as_address(secret: &str, login: Login) -> String {
    format!("otpauth://totp/sohoa:{login}?secret={secret}&issuer=sohoa")
}

/// Takes the current code of an account or one of its recovery codes, each once; `None` where it is neither.
pub(crate) fn take(
    state: &State,
    (login, credential): (Login, &Credential),
    code: &str,
) -> Result<Option<Taken>, ServerError> {
    let code: String = code
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric())
        .collect();
    let secret = credential.totp_secret.as_deref().unwrap_or_default();
    if let Some(step) = step_of(secret, &code, (state.clock)()) {
        let fresh = state.store.take_totp_step(login, step)?;
        return Ok(fresh.then_some(Taken::Code));
    }
    let digest = Digest::of(code.to_lowercase().as_bytes());
    let known = state.store.take_recovery_code(login, digest)?;
    Ok(known.then_some(Taken::Recovery))
}

/// The time step whose code this is; `None` where it is the code of none about now.
pub(crate) fn step_of(secret: &str, code: &str, now: DateTime<Utc>) -> Option<i64> {
    let secret = from_base32(secret).filter(|secret| !secret.is_empty())?;
    let code: u32 = code.parse().ok().filter(|_| code.len() == DIGITS)?;
    let step = now.timestamp().div_euclid(STEP_SECONDS);
    let mut steps = (step - DRIFT..=step + DRIFT).rev();
    steps.find(|step| code_of(&secret, *step) == Some(code))
}

/// The code of a step: RFC 4226, section 5.3.
fn code_of(secret: &[u8], step: i64) -> Option<u32> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash.last()? & 0x0f);
    let four = hash.get(offset..offset + 4)?;
    let number = u32::from_be_bytes(four.try_into().ok()?) & 0x7fff_ffff;
    Some(number % CODES)
}

fn in_base32(bytes: &[u8]) -> String {
    // 5 bytes are 8 letters; all we write are whole groups.
    let groups = bytes.chunks(5).flat_map(|group| {
        let number = group
            .iter()
            .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        (0..8).rev().map(move |place| (number >> (5 * place)) & 31)
    });
    let letter = |place: u64| {
        usize::try_from(place)
            .ok()
            .and_then(|place| LETTERS.get(place))
    };
    groups
        .filter_map(letter)
        .map(|letter| char::from(*letter))
        .collect()
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let place = LETTERS.iter().position(|known| *known == letter)?;
        held = (held << 5) | u32::try_from(place).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret of SHA-1 and its codes of eight digits, of which ours are the last six.
    #[test]
    fn the_codes_are_those_of_the_rfc() {
        let secret = b"12345678901234567890";
        let vectors = [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ];
        for (second, code) in vectors {
            assert_eq!(
                code_of(secret, second / STEP_SECONDS),
                Some(code % CODES),
                "{second}"
            );
        }
        let text = in_base32(secret);
        assert_eq!(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(from_base32(&text).unwrap(), secret);
    }

    #[test]
    fn a_code_holds_for_its_step_and_one_beside_it() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let secret = in_base32(b"12345678901234567890");
        let step = |second| step_of(&secret, "287082", at(second));
        assert_eq!([step(59), step(89), step(29)], [Some(1); 3]);
        assert_eq!(
            [step(90), step(119)],
            [None, None].map(|none: Option<i64>| none)
        );
        for wrong in ["", "28708", "0287082", "+87082", "28708a", "０８７０８２"] {
            assert_eq!(step_of(&secret, wrong, at(59)), None, "{wrong}");
        }
        assert_eq!(step_of("", "287082", at(59)), None);
    }

    #[test]
    fn secrets_and_recovery_codes_are_random() {
        let secret = new_secret().unwrap();
        assert_eq!(secret.len(), 32);
        assert_ne!(secret, new_secret().unwrap());
        let (codes, digests) = new_codes().unwrap();
        assert_eq!((codes.len(), digests.len(), codes[0].len()), (10, 10, 16));
        assert_eq!(Digest::of(codes[9].as_bytes()), digests[9]);
    }
}
