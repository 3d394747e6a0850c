//! The cells that differ between two moments of knowledge.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::Store;
use super::connection::AnyConnection;
use super::rows::CountsRow;
use super::schema::{answers, counts, submissions, withdrawals};
use super::withdrawals::{WithdrawalRow, latest_withdrawals};
use crate::StoreError;
use crate::domain::{
    CellChange, CellKey, ChangeDeed, CountRow, PartKey, Reported, SubmissionId, UnitId,
};

/// A file as the list of changes names it: name, sender, moment.
type File = (String, String, NaiveDateTime);

/// What is read of the archive to tell two moments apart.
struct Material {
    /// The rows of every unit and date that something was done to, in the order they became known.
    rows: Vec<(CountRow, i64)>,
    files: BTreeMap<i64, File>,
    /// The latest withdrawal or restoration of each file at the earlier and at the later moment.
    withdrawals: [BTreeMap<i64, WithdrawalRow>; 2],
    /// The answers that came with files: of a unit, for a date where they are about one.
    answers: Vec<(i64, Option<String>, Option<NaiveDate>, String)>,
}

/// A value with the place of its row.
type Known = (Reported, usize);

impl Store {
    /// Exactly the cells that are known otherwise at `to` than at `from`, in the order of their addresses.
    ///
    /// Nothing differs where `from` is not before `to`.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn cells_changed(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<CellChange>, StoreError> {
        if from >= to {
            return Ok(Vec::new());
        }
        let material =
            self.read(|connection| Material::read(connection, from.naive_utc(), to.naive_utc()))?;
        Ok(material.changes(from.naive_utc()))
    }
}

