//! Passwords, second factors and one-time links. Only hashes and digests of passwords, links and recovery codes are kept.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::Store;
use super::accounts::{login, stored};
use super::connection::AnyConnection;
use super::schema::{credentials, one_time_links, recovery_codes};
use crate::StoreError;
use crate::domain::{AccountChange, Credential, Digest, Login, Text};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = credentials)]
struct CredentialRow {
    login: String,
    password_hash: String,
    totp_secret: Option<String>,
    totp_step: Option<i64>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = one_time_links)]
struct LinkRow {
    sha256: String,
    login: String,
    expires_at: NaiveDateTime,
}

impl Store {
    /// Records that a password was chosen and keeps its hash; every open session and link of the account ends.
    ///
    /// # Errors
    /// As [`Store::change_account`].
    pub fn set_password(&self, change: &AccountChange<'_>, hash: &str) -> Result<(), StoreError> {
        self.change_account_and(change, |connection| {
            drop_links(connection, change.login)?;
            set_hash(connection, change.login, hash)
        })
    }

    /// What an account shows when it signs in; `None` where no password was chosen yet.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_credential(&self, login: Login) -> Result<Option<Credential>, StoreError> {
        let row: Option<CredentialRow> = self.read(|connection| {
            let row = credentials::table.find(login.to_string());
            Ok(row
                .select(CredentialRow::as_select())
                .first(connection)
                .optional()?)
        })?;
        Ok(row.map(|row| Credential {
            password_hash: row.password_hash,
            totp_secret: row.totp_secret,
            totp_step: row.totp_step,
        }))
    }

    /// Records that a second factor is asked for, or not any more where `secret` is `None`, and keeps the digests of its
    /// recovery codes in place of all before.
    ///
    /// # Errors
    /// As [`Store::change_account`].
    pub fn set_second_factor(
        &self,
        change: &AccountChange<'_>,
        secret: Option<(&str, i64)>,
        codes: &[Digest],
    ) -> Result<(), StoreError> {
        let login = change.login.to_string();
        self.change_account_and(change, |connection| {
            let kept = (
                credentials::totp_secret.eq(secret.map(|(secret, _)| secret)),
                credentials::totp_step.eq(secret.map(|(_, step)| step)),
            );
            diesel::update(credentials::table.find(&login))
                .set(kept)
                .execute(connection)?;
            let old = recovery_codes::table.filter(recovery_codes::login.eq(&login));
            diesel::delete(old).execute(connection)?;
            for code in codes {
                let row = (
                    recovery_codes::sha256.eq(code.to_string()),
                    recovery_codes::login.eq(&login),
                );
                diesel::insert_into(recovery_codes::table)
                    .values(row)
                    .execute(connection)?;
            }
            Ok(())
        })
    }

    /// Takes a code of a time step, once: false where one of this step or a later one was taken before.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn take_totp_step(&self, login: Login, step: i64) -> Result<bool, StoreError> {
        self.read(|connection| {
            let unused = credentials::totp_step
                .is_null()
                .or(credentials::totp_step.lt(step));
            let own = credentials::table.filter(credentials::login.eq(login.to_string()));
            let taken = diesel::update(own.filter(unused)).set(credentials::totp_step.eq(step));
            Ok(taken.execute(connection)? == 1)
        })
    }

    /// Takes a recovery code, once; false where the account has no such code.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn take_recovery_code(&self, login: Login, code: Digest) -> Result<bool, StoreError> {
        self.read(|connection| {
            let own = recovery_codes::table
                .filter(recovery_codes::login.eq(login.to_string()))
                .filter(recovery_codes::sha256.eq(code.to_string()));
            Ok(diesel::delete(own).execute(connection)? == 1)
        })
    }

    /// Records that a link was made by which the password of an account can be chosen, and keeps its digest; earlier links of the
    /// account end.
    ///
    /// # Errors
    /// As [`Store::change_account`].
    pub fn record_link(
        &self,
        change: &AccountChange<'_>,
        (sha256, expires_at): (Digest, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        self.change_account_and(change, |connection| {
            drop_links(connection, change.login)?;
            let row = LinkRow {
                sha256: sha256.to_string(),
                login: change.login.to_string(),
                expires_at: stored(expires_at),
            };
            diesel::insert_into(one_time_links::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Whose password a link lets choose; `None` where it is not known, was used or has expired.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_link(
        &self,
        sha256: Digest,
        now: DateTime<Utc>,
    ) -> Result<Option<Login>, StoreError> {
        let row: Option<LinkRow> = self.read(|connection| {
            let row = one_time_links::table
                .find(sha256.to_string())
                .filter(one_time_links::expires_at.gt(stored(now)));
            Ok(row
                .select(LinkRow::as_select())
                .first(connection)
                .optional()?)
        })?;
        row.map(|row| login(&row.login)).transpose()
    }

    /// Records that a password was chosen by a link, which is used up with it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the link was used meanwhile; else as [`Store::change_account`].
    pub fn set_password_by_link(
        &self,
        change: &AccountChange<'_>,
        hash: &str,
        sha256: Digest,
    ) -> Result<(), StoreError> {
        self.change_account_and(change, |connection| {
            let link = one_time_links::table.find(sha256.to_string());
            if diesel::delete(link).execute(connection)? == 0 {
                let what = Text::new("đường dẫn này", "this link");
                return Err(StoreError::NotFound { what });
            }
            drop_links(connection, change.login)?;
            set_hash(connection, change.login, hash)
        })
    }
}

pub(super) fn set_hash(
    connection: &mut AnyConnection,
    login: Login,
    hash: &str,
) -> Result<(), StoreError> {
    let login = login.to_string();
    let known = diesel::update(credentials::table.find(&login))
        .set(credentials::password_hash.eq(hash))
        .execute(connection)?;
    if known == 0 {
        let row = CredentialRow {
            login,
            password_hash: hash.to_owned(),
            totp_secret: None,
            totp_step: None,
        };
        diesel::insert_into(credentials::table)
            .values(&row)
            .execute(connection)?;
    }
    Ok(())
}

fn drop_links(connection: &mut AnyConnection, login: Login) -> Result<(), StoreError> {
    let own = one_time_links::table.filter(one_time_links::login.eq(login.to_string()));
    diesel::delete(own).execute(connection)?;
    Ok(())
}
