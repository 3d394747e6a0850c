//! The one source of chance: xoshiro256++ from a fixed seed, drawn as whole numbers only, so that no machine rounds
//! differently.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// The seed of the demonstration. Another seed makes another nation.
const SEED: u64 = 0x5348_5448_5F44_454D;

/// What is drawn: each purpose has its own stream, so that a change in one does not shift the others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    /// How many records a province holds, and when its surveys find more.
    Totals,
    /// How fast it works week by week.
    Pace,
    /// Which stages and parts it reports.
    Shape,
    /// How its officer's file looks.
    Habit,
    /// When its files are sent.
    Schedule,
    /// What its comparisons with the population database give.
    Reconciliation,
}

/// A stream of draws.
#[derive(Debug)]
pub(super) struct Draw(Xoshiro256PlusPlus);

impl Draw {
    /// The stream of one purpose and one owner, such as the number of a province.
    pub(super) fn new(stream: Stream, owner: u64) -> Self {
        let stream = match stream {
            Stream::Totals => 1,
            Stream::Pace => 2,
            Stream::Shape => 3,
            Stream::Habit => 4,
            Stream::Schedule => 5,
            Stream::Reconciliation => 6,
        };
        Self(Xoshiro256PlusPlus::seed_from_u64(
            SEED ^ (stream << 32) ^ owner,
        ))
    }

    /// A whole number from `low` to `high`, both included; `low` where the range is empty.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0);
        let scaled = (u128::from(self.0.next_u64()) * (u128::from(width) + 1)) >> 64;
        low.saturating_add(i64::try_from(scaled).unwrap_or(0))
    }

    /// A place in a list of `length`; 0 for an empty list.
    pub(super) fn place(&mut self, length: usize) -> usize {
        let last = i64::try_from(length).unwrap_or(i64::MAX).saturating_sub(1);
        usize::try_from(self.between(0, last.max(0))).unwrap_or(0)
    }

    /// One of a list.
    pub(super) fn pick<T: Copy, const N: usize>(&mut self, list: [T; N]) -> T {
        const { assert!(N > 0, "nothing to pick from") };
        list[self.place(N)]
    }

    /// True in `permille` of 1000 cases.
    pub(super) fn happens(&mut self, permille: i64) -> bool {
        self.between(0, 999) < permille
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_the_same_every_time_and_unlike_the_others() {
        let first = |stream, owner| Draw::new(stream, owner).between(0, 999_999);
        assert_eq!(first(Stream::Pace, 7), first(Stream::Pace, 7));
        assert_ne!(first(Stream::Pace, 7), first(Stream::Pace, 8));
        assert_ne!(first(Stream::Pace, 7), first(Stream::Habit, 7));
    }

    #[test]
    fn draws_stay_in_their_range_and_reach_both_ends() {
        let mut draw = Draw::new(Stream::Totals, 0);
        let drawn: Vec<i64> = (0..200).map(|_| draw.between(3, 6)).collect();
        assert_eq!(drawn.iter().min(), Some(&3));
        assert_eq!(drawn.iter().max(), Some(&6));
        assert_eq!(draw.between(5, 5), 5);
        assert!(!draw.happens(0));
        assert!(draw.happens(1000));
    }
}
