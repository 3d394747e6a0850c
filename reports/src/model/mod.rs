//! Every figure of a page or a report pack, computed once.
//!
//! Pages, charts and files print what stands here and compute nothing, so that no figure has two values.

mod bottleneck;
mod change;
mod change_list;
mod digest;
mod effect;
mod group;
mod headline;
mod input;
mod lateness;
mod meeting;
mod national;
mod need;
mod province;
mod series;
mod totals;
mod weekly;
mod what_if;

pub use bottleneck::{Bottleneck, Queue, RATE_WEEKS, Wait};
pub use change::Change;
pub use change_list::{ChangeFilter, ChangeKind, ChangeList, ChangeOrder, ChangeRow};
pub use effect::{Effect, ShareChange, share_of};
pub use group::Group;
pub use headline::{StageHeadline, shown_stages};
pub use input::ReportInput;
pub use lateness::{Arrival, DAYS_ALLOWED, Latecomer, Lateness, Told, lateness};
pub(crate) use lateness::{Calendar, recent_weeks};
pub use meeting::{ChangeParts, MeetingChange, NationalChange, change_since, national_change};
pub use national::{NationalReport, UnitRow};
pub use need::{Need, most_in_need};
pub use province::ProvinceReport;
pub use series::{weekly_changes, weekly_shares};
pub use totals::{TotalStep, total_history};
pub use weekly::{StagePoint, WeekPoint};
pub use what_if::{Compared, TeamEffect, WhatIf};
