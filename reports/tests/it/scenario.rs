//! What if: the same random numbers, so that a difference is the change alone.

use reports::forecast::{
    Change, Followed, Forecast, ForecastInput, Prepared, Published, Scenario, State,
};
use store::domain::{Stage, UnitView};

use crate::given::{Given, count, day, deadline, of, steady, unit, weeks_to};

fn given() -> Given {
    let still = steady("p79", 90_000, 75_000, 0, 41);
    Given::new(vec![
        steady("p24", 100_000, 30_000, 1000, 41),
        steady("p27", 100_000, 50_000, 300, 41),
        still,
    ])
    .with_deadlines(vec![deadline(None, "2024-12-31", "2020-09-15")])
}

fn ask<T>(given: &Given, answer: impl FnOnce(&Prepared<'_>) -> T) -> T {
    let panel = given.panel();
    let input = ForecastInput {
        panel: &panel,
        published: Published {
            figures: &[],
            measures: &given.reference.measures,
        },
        units: &given.reference.units,
        calendar: &given.reference.calendar,
        deadlines: &given.deadlines,
        week: given.week,
        followed: Followed::One(Stage::Transferred),
        view: UnitView::AsReported,
        paths: 1000,
    };
    answer(&Prepared::new(&input).unwrap())
}

fn under(changes: Vec<Change>) -> Forecast {
    ask(&given(), |prepared| prepared.under(&Scenario { changes }))
}

fn median(forecast: &Forecast, id: &str) -> f64 {
    let state = &of(forecast, id).state;
    let date = state.completion().and_then(|date| date.p50());
    weeks_to(given().week, date.unwrap_or_else(|| panic!("{state:?}")))
}

#[test]
fn a_scenario_that_changes_nothing_is_the_forecast_to_the_last_bit() {
    let from = given().week.plus(5).first_day();
    let nothing = [
        vec![],
        vec![Change::Rate {
            unit: None,
            factor: 1.0,
            from,
        }],
        vec![Change::Move {
            from_unit: unit("p24"),
            to_unit: unit("p27"),
            share: 0.0,
            from,
        }],
        vec![Change::Total {
            unit: unit("p24"),
            total: count(100_000),
        }],
    ];
    let panel_alone = given().forecast();
    let base = ask(&given(), |prepared| prepared.forecast());
    assert_eq!(base.digest, panel_alone.digest);
    for changes in nothing {
        assert_eq!(under(changes.clone()), base, "{changes:?}");
    }
}

#[test]
fn one_unit_asked_alone_is_its_row_of_the_whole() {
    let changes = vec![Change::Rate {
        unit: Some(unit("p27")),
        factor: 2.0,
        from: given().week.plus(3).first_day(),
    }];
    let scenario = Scenario { changes };
    ask(&given(), |prepared| {
        let whole = prepared.under(&scenario);
        for id in ["p24", "p27", "p79"] {
            let alone = prepared.unit_under(unit(id), &scenario);
            assert_eq!(alone.as_ref(), Some(of(&whole, id)), "{id}");
        }
        assert_eq!(prepared.unit_under(unit("q24"), &scenario), None);
    });
}

#[test]
fn twice_the_rate_from_now_on_halves_the_time_and_moves_nobody_else() {
    let base = under(Vec::new());
    let doubled = under(vec![Change::Rate {
        unit: Some(unit("p27")),
        factor: 2.0,
        from: given().week.plus(1).first_day(),
    }]);
    // On one path half the rate is not exactly twice the time: the rate drifts on the way.
    let part = median(&doubled, "p27") / median(&base, "p27");
    assert!((0.42..0.58).contains(&part), "{part}");
    assert_eq!(of(&doubled, "p24"), of(&base, "p24"));
}

#[test]
fn help_that_moves_makes_one_unit_earlier_and_the_other_later() {
    let base = under(Vec::new());
    let moved = under(vec![Change::Move {
        from_unit: unit("p24"),
        to_unit: unit("p27"),
        share: 0.3,
        from: given().week.plus(1).first_day(),
    }]);
    assert!(median(&moved, "p24") > 1.2 * median(&base, "p24"));
    // Three tenths of 1,000 a week are as much as its own 300.
    let part = median(&moved, "p27") / median(&base, "p27");
    assert!((0.42..0.58).contains(&part), "{part}");
}

#[test]
fn a_deadline_moves_what_is_said_of_a_date_and_never_the_date() {
    let base = under(Vec::new());
    let moved = under(vec![Change::Deadline {
        unit: None,
        due_on: day("2026-06-30"),
    }]);
    for (before, after) in base.units.iter().zip(&moved.units) {
        assert_eq!((&before.state, &before.fan), (&after.state, &after.fan));
    }
    let due = |forecast: &Forecast| {
        of(forecast, "p24")
            .deadline
            .as_ref()
            .unwrap()
            .deadline
            .due_on
    };
    assert_eq!(
        (due(&base), due(&moved)),
        (day("2024-12-31"), day("2026-06-30"))
    );
}

#[test]
fn a_start_on_a_day_brings_the_borrowed_date_of_a_unit_that_stands_still_forward() {
    let on = given().week.plus(2).first_day();
    let base = under(Vec::new());
    let begun = under(vec![Change::Start {
        unit: unit("p79"),
        on,
    }]);
    let borrowed = |forecast: &Forecast| {
        let unit = of(forecast, "p79");
        assert!(
            matches!(unit.state, State::NoProgress { .. }),
            "{:?}",
            unit.state
        );
        weeks_to(
            given().week,
            unit.borrowed.as_ref().and_then(|date| date.p50()).unwrap(),
        )
    };
    assert!(borrowed(&begun) + 3.0 < borrowed(&base));
}

#[test]
fn a_total_below_the_count_is_done_and_hostile_factors_are_nothing() {
    let small = under(vec![Change::Total {
        unit: unit("p24"),
        total: count(1),
    }]);
    assert!(of(&small, "p24").state.is_done());
    for factor in [f64::NAN, -3.0, f64::NEG_INFINITY] {
        let stopped = under(vec![Change::Rate {
            unit: None,
            factor,
            from: day("0001-01-01"),
        }]);
        let date = of(&stopped, "p24").state.completion().unwrap();
        assert_eq!((date.p10(), date.never), (None, 1.0), "{factor}");
    }
    let endless = under(vec![Change::Rate {
        unit: None,
        factor: f64::INFINITY,
        from: day("0001-01-01"),
    }]);
    let date = of(&endless, "p24").state.completion().unwrap();
    assert_eq!(
        date.p90(),
        Some(given().week.last_day() + chrono::Days::new(1))
    );
}
