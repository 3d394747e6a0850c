//! Comparing pairs: three million of them under the rule set, against exact comparison after NFC of the same file with one
//! reader of the csv crate, in the same run.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement prints what it found and stops where it cannot be made"
)]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use benches::write_pairs;
use loader::comparison::{RunFacts, compare_pairs};
use store::domain::{ReconciliationStage, RecordType, UnitId, Week};
use unicode_normalization::UnicodeNormalization as _;

/// The records of an average province.
const PAIRS: u32 = 3_000_000;

/// Each time is the shortest of as many runs, for other programs run on the machine.
const RUNS: usize = 3;

/// The first column of the fields that both sides hold.
const FIRST_FIELD: usize = 2;

fn facts() -> RunFacts {
    let day = Week::parse("2026-W47").expect("a week").last_day();
    RunFacts {
        province: UnitId::parse("q66"),
        record_type: Some(RecordType::Birth),
        week: Week::parse("2026-W47").expect("a week"),
        stage: ReconciliationStage::BeforeApproval,
        hotich_as_of: day,
        dancu_as_of: day,
    }
}

/// The rule set over the file, worklist included: how many pairs are not the same.
fn by_rules(file: &Path) -> u64 {
    let pairs = File::open(file).expect("the file");
    let mut worklist = std::io::sink();
    let compared = compare_pairs(pairs, &facts(), Some(&mut worklist)).expect("counts");
    assert!(compared.rows == u64::from(PAIRS), "{}", compared.rows);
    let same = |outcomes: [u64; 6]| outcomes.first().copied().unwrap_or(0);
    let equal: u64 = compared
        .batches
        .values()
        .map(|tally| same(tally.outcomes))
        .sum();
    compared.rows - equal
}

/// What a script would do: how many pairs have a field whose text is not the same in NFC.
fn exactly(file: &Path) -> u64 {
    let mut reader = csv::Reader::from_path(file).expect("the file");
    let mut row = csv::StringRecord::new();
    let mut unequal = 0;
    while reader.read_record(&mut row).expect("a row") {
        let cells: Vec<String> = row
            .iter()
            .skip(FIRST_FIELD)
            .map(|cell| cell.nfc().collect())
            .collect();
        unequal += u64::from(cells.chunks(2).any(|pair| pair.first() != pair.last()));
    }
    unequal
}

fn shortest(run: impl Fn() -> u64) -> (Duration, u64) {
    let once = |_| {
        let began = Instant::now();
        let count = run();
        (began.elapsed(), count)
    };
    (0..RUNS).map(once).min().expect("a run")
}

fn say(what: &str, (time, unequal): (Duration, u64)) {
    let seconds = time.as_secs_f64();
    let speed = f64::from(PAIRS) / seconds;
    println!("{what:<44} {seconds:>7.2} s  {speed:>9.0} pairs/s  {unequal} not the same");
}

/// The most memory that this process has held, as Linux counts it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.unwrap_or(" not known here").trim().to_owned()
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pairs.csv");
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    write_pairs(PAIRS, &mut file).expect("rows");
    file.flush().expect("rows");
    let bytes = std::fs::metadata(&path).expect("a file").len();
    println!("a file of {PAIRS} pairs, {bytes} bytes");

    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads");
        shortest(|| pool.install(|| by_rules(&path)))
    };
    let two = on(2);
    say("the rule set on two threads", two);
    println!("peak memory of that: {}", peak_memory());
    let one = on(1);
    say("the rule set on one thread", one);
    let exact = shortest(|| exactly(&path));
    say("exact comparison after NFC, one thread", exact);
    let ratio = |ours: Duration| exact.0.as_secs_f64() / ours.as_secs_f64();
    println!(
        "ratio {:.2} on one thread, {:.2} on two",
        ratio(one.0),
        ratio(two.0)
    );
}
