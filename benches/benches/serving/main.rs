//! Load and faults against the real server: readers, the Friday rush, killed processes, a full disk, a database that goes.
//!
//! `cargo build --release && cargo bench -p benches --bench serving -- readers` runs one part; without a word all of them run.
//! The figures are printed as rows of README's table.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement prints what it found and stops where it cannot be made"
)]

mod client;
mod faults;
mod program;
mod readers;
mod rush;

use program::{EMPTY_PAGE, serve_empty_page};

/// A part of the measurement and its name.
type Part = (&'static str, fn());

const PARTS: [Part; 6] = [
    ("readers", readers::measure),
    ("rush", rush::measure),
    ("kill", faults::kill),
    ("full", faults::full_disk),
    ("gone", faults::database_gone),
    ("start", readers::start),
];

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    if words.iter().any(|word| word == EMPTY_PAGE) {
        return serve_empty_page();
    }
    for (name, measure) in PARTS {
        if words.is_empty() || words.iter().any(|word| word == name) {
            println!("== {name}");
            measure();
        }
    }
}

/// A row of README's table.
fn row(what: &str, measured: &str, budget: &str) {
    println!("| {what} | {measured} | {budget} |");
}
