//! The experts: every way of reading the history that is kept alive, with its prior weight.
//!
//! The priors and all other constants of the method are in the table of `README.md` in this folder, with what else was tried.

/// Where an expert takes a unit's own level from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Memory {
    /// A mean of weekly rates in which the newest week weighs this much. It fades into the slope of the whole history.
    Recent(f64),
    /// The slope of the whole history from the start, each report weighed by the square of the law's slope there: to first order the
    /// least-squares fit of the law's curve to the shares.
    Whole,
}

/// One way of reading the history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Expert {
    /// Its place in [`super::law::laws`].
    pub(crate) law: usize,
    /// Where it takes a unit's own level from.
    pub(crate) memory: Memory,
    /// The weeks of the panel's level that are mixed into a unit's own.
    pub(crate) pooled_weeks: f64,
    /// Its weight before anything was learnt; all of them add up to 1.
    pub(crate) prior: f64,
}

const RAMP_PRIOR: [f64; 3] = [0.04, 0.12, 0.84];
const SLOWDOWN_PRIOR: [f64; 5] = [0.09, 0.24, 0.50, 0.13, 0.04];
/// The memories with their priors.
pub(crate) const MEMORIES: [(Memory, f64); 3] = [
    (Memory::Recent(0.3), 0.425),
    (Memory::Recent(0.7), 0.425),
    (Memory::Whole, 0.15),
];
/// How strongly units lean on one another, with the priors: nearly alone, much, and almost wholly.
pub(crate) const POOLS: [(f64, f64); 3] = [(0.5, 0.05), (20.0, 0.38), (200.0, 0.57)];

/// The scales of the errors of the rate: that of a rate that begins with the last weeks', and of the slope of a whole history, which strays less.
pub(crate) const SPREADS: [f64; 2] = [0.8, 0.45];

impl Memory {
    /// The weeks of a unit's own history that its level stands for: the mean age of a smoothed rate, never above twelve.
    pub(crate) fn own_weeks(self) -> f64 {
        match self {
            Self::Recent(newest) => (2.0 / newest - 1.0).min(12.0),
            Self::Whole => 12.0,
        }
    }

    /// The place of the scale of its errors in [`SPREADS`].
    pub(crate) const fn spread(self) -> usize {
        match self {
            Self::Recent(_) => 0,
            Self::Whole => 1,
        }
    }
}

/// All experts: pools within memories within laws, laws in their order.
pub(crate) fn experts() -> Vec<Expert> {
    let laws = RAMP_PRIOR
        .into_iter()
        .flat_map(|ramp| SLOWDOWN_PRIOR.map(|slowdown| ramp * slowdown));
    let of_law = |(law, law_prior): (usize, f64)| {
        MEMORIES.into_iter().flat_map(move |(memory, own)| {
            POOLS.map(|(pooled_weeks, pooled)| Expert {
                law,
                memory,
                pooled_weeks,
                prior: law_prior * own * pooled,
            })
        })
    };
    laws.enumerate().flat_map(of_law).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::law::{RAMPS, SLOWDOWNS};

    #[test]
    fn priors_add_up_to_one_and_every_law_has_its_experts() {
        let experts = experts();
        assert_eq!(
            experts.len(),
            RAMPS.len() * SLOWDOWNS.len() * MEMORIES.len() * POOLS.len()
        );
        assert!((experts.iter().map(|expert| expert.prior).sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
