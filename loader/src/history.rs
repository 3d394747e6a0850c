//! What the archive knew before the dates of a file: the figures that a new report is compared with.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use store::domain::{
    ANSWER_WEEKS, Count, CountRow, CountUnit, GivenAnswer, Question, ReconciliationLedger,
    RecordType, Reference, Reported, Route, Stage, StageCounts, UnitId, WorkDone,
};
use store::{Store, StoreError};

use crate::chains::changes;
use crate::index::Index;
use crate::intake::Parsed;

/// How many days back a report lies at most from which a new one goes on: two monthly reports. Older ones say little about a
/// week's work, but a cumulative count is still no lower than theirs.
pub const HISTORY_DAYS: u64 = 60;

/// How many days back the pace of the work is looked at: 26 weeks, the half year that holds one Tết at most.
pub(crate) const PACE_DAYS: u64 = 26 * 7;

/// How many days back a report of another unit may lie from which this one was copied: the week itself, the one before,
/// and the days by which offices close their weeks apart.
pub(crate) const COPY_DAYS: u64 = 16;

/// The part of a unit's work that a row is about, without its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PartOfWork<'a> {
    pub(crate) unit: UnitId,
    pub(crate) sub_unit: Option<&'a str>,
    pub(crate) record_type: RecordType,
    pub(crate) route: Route,
    pub(crate) count_unit: CountUnit,
}

impl<'a> PartOfWork<'a> {
    pub(crate) fn of(row: &'a CountRow) -> Self {
        Self {
            unit: row.unit,
            sub_unit: row.sub_unit.as_deref(),
            record_type: row.record_type,
            route: row.route,
            count_unit: row.count_unit,
        }
    }
}

/// What of the archive a file is compared with: made by [`crate::Parsed::reach`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The dates the file has counts for, each with the units that report on it.
    pub dates: BTreeMap<NaiveDate, BTreeSet<UnitId>>,
    /// What the file gives as transferred, where it may have been copied from another unit's.
    pub(crate) transferred: BTreeSet<Count>,
    /// The units from which it may have been copied.
    pub(crate) others: BTreeSet<UnitId>,
    /// The units whose reconciliation it tells of, with the last day it speaks of.
    pub(crate) compared: BTreeMap<UnitId, NaiveDate>,
}

impl IntoIterator for Reach {
    type Item = (NaiveDate, BTreeSet<UnitId>);
    type IntoIter = std::collections::btree_map::IntoIter<NaiveDate, BTreeSet<UnitId>>;

    /// Goes through the dates with their units, in order.
    fn into_iter(self) -> Self::IntoIter {
        self.dates.into_iter()
    }
}

/// The figures known of the dates up to those of a file, and those of other units that it may have been copied from.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// By part of work, never empty, the figures of each date.
    parts: Vec<BTreeMap<NaiveDate, CountRow>>,
    index: Index,
    look_alikes: Vec<CountRow>,
    /// Answers to earlier questions about the units, oldest first.
    answers: Vec<GivenAnswer>,
    /// The last entry of the log before anything was read; `None` where nothing was read from an archive.
    pub basis: Option<i64>,
    pub(crate) ledger: LedgerHistory,
}

/// What is known of the reconciliation of the units of a file, and of the work they have done.
#[derive(Clone, Debug, Default)]
pub(crate) struct LedgerHistory {
    pub(crate) ledger: ReconciliationLedger,
    pub(crate) rule_sets: BTreeSet<String>,
    work: BTreeMap<(UnitId, RecordType), WorkDone>,
}

impl LedgerHistory {
    fn read(store: &Store, compared: &BTreeMap<UnitId, NaiveDate>) -> Result<Self, StoreError> {
        let (Some(last), Some(now)) = (compared.values().max(), store.latest_moment()?) else {
            return Ok(Self::default());
        };
        let units: Vec<UnitId> = compared.keys().copied().collect();
        let from = last.checked_sub_days(Days::new(PACE_DAYS)).unwrap_or(*last);
        let days = (from, NaiveDate::MAX);
        let rows = store.counts_between(&units.iter().copied().collect(), days, None)?;
        let mut work: BTreeMap<(UnitId, RecordType), WorkDone> = BTreeMap::new();
        let whole = |row: &&CountRow| {
            let record = row.count_unit == CountUnit::Record;
            record && row.sub_unit.is_none() && row.route == Route::All
        };
        for row in rows.iter().filter(whole) {
            let done = work.entry((row.unit, row.record_type)).or_default();
            let most = |so_far: Option<Count>, stage| {
                so_far.max(row.counts.get(stage).map(|reported| reported.count))
            };
            *done = WorkDone {
                entered: most(done.entered, Stage::Entered),
                checked: most(done.checked, Stage::Checked),
                transferred: most(done.transferred, Stage::Transferred),
            };
        }
        let rule_sets = store.list_rule_sets(now)?.into_iter().map(|set| set.name);
        Ok(Self {
            ledger: store.reconciliation_ledger(Some(&units), now)?,
            rule_sets: rule_sets.collect(),
            work,
        })
    }

    /// The most a unit has reported for a record type; where it does not split by type, for all types together.
    pub(crate) fn work_done(&self, unit: UnitId, record_type: RecordType) -> WorkDone {
        let own = self.work.get(&(unit, record_type));
        let all = || self.work.get(&(unit, RecordType::All));
        own.or_else(all).copied().unwrap_or_default()
    }
}

impl History {
    /// Takes in figures that are known, as the archive's `counts_between` gives them.
    pub fn insert(&mut self, rows: Vec<CountRow>) {
        for row in rows {
            let parts = &self.parts;
            let place = self
                .index
                .first_with(&Some(PartOfWork::of(&row)), parts.len(), |place| {
                    part_of(parts, place)
                });
            if place == parts.len() {
                self.parts.push(BTreeMap::new());
            }
            if let Some(dates) = self.parts.get_mut(place) {
                dates.insert(row.as_of, row);
            }
        }
    }

