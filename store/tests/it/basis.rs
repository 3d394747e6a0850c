//! A file is recorded only on what it was checked against, and what happened in between is told.

use std::sync::Barrier;

use store::StoreError;
use store::domain::{Answer, NewSubmission, Question, QuestionId, Stage, SubmissionState, Text};
use store::testing::on_each_backend;

use crate::builders::{count, day, figure, noon, record, row, submission, unit};

fn on(basis: i64, id: &str, transferred: i64) -> NewSubmission {
    let rows = vec![row(id, "2025-02-23", &[(Stage::Transferred, transferred)])];
    NewSubmission {
        basis: Some(basis),
        ..submission(rows)
    }
}

#[test]
fn of_two_who_send_one_week_at_once_one_is_told() {
    on_each_backend(|database| {
        let store = database.store();
        let first = vec![row("p24", "2025-02-23", &[(Stage::Transferred, 100)])];
        record(&store, first, "2025-02-24");
        let basis = store.basis().unwrap();
        let start = Barrier::new(2);
        let send = |transferred| {
            start.wait();
            store.record_submission(&on(basis, "p24", transferred), noon("2025-02-25"))
        };
        let outcomes = std::thread::scope(|scope| {
            let threads = [200, 300].map(|number| (number, scope.spawn(move || send(number))));
            threads.map(|(number, thread)| (number, thread.join().unwrap()))
        });
        let (won, lost): (Vec<_>, Vec<_>) = outcomes.iter().partition(|(_, told)| told.is_ok());
        assert_eq!((won.len(), lost.len()), (1, 1), "{outcomes:?}");
        assert!(matches!(lost[0].1, Err(StoreError::Moved)), "{lost:?}");
        assert_eq!(store.basis().unwrap(), basis + 1, "the loser left nothing");
        let known = figure(&store, "p24", "2025-02-23", noon("2030-01-01"));
        assert_eq!(known, Some(won[0].0));

        let events = store.events_since(&[unit("p24")].into(), basis).unwrap();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].by, "tester");
        assert_eq!(
            events[0].rows[0]
                .counts
                .get(Stage::Transferred)
                .unwrap()
                .count,
            count(won[0].0)
        );
    });
}

#[test]
fn what_others_send_does_not_stand_in_the_way_but_a_withdrawal_does() {
    on_each_backend(|database| {
        let store = database.store();
        let first = vec![row("p24", "2025-02-23", &[(Stage::Transferred, 100)])];
        let first = record(&store, first, "2025-02-24");
        let basis = store.basis().unwrap();
        let other = vec![row("p04", "2025-02-23", &[(Stage::Transferred, 7)])];
        record(&store, other, "2025-02-25");
        assert_eq!(
            store.events_since(&[unit("p24")].into(), basis).unwrap(),
            []
        );
        let sent = store.record_submission(&on(basis, "p24", 200), noon("2025-02-25"));
        assert!(sent.is_ok(), "{sent:?}");

        let basis = store.basis().unwrap();
        store
            .withdraw_submission(first, "monitor", "nhầm", noon("2025-02-26"))
            .unwrap();
        let sent = store.record_submission(&on(basis, "p24", 300), noon("2025-02-26"));
        assert!(matches!(sent, Err(StoreError::Moved)), "{sent:?}");
        let events = store.events_since(&[unit("p24")].into(), basis).unwrap();
        assert_eq!(
            (events[0].withdrawn, events[0].by.as_str()),
            (Some(true), "monitor")
        );
    });
}

#[test]
fn a_cell_shows_every_value_and_which_one_counts() {
    on_each_backend(|database| {
        let store = database.store();
        let send = |transferred, at| {
            let rows = vec![row(
                "p24",
                "2025-02-23",
                &[(Stage::Transferred, transferred)],
            )];
            record(&store, rows, at)
        };
        let first = send(100, "2025-02-24");
        let second = send(90, "2025-02-25");
        let third = send(900, "2025-02-26");
        store
            .withdraw_submission(third, "monitor", "nhầm", noon("2025-02-27"))
            .unwrap();
        let values = |known_on| {
            let week = (day("2025-02-17"), day("2025-02-23"));
            let values = store.cell_values(unit("p24"), Stage::Transferred, week, noon(known_on));
            let values = values.unwrap().into_iter();
            values
                .map(|value| (value.submission, value.reported.count, value.counts))
                .collect::<Vec<_>>()
        };
        let all = [
            (third, count(900), false),
            (second, count(90), true),
            (first, count(100), false),
        ];
        assert_eq!(values("2030-01-01"), all);
        assert_eq!(values("2025-02-24"), [(first, count(100), true)]);
        let week = (day("2025-02-17"), day("2025-02-23"));
        let values = store.cell_values(unit("p24"), Stage::Transferred, week, noon("2030-01-01"));
        let taken = &values.unwrap()[0].state;
        assert!(matches!(taken, SubmissionState::Withdrawn { reason, .. } if reason == "nhầm"));
        let none = store.cell_values(unit("p24"), Stage::Total, week, noon("2030-01-01"));
        assert_eq!(none.unwrap(), [], "a stage that nobody reported");
    });
}

fn answered(text: &str) -> NewSubmission {
    let question = Question {
        id: QuestionId::of("lowered", &["p24"]),
        rule: "lowered".to_owned(),
        unit: Some(unit("p24")),
        as_of: Some(day("2025-02-23")),
        about: Text::new("Khai sinh", "Birth"),
        asked: Text::new("giảm", "fell"),
    };
    NewSubmission {
        answers: vec![Answer {
            question,
            text: text.to_owned(),
        }],
        ..on(0, "p24", 1)
    }
}

#[test]
fn an_answer_is_kept_with_its_file_and_holds_for_eight_weeks() {
    on_each_backend(|database| {
        let store = database.store();
        let new = answered("kiểm kê lại");
        let id = store
            .record_submission(&new, noon("2025-02-24"))
            .unwrap()
            .id;
        let units = [unit("p24")].into();
        let days = (day("2025-01-01"), day("2025-12-31"));
        let given = store.answers_between(&units, days, None).unwrap();
        assert_eq!(given.len(), 1);
        assert_eq!(given[0].answer, new.answers[0]);
        assert_eq!(
            (given[0].by.as_str(), given[0].at),
            ("tester", noon("2025-02-24"))
        );
        let holds = ["2025-02-22", "2025-02-23", "2025-04-20", "2025-04-21"];
        let holds = holds.map(|on| given[0].holds_on(day(on)));
        assert_eq!(holds, [false, true, true, false]);
        let whole = store.verify().unwrap();
        assert!(
            matches!(whole, store::Verification::Whole { entries: 1, .. }),
            "{whole:?}"
        );

        store
            .withdraw_submission(id, "monitor", "nhầm", noon("2025-02-25"))
            .unwrap();
        assert_eq!(store.answers_between(&units, days, None).unwrap(), []);
        let listed = store
            .list_answers(Some(unit("p24")), noon("2030-01-01"), 9)
            .unwrap();
        assert!(listed[0].withdrawn && listed[0].holds_until().is_none());
        let before = store.list_answers(None, noon("2025-02-23"), 9).unwrap();
        assert_eq!(before, [], "not known yet");
    });
}
