//! The packs that were issued: recording, listing, and giving back the very files.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{self, corrupt};
use super::schema::packs;
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{Digest, IssuedPack, Language, PackIssue, UnitView};

/// The deed of issuing a pack. It changes no figure.
pub(super) const ISSUE_PACK: &str = "issue_pack";

/// A pack without its files.
#[derive(Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = packs)]
pub(super) struct PackRow {
    #[serde(skip)]
    id: i64,
    cutoff: String,
    known_on: NaiveDateTime,
    units: String,
    language: String,
    least_percent: i64,
    issuer: String,
    version: String,
    complete: bool,
    sha256: String,
    archive_sha256: String,
    issued_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl Store {
    /// Records that a pack was issued and keeps its files, packed in one archive.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it; nothing is written then.
    pub fn record_pack(
        &self,
        issue: &PackIssue,
        archive: &[u8],
        now: DateTime<Utc>,
    ) -> Result<IssuedPack, StoreError> {
        let mut row = PackRow::new(issue, archive);
        let deed = Deed {
            actor: &issue.issued_by,
            action: ISSUE_PACK,
            subject: format!("pack {} {} {}", row.cutoff, row.units, row.sha256),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(packs::table)
                .values((&row, packs::archive.eq(archive)))
                .execute(connection)?;
            row.into_domain()
        })
    }

    /// The packs issued last, newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_packs(&self, at_most: i64) -> Result<Vec<IssuedPack>, StoreError> {
        let rows: Vec<PackRow> = self.read(|connection| {
            let newest = packs::table.order(packs::id.desc()).limit(at_most);
            Ok(newest.select(PackRow::as_select()).load(connection)?)
        })?;
        rows.into_iter().map(PackRow::into_domain).collect()
    }

    /// A pack with the archive of its files; `None` where none has the number.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_pack(&self, number: i64) -> Result<Option<(IssuedPack, Vec<u8>)>, StoreError> {
        let found: Option<(PackRow, Vec<u8>)> = self.read(|connection| {
            let one = packs::table.find(number);
            Ok(one
                .select((PackRow::as_select(), packs::archive))
                .first(connection)
                .optional()?)
        })?;
        found
            .map(|(row, archive)| Ok((row.into_domain()?, archive)))
            .transpose()
    }
}

impl PackRow {
    fn new(issue: &PackIssue, archive: &[u8]) -> Self {
        Self {
            id: 0,
            cutoff: issue.cutoff.clone(),
            known_on: issue.known_on.naive_utc(),
            units: issue.view.key().to_owned(),
            language: issue.language.key().to_owned(),
            least_percent: issue.least_percent.into(),
            issuer: issue.issuer.clone(),
            version: issue.version.clone(),
            complete: issue.complete,
            sha256: issue.sha256.to_string(),
            archive_sha256: Digest::of(archive).to_string(),
            issued_by: issue.issued_by.clone(),
            recorded_at: NaiveDateTime::default(),
        }
    }

    /// Whether the kept files are those that were recorded.
    pub(super) fn fits(&self, archive: &[u8]) -> bool {
        Digest::of(archive).to_string() == self.archive_sha256
    }

    fn into_domain(self) -> Result<IssuedPack, StoreError> {
        let least = u8::try_from(self.least_percent);
        Ok(IssuedPack {
            number: self.id,
            recorded_at: self.recorded_at.and_utc(),
            issue: PackIssue {
                known_on: self.known_on.and_utc(),
                view: UnitView::from_key(&self.units)
                    .ok_or_else(|| corrupt("units", &self.units))?,
                language: Language::from_key(&self.language)
                    .ok_or_else(|| corrupt("language", &self.language))?,
                least_percent: least.map_err(|error| corrupt("least_percent", error))?,
                sha256: Digest::parse(&self.sha256)
                    .ok_or_else(|| corrupt("sha256", &self.sha256))?,
                cutoff: self.cutoff,
                issuer: self.issuer,
                version: self.version,
                complete: self.complete,
                issued_by: self.issued_by,
            },
        })
    }
}
