//! The random errors of the rate: the part that all units of a path share, and a table of own parts that units draw from.

use rayon::prelude::*;

use super::expert::{Expert, SPREADS};
use super::number::{real, single, whole};
use super::stream::{Stream, purpose_of, split_mix};
use super::tail::tail_scales;
use super::variance::Variance;

/// How much of the walk is left after a block: 0.97 a week.
const PERSISTENCE: f64 = 0.97 * 0.97 * 0.97 * 0.97;
/// The weeks for which an error of the rate stays the same.
pub(crate) const BLOCK: usize = 4;
/// The weekly variances that a walk gains over a block, less what it forgets on the way.
const BLOCK_VARIANCE: f64 = 3.6;
/// The own walks at hand for each scale. A unit takes one of them at random on every path, so that two units have the same
/// one on one path in so many; a power of two.
const OWN_WALKS: u64 = 256;
/// The parts by which neighbouring paths move on through experts, scales and growths of the total: powers of the root of
/// `x⁴ = x + 1` fill any quota of triples most evenly (Roberts 2018, "The unreasonable effectiveness of quasirandom
/// sequences").
const STRIDES: [f64; 3] = [
    0.819_172_513_396_164_4,
    0.671_043_606_703_789_3,
    0.549_700_477_901_970_3,
];

/// The random future of a panel: for every path what all units share, and the own walks that they draw from.
pub(crate) struct Futures {
    /// The working time of each step of every path.
    working: Vec<f64>,
    /// The law and the place of the spread of each expert.
    experts: Vec<(usize, usize)>,
    paths: Vec<CommonPath>,
    tails: usize,
    /// The common factors of the rate, by path, spread and block.
    common: Vec<f32>,
    /// The factors of the own walks, by spread, tail, walk and block.
    own: Vec<f32>,
}

/// What all units share on one path. Places are from 0 to 1 and spread evenly over all paths.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommonPath {
    /// Its place among all paths.
    pub(crate) number: usize,
    /// Its place in every unit's list of experts by weight.
    pub(crate) expert: f64,
    /// Its place among the growths of the totals.
    pub(crate) growth: f64,
    /// The place of the scale of all its errors.
    tail: usize,
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
        experts: &[Expert],
        variance: Variance,
    ) -> Self {
        let tails = tail_scales();
        let blocks = working.len().div_ceil(BLOCK);
        let one = |number: usize| {
            let [expert, tail, growth] =
                STRIDES.map(|stride| fraction((real(number) + 0.5) * stride));
            CommonPath {
                number,
                expert,
                growth,
                tail: whole(tail * real(tails.len())),
            }
        };
        let paths: Vec<CommonPath> = (0..paths).map(one).collect();
        let draw = |name: &'static str, share: f64| {
            let purpose = purpose_of(name);
            move |place: usize, tail: f64| {
                let number = u64::try_from(place).unwrap_or(u64::MAX);
                let stream = Stream::new(seed, purpose, number);
                walk(stream, tail * share.sqrt(), variance, blocks)
            }
        };
        let (shared, alone) = (
            draw("common", variance.common),
            draw("own", 1.0 - variance.common),
        );
        let scale = |tail: usize| tails.get(tail).copied().unwrap_or(1.0);
        let common = paths.par_iter().flat_map_iter(|path| {
            let errors = shared(path.number, scale(path.tail));
            SPREADS
                .into_iter()
                .flat_map(move |spread| factors(&errors, spread))
        });
        let own_walks = usize::try_from(OWN_WALKS).unwrap_or(0);
        let walks: Vec<(f64, usize)> = SPREADS
            .into_iter()
            .flat_map(|spread| (0..tails.len() * own_walks).map(move |place| (spread, place)))
            .collect();
        let own = walks.par_iter().flat_map_iter(|(spread, place)| {
            factors(&alone(*place, scale(place / own_walks)), *spread)
        });
        Self {
            working: working.to_vec(),
            experts: experts
                .iter()
                .map(|expert| (expert.law, expert.memory.spread()))
                .collect(),
            tails: tails.len(),
            common: common.collect(),
            own: own.collect(),
            paths,
        }
    }

    /// The paths in order.
    pub(crate) fn paths(&self) -> &[CommonPath] {
        &self.paths
    }

    /// The law and the spread of an expert.
    pub(crate) fn expert(&self, place: usize) -> (usize, usize) {
        self.experts.get(place).copied().unwrap_or_default()
    }

    /// The common factors of a path and the own ones of the unit that the key stands for, one a block.
    pub(crate) fn factors(&self, path: &CommonPath, spread: usize, key: u64) -> (&[f32], &[f32]) {
        let blocks = self.working.len().div_ceil(BLOCK);
        let cut = |all: &'_ [f32], place: usize| -> std::ops::Range<usize> {
            let first = place.saturating_mul(blocks).min(all.len());
            first..(first + blocks).min(all.len())
        };
        let number = u64::try_from(path.number).unwrap_or(u64::MAX);
        let drawn = usize::try_from(split_mix(key ^ number) % OWN_WALKS).unwrap_or(0);
        let walks = usize::try_from(OWN_WALKS).unwrap_or(0);
        let own = (spread * self.tails + path.tail) * walks + drawn;
        let common = path.number * SPREADS.len() + spread;
        (
            self.common
                .get(cut(&self.common, common))
                .unwrap_or_default(),
            self.own.get(cut(&self.own, own)).unwrap_or_default(),
        )
    }

    /// The working time of each step of every path.
    pub(crate) fn working(&self) -> &[f64] {
        &self.working
    }
}

/// The errors of the logarithm of the rate, by block: one that stays and a walk.
fn walk(mut stream: Stream, scale: f64, variance: Variance, blocks: usize) -> Vec<f64> {
    let lasting = scale * variance.lasting.sqrt() * stream.normal();
    let stride = scale * (variance.weekly * BLOCK_VARIANCE).sqrt();
    let mut walked = 0.0;
    let one = |_| {
        walked = PERSISTENCE * walked + stride * stream.step();
        lasting + walked
    };
    (0..blocks).map(one).collect()
}

fn factors(errors: &[f64], spread: f64) -> Vec<f32> {
    errors
        .iter()
        .map(|error| single(libm::exp(spread * error)))
        .collect()
}

fn fraction(number: f64) -> f64 {
    number - number.floor()
}
