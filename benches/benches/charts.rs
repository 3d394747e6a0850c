//! Charts as pictures 1,920 pixels wide, beside matplotlib drawing the same figures in the same run.
//!
//! Every chart of ours is drawn from its figures and made a PNG; those that have a twin in `compare/charts.py` are drawn by
//! it too, where `python3` knows matplotlib.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use benches::{Demo, loaded_at};
use reports::charts::{ChartFormat, ChartSize};
use reports::illustrate::ChartName;
use server::pages::charts::{Subject, draw};
use server::snapshots::{Shown, Snapshot};
use server::state::State;
use store::domain::Language;

/// The width of a projector.
const WIDTH_PX: u32 = 1920;

/// How often each is drawn; the median counts.
const REPEATED: usize = 15;

/// The charts that matplotlib draws too.
const TWINS: [ChartName; 5] = [
    ChartName::BurnUp,
    ChartName::Ranking,
    ChartName::Tiles,
    ChartName::StageGap,
    ChartName::Throughput,
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let demo = Demo::make();
    let state = State::new(demo.store(), Arc::new(loaded_at));
    let known_on = state.store.latest_moment()?.unwrap_or_default();
    let snapshot = Snapshot::build(&state, (None, known_on), Shown::default(), None)?;
    let folder = tempfile::tempdir()?;
    let mut ours = Vec::new();
    let mut twins = Vec::new();
    for name in ChartName::ALL {
        let look = (Language::Vi, ChartSize::Full);
        let chart = || draw(&state, &snapshot, Subject::national(name), look);
        let mut times = Vec::new();
        for _ in 0..REPEATED {
            let before = Instant::now();
            let picture = chart()?.file(ChartFormat::Png, WIDTH_PX)?;
            times.push(before.elapsed().as_secs_f64() * 1000.0);
            assert!(picture.len() > 1000, "{name:?} is a picture");
        }
        times.sort_by(f64::total_cmp);
        ours.push((
            name.key(),
            times.get(REPEATED / 2).copied().unwrap_or(f64::NAN),
        ));
        if TWINS.contains(&name) {
            let path = folder.path().join(format!("{}.csv", name.key()));
            std::fs::write(&path, chart()?.file(ChartFormat::Csv, WIDTH_PX)?)?;
            twins.push(format!("{}={}", name.key(), path.display()));
        }
    }
    let theirs = matplotlib(&twins)?;
    for (name, own) in ours {
        let beside = theirs.get(name).map(|their| {
            let times = their / own;
            format!("; matplotlib {their:.0} ms: {times:.1} times as fast")
        });
        say(&format!(
            "{name}: {own:.1} ms{}",
            beside.unwrap_or_default()
        ));
    }
    Ok(())
}

/// What matplotlib takes for each chart, in milliseconds; nothing, which is said, where it is not installed.
fn matplotlib(twins: &[String]) -> Result<BTreeMap<String, f64>, std::io::Error> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("compare/charts.py");
    let Ok(said) = Command::new("python3").arg(script).args(twins).output() else {
        say("NOT COMPARED: no python3 here");
        return Ok(BTreeMap::new());
    };
    if !said.status.success() {
        say(&format!(
            "NOT COMPARED: {}",
            String::from_utf8_lossy(&said.stderr)
        ));
    }
    let said = String::from_utf8_lossy(&said.stdout);
    let line = |line: &str| {
        let (name, time) = line.split_once('\t')?;
        Some((name.to_owned(), time.parse().ok()?))
    };
    Ok(said.lines().filter_map(line).collect())
}

#[expect(clippy::print_stdout, reason = "a measurement says what it measured")]
fn say(words: &str) {
    println!("{words}");
}
