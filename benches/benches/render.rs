//! The overview as a reader gets it, and its charts as files.

use std::hint::black_box;
use std::sync::Arc;

use benches::{Demo, loaded_at};
use criterion::{Criterion, criterion_group, criterion_main};
use reports::charts::{ChartFormat, ChartSize};
use reports::illustrate::ChartName;
use server::pages::charts::{Subject, draw};
use server::pages::overview::render_overview;
use server::snapshots::{Shown, Snapshot};
use server::state::State;
use server::view::View;
use store::domain::Language;

fn overview(criterion: &mut Criterion) {
    let demo = Demo::make();
    let state = State::new(demo.store(), Arc::new(loaded_at));
    let known_on = state
        .store
        .latest_moment()
        .ok()
        .flatten()
        .unwrap_or_default();
    let build = || Snapshot::build(&state, (None, known_on), Shown::default(), None);
    let Ok(snapshot) = build() else {
        unreachable!("the archive answers")
    };
    let mut group = criterion.benchmark_group("overview");
    group.sample_size(20);

    group.bench_function("build the report, forecast included", |bench| {
        bench.iter(|| black_box(build().is_ok()));
    });
    group.bench_function("render the page from the report", |bench| {
        bench.iter(|| black_box(render_overview(&state, &snapshot, View::default())));
    });

    for name in ChartName::ALL {
        let look = (Language::Vi, ChartSize::Full);
        let drawn = || draw(&state, &snapshot, Subject::national(name), look);
        let key = name.key();
        group.bench_function(format!("{key} as SVG"), |bench| {
            bench.iter(|| black_box(drawn()));
        });
        let Ok(chart) = drawn() else {
            unreachable!("every chart can be drawn")
        };
        group.bench_function(format!("{key}: its PNG, 1920 pixels wide"), |bench| {
            bench.iter(|| black_box(chart.file(ChartFormat::Png, 1920)));
        });
        group.bench_function(format!("{key}: its PDF"), |bench| {
            bench.iter(|| black_box(chart.file(ChartFormat::Pdf, 1920)));
        });
    }
    group.finish();
}

criterion_group!(benches, overview);
criterion_main!(benches);
