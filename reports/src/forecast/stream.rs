//! Seeded streams of random numbers.
//!
//! No stream depends on another, so neither the number of threads nor the order of the units changes a bit of the result.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use store::domain::Digest;

/// A stream of random numbers for one purpose, one unit and one path.
pub(crate) struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of a path; `purpose` tells units from one another and from the common part.
    pub(crate) fn new(seed: u64, purpose: u64, path: u64) -> Self {
        let mixed = split_mix(unit_key(seed, purpose) ^ path);
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

    /// A uniform number above 0 and at most 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        whole((self.0.next_u64() >> 40) + 1) / 16_777_216.0
    }
}

/// The number that stands for one purpose under one seed.
pub(crate) const fn unit_key(seed: u64, purpose: u64) -> u64 {
    split_mix(split_mix(seed) ^ purpose)
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
pub(crate) const fn split_mix(number: u64) -> u64 {
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
