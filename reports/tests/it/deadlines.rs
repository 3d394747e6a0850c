//! Deadlines: the required rate, the chance, and that moving one is no progress.

use reports::forecast::{Cap, DeadlinePace, Exposure, required_rate};
use reports::model::Group;
use store::domain::{Calendar, Reference};

use crate::given::{Given, count, day, deadline, of, steady, week};

fn pace(given: &Given, id: &str) -> DeadlinePace {
    of(&given.forecast(), id).deadline.as_ref().unwrap().pace
}

#[test]
fn the_required_rate_of_quang_nam_in_february_2025() {
    // 642,806 of 1,443,893 on 18 February 2025, due before 12 March: two full weeks and three days of five.
    let none = Calendar::default();
    let exposure = Exposure::new(&none);
    let rate = required_rate(
        count(1_443_893 - 642_806),
        &exposure,
        week("2025-W08"),
        day("2025-03-12"),
    )
    .unwrap();
    assert!((rate - 801_087.0 / 2.6).abs() < 1e-6, "{rate}");
    assert_eq!(
        required_rate(count(1), &exposure, week("2025-W08"), day("2025-02-23")),
        None
    );
}

#[test]
fn holidays_before_the_deadline_raise_the_required_rate() {
    let calendar = &Reference::embedded().calendar;
    let exposure = Exposure::new(calendar);
    // From the week of 13 January 2025: 20 to 24 January counts 1, Tết 0.1, the week after it 0.6.
    let rate = required_rate(count(1700), &exposure, week("2025-W03"), day("2025-02-09")).unwrap();
    assert!((rate - 1000.0).abs() < 1e-6, "{rate}");
}

#[test]
fn a_moved_deadline_is_no_progress() {
    let given = |due_on: &str| {
        let series = vec![steady("p24", 100_000, 10_000, 1000, 41)];
        Given::new(series)
            .with_deadlines(vec![deadline(None, due_on, "2023-01-01")])
            .forecast()
    };
    let (near, far) = (given("2024-06-30"), given("2026-12-31"));
    let (mut one, mut other) = (of(&near, "p24").clone(), of(&far, "p24").clone());
    let chance = |unit: &reports::forecast::UnitForecast| {
        unit.deadline
            .as_ref()
            .unwrap()
            .pace
            .chance()
            .unwrap()
            .value()
    };
    assert!(chance(&one) < chance(&other));
    (one.deadline, other.deadline) = (None, None);
    assert_eq!(one, other);
    assert_eq!((near.digest, near.seed), (far.digest, far.seed));
}

#[test]
fn a_passed_deadline_counts_full_weeks_overdue() {
    // The origin week, the twelfth, ends on 28 May 2023.
    let given = |due_on: &str| {
        let series = vec![steady("p24", 100_000, 10_000, 1000, 12)];
        Given::new(series).with_deadlines(vec![deadline(Some("p24"), due_on, "2023-01-01")])
    };
    let cases = [
        ("2023-05-28", 0),
        ("2023-05-22", 0),
        ("2023-05-21", 1),
        ("2023-04-30", 4),
    ];
    for (due_on, weeks_overdue) in cases {
        let given = given(due_on);
        assert_eq!(
            pace(&given, "p24"),
            DeadlinePace::Passed { weeks_overdue },
            "{due_on}"
        );
        assert_eq!(
            given.report().row(crate::given::unit("p24")).unwrap().group,
            Group::AtRisk
        );
    }
}

#[test]
fn chances_are_capped_on_both_sides() {
    let given = |due_on: &str| {
        let series = vec![steady("p24", 100_000, 50_000, 1000, 41)];
        Given::new(series).with_deadlines(vec![deadline(Some("p24"), due_on, "2023-01-01")])
    };
    let capped = |due_on: &str| {
        let chance = pace(&given(due_on), "p24").chance().unwrap();
        (chance.value(), chance.cap())
    };
    assert_eq!(capped("2023-12-24"), (0.05, Some(Cap::Below)));
    assert_eq!(capped("2099-12-31").1, Some(Cap::Above));
}

#[test]
fn a_deadline_of_a_province_binds_the_unit_it_became_alone() {
    let series = crate::given::series_from("2025-W20", "p01", 1000, &[1, 2, 3, 4, 5, 6].map(Some));
    let after = crate::given::series_from("2025-W27", "q01", 1000, &[7, 8].map(Some));
    let own = deadline(Some("p01"), "2026-06-30", "2025-05-01");
    let given = Given::new(vec![series, after])
        .with_deadlines(vec![own, deadline(None, "2024-12-31", "2020-09-15")]);
    let forecast = given.forecast();
    assert_eq!(
        of(&forecast, "q01")
            .deadline
            .as_ref()
            .unwrap()
            .deadline
            .due_on,
        day("2026-06-30")
    );
    assert_eq!(
        of(&forecast, "q04")
            .deadline
            .as_ref()
            .unwrap()
            .deadline
            .due_on,
        day("2024-12-31")
    );
}
