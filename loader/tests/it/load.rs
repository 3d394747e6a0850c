//! Many files into an archive.

use std::fs;
use std::path::{Path, PathBuf};

use loader::{
    Arrival, CommitError, Committed, LoadOptions, LoadOutcome, LoadReport, Verdict, Vocabulary,
    commit, load_files,
};
use store::Store;
use store::domain::CountUnit;
use store::testing::{moment, sqlite};
use tempfile::TempDir;

use crate::builders::{check, sender};

const HEADER: &str = "Mã tỉnh,Ngày,Tổng số,Đã nhập,Đã chuyển,Ghi chú\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, rows) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{HEADER}{rows}\n")).unwrap();
    }
    folder
}

fn load(store: &Store, paths: &[PathBuf]) -> LoadReport {
    let arrival = |_: &Path| Arrival {
        at: moment("2025-09-01T02:00:00Z"),
        sender: sender(),
    };
    let options = LoadOptions {
        vocabulary: Vocabulary::embedded(),
        size_limit: 1_000_000,
        arrival: &arrival,
    };
    let mut seen = Vec::new();
    let report = load_files(store, paths, &options, &mut |progress| {
        seen.push((progress.done, progress.total));
    });
    let report = report.unwrap();
    let total = report.files.len();
    assert_eq!(
        seen,
        (1..=total).map(|done| (done, total)).collect::<Vec<_>>()
    );
    report
}

fn outcomes(report: &LoadReport) -> Vec<(String, &'static str)> {
    let files = report.files.iter();
    files
        .map(|file| {
            let outcome = match file.outcome {
                LoadOutcome::Recorded(_) => "recorded",
                LoadOutcome::Already(_) => "already",
                LoadOutcome::NotRecorded => "not recorded",
            };
            (file.receipt.file.name.clone(), outcome)
        })
        .collect()
}

fn named(expected: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    let expected = expected.iter();
    expected
        .map(|(name, outcome)| ((*name).to_owned(), *outcome))
        .collect()
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let database = sqlite();
    let store = database.store();
    let files = folder(&[
        ("a.csv", "04,08/08/2025,500000,300000,250000,"),
        ("b/2.csv", "04,15/08/2025,500000,-5,250000,"),
        ("b/1.CSV", "11,15/08/2025,500000,300000,240000,"),
        ("b/notes.txt", "not a report"),
    ]);
    let missing = files.path().join("missing.csv");
    let report = load(&store, &[files.path().to_owned(), missing]);
    assert_eq!(
        outcomes(&report),
        named(&[
            ("a.csv", "recorded"),
            ("1.CSV", "recorded"),
            ("2.csv", "not recorded"),
            ("missing.csv", "not recorded"),
        ])
    );
    let series = store
        .series_known_on(CountUnit::Record, moment("2025-09-02T00:00:00Z"))
        .unwrap();
    let units: Vec<String> = series
        .iter()
        .map(|series| series.unit.to_string())
        .collect();
    assert_eq!(units, ["q04", "q11"]);
}

#[test]
fn a_file_that_stands_already_is_not_recorded_again() {
    let database = sqlite();
    let store = database.store();
    let files = folder(&[("a.csv", "04,08/08/2025,500000,300000,250000,")]);
    let paths = [files.path().to_owned()];
    assert_eq!(
        outcomes(&load(&store, &paths)),
        named(&[("a.csv", "recorded")])
    );
    let before = store.latest_moment().unwrap();
    assert_eq!(
        outcomes(&load(&store, &paths)),
        named(&[("a.csv", "already")])
    );
    assert_eq!(store.latest_moment().unwrap(), before);
}

#[test]
fn later_files_are_compared_with_earlier_ones_of_the_same_load() {
    let database = sqlite();
    let store = database.store();
    let files = folder(&[
        ("1.csv", "04,08/08/2025,500000,300000,250000,"),
        ("2.csv", "04,15/08/2025,500000,275000,250000,"),
        ("3.csv", "04,15/08/2025,500000,275000,250000,kiểm kê lại"),
    ]);
    let report = load(&store, &[files.path().to_owned()]);
    assert_eq!(
        outcomes(&report),
        named(&[
            ("1.csv", "recorded"),
            ("2.csv", "not recorded"),
            ("3.csv", "recorded"),
        ])
    );
    let verdicts: Vec<Verdict> = report
        .files
        .iter()
        .map(|file| file.receipt.verdict)
        .collect();
    assert_eq!(
        verdicts,
        [Verdict::Accepted, Verdict::Queries, Verdict::Accepted]
    );
}

#[test]
fn more_files_than_a_chunk_come_in_the_order_of_their_paths() {
    let database = sqlite();
    let store = database.store();
    let files = tempfile::tempdir().unwrap();
    for number in 0..300 {
        let rows = format!("04,15/08/2025,{},300000,250000,\n", 500_000 + number);
        fs::write(
            files.path().join(format!("{number:03}.csv")),
            format!("{HEADER}{rows}"),
        )
        .unwrap();
    }
    let report = load(&store, &[files.path().to_owned()]);
    assert_eq!(report.files.len(), 300);
    assert!(report.files.is_sorted_by(|a, b| a.path < b.path));
    let recorded = |file: &loader::LoadedFile| matches!(file.outcome, LoadOutcome::Recorded(_));
    assert!(report.files.iter().all(recorded));
}

#[test]
fn only_an_accepted_file_is_committed_and_only_once() {
    let database = sqlite();
    let store = database.store();
    let now = moment("2025-09-01T02:00:00Z");
    let rejected = check(&format!("{HEADER}04,08/08/2025,500000,6000000,250000,\n"));
    let refused = commit(&store, &rejected, now);
    assert!(matches!(refused, Err(CommitError::NotAccepted { .. })));
    let accepted = check(&format!("{HEADER}04,08/08/2025,500000,300000,250000,\n"));
    let Committed::Recorded(recorded) = commit(&store, &accepted, now).unwrap() else {
        panic!("recorded");
    };
    let Committed::Already(standing) = commit(&store, &accepted, now).unwrap() else {
        panic!("already");
    };
    assert_eq!(standing.id, recorded.id);
    assert_eq!(standing.submitted_by, "cán bộ");
    assert_eq!(standing.rules_version, loader::RULES_VERSION);
}
