//! Why the date moved between two issued forecasts.
//!
//! The engine is run again on what was known then and what is known now, one thing replaced at a time and all on the random
//! numbers of the newer forecast. With `v` for the median of a run:
//!
//! | Run | On what | Part |
//! |---|---|---|
//! | `v0` | the old data, week, holidays and totals | remainder: `v0` less the old document |
//! | `v1` | figures of weeks that were known restated or withdrawn as they have been since | [`Part::Corrections`]: `v1 − v0` |
//! | `v2` | the holidays known now | [`Part::Calendar`]: `v2 − v1` |
//! | `v3` | the paths of `v2`, each unit by so many days later as it needed longer than their median to get where it is | [`Part::Work`]: `v3 − v2` |
//! | `v4` | the reports of the weeks between, at the week looked at now | |
//! | `v5` | the totals known now | remainder: the new document less `v5` |
//! | `v6` | the totals known now on the data of `v2` | [`Part::Scope`]: the mean of `v5 − v4` and `v6 − v2` |
//!
//! [`Part::Pace`] is what is left of `v5 − v2`: what the reports of the weeks between say of all weeks to come. So the parts add
//! up to the whole by construction. The remainder is nothing but the other random numbers ([`Part::Draw`]), some days at most,
//! where both documents are of the method of this program; else it is what the method changed ([`Part::Method`]), because an
//! old method cannot be run again.
//!
//! Scope is the mean over both orders in which it can be told apart from the reports (Shapley 1953, "A value for n-person
//! games"). Work is the time by which a unit is ahead or behind, and needs no order: an earlier version ran the engine on
//! reports that went as expected, and learnt from weeks that nobody had reported; its parts were many times the whole and
//! cancelled out. A unit formed since has no expectation, and its work is told as pace. Splitting a revision along a path of
//! replaced data is the "news" of nowcasting (Bańbura and Modugno 2014, Journal of Applied Econometrics 29).
//!
//! The last unit of the nation is often done after the horizon of one of the two, and then nothing can be told of it in days. So
//! the day on which 95 % of the national total is done is split in the same way ([`Revision::most`]): it is a day of the sum, has no
//! such end, and a delayed unit is behind in it by its counts.
//!
//! Published figures that stand in for reports go the same way: those known then as they are known now, then the new ones by the
//! totals of then, then the totals. Where reports take their place, all of it is pace: they count by other rules.
//!
//! A deadline is in none of the steps: moving it cannot move a date, and its part of the date is zero by construction
//! ([`Part::Deadline`]). What it does to the chance is told apart ([`ChanceMoved`]).

mod chance;
mod path;
mod replay;

pub use chance::ChanceMoved;
pub use replay::{Moved, Part, Revision, RevisionInput, Side};
