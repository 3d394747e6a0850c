//! Forecast of completion.
//!
//! A unit's date is the distribution of the day on which simulated weekly work reaches the total. The method is in
//! [`baseline`](METHOD): one method per file, so that a later one stands beside it. Every forecast holds "if nothing new is
//! decided": a new policy, a campaign or a stop of the software is not foreseen by any method that was measured.

mod baseline;
mod completion;
mod deadline;
mod digest;
mod exposure;
mod fan;
mod history;
mod input;
mod law;
mod level;
mod national;
mod reporter;
mod run;
mod shocks;
mod state;
mod unit;

pub use baseline::{CREDIT, DONE_SHARE, HORIZON, METHOD, PATHS};
pub use completion::{Cap, Chance, Completion, PERCENTS};
pub use deadline::{DeadlineOutlook, DeadlinePace, required_rate};
pub use exposure::Exposure;
pub use fan::FanPoint;
pub use input::{ForecastError, ForecastInput};
pub use national::{Excluded, LastUnit, MOST_SHARE, NationalForecast};
pub use reporter::{NEED_REPORTS, RATE_WEEKS, STANDSTILL};
pub use run::{Forecast, forecast};
pub use state::State;
pub use unit::UnitForecast;
