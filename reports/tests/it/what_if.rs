//! A scenario beside the forecast.

use reports::forecast::{Change, Scenario};
use reports::model::{NationalReport, WhatIf};

use crate::given::{Given, day, deadline, steady, unit};

fn given() -> Given {
    Given::new(vec![
        steady("p24", 10_000, 1000, 100, 30),
        steady("p27", 10_000, 2000, 200, 30),
    ])
    .with_deadlines(vec![deadline(None, "2024-06-30", "2023-01-01")])
}

fn ask(changes: Vec<Change>) -> WhatIf {
    given().with_input(|input| WhatIf::new(input, &Scenario { changes }, 100.0).unwrap())
}

#[test]
fn the_scenario_that_changes_nothing_is_the_forecast_of_every_page_to_the_last_bit() {
    let what_if = ask(Vec::new());
    assert_eq!(what_if.base, what_if.changed);
    assert_eq!(what_if.changed_units().count(), 0);
    assert_eq!(what_if.national().days_later(50), Some(0));
    let report = given().with_input(|input| NationalReport::new(input).unwrap());
    assert_eq!(what_if.changed, report.forecast);
}

#[test]
fn more_capacity_in_the_slowest_unit_brings_it_and_the_nation_forward_and_leaves_the_other() {
    let what_if = ask(vec![Change::Rate {
        unit: Some(unit("p24")),
        factor: 1.5,
        from: day("2023-01-01"),
    }]);
    let changed: Vec<_> = what_if.changed_units().collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0, unit("p24"));
    assert!(changed[0].1.days_later(50) < Some(-7));
    assert!(what_if.national().days_later(50) < Some(-7));
}

#[test]
fn another_deadline_moves_the_chance_and_never_the_date() {
    let what_if = ask(vec![Change::Deadline {
        unit: None,
        due_on: day("2026-06-30"),
    }]);
    let national = what_if.national();
    for percent in [10, 50, 90] {
        assert_eq!(national.days_later(percent), Some(0));
    }
    assert_ne!(national.base_deadline, national.changed_deadline);
}

#[test]
fn one_more_team_helps_most_where_the_last_unit_works() {
    let what_if = ask(Vec::new());
    assert_eq!(what_if.teams[0].unit, unit("p24"));
    assert!(what_if.teams[0].days > Some(0), "{:?}", what_if.teams);
}
