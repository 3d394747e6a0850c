//! How the rate of work depends on the share already done.

/// A rate law: the rate is a level times `f^δ · (1−f)^γ`, where `f` is the share done.
///
/// Powers are kept in halves, so that square roots and products are all the arithmetic there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RateLaw {
    /// Twice δ, from 0 to 2: how much work gathers pace while little is done.
    ramp_halves: u8,
    /// Twice γ, from 0 to 2: how much work slows while little is left.
    slow_halves: u8,
}

/// The number of laws kept alive.
pub(crate) const LAW_COUNT: usize = 4;

/// The laws that paths follow: a steady rate, and three that gather pace at first and slow at the end.
///
/// Which one a programme follows is not known before it is well under way, so each keeps a share of the paths. Measured on
/// public vaccination programmes and a software migration: leaving the start-up out nearly doubled the error of the date, and
/// every law alone gave an interval far too narrow (ARCHITECTURE.md, forecast). The steady rate is kept for programmes
/// that are bound by staff, as ours may be.
pub(crate) const LAWS: [RateLaw; LAW_COUNT] = [
    RateLaw {
        ramp_halves: 0,
        slow_halves: 0,
    },
    RateLaw {
        ramp_halves: 1,
        slow_halves: 1,
    },
    RateLaw {
        ramp_halves: 2,
        slow_halves: 1,
    },
    RateLaw {
        ramp_halves: 2,
        slow_halves: 2,
    },
];

/// The law of each path in turn: tenths of the paths, by quota instead of by chance.
pub(crate) const LAW_OF_PATH: [usize; 10] = [0, 1, 2, 3, 1, 2, 0, 2, 1, 3];

/// Below this share the start-up law would stand still for ever.
const LEAST_DONE: f64 = 0.003;
/// Below this remaining share the slowing laws would never arrive.
const LEAST_LEFT: f64 = 0.02;

impl RateLaw {
    /// The factor that the law puts on the level at a share done, from 0 to 1; above 0 and at most 1.
    ///
    /// One square root at most, and square roots are exact to the last bit on every machine.
    pub(crate) fn factor(self, share: f64) -> f64 {
        let done = share.max(LEAST_DONE);
        let left = (1.0 - share).max(LEAST_LEFT);
        let (whole_done, root_done) = parts(done, self.ramp_halves);
        let (whole_left, root_left) = parts(left, self.slow_halves);
        let root = root_done * root_left;
        whole_done * whole_left * root.sqrt()
    }
}

/// A base to the power of halves, as a whole power and what stays under the root.
fn parts(base: f64, halves: u8) -> (f64, f64) {
    match halves {
        0 => (1.0, 1.0),
        1 => (1.0, base),
        _ => (base, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_law_bends_the_rate_its_own_way() {
        let cases = [
            (0.36, [1.0, 0.48, 0.36 * 0.8, 0.36 * 0.64]),
            (0.0, [1.0, 0.003_f64.sqrt(), 0.003, 0.003]),
            (1.0, [1.0, 0.02_f64.sqrt(), 0.02_f64.sqrt(), 0.02]),
        ];
        for (share, factors) in cases {
            for (law, factor) in LAWS.into_iter().zip(factors) {
                assert!(
                    (law.factor(share) - factor).abs() < 1e-12,
                    "{law:?} at {share}"
                );
            }
        }
    }

    #[test]
    fn every_law_has_its_quota_of_paths() {
        let quota = |law| LAW_OF_PATH.iter().filter(|given| **given == law).count();
        assert_eq!([0, 1, 2, 3].map(quota), [2, 3, 3, 2]);
    }
}
