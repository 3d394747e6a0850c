//! The forecast of 63 provinces and the nation from three years of weeks.

use std::hint::black_box;

use benches::{Demo, panel, series};
use criterion::{Criterion, criterion_group, criterion_main};
use reports::forecast::{ForecastInput, forecast};
use store::domain::{Reference, Stage, UnitView};

fn national_forecast(criterion: &mut Criterion) {
    let demo = Demo::make();
    let store = demo.store();
    let reference = Reference::embedded();
    let panel = panel(&store);
    let mut group = criterion.benchmark_group("forecast");
    group.sample_size(20);

    group.bench_function("read three years of 63 provinces", |bench| {
        bench.iter(|| black_box(series(&store)));
    });

    group.bench_function("63 provinces and the nation", |bench| {
        bench.iter(|| {
            let input = ForecastInput {
                panel: &panel,
                units: &reference.units,
                calendar: &reference.calendar,
                deadlines: &reference.deadlines,
                week: panel
                    .last_week()
                    .unwrap_or_else(|| unreachable!("the panel has weeks")),
                stage: Stage::Transferred,
                view: UnitView::AsReported,
                paths: reports::forecast::PATHS,
            };
            black_box(forecast(&input))
        });
    });
    group.finish();
}

criterion_group!(benches, national_forecast);
criterion_main!(benches);
