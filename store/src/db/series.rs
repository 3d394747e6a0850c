//! The series of units, and those that were read before.
//!
//! A national year at commune level has millions of rows, and a file changes the rows of its own units only. So a series is kept
//! beside the last entry of the log that told of its unit, and read again once there is a later one. Entries never change, and
//! other programs that write are met in the log.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;

use super::connection::AnyConnection;
use super::counts::replay;
use super::rows::{CountsRow, unit_id};
use super::schema::{counts, withdrawals};
use super::withdrawals::withdrawn_on;
use super::{Entry, Store, log};
use crate::StoreError;
use crate::domain::{CountUnit, UnitId, UnitSeries};

/// How many states of one unit's series are kept: as known now, and on the days of a few meetings.
const KEPT: usize = 8;

/// What was read before.
#[derive(Default)]
pub(super) struct KeptSeries(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// The submissions that told of each unit, of all entries up to one.
    told: BTreeMap<UnitId, BTreeSet<i64>>,
    until: i64,
    /// The series of a unit, `None` where it has none in this count unit, after an entry of the log that changed it.
    series: BTreeMap<(CountUnit, UnitId), VecDeque<AfterEntry>>,
}

/// The number of an entry of the log, and a series after it.
type AfterEntry = (i64, Option<UnitSeries>);

/// The last entry that told of each unit, as known on a moment.
type States = BTreeMap<UnitId, i64>;

impl Store {
    /// The series of every unit that reported in a count unit, as known on a moment, ordered by unit.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn series_known_on(
        &self,
        count_unit: CountUnit,
        known_on: DateTime<Utc>,
    ) -> Result<Vec<UnitSeries>, StoreError> {
        self.read(|connection| {
            let Some(entry) = log::head_on(connection, known_on)? else {
                return Ok(Vec::new());
            };
            let states = self.states(connection, entry)?;
            let mut found = self.kept().found(count_unit, &states);
            let missing: BTreeSet<UnitId> = states
                .keys()
                .filter(|unit| !found.contains_key(unit))
                .copied()
                .collect();
            if !missing.is_empty() {
                let of = (missing.len() < states.len()).then_some(&missing);
                let read = read(connection, (count_unit, entry), of)?;
                let mut read: BTreeMap<UnitId, UnitSeries> = read
                    .into_iter()
                    .map(|series| (series.unit, series))
                    .collect();
                let read = missing.iter().map(|unit| (*unit, read.remove(unit)));
                let read: BTreeMap<UnitId, Option<UnitSeries>> = read.collect();
                self.kept().keep(count_unit, &states, &read);
                found.extend(read);
            }
            Ok(found.into_values().flatten().collect())
        })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // What is kept is whole between any two changes of it.
        self.series.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn states(&self, connection: &mut AnyConnection, entry: Entry) -> Result<States, StoreError> {
        let until = self.kept().until;
        if until < entry.id {
            let told: Vec<(i64, String)> = counts::table
                .filter(counts::submission_id.gt(until))
                .filter(counts::submission_id.le(entry.id))
                .select((counts::submission_id, counts::unit_id))
                .distinct()
                .load(connection)?;
            let mut kept = self.kept();
            for (submission, unit) in told {
                kept.told
                    .entry(unit_id(&unit)?)
                    .or_default()
                    .insert(submission);
            }
            kept.until = kept.until.max(entry.id);
        }
        let taken: Vec<(i64, i64)> = withdrawals::table
            .filter(withdrawals::id.le(entry.id))
            .order(withdrawals::id)
            .select((withdrawals::id, withdrawals::submission_id))
            .load(connection)?;
        Ok(self.kept().states(entry.id, &taken))
    }
}

impl Kept {
    /// The last entry up to one that told of each unit: a submission, or a withdrawal or restoration of one.
    fn states(&self, until: i64, taken: &[(i64, i64)]) -> States {
        let of_unit = |(unit, told): (&UnitId, &BTreeSet<i64>)| {
            let last = *told.range(..=until).next_back()?;
            let mut taken = taken.iter().rev();
            let taken = taken.find(|(_, submission)| told.contains(submission));
            Some((*unit, taken.map_or(last, |(entry, _)| last.max(*entry))))
        };
        self.told.iter().filter_map(of_unit).collect()
    }

    fn found(
        &self,
        count_unit: CountUnit,
        states: &States,
    ) -> BTreeMap<UnitId, Option<UnitSeries>> {
        let of_unit = |(unit, state): (&UnitId, &i64)| {
            let mut kept = self.series.get(&(count_unit, *unit))?.iter();
            let (_, series) = kept.find(|(of, _)| of == state)?;
            Some((*unit, series.clone()))
        };
        states.iter().filter_map(of_unit).collect()
    }

    fn keep(
        &mut self,
        count_unit: CountUnit,
        states: &States,
        read: &BTreeMap<UnitId, Option<UnitSeries>>,
    ) {
        for (unit, series) in read {
            let Some(state) = states.get(unit) else {
                continue;
            };
            let kept = self.series.entry((count_unit, *unit)).or_default();
            kept.push_back((*state, series.clone()));
            if kept.len() > KEPT {
                kept.pop_front();
            }
        }
    }
}

/// Reads the series of some units, or of all, after an entry of the log.
fn read(
    connection: &mut AnyConnection,
    (count_unit, entry): (CountUnit, Entry),
    units: Option<&BTreeSet<UnitId>>,
) -> Result<Vec<UnitSeries>, StoreError> {
    let withdrawn = withdrawn_on(connection, entry.recorded_at.naive_utc())?;
    let mut rows = counts::table
        .filter(counts::submission_id.le(entry.id))
        .filter(counts::count_unit.eq(count_unit.code()))
        .order((counts::submission_id, counts::line))
        .select(CountsRow::as_select())
        .into_boxed();
    if let Some(units) = units {
        rows = rows.filter(counts::unit_id.eq_any(units.iter().map(UnitId::to_string)));
    }
    let rows = rows.load_iter::<CountsRow<'_>, DefaultLoadingMode>(connection)?;
    Ok(replay(rows, &withdrawn)?.series(count_unit))
}
