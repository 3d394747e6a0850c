//! Reading, checking and loading: one national week from disk into the archive, and a file of a million rows against the
//! databases' own loaders, in the same run.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement prints what it found and stops where it cannot be made"
)]

use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use benches::{Demo, LARGEST_FILE, commune_files, load, loaded_at};
use criterion::{BatchSize, Criterion, criterion_group};
use loader::{Context, Sender, Verdict, check_path, parse_path};
use rayon::prelude::*;
use store::Store;
use store::domain::{CountUnit, UnitId};
use store::testing::{self, TestDatabase};

/// The rows of the large file.
const ROWS: usize = 1_000_000;

/// Each time is the shortest of as many runs, for other programs run on the machine.
const RUNS: usize = 3;

/// The columns of the table of counts, in its order.
const COLUMNS: &str = "submission_id, line, unit_id, sub_unit, as_of, record_type, route, count_unit, total, scanned, \
    entered, checked, approved, transferred, returned, approximate, note, difficulty";

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

fn large_context() -> Context<'static> {
    Context {
        size_limit: LARGEST_FILE,
        ..Context::embedded(loaded_at().date_naive())
    }
}

fn check(path: &Path) {
    let receipt = check_path(path, &large_context(), &Sender::default());
    assert!(receipt.verdict == Verdict::Accepted, "{:?}", receipt.places);
    black_box(receipt);
}

fn shortest<P>(prepare: impl Fn() -> P, run: impl Fn(&P)) -> Duration {
    let once = |_| {
        let prepared = prepare();
        let began = Instant::now();
        run(&prepared);
        began.elapsed()
    };
    (0..RUNS).map(once).min().expect("a run")
}

fn say(what: &str, time: Duration, beside: &str) {
    let seconds = time.as_secs_f64();
    println!("{what:<58} {seconds:>7.3} s  {beside}");
}

fn rows_a_second(time: Duration) -> String {
    let rows = u32::try_from(ROWS).expect("a number");
    format!("{:.0} rows/s", f64::from(rows) / time.as_secs_f64())
}

fn ratio(theirs: Duration, ours: Duration) -> String {
    format!("{:.2}", theirs.as_secs_f64() / ours.as_secs_f64())
}

/// One thread checks the large file; then one and two threads the same rows in 63 files.
fn check_large(folder: &Path, large: &Path) {
    let time = shortest(|| (), |()| check(large));
    say(
        "check of 1,000,000 rows, one thread",
        time,
        &rows_a_second(time),
    );
    let files: Vec<PathBuf> = commune_files(ROWS, 63)
        .iter()
        .enumerate()
        .map(|(number, bytes)| write(&folder.join(format!("{number}.csv")), bytes))
        .collect();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads");
        shortest(
            || (),
            |()| pool.install(|| files.par_iter().for_each(|file| check(file))),
        )
    };
    let (one, two) = (on(1), on(2));
    say(
        "check of the same rows in 63 files, one thread",
        one,
        &rows_a_second(one),
    );
    say(
        "the same on two threads",
        two,
        &format!("{} of one", ratio(two, one)),
    );
}

fn write(path: &Path, bytes: &[u8]) -> PathBuf {
    std::fs::write(path, bytes).expect("a file");
    path.to_owned()
}

/// Runs a database's own shell with a script.
fn shell(program: &str, database: &str, script: &str) {
    let mut child = Command::new(program)
        .arg(database)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the shell runs");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(script.as_bytes()).expect("a script");
    drop(input);
    assert!(child.wait().expect("it ends").success(), "{script}");
}

fn is_installed(program: &str) -> bool {
    let version = Command::new(program).arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}

/// What the overview and a page of a province read of as many rows.
fn read_communes(store: &Store) {
    let series = || store.series_known_on(CountUnit::Record, loaded_at());
    let time = shortest(|| (), |()| drop(black_box(series().expect("the series"))));
    say("series of 63 provinces from these rows", time, "");
    let province = UnitId::parse("p01").expect("a province");
    let progress = || store.sub_unit_progress(province, loaded_at().date_naive(), loaded_at());
    let time = shortest(
        || (),
        |()| {
            black_box(progress().expect("the communes"));
        },
    );
    say("how far the communes of one province are", time, "");
}

/// A way of loading the rows: the database it needs before, and the loading.
struct Way<'a> {
    empty: &'a dyn Fn() -> TestDatabase,
    load: &'a dyn Fn(&TestDatabase),
}

