//! How far the sub-units of a unit are: "57 of 233 communes done, 24 under 10 %".

use std::collections::BTreeMap;

use super::{CountRow, Figure, PartKey, Parts, Stage};

/// A sub-unit is done at 99.5 % of its total, as a unit is in the forecast: the last books are damaged or disputed.
const DONE: (i64, i64) = (995, 1000);

/// Below a tenth of its total a sub-unit has hardly begun.
const HARDLY_BEGUN: i64 = 10;

/// How many of a unit's sub-units are how far, by what each reported last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubUnitProgress {
    /// Sub-units that reported a total and what is transferred of it.
    pub reporting: usize,
    /// Of these, those with 99.5 % of their total transferred.
    pub done: usize,
    /// Of these, those with less than 10 % transferred.
    pub under_a_tenth: usize,
    /// Sub-units that reported something else only, so that their share is not known.
    pub unknown: usize,
}

impl SubUnitProgress {
    /// Counts the sub-units of one unit by the latest counts of each part of its work, as [`super::Ledger::latest`] gives
    /// them; rows of the unit as a whole are passed over. All rows must be of one unit and one count unit.
    #[must_use]
    pub fn of(latest: &[CountRow]) -> Self {
        let mut sub_units: BTreeMap<&str, Vec<&CountRow>> = BTreeMap::new();
        for row in latest {
            if let Some(name) = &row.sub_unit {
                sub_units.entry(name).or_default().push(row);
            }
        }
        let mut progress = Self::default();
        for rows in sub_units.values() {
            let (total, transferred) =
                (figure(rows, Stage::Total), figure(rows, Stage::Transferred));
            let (Some(total), Some(transferred)) = (total, transferred) else {
                progress.unknown += 1;
                continue;
            };
            let (total, transferred) = (total.value.to_i64(), transferred.value.to_i64());
            let is_at_least = |part: i64, whole: i64| {
                transferred.saturating_mul(whole) >= total.saturating_mul(part)
            };
            progress.reporting += 1;
            progress.done += usize::from(is_at_least(DONE.0, DONE.1));
            progress.under_a_tenth += usize::from(!is_at_least(1, HARDLY_BEGUN));
        }
        progress
    }
}

/// What a sub-unit reported of a stage, by the all-or-split rule.
fn figure(rows: &[&CountRow], stage: Stage) -> Option<Figure> {
    let part = |row: &CountRow| PartKey {
        record_type: row.record_type,
        route: row.route,
        sub_unit: None,
    };
    let given = rows.iter().filter(|row| row.counts.get(stage).is_some());
    let given: Vec<(PartKey, _)> = given
        .map(|row| (part(row), row.counts.get(stage)))
        .collect();
    let listed = given.iter().map(|(key, reported)| (key, *reported));
    Parts::new(listed.collect()).resolve()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Count, CountUnit, Ledger, RecordType, Reported, Route, StageCounts, UnitId,
    };

    fn row(name: &str, record_type: RecordType, day: &str, counts: (i64, i64)) -> CountRow {
        let reported = |count| Reported::exact(Count::from_i64(count).unwrap());
        CountRow {
            line: 2,
            unit: UnitId::parse("q24").unwrap(),
            sub_unit: Some(name.into()).filter(|_| !name.is_empty()),
            as_of: day.parse().unwrap(),
            record_type,
            route: Route::All,
            count_unit: CountUnit::Record,
            counts: StageCounts::default()
                .with(Stage::Total, reported(counts.0))
                .with(Stage::Transferred, reported(counts.1)),
            note: None,
            difficulty: None,
        }
    }

    #[test]
    fn sub_units_are_counted_by_what_each_reported_last() {
        use RecordType::{All, Birth, Death};
        let mut ledger = Ledger::default();
        for row in [
            row("", All, "2025-08-15", (9000, 1)),
            row("A", All, "2025-08-08", (1000, 10)),
            row("A", All, "2025-08-15", (1000, 995)),
            row("B", All, "2025-08-08", (1000, 994)),
            row("C", Birth, "2025-08-15", (500, 60)),
            row("C", Death, "2025-08-15", (500, 39)),
            row("D", Birth, "2025-08-15", (500, 60)),
            row("D", Death, "2025-08-15", (500, 40)),
        ] {
            ledger.apply(row);
        }
        let mut unknown = row("E", All, "2025-08-15", (0, 5));
        unknown.counts.set(Stage::Total, None);
        ledger.apply(unknown);
        let expected = SubUnitProgress {
            reporting: 4,
            done: 1,
            under_a_tenth: 1,
            unknown: 1,
        };
        assert_eq!(SubUnitProgress::of(&ledger.latest()), expected);
        assert_eq!(SubUnitProgress::of(&[]), SubUnitProgress::default());
    }
}
