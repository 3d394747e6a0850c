//! Facts are kept, never overwritten: both time axes, corrections, withdrawals.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use store::domain::{
    Campaign, CountUnit, Deadline, DeadlineKind, Digest, Stage, SubmissionState, Text, UnitSeries,
    Week,
};
use store::testing::{each_backend, on_each_backend};
use store::{Store, StoreError, Verification};

use crate::builders::{count, day, figure, noon, record, row, submission, unit};

const LATER: &str = "2030-01-01";

#[test]
fn a_correction_counts_from_the_moment_it_is_known() {
    on_each_backend(|database| {
        let store = database.store();
        record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1000)])],
            "2025-02-24",
        );
        record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 900)])],
            "2025-03-03",
        );
        assert_eq!(
            figure(&store, "p24", "2025-02-23", noon("2025-02-23")),
            None
        );
        assert_eq!(
            figure(&store, "p24", "2025-02-23", noon("2025-03-02")),
            Some(1000)
        );
        assert_eq!(
            figure(&store, "p24", "2025-02-23", noon("2025-03-03")),
            Some(900)
        );
    });
}

#[test]
fn withdrawing_returns_the_earlier_figure_and_restoring_takes_it_again() {
    on_each_backend(|database| {
        let store = database.store();
        record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1000)])],
            "2025-02-24",
        );
        let wrong = vec![row("p24", "2025-02-23", &[(Stage::Transferred, 9000)])];
        let wrong = record(&store, wrong, "2025-02-25");
        store
            .withdraw_submission(wrong, "monitor", "nhầm tệp", noon("2025-02-26"))
            .unwrap();
        store
            .restore_submission(wrong, "monitor", "tệp đúng", noon("2025-02-27"))
            .unwrap();

        let known = |day| figure(&store, "p24", "2025-02-23", noon(day));
        assert_eq!(known("2025-02-25"), Some(9000));
        assert_eq!(known("2025-02-26"), Some(1000));
        assert_eq!(known("2025-02-27"), Some(9000));

        let then = store
            .find_submission(wrong, noon("2025-02-26"))
            .unwrap()
            .unwrap();
        let withdrawn =
            matches!(then.state, SubmissionState::Withdrawn { reason, .. } if reason == "nhầm tệp");
        assert!(withdrawn);
        let again = store.restore_submission(wrong, "monitor", "lần nữa", noon("2025-02-28"));
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    });
}

#[test]
fn an_absent_stage_of_a_correction_leaves_the_earlier_value() {
    on_each_backend(|database| {
        let store = database.store();
        let first = row(
            "p24",
            "2025-02-23",
            &[(Stage::Total, 5000), (Stage::Transferred, 1000)],
        );
        record(&store, vec![first], "2025-02-24");
        record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 0)])],
            "2025-02-25",
        );
        let series = store
            .series_known_on(CountUnit::Record, noon(LATER))
            .unwrap();
        let week = Week::containing(day("2025-02-23"));
        let value = |stage| {
            series[0]
                .figure_in(week, stage)
                .map(|figure| figure.value.to_i64())
        };
        assert_eq!(value(Stage::Total), Some(5000));
        assert_eq!(value(Stage::Transferred), Some(0));
        assert_eq!(value(Stage::Entered), None);
    });
}

#[test]
fn the_same_file_twice_is_refused_until_a_later_file_corrects_it() {
    on_each_backend(|database| {
        let store = database.store();
        let file = submission(vec![row(
            "p24",
            "2025-02-23",
            &[(Stage::Transferred, 1000)],
        )]);
        let first = store.record_submission(&file, noon("2025-02-24")).unwrap();
        let again = store.record_submission(&file, noon("2025-02-25"));
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        let found = store
            .find_submission_by_digest(Digest::of(&file.bytes))
            .unwrap()
            .unwrap();
        assert_eq!((found.id, found.units), (first.id, vec![unit("p24")]));

        record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 900)])],
            "2025-02-26",
        );
        assert_eq!(
            store
                .find_submission_by_digest(Digest::of(&file.bytes))
                .unwrap(),
            None
        );
        store.record_submission(&file, noon("2025-02-27")).unwrap();
        assert_eq!(figure(&store, "p24", "2025-02-23", noon(LATER)), Some(1000));
    });
}

#[test]
fn a_withdrawn_file_can_be_sent_again_and_is_compared_with_no_more() {
    on_each_backend(|database| {
        let store = database.store();
        let file = submission(vec![row(
            "p24",
            "2025-02-23",
            &[(Stage::Transferred, 1000)],
        )]);
        let first = store
            .record_submission(&file, noon("2025-02-24"))
            .unwrap()
            .id;
        store
            .withdraw_submission(first, "monitor", "nhầm", noon("2025-02-25"))
            .unwrap();
        let known = store.previous_counts(
            &[unit("p24")].into(),
            (day("2025-01-01"), day("2025-03-01")),
            None,
        );
        assert!(known.unwrap().is_empty());
        assert_eq!(
            store
                .find_submission_by_digest(Digest::of(&file.bytes))
                .unwrap(),
            None
        );
        store.record_submission(&file, noon("2025-02-26")).unwrap();
        assert_eq!(figure(&store, "p24", "2025-02-23", noon(LATER)), Some(1000));
    });
}

