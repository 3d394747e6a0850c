//! Accounts: every change is a fact with its entry of the log, and the latest one says how the account stands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::connection::AnyConnection;
use super::rows::{self, corrupt};
use super::schema::{account_changes, credentials};
use super::{Deed, Store, sessions};
use crate::StoreError;
use crate::domain::{Account, AccountChange, AccountDeed, Login, Role, Text};

/// The deed of changing an account. It changes no figure.
pub(super) const CHANGE_ACCOUNT: &str = "change_account";

#[derive(Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = account_changes)]
pub(super) struct AccountRow {
    #[serde(skip)]
    id: i64,
    login: String,
    deed: String,
    name: String,
    role: String,
    unit_id: Option<String>,
    active: bool,
    recorded_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl AccountRow {
    /// The row of a change to an account that stands as `before` says.
    fn new(change: &AccountChange<'_>, before: Option<&Account>) -> Result<Self, StoreError> {
        let kept = before.map(|account| (account.name.as_str(), account.role));
        let unknown = || StoreError::NotFound {
            what: Text::new(
                format!("tài khoản {}", change.login),
                format!("account {}", change.login),
            ),
        };
        let (name, role) = change.standing.or(kept).ok_or_else(unknown)?;
        let was_active = before.is_none_or(|account| account.active);
        Ok(Self {
            id: 0,
            login: change.login.to_string(),
            deed: change.deed.key().to_owned(),
            name: name.trim().to_owned(),
            role: role.key().to_owned(),
            unit_id: role.province().map(|province| province.to_string()),
            active: match change.deed {
                AccountDeed::Enable => true,
                AccountDeed::Disable => false,
                _ => was_active,
            },
            recorded_by: change.by.to_owned(),
            recorded_at: NaiveDateTime::default(),
        })
    }

    fn into_domain(self) -> Result<Account, StoreError> {
        let unit = self.unit_id.as_deref().map(rows::unit_id).transpose()?;
        Ok(Account {
            login: login(&self.login)?,
            role: Role::from_key(&self.role, unit).ok_or_else(|| corrupt("role", &self.role))?,
            deed: rows::word("deed", &self.deed, AccountDeed::from_key)?,
            name: self.name,
            active: self.active,
            changed_by: self.recorded_by,
            changed_at: self.recorded_at.and_utc(),
        })
    }
}

/// The login in a row.
pub(super) fn login(text: &str) -> Result<Login, StoreError> {
    Login::parse(text).ok_or_else(|| corrupt("login", text))
}

/// The latest change of an account.
pub(super) fn latest(
    connection: &mut AnyConnection,
    login: Login,
) -> Result<Option<Account>, StoreError> {
    let changes = account_changes::table.filter(account_changes::login.eq(login.to_string()));
    let newest = changes
        .order(account_changes::id.desc())
        .select(AccountRow::as_select());
    let row: Option<AccountRow> = newest.first(connection).optional()?;
    row.map(AccountRow::into_domain).transpose()
}

/// The latest changes of some accounts.
pub(super) fn latest_of(
    connection: &mut AnyConnection,
    logins: impl Iterator<Item = Login>,
) -> Result<BTreeMap<Login, Account>, StoreError> {
    let logins: BTreeSet<String> = logins.map(|login| login.to_string()).collect();
    let changes = account_changes::table.filter(account_changes::login.eq_any(logins));
    let rows: Vec<AccountRow> = changes
        .order(account_changes::id)
        .select(AccountRow::as_select())
        .load(connection)?;
    // Of two with the same name the later one stays.
    let accounts = rows.into_iter().map(|row| {
        let account = row.into_domain()?;
        Ok((account.login, account))
    });
    accounts.collect()
}

impl Store {
    /// Records a change of an account. Its sessions end where it may not sign in any more, its role is another one, its
    /// password is, or that is what is asked.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it is made a second time or would change nothing; [`StoreError::NotFound`] where there
    /// is none.
    pub fn change_account(&self, change: &AccountChange<'_>) -> Result<(), StoreError> {
        self.change_account_and(change, |_| Ok(()))
    }

