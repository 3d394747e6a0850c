//! Made-up weekly files of the 63 provinces, for the demonstration and for tests.
//!
//! Everything here is **synthetic**. The national sums follow the published figures in `data/published/`, a few provinces
//! follow theirs, and all the rest is drawn from a fixed seed: the same program makes the same bytes on every machine.

mod accounts;
mod allocation;
mod annotate;
mod audits;
mod comparison;
mod counts_form;
mod cut;
mod deadline;
mod generator;
mod habit;
mod history;
mod open_cases;
mod pace;
mod parts;
mod random;
mod reconciliation;
mod scenario;
mod schedule;
mod sheet;
mod spelling;
mod split;
#[cfg(test)]
mod tests;

pub(crate) use accounts::{DEMO_PASSWORD, DEMO_SENDER, make_demo_accounts};
pub(crate) use audits::record_lots;
pub use deadline::{DemoDeadline, demo_deadlines, demo_issue_days};
pub use generator::{DemoFile, demo_files};
pub use reconciliation::demo_rule_sets;
