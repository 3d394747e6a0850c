//! The national date is joint: done when the last unit is done, on the same paths.

use reports::forecast::{DeadlinePace, State};
use store::domain::{UnitSeries, UnitView};

use crate::given::{Given, count, day, deadline, of, series, steady, unit};

fn chance(pace: Option<DeadlinePace>) -> f64 {
    pace.and_then(DeadlinePace::chance).unwrap().value()
}

/// Every unit but those named, done long ago.
fn done_but(named: Vec<UnitSeries>) -> Vec<UnitSeries> {
    let given = Given::new(named);
    let mut all: Vec<UnitSeries> = given
        .reference
        .units
        .of_scheme(store::domain::Scheme::Old63)
        .filter(|unit| given.series.iter().all(|series| series.unit != unit.id))
        .map(|unit| steady(&unit.id.to_string(), 1000, 1000, 0, 20))
        .collect();
    all.extend(given.series);
    all
}

#[test]
fn two_units_at_85_percent_are_together_below_85_and_above_the_product() {
    let two = vec![
        steady("p24", 100_000, 30_000, 1000, 41),
        steady("p27", 100_000, 30_000, 1000, 41),
    ];
    let undated = Given::new(done_but(two.clone())).forecast();
    let due_on = of(&undated, "p24")
        .state
        .completion()
        .unwrap()
        .at(85)
        .unwrap();
    let due = deadline(None, &due_on.to_string(), "2023-01-01");
    let forecast = Given::new(done_but(two))
        .with_deadlines(vec![due])
        .forecast();
    let own = ["p24", "p27"].map(|id| {
        chance(
            of(&forecast, id)
                .deadline
                .as_ref()
                .map(|outlook| outlook.pace),
        )
    });
    let joint = chance(
        forecast
            .national
            .deadline
            .as_ref()
            .map(|outlook| outlook.pace),
    );
    assert!(
        (0.85..0.87).contains(&own[0]) && (0.8..0.9).contains(&own[1]),
        "{own:?}"
    );
    assert!(joint < own[0].min(own[1]) - 0.01, "{joint} {own:?}");
    assert!(joint > own[0] * own[1] + 0.005, "{joint} {own:?}");
}

#[test]
fn the_nation_is_never_earlier_than_its_last_unit() {
    let three = vec![
        steady("p24", 100_000, 30_000, 1000, 41),
        steady("p27", 100_000, 50_000, 900, 41),
        steady("p79", 900_000, 600_000, 4000, 41),
    ];
    let forecast = Given::new(done_but(three)).forecast();
    let nation = forecast.national.completion.as_ref().unwrap();
    for row in &forecast.units {
        if let State::Forecast(date) = &row.state {
            assert!(
                date.p10() <= nation.p10() && date.p50() <= nation.p50(),
                "{}",
                row.unit
            );
        }
    }
    assert!(forecast.national.excluded.is_empty());
    let shares: f64 = forecast
        .national
        .last_units
        .iter()
        .map(|unit| unit.share)
        .sum();
    assert!(
        (shares - 1.0).abs() < 1e-9,
        "{:?}",
        forecast.national.last_units
    );
    let most_done = forecast.national.most_done.as_ref().unwrap();
    assert!(most_done.p50() < nation.p50());
}

#[test]
fn units_without_a_date_are_named_and_the_date_is_that_of_the_others() {
    let named = vec![
        steady("p24", 100_000, 30_000, 1000, 41),
        steady("p27", 100_000, 30_000, 0, 41),
        steady("p79", 100_000, 30_000, 1000, 3),
    ];
    let mut given = Given::new(done_but(named)).at("2023-W50");
    given.series.retain(|series| series.unit != unit("p01"));
    let forecast = given.forecast();
    let excluded: Vec<_> = forecast
        .national
        .excluded
        .iter()
        .map(|unit| (unit.unit.to_string(), unit.reason.clone()))
        .collect();
    let remaining = count(70_000);
    assert_eq!(
        excluded,
        [
            ("p01".to_owned(), State::NotReported),
            (
                "p27".to_owned(),
                State::NoProgress {
                    weeks: 40,
                    remaining
                }
            ),
            ("p79".to_owned(), State::TooShort { have: 3, need: 6 }),
        ]
    );
    assert_eq!(
        forecast.national.completion.as_ref(),
        of(&forecast, "p24").state.completion()
    );
    // 59 done units of 1,000, and 70,000, 30,000 and 32,000 of the other three.
    assert_eq!(forecast.national.done, Some(count(191_000)));
    assert_eq!(forecast.national.total, Some(count(359_000)));
    assert_eq!(forecast.national.fan[0].p50, count(191_000));
}

#[test]
fn when_every_unit_is_done_the_nation_is() {
    let last = series("p24", 1000, &[500, 600, 996, 1000].map(Some));
    let forecast = Given::new(done_but(vec![last])).forecast();
    assert_eq!(forecast.national.done_since, Some(day("2023-03-24")));
    assert_eq!(forecast.national.completion, None);
    assert!(forecast.national.excluded.is_empty());
}

#[test]
fn the_nation_is_the_same_in_every_view() {
    let series = done_but(vec![
        steady("p24", 100_000, 30_000, 1000, 41),
        steady("p27", 100_000, 50_000, 900, 41),
    ]);
    let of_view = |view| Given::new(series.clone()).viewed(view).forecast();
    let (as_reported, old, new) = (
        of_view(UnitView::AsReported),
        of_view(UnitView::Old63),
        of_view(UnitView::New34),
    );
    assert_eq!(as_reported.national, new.national);
    assert_eq!(as_reported.units, old.units);
    assert_eq!((old.units.len(), new.units.len()), (63, 34));
    // The unit both become is done when both are, on the same paths.
    let joint = of(&new, "q24").state.completion().unwrap();
    for id in ["p24", "p27"] {
        let own = of(&old, id).state.completion().unwrap();
        assert!(own.p10() <= joint.p10() && own.p50() <= joint.p50() && own.p90() <= joint.p90());
    }
}

#[test]
fn common_errors_keep_the_national_sum_uncertain() {
    // Twenty equal units: were they independent, the spread of the sum would be a twentieth of √20 of one's, 0.22.
    let ids = [
        "02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "22", "24", "25",
        "26", "27", "30", "31", "33",
    ];
    let units = ids
        .iter()
        .map(|code| steady(&format!("p{code}"), 100_000, 30_000, 500, 41))
        .collect();
    let forecast = Given::new(units).forecast();
    let spread = |fan: &[reports::forecast::FanPoint]| {
        let point = fan[26];
        let width = point.p90.change_since(point.p10);
        f64::from(i32::try_from(width).unwrap()) / point.p50.to_f64()
    };
    let (one, sum) = (
        spread(&of(&forecast, "p24").fan),
        spread(&forecast.national.fan),
    );
    assert!(sum > 0.4 * one && sum < 0.95 * one, "{one} {sum}");
}
