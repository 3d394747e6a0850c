//! Reported counts as known on a moment.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::connection::DefaultLoadingMode;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Store;
use super::connection::AnyConnection;
use super::rows::CountsRow;
use super::schema::{counts, submissions};
use super::withdrawals::{end_of_time, withdrawn_on};
use crate::StoreError;
use crate::domain::{
    Count, CountRow, CountUnit, Ledger, RecordType, Reference, SubUnitProgress, UnitId, UnitSeries,
    Week,
};

/// Days before and after every figure, in years of four digits as both databases take them.
pub(super) const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
pub(super) const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The condition of the index by numbers, word by word: a database does not know a bound value for the same.
const WHOLE_UNIT: &str = "counts.sub_unit = ''";

impl Store {
    /// The series of one record type of every unit that reported it, in records, as known on a moment, ordered by unit.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn series_of_type(
        &self,
        record_type: RecordType,
        known_on: DateTime<Utc>,
    ) -> Result<Vec<UnitSeries>, StoreError> {
        let ledger = self.read(|connection| {
            let withdrawn = withdrawn_on(connection, known_on.naive_utc())?;
            let rows = counts::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .filter(counts::record_type.eq(record_type.code()))
                .filter(counts::count_unit.eq(CountUnit::Record.code()))
                .order((counts::submission_id, counts::line))
                .select(CountsRow::as_select())
                .load_iter::<CountsRow<'_>, DefaultLoadingMode>(connection)?;
            replay(rows, &withdrawn)
        })?;
        Ok(ledger.series(CountUnit::Record))
    }

    /// The series of some units as they are known now, and as they would be if some rows were recorded.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn series_with(
        &self,
        rows: &[&CountRow],
        count_unit: CountUnit,
    ) -> Result<(Vec<UnitSeries>, Vec<UnitSeries>), StoreError> {
        let units: BTreeSet<UnitId> = rows.iter().map(|row| row.unit).collect();
        let mut ledger = self.ledger_between(&units, (FIRST_DAY, LAST_DAY), None)?;
        let before = ledger.series(count_unit);
        rows.iter().for_each(|row| ledger.apply((*row).clone()));
        Ok((before, ledger.series(count_unit)))
    }

    /// For every part of some units' work, the counts of its latest date in `since..before`, and of each earlier one on which it gave a
    /// stage last, as known on a moment, now where none is given.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn previous_counts(
        &self,
        units: &BTreeSet<UnitId>,
        days: (NaiveDate, NaiveDate),
        known_on: Option<DateTime<Utc>>,
    ) -> Result<Vec<CountRow>, StoreError> {
        Ok(self.ledger_between(units, days, known_on)?.last_given())
    }

    /// For every part of some units' work, the counts of each date in `since..before` as known on a moment, now where none
    /// is given, ordered by unit, count unit, date and part.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn counts_between(
        &self,
        units: &BTreeSet<UnitId>,
        days: (NaiveDate, NaiveDate),
        known_on: Option<DateTime<Utc>>,
    ) -> Result<Vec<CountRow>, StoreError> {
        Ok(self.ledger_between(units, days, known_on)?.rows())
    }

    /// The rows in which some units reported, for a date in `since..before` and for all their work, one of the given
    /// numbers as transferred, as known on a moment, now where none is given; rows of withdrawn submissions are left out,
    /// superseded ones are not.
    ///
    /// What they are for: finding a report that was copied from another unit. At most a few hundred numbers.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn counts_with_transferred(
        &self,
        transferred: &BTreeSet<Count>,
        units: &BTreeSet<UnitId>,
        (since, before): (NaiveDate, NaiveDate),
        known_on: Option<DateTime<Utc>>,
    ) -> Result<Vec<CountRow>, StoreError> {
        let known_on = known_on.map_or_else(end_of_time, |moment| moment.naive_utc());
        let (rows, withdrawn) = self.read(|connection| {
            let withdrawn = withdrawn_on(connection, known_on)?;
            let rows: Vec<CountsRow<'_>> = counts::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on))
                .filter(counts::unit_id.eq_any(units.iter().map(UnitId::to_string)))
                .filter(counts::as_of.ge(since).and(counts::as_of.lt(before)))
                .filter(sql::<Bool>(WHOLE_UNIT))
                .filter(counts::transferred.eq_any(transferred.iter().map(|each| each.to_i64())))
                .order((counts::submission_id, counts::line))
                .select(CountsRow::as_select())
                .load(connection)?;
            Ok((rows, withdrawn))
        })?;
        let standing = rows
            .into_iter()
            .filter(|row| !withdrawn.contains(&row.submission_id));
        standing.map(CountsRow::into_domain).collect()
    }

    /// How far a unit's sub-units are, by what each reported last until a day, in records and as known on a moment.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn sub_unit_progress(
        &self,
        unit: UnitId,
        until: NaiveDate,
        known_on: DateTime<Utc>,
    ) -> Result<SubUnitProgress, StoreError> {
        let ledger = self.read(|connection| {
            let withdrawn = withdrawn_on(connection, known_on.naive_utc())?;
            let rows = counts::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .filter(counts::unit_id.eq(unit.to_string()))
                .filter(counts::as_of.le(until).and(counts::sub_unit.ne("")))
                .filter(counts::count_unit.eq(CountUnit::Record.code()))
                .order((counts::submission_id, counts::line))
                .select(CountsRow::as_select())
                .load_iter::<CountsRow<'_>, DefaultLoadingMode>(connection)?;
            replay(rows, &withdrawn)
        })?;
        Ok(SubUnitProgress::of(&ledger.latest()))
    }

    fn ledger_between(
        &self,
        units: &BTreeSet<UnitId>,
        (since, before): (NaiveDate, NaiveDate),
        known_on: Option<DateTime<Utc>>,
    ) -> Result<Ledger, StoreError> {
        let known_on = known_on.map_or_else(end_of_time, |moment| moment.naive_utc());
        // SQLite compares days as text, and a year of five digits begins with a sign.
        let (since, before) = (since.max(FIRST_DAY), before.min(LAST_DAY));
        self.read(|connection| {
            let withdrawn = withdrawn_on(connection, known_on)?;
            let rows = counts::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on))
                .filter(counts::unit_id.eq_any(units.iter().map(UnitId::to_string)))
                .filter(counts::as_of.ge(since).and(counts::as_of.lt(before)))
                .order((counts::submission_id, counts::line))
                .select(CountsRow::as_select())
                .load_iter::<CountsRow<'_>, DefaultLoadingMode>(connection)?;
            replay(rows, &withdrawn)
        })
    }
}

