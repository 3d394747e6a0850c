//! Decodes, parses and checks whatever comes; nothing may panic, and each receipt must be whole.

#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use loader::output::{receipt_csv, receipt_json, receipt_text};
use loader::{Context, Sender, SourceFile, Verdict, intake};
use store::domain::Language;

fuzz_target!(|bytes: &[u8]| {
    let Some(today) = NaiveDate::from_ymd_opt(2025, 9, 1) else {
        return;
    };
    let file = SourceFile::new("fuzz", bytes.to_vec());
    let receipt = intake(file, &Context::embedded(today), None, &Sender::default());
    assert_eq!(receipt.submission().is_some(), receipt.verdict == Verdict::Accepted);
    let counted: u64 = receipt.places.values().sum();
    let unlisted: u64 = receipt.unlisted().values().sum();
    assert_eq!(counted, unlisted + u64::try_from(receipt.findings.len()).unwrap_or(u64::MAX));
    for language in Language::ALL {
        assert!(!receipt_text(&receipt, language).is_empty());
        assert!(!receipt_csv(&[&receipt], language).is_empty());
    }
    assert!(receipt_json(&receipt).ends_with('}'));
});
