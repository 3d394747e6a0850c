//! Files, senders and contexts with every default but what a test is about.

use std::path::PathBuf;

use chrono::NaiveDate;
use loader::{Context, History, Receipt, Sender, SourceFile, intake};
use store::domain::{Content, CountRow};

/// "Today" of every test that does not say otherwise.
pub(crate) fn today() -> NaiveDate {
    day("2025-09-01")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn context() -> Context<'static> {
    Context::embedded(today())
}

pub(crate) fn sender() -> Sender {
    Sender {
        submitted_by: "cán bộ".to_owned(),
        ..Sender::default()
    }
}

/// The receipt of a text given as a file, without history.
pub(crate) fn check(text: &str) -> Receipt {
    check_with(text, None)
}

pub(crate) fn check_with(text: &str, history: Option<&History>) -> Receipt {
    let file = SourceFile::new("test.csv", text.as_bytes().to_vec());
    intake(file, &context(), history, &sender())
}

/// The rows of an accepted counts file.
pub(crate) fn counts(receipt: &Receipt) -> &[CountRow] {
    match receipt.submission().map(|submission| &submission.content) {
        Some(Content::Counts(rows)) => rows,
        other => panic!("{other:?}\n{:#?}", receipt.findings),
    }
}

/// Each finding as rule, line and column.
pub(crate) fn places(receipt: &Receipt) -> Vec<(&str, Option<u64>, Option<u64>)> {
    let findings = receipt.findings.iter();
    findings
        .map(|finding| (finding.rule.key(), finding.line, finding.column))
        .collect()
}

pub(crate) fn data_folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../data"))
}
