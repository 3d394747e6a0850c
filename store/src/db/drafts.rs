//! Files that were uploaded and previewed but not committed yet.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::schema::drafts;
use super::{Store, rows};
use crate::StoreError;
use crate::domain::{Digest, UnitId};

/// How long a preview waits for its commit.
const KEPT: TimeDelta = TimeDelta::days(7);

/// An uploaded file between its preview and its commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The unit of the uploader who sent it; `None`: the ministry did.
    pub owner: Option<UnitId>,
    /// The name the file came with.
    pub file_name: String,
    /// The file as it came.
    pub bytes: Vec<u8>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = drafts)]
struct DraftRow {
    sha256: String,
    owner: String,
    file_name: String,
    bytes: Vec<u8>,
    created_at: NaiveDateTime,
}

impl DraftRow {
    fn into_domain(self) -> Result<Draft, StoreError> {
        let owner = Some(self.owner.as_str()).filter(|owner| !owner.is_empty());
        Ok(Draft {
            owner: owner.map(rows::unit_id).transpose()?,
            file_name: self.file_name,
            bytes: self.bytes,
        })
    }
}

/// How an owner is written.
fn stored(owner: Option<UnitId>) -> String {
    owner.map_or_else(String::new, |unit| unit.to_string())
}

impl Store {
    /// Keeps an uploaded file until it is committed, and drops those that waited for more than seven days.
    ///
    /// A draft is no fact: it is in no figure and in no entry of the log.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it.
    pub fn keep_draft(&self, draft: &Draft, now: DateTime<Utc>) -> Result<Digest, StoreError> {
        let sha256 = Digest::of(&draft.bytes);
        let row = DraftRow {
            sha256: sha256.to_string(),
            owner: stored(draft.owner),
            file_name: draft.file_name.clone(),
            bytes: draft.bytes.clone(),
            created_at: now.naive_utc(),
        };
        self.read(|connection| {
            let stale = drafts::table.filter(drafts::created_at.lt((now - KEPT).naive_utc()));
            diesel::delete(stale).execute(connection)?;
            diesel::delete(drafts::table.find((&row.sha256, &row.owner))).execute(connection)?;
            diesel::insert_into(drafts::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })?;
        Ok(sha256)
    }

    /// The drafts that wait for their commit, newest first, with the moment each was sent.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_drafts(&self) -> Result<Vec<(DateTime<Utc>, Draft)>, StoreError> {
        let rows: Vec<DraftRow> = self.read(|connection| {
            let newest =
                drafts::table.order((drafts::created_at.desc(), drafts::sha256, drafts::owner));
            Ok(newest.select(DraftRow::as_select()).load(connection)?)
        })?;
        let draft = |row: DraftRow| Ok((row.created_at.and_utc(), row.into_domain()?));
        rows.into_iter().map(draft).collect()
    }

    /// The draft of a digest that an owner sent; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_draft(
        &self,
        sha256: Digest,
        owner: Option<UnitId>,
    ) -> Result<Option<Draft>, StoreError> {
        let row: Option<DraftRow> = self.read(|connection| {
            let row = drafts::table
                .find((sha256.to_string(), stored(owner)))
                .select(DraftRow::as_select());
            Ok(row.first(connection).optional()?)
        })?;
        row.map(DraftRow::into_domain).transpose()
    }

    /// Drops a draft; nothing happens where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn drop_draft(&self, sha256: Digest, owner: Option<UnitId>) -> Result<(), StoreError> {
        self.read(|connection| {
            let draft = drafts::table.find((sha256.to_string(), stored(owner)));
            diesel::delete(draft).execute(connection)?;
            Ok(())
        })
    }
}
