//! Replays reported rows in the order they became known and answers what is known of each cell.
//!
//! A cell is one stage of one part of one unit's work on one date. A later row wins for the cells it carries, and an absent
//! stage of it leaves the earlier value standing: a correction names what it corrects.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    CountRow, CountUnit, PartKey, Parts, SeriesPoint, Stage, StageCounts, UnitId, UnitSeries, Week,
};

type DayParts = BTreeMap<PartKey, StageCounts>;

/// The cells known at one moment.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    cells: BTreeMap<(UnitId, CountUnit), BTreeMap<NaiveDate, DayParts>>,
    /// The names of sub-units, each kept once.
    names: BTreeSet<Arc<str>>,
}

impl Ledger {
    /// Takes in a row; rows must come in the order in which they became known.
    pub fn apply(&mut self, row: CountRow) {
        let key = PartKey {
            record_type: row.record_type,
            route: row.route,
            sub_unit: row.sub_unit.map(|name| self.name(name)),
        };
        let days = self.cells.entry((row.unit, row.count_unit)).or_default();
        let cell = days.entry(row.as_of).or_default().entry(key).or_default();
        for (stage, reported) in row.counts.iter() {
            cell.set(stage, Some(reported));
        }
    }

    /// A name as it is kept already.
    fn name(&mut self, name: Arc<str>) -> Arc<str> {
        if let Some(known) = self.names.get(&name) {
            return Arc::clone(known);
        }
        self.names.insert(Arc::clone(&name));
        name
    }

    /// The series of every unit that reported in a count unit, ordered by unit; the last date of a week stands for it.
    #[must_use]
    pub fn series(&self, count_unit: CountUnit) -> Vec<UnitSeries> {
        let of_unit = self
            .cells
            .iter()
            .filter(|((_, counted), _)| *counted == count_unit);
        of_unit
            .map(|((unit, _), days)| UnitSeries {
                unit: *unit,
                points: points(days),
            })
            .collect()
    }

    /// For every part of every unit, the counts of its latest date.
    #[must_use]
    pub fn latest(&self) -> Vec<CountRow> {
        let mut latest = Vec::new();
        for (of, days) in &self.cells {
            let mut seen = BTreeSet::new();
            for (as_of, parts) in days.iter().rev() {
                for (key, counts) in parts {
                    if seen.insert(key) {
                        latest.push(row_of(*of, *as_of, key, *counts));
                    }
                }
            }
        }
        latest
    }

    /// For every part of every unit, the counts of its latest date, and of each earlier one on which it gave a stage last.
    #[must_use]
    pub fn last_given(&self) -> Vec<CountRow> {
        let mut rows = Vec::new();
        for (of, days) in &self.cells {
            let mut given: BTreeMap<&PartKey, StageCounts> = BTreeMap::new();
            for (as_of, parts) in days.iter().rev() {
                for (key, counts) in parts {
                    let is_latest = !given.contains_key(key);
                    let later = given.entry(key).or_default();
                    let mut first = is_latest;
                    for (stage, reported) in counts.iter() {
                        first |= later.get(stage).is_none();
                        later.set(stage, Some(reported));
                    }
                    if first {
                        rows.push(row_of(*of, *as_of, key, *counts));
                    }
                }
            }
        }
        rows
    }

    /// The counts of every part of every unit on every date, ordered by unit, count unit, date and part.
    #[must_use]
    pub fn rows(&self) -> Vec<CountRow> {
        let mut rows = Vec::new();
        for (of, days) in &self.cells {
            for (as_of, parts) in days {
                let parts = parts.iter();
                rows.extend(parts.map(|(key, counts)| row_of(*of, *as_of, key, *counts)));
            }
        }
        rows
    }
}

/// A part's counts as a row that stands in no file.
fn row_of(
    (unit, count_unit): (UnitId, CountUnit),
    as_of: NaiveDate,
    key: &PartKey,
    counts: StageCounts,
) -> CountRow {
    CountRow {
        line: 1,
        unit,
        sub_unit: key.sub_unit.clone(),
        as_of,
        record_type: key.record_type,
        route: key.route,
        count_unit,
        counts,
        note: None,
        difficulty: None,
    }
}

/// Resolves each date by the all-or-split rule and keeps the last date of each week.
fn points(days: &BTreeMap<NaiveDate, DayParts>) -> Vec<SeriesPoint> {
    let keys: BTreeSet<&PartKey> = days.values().flat_map(BTreeMap::keys).collect();
    // Of each part, a bit for every stage that an earlier date gave.
    let mut keys: Vec<(&PartKey, u8)> = keys.into_iter().map(|key| (key, 0)).collect();
    let mut points: Vec<SeriesPoint> = Vec::with_capacity(days.len());
    for (as_of, parts) in days {
        let mut parts = parts.iter().peekable();
        let given = keys.iter().map(|(key, _)| {
            let own = parts.next_if(|(own, _)| own == key);
            own.map(|(_, counts)| counts)
        });
        let given: Vec<Option<&StageCounts>> = given.collect();
        let figures = Stage::ALL.map(|stage| {
            let bit = 1 << stage.index();
            let listed = keys
                .iter_mut()
                .zip(&given)
                .filter_map(|((key, before), counts)| {
                    let reported = counts.and_then(|counts| counts.get(stage));
                    let is_listed = reported.is_some() || *before & bit != 0;
                    if reported.is_some() {
                        *before |= bit;
                    }
                    is_listed.then_some((*key, reported))
                });
            Parts::new(listed.collect()).resolve()
        });
        let point = SeriesPoint {
            week: Week::containing(*as_of),
            as_of: *as_of,
            figures,
        };
        match points.last_mut() {
            Some(last) if last.week == point.week => *last = later_of_week(last, point),
            _ => points.push(point),
        }
    }
    points
}

