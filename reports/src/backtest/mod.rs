//! How good forecasts of a date have been: every method asked at every past origin, and scored by what came.
//!
//! An origin is the end of a week; a method sees the rows up to it and the totals known then, never a later one. A case is a
//! unit, an origin and a threshold of the total that the unit has not reached. The truth is the first moment from which the
//! count never falls below the threshold of the last total again, interpolated between two rows; a case without one is left
//! out. Dates are cut at [`CUT_WEEKS`] before they are scored.

mod baseline;
mod cases;
mod cold;
mod error;
mod measure;
mod ours;
mod panels;
mod run;
mod score;
mod series;

pub use cold::{ColdStart, cold_start};
pub use error::{BacktestError, Expected, SeriesError};
pub use measure::{Coverage, HORIZON_GROUPS, HorizonScores, MethodScores, NationalScores, Watch};
pub use panels::Panels;
pub use run::{Backtest, BacktestOptions, OriginRange, backtest};
pub use score::CUT_WEEKS;
pub use series::{COLUMNS, MOST_WEEKS, Noted, SeriesFile};
