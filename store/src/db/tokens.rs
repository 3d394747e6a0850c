//! Tokens of scripts and their revocation. Only the digest of a token is kept.

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::rows;
use super::schema::{token_revocations, tokens};
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{Digest, Text, Token, TokenScope, UnitId};

#[derive(Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = tokens)]
pub(super) struct TokenRow {
    #[serde(skip)]
    id: i64,
    sha256: String,
    unit_id: Option<String>,
    name: String,
    expires_at: NaiveDateTime,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
    // Tokens recorded before there were scopes are for uploads, and were sealed without the word.
    #[serde(skip_serializing_if = "is_upload")]
    scope: String,
}

fn is_upload(scope: &str) -> bool {
    scope == TokenScope::Upload.key()
}

#[derive(Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = token_revocations)]
pub(super) struct RevocationRow {
    #[serde(skip)]
    id: i64,
    token_id: i64,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl TokenRow {
    fn into_domain(self, revoked: Option<NaiveDateTime>) -> Result<Token, StoreError> {
        Ok(Token {
            id: self.id,
            name: self.name,
            unit: self.unit_id.as_deref().map(rows::unit_id).transpose()?,
            scope: rows::word("scope", &self.scope, TokenScope::from_key)?,
            expires_at: self.expires_at.and_utc(),
            recorded_at: self.recorded_at.and_utc(),
            revoked_at: revoked.map(|moment| moment.and_utc()),
        })
    }
}

impl Store {
    /// Records a token by its digest, for a scope, a unit or the whole nation and under a name, and gives its number.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it; nothing is written then.
    pub fn record_token(
        &self,
        sha256: Digest,
        (scope, unit, name): (TokenScope, Option<UnitId>, &str),
        expires_at: DateTime<Utc>,
        (by, now): (&str, DateTime<Utc>),
    ) -> Result<i64, StoreError> {
        let mut row = TokenRow {
            id: 0,
            sha256: sha256.to_string(),
            unit_id: unit.map(|unit| unit.to_string()),
            name: name.to_owned(),
            // Whole seconds, which both databases give back as they are.
            expires_at: expires_at.naive_utc().trunc_subsecs(0),
            recorded_at: NaiveDateTime::default(),
            scope: scope.key().to_owned(),
        };
        let owner = row.unit_id.as_deref().unwrap_or("the nation");
        let deed = Deed {
            actor: by,
            action: "record_token",
            subject: format!("token {name} of {owner}"),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(tokens::table)
                .values(&row)
                .execute(connection)?;
            Ok(entry.id)
        })
    }

    /// Takes a token out of use.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none; [`StoreError::Conflict`] where it was revoked already.
    pub fn revoke_token(&self, id: i64, by: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut row = RevocationRow {
            id: 0,
            token_id: id,
            recorded_at: NaiveDateTime::default(),
        };
        let deed = Deed {
            actor: by,
            action: "revoke_token",
            subject: format!("token {id}"),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            let known = tokens::table.find(id).select(tokens::id);
            if known.first::<i64>(connection).optional()?.is_none() {
                return Err(StoreError::NotFound {
                    what: Text::new(format!("mã gửi tệp số {id}"), format!("token {id}")),
                });
            }
            let revoked = token_revocations::table.filter(token_revocations::token_id.eq(id));
            let revoked = revoked.select(token_revocations::id);
            if revoked.first::<i64>(connection).optional()?.is_some() {
                return Err(StoreError::Conflict(Text::new(
                    format!("mã gửi tệp số {id} đã bị thu hồi từ trước"),
                    format!("token {id} is already revoked"),
                )));
            }
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(token_revocations::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Every token, in the order recorded.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_tokens(&self) -> Result<Vec<Token>, StoreError> {
        let rows: Vec<(TokenRow, Option<NaiveDateTime>)> = self.read(|connection| {
            Ok(tokens::table
                .left_join(token_revocations::table)
                .order(tokens::id)
                .select((
                    TokenRow::as_select(),
                    token_revocations::recorded_at.nullable(),
                ))
                .load(connection)?)
        })?;
        let rows = rows.into_iter();
        rows.map(|(row, revoked)| row.into_domain(revoked))
            .collect()
    }

    /// The token of a digest; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_token(&self, sha256: Digest) -> Result<Option<Token>, StoreError> {
        let row: Option<(TokenRow, Option<NaiveDateTime>)> = self.read(|connection| {
            Ok(tokens::table
                .left_join(token_revocations::table)
                .filter(tokens::sha256.eq(sha256.to_string()))
                .select((
                    TokenRow::as_select(),
                    token_revocations::recorded_at.nullable(),
                ))
                .first(connection)
                .optional()?)
        })?;
        row.map(|(row, revoked)| row.into_domain(revoked))
            .transpose()
    }
}
