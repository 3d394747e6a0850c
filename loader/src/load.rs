//! Many files at once: read and checked in parallel, compared with the archive and recorded one after the other.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};
use rayon::prelude::*;
use store::domain::Submission;
use store::{Recorded, Store, StoreError};
use thiserror::Error;

use crate::commit::{CommitError, Committed, commit};
use crate::history::History;
use crate::intake::{Context, Parsed, Sender, judge, parse_path};
use crate::receipt::{Receipt, Verdict};
use crate::vocabulary::Vocabulary;

/// How many files are parsed before they are recorded: enough to keep every processor busy, few enough to keep in memory.
const CHUNK: usize = 256;

/// Viet Nam's offset from UTC in seconds. There has been no summer time since 1975, long before the first figure.
const HO_CHI_MINH_OFFSET: i32 = 7 * 3600;

/// When a file arrives and who sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The moment; its day in `Asia/Ho_Chi_Minh` is "today" for the file.
    pub at: DateTime<Utc>,
    /// Who sends it, and what they say about it.
    pub sender: Sender,
}

/// How files are loaded.
#[derive(Clone, Copy)]
pub struct LoadOptions<'a> {
    /// The reference data, prepared for matching.
    pub vocabulary: &'a Vocabulary<'a>,
    /// The largest file read, in bytes.
    pub size_limit: u64,
    /// When a file arrives and who sends it; asked once for each file, in the order of their paths.
    pub arrival: &'a dyn Fn(&Path) -> Arrival,
}

/// How far a load is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// How many files are dealt with, this one included.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// The file just dealt with.
    pub path: &'a Path,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadOutcome {
    /// It was recorded.
    Recorded(Recorded),
    /// Exactly this file stood already; nothing was written.
    Already(Box<Submission>),
    /// It was not accepted; nothing was written. The receipt says why.
    NotRecorded,
}

/// One file of a load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedFile {
    /// Where it was.
    pub path: PathBuf,
    /// The answer to it, without its bytes.
    pub receipt: Receipt,
    /// What became of it.
    pub outcome: LoadOutcome,
}

/// Every file of a load, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadReport {
    /// The files.
    pub files: Vec<LoadedFile>,
}

/// The archive failed while loading; the files before stand recorded.
#[derive(Debug, Error)]
#[error("loading stopped at {}: {} files were dealt with", path.display(), report.files.len())]
pub struct LoadError {
    /// The file at which it happened; nothing of it was written.
    pub path: PathBuf,
    /// The files before it.
    pub report: LoadReport,
    /// What happened.
    #[source]
    pub source: StoreError,
}

/// Loads files, and the tables in folders and their subfolders by the ends of their names, in the order of their paths.
///
/// Each file is recorded whole or not at all, and a rejected or unreadable one does not stop the others.
///
/// # Errors
/// [`LoadError`] where the archive fails: the files that follow would fail as well.
pub fn load_files(
    store: &Store,
    paths: &[PathBuf],
    options: &LoadOptions<'_>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<LoadReport, Box<LoadError>> {
    let paths = list_files(paths);
    let mut load = Load {
        store,
        options,
        total: paths.len(),
        report: LoadReport::default(),
        progress,
    };
    let mut chunks = paths.chunks(CHUNK);
    let mut ready = chunks
        .next()
        .map(|chunk| parse_chunk(arrivals(chunk, options), options.reading()));
    while let Some(parsed) = ready.take() {
        let next = chunks.next().map(|chunk| arrivals(chunk, options));
        let reading = options.reading();
        // While the files of this chunk are recorded, one after the other, those of the next are read.
        ready = std::thread::scope(|scope| {
            let ahead = next.map(|arrived| scope.spawn(move || parse_chunk(arrived, reading)));
            load.record_all(parsed)?;
            Ok::<_, Box<LoadError>>(
                ahead.map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))),
            )
        })?;
    }
    Ok(load.report)
}

/// A load in progress.
struct Load<'a> {
    store: &'a Store,
    options: &'a LoadOptions<'a>,
    total: usize,
    report: LoadReport,
    progress: &'a mut dyn FnMut(Progress<'_>),
}

impl Load<'_> {
    fn record_all(
        &mut self,
        files: Vec<(&PathBuf, Arrival, Parsed)>,
    ) -> Result<(), Box<LoadError>> {
        for (path, arrival, parsed) in files {
            let reread = || parse_path(path, &self.options.context(arrival.at));
            let (receipt, outcome) = match record(self.store, parsed, &arrival, &reread) {
                Ok(recorded) => recorded,
                Err(source) => {
                    let report = std::mem::take(&mut self.report);
                    return Err(Box::new(LoadError {
                        path: path.clone(),
                        report,
                        source,
                    }));
                }
            };
            self.report.files.push(LoadedFile {
                path: path.clone(),
                receipt,
                outcome,
            });
            (self.progress)(Progress {
                done: self.report.files.len(),
                total: self.total,
                path,
            });
        }
        Ok(())
    }
}

