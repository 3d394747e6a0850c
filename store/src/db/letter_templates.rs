//! The ministry's own templates of reminder letters: recording, listing, and giving back the very document.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{self, corrupt};
use super::schema::letter_templates as templates;
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{Digest, KeptTemplate, Language, NewTemplate};

/// The deed of keeping a template. It changes no figure.
pub(super) const KEEP_TEMPLATE: &str = "keep_letter_template";

/// A template without its document.
#[derive(Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = templates)]
pub(super) struct TemplateRow {
    #[serde(skip)]
    id: i64,
    language: String,
    file_name: String,
    sha256: String,
    recorded_by: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl Store {
    /// Records a template, which is the one in use of its language from then on.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it; nothing is written then.
    pub fn record_letter_template(
        &self,
        template: &NewTemplate,
        now: DateTime<Utc>,
    ) -> Result<KeptTemplate, StoreError> {
        let mut row = TemplateRow {
            id: 0,
            language: template.language.key().to_owned(),
            file_name: template.file_name.clone(),
            sha256: Digest::of(&template.document).to_string(),
            recorded_by: template.recorded_by.clone(),
            recorded_at: NaiveDateTime::default(),
        };
        let deed = Deed {
            actor: &template.recorded_by,
            action: KEEP_TEMPLATE,
            subject: format!("letter template {} {}", row.language, row.sha256),
            content: rows::digest_of("", &[&row])?,
        };
        self.write(&deed, now, |connection, entry| {
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(templates::table)
                .values((&row, templates::document.eq(&template.document)))
                .execute(connection)?;
            row.into_domain()
        })
    }

    /// The templates of a language, newest first: the first is the one in use.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_letter_templates(
        &self,
        language: Language,
        at_most: i64,
    ) -> Result<Vec<KeptTemplate>, StoreError> {
        let rows: Vec<TemplateRow> = self.read(|connection| {
            let own = templates::table.filter(templates::language.eq(language.key()));
            let newest = own.order(templates::id.desc()).limit(at_most);
            Ok(newest.select(TemplateRow::as_select()).load(connection)?)
        })?;
        rows.into_iter().map(TemplateRow::into_domain).collect()
    }

    /// A template with its document; `None` where none has the number.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn find_letter_template(
        &self,
        number: i64,
    ) -> Result<Option<(KeptTemplate, Vec<u8>)>, StoreError> {
        let found: Option<(TemplateRow, Vec<u8>)> = self.read(|connection| {
            let one = templates::table.find(number);
            Ok(one
                .select((TemplateRow::as_select(), templates::document))
                .first(connection)
                .optional()?)
        })?;
        found
            .map(|(row, document)| Ok((row.into_domain()?, document)))
            .transpose()
    }
}

impl TemplateRow {
    /// Whether the kept document is the one that was recorded.
    pub(super) fn fits(&self, document: &[u8]) -> bool {
        Digest::of(document).to_string() == self.sha256
    }

    fn into_domain(self) -> Result<KeptTemplate, StoreError> {
        Ok(KeptTemplate {
            number: self.id,
            language: Language::from_key(&self.language)
                .ok_or_else(|| corrupt("language", &self.language))?,
            file_name: self.file_name,
            sha256: Digest::parse(&self.sha256).ok_or_else(|| corrupt("sha256", &self.sha256))?,
            recorded_by: self.recorded_by,
            recorded_at: self.recorded_at.and_utc(),
        })
    }
}
