//! The 24 invariants of the ledger, each by its number (reconciliation.md 6.4).
//!
//! | Where | Invariants |
//! |---|---|
//! | here and in SQL | 1, 2, 3, 4, 5 (a field's contradictions), 9, 10, 15, 16 (the future), 21, 22, 23, 24 |
//! | here alone: sums over rows, other weeks, other files | 5 (all fields), 6, 7, 8, 11, 12, 13, 14, 16 (the gap), 17, 18, 20 |
//! | [`super::sum_outcomes`] | 19 |

mod audit;
mod batch;
mod cases;
mod ledger;
mod snapshots;
mod statement;
#[cfg(test)]
mod tests;

pub use audit::check_audit;
pub use batch::check_batch;
pub use cases::{CasesBefore, check_cases};
pub use ledger::{LedgerBefore, WorkDone, check_in_ledger};
pub use snapshots::check_snapshots;
pub use statement::check_statement;