    /// Takes in rows of other units, as the archive's `counts_with_transferred` gives them.
    pub fn insert_look_alikes(&mut self, rows: Vec<CountRow>) {
        self.look_alikes.extend(rows);
    }

    /// Reads what the archive knows of the half year up to the dates of a file, for the units that report in it, and the last
    /// figures before that of units of which a part of the work, or a stage of it, was not reported in the half year.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn read(store: &Store, parsed: &Parsed) -> Result<Self, StoreError> {
        Self::read_known(store, parsed, None)
    }

    /// The same as it was known on a moment; now where none is given.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn read_known(
        store: &Store,
        parsed: &Parsed,
        known_on: Option<DateTime<Utc>>,
    ) -> Result<Self, StoreError> {
        let reach = parsed.reach();
        // First of all, so that whatever is recorded while the rest is read counts as later.
        let mut history = Self {
            basis: Some(store.basis()?),
            ledger: LedgerHistory::read(store, &reach.compared)?,
            ..Self::default()
        };
        let dates = (reach.dates.first_key_value(), reach.dates.last_key_value());
        let (Some((first, _)), Some((last, _))) = dates else {
            return Ok(history);
        };
        let back = |days| first.checked_sub_days(Days::new(days)).unwrap_or(*first);
        let after = last.checked_add_days(Days::new(1)).unwrap_or(*last);
        let families = |units: &mut dyn Iterator<Item = UnitId>| -> BTreeSet<UnitId> {
            units
                .flat_map(|unit| Reference::embedded().units.family(unit))
                .collect()
        };
        let units = families(&mut reach.dates.values().flatten().copied());
        history.insert(store.counts_between(&units, (back(PACE_DAYS), after), known_on)?);
        let silent = parsed
            .first_given()
            .filter(|(row, first)| history.is_silent(row, first));
        let silent = families(&mut changes(silent.map(|(row, _)| row.unit)));
        if !silent.is_empty() {
            let before = back(PACE_DAYS);
            history.insert(store.previous_counts(&silent, (NaiveDate::MIN, before), known_on)?);
        }
        let holding = (back(ANSWER_WEEKS * 7), *last);
        history.answers = store.answers_between(&units, holding, known_on)?;
        if !reach.transferred.is_empty() && !reach.others.is_empty() {
            let days = (back(COPY_DAYS), after);
            let (transferred, others) = (&reach.transferred, &reach.others);
            let rows = store.counts_with_transferred(transferred, others, days, known_on)?;
            history.insert_look_alikes(rows);
        }
        Ok(history)
    }

    /// Whether nothing is known of a row's part of work before its date, or of one of these stages of it.
    fn is_silent(&self, row: &CountRow, stages: &StageCounts) -> bool {
        let known = self.of(row).map(|dates| dates.range(..row.as_of));
        let gives = |stage| {
            let mut known = known.clone().into_iter().flatten();
            known.any(|(_, known)| known.counts.get(stage).is_some())
        };
        let is_known = known.clone().into_iter().flatten().next().is_some();
        !is_known || stages.iter().any(|(stage, _)| !gives(stage))
    }

    /// What is known of the part of work that a row is about, by date; `None` where nothing is.
    pub(crate) fn of(&self, row: &CountRow) -> Option<&BTreeMap<NaiveDate, CountRow>> {
        if self.parts.is_empty() {
            return None;
        }
        let part = Some(PartOfWork::of(row));
        let place = self.index.find(&part, |place| part_of(&self.parts, place));
        self.parts.get(place?)
    }

    /// What the units that a row's unit was formed from reported last of the same part of work before the row's date, added up
    /// under the latest of these days; `None` where one of them did not report it.
    pub(crate) fn of_members(&self, row: &CountRow) -> Option<CountRow> {
        if self.parts.is_empty() {
            return None;
        }
        let members = Reference::embedded().units.members(row.unit);
        let last = |member: &UnitId| {
            let own = CountRow {
                unit: *member,
                ..row.clone()
            };
            let (_, last) = self.of(&own)?.range(..row.as_of).next_back()?;
            Some(last.clone())
        };
        let last = members.iter().map(last).collect::<Option<Vec<_>>>()?;
        last.into_iter().reduce(|sum, next| CountRow {
            as_of: sum.as_of.max(next.as_of),
            counts: sum_of(&sum.counts, &next.counts),
            ..sum
        })
    }

    /// The latest answer to a question that still holds on its date; `None` where there is none.
    pub(crate) fn answer_to(&self, question: &Question) -> Option<&GivenAnswer> {
        let mut same = self.answers.iter().rev();
        let day = question.as_of?;
        same.find(|given| given.answer.question.id == question.id && given.holds_on(day))
    }

    /// Rows of other units that share a figure with the file.
    pub(crate) fn look_alikes(&self) -> &[CountRow] {
        &self.look_alikes
    }
}

fn part_of(parts: &[BTreeMap<NaiveDate, CountRow>], place: usize) -> Option<PartOfWork<'_>> {
    let (_, row) = parts.get(place)?.first_key_value()?;
    Some(PartOfWork::of(row))
}

/// The sums of the stages that both report.
fn sum_of(one: &StageCounts, other: &StageCounts) -> StageCounts {
    let both = one.iter().filter_map(|(stage, left)| {
        let right = other.get(stage)?;
        let sum = Reported {
            count: left.count + right.count,
            approximate: left.approximate || right.approximate,
        };
        Some((stage, sum))
    });
    both.fold(StageCounts::default(), |sums, (stage, sum)| {
        sums.with(stage, sum)
    })
}
