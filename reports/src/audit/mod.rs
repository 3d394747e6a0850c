//! The sampling audit of digitization: how many entries are looked at, which ones, and what follows.

mod inspection;
mod plan;
mod report;
mod results;
mod sample;

pub use inspection::{Inspection, InspectionLevel};
pub use plan::{Plan, PlanError, Risks, plan};
pub use report::{AuditReport, AuditedLot, ContractorHistory, LotState};
pub use results::{Found, ResultsError, read_results, sample_sheet};
pub use sample::{rank, sample};