#[test]
fn a_clock_set_back_does_not_rewrite_the_past() {
    on_each_backend(|database| {
        let store = database.store();
        record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1000)])],
            "2025-02-24",
        );
        let past = store.latest_moment().unwrap().unwrap();
        let earlier_by_the_clock = "2024-01-01";
        let late = vec![row("p24", "2025-02-23", &[(Stage::Transferred, 900)])];
        record(&store, late, earlier_by_the_clock);
        assert_eq!(figure(&store, "p24", "2025-02-23", past), Some(1000));
        assert!(store.latest_moment().unwrap().unwrap() > past);
    });
}

#[test]
fn previous_counts_are_those_before_the_date_asked_for() {
    on_each_backend(|database| {
        let store = database.store();
        record(
            &store,
            vec![row("p24", "2025-02-16", &[(Stage::Transferred, 900)])],
            "2025-02-17",
        );
        record(
            &store,
            vec![row("p24", "2025-02-23", &[(Stage::Transferred, 1000)])],
            "2025-02-24",
        );
        let units = [unit("p24")].into();
        let before = store
            .previous_counts(&units, (day("2025-01-01"), day("2025-02-23")), None)
            .unwrap();
        let found: Vec<_> = before.iter().map(|row| row.as_of.to_string()).collect();
        assert_eq!(found, ["2025-02-16"]);
        assert!(
            store
                .previous_counts(&units, (day("2025-02-17"), day("2025-02-23")), None)
                .unwrap()
                .is_empty()
        );
    });
}

#[test]
fn counts_between_are_those_that_stand_on_every_date() {
    on_each_backend(|database| {
        let store = database.store();
        let send = |id: &str, as_of: &str, transferred: i64, at: &str| {
            let rows = vec![row(id, as_of, &[(Stage::Transferred, transferred)])];
            record(&store, rows, at)
        };
        send("p24", "2025-02-09", 800, "2025-02-10");
        send("p24", "2025-02-16", 900, "2025-02-17");
        send("p24", "2025-02-16", 890, "2025-02-18");
        let wrong = send("p24", "2025-02-23", 9000, "2025-02-24");
        send("p25", "2025-02-16", 77, "2025-02-17");
        let between = |before: &str| -> Vec<(String, i64)> {
            let units = [unit("p24")].into();
            let rows = store.counts_between(&units, (day("2025-02-01"), day(before)), None);
            let figures = rows.unwrap().into_iter().map(|row| {
                let transferred = row.counts.get(Stage::Transferred).unwrap();
                (row.as_of.to_string(), transferred.count.to_i64())
            });
            figures.collect()
        };
        let two = [("2025-02-09".to_owned(), 800), ("2025-02-16".into(), 890)];
        assert_eq!(between("2025-02-23"), two);
        assert_eq!(between("2025-02-24").len(), 3);
        store
            .withdraw_submission(wrong, "tester", "sai", noon("2025-02-25"))
            .unwrap();
        assert_eq!(between("2025-02-24"), two);
    });
}

#[test]
fn a_number_is_found_in_the_reports_of_other_units_only() {
    on_each_backend(|database| {
        let store = database.store();
        for (id, as_of, transferred) in [
            ("p24", "2025-02-16", 900),
            ("p25", "2025-02-16", 900),
            ("p25", "2025-02-23", 901),
            ("p25", "2024-02-16", 900),
        ] {
            let rows = vec![row(id, as_of, &[(Stage::Transferred, transferred)])];
            record(&store, rows, "2025-02-24");
        }
        let found = store.counts_with_transferred(
            &[count(900), count(7)].into(),
            &[unit("p25"), unit("p26")].into(),
            (day("2025-01-01"), day("2025-03-01")),
            None,
        );
        let found: Vec<_> = found
            .unwrap()
            .into_iter()
            .map(|row| (row.unit.to_string(), row.as_of.to_string()))
            .collect();
        assert_eq!(found, [("p25".to_owned(), "2025-02-16".to_owned())]);
    });
}

#[test]
fn deadlines_are_a_history_known_on_a_moment() {
    on_each_backend(|database| {
        let store = database.store();
        let deadline = |due: &str, announced: &str| Deadline {
            unit: None,
            due_on: day(due),
            announced_on: day(announced),
            kind: DeadlineKind::Plan,
            source: Text::new("Kế hoạch", "Plan"),
        };
        let first = deadline("2024-12-31", "2020-09-15");
        let second = deadline("2025-12-31", "2025-06-08");
        store
            .record_deadline(&first, "admin", noon("2020-09-15"))
            .unwrap();
        store
            .record_deadline(&second, "admin", noon("2025-06-08"))
            .unwrap();
        assert_eq!(
            store.list_deadlines(noon("2025-01-01")).unwrap(),
            std::slice::from_ref(&first)
        );
        assert_eq!(
            store.list_deadlines(noon("2025-07-01")).unwrap(),
            [first, second]
        );
    });
}

