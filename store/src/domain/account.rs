//! Accounts: who may sign in, as what, and how that came about.

use std::fmt;

use chrono::{DateTime, Utc};

use super::{Text, UnitId};

/// The most bytes of a [`Login`].
const LOGIN_BYTES: usize = 32;

/// The name an account signs in with and is recorded under: 2 to 32 small letters, digits, `.`, `-`, `_` or `@`.
///
/// It never changes and is never given to another person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login([u8; LOGIN_BYTES]);

impl Login {
    /// Reads a name; large letters and blanks around it do not matter. `None` where the form is another.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let is_known = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_@".contains(&byte)
        };
        let mut bytes = [0; LOGIN_BYTES];
        let fits = (2..=LOGIN_BYTES).contains(&text.len()) && text.bytes().all(is_known);
        let place = bytes.get_mut(..text.len()).filter(|_| fits)?;
        place.copy_from_slice(text.as_bytes());
        Some(Self(bytes))
    }
}

impl fmt::Display for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.0.iter().take_while(|byte| **byte != 0);
        written
            .into_iter()
            .try_for_each(|byte| write!(formatter, "{}", char::from(*byte)))
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Makes accounts and keeps the program; sees and does everything.
    Administrator,
    /// Follows all provinces for the ministry: asks, issues, corrects.
    Monitor,
    /// Sends and reads the figures of one province, all of its history and nothing else.
    Uploader(UnitId),
    /// Reads everything and changes nothing.
    Reader,
}

impl Role {
    /// The words of the roles, in the order pages offer them.
    pub const KEYS: [&str; 4] = ["uploader", "monitor", "reader", "administrator"];

    /// The word in the databases and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Monitor => "monitor",
            Self::Uploader(_) => "uploader",
            Self::Reader => "reader",
        }
    }

    /// The role of a word; an uploader has a province and nobody else does. `None` for anything else.
    #[must_use]
    pub fn from_key(key: &str, province: Option<UnitId>) -> Option<Self> {
        match (key, province) {
            ("administrator", None) => Some(Self::Administrator),
            ("monitor", None) => Some(Self::Monitor),
            ("uploader", Some(province)) => Some(Self::Uploader(province)),
            ("reader", None) => Some(Self::Reader),
            _ => None,
        }
    }

    /// The province of an uploader.
    #[must_use]
    pub const fn province(self) -> Option<UnitId> {
        match self {
            Self::Uploader(province) => Some(province),
            _ => None,
        }
    }

    /// The role of a word as people read it.
    #[must_use]
    pub fn name(key: &str) -> Text {
        match key {
            "administrator" => Text::new("Quản trị viên", "Administrator"),
            "monitor" => Text::new("Cán bộ theo dõi của Bộ", "Ministry monitor"),
            "uploader" => Text::new("Cán bộ tỉnh", "Provincial officer"),
            _ => Text::new("Lãnh đạo (chỉ xem)", "Leadership (reads only)"),
        }
    }
}

/// What was done to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountDeed {
    /// It was made.
    Create,
    /// Its role or the name of its person was changed.
    Role,
    /// It may not sign in any more.
    Disable,
    /// It may sign in again.
    Enable,
    /// A link was made by which its password can be chosen.
    Link,
    /// Its password was chosen.
    Password,
    /// A second factor is asked for from now on.
    SecondFactor,
    /// No second factor is asked for from now on.
    NoSecondFactor,
    /// Its open sessions were ended by somebody else.
    EndSessions,
}

impl AccountDeed {
    /// Every deed.
    pub const ALL: [Self; 9] = [
        Self::Create,
        Self::Role,
        Self::Disable,
        Self::Enable,
        Self::Link,
        Self::Password,
        Self::SecondFactor,
        Self::NoSecondFactor,
        Self::EndSessions,
    ];

    /// The word in the databases.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Role => "role",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::Link => "link",
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
            Self::NoSecondFactor => "no_second_factor",
            Self::EndSessions => "end_sessions",
        }
    }

    /// The deed of a word; `None` for any other word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.key() == key)
    }
}

/// An account as its latest change left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// What it signs in with.
    pub login: Login,
    /// The name of the person.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// Whether it may sign in.
    pub active: bool,
    /// The latest deed.
    pub deed: AccountDeed,
    /// Who did it.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// What is done to an account, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChange<'a> {
    /// Whose account.
    pub login: Login,
    /// What is done.
    pub deed: AccountDeed,
    /// The name and the role it has from now on, for the deeds [`AccountDeed::Create`] and [`AccountDeed::Role`];
    /// otherwise those it had stay.
    pub standing: Option<(&'a str, Role)>,
    /// Who does it.
    pub by: &'a str,
    /// When.
    pub at: DateTime<Utc>,
}

/// What an account shows when it signs in; a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// The argon2id hash of the password, as a PHC string.
    pub password_hash: String,
    /// The secret of the second factor in base32; `None` where there is none.
    pub totp_secret: Option<String>,
    /// The last time step whose code was taken.
    pub totp_step: Option<i64>,
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credential")
    }
}

/// An open session of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The digest of the random number in its cookie.
    pub sha256: super::Digest,
    /// Whose it is.
    pub login: Login,
    /// The password was right and the second factor is still to come: it opens nothing yet.
    pub pending: bool,
    /// What the browser calls itself.
    pub client: String,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to five minutes.
    pub seen_at: DateTime<Utc>,
    /// When it ends, used or not.
    pub expires_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_has_one_form() {
        assert_eq!(
            Login::parse(" Lan.Nguyen ").unwrap().to_string(),
            "lan.nguyen"
        );
        assert_eq!(Login::parse(&"a".repeat(32)).unwrap().to_string().len(), 32);
        for wrong in ["", "a", "lân", "a b", "a\0b", "a/b", &"a".repeat(33)] {
            assert_eq!(Login::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_uploader_has_a_province_and_nobody_else_does() {
        let province = UnitId::parse("q24");
        for key in Role::KEYS {
            let without = Role::from_key(key, None);
            let with = Role::from_key(key, province);
            assert_eq!(without.is_some(), key != "uploader", "{key}");
            assert_eq!(with.is_some(), key == "uploader", "{key}");
            let role = without.or(with).unwrap();
            assert_eq!((role.key(), role.province()), (key, with.and(province)));
        }
        assert_eq!(Role::from_key("root", None), None);
    }
}
