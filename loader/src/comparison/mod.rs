//! Compares records that are already paired with the national population database, field by field, and counts what it finds.
//!
//! Pairs go in, counts come out, and a worklist of pointers where one is asked for. No value of a record leaves this module:
//! not in a count, not in the worklist, not in an error. How each field is judged is the rule set, whose definition is the
//! conformance file `data/reconciliation/vn-1.csv`. Finding the pairs is deliberately not here.

mod block;
mod cells;
mod class;
mod columns;
mod dates;
mod document;
mod duplicates;
mod letters;
mod lunar;
mod memo;
mod names;
mod numbers;
mod places;
mod problem;
mod row;
mod rule_set;
mod run;
mod sex;
mod syllable;
mod tally;
mod worklist;

pub use class::{Class, Difference, Field};
pub use document::{counts_csv, counts_json};
pub use problem::{PairProblem, PairsError};
pub use rule_set::{CONFORMANCE, RULE_SET, RuleSet, judge_field};
pub use run::{Comparison, RunFacts, compare_pairs};
pub use tally::{BatchKey, OPEN_YEARS, Tally};