    /// The same with more statements in the same transaction.
    pub(super) fn change_account_and(
        &self,
        change: &AccountChange<'_>,
        more: impl FnOnce(&mut AnyConnection) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let before = self.find_account(change.login)?;
        refuse_idle(change, before.as_ref())?;
        let mut row = AccountRow::new(change, before.as_ref())?;
        let deed = Deed {
            actor: change.by,
            action: CHANGE_ACCOUNT,
            subject: format!("account {}: {}", row.login, row.deed),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, change.at, |connection, entry| {
            if latest(connection, change.login)? != before {
                return Err(StoreError::Conflict(Text::new(
                    "tài khoản vừa được người khác thay đổi",
                    "the account was changed by somebody else just now",
                )));
            }
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(account_changes::table)
                .values(&row)
                .execute(connection)?;
            if ends_sessions(change.deed) {
                sessions::end_all(connection, change.login)?;
            }
            more(connection)
        })
    }

    /// An account as it stands; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_account(&self, login: Login) -> Result<Option<Account>, StoreError> {
        self.read(|connection| latest(connection, login))
    }

    /// Every account as it stands, in the order of the logins.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<AccountRow> = self.read(|connection| {
            let order = (account_changes::login, account_changes::id);
            let changes = account_changes::table.order(order);
            Ok(changes.select(AccountRow::as_select()).load(connection)?)
        })?;
        let mut accounts: Vec<Account> = Vec::new();
        for row in rows {
            let account = row.into_domain()?;
            accounts.pop_if(|before| before.login == account.login);
            accounts.push(account);
        }
        Ok(accounts)
    }

    /// Whether an administrator can sign in: without one nobody could make accounts.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn has_administrator(&self) -> Result<bool, StoreError> {
        let known: Vec<String> = self.read(|connection| {
            Ok(credentials::table
                .select(credentials::login)
                .load(connection)?)
        })?;
        let accounts = self.list_accounts()?;
        Ok(accounts.iter().any(|account| {
            let can = known.contains(&account.login.to_string());
            account.active && account.role == Role::Administrator && can
        }))
    }
}

/// Whether open sessions end with a deed.
const fn ends_sessions(deed: AccountDeed) -> bool {
    matches!(
        deed,
        AccountDeed::Disable | AccountDeed::Role | AccountDeed::Password | AccountDeed::EndSessions
    )
}

/// Refuses a change that is none.
fn refuse_idle(change: &AccountChange<'_>, before: Option<&Account>) -> Result<(), StoreError> {
    let login = change.login;
    let refused = |vi: &str, en: &str| {
        let text = Text::new(
            format!("tài khoản {login} {vi}"),
            format!("account {login} {en}"),
        );
        Err(StoreError::Conflict(text))
    };
    match (change.deed, before) {
        (AccountDeed::Create, Some(_)) => refused("đã có", "is there already"),
        (AccountDeed::Disable, Some(account)) if !account.active => {
            refused("đã bị khóa từ trước", "is disabled already")
        }
        (AccountDeed::Enable, Some(account)) if account.active => {
            refused("đang hoạt động", "is active already")
        }
        _ if change
            .standing
            .is_some_and(|(name, _)| name.trim().is_empty()) =>
        {
            refused("chưa có tên người dùng", "has no name of a person")
        }
        _ => Ok(()),
    }
}

/// A moment as the tables keep it.
pub(super) fn stored(moment: DateTime<Utc>) -> NaiveDateTime {
    use chrono::SubsecRound as _;
    moment.naive_utc().trunc_subsecs(6)
}

#[cfg(feature = "testing")]
impl Store {
    /// Puts an administrator into the database of a test past the log, so that a test counts the entries of its own only.
    pub(crate) fn plant_administrator(&self, login: Login) -> Result<(), StoreError> {
        use diesel::connection::SimpleConnection as _;
        if self.find_account(login)?.is_some() {
            return Ok(());
        }
        let change = AccountChange {
            login,
            deed: AccountDeed::Create,
            standing: Some(("Test", Role::Administrator)),
            by: "test",
            at: DateTime::UNIX_EPOCH,
        };
        let row = AccountRow::new(&change, None)?;
        self.read(|connection| {
            connection.batch_execute(match connection {
                AnyConnection::Sqlite(_) => "PRAGMA foreign_keys = OFF",
                AnyConnection::Postgres(_) => {
                    "ALTER TABLE account_changes DROP CONSTRAINT IF EXISTS account_changes_id_fkey"
                }
            })?;
            diesel::insert_into(account_changes::table)
                .values(&row)
                .execute(connection)?;
            super::credentials::set_hash(connection, login, "no password")
        })
    }
}
