//! Each file in `data/fixtures` has a receipt beside it that was read and found right by a person.
//!
//! A new case is two new files: write the first, run the test, and read what it wrote into the second.

use std::fs;
use std::path::{Path, PathBuf};

use loader::output::receipt_text;
use loader::{Context, SourceFile, Verdict, intake};
use store::domain::Language;

use crate::builders::{context, counts, data_folder, day, sender};

fn fixtures() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for form in ["counts", "reconciliation", "published"] {
        let folder = data_folder().join("fixtures").join(form);
        let entries = folder.read_dir().unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let is_input = |path: &PathBuf| path.extension().is_some_and(|end| end != "txt");
        files.extend(paths.filter(is_input));
    }
    files.sort();
    files
}

fn read(path: &Path) -> loader::Receipt {
    let name = path.file_name().unwrap().to_string_lossy();
    let file = SourceFile::new(&name, fs::read(path).unwrap());
    intake(file, &context(), None, &sender())
}

#[test]
fn every_fixture_has_the_receipt_beside_it() {
    let mut wrong = Vec::new();
    let fixtures = fixtures();
    for path in &fixtures {
        let receipt = read(path);
        let text = Language::ALL.map(|language| receipt_text(&receipt, language));
        let text = text.join("\n----\n\n");
        let expected = path.with_extension("findings.txt");
        match fs::read_to_string(&expected) {
            Ok(expected) if expected == text => {}
            Ok(expected) => {
                let at = expected.lines().zip(text.lines()).position(|(a, b)| a != b);
                let line = at.and_then(|at| text.lines().nth(at));
                wrong.push(format!("{}: now {line:?}", path.display()));
            }
            Err(_) => {
                fs::write(&expected, text).unwrap();
                wrong.push(format!("{}: written now, read it", expected.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fixtures.len() >= 30, "{}", fixtures.len());
}

#[test]
fn names_of_fixtures_keep_their_promise() {
    for path in fixtures() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let receipt = read(&path);
        if name.starts_with("accepted") {
            assert_eq!(receipt.verdict, Verdict::Accepted, "{name}");
        }
        if name.starts_with("rejected") {
            assert_eq!(receipt.verdict, Verdict::Rejected, "{name}");
        }
        assert_eq!(
            receipt.submission().is_some(),
            receipt.verdict == Verdict::Accepted
        );
    }
}

#[test]
fn code_15_is_yen_bai_in_june_and_lao_cai_in_july() {
    for (name, unit) in [
        ("code-15-in-june-2025", "p15"),
        ("code-15-in-july-2025", "q15"),
    ] {
        let path = data_folder().join(format!("fixtures/counts/{name}.csv"));
        let receipt = read(&path);
        let units: Vec<String> = counts(&receipt)
            .iter()
            .map(|row| row.unit.to_string())
            .collect();
        assert_eq!(units, [unit]);
    }
}

#[test]
fn the_published_figures_of_the_project_are_accepted() {
    let path = data_folder().join("published/figures.csv");
    let file = SourceFile::new("figures.csv", fs::read(path).unwrap());
    let later = Context::embedded(day("2026-11-21"));
    let receipt = intake(file, &later, None, &sender());
    assert_eq!(receipt.verdict, Verdict::Accepted);
    assert_eq!(receipt.file.rows, 110);
    assert!(receipt.findings.is_empty(), "{:#?}", receipt.findings);
}
