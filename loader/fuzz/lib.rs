//! What must hold for any file, whatever its bytes are.

use std::sync::Once;

use chrono::NaiveDate;
use loader::output::{receipt_csv, receipt_json, receipt_text};
use loader::{Context, Sender, SourceFile, Verdict, annotated_copy, intake};
use store::domain::Language;

/// A marked copy takes twice the time of everything else, so it is made of one file in so many.
const FILES_A_COPY: usize = 8;

/// Lets panics of the library that reads workbooks pass: the intake catches them and says that the workbook is damaged.
fn let_caught_panics_pass() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        let find = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let is_caught = |place: &std::panic::Location<'_>| place.file().contains("/calamine-");
            if !panic.location().is_some_and(is_caught) {
                find(panic);
            }
        }));
    });
}

/// Checks some bytes as a file, and writes every kind of answer to it.
///
/// # Panics
/// Where the intake does, or where its answer contradicts itself: that is what is looked for.
pub fn check(name: &str, bytes: &[u8]) {
    let_caught_panics_pass();
    let today = NaiveDate::from_ymd_opt(2025, 9, 1).expect("a day");
    let file = SourceFile::new(name, bytes.to_vec());
    let receipt = intake(file, &Context::embedded(today), None, &Sender::default());
    let accepted = receipt.verdict == Verdict::Accepted;
    assert_eq!(receipt.submission().is_some(), accepted);
    assert!(!accepted || receipt.count(loader::Severity::Error) == 0);
    for finding in &receipt.findings {
        assert!(!finding.message.vi.is_empty() && !finding.fix.en.is_empty());
    }
    for language in Language::ALL {
        assert!(!receipt_text(&receipt, language).is_empty());
        assert!(!receipt_csv(&[&receipt], language).is_empty());
        if bytes.len().is_multiple_of(FILES_A_COPY) {
            drop(annotated_copy(bytes, &receipt, language));
        }
    }
    assert!(!receipt_json(&receipt).is_empty());
}
