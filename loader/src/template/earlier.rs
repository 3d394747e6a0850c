//! What provinces reported last, for the figures beside those to be filled in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use store::domain::{CountRow, CountUnit, RecordType, Reference, Route, UnitId};
use store::{Store, StoreError};

use super::TemplateFor;
use crate::history::HISTORY_DAYS;

/// A part of the work of a unit, in the order of the form: the whole before its parts.
type Part = (UnitId, Option<Arc<str>>, RecordType, Route, CountUnit);

/// The last report of each part of the work before a day.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    rows: BTreeMap<Part, CountRow>,
}

impl Earlier {
    /// Reads what was reported in the 60 days before the day of a form.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn read(store: &Store, wanted: TemplateFor) -> Result<Self, StoreError> {
        let existing = Reference::embedded().units.existing_on(wanted.as_of);
        let units: BTreeSet<UnitId> = match wanted.unit {
            Some(unit) => [unit].into(),
            None => existing.map(|unit| unit.id).collect(),
        };
        let since = wanted.as_of.checked_sub_days(Days::new(HISTORY_DAYS));
        let since = since.unwrap_or(wanted.as_of);
        Ok(Self::of_rows(store.counts_between(
            &units,
            (since, wanted.as_of),
            None,
        )?))
    }

    /// Takes in rows, of which the latest of each part counts.
    #[must_use]
    pub fn of_rows(mut rows: Vec<CountRow>) -> Self {
        rows.sort_by_key(|row| row.as_of);
        let part = |row: &CountRow| {
            let sub_unit = row.sub_unit.clone();
            (
                row.unit,
                sub_unit,
                row.record_type,
                row.route,
                row.count_unit,
            )
        };
        Self {
            rows: rows.into_iter().map(|row| (part(&row), row)).collect(),
        }
    }

    /// The rows of a unit.
    pub(super) fn of(&self, unit: UnitId) -> impl Iterator<Item = &CountRow> {
        self.rows.values().filter(move |row| row.unit == unit)
    }

    /// The day of the last report; `None` where there is none. Figures of other days would not stand beside each other.
    pub(super) fn last_day(&self) -> Option<NaiveDate> {
        self.rows.values().map(|row| row.as_of).max()
    }
}
