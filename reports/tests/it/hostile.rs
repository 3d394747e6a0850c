//! Series that no office should send: each gets a state with a name, none a date out of range.

use reports::forecast::{DeadlinePace, State};
use store::domain::UnitSeries;

use crate::given::{Given, count, deadline, of, series, steady};

fn state_of(series: UnitSeries) -> State {
    let id = series.unit.to_string();
    of(&Given::new(vec![series]).forecast(), &id).state.clone()
}

fn counts(values: &[i64]) -> Vec<Option<i64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn a_constant_series_has_no_progress() {
    assert_eq!(
        state_of(series("p24", 1000, &[Some(40); 12])),
        State::NoProgress {
            weeks: 11,
            remaining: count(960)
        }
    );
    assert_eq!(
        state_of(series("p24", 1000, &[Some(0); 12])),
        State::NoProgress {
            weeks: 11,
            remaining: count(1000)
        }
    );
}

#[test]
fn a_series_that_falls_to_nothing_starts_anew_each_time_and_is_too_short() {
    let falling = counts(&[900, 600, 400, 250, 150, 90, 50, 20, 0]);
    assert_eq!(
        state_of(series("p24", 1000, &falling)),
        State::TooShort { have: 1, need: 6 }
    );
}

#[test]
fn a_slow_fall_is_a_chain_of_corrections_and_promises_no_early_date() {
    let falling: Vec<i64> = (0..12).map(|week| 900 - 10 * week).collect();
    let state = state_of(series("p24", 1000, &counts(&falling)));
    let completion = state.completion();
    assert!(
        completion.is_none_or(|date| date.p50().is_none()),
        "{state:?}"
    );
}

#[test]
fn a_total_below_the_count_is_done_and_a_total_of_zero_is_none() {
    assert!(state_of(steady("p24", 100, 90, 20, 8)).is_done());
    assert_eq!(state_of(steady("p24", 0, 90, 20, 8)), State::NoTotal);
}

#[test]
fn counts_of_a_million_millions_are_forecast_like_small_ones() {
    let scale = 1_000_000_000;
    let small = state_of(steady("p24", 1000, 10, 10, 12));
    let large = state_of(steady("p24", 1000 * scale, 10 * scale, 10 * scale, 12));
    let days = |state: &State| {
        let completion = state.completion().unwrap();
        let p50 = completion.p50().unwrap();
        assert!(p50 < completion.horizon);
        p50
    };
    // Other data, other random numbers: the medians are those of 2,000 paths each.
    let apart = (days(&small) - days(&large)).num_days().abs();
    assert!(apart < 140, "{apart}");
}

#[test]
fn a_deadline_in_the_past_is_overdue_and_asks_for_no_rate() {
    let given = Given::new(vec![steady("p24", 1000, 10, 10, 12)]).with_deadlines(vec![deadline(
        Some("p24"),
        "2023-04-30",
        "2023-03-01",
    )]);
    let outlook = of(&given.forecast(), "p24").deadline.clone().unwrap();
    assert!(
        matches!(outlook.pace, DeadlinePace::Passed { weeks_overdue: 4 }),
        "{outlook:?}"
    );
    assert_eq!(outlook.pace.required_rate(), None);
}
