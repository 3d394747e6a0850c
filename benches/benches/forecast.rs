//! The forecast of 63 provinces and the nation from three years of weeks, beside the method of the agile tools.

use std::hint::black_box;

use benches::{Demo, panel, series};
use criterion::{Criterion, criterion_group, criterion_main};
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

criterion_group!(benches, national_forecast);
criterion_main!(benches);
