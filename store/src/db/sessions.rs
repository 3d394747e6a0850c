//! Sessions: who is signed in. They are no facts, and their rows are updated and deleted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::accounts::{latest_of, login, stored};
use super::connection::AnyConnection;
use super::schema::sessions;
use super::{Store, rows};
use crate::StoreError;
use crate::domain::{Account, Digest, Login, Session};

/// How exactly the last use is kept: a page that is read needs no write most of the time.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
struct SessionRow {
    sha256: String,
    login: String,
    pending: bool,
    client: String,
    created_at: NaiveDateTime,
    seen_at: NaiveDateTime,
    expires_at: NaiveDateTime,
}

impl SessionRow {
    fn new(session: &Session) -> Self {
        Self {
            sha256: session.sha256.to_string(),
            login: session.login.to_string(),
            pending: session.pending,
            client: session.client.clone(),
            created_at: stored(session.created_at),
            seen_at: stored(session.seen_at),
            expires_at: stored(session.expires_at),
        }
    }

    fn into_domain(self) -> Result<Session, StoreError> {
        Ok(Session {
            sha256: rows::word("sha256", &self.sha256, Digest::parse)?,
            login: login(&self.login)?,
            pending: self.pending,
            client: self.client,
            created_at: self.created_at.and_utc(),
            seen_at: self.seen_at.and_utc(),
            expires_at: self.expires_at.and_utc(),
        })
    }
}

impl Store {
    /// Opens a session, and drops those that have ended.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it.
    pub fn open_session(&self, session: &Session) -> Result<(), StoreError> {
        self.read(|connection| {
            let over = sessions::table.filter(sessions::expires_at.le(stored(session.created_at)));
            diesel::delete(over).execute(connection)?;
            diesel::insert_into(sessions::table)
                .values(&SessionRow::new(session))
                .execute(connection)?;
            Ok(())
        })
    }

    /// The session of a digest and its account, as [`Store::use_sessions`] finds it.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn use_session(
        &self,
        sha256: Digest,
        now: DateTime<Utc>,
        idle: TimeDelta,
    ) -> Result<Option<(Session, Account)>, StoreError> {
        let mut found = self.use_sessions(&[sha256].into(), now, idle)?;
        Ok(found.remove(&sha256))
    }

    /// The sessions of some digests with their accounts, and notes that they are used. Left out is what there is none of, has
    /// ended, was not used for `idle`, or whose account may not sign in any more.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn use_sessions(
        &self,
        asked: &BTreeSet<Digest>,
        now: DateTime<Utc>,
        idle: TimeDelta,
    ) -> Result<BTreeMap<Digest, (Session, Account)>, StoreError> {
        self.read(|connection| {
            let open = sessions::table
                .filter(sessions::sha256.eq_any(asked.iter().map(Digest::to_string)))
                .filter(sessions::expires_at.gt(stored(now)))
                .filter(sessions::seen_at.gt(stored(now - idle)));
            let rows: Vec<SessionRow> = open.select(SessionRow::as_select()).load(connection)?;
            let open: Result<Vec<Session>, _> =
                rows.into_iter().map(SessionRow::into_domain).collect();
            let open = open?;
            let accounts = latest_of(connection, open.iter().map(|session| session.login))?;
            let mut found = BTreeMap::new();
            for session in open {
                let account = accounts.get(&session.login);
                let Some(account) = account.filter(|account| account.active) else {
                    continue;
                };
                if session.seen_at + SEEN_EVERY <= now {
                    let own = sessions::table.find(session.sha256.to_string());
                    // Where it cannot be written, on a full disk for instance, people can still read.
                    drop(
                        diesel::update(own)
                            .set(sessions::seen_at.eq(stored(now)))
                            .execute(connection),
                    );
                }
                found.insert(session.sha256, (session, account.clone()));
            }
            Ok(found)
        })
    }

    /// The open sessions of an account, the latest used first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_sessions(
        &self,
        login: Login,
        now: DateTime<Utc>,
        idle: TimeDelta,
    ) -> Result<Vec<Session>, StoreError> {
        let rows: Vec<SessionRow> = self.read(|connection| {
            let open = sessions::table
                .filter(sessions::login.eq(login.to_string()))
                .filter(sessions::pending.eq(false))
                .filter(sessions::expires_at.gt(stored(now)))
                .filter(sessions::seen_at.gt(stored(now - idle)))
                .order((sessions::seen_at.desc(), sessions::sha256));
            Ok(open.select(SessionRow::as_select()).load(connection)?)
        })?;
        rows.into_iter().map(SessionRow::into_domain).collect()
    }

    /// Ends one session; nothing happens where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn end_session(&self, sha256: Digest) -> Result<(), StoreError> {
        self.read(|connection| {
            diesel::delete(sessions::table.find(sha256.to_string())).execute(connection)?;
            Ok(())
        })
    }

    /// Ends every session of an account but one.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn end_other_sessions(&self, login: Login, kept: Digest) -> Result<(), StoreError> {
        self.read(|connection| {
            let others = sessions::table
                .filter(sessions::login.eq(login.to_string()))
                .filter(sessions::sha256.ne(kept.to_string()));
            diesel::delete(others).execute(connection)?;
            Ok(())
        })
    }
}

/// Ends every session of an account.
pub(super) fn end_all(connection: &mut AnyConnection, login: Login) -> Result<(), StoreError> {
    let own = sessions::table.filter(sessions::login.eq(login.to_string()));
    diesel::delete(own).execute(connection)?;
    Ok(())
}
