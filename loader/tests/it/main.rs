//! Tests of the intake as its users see it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

mod annotated;
mod builders;
mod comparison;
mod fixtures;
mod hidden;
mod history;
mod hostile_workbooks;
mod labelled;
mod libreoffice;
mod load;
mod outputs;
mod plausibility;
mod reconciliation;
mod robustness;
mod simulation;
mod templates;
mod workbooks;
mod written;
