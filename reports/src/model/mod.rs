//! Every figure of a page or a report pack, computed once.
//!
//! Pages, charts and files print what stands here and compute nothing, so that no figure has two values.

mod change;
mod digest;
mod effect;
mod group;
mod headline;
mod input;
mod national;
mod province;
mod weekly;

pub use change::Change;
pub use effect::{Effect, ShareChange, share_of};
pub use group::Group;
pub use headline::{StageHeadline, shown_stages};
pub use input::ReportInput;
pub use national::{NationalReport, UnitRow};
pub use province::ProvinceReport;
pub use weekly::{StagePoint, WeekPoint};
