//! The date of one unit: where its quantiles lie and what moves them.

use reports::forecast::{Completion, Followed, Forecast, ForecastError, PERCENTS, State, forecast};
use store::domain::{Holiday, Stage, Text};

use crate::given::{Given, count, day, of, point, series, series_from, steady, week, weeks_to};

fn completion<'a>(forecast: &'a Forecast, id: &str) -> &'a Completion {
    let state = &of(forecast, id).state;
    state.completion().unwrap_or_else(|| panic!("{state:?}"))
}

fn median_weeks(given: &Given, id: &str) -> f64 {
    weeks_to(given.week, completion(&given.forecast(), id).p50().unwrap())
}

#[test]
fn the_median_of_a_lone_steady_unit_is_its_work_left_at_its_rate() {
    // Of 100,000, at 1,000 a week, 99.5 % are to be done: 49.5 weeks after 41 reports, 78.5 after 12.
    for (reports, left) in [(41, 49.5), (12, 78.5)] {
        let given = Given::new(vec![steady("p24", 100_000, 10_000, 1000, reports)]);
        let median = median_weeks(&given, "p24");
        assert!((0.85..1.15).contains(&(median / left)), "{median} {left}");
        let forecast = given.forecast();
        let date = completion(&forecast, "p24");
        let early = weeks_to(given.week, date.p10().unwrap());
        assert!((left / 4.0..left).contains(&early), "{early}");
        // Laws that slow down are alive: it may be twice as late.
        let late = date.p90().map(|late| weeks_to(given.week, late));
        assert!(late.is_none_or(|late| late > 1.5 * left), "{late:?}");
        assert_eq!(of(&forecast, "p24").actual_rate, Some(1000.0));
    }
}

#[test]
fn quantiles_are_in_order_and_after_the_origin() {
    let given = Given::new(vec![
        steady("p24", 100_000, 10_000, 1000, 41),
        steady("p25", 90_000, 0, 200, 41),
    ]);
    let forecast = given.forecast();
    for id in ["p24", "p25"] {
        let date = completion(&forecast, id);
        let quantiles = PERCENTS.map(|percent| date.at(percent));
        let known: Vec<_> = quantiles.iter().flatten().collect();
        assert!(known.is_sorted(), "{id}: {quantiles:?}");
        assert!(
            quantiles.iter().skip(known.len()).all(Option::is_none),
            "{id}: {quantiles:?}"
        );
        assert!(
            known
                .iter()
                .all(|quantile| given.week.last_day() < **quantile && **quantile <= date.horizon)
        );
    }
    assert!(completion(&forecast, "p24").p50() > completion(&forecast, "p24").p10());
}

#[test]
fn a_faster_unit_is_done_earlier() {
    let given = Given::new(vec![
        steady("p24", 100_000, 10_000, 1000, 41),
        steady("p25", 100_000, 10_000, 500, 41),
    ]);
    assert!(median_weeks(&given, "p24") + 10.0 < median_weeks(&given, "p25"));
}

#[test]
fn a_missing_week_is_not_a_week_of_zero() {
    let counts: Vec<Option<i64>> = (0..30).map(|week| Some(10_000 + 1000 * week)).collect();
    let without = |missing: &[usize]| {
        let mut counts = counts.clone();
        missing.iter().for_each(|week| counts[*week] = None);
        Given::new(vec![series("p24", 60_000, &counts)])
    };
    let (whole, gaps) = (without(&[]), without(&[24, 26, 27]));
    let difference = median_weeks(&whole, "p24") - median_weeks(&gaps, "p24");
    assert!(difference.abs() < 3.0, "{difference}");
    let forecast = gaps.forecast();
    assert_eq!(of(&forecast, "p24").missing_weeks, 3);
    assert_eq!(of(&forecast, "p24").actual_rate, Some(1000.0));
}

#[test]
fn a_late_unit_is_taken_to_have_worked_on_for_four_weeks_at_most() {
    let on_time = steady("p25", 60_000, 10_000, 1000, 30);
    let late = |weeks: i64| {
        Given::new(vec![
            on_time.clone(),
            steady("p24", 60_000, 10_000, 1000, 30 - weeks),
        ])
    };
    let forecast = late(2).forecast();
    let unit = of(&forecast, "p24");
    assert_eq!(
        (unit.done, unit.last_report),
        (Some(count(37_000)), Some(week("2023-W10").plus(27)))
    );
    assert_eq!(unit.missing_weeks, 2);
    let first = unit.fan[0];
    assert_eq!(first.week, week("2023-W10").plus(29));
    assert!(
        first.p10 > count(37_000) && first.p50 > count(38_000),
        "{first:?}"
    );
    assert_eq!(of(&forecast, "p25").fan[0].p10, count(39_000));
    // Silence of eight weeks is credited like one of four: the date moves by the four weeks lost.
    let (four, eight) = (median_weeks(&late(4), "p24"), median_weeks(&late(8), "p24"));
    assert!(eight > four + 2.0, "{four} {eight}");
}

