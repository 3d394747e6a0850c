//! The rules, one function each, in families.

pub(crate) mod change;
pub(crate) mod checks;
pub(crate) mod date_order;
pub(crate) mod error_cells;
pub(crate) mod grouping;
pub(crate) mod headers;
pub(crate) mod inhabitants;
pub(crate) mod jumps;
pub(crate) mod known;
pub(crate) mod line_runs;
pub(crate) mod other_unit;
pub(crate) mod reconciliation;
pub(crate) mod repeats;
pub(crate) mod round_numbers;
pub(crate) mod sameness;
pub(crate) mod stage_order;
pub(crate) mod structure;
pub(crate) mod sums;
pub(crate) mod together;
pub(crate) mod total_rows;
pub(crate) mod units;
pub(crate) mod values;
pub(crate) mod words;
