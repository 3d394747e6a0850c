//! The three views of the units: whatever was reported, the sums are the same.

use std::collections::BTreeMap;

use proptest::prelude::*;
use store::domain::{
    Count, CountUnit, Figure, Ledger, Panel, Reference, Stage, UnitSeries, UnitView, Week,
};

use crate::builders::{count, day, row, unit};

fn series(reports: &[(String, Week, Stage, i64)]) -> Vec<UnitSeries> {
    let mut ledger = Ledger::default();
    for (id, week, stage, value) in reports {
        let units = &Reference::embedded().units;
        let as_of = week.last_day();
        // Only a unit that exists on the date can report for it; the intake refuses every other.
        if units
            .find(unit(id))
            .is_some_and(|unit| unit.exists_on(as_of))
        {
            ledger.apply(row(id, &as_of.to_string(), &[(*stage, *value)]));
        }
    }
    ledger.series(CountUnit::Record)
}

fn sums(panel: &Panel<'_>, view: UnitView, week: Week, stage: Stage) -> (Count, Count, usize) {
    let rows = panel.rows(view, week);
    let standings: Vec<_> = rows
        .iter()
        .map(|unit| panel.standing(*unit, week, stage))
        .collect();
    let value = |figure: Option<Figure>| figure.map_or(Count::ZERO, |figure| figure.value);
    (
        standings
            .iter()
            .map(|standing| value(standing.reported))
            .sum(),
        standings
            .iter()
            .map(|standing| value(standing.estimate))
            .sum(),
        standings.iter().map(|standing| standing.expected).sum(),
    )
}

fn reports() -> impl Strategy<Value = Vec<(String, Week, Stage, i64)>> {
    let ids: Vec<String> = Reference::embedded()
        .units
        .iter()
        .map(|unit| unit.id.to_string())
        .collect();
    let week = (0..30_i64).prop_map(|step| Week::parse("2025-W15").unwrap().plus(step));
    let report = (0..ids.len(), week, 0..7_usize, 0..1_000_000_i64).prop_map(
        move |(place, week, stage, value)| (ids[place].clone(), week, Stage::ALL[stage], value),
    );
    proptest::collection::vec(report, 0..300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sum_over_63_is_sum_over_34_is_national(reports in reports()) {
        let panel = Panel::new(&Reference::embedded().units, series(&reports));
        let last = Week::parse("2025-W15").unwrap().plus(30);
        for week in Week::parse("2025-W15").unwrap().through(last) {
            for stage in Stage::ALL {
                let national = panel.national(week, stage);
                let value = |figure: Option<Figure>| figure.map_or(Count::ZERO, |figure| figure.value);
                let expected =
                    (value(national.reported), value(national.estimate), national.expected);
                for view in UnitView::ALL {
                    for row in panel.rows(view, week) {
                        let standing = panel.standing(row, week, stage);
                        let all = standing.reporting_count() == standing.expected;
                        let whole = standing.reported.filter(|figure| all && figure.complete);
                        prop_assert_eq!(
                            panel.reported_whole(row, week, stage),
                            whole.map(|figure| figure.value)
                        );
                    }
                    prop_assert_eq!(sums(&panel, view, week, stage), expected, "{:?} {}", view, week);
                }
            }
        }
    }
}

#[test]
fn a_missing_report_is_carried_forward_and_named_never_zero() {
    let week = Week::parse("2025-W10").unwrap();
    let reports = [
        ("p01".to_owned(), week.plus(-1), Stage::Transferred, 100),
        ("p24".to_owned(), week.plus(-1), Stage::Transferred, 50),
        ("p01".to_owned(), week, Stage::Transferred, 120),
    ];
    let panel = Panel::new(&Reference::embedded().units, series(&reports));
    let standing = panel.national(week, Stage::Transferred);
    assert_eq!(standing.reported.unwrap().value, count(120));
    assert_eq!(standing.estimate.unwrap().value, count(170));
    assert_eq!(standing.reporting, [unit("p01")]);
    assert_eq!(standing.carried, [(unit("p24"), week.plus(-1))]);
    assert_eq!((standing.expected, standing.silent.len()), (63, 61));
    assert_eq!(
        panel.national(week.plus(-2), Stage::Transferred).reported,
        None
    );
}

#[test]
fn a_merged_unit_that_has_not_reported_carries_its_members() {
    let before = Week::containing(day("2025-06-29"));
    let after = before.plus(1);
    let reports = [
        ("p10".to_owned(), before, Stage::Transferred, 30),
        ("p15".to_owned(), before, Stage::Transferred, 12),
    ];
    let panel = Panel::new(&Reference::embedded().units, series(&reports));
    let merged = panel.standing(unit("q15"), after, Stage::Transferred);
    assert_eq!(merged.reported, None);
    assert_eq!(merged.estimate.unwrap().value, count(42));
    let rows = panel.rows(UnitView::Old63, after);
    assert!(rows.contains(&unit("q15")) && rows.contains(&unit("p01")));
    assert!(
        !rows.contains(&unit("p10")),
        "a figure of the merged unit is never divided by guess"
    );
    let by_members: BTreeMap<_, _> = panel
        .rows(UnitView::New34, before)
        .into_iter()
        .map(|id| (id, panel.standing(id, before, Stage::Transferred)))
        .collect();
    assert_eq!(by_members[&unit("q15")].reported.unwrap().value, count(42));
}