/// What every unit reported in a week in a count unit, as known now.
pub(super) fn series_in_week(
    connection: &mut AnyConnection,
    week: Week,
    count_unit: CountUnit,
) -> Result<Vec<UnitSeries>, StoreError> {
    let withdrawn = withdrawn_on(connection, end_of_time())?;
    // By unit and day, which the index knows.
    let units = Reference::embedded().units.existing_on(week.last_day());
    let rows = counts::table
        .filter(counts::unit_id.eq_any(units.map(|unit| unit.id.to_string())))
        .filter(counts::as_of.between(week.first_day(), week.last_day()))
        .filter(counts::count_unit.eq(count_unit.code()))
        .order((counts::submission_id, counts::line))
        .select(CountsRow::as_select())
        .load_iter::<CountsRow<'_>, DefaultLoadingMode>(connection)?;
    Ok(replay(rows, &withdrawn)?.series(count_unit))
}

/// Replays the rows of the submissions that count, as the database gives them: there may be millions.
pub(super) fn replay<'a>(
    rows: impl Iterator<Item = QueryResult<CountsRow<'a>>>,
    withdrawn: &BTreeSet<i64>,
) -> Result<Ledger, StoreError> {
    let mut ledger = Ledger::default();
    for row in rows {
        let row = row?;
        if !withdrawn.contains(&row.submission_id) {
            ledger.apply(row.into_domain()?);
        }
    }
    Ok(ledger)
}
