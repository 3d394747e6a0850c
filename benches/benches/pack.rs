//! The pack for a meeting, with a page for each of the 63 provinces: the whole, and each renderer.

use std::hint::black_box;
use std::sync::Arc;

use benches::{Demo, loaded_at};
use criterion::{Criterion, criterion_group, criterion_main};
use reports::pack::{Cutoff, ISSUER, LEAST_PERCENT, PackOrder};
use server::packs::{STEPS, make};
use server::state::State;
use store::domain::{Language, UnitView};

/// The most memory a pack may have taken, in kilobytes: 300 MB.
const MOST_KILOBYTES: u64 = 300_000;

fn pack(criterion: &mut Criterion) {
    let demo = Demo::make();
    let state = State::new(demo.store(), Arc::new(loaded_at));
    let known_on = state.latest_moment().unwrap_or_default();
    let Some(cutoff) = Cutoff::parse("2025-04-18") else {
        unreachable!("it is a day")
    };
    let order = PackOrder {
        cutoff,
        known_on,
        view: UnitView::Old63,
        language: Language::Vi,
        least_percent: LEAST_PERCENT,
        issuer: ISSUER.to_owned(),
    };
    let made = |steps: usize| make(&state, &order, "bench", &|step, _| step < steps);
    let before = peak_kilobytes();
    assert!(
        made(STEPS).is_ok_and(|made| made.files.len() > 20),
        "the pack is whole"
    );
    let after = peak_kilobytes();
    let grown = after - before;
    say(&format!(
        "peak memory: {after} kB, {grown} kB of it since the demo was loaded"
    ));
    assert!(after < MOST_KILOBYTES, "more than 300 MB");

    let mut group = criterion.benchmark_group("pack");
    group.sample_size(10);
    group.bench_function("the report alone, forecast included", |bench| {
        bench.iter(|| black_box(made(1).is_err()));
    });
    group.bench_function("the full pack, 63 province pages", |bench| {
        bench.iter(|| black_box(made(STEPS).is_ok()));
    });
    group.finish();
}

#[expect(clippy::print_stderr, reason = "a measurement says what it measured")]
fn say(words: &str) {
    eprintln!("{words}");
}

/// The most memory the program has held so far, as the system counts it; 0 where it does not tell.
fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

criterion_group!(benches, pack);
criterion_main!(benches);
