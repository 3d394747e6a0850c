//! The demonstration as measurements need it: its files in memory or in a folder, and a database made of them.

#![expect(
    clippy::expect_used,
    reason = "a measurement that cannot be made must stop"
)]

mod communes;
mod pairs;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use loader::{Answers, Arrival, DEFAULT_SIZE_LIMIT, LoadOptions, LoadOutcome, Sender, Vocabulary};
use server::demo::{DemoFile, demo_files};
use store::Store;
use store::domain::{CountUnit, Panel, Reference, UnitSeries, Week};
use tempfile::TempDir;

pub use communes::{COMMUNES, commune_files};
pub use pairs::write_pairs;

/// The week whose files are loaded in measurements: an ordinary one in the last year.
pub const MEASURED_WEEK: &str = "2025-W20";

/// The largest file that is measured, in bytes.
pub const LARGEST_FILE: u64 = 1 << 30;

/// A database made of the demonstration's counts, removed with it.
pub struct Demo {
    folder: TempDir,
}

impl Demo {
    /// Loads the counts of all weeks before the measured one, through the intake.
    ///
    /// # Panics
    /// Where the demonstration cannot be made.
    #[must_use]
    pub fn make() -> Self {
        let demo = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        let files = files(|week| week < measured_week());
        let paths = write(&files, &demo.folder.path().join("before"));
        load(&demo.store(), &paths);
        demo
    }

    /// The archive.
    ///
    /// # Panics
    /// Where it cannot be opened.
    #[must_use]
    pub fn store(&self) -> Store {
        open(&self.folder.path().join("demo.sqlite"))
    }

    /// Where it is, as the command line takes it.
    #[must_use]
    pub fn address(&self) -> String {
        self.folder.path().join("demo.sqlite").display().to_string()
    }

    /// Another archive with the same content.
    ///
    /// # Panics
    /// Where it cannot be copied.
    #[must_use]
    pub fn copy(&self, number: usize) -> Store {
        let copy = self.folder.path().join(format!("copy-{number}.sqlite"));
        std::fs::copy(self.folder.path().join("demo.sqlite"), &copy).expect("a copy");
        open(&copy)
    }

    /// The files of the measured week, written into a folder.
    #[must_use]
    pub fn measured_files(&self) -> Vec<PathBuf> {
        let files = files(|week| week == measured_week());
        write(&files, &self.folder.path().join("measured"))
    }
}

fn open(path: &Path) -> Store {
    Store::open(&path.display().to_string()).expect("the archive opens")
}

fn measured_week() -> Week {
    Week::parse(MEASURED_WEEK).expect("a week")
}

/// The counts files of some weeks, corrections left out: one file a province and week.
fn files(wanted: impl Fn(Week) -> bool) -> Vec<DemoFile> {
    let week_of = |file: &DemoFile| {
        let mut parts = file.path.split('/');
        (parts.next() == Some("counts"))
            .then(|| parts.next().and_then(Week::parse))
            .flatten()
    };
    let all = demo_files(Reference::embedded()).into_iter();
    all.filter(|file| week_of(file).is_some_and(&wanted))
        .collect()
}

fn write(files: &[DemoFile], folder: &Path) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).expect("a folder");
    let one = |(number, file): (usize, &DemoFile)| {
        let name = file.path.replace('/', "-");
        let path = folder.join(format!("{number:05}-{name}"));
        std::fs::write(&path, &file.bytes).expect("a file");
        path
    };
    files.iter().enumerate().map(one).collect()
}

/// Loads files as the command line does; every one is explained, so that none waits for an answer.
///
/// # Panics
/// Where a file is not recorded.
pub fn load(store: &Store, paths: &[PathBuf]) {
    let arrival = |_: &Path| Arrival {
        at: loaded_at(),
        sender: Sender {
            submitted_by: "bench".to_owned(),
            synthetic: true,
            answers: Answers::to_all(Some("bench".to_owned())),
        },
    };
    let options = LoadOptions {
        vocabulary: Vocabulary::embedded(),
        size_limit: DEFAULT_SIZE_LIMIT.max(LARGEST_FILE),
        arrival: &arrival,
    };
    let report =
        loader::load_files(store, paths, &options, &mut |_| ()).expect("the archive answers");
    assert!(
        report
            .files
            .iter()
            .all(|file| file.outcome != LoadOutcome::NotRecorded),
        "a file was refused"
    );
}

/// A moment after all weeks of the demonstration.
#[must_use]
pub fn loaded_at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_751_500_000, 0).unwrap_or_default()
}

/// The series of all provinces.
///
/// # Panics
/// Where the archive does not answer.
#[must_use]
pub fn series(store: &Store) -> Vec<UnitSeries> {
    let known_on = store
        .latest_moment()
        .expect("the archive answers")
        .unwrap_or_default();
    store
        .series_known_on(CountUnit::Record, known_on)
        .expect("the archive answers")
}

/// The panel of all provinces.
#[must_use]
pub fn panel(store: &Store) -> Panel<'static> {
    Panel::new(&Reference::embedded().units, series(store))
}
