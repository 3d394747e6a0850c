//! Passwords: which are taken, and how they are kept.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use store::domain::{Login, Text};
use unicode_normalization::UnicodeNormalization as _;

use super::fill;
use crate::error::ServerError;

/// The least letters of a password. NIST SP 800-63B-4 (2025), section 3.1.1.2, asks for 15 without a second factor and 8 with one,
/// and for no rule about kinds of letters; 12 is what the ministry's officers are asked for, with or without.
pub(crate) const SHORTEST: usize = 12;

/// The most letters of a password; the same section asks that at least 64 are taken.
pub(crate) const LONGEST: usize = 128;

/// Argon2id with 19 MiB, two passes and one lane: OWASP Password Storage Cheat Sheet, section "Argon2id".
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Random bytes beside a password, as RFC 9106, section 3.1, recommends.
const SALT_BYTES: usize = 16;

/// How many may wait for their password to be looked at.
const MOST_WAITING: usize = 64;

/// Hashes passwords one at a time, so that many who sign in at once take no more memory than one.
#[derive(Debug, Default)]
pub(crate) struct Hashing {
    one: Mutex<()>,
    waiting: AtomicUsize,
}

impl Hashing {
    /// The hash of a password that is taken for an account, as a PHC string.
    ///
    /// # Errors
    /// [`ServerError::Password`] saying what is wrong with it; [`ServerError::Busy`] where too many wait.
    pub(crate) fn hash(&self, password: &str, login: Login) -> Result<String, ServerError> {
        let password = written(password);
        check(&password, login)?;
        self.in_turn(|| hash(&password))?
    }

    /// Whether a password is the one of a hash. Where there is none it takes as long to say no.
    ///
    /// # Errors
    /// [`ServerError::Busy`] where too many wait.
    pub(crate) fn verify(&self, password: &str, kept: Option<&str>) -> Result<bool, ServerError> {
        static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody").unwrap_or_default());
        let password = written(password);
        self.in_turn(|| {
            let own = kept.and_then(|kept| PasswordHash::new(kept).ok());
            let other = PasswordHash::new(&NOBODY).ok();
            let is_known = own.is_some();
            let compared = own.or(other);
            let is_right = compared.is_some_and(|compared| {
                let fits = argon2().verify_password(password.as_bytes(), &compared);
                fits.is_ok()
            });
            is_known && is_right
        })
    }

    fn in_turn<T>(&self, work: impl FnOnce() -> T) -> Result<T, ServerError> {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let worked = (before < MOST_WAITING).then(|| {
            let _turn = self.one.lock().unwrap_or_else(PoisonError::into_inner);
            work()
        });
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        worked.ok_or(ServerError::Busy)
    }
}

/// A password as it is hashed: keyboards write the same letter in different ways, so all are brought to NFC.
fn written(password: &str) -> String {
    password.nfc().take(LONGEST + 1).collect()
}

fn check(password: &str, login: Login) -> Result<(), ServerError> {
    let refused = |vi: String, en: String| Err(ServerError::Password(Text::new(vi, en)));
    let length = password.chars().count();
    if length < SHORTEST {
        return refused(
            format!("Mật khẩu cần ít nhất {SHORTEST} ký tự."),
            format!("A password has at least {SHORTEST} letters."),
        );
    }
    if length > LONGEST {
        return refused(
            format!("Mật khẩu có tối đa {LONGEST} ký tự."),
            format!("A password has at most {LONGEST} letters."),
        );
    }
    if password.to_lowercase().contains(&login.to_string()) {
        return refused(
            "Mật khẩu không được chứa tên đăng nhập.".to_owned(),
            "The password must not contain the sign-in name.".to_owned(),
        );
    }
    Ok(())
}

fn argon2() -> Argon2<'static> {
    let parameters = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
}

fn hash(password: &str) -> Result<String, ServerError> {
    let failed = |error: argon2::password_hash::Error| ServerError::Internal(error.to_string());
    let mut salt = [0; SALT_BYTES];
    fill(&mut salt)?;
    let salt = SaltString::encode_b64(&salt).map_err(failed)?;
    let hash = argon2().hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(failed)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login() -> Login {
        Login::parse("lan.nguyen").unwrap()
    }

    #[test]
    fn a_password_is_kept_as_argon2id_and_known_again_however_it_was_typed() {
        let hashing = Hashing::default();
        let kept = hashing.hash("mật khẩu thật dài", login()).unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        let decomposed: String = "mật khẩu thật dài".nfd().collect();
        assert!(hashing.verify(&decomposed, Some(&kept)).unwrap());
        assert!(!hashing.verify("mật khẩu thật dà", Some(&kept)).unwrap());
        assert!(!hashing.verify("nobody", None).unwrap());
        assert!(!hashing.verify("nobody", Some("no hash")).unwrap());
        assert_ne!(kept, hashing.hash("mật khẩu thật dài", login()).unwrap());
    }

    #[test]
    fn only_length_and_the_login_are_held_against_a_password() {
        let hashing = Hashing::default();
        let refused = |password: &str| hashing.hash(password, login()).is_err();
        assert!(refused("ngắn quá"));
        assert!(refused(&"a".repeat(129)));
        assert!(refused("Lan.Nguyen 2026"));
        assert!(!refused(&"ă".repeat(128)));
        assert!(!refused("            "), "blanks are letters too");
    }
}
