//! Exactly the cells that differ between two moments, each with what made it differ.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use store::Store;
use store::domain::{
    CellKey, ChangeDeed, CountRow, PartKey, Reported, Stage, StageCounts, SubmissionId,
};
use store::testing::{each_backend, on_each_backend};

use crate::builders::{count, counts, day, noon, record, row, submission, unit};

fn far_later() -> DateTime<Utc> {
    noon("2030-01-01")
}

/// Every cell known on a moment, by an independent reading of the archive.
fn cells(store: &Store, known_on: DateTime<Utc>) -> BTreeMap<CellKey, Reported> {
    let units = ["p24", "p15"].map(unit).into_iter().collect();
    let days = (day("2020-01-01"), day("2030-01-01"));
    let rows = store.counts_between(&units, days, Some(known_on)).unwrap();
    let cells_of = |row: CountRow| {
        let key = move |stage| CellKey {
            unit: row.unit,
            as_of: row.as_of,
            count_unit: row.count_unit,
            part: PartKey {
                record_type: row.record_type,
                route: row.route,
                sub_unit: row.sub_unit.clone(),
            },
            stage,
        };
        let cells = row.counts.iter().map(|(stage, value)| (key(stage), value));
        cells.collect::<Vec<_>>()
    };
    rows.into_iter().flat_map(cells_of).collect()
}

#[test]
fn a_change_names_old_and_new_value_reason_author_and_file() {
    on_each_backend(|database| {
        let store = database.store();
        record(
            &store,
            vec![row(
                "p24",
                "2025-02-23",
                &[(Stage::Total, 5000), (Stage::Transferred, 1000)],
            )],
            "2025-02-24",
        );
        let mut corrected = row(
            "p24",
            "2025-02-23",
            &[(Stage::Total, 5000), (Stage::Transferred, 900)],
        );
        corrected.note = Some("đếm hai lần".into());
        let correction = record(&store, vec![corrected], "2025-03-03");
        let changes = store
            .cells_changed(noon("2025-02-25"), far_later())
            .unwrap();
        let [change] = changes.as_slice() else {
            unreachable!("the total is the same: {changes:?}")
        };
        let value = |value| Some(Reported::exact(count(value)));
        assert_eq!((change.before, change.after), (value(1000), value(900)));
        assert_eq!(change.cell.stage, Stage::Transferred);
        assert_eq!(change.deed, ChangeDeed::Reported);
        assert_eq!(
            (change.submission, change.file_name.as_str()),
            (correction, "test.csv")
        );
        assert_eq!(
            (change.by.as_str(), change.at),
            ("tester", noon("2025-03-03"))
        );
        assert_eq!(change.reason.as_deref(), Some("đếm hai lần"));
        let later = store.cells_changed(noon("2025-03-04"), far_later());
        assert_eq!(later.unwrap(), []);
    });
}

#[test]
fn taking_a_file_back_and_restoring_it_are_named_as_what_they_are() {
    on_each_backend(|database| {
        let store = database.store();
        let reported = |value| vec![row("p24", "2025-02-23", &[(Stage::Transferred, value)])];
        record(&store, reported(1000), "2025-02-24");
        let wrong = record(&store, reported(9000), "2025-02-25");
        store
            .withdraw_submission(wrong, "monitor", "nhầm tệp", noon("2025-02-26"))
            .unwrap();
        store
            .restore_submission(wrong, "chief", "tệp đúng", noon("2025-02-28"))
            .unwrap();
        let one = |from, to| {
            let changes = store.cells_changed(noon(from), noon(to)).unwrap();
            assert_eq!(changes.len(), 1, "{from} to {to}");
            let change = &changes[0];
            let value = |known: Option<Reported>| known.map(|known| known.count.to_i64());
            (
                value(change.before),
                value(change.after),
                change.deed,
                change.by.clone(),
                change.reason.clone(),
            )
        };
        let because = |why: &str| Some(why.to_owned());
        let withdrawn = ChangeDeed::Withdrawn;
        assert_eq!(
            one("2025-02-25", "2025-02-27"),
            (
                Some(9000),
                Some(1000),
                withdrawn,
                "monitor".into(),
                because("nhầm tệp")
            )
        );
        assert_eq!(
            one("2025-02-27", "2025-03-01"),
            (
                Some(1000),
                Some(9000),
                ChangeDeed::Restored,
                "chief".into(),
                because("tệp đúng")
            )
        );
        let both = store.cells_changed(noon("2025-02-25"), noon("2025-03-01"));
        assert_eq!(both.unwrap(), [], "what was undone differs no more");
    });
}

/// What may be done to an archive.
#[derive(Clone, Debug)]
enum Step {
    Report(usize, usize, Vec<Option<i64>>),
    Turn(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let values = prop::collection::vec(prop::option::of(0..4_i64), 3);
    let report = (0..2_usize, 0..3_usize, values).prop_map(|(u, d, v)| Step::Report(u, d, v));
    prop_oneof![3 => report, 1 => (0..8_usize).prop_map(Step::Turn)]
}

fn take(store: &Store, step: &Step, number: usize, files: &mut Vec<(SubmissionId, bool)>) {
    let now = at(number);
    match step {
        Step::Report(of, on, values) => {
            let stages = [Stage::Total, Stage::Entered, Stage::Transferred];
            let given = stages.iter().zip(values);
            let given: Vec<(Stage, i64)> = given
                .filter_map(|(stage, value)| Some((*stage, (*value)?)))
                .collect();
            let mut row = row(
                ["p24", "p15"][*of],
                ["2025-02-16", "2025-02-23", "2025-03-02"][*on],
                &[],
            );
            row.counts = if given.is_empty() {
                StageCounts::default().with(Stage::Scanned, Reported::exact(count(1)))
            } else {
                counts(&given)
            };
            let mut new = submission(vec![row]);
            new.bytes.extend(number.to_string().into_bytes());
            files.push((store.record_submission(&new, now).unwrap().id, true));
        }
        Step::Turn(which) => {
            let place = which % files.len().max(1);
            let Some((id, counts)) = files.get_mut(place) else {
                return;
            };
            if *counts {
                store
                    .withdraw_submission(*id, "monitor", "vì", now)
                    .unwrap();
            } else {
                store.restore_submission(*id, "monitor", "vì", now).unwrap();
            }
            *counts = !*counts;
        }
    }
}

fn at(step: usize) -> DateTime<Utc> {
    noon("2025-03-03") + TimeDelta::hours(i64::try_from(step).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn on_random_ledgers_exactly_the_cells_that_differ_are_listed(
        steps in prop::collection::vec(step(), 1..14),
        from in 0..14_usize,
    ) {
        for database in each_backend() {
            let store = database.store();
            let mut files = Vec::new();
            for (number, step) in steps.iter().enumerate() {
                take(&store, step, number, &mut files);
            }
            let (from, to) = (at(from), far_later());
            let (before, after) = (cells(&store, from), cells(&store, to));
            let addresses = before.keys().chain(after.keys());
            let differ: BTreeMap<&CellKey, _> = addresses
                .map(|key| (key, (before.get(key).copied(), after.get(key).copied())))
                .filter(|(_, (one, other))| one != other)
                .collect();
            let listed = store.cells_changed(from, to).unwrap();
            let listed: BTreeMap<&CellKey, _> = listed
                .iter()
                .map(|change| (&change.cell, (change.before, change.after)))
                .collect();
            assert_eq!(listed, differ);
        }
    }
}