impl<'a> LoadOptions<'a> {
    const fn reading(&self) -> (&'a Vocabulary<'a>, u64) {
        (self.vocabulary, self.size_limit)
    }

    fn context(&self, arrived_at: DateTime<Utc>) -> Context<'a> {
        context(self.reading(), arrived_at)
    }
}

fn context<'a>(
    (vocabulary, size_limit): (&'a Vocabulary<'a>, u64),
    arrived_at: DateTime<Utc>,
) -> Context<'a> {
    Context {
        vocabulary,
        today: day_of(arrived_at),
        size_limit,
    }
}

fn arrivals<'p>(chunk: &'p [PathBuf], options: &LoadOptions<'_>) -> Vec<(&'p PathBuf, Arrival)> {
    chunk
        .iter()
        .map(|path| (path, (options.arrival)(path)))
        .collect()
}

fn parse_chunk<'p>(
    arrived: Vec<(&'p PathBuf, Arrival)>,
    reading: (&Vocabulary<'_>, u64),
) -> Vec<(&'p PathBuf, Arrival, Parsed)> {
    let parse = |(path, arrival): (&'p PathBuf, Arrival)| {
        let parsed = parse_path(path, &context(reading, arrival.at));
        (path, arrival, parsed)
    };
    arrived.into_par_iter().map(parse).collect()
}

fn day_of(moment: DateTime<Utc>) -> chrono::NaiveDate {
    match FixedOffset::east_opt(HO_CHI_MINH_OFFSET) {
        Some(offset) => moment.with_timezone(&offset).date_naive(),
        None => moment.date_naive(),
    }
}

/// Judges and records a file; again where another program recorded something about its units between the two.
fn record(
    store: &Store,
    parsed: Parsed,
    arrival: &Arrival,
    reread: &dyn Fn() -> Parsed,
) -> Result<(Receipt, LoadOutcome), StoreError> {
    let history = History::read(store, &parsed)?;
    let mut receipt = judge(parsed, Some(&history), &arrival.sender);
    let outcome = match commit(store, &receipt, arrival.at) {
        Ok(Committed::Moved) => return record(store, reread(), arrival, reread),
        Ok(Committed::Recorded(recorded)) => LoadOutcome::Recorded(recorded),
        Ok(Committed::Already(submission)) => LoadOutcome::Already(submission),
        Err(CommitError::Store(error)) => return Err(error),
        Err(CommitError::NotAccepted { .. }) => standing(store, &receipt)?,
    };
    drop(receipt.take_submission());
    Ok((receipt, outcome))
}

/// A file that was explained when it was recorded raises the same queries when it comes again; it stands all the same.
fn standing(store: &Store, receipt: &Receipt) -> Result<LoadOutcome, StoreError> {
    let digest = receipt
        .file
        .sha256
        .filter(|_| receipt.verdict == Verdict::Queries);
    let found = match digest {
        Some(digest) => store.find_submission_by_digest(digest)?,
        None => None,
    };
    Ok(found.map_or(LoadOutcome::NotRecorded, |submission| {
        LoadOutcome::Already(Box::new(submission))
    }))
}

/// The files named, and the tables of the folders named, sorted and each once.
fn list_files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            list_folder(path, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    files.sort();
    files.dedup();
    files
}

/// How the names of tables end. A `.txt` is as often a note; "Unicode text" is read when it is named itself.
const ENDS: [&str; 7] = ["csv", "tsv", "xlsx", "xlsm", "xls", "ods", "json"];

/// Whether a file of a folder is taken for a table. `~$` begins the name of the file that Excel keeps beside an open one.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let ends = path.extension().is_some_and(|extension| {
        let mut ends = ENDS.iter();
        ends.any(|end| extension.eq_ignore_ascii_case(end))
    });
    let name = path.file_name().map(|name| name.to_string_lossy());
    ends && name.is_some_and(|name| !name.starts_with(['~', '.']))
}

/// A folder that cannot be opened is listed itself, so that its receipt says so. Links to folders are not followed: they
/// may form a ring.
fn list_folder(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = folder.read_dir() else {
        files.push(folder.to_owned());
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list_folder(&path, files),
            _ if is_table(&path) => files.push(path),
            _ => {}
        }
    }
}