/// The later date of a week stands for it; a stage that only the earlier date gives is kept.
fn later_of_week(earlier: &SeriesPoint, mut later: SeriesPoint) -> SeriesPoint {
    for (figure, before) in later.figures.iter_mut().zip(earlier.figures) {
        *figure = figure.or(before);
    }
    later
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Count, RecordType, Reported, Route};

    fn row(as_of: &str, record_type: RecordType, transferred: i64) -> CountRow {
        CountRow {
            line: 2,
            unit: UnitId::parse("p24").unwrap(),
            sub_unit: None,
            as_of: as_of.parse().unwrap(),
            record_type,
            route: Route::All,
            count_unit: CountUnit::Record,
            counts: StageCounts::default().with(
                Stage::Transferred,
                Reported::exact(Count::from_i64(transferred).unwrap()),
            ),
            note: None,
            difficulty: None,
        }
    }

    fn transferred(rows: Vec<CountRow>) -> Vec<(String, i64, bool)> {
        let mut ledger = Ledger::default();
        rows.into_iter().for_each(|row| ledger.apply(row));
        let series = ledger.series(CountUnit::Record);
        let points = series.iter().flat_map(|series| &series.points);
        points
            .filter_map(|point| {
                let figure = point.figures[Stage::Transferred.index()]?;
                Some((
                    point.week.to_string(),
                    figure.value.to_i64(),
                    figure.complete,
                ))
            })
            .collect()
    }

    #[test]
    fn a_later_row_replaces_the_cells_it_carries() {
        let known = transferred(vec![
            row("2025-02-21", RecordType::All, 100),
            row("2025-02-28", RecordType::All, 150),
            row("2025-02-21", RecordType::All, 90),
        ]);
        assert_eq!(
            known,
            [
                ("2025-W08".into(), 90, true),
                ("2025-W09".into(), 150, true)
            ]
        );
    }

    #[test]
    fn the_last_date_of_a_week_stands_for_it() {
        let known = transferred(vec![
            row("2025-02-27", RecordType::All, 120),
            row("2025-02-25", RecordType::All, 110),
        ]);
        assert_eq!(known, [("2025-W09".into(), 120, true)]);
    }

    #[test]
    fn a_part_missing_in_a_later_week_makes_that_week_incomplete() {
        let known = transferred(vec![
            row("2025-02-21", RecordType::Birth, 60),
            row("2025-02-21", RecordType::Death, 40),
            row("2025-02-28", RecordType::Birth, 70),
        ]);
        assert_eq!(
            known,
            [
                ("2025-W08".into(), 100, true),
                ("2025-W09".into(), 70, false)
            ]
        );
    }

    #[test]
    fn the_latest_counts_are_those_of_each_parts_last_date() {
        let mut ledger = Ledger::default();
        ledger.apply(row("2025-02-21", RecordType::Birth, 60));
        ledger.apply(row("2025-02-21", RecordType::Death, 40));
        ledger.apply(row("2025-02-28", RecordType::Birth, 70));
        let latest: Vec<_> = ledger
            .latest()
            .into_iter()
            .map(|row| (row.record_type, row.as_of.to_string()))
            .collect();
        assert_eq!(
            latest,
            [
                (RecordType::Birth, "2025-02-28".into()),
                (RecordType::Death, "2025-02-21".into())
            ]
        );
    }

    #[test]
    fn each_date_on_which_a_part_gave_a_stage_last_is_told() {
        let mut ledger = Ledger::default();
        let total = Reported::exact(Count::from_i64(200).unwrap());
        for (as_of, total) in [
            ("2025-02-07", Some(total)),
            ("2025-02-14", Some(total)),
            ("2025-02-21", None),
            ("2025-02-28", None),
        ] {
            let mut row = row(as_of, RecordType::Birth, 60);
            row.counts.set(Stage::Total, total);
            ledger.apply(row);
        }
        let days: Vec<_> = ledger
            .last_given()
            .into_iter()
            .map(|row| row.as_of.to_string())
            .collect();
        assert_eq!(days, ["2025-02-28", "2025-02-14"]);
    }

    #[test]
    fn every_date_of_every_part_is_a_row_with_the_counts_that_stand() {
        let mut ledger = Ledger::default();
        ledger.apply(row("2025-02-28", RecordType::All, 150));
        ledger.apply(row("2025-02-21", RecordType::All, 100));
        ledger.apply(row("2025-02-21", RecordType::All, 90));
        let rows: Vec<_> = ledger
            .rows()
            .into_iter()
            .map(|row| {
                let transferred = row.counts.get(Stage::Transferred).unwrap().count;
                (row.as_of.to_string(), transferred.to_i64())
            })
            .collect();
        assert_eq!(
            rows,
            [("2025-02-21".into(), 90), ("2025-02-28".into(), 150)]
        );
    }
}
