//! `sohoa load --watch`: takes the files that are dropped into a folder, by SFTP for instance.
//!
//! A file that has stopped changing is renamed into `taking/`, loaded from there, and renamed into `done/` or, with its
//! receipt beside it, into `refused/`. Whatever moment the program is killed at, the file is in exactly one of them: what is
//! left in `taking/` is loaded at the next start, and a file that was recorded already is found by its digest.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use loader::{LoadOptions, LoadOutcome, LoadedFile, is_table, load_files, output};
use signal_hook::consts::{SIGINT, SIGTERM};
use store::Store;
use store::domain::Language;

use super::load::file_words;
use super::outcome::{Outcome, print};

/// How often the folder is looked at.
const PAUSE: Duration = Duration::from_millis(500);

/// How many looks in a row must find a file unchanged, three seconds: a transfer that pauses longer should write under a
/// name that begins with a dot and rename the file at its end.
const QUIET_LOOKS: u32 = 6;

/// The size and the time of the last change, and how many looks found them so.
type Seen = BTreeMap<PathBuf, (u64, SystemTime, u32)>;

/// The folders that files go through.
struct Folders {
    inbox: PathBuf,
    taking: PathBuf,
    done: PathBuf,
    refused: PathBuf,
}

impl Folders {
    fn make(inbox: &Path) -> anyhow::Result<Self> {
        let folders = Self {
            inbox: inbox.to_owned(),
            taking: inbox.join("taking"),
            done: inbox.join("done"),
            refused: inbox.join("refused"),
        };
        for folder in [&folders.taking, &folders.done, &folders.refused] {
            fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        }
        Ok(folders)
    }
}

/// Watches a folder until the program is told to stop; a file that is being loaded then is loaded to its end.
pub(super) fn run(
    store: &Store,
    inbox: &Path,
    options: &LoadOptions<'_>,
    language: Language,
) -> anyhow::Result<Outcome> {
    let folders = Folders::make(inbox)?;
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    let mut seen = Seen::new();
    while !stop.load(Ordering::Relaxed) {
        for path in tables_in(&folders.taking)? {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            deal_with(store, &path, &folders, (options, language))?;
        }
        take_quiet_files(&folders, &mut seen)?;
        sleep(PAUSE);
    }
    Ok(Outcome::Done)
}

/// The tables that lie in a folder itself, in the order of their names.
fn tables_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut tables = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if is_table(&path) && path.is_file() {
            tables.push(path);
        }
    }
    tables.sort();
    Ok(tables)
}

/// Takes every file that did not change for a while.
fn take_quiet_files(folders: &Folders, seen: &mut Seen) -> anyhow::Result<()> {
    let mut now = Seen::new();
    for path in tables_in(&folders.inbox)? {
        // A file that is gone again was renamed by its sender.
        let Ok(facts) = fs::metadata(&path) else {
            continue;
        };
        let (size, changed) = (facts.len(), facts.modified()?);
        let looks = match seen.get(&path) {
            Some((before, then, looks)) if (*before, *then) == (size, changed) => looks + 1,
            _ => 0,
        };
        if looks < QUIET_LOOKS {
            now.insert(path, (size, changed, looks));
        } else if let Some(name) = path.file_name() {
            fs::rename(&path, folders.taking.join(name))
                .with_context(|| format!("taking {}", path.display()))?;
        }
    }
    *seen = now;
    Ok(())
}

/// Loads one taken file and puts it where it belongs; where the database does not answer it is tried again later.
fn deal_with(
    store: &Store,
    path: &Path,
    folders: &Folders,
    (options, language): (&LoadOptions<'_>, Language),
) -> anyhow::Result<()> {
    let report = match load_files(store, &[path.to_owned()], options, &mut |_| ()) {
        Ok(report) => report,
        Err(stopped) => {
            let source = anyhow::Error::new(stopped.source);
            tracing::warn!("{} waits: {source:#}", path.display());
            return Ok(());
        }
    };
    for file in &report.files {
        put_away(file, folders).with_context(|| format!("putting {} away", file.path.display()))?;
        print(file_words(file, language).as_bytes())?;
    }
    Ok(())
}

/// A recorded file is named by its number, another by the beginning of its digest, so that none takes the place of another.
fn put_away(file: &LoadedFile, folders: &Folders) -> io::Result<()> {
    let name = &file.receipt.file.name;
    let there = match &file.outcome {
        LoadOutcome::Recorded(recorded) => folders.done.join(format!("{}-{name}", recorded.id)),
        LoadOutcome::Already(submission) => folders.done.join(format!("{}-{name}", submission.id)),
        LoadOutcome::NotRecorded => {
            let digest = file.receipt.file.sha256;
            let digest = digest.map_or_else(|| "unread".to_owned(), |sha256| sha256.short());
            let there = folders.refused.join(format!("{digest}-{name}"));
            write_receipt(file, &there)?;
            there
        }
    };
    fs::rename(&file.path, there)
}

/// The receipt in both languages beside a refused file, whole before the file itself is there.
fn write_receipt(file: &LoadedFile, refused: &Path) -> io::Result<()> {
    let mut path = refused.as_os_str().to_owned();
    path.push(".txt");
    let mut receipt = fs::File::create(&path)?;
    for language in [Language::Vi, Language::En] {
        receipt.write_all(output::receipt_text(&file.receipt, language).as_bytes())?;
        receipt.write_all(b"\n")?;
    }
    receipt.sync_all()
}
