//! Any bytes as a text file: decoding, rows, rules, receipts.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("fuzz.csv", bytes));