impl Material {
    fn read(
        connection: &mut AnyConnection,
        from: NaiveDateTime,
        to: NaiveDateTime,
    ) -> Result<Self, StoreError> {
        let touched = touched(connection, from, to)?;
        let units: BTreeSet<&str> = touched.iter().map(|(unit, _)| unit.as_str()).collect();
        let days = || touched.iter().map(|(_, day)| *day);
        let (Some(first), Some(last)) = (days().min(), days().max()) else {
            return Ok(Self {
                rows: Vec::new(),
                files: BTreeMap::new(),
                withdrawals: Default::default(),
                answers: Vec::new(),
            });
        };
        let found: Vec<(CountsRow<'_>, File)> = counts::table
            .inner_join(submissions::table)
            .filter(submissions::recorded_at.le(to))
            .filter(counts::unit_id.eq_any(units))
            .filter(counts::as_of.ge(first).and(counts::as_of.le(last)))
            .order((counts::submission_id, counts::line))
            .select((
                CountsRow::as_select(),
                (
                    submissions::file_name,
                    submissions::submitted_by,
                    submissions::recorded_at,
                ),
            ))
            .load(connection)?;
        let (mut rows, mut files) = (Vec::new(), BTreeMap::new());
        for (row, file) in found {
            let id = row.submission_id;
            let row = row.into_domain()?;
            if touched.contains(&(row.unit.to_string(), row.as_of)) {
                files.entry(id).or_insert(file);
                rows.push((row, id));
            }
        }
        let given = answers::table
            .inner_join(submissions::table)
            .filter(submissions::recorded_at.gt(from))
            .filter(submissions::recorded_at.le(to))
            .order((answers::submission_id, answers::place))
            .select((
                answers::submission_id,
                answers::unit_id,
                answers::as_of,
                answers::answer,
            ));
        Ok(Self {
            rows,
            files,
            withdrawals: [
                latest_withdrawals(connection, from)?,
                latest_withdrawals(connection, to)?,
            ],
            answers: given.load(connection)?,
        })
    }

    fn changes(&self, from: NaiveDateTime) -> Vec<CellChange> {
        let [earlier, later] = &self.withdrawals;
        let counts_in = |withdrawals: &BTreeMap<i64, WithdrawalRow>, id: &i64| {
            withdrawals.get(id).is_none_or(|row| !row.withdrawn)
        };
        let known_then = |id: &i64| self.files.get(id).is_some_and(|file| file.2 <= from);
        let before = self.cells(|id| known_then(id) && counts_in(earlier, id));
        let after = self.cells(|id| counts_in(later, id));
        let addresses: BTreeSet<&CellKey> = before.keys().chain(after.keys()).collect();
        let change = |cell: &CellKey| {
            let (before, after) = (before.get(cell), after.get(cell));
            let value = |known: Option<&Known>| known.map(|(reported, _)| *reported);
            (value(before) != value(after))
                .then(|| self.change(cell, (before, after), from))
                .flatten()
        };
        addresses.into_iter().filter_map(change).collect()
    }

    /// The cells that the rows of some files fill; later rows win for the stages they carry.
    fn cells(&self, counts: impl Fn(&i64) -> bool) -> BTreeMap<CellKey, Known> {
        let mut cells = BTreeMap::new();
        for (place, (row, id)) in self.rows.iter().enumerate() {
            if !counts(id) {
                continue;
            }
            for (stage, reported) in row.counts.iter() {
                let part = PartKey {
                    record_type: row.record_type,
                    route: row.route,
                    sub_unit: row.sub_unit.clone(),
                };
                let cell = CellKey {
                    unit: row.unit,
                    as_of: row.as_of,
                    count_unit: row.count_unit,
                    part,
                    stage,
                };
                cells.insert(cell, (reported, place));
            }
        }
        cells
    }

    /// A difference with what made it: the file that gave the new value where it is new; else the file whose value fell
    /// away or came back.
    fn change(
        &self,
        cell: &CellKey,
        (before, after): (Option<&Known>, Option<&Known>),
        from: NaiveDateTime,
    ) -> Option<CellChange> {
        let source = |known: Option<&Known>| self.rows.get(known?.1).map(|(row, id)| (row, *id));
        let recorded = |id: i64| self.files.get(&id);
        let withdrawn = |id: &i64| self.withdrawals[1].get(id).filter(|row| row.withdrawn);
        let fresh = source(after).filter(|(_, id)| recorded(*id).is_some_and(|file| file.2 > from));
        let fallen = source(before).filter(|(_, id)| withdrawn(id).is_some());
        let (id, deed, by, at, reason) = if let Some((row, id)) = fresh {
            let (_, by, at) = recorded(id)?;
            let reason = row
                .note
                .as_deref()
                .map(str::to_owned)
                .or_else(|| self.answers(id, row));
            (id, ChangeDeed::Reported, by.clone(), *at, reason)
        } else {
            let (id, deed) = match fallen {
                Some((_, id)) => (id, ChangeDeed::Withdrawn),
                None => (source(after)?.1, ChangeDeed::Restored),
            };
            let record = self.withdrawals[1].get(&id)?;
            let reason = Some(record.reason.clone());
            (
                id,
                deed,
                record.recorded_by.clone(),
                record.recorded_at,
                reason,
            )
        };
        Some(CellChange {
            cell: cell.clone(),
            before: before.map(|(reported, _)| *reported),
            after: after.map(|(reported, _)| *reported),
            deed,
            submission: SubmissionId(id),
            file_name: recorded(id)?.0.clone(),
            by,
            at: at.and_utc(),
            reason,
        })
    }

    /// What was answered about the unit and date of a row when its file was sent, each answer once.
    fn answers(&self, id: i64, row: &CountRow) -> Option<String> {
        let about = |unit: &Option<String>, day: &Option<NaiveDate>| {
            let same_unit = unit
                .as_deref()
                .and_then(UnitId::parse)
                .is_none_or(|unit| unit == row.unit);
            same_unit && day.is_none_or(|day| day == row.as_of)
        };
        let own = self.answers.iter().filter(|(of, ..)| *of == id);
        let given: BTreeSet<&str> = own
            .filter(|(_, unit, day, _)| about(unit, day))
            .map(|(.., answer)| answer.as_str())
            .collect();
        let joined = given.into_iter().collect::<Vec<_>>().join("; ");
        (!joined.is_empty()).then_some(joined)
    }
}

/// The units and dates of the files that were recorded, taken back or restored between two moments.
fn touched(
    connection: &mut AnyConnection,
    from: NaiveDateTime,
    to: NaiveDateTime,
) -> Result<BTreeSet<(String, NaiveDate)>, StoreError> {
    let place = (counts::unit_id, counts::as_of);
    let recorded = counts::table
        .inner_join(submissions::table)
        .filter(submissions::recorded_at.gt(from))
        .filter(submissions::recorded_at.le(to))
        .select(place)
        .distinct();
    let mut touched: Vec<(String, NaiveDate)> = recorded.load(connection)?;
    let turned: Vec<i64> = withdrawals::table
        .filter(withdrawals::recorded_at.gt(from))
        .filter(withdrawals::recorded_at.le(to))
        .select(withdrawals::submission_id)
        .distinct()
        .load(connection)?;
    let turned = counts::table
        .filter(counts::submission_id.eq_any(turned))
        .select(place)
        .distinct();
    touched.extend(turned.load::<(String, NaiveDate)>(connection)?);
    Ok(touched.into_iter().collect())
}
