//! Figures of the reconciliation ledger: the funnel, rates with their intervals, ageing, and what may be published.

mod ageing;
mod funnel;
mod published;
mod rates;
mod report;
mod wilson;

pub use ageing::{Ageing, Clearance, OwnerStock, ResolutionShare, RunOff};
pub use funnel::{FamilyClean, Funnel, StagesDone};
pub use published::{Cell, LARGEST_SMALL_CELL, publish};
pub use rates::{FieldRate, Outside, Series, SeriesPoint};
pub use report::{FamilyRates, ReconciliationReport, StatementLine, Subject};
pub(crate) use wilson::wilson_of;
pub use wilson::{Interval, wilson};
