//! Reminder letters that were issued: recording, listing, and giving back the very files.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound as _, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{self, corrupt};
use super::schema::letters;
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{Digest, IssuedLetters, Language, NewLetters};

/// The deed of issuing letters. It changes no figure.
pub(super) const ISSUE_LETTERS: &str = "issue_letters";

/// Issued letters without their files.
#[derive(Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = letters)]
pub(super) struct LettersRow {
    #[serde(skip)]
    id: i64,
    week_ending: NaiveDate,
    known_on: NaiveDateTime,
    language: String,
    letter_count: i64,
    template_sha256: String,
    sha256: String,
    archive_sha256: String,
    issued_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl Store {
    /// Records that letters were issued and keeps their files, packed in one archive.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it; nothing is written then.
    pub fn record_letters(
        &self,
        issue: &NewLetters,
        archive: &[u8],
        now: DateTime<Utc>,
    ) -> Result<IssuedLetters, StoreError> {
        let mut row = LettersRow::new(issue, archive);
        let deed = Deed {
            actor: &issue.issued_by,
            action: ISSUE_LETTERS,
            subject: format!("letters {} {}", row.week_ending, row.sha256),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(letters::table)
                .values((&row, letters::archive.eq(archive)))
                .execute(connection)?;
            row.into_domain()
        })
    }

    /// The letters issued last, newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_letters(&self, at_most: i64) -> Result<Vec<IssuedLetters>, StoreError> {
        let rows: Vec<LettersRow> = self.read(|connection| {
            let newest = letters::table.order(letters::id.desc()).limit(at_most);
            Ok(newest.select(LettersRow::as_select()).load(connection)?)
        })?;
        rows.into_iter().map(LettersRow::into_domain).collect()
    }

    /// Issued letters with the archive of their files; `None` where none have the number.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_letters(
        &self,
        number: i64,
    ) -> Result<Option<(IssuedLetters, Vec<u8>)>, StoreError> {
        let found: Option<(LettersRow, Vec<u8>)> = self.read(|connection| {
            let one = letters::table.find(number);
            Ok(one
                .select((LettersRow::as_select(), letters::archive))
                .first(connection)
                .optional()?)
        })?;
        found
            .map(|(row, archive)| Ok((row.into_domain()?, archive)))
            .transpose()
    }
}

impl LettersRow {
    fn new(issue: &NewLetters, archive: &[u8]) -> Self {
        Self {
            id: 0,
            week_ending: issue.week_ending,
            known_on: issue.known_on.trunc_subsecs(6).naive_utc(),
            language: issue.language.key().to_owned(),
            letter_count: issue.letters,
            template_sha256: issue.template.to_string(),
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

    fn into_domain(self) -> Result<IssuedLetters, StoreError> {
        let digest = |column, text: &str| Digest::parse(text).ok_or_else(|| corrupt(column, text));
        Ok(IssuedLetters {
            number: self.id,
            recorded_at: self.recorded_at.and_utc(),
            issue: NewLetters {
                week_ending: self.week_ending,
                known_on: self.known_on.and_utc(),
                language: Language::from_key(&self.language)
                    .ok_or_else(|| corrupt("language", &self.language))?,
                letters: self.letter_count,
                template: digest("template_sha256", &self.template_sha256)?,
                sha256: digest("sha256", &self.sha256)?,
                issued_by: self.issued_by,
            },
        })
    }
}
