//! Rules of the reconciliation form: the invariants of the ledger as findings, and nothing that is about a single person.

mod breaches;
mod ledger;
pub(crate) mod personal;

pub(crate) use breaches::check_entry;
pub(crate) use ledger::check_ledger;
pub use personal::has_long_number;