impl Way<'_> {
    /// Loads once: the database, and how long it took.
    fn run(&self) -> (TestDatabase, Duration) {
        let database = (self.empty)();
        let began = Instant::now();
        (self.load)(&database);
        (database, began.elapsed())
    }
}

/// Says how long each way takes in turn with the other, the shortest of some runs.
fn compare(name: &str, (ours, first): (&Way<'_>, Duration), (tool, theirs): (&str, &Way<'_>)) {
    let rounds: Vec<_> = (1..RUNS).map(|_| (theirs.run().1, ours.run().1)).collect();
    let theirs = rounds.iter().map(|(theirs, _)| *theirs).min();
    let theirs = theirs.expect("a run");
    let ours = rounds
        .iter()
        .fold(first, |least, (_, ours)| least.min(*ours));
    let what = format!("load of 1,000,000 rows into {name}");
    say(&what, ours, &rows_a_second(ours));
    let beside = format!("ratio {}: its time over ours", ratio(theirs, ours));
    say(&format!("{tool} of these rows"), theirs, &beside);
}

/// Loads the large file through the intake, and the rows that came of it with `.import` into the same table of another
/// archive, with its keys and indexes, in WAL and `synchronous = NORMAL` as ours. Ours keeps the file as well, seals the log and
/// checks rows and foreign keys.
fn load_sqlite(folder: &Path, large: &Path) {
    let files = [large.to_owned()];
    // The tables are made before the clock runs, in both ways.
    let empty = || {
        let database = testing::sqlite();
        drop(database.store());
        database
    };
    let ours = Way {
        empty: &empty,
        load: &|database| load(&database.store(), &files),
    };
    let (loaded, first) = ours.run();
    read_communes(&loaded.store());
    if !is_installed("sqlite3") {
        println!("no sqlite3 here to compare with; our load took {first:?}");
        return;
    }
    let csv = folder.join("sqlite.csv").display().to_string();
    let export = format!(".mode csv\n.output {csv}\nSELECT {COLUMNS} FROM counts;\n");
    shell("sqlite3", &loaded.address, &export);
    drop(loaded);
    let import = format!("PRAGMA synchronous = NORMAL;\n.import --csv {csv} counts\n");
    let theirs = Way {
        empty: &empty,
        load: &|database| shell("sqlite3", &database.address, &import),
    };
    compare("SQLite", (&ours, first), ("sqlite3 .import", &theirs));
}

/// The same with PostgreSQL and `\copy`; the submission that the rows belong to is there before.
fn load_postgres(folder: &Path, large: &Path) {
    let files = [large.to_owned()];
    let empty = || {
        let database = testing::postgres().expect("a database");
        drop(database.store());
        database
    };
    if testing::postgres().is_none() || !is_installed("psql") {
        println!("no PostgreSQL here to compare with");
        return;
    }
    let ours = Way {
        empty: &empty,
        load: &|database| load(&database.store(), &files),
    };
    let (loaded, first) = ours.run();
    let csv = |table: &str| folder.join(format!("{table}.csv")).display().to_string();
    let tables = ["log", "submissions", "counts"];
    let export = tables.map(|table| format!("\\copy {table} TO '{}'\n", csv(table)));
    shell("psql", &loaded.address, &export.concat());
    let import = format!("\\copy counts FROM '{}'\n", csv("counts"));
    let theirs = Way {
        empty: &|| {
            let database = empty();
            let before = ["log", "submissions"]
                .map(|table| format!("\\copy {table} FROM '{}'\n", csv(table)));
            shell("psql", &database.address, &before.concat());
            database
        },
        load: &|database| shell("psql", &database.address, &import),
    };
    compare("PostgreSQL", (&ours, first), ("psql \\copy", &theirs));
}

fn large_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = commune_files(ROWS, 1).concat();
    println!(
        "a file of {ROWS} rows at commune level, {} bytes",
        text.len()
    );
    let large = write(&folder.path().join("communes.csv"), &text);
    drop(text);
    check_large(folder.path(), &large);
    load_sqlite(folder.path(), &large);
    load_postgres(folder.path(), &large);
}

criterion_group!(benches, national_week);

fn main() {
    // A word on the command line chooses among the benchmarks of the week; the large file is measured without one.
    if std::env::args().skip(1).all(|word| word.starts_with('-')) {
        large_file();
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
