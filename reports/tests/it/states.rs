//! What is said of a unit when no date can be given, or none is needed.

use reports::forecast::State;
use store::domain::{Stage, UnitSeries};

use crate::given::{Given, count, day, of, point, series, steady, unit, week};

fn state_of(series: UnitSeries) -> State {
    let id = series.unit.to_string();
    of(&Given::new(vec![series]).forecast(), &id).state.clone()
}

#[test]
fn a_history_of_one_week_is_too_short_and_says_how_many_are_needed() {
    assert_eq!(
        state_of(steady("p24", 1000, 10, 10, 1)),
        State::TooShort { have: 1, need: 6 }
    );
    assert_eq!(
        state_of(steady("p24", 1000, 10, 10, 5)),
        State::TooShort { have: 5, need: 6 }
    );
    assert!(
        state_of(steady("p24", 1000, 10, 10, 6))
            .completion()
            .is_some()
    );
}

#[test]
fn a_standstill_is_named_with_what_is_left_and_gets_no_date() {
    let mut counts: Vec<Option<i64>> = (1..=10).map(|week| Some(10 * week)).collect();
    counts.extend([Some(100); 8]);
    let forecast = Given::new(vec![series("p24", 1000, &counts)]).forecast();
    assert_eq!(
        of(&forecast, "p24").state,
        State::NoProgress {
            weeks: 8,
            remaining: count(900)
        }
    );
    assert!(of(&forecast, "p24").fan.is_empty());
    assert_eq!(of(&forecast, "p24").actual_rate, Some(0.0));
}

#[test]
fn a_holiday_is_no_standstill() {
    // Six weeks without work, of which Tết and the week after are 0.7 working weeks: 4.7 are not yet six.
    let mut counts: Vec<Option<i64>> = (1..=10).map(|week| Some(10 * week)).collect();
    counts.extend([Some(100); 6]);
    let series = crate::given::series_from("2023-W46", "p24", 1000, &counts);
    let ordinary = Given::new(vec![series.clone()]).forecast();
    assert_eq!(
        of(&ordinary, "p24").state,
        State::NoProgress {
            weeks: 6,
            remaining: count(900)
        }
    );
    let forecast = Given::new(vec![series]).with_holidays().forecast();
    assert!(of(&forecast, "p24").state.completion().is_some());
}

#[test]
fn a_unit_is_done_since_the_report_from_which_it_stayed_done() {
    let counts = [500, 996, 990, 995, 1000, 1000].map(Some);
    // The fourth report, true for the Friday of the fourth week.
    assert_eq!(
        state_of(series("p24", 1000, &counts)),
        State::Done {
            since: day("2023-03-31")
        }
    );
    assert!(
        !state_of(series(
            "p24",
            1000,
            &[500, 994, 994, 994, 994, 994].map(Some)
        ))
        .is_done()
    );
}

#[test]
fn a_larger_total_makes_a_done_unit_unfinished_again() {
    let mut series = steady("p24", 1000, 900, 20, 6);
    assert!(state_of(series.clone()).is_done());
    series
        .points
        .push(point(week("2023-W16"), Some(2000), 1010));
    assert!(state_of(series).completion().is_some());
}

#[test]
fn silence_and_a_missing_total_are_told_apart() {
    let mut series = steady("p24", 1000, 10, 10, 8);
    for point in &mut series.points {
        point.figures[Stage::Total.index()] = None;
    }
    let forecast = Given::new(vec![series]).forecast();
    assert_eq!(of(&forecast, "p24").state, State::NoTotal);
    assert_eq!(of(&forecast, "p25").state, State::NotReported);
    assert_eq!(of(&forecast, "p25").done, None);
    assert_eq!(forecast.national.completion, None);
    assert_eq!(forecast.national.excluded.len(), 63);
}

#[test]
fn several_members_of_a_unit_are_judged_as_one() {
    // Bắc Giang and Bắc Ninh become the new Bắc Ninh.
    let given = |second| {
        let series = vec![steady("p24", 1000, 10, 10, 10), second];
        Given::new(series)
            .viewed(store::domain::UnitView::New34)
            .forecast()
    };
    let both = given(steady("p27", 1000, 10, 10, 10));
    let joint = of(&both, "q24");
    assert_eq!(joint.reporters, [unit("p24"), unit("p27")]);
    assert_eq!(
        (joint.done, joint.total),
        (Some(count(200)), Some(count(2000)))
    );
    assert!(joint.state.completion().is_some());
    let short = given(steady("p27", 1000, 10, 10, 2));
    assert_eq!(
        of(&short, "q24").state,
        State::TooShort { have: 2, need: 6 }
    );
}

#[test]
fn a_fall_under_thirty_percent_is_a_correction_and_a_larger_one_a_new_start() {
    let counts = |after: i64| {
        let mut counts: Vec<Option<i64>> = (1..=10).map(|week| Some(100 * week)).collect();
        counts.extend([after, after + 50, after + 100].map(Some));
        series("p24", 10_000, &counts)
    };
    let corrected = Given::new(vec![counts(800)]).forecast();
    let unit = of(&corrected, "p24");
    assert!(unit.state.completion().is_some());
    assert_eq!((unit.corrections, unit.restarts), (1, 0));
    assert_eq!(state_of(counts(600)), State::TooShort { have: 3, need: 6 });
}
