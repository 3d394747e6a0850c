//! The rules, one function each, in families.

pub(crate) mod change;
pub(crate) mod checks;
pub(crate) mod headers;
pub(crate) mod reconciliation;
pub(crate) mod sameness;
pub(crate) mod stage_order;
pub(crate) mod structure;
pub(crate) mod sums;
pub(crate) mod units;
pub(crate) mod values;
pub(crate) mod words;
