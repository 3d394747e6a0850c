//! What the archive knew before the dates of a file: the figures that a new report is compared with.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use store::domain::{CountRow, CountUnit, RecordType, Route, UnitId};
use store::{Store, StoreError};

/// How many days back earlier figures are looked for: two monthly reports. Older ones say little about a week's work.
pub const HISTORY_DAYS: u64 = 60;

/// The part of a unit's work that a row is about, without its date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PartOfWork {
    unit: UnitId,
    sub_unit: Option<String>,
    record_type: RecordType,
    route: Route,
    count_unit: CountUnit,
}

impl PartOfWork {
    pub(crate) fn of(row: &CountRow) -> Self {
        Self {
            unit: row.unit,
            sub_unit: row.sub_unit.clone(),
            record_type: row.record_type,
            route: row.route,
            count_unit: row.count_unit,
        }
    }
}

/// The latest earlier figures for each date of a file.
#[derive(Clone, Debug, Default)]
pub struct History {
    by_date: BTreeMap<NaiveDate, BTreeMap<PartOfWork, CountRow>>,
    standing: BTreeMap<(NaiveDate, PartOfWork), CountRow>,
}

impl History {
    /// Takes in the figures known before a date, as the archive's `previous_counts` gives them.
    pub fn insert(&mut self, before: NaiveDate, rows: Vec<CountRow>) {
        let known = self.by_date.entry(before).or_default();
        known.extend(rows.into_iter().map(|row| (PartOfWork::of(&row), row)));
    }

    /// Reads what the archive knows before each date for the units that report on it.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn read(
        store: &Store,
        reach: &BTreeMap<NaiveDate, BTreeSet<UnitId>>,
    ) -> Result<Self, StoreError> {
        let mut history = Self::default();
        for (as_of, units) in reach {
            let since = as_of.checked_sub_days(Days::new(HISTORY_DAYS));
            let rows = store.previous_counts(units, since.unwrap_or(*as_of), *as_of)?;
            history.insert(*as_of, rows);
            let next = as_of.checked_add_days(Days::new(1)).unwrap_or(*as_of);
            history.insert_standing(store.previous_counts(units, *as_of, next)?);
        }
        Ok(history)
    }

    /// Takes in the figures that stand for the dates of the file itself, which it would correct.
    pub fn insert_standing(&mut self, rows: Vec<CountRow>) {
        self.standing.extend(
            rows.into_iter()
                .map(|row| ((row.as_of, PartOfWork::of(&row)), row)),
        );
    }

    /// The figures of a part of work that stand for a date; `None` where nothing was reported for it.
    pub(crate) fn find_standing(&self, part: &PartOfWork, as_of: NaiveDate) -> Option<&CountRow> {
        self.standing.get(&(as_of, part.clone()))
    }

    /// The latest figures of a part of work before a date; `None` where nothing is known.
    pub(crate) fn find(&self, part: &PartOfWork, before: NaiveDate) -> Option<&CountRow> {
        self.by_date.get(&before)?.get(part)
    }
}
