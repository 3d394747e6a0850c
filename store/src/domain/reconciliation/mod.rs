//! Comparison with the national population database, recorded as counts that add up. Never a personal record.

mod audit;
mod batch;
mod breach;
mod cases;
mod comparable;
mod entry;
mod invariants;
mod ledger;
mod rule_set;
mod statement;
mod words;

pub use audit::{AuditDecision, AuditLot, AuditPlan, AuditResult, AuditSeed, FrozenLot};
pub use batch::{
    Duplicates, FieldCounts, Outcomes, PersonalNumbers, ReconciliationBatch, Run, RunKey, Worklist,
    subjects_per_record,
};
pub use breach::{Breach, Weight};
pub use cases::{CaseAccount, CaseMove};
pub use comparable::{Comparability, sum_outcomes};
pub use entry::ReconciliationEntry;
pub use invariants::{
    CasesBefore, LedgerBefore, WorkDone, check_audit, check_batch, check_cases, check_in_ledger,
    check_snapshots, check_statement,
};
pub use ledger::{Kept, LedgerFilter, ReconciliationLedger};
pub use rule_set::RuleSet;
pub use statement::{Exchange, SyncStatement};
pub use words::{
    AuditBasis, Direction, DuplicateKind, Explained, Field, FieldClass, Method, Move, Outcome,
    Owner, ReconciliationStage, Resolution,
};
