//! Forecast of completion.
//!
//! A unit's date is the distribution of the day on which simulated weekly work reaches the total. The method is in
//! [`METHOD`]'s file; what was tried and measured is in `README.md` beside it. Every forecast holds "if nothing new is
//! decided": a new policy, a campaign or a stop of the software is not foreseen by any method that was measured.

mod ahead;
mod completion;
mod curve;
mod deadline;
mod digest;
mod expert;
mod exposure;
mod fading;
mod fan;
mod followed;
mod hazard;
mod history;
mod input;
mod lane;
mod law;
mod learning;
mod level;
mod method;
mod national;
mod number;
mod prepared;
mod published;
mod reporter;
mod scenario;
mod scope;
mod shocks;
mod state;
mod stream;
mod tail;
mod track;
mod unit;
mod variance;
mod walk;
mod weights;
mod working;

pub use ahead::{AHEAD_PERCENTS, AHEAD_WEEKS, CountAhead};
pub(crate) use completion::share;
pub use completion::{Cap, Chance, Completion, PERCENTS};
pub use deadline::{DeadlineOutlook, DeadlinePace, required_rate};
pub use exposure::Exposure;
pub use fan::FanPoint;
pub use followed::Followed;
pub use input::{ForecastError, ForecastInput};
pub(crate) use method::{COUNTED, Model, step_weights};
pub use method::{CREDIT, DONE_SHARE, HORIZON, ISSUED_PATHS, METHOD, PATHS, START_HAZARD};
pub use national::{Excluded, LastUnit, MOST_SHARE, NationalForecast};
pub use prepared::{Forecast, Prepared, forecast};
pub use published::{Basis, NEED_PUBLISHED, Published, PublishedNation, StatedCount};
pub use reporter::{NEED_REPORTS, RATE_WEEKS, STANDSTILL};
pub use scenario::{Change, Scenario};

pub use state::State;
pub(crate) use stream::{Stream, purpose_of};
pub use track::Report;
pub(crate) use track::Subject;
pub use unit::{StageDate, UnitForecast};
pub(crate) use working::WorkingWeeks;
