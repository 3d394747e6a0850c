//! The random errors of the rate: the part that all units of a path share, and a table of own parts that units draw from.

use rayon::prelude::*;

use super::expert::Expert;
use super::learning::Variance;
use super::number::{real, single, whole};
use super::stream::{Stream, purpose_of, split_mix};
use super::tail::tail_scales;

/// How much of the walk is left after a week.
const PERSISTENCE: f64 = 0.97;
/// The share of both variances that all units have in common. Independent units made the measured national interval far
/// too narrow (46 to 71 % coverage for 80 %), fully common ones too wide.
const COMMON_SHARE: f64 = 0.3;
/// The weeks for which a unit's own error of the rate stays the same; the common one moves every week.
pub(crate) const BLOCK: usize = 4;
/// The weekly variances that a walk gains over a block, less what it forgets on the way.
const BLOCK_VARIANCE: f64 = 3.6;
/// The own walks at hand for each scale. A unit takes one of them at random on every path, so that two units have the same
/// one on one path in so many; a power of two.
const OWN_WALKS: u64 = 256;
/// The part by which neighbouring paths move on through experts and scales: powers of the inverse of the plastic number
/// fill any quota of pairs most evenly (Roberts 2018, "The unreasonable effectiveness of quasirandom sequences").
const EXPERT_STRIDE: f64 = 0.754_877_666_246_692_8;
const SCALE_STRIDE: f64 = 0.569_840_290_998_053_3;

/// The random future of a panel: for every path what all units share, and the own walks that they draw from.
pub(crate) struct Futures {
    /// The steps of every path.
    steps: usize,
    paths: Vec<CommonPath>,
    /// The common part of the rates, by path and step.
    rates: Vec<f32>,
    /// The factors of the own walks, by scale, walk and block.
    own: Vec<f32>,
}

/// What all units share on one path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommonPath {
    /// Its place among all paths.
    pub(crate) number: u64,
    /// The place of its expert.
    pub(crate) expert: usize,
    /// The place of the scale of all its errors.
    scale: u64,
}

impl Futures {
    /// Draws the common part of every path and the own walks. `working` holds the weight of each step.
    ///
    /// Experts and scales have their share of paths by quota, not by chance. The scale of a path is its expert's spread
    /// times a common one, whose spread makes the tails heavy.
    pub(crate) fn draw(
        seed: u64,
        paths: usize,
        working: &[f64],
        (experts, weights): (&[Expert], &[f64]),
        variance: Variance,
    ) -> Self {
        let mut spreads: Vec<f64> = experts
            .iter()
            .map(|expert| expert.memory.spread())
            .collect();
        spreads.sort_unstable_by(f64::total_cmp);
        spreads.dedup();
        let tails = tail_scales();
        let scales: Vec<f64> = spreads
            .iter()
            .flat_map(|spread| tails.iter().map(move |tail| spread * tail))
            .collect();
        let spread_of = |expert: usize| {
            let spread = experts
                .get(expert)
                .map_or(1.0, |expert| expert.memory.spread());
            spreads.partition_point(|other| *other < spread)
        };
        let ends: Vec<f64> = weights
            .iter()
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        let one = |path: usize| {
            let place = fraction(real(path) * EXPERT_STRIDE) * ends.last().copied().unwrap_or(0.0);
            let expert = ends.partition_point(|end| *end <= place);
            let expert = expert.min(experts.len().saturating_sub(1));
            let tail = whole(fraction(real(path) * SCALE_STRIDE) * real(tails.len()));
            CommonPath {
                number: u64::try_from(path).unwrap_or(u64::MAX),
                expert,
                scale: u64::try_from(spread_of(expert) * tails.len() + tail).unwrap_or(0),
            }
        };
        let paths: Vec<CommonPath> = (0..paths).map(one).collect();
        let scale_of = |path: &CommonPath| {
            let place = usize::try_from(path.scale).ok();
            place
                .and_then(|place| scales.get(place))
                .copied()
                .unwrap_or(1.0)
        };
        let rates = paths.par_iter().flat_map_iter(|path| {
            let scale = COMMON_SHARE.sqrt() * scale_of(path);
            let stream = Stream::new(seed, purpose_of("common"), path.number);
            let mut walk = Walk::new(stream, scale, variance, PERSISTENCE);
            working
                .iter()
                .map(move |weight| single(weight * walk.factor()))
        });
        Self {
            steps: working.len(),
            rates: rates.collect(),
            own: own_walks(seed, &scales, variance, working.len().div_ceil(BLOCK)),
            paths,
        }
    }

    /// Every path with its common rates, one a step, and the own factors of the unit that the key stands for, one a block.
    pub(crate) fn paths(&self, key: u64) -> impl Iterator<Item = (CommonPath, &[f32], &[f32])> {
        let blocks = self.steps.div_ceil(BLOCK);
        let own = move |path: &CommonPath| {
            let drawn = split_mix(key ^ path.number) % OWN_WALKS;
            let walk = usize::try_from(path.scale * OWN_WALKS + drawn).unwrap_or(usize::MAX);
            let first = walk.saturating_mul(blocks);
            let own = self.own.get(first..first.saturating_add(blocks));
            own.unwrap_or_default()
        };
        self.paths
            .iter()
            .zip(self.rates.chunks(self.steps.max(1)))
            .map(move |(path, rates)| (*path, rates, own(path)))
    }

    /// How many paths there are.
    pub(crate) const fn len(&self) -> usize {
        self.paths.len()
    }

    /// The steps of every path.
    pub(crate) const fn steps(&self) -> usize {
        self.steps
    }
}

/// The factors of all own walks, by scale, walk and block.
fn own_walks(seed: u64, scales: &[f64], variance: Variance, blocks: usize) -> Vec<f32> {
    let variance = Variance {
        weekly: variance.weekly * BLOCK_VARIANCE,
        ..variance
    };
    let keep = PERSISTENCE * PERSISTENCE * PERSISTENCE * PERSISTENCE;
    let walks = scales
        .iter()
        .flat_map(|scale| (0..OWN_WALKS).map(move |_| *scale));
    let walks: Vec<(u64, f64)> = (0..).zip(walks).collect();
    let factors = walks.par_iter().flat_map_iter(|(place, scale)| {
        let stream = Stream::new(seed, purpose_of("own"), *place);
        let scale = (1.0 - COMMON_SHARE).sqrt() * scale;
        let mut walk = Walk::new(stream, scale, variance, keep);
        (0..blocks).map(move |_| single(walk.factor()))
    });
    factors.collect()
}

/// One walk of the logarithm of the rate.
struct Walk {
    stream: Stream,
    lasting: f64,
    stride: f64,
    keep: f64,
    walked: f64,
}

impl Walk {
    fn new(mut stream: Stream, scale: f64, variance: Variance, keep: f64) -> Self {
        Self {
            lasting: scale * variance.lasting.sqrt() * stream.normal(),
            stride: scale * variance.weekly.sqrt(),
            stream,
            keep,
            walked: 0.0,
        }
    }

    /// The factor on the rate after one more stride.
    fn factor(&mut self) -> f64 {
        self.walked = self.keep * self.walked + self.stride * self.stream.step();
        libm::exp(self.lasting + self.walked)
    }
}

fn fraction(number: f64) -> f64 {
    number - number.floor()
}
