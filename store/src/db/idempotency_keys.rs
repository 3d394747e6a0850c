//! Keys that clients send with writes, so that a write sent twice is done once.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::Store;
use super::connection;
use super::rows;
use super::schema::idempotency_keys as keys;
use crate::StoreError;
use crate::domain::Digest;

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::days(1);

/// How long a request may be under way before it counts as broken off, by the end of the process for instance.
const UNDER_WAY: TimeDelta = TimeDelta::minutes(10);

/// What a write was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The status.
    pub status: u16,
    /// The address of what was made; `None` where nothing was.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// Nothing: it is reserved now.
    New,
    /// The same request was answered.
    Answered(KeptAnswer),
    /// It was used for another request.
    OtherRequest,
    /// The same request is under way.
    UnderWay,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = keys, treat_none_as_default_value = false)]
struct KeyRow {
    sha256: String,
    request_sha256: String,
    status: Option<i32>,
    location: Option<String>,
    body: Vec<u8>,
    created_at: NaiveDateTime,
}

impl KeyRow {
    fn into_domain(self, request: Digest) -> Result<Reserved, StoreError> {
        if self.request_sha256 != request.to_string() {
            return Ok(Reserved::OtherRequest);
        }
        let Some(status) = self.status else {
            return Ok(Reserved::UnderWay);
        };
        let status = u16::try_from(status);
        Ok(Reserved::Answered(KeptAnswer {
            status: status.map_err(|error| rows::corrupt("status", error.to_string()))?,
            location: self.location,
            body: self.body,
        }))
    }
}

impl Store {
    /// Reserves the key of a request, given by their digests, or says what is known of it. Keys of more than a day ago are
    /// dropped.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn reserve_key(
        &self,
        key: Digest,
        request: Digest,
        now: DateTime<Utc>,
    ) -> Result<Reserved, StoreError> {
        let mut pooled = self.connection()?;
        let connection = &mut *pooled;
        // The lock of all writers: of two requests with one key a single one finds it unknown.
        connection::begin_write(connection)?;
        let reserved = (|| {
            let now = now.naive_utc();
            let broken = keys::status
                .is_null()
                .and(keys::created_at.lt(now - UNDER_WAY));
            let stale = keys::table.filter(keys::created_at.lt(now - KEPT).or(broken));
            diesel::delete(stale).execute(connection)?;
            let known = keys::table
                .find(key.to_string())
                .select(KeyRow::as_select());
            if let Some(row) = known.first::<KeyRow>(connection).optional()? {
                return row.into_domain(request);
            }
            diesel::insert_into(keys::table)
                .values(&KeyRow {
                    sha256: key.to_string(),
                    request_sha256: request.to_string(),
                    status: None,
                    location: None,
                    body: Vec::new(),
                    created_at: now,
                })
                .execute(connection)?;
            Ok(Reserved::New)
        })();
        connection::end_write(connection, reserved)
    }

    /// Keeps the answer to the request of a reserved key.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it.
    pub fn keep_answer(&self, key: Digest, answer: &KeptAnswer) -> Result<(), StoreError> {
        self.read(|connection| {
            diesel::update(keys::table.find(key.to_string()))
                .set((
                    keys::status.eq(Some(i32::from(answer.status))),
                    keys::location.eq(answer.location.as_deref()),
                    keys::body.eq(answer.body.as_slice()),
                ))
                .execute(connection)?;
            Ok(())
        })
    }

    /// Lets a reserved key be used again, after its request failed.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn release_key(&self, key: Digest) -> Result<(), StoreError> {
        self.read(|connection| {
            diesel::delete(keys::table.find(key.to_string())).execute(connection)?;
            Ok(())
        })
    }
}
