//! The forecast of 63 provinces and the nation from three years of weeks, beside the method of the agile tools.

use std::fmt::Write as _;
use std::hint::black_box;

use benches::{Demo, panel, series};
use chrono::{DateTime, Days, NaiveDate, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use reports::backtest::{BacktestOptions, OriginRange, SeriesFile, backtest};
use reports::forecast::{
    Change, ForecastInput, HORIZON, ISSUED_PATHS, PATHS, Prepared, Scenario, forecast,
};
use store::domain::{Panel, Reference, Stage, UnitView, Week};

fn input<'a>(panel: &'a Panel<'a>, reference: &'a Reference, paths: usize) -> ForecastInput<'a> {
    ForecastInput {
        panel,
        units: &reference.units,
        calendar: &reference.calendar,
        deadlines: &reference.deadlines,
        week: last_week(panel),
        stage: Stage::Transferred,
        view: UnitView::AsReported,
        paths,
    }
}

fn last_week(panel: &Panel<'_>) -> Week {
    let last = panel.last_week();
    last.unwrap_or_else(|| unreachable!("the panel has weeks"))
}

/// Weeks drawn from the last eight one by one, as the agile tools do: 63 provinces, no fit, no common error.
fn throughput(weekly: &[u64; 8], goal: u64, paths: usize) -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut weeks = 0;
    for _ in 0..63 * paths {
        let mut done = 0;
        for _ in 0..HORIZON {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            done += weekly[usize::try_from(state >> 61).unwrap_or(0)];
            weeks += 1;
            if done >= goal {
                break;
            }
        }
    }
    weeks
}

fn national_forecast(criterion: &mut Criterion) {
    let demo = Demo::make();
    let store = demo.store();
    let reference = Reference::embedded();
    let panel = panel(&store);
    let mut group = criterion.benchmark_group("forecast");
    group.sample_size(10);

    group.bench_function("read three years of 63 provinces", |bench| {
        bench.iter(|| black_box(series(&store)));
    });
    for paths in [PATHS, ISSUED_PATHS] {
        group.bench_function(
            format!("63 provinces and the nation, {paths} paths"),
            |bench| {
                bench.iter(|| black_box(forecast(&input(&panel, reference, paths))));
            },
        );
    }
    group.bench_function(
        format!("throughput of 63 units, {ISSUED_PATHS} paths"),
        |bench| {
            let weekly = black_box([80, 120, 0, 95, 110, 130, 60, 100]);
            bench.iter(|| black_box(throughput(&weekly, 20_000, ISSUED_PATHS)));
        },
    );
    group.bench_function("learn once", |bench| {
        bench.iter(|| black_box(Prepared::new(&input(&panel, reference, PATHS)).is_ok()));
    });
    let prepared = Prepared::new(&input(&panel, reference, PATHS));
    let prepared = prepared.unwrap_or_else(|_| unreachable!("transfers are work"));
    let at_work = prepared.forecast().units.into_iter();
    let unit = at_work
        .filter(|unit| unit.state.completion().is_some())
        .map(|unit| unit.unit)
        .next();
    let unit = unit.unwrap_or_else(|| unreachable!("a province is at work"));
    let twice = Scenario {
        changes: vec![Change::Rate {
            unit: Some(unit),
            factor: 2.0,
            from: last_week(&panel).plus(2).first_day(),
        }],
    };
    group.bench_function("what if of one province", |bench| {
        bench.iter(|| black_box(prepared.unit_under(unit, &twice)));
    });
    group.finish();
}

/// Series of so many units over so many weeks, each at its own pace along a logistic curve.
fn programme(units: u32, weeks: u16) -> SeriesFile {
    let mut text = String::from("unit,week_ending,cumulative,total\n");
    let first = NaiveDate::from_ymd_opt(2024, 1, 7).unwrap_or_default();
    for unit in 0..units {
        let total = 20_000 + 37 * (unit % 900);
        let pace = 0.05 + 0.001 * f64::from(unit % 70);
        for week in 0..weeks {
            let wave = 1.0 + 0.1 * f64::from((u32::from(week) * 7 + unit) % 5);
            let odds = (pace * (f64::from(week) + wave) - 3.0).exp();
            let done = f64::from(total) * odds / (1.0 + odds);
            let day = first + Days::new(7 * u64::from(week));
            let _written = writeln!(text, "{unit},{day},{done:.0},{total}");
        }
    }
    SeriesFile::read(text.as_bytes()).unwrap_or_else(|_| unreachable!("the columns are all there"))
}

/// Past weeks forecast again, our peers' methods among them: a programme of fifty states in 22 origins, and all communes of
/// the country in one.
fn past_forecasts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("backtest");
    group.sample_size(10);
    let cases = [
        ("51 states, 22 origins", 51, (6, 48, 2)),
        ("10,598 communes, one origin", 10_598, (52, 52, 1)),
    ];
    for (name, units, (from, to, step)) in cases {
        let file = programme(units, 60);
        let options = BacktestOptions {
            thresholds: Vec::new(),
            origins: Some(OriginRange { from, to, step }),
            paths: 1000,
        };
        group.bench_function(format!("{name}, 1,000 paths"), |bench| {
            bench.iter(|| {
                black_box(backtest(&file, &options, &|| DateTime::<Utc>::UNIX_EPOCH).is_ok())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, national_forecast, past_forecasts);
criterion_main!(benches);
