//! The random errors of the rate: seeded streams, draws, and the part that all units of a path share.
//!
//! No stream depends on another, so neither the number of threads nor the order of the units changes a bit of the result.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use store::domain::Digest;

use super::baseline::{PATHS, STEPS};

/// Variance of the persistent error of a unit's log rate: how far the coming mean rate strays from the recent one.
///
/// The reference class of public programmes gives 0.15 where the laws are weighed by their past errors; with the fixed
/// weights of this method 0.25 was needed for the 80 % interval to hold 79 % of outcomes on the development programmes.
pub(crate) const LEVEL_VARIANCE: f64 = 0.25;
/// Variance added to the log rate's random walk each week; 0.015 in the reference class, raised for the same reason.
pub(crate) const WALK_VARIANCE: f64 = 0.02;
/// How much of the walk is left after a week.
pub(crate) const WALK_PERSISTENCE: f64 = 0.97;
/// The share of both variances that all units have in common. Independent units made the measured national interval far
/// too narrow (46 to 71 % coverage for 80 %), fully common ones too wide.
pub(crate) const COMMON_SHARE: f64 = 0.3;
/// Degrees of freedom of the scale that gives errors their heavy tails.
const TAIL_FREEDOM: f64 = 6.0;

/// A stream of random numbers for one purpose, one unit and one path.
pub(crate) struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of a path; `purpose` tells units from one another and from the common part.
    pub(crate) fn new(seed: u64, purpose: u64, path: u64) -> Self {
        let mixed = split_mix(split_mix(split_mix(seed) ^ purpose) ^ path);
        Self(Xoshiro256PlusPlus::seed_from_u64(mixed))
    }

    /// A draw of mean 0 and variance 1: four 16-bit uniform numbers of one 64-bit word, added.
    ///
    /// Weekly steps add up, so their sum is normal whatever the shape of one; heavy tails come from the path's scale.
    pub(crate) fn step(&mut self) -> f64 {
        // Four times the variance (2³² − 1) / 12 of a whole number below 2¹⁶, and four times its mean.
        const DEVIATION: f64 = 37_837.227_237_206_48;
        const MEAN: f64 = 131_070.0;
        let word = self.0.next_u64();
        let sum = (word & 0xFFFF) + (word >> 16 & 0xFFFF) + (word >> 32 & 0xFFFF) + (word >> 48);
        (whole(sum) - MEAN) / DEVIATION
    }

    /// A draw that is normal to within plotting accuracy: the sum of sixteen uniform numbers, scaled.
    pub(crate) fn normal(&mut self) -> f64 {
        (self.step() + self.step() + self.step() + self.step()) / 2.0
    }

    /// A uniform number above 0 and at most 1.
    fn uniform(&mut self) -> f64 {
        whole((self.0.next_u64() >> 40) + 1) / 16_777_216.0
    }
}

/// What all units share on one path.
#[derive(Clone, Debug)]
pub(crate) struct CommonPath {
    /// The scale of every error of the path; its spread makes the tails heavy.
    pub(crate) scale: f64,
    /// The common part of the persistent error, before scaling.
    pub(crate) level: f64,
    /// The common part of each week's step, before scaling.
    pub(crate) steps: Vec<f64>,
}

/// The common part of every path.
pub(crate) fn common_paths(seed: u64) -> Vec<CommonPath> {
    let purpose = purpose_of("common");
    let path = |path| {
        let mut stream = Stream::new(seed, purpose, path);
        // A chi-squared number with six degrees of freedom is minus twice the log of three uniform numbers' product.
        let product = stream.uniform() * stream.uniform() * stream.uniform();
        let scale = (TAIL_FREEDOM / (-2.0 * libm::log(product)).max(f64::MIN_POSITIVE)).sqrt();
        let level = stream.normal();
        let steps = (0..STEPS).map(|_| stream.step()).collect();
        CommonPath {
            scale: scale.min(MOST_SCALE),
            level,
            steps,
        }
    };
    (0..PATHS).map(path).collect()
}

/// Beyond this scale a rate would stray by factors no office can reach; one path in ten thousand is cut by it.
const MOST_SCALE: f64 = 6.0;

/// The number that stands for a name in a stream's seed.
pub(crate) fn purpose_of(name: &str) -> u64 {
    seed_of(&Digest::of(name.as_bytes()))
}

/// The first eight bytes of a digest as a number.
pub(crate) fn seed_of(digest: &Digest) -> u64 {
    digest
        .as_bytes()
        .iter()
        .take(8)
        .fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

/// Steele, Lea and Flood's `SplitMix64` finalizer: neighbouring numbers become unrelated ones.
const fn split_mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// A whole number below 2⁵³ as a real one, exactly.
#[expect(
    clippy::cast_precision_loss,
    reason = "callers pass numbers of at most 24 bits"
)]
const fn whole(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_and_variance(draws: &[f64]) -> (f64, f64) {
        let count = whole(u64::try_from(draws.len()).unwrap());
        let mean = draws.iter().sum::<f64>() / count;
        (
            mean,
            draws
                .iter()
                .map(|draw| (draw - mean) * (draw - mean))
                .sum::<f64>()
                / count,
        )
    }

    #[test]
    fn draws_have_mean_zero_and_variance_one() {
        let mut stream = Stream::new(1, 2, 3);
        let steps: Vec<f64> = (0..40_000).map(|_| stream.step()).collect();
        let normals: Vec<f64> = (0..40_000).map(|_| stream.normal()).collect();
        for draws in [steps, normals] {
            let (mean, variance) = mean_and_variance(&draws);
            assert!(
                mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03,
                "{mean} {variance}"
            );
        }
    }

    #[test]
    fn split_mix_gives_its_published_first_number() {
        assert_eq!(split_mix(0), 0xE220_A839_7B1D_CDAF);
    }

    #[test]
    fn a_stream_depends_on_seed_purpose_and_path() {
        let first = |seed, purpose, path| Stream::new(seed, purpose, path).0.next_u64();
        let streams = [
            first(1, 2, 3),
            first(2, 2, 3),
            first(1, 3, 3),
            first(1, 2, 4),
            first(2, 1, 3),
        ];
        for (place, stream) in streams.iter().enumerate() {
            assert!(!streams[..place].contains(stream), "{streams:?}");
        }
        assert_eq!(first(1, 2, 3), streams[0]);
    }
}