#[test]
fn a_bulk_upload_counts_in_full_but_is_no_new_rate() {
    let counts = |jump: i64| {
        let mut counts: Vec<Option<i64>> = (0..20).map(|week| Some(10_000 + 1000 * week)).collect();
        counts.push(Some(29_000 + jump));
        Given::new(vec![series("p24", 100_000, &counts)])
    };
    let jumped = counts(30_000).forecast();
    assert_eq!(of(&jumped, "p24").done, Some(count(59_000)));
    // What the jump left to do takes the old rate, at most a few times faster, never thirty times.
    assert!(
        weeks_to(
            counts(30_000).week,
            completion(&jumped, "p24").p50().unwrap()
        ) > 10.0
    );
}

#[test]
fn a_unit_that_will_not_finish_in_five_years_has_no_median() {
    let given = Given::new(vec![steady("p24", 10_000_000, 10_000, 10, 20)]);
    let forecast = given.forecast();
    let date = completion(&forecast, "p24");
    assert_eq!((date.p50(), date.p90()), (None, None));
    assert!(date.never > 0.9);
    assert_eq!(
        of(&forecast, "p24").fan.last().unwrap().week,
        given.week.plus(260)
    );
}

#[test]
fn tet_delays_a_date_that_would_fall_into_it() {
    // A calm unit, nearly done; the next three weeks are ordinary or taken up by Tết.
    let mut given = Given::new(vec![steady("p24", 100_000, 50_000, 4000, 12)]);
    let ordinary = median_weeks(&given, "p24");
    let first_day = given.week.plus(1).first_day();
    let last_day = given.week.plus(3).last_day();
    given.reference.calendar.holidays = vec![Holiday {
        first_day,
        last_day,
        name: Text::same("Tết"),
        is_tet: true,
    }];
    // Two and seven tenths of a week are lost, and those after it carry the mean of the year.
    let with_tet = median_weeks(&given, "p24");
    assert!(with_tet > ordinary + 1.5, "{ordinary} {with_tet}");
}

#[test]
fn rows_after_the_origin_change_nothing() {
    let long = vec![
        steady("p24", 100_000, 10_000, 1000, 41),
        steady("p25", 50_000, 10_000, 700, 38),
    ];
    let origin = week("2023-W10").plus(30);
    let mut short = long.clone();
    for series in &mut short {
        series.points.retain(|point| point.week <= origin);
    }
    let mut later = Given::new(long);
    later.series[0]
        .points
        .push(point(week("2024-W05"), Some(1), 1));
    let later = later.at(&origin.to_string()).forecast();
    assert_eq!(later, Given::new(short).forecast());
}

#[test]
fn the_order_of_the_series_does_not_matter() {
    let series = vec![
        steady("p24", 100_000, 10_000, 1000, 41),
        steady("p25", 50_000, 10_000, 700, 38),
        steady("p79", 900_000, 0, 9000, 41),
    ];
    let reversed: Vec<_> = series.iter().rev().cloned().collect();
    assert_eq!(
        Given::new(series).forecast(),
        Given::new(reversed).forecast()
    );
}

#[test]
fn a_unit_formed_by_the_merger_goes_on_where_its_members_stopped() {
    let weeks = |start: i64| {
        (0..40)
            .map(|week| Some(start + 500 * week))
            .collect::<Vec<_>>()
    };
    let mut series = vec![
        series_from("2024-W40", "p24", 100_000, &weeks(10_000)),
        series_from("2024-W40", "p27", 100_000, &weeks(20_000)),
    ];
    for series in &mut series {
        series.points.retain(|point| point.week <= week("2025-W26"));
    }
    let last = series[0].points.len();
    assert_eq!(last, 39);
    series.push(series_from(
        "2025-W27",
        "q24",
        200_000,
        &[Some(69_000), Some(70_000)],
    ));
    let forecast = Given::new(series).forecast();
    let unit = of(&forecast, "q24");
    assert_eq!(unit.actual_rate, Some(1000.0));
    assert!(matches!(unit.state, State::Forecast(_)), "{:?}", unit.state);
    assert_eq!(unit.missing_weeks, 0);
}

#[test]
fn the_total_is_no_work_to_be_completed() {
    let given = Given::new(vec![steady("p24", 1000, 10, 10, 10)]);
    let refused = given.with_input(|input| {
        let mut input = input.forecast_input();
        input.followed = Followed::One(Stage::Total);
        forecast(&input)
    });
    assert_eq!(refused, Err(ForecastError::NotWork(Stage::Total)));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "stage `total` is not work that can be completed"
    );
}

#[test]
fn the_date_the_figures_are_true_for_is_the_latest_of_the_origin_week() {
    let given = Given::new(vec![steady("p24", 1000, 10, 10, 10)]);
    assert_eq!(given.forecast().as_of, day("2023-05-12"));
    assert_eq!(given.at("2023-W40").forecast().as_of, day("2023-10-08"));
}
