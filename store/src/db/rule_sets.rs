//! The rule sets by which differences are judged.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{corrupt, digest_of};
use super::schema::rule_sets;
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{Digest, RuleSet, Text};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = rule_sets, treat_none_as_default_value = false)]
pub(super) struct RuleSetRow {
    #[serde(skip)]
    id: i64,
    name: String,
    sha256: String,
    effective_from: NaiveDate,
    retired_on: Option<NaiveDate>,
    comparable_with: Option<String>,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl Store {
    /// Records a rule set. It can never be changed: another rule is another set with another name.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the name is taken or the set it compares with is not known; nothing is written then.
    pub fn record_rule_set(
        &self,
        rule_set: &RuleSet,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut row = RuleSetRow {
            id: 0,
            name: rule_set.name.clone(),
            sha256: rule_set.sha256.to_string(),
            effective_from: rule_set.effective_from,
            retired_on: rule_set.retired_on,
            comparable_with: rule_set.comparable_with.clone(),
            recorded_at: NaiveDateTime::default(),
        };
        let deed = Deed {
            actor: by,
            action: "record_rule_set",
            subject: format!("rule set {}", rule_set.name),
            content: digest_of("", std::slice::from_ref(&row))?,
        };
        self.write(&deed, now, |connection, entry| {
            let names: Vec<String> = rule_sets::table.select(rule_sets::name).load(connection)?;
            if names.contains(&row.name) {
                let name = &row.name;
                let reason = Text::new(
                    format!("bộ quy tắc {name} đã được đăng ký và không bao giờ thay đổi"),
                    format!("rule set {name} is recorded and never changes"),
                );
                return Err(StoreError::Conflict(reason));
            }
            let earlier = row.comparable_with.as_ref();
            if let Some(unknown) = earlier.filter(|earlier| !names.contains(earlier)) {
                let reason = Text::new(
                    format!("bộ quy tắc {unknown} để so sánh cùng chưa được đăng ký"),
                    format!("rule set {unknown}, with which it compares, is not recorded"),
                );
                return Err(StoreError::Conflict(reason));
            }
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(rule_sets::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Every rule set as known on a moment, in the order recorded.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_rule_sets(&self, known_on: DateTime<Utc>) -> Result<Vec<RuleSet>, StoreError> {
        let rows: Vec<RuleSetRow> = self.read(|connection| {
            let known = rule_sets::table.filter(rule_sets::recorded_at.le(known_on.naive_utc()));
            let rows = known.order(rule_sets::id).select(RuleSetRow::as_select());
            Ok(rows.load(connection)?)
        })?;
        let rule_sets = rows.into_iter().map(|row| {
            Ok(RuleSet {
                sha256: Digest::parse(&row.sha256).ok_or_else(|| corrupt("sha256", &row.sha256))?,
                name: row.name,
                effective_from: row.effective_from,
                retired_on: row.retired_on,
                comparable_with: row.comparable_with,
            })
        });
        rule_sets.collect()
    }
}
