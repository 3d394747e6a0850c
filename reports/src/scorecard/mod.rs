//! The scorecard: issued forecasts against what is known now.
//!
//! Two kinds of statements are scored for every unit and the nation. The count so many weeks ahead comes due in that week
//! and is scored where it was reported. The date of completion comes due when the end of its interval has passed: scored
//! earlier, only units that were fast would be in it. The chance of a deadline comes due when the deadline has passed.
//! What is not due is counted and not guessed. A count that was corrected since is scored by the correction, because that
//! is what is known.
//!
//! - Coverage: the share of intervals of 50, 80 and 90 % that held the truth, ends included.
//! - Error in weeks: when the count really reached the median that was said for a week, less that week; of a date, the day
//!   it was done less the median day. Above 0 the work came later than was said. Not reached yet: the weeks so far, which
//!   is the least it can be. Its median over statements is the bias; the median of its size is the usual error.
//! - Brier score: the mean square of chance less outcome (Brier 1950, Monthly Weather Review 78); 0 is best, and 0.25 is
//!   what "fifty-fifty" always gets. Chances are those shown, cut to 0.05 … 0.95.
//!
//! Forecasts of the same data and method in several views are one forecast.

mod case;
mod coverage;
mod summary;
mod truth;

pub use case::{CountCase, Late, Outcome};
pub use coverage::{Coverage, Verdict};
pub use summary::{Ahead, DeadlineScore, ErrorScore, Record, Score, Scorecard, ScoredForecast};
