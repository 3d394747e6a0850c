//! Same data, same bytes; and nothing breaks on messy data.

use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use reports::forecast::{PERCENTS, State};
use reports::render::{forecast_csv, forecast_json, forecast_text};
use store::domain::{Language, UnitSeries};

use crate::given::{Given, deadline, series, steady};

fn panel() -> Given {
    let codes = ["01", "24", "27", "31", "48", "79", "92"];
    let units = codes.iter().zip(1..).map(|(code, place)| {
        steady(
            &format!("p{code}"),
            100_000 * place,
            5000 * place,
            700 * place + 90,
            30,
        )
    });
    Given::new(units.collect())
        .with_deadlines(vec![deadline(None, "2024-12-31", "2020-09-15")])
        .with_holidays()
}

fn bytes(given: &Given) -> Vec<Vec<u8>> {
    let report = given.report();
    let texts = Language::ALL.map(|language| forecast_text(&report, language).into_bytes());
    let mut bytes = vec![
        forecast_json(&report).unwrap(),
        forecast_csv(&report).unwrap(),
    ];
    bytes.extend(texts);
    bytes
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let on = |threads: usize| {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| (bytes(&panel()), panel().forecast()))
    };
    let one = on(1);
    for threads in [1, 2, 8] {
        assert_eq!(on(threads), one, "{threads}");
    }
}

#[test]
fn a_single_record_more_changes_digest_and_seed() {
    let mut given = panel();
    let before = given.forecast();
    given.series[0] = steady("p01", 100_000, 5001, 790, 30);
    let after = given.forecast();
    assert_ne!((before.digest, before.seed), (after.digest, after.seed));
}

fn messy_series(id: &'static str) -> impl Strategy<Value = UnitSeries> {
    let counts = prop_oneof![
        4 => (0_i64..2_000_000).prop_map(Some),
        2 => Just(None),
        1 => Just(Some(0)),
        1 => Just(Some(i64::MAX)),
    ];
    let sorted = prop::bool::ANY;
    let total = prop_oneof![Just(0_i64), 1_i64..3_000_000, Just(i64::MAX)];
    (prop::collection::vec(counts, 0..40), total, sorted).prop_map(
        move |(mut counts, total, sorted)| {
            counts
                .iter_mut()
                .flatten()
                .for_each(|count| *count = (*count).min(i64::MAX / 2));
            if sorted {
                counts.sort_unstable();
            }
            series(id, total, &counts)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn messy_series_never_panic_and_never_give_a_date_in_the_past(
        first in messy_series("p24"),
        second in messy_series("p27"),
        third in messy_series("p79"),
        due in 0_u64..800,
    ) {
        let due_on = crate::given::day("2022-12-01") + chrono::Days::new(due);
        let due = deadline(None, &due_on.to_string(), "2020-01-01");
        let given = Given::new(vec![first, second, third]).with_deadlines(vec![due]).with_holidays();
        let report = given.report();
        let forecast = &report.forecast;
        let dates = forecast.units.iter().filter_map(|unit| unit.state.completion());
        for date in dates.chain(&forecast.national.completion).chain(&forecast.national.most_done) {
            let quantiles = PERCENTS.map(|percent| date.at(percent));
            let known: Vec<_> = quantiles.iter().flatten().collect();
            prop_assert!(known.is_sorted());
            prop_assert!(known.iter().all(|day| given.week.last_day() < **day));
            prop_assert!(quantiles.iter().skip(known.len()).all(Option::is_none));
        }
        for unit in &forecast.units {
            let ordered = unit.fan.iter().all(|point| point.p10 <= point.p50 && point.p50 <= point.p90);
            prop_assert!(ordered, "{:?}", unit.fan);
            let rising = unit.fan.iter().zip(unit.fan.iter().skip(1)).all(|(one, next)| one.p50 <= next.p50);
            prop_assert!(rising, "{:?}", unit.fan);
            prop_assert_eq!(unit.fan.is_empty(), !matches!(unit.state, State::Forecast(_)));
        }
        prop_assert_eq!(bytes(&given).len(), 4);
    }
}
