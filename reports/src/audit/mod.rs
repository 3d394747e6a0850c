//! The sampling audit of digitization: how many entries are looked at, which ones, and what follows.

mod inspection;
mod plan;
mod sample;

pub use inspection::{Inspection, InspectionLevel};
pub use plan::{Plan, PlanError, Risks, plan};
pub use sample::{rank, sample};
