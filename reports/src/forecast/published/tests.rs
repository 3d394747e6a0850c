use store::domain::Approximation;

use super::*;

fn stated(as_of: &str, number: i64, wording: Approximation) -> StatedCount {
    let count = Count::from_i64(number).unwrap();
    StatedCount::new(as_of.parse().unwrap(), count, wording)
}

fn range(number: i64, wording: Approximation) -> (f64, f64) {
    let count = stated("2024-12-31", number, wording);
    (count.least(), count.most())
}

fn basis(counts: &[(&str, i64)], total: i64) -> Basis {
    let exact = |(as_of, number): &(&str, i64)| stated(as_of, *number, Approximation::Exact);
    Basis {
        counts: counts.iter().map(exact).collect(),
        total: Some(stated("2024-12-31", total, Approximation::Exact)),
        pace: None,
    }
}

#[test]
fn a_number_is_meant_to_its_last_digit_and_to_two_at_the_least() {
    let million = 1e6;
    let cases = [
        (77_000_000, Approximation::MoreThan, (77.0, 78.0)),
        (50_000_000, Approximation::Nearly, (49.0, 50.0)),
        (100_000_000, Approximation::MoreThan, (100.0, 110.0)),
        (111_500_000, Approximation::NotStated, (111.45, 111.55)),
        (60_000_000, Approximation::About, (59.5, 60.5)),
        (50_000_000, Approximation::Exact, (50.0, 50.0)),
    ];
    for (number, wording, (least, most)) in cases {
        let range = range(number, wording);
        let expected = (least * million, most * million);
        assert!((range.0 - expected.0).abs() < 1e-3, "{number} {wording:?}");
        assert!((range.1 - expected.1).abs() < 1e-3, "{number} {wording:?}");
    }
    // To the last record, and nothing to be halved.
    for number in [1_179_085, 7, 0] {
        let value = Count::from_i64(number).unwrap().to_f64();
        assert_eq!(range(number, Approximation::NotStated), (value, value));
    }
    // Not below nothing.
    assert_eq!(range(0, Approximation::Nearly), (0.0, 0.0));
    assert!(range(i64::MAX / 2, Approximation::MoreThan).1.is_finite());
}

#[test]
fn states_are_told_of_what_is_sure() {
    let done = basis(&[("2024-06-30", 500), ("2024-12-31", 999)], 1000);
    let since = "2024-12-31".parse().unwrap();
    assert_eq!(done.state(), Some(State::Done { since }));
    let short = basis(&[("2024-06-30", 500), ("2024-12-31", 700)], 1000);
    let state = State::TooShort { have: 2, need: 3 };
    assert_eq!(short.state(), Some(state));
    let none = Basis {
        total: None,
        ..short.clone()
    };
    assert_eq!(none.state(), Some(State::NoTotal));
    let counts = [
        ("2024-01-05", 500),
        ("2024-06-30", 700),
        ("2024-12-31", 900),
    ];
    assert_eq!(basis(&counts, 1000).state(), None);
}

#[test]
fn what_rounding_may_hide_is_no_standstill_until_half_a_year_of_it() {
    let rounded = |days: [&str; 2]| Basis {
        counts: vec![
            stated(days[0], 77_000_000, Approximation::MoreThan),
            stated(days[1], 77_000_000, Approximation::MoreThan),
        ],
        ..basis(&[], 100_000_000)
    };
    let soon = rounded(["2024-12-01", "2024-12-31"]).state();
    assert_eq!(soon, Some(State::TooShort { have: 2, need: 3 }));
    let late = rounded(["2024-06-02", "2024-12-31"]).state();
    let remaining = Count::from_i64(23_000_000).unwrap();
    let weeks = 31;
    assert_eq!(late, Some(State::NoProgress { weeks, remaining }));
    let falling = [
        ("2024-01-05", 900),
        ("2024-06-30", 700),
        ("2024-12-31", 500),
    ];
    let state = basis(&falling, 1000).state();
    assert!(
        matches!(state, Some(State::NoProgress { weeks: 52, .. })),
        "{state:?}"
    );
}