#[test]
fn campaigns_are_known_from_the_moment_they_were_recorded_and_end_after_they_begin() {
    on_each_backend(|database| {
        let store = database.store();
        let campaign = |last: &str| Campaign {
            unit: Some(unit("p49")),
            first_day: day("2025-02-20"),
            last_day: day(last),
            name: Text::new("20 ngày đêm", "20 days and nights"),
        };
        let told = campaign("2025-03-12");
        store
            .record_campaign(&told, "monitor", noon("2025-02-18"))
            .unwrap();
        let backwards =
            store.record_campaign(&campaign("2025-02-19"), "monitor", noon("2025-02-19"));
        assert!(
            matches!(backwards, Err(StoreError::Conflict(_))),
            "{backwards:?}"
        );
        assert_eq!(store.list_campaigns(noon("2025-02-17")).unwrap(), []);
        assert_eq!(store.list_campaigns(noon("2025-02-19")).unwrap(), [told]);
        assert!(matches!(
            store.verify().unwrap(),
            Verification::Whole { entries: 1, .. }
        ));
    });
}

/// One step of a random history.
#[derive(Clone, Debug)]
enum Step {
    Report {
        unit: usize,
        week: i64,
        stage: usize,
        value: i64,
    },
    Withdraw(usize),
    Restore(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let report =
        (0..3_usize, 0..4_i64, 0..7_usize, 0..100_i64).prop_map(|(unit, week, stage, value)| {
            Step::Report {
                unit,
                week,
                stage,
                value,
            }
        });
    let step = prop_oneof![
        6 => report,
        1 => (0..6_usize).prop_map(Step::Withdraw),
        1 => (0..6_usize).prop_map(Step::Restore),
    ];
    proptest::collection::vec(step, 1..14)
}

fn take(
    store: &Store,
    step: &Step,
    number: usize,
    at: DateTime<Utc>,
    known: &mut Vec<store::domain::SubmissionId>,
) {
    match step {
        Step::Report {
            unit,
            week,
            stage,
            value,
        } => {
            let as_of = Week::parse("2025-W05")
                .unwrap()
                .plus(*week)
                .last_day()
                .to_string();
            let reported = row(
                ["p01", "p24", "p79"][*unit],
                &as_of,
                &[(Stage::ALL[*stage], *value)],
            );
            let mut file = submission(vec![reported]);
            file.bytes = format!("file {number}").into_bytes();
            known.push(store.record_submission(&file, at).unwrap().id);
        }
        Step::Withdraw(place) => {
            if let Some(id) = known.get(*place) {
                drop(store.withdraw_submission(*id, "monitor", "thử", at));
            }
        }
        Step::Restore(place) => {
            if let Some(id) = known.get(*place) {
                drop(store.restore_submission(*id, "monitor", "thử", at));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_known_on_a_moment_never_changes(steps in steps()) {
        for database in each_backend() {
            let store = database.store();
            let start = noon("2025-03-01");
            let mut known = Vec::new();
            let mut seen: Vec<(DateTime<Utc>, Vec<UnitSeries>)> = Vec::new();
            for (number, step) in steps.iter().enumerate() {
                let hours = i64::try_from(number).unwrap();
                take(&store, step, number, start + TimeDelta::hours(hours), &mut known);
                if let Some(moment) = store.latest_moment().unwrap() {
                    seen.push((moment, store.series_known_on(CountUnit::Record, moment).unwrap()));
                }
            }
            // Another program has read nothing before.
            let other = database.store();
            for (moment, series) in seen {
                let now = other.series_known_on(CountUnit::Record, moment).unwrap();
                prop_assert_eq!(&series, &now, "{} as known on {}", database.backend, moment);
                let again = store.series_known_on(CountUnit::Record, moment).unwrap();
                prop_assert_eq!(&series, &again, "{} again, as known on {}", database.backend, moment);
            }
        }
    }

    #[test]
    fn taking_back_a_correction_returns_the_earlier_figures_exactly(steps in steps(), values in prop::array::uniform2(0_i64..9_000)) {
        for database in each_backend() {
            let store = database.store();
            let start = noon("2025-03-01");
            let mut known = Vec::new();
            for (number, step) in steps.iter().enumerate() {
                let hours = i64::try_from(number).unwrap();
                take(&store, step, number, start + TimeDelta::hours(hours), &mut known);
            }
            let series = || store.series_known_on(CountUnit::Record, noon(LATER)).unwrap();
            let before = series();
            let mut other = row("p04", "2025-02-16", &[(Stage::Total, values[1])]);
            other.line = 3;
            let rows = vec![row("p24", "2025-02-23", &[(Stage::Transferred, values[0])]), other];
            let correction = record(&store, rows, "2025-04-01");
            let corrected = series();
            store.withdraw_submission(correction, "monitor", "nhầm", noon("2025-04-02")).unwrap();
            prop_assert_eq!(&series(), &before, "{}", database.backend);
            store.restore_submission(correction, "monitor", "đúng", noon("2025-04-03")).unwrap();
            prop_assert_eq!(&series(), &corrected, "{}", database.backend);
        }
    }
}
