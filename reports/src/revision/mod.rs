//! Why the date moved between two issued forecasts.
//!
//! The engine is run again along one path from what was known then to what is known now, each time with one thing more
//! replaced, all on the random numbers of the newer forecast. What the median moves at a step is the part of that thing, so
//! that the parts add up to the whole by construction, whatever the engine does:
//!
//! | Step | What is replaced | Part |
//! |---|---|---|
//! | 0 | nothing: the old data, week, holidays and totals | remainder |
//! | 1 | figures of weeks that were known and have been restated or withdrawn since | [`Part::Corrections`] |
//! | 2 | the week looked at, the holidays; the weeks between go as the old data's median had them go | [`Part::Calendar`] |
//! | 3 | the counts at the end of it become the reported ones, at the old pace | [`Part::Work`] |
//! | 4 | the reports of the weeks between, and with them the pace | [`Part::Pace`] |
//! | 5 | the totals | [`Part::Scope`] |
//!
//! The remainder is what lies between the old document and step 0, and between step 5 and the new document. Where both
//! documents are of the method of this program it is nothing but the other random numbers ([`Part::Draw`]), some days at
//! most; else it is what the method changed ([`Part::Method`]), because an old method cannot be run again.
//!
//! The order is fixed: first what was wrong about the past, then what had to pass, then what the new reports say, from the
//! sum to the pace, last what is to be done at all. A mean over all orders (Shapley 1953) would need 120 runs in place of
//! six, and steps 3 and 4 have a meaning after step 2 only. Splitting a revision along a path of replaced data is the
//! "news" of nowcasting (Bańbura and Modugno 2014, Journal of Applied Econometrics 29).
//!
//! A deadline is in none of the steps: moving it cannot move a date, and its part of the date is zero by construction
//! ([`Part::Deadline`]). What it does to the chance is told apart ([`ChanceMoved`]).

mod path;
mod replay;

pub use replay::{ChanceMoved, Moved, Part, Revision, RevisionInput, Side};
