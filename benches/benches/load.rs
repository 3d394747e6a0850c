//! One national week: 63 files from disk through the intake into the archive, against only reading and checking them.

use std::hint::black_box;

use benches::{Demo, load, loaded_at};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use loader::{Context, parse_path};

fn national_week(criterion: &mut Criterion) {
    let demo = Demo::make();
    let files = demo.measured_files();
    let mut group = criterion.benchmark_group("national week");
    group.sample_size(20);

    let context = Context::embedded(loaded_at().date_naive());
    group.bench_function("check only, one thread", |bench| {
        bench.iter(|| {
            files
                .iter()
                .map(|file| parse_path(file, &context))
                .for_each(|parsed| drop(black_box(parsed)));
        });
    });

    let mut copies = 0;
    group.bench_function("load into SQLite with three years before it", |bench| {
        bench.iter_batched(
            || {
                copies += 1;
                demo.copy(copies)
            },
            |store| load(&store, &files),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, national_week);
criterion_main!(benches);
