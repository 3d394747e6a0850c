//! The random errors of the rate: seeded streams, draws, and the part that all units of a path share.
//!
//! No stream depends on another, so neither the number of threads nor the order of the units changes a bit of the result.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use store::domain::Digest;

use super::expert::Expert;
use super::learning::Variance;
use super::number::{real, single};

/// How much of the walk is left after a week.
pub(crate) const PERSISTENCE: f64 = 0.97;
/// The share of both variances that all units have in common. Independent units made the measured national interval far
/// too narrow (46 to 71 % coverage for 80 %), fully common ones too wide.
pub(crate) const COMMON_SHARE: f64 = 0.3;
/// Degrees of freedom of the scale that gives errors their heavy tails.
const TAIL_FREEDOM: f64 = 6.0;
/// Beyond this scale a rate would stray by factors no office can reach; one path in ten thousand is cut by it.
const MOST_SCALE: f64 = 6.0;
/// The part by which neighbouring paths move on through the experts: the golden section fills any quota most evenly.
const GOLDEN_SECTION: f64 = 0.618_033_988_749_894_9;

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

    /// One of several things, each as likely; `None` of none.
    pub(crate) fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(things.len()).ok()?;
        let place = (u128::from(self.0.next_u64()) * u128::from(count)) >> 64;
        things.get(usize::try_from(place).ok()?)
    }

    /// The whole weeks until something happens that has this chance in each; infinite where it has none.
    pub(crate) fn waiting(&mut self, hazard: f64) -> f64 {
        (libm::log(self.uniform()) / libm::log1p(-hazard.clamp(0.0, 0.999))).floor()
    }

    /// The scale √(6/χ²₆) of a path's errors: a chi-squared number with six degrees of freedom is minus twice the
    /// logarithm of the product of three uniform ones.
    fn tail_scale(&mut self) -> f64 {
        let product = self.uniform() * self.uniform() * self.uniform();
        let squared = TAIL_FREEDOM / (-2.0 * libm::log(product)).max(f64::MIN_POSITIVE);
        squared.sqrt().min(MOST_SCALE)
    }

    /// A uniform number above 0 and at most 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        whole((self.0.next_u64() >> 40) + 1) / 16_777_216.0
    }
}

/// The future that all units share: for every path its expert and the common part of its rates.
pub(crate) struct Futures {
    /// The steps of every path.
    pub(crate) steps: usize,
    /// How far the rate strays.
    pub(crate) variance: Variance,
    paths: Vec<CommonPath>,
    rates: Vec<f32>,
}

/// What all units share on one path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommonPath {
    /// Its place among all paths.
    pub(crate) number: u64,
    /// The place of its expert.
    pub(crate) expert: usize,
    /// The scale of every error of the path: its expert's times a common one, whose spread makes the tails heavy.
    pub(crate) scale: f64,
}

impl Futures {
    /// Draws the common part of every path. `working` holds the weight of each step.
    ///
    /// Experts have their share of paths by quota, not by chance.
    pub(crate) fn draw(
        seed: u64,
        paths: usize,
        working: &[f64],
        (experts, weights): (&[Expert], &[f64]),
        variance: Variance,
    ) -> Self {
        let purpose = purpose_of("common");
        let ends: Vec<f64> = weights
            .iter()
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        let one = |path: usize| {
            let number = u64::try_from(path).unwrap_or(u64::MAX);
            let mut stream = Stream::new(seed, purpose, number);
            let place = real(path) * GOLDEN_SECTION;
            let place = (place - place.floor()) * ends.last().copied().unwrap_or(0.0);
            let expert = ends
                .partition_point(|end| *end <= place)
                .min(experts.len().saturating_sub(1));
            let spread = experts
                .get(expert)
                .map_or(1.0, |expert| expert.memory.spread());
            let scale = spread * stream.tail_scale();
            let shared = COMMON_SHARE.sqrt() * scale;
            let lasting = shared * variance.lasting.sqrt() * stream.normal();
            let stride = shared * variance.weekly.sqrt();
            let mut walk = 0.0;
            let rate = |weight: &f64| {
                walk = PERSISTENCE * walk + stride * stream.step();
                single(weight * libm::exp(lasting + walk))
            };
            let rates: Vec<f32> = working.iter().map(rate).collect();
            (
                CommonPath {
                    number,
                    expert,
                    scale,
                },
                rates,
            )
        };
        let drawn: Vec<(CommonPath, Vec<f32>)> = (0..paths).into_par_iter().map(one).collect();
        Self {
            steps: working.len(),
            variance,
            paths: drawn.iter().map(|(path, _)| *path).collect(),
            rates: drawn.into_iter().flat_map(|(_, rates)| rates).collect(),
        }
    }

    /// Every path with its common rates, one a step.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (CommonPath, &[f32])> {
        self.paths
            .iter()
            .copied()
            .zip(self.rates.chunks(self.steps.max(1)))
    }

    /// How many paths there are.
    pub(crate) const fn len(&self) -> usize {
        self.paths.len()
    }
}

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
