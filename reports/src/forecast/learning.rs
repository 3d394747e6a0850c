//! What past forecasts of the panel teach: which experts to believe, and how far the rate strays.
//!
//! Every expert is asked at every past week how long the work of the next weeks would take; the answer is compared with what
//! was then reported. Nothing after the origin is looked at.

use super::curve::likelihoods;
use super::expert::{Expert, MEMORIES, POOLS};
use super::fading::{Level, left_over};
use super::law::laws;
use super::level::Levels;
use super::number::real;
use super::track::Track;
use super::variance::{Variance, variance};
use super::weights::{by_own_curve, by_panel_curve, ends, own_weights, weigh};
use rayon::prelude::*;

/// The weeks ahead at which past forecasts are judged.
pub(crate) const HORIZONS: [usize; 6] = [2, 4, 8, 13, 26, 52];
/// The place of the first of them at which a unit's own record is kept: over a shorter time work comes in lumps.
const OWN_FROM: usize = 3;
/// The place of the one that counts for a unit's own record alone: few panels have more than one such stretch.
const LONGEST: usize = 5;
/// How much a judged week weighs less for each week that it is older.
const DISCOUNT: f64 = 0.97;
/// The reports of a unit before its forecasts are judged.
const WARM_UP: usize = 2;
/// A unit above this share has too little left to tell experts apart.
const MOST_SHARE: f64 = 0.97;
/// Errors of the logarithm of the rate are cut here: a week of nothing is no infinite error.
const MOST_ERROR: f64 = 2.5;
/// A forecast that took this many times too short is as wrong as one can be.
const MOST_LOSS: f64 = 3.0;
/// The share of the mean past error of the logarithm that is taken back. Rates revert: where forecasts were too high because
/// work came in lumps or stalled, most of what was lost came later.
const REVERSION: f64 = 0.3;
/// The weeks of history at which half of that is believed.
const REVERSION_WEEKS: f64 = 12.0;

/// The most past forecasts that each expert is judged by, times horizons: in a large panel each unit is asked every so many
/// weeks only.
const MOST_JUDGED: usize = 80_000;

/// What was learnt.
#[derive(Clone, Debug)]
pub(crate) struct Learnt {
    /// By unit, the sum of the weights of each expert and those before it; the last is 1.
    pub(crate) ends: Vec<Vec<f64>>,
    /// The level of each unit by expert.
    pub(crate) levels: Vec<Vec<Level>>,
    /// The mean level of all units at work by expert: the rates of the others, for one that has none of its own.
    pub(crate) others: Vec<Level>,
    /// How far the log rate strays.
    pub(crate) variance: Variance,
}

/// A weighted mean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    pub(crate) fn add(&mut self, value: f64, weight: f64) {
        self.sum += weight * value;
        self.weight += weight;
    }

    /// Adds the mean product of two errors of those that were seen together, weighing as many as there are.
    fn join(&mut self, all: Together, weight: f64) {
        if all.count >= 2.0 {
            let pairs = all.count * (all.count - 1.0);
            self.add(
                (all.sum * all.sum - all.squares) / pairs,
                weight * all.count,
            );
        }
    }

    pub(crate) fn value(self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }
}

/// The errors of several units in one week.
#[derive(Clone, Copy, Debug, Default)]
struct Together {
    sum: f64,
    squares: f64,
    count: f64,
}

impl Together {
    fn add(&mut self, error: f64) {
        self.sum += error;
        self.squares += error * error;
        self.count += 1.0;
    }
}

/// How one expert's past forecasts went.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// The relative error of the time that work took.
    pub(crate) loss: Mean,
    /// The error of the logarithm of the rate.
    bias: Mean,
    /// The same squared, by horizon.
    pub(crate) squares: [Mean; HORIZONS.len()],
    /// The products of the errors of two units in the same weeks, by horizon: what they have in common.
    pub(crate) products: [Mean; HORIZONS.len()],
    /// The error of the logarithm of the rate over a quarter and more, without its sign, by unit.
    pub(crate) units: Vec<Mean>,
    /// The levels at the origin, by unit.
    levels: Vec<Level>,
    /// The panel's level at the origin.
    panel: Level,
}

/// The weight of a week by its age.
pub(crate) fn discount(age: usize) -> f64 {
    libm::pow(DISCOUNT, real(age))
}

/// Learns from the tracks of a panel.
pub(crate) fn learn(tracks: &[Track], experts: &[Expert]) -> Learnt {
    let weeks = tracks.first().map_or(0, |track| track.marks.len());
    let pairs: Vec<(usize, usize)> = (0..laws().len())
        .flat_map(|law| (0..MEMORIES.len()).map(move |memory| (law, memory)))
        .collect();
    let discounts: Vec<f64> = (0..weeks).map(discount).collect();
    let judged = |(law, memory): &(usize, usize)| {
        let (law, (memory, _)) = (laws().get(*law), MEMORIES.get(*memory)?);
        let levels = Levels::of(tracks, law?, *memory);
        Some(POOLS.map(|(pooled, _)| Record::of(tracks, &levels, pooled, &discounts)))
    };
    let records: Vec<Record> = pairs.par_iter().filter_map(judged).flatten_iter().collect();
    let curves: Vec<_> = tracks
        .par_iter()
        .map(|track| likelihoods(track, MOST_SHARE))
        .collect();
    let prior = by_panel_curve(experts, &curves, weeks);
    let (weights, evidence) = weigh(&prior, &records, weeks);
    let believed = real(weeks) / (real(weeks) + REVERSION_WEEKS);
    let reverted = |record: &Record| {
        let bias = record.bias.value().unwrap_or(0.0);
        libm::exp((-REVERSION * believed * bias).clamp(-0.7, 0.7))
    };
    let levels = records.iter().map(|record| {
        let reverted = reverted(record);
        let levels = record.levels.iter();
        levels.map(|level| level.times(reverted)).collect()
    });
    let others = records
        .iter()
        .map(|record| record.panel.times(reverted(record)));
    let known = |track: &Track| weeks.saturating_sub(track.first());
    let weights = tracks
        .par_iter()
        .zip(&curves)
        .enumerate()
        .map(|(unit, (track, curve))| {
            let weights = by_own_curve(experts, &weights, curve.as_deref());
            ends(&own_weights(&weights, &records, unit, known(track)))
        });
    Learnt {
        ends: weights.collect(),
        levels: levels.collect(),
        others: others.collect(),
        variance: variance(&records, &evidence, weeks),
    }
}

impl Record {
    /// Asks an expert at every past week. `discounts` holds the weight of a judged week by its age.
    fn of(tracks: &[Track], levels: &Levels, pooled: f64, discounts: &[f64]) -> Self {
        let mut record = Self::default();
        let last = levels.panel.len().saturating_sub(1);
        record.panel = levels.panel.last().copied().unwrap_or_default();
        let units = 0..tracks.len();
        record.levels = units
            .map(|unit| levels.pooled(unit, last, pooled))
            .collect();
        record.units = vec![Mean::default(); tracks.len()];
        let left = HORIZONS.map(left_over);
        let every = (tracks.len() * (last + 1)).div_ceil(MOST_JUDGED).max(1);
        let mut together = vec![[Together::default(); HORIZONS.len()]; last + 1];
        for (unit, track) in tracks.iter().enumerate() {
            let positions = levels.positions.get(unit).map_or(&[][..], Vec::as_slice);
            for week in (track.first() + WARM_UP + unit % every..=last).step_by(every) {
                let mark = track.at(week).filter(|mark| mark.share <= MOST_SHARE);
                let Some((mark, from)) = mark.zip(at(positions, week)) else {
                    continue;
                };
                let level = levels.pooled(unit, week, pooled);
                let (gap, level) = (level.gap(), level.end());
                for (place, horizon) in HORIZONS.into_iter().enumerate() {
                    let later = track.at(week + horizon).zip(at(positions, week + horizon));
                    let Some((later, to)) = later else { continue };
                    let worked = later.clock - mark.clock;
                    if worked >= 0.5 * real(horizon) {
                        let weight = discounts.get(last - week - horizon).copied();
                        let weight = weight.unwrap_or(0.0);
                        let expected = level * faded(gap * left[place]) * worked;
                        let error = record.judge(expected, to - from, (unit, place), weight);
                        let all = together.get_mut(week).and_then(|week| week.get_mut(place));
                        if let Some((all, error)) = all.zip(error) {
                            all.add(error);
                        }
                    }
                }
            }
        }
        for (week, horizons) in together.iter().enumerate() {
            for (place, horizon) in HORIZONS.into_iter().enumerate() {
                let age = last.checked_sub(week + horizon);
                let weight = age.and_then(|age| discounts.get(age));
                record.products[place].join(horizons[place], weight.copied().unwrap_or(0.0));
            }
        }
        record
    }

    /// Notes how one forecast went; the error of the logarithm of the rate, `None` where it says nothing of short forecasts.
    fn judge(
        &mut self,
        expected: f64,
        happened: f64,
        (unit, horizon): (usize, usize),
        weight: f64,
    ) -> Option<f64> {
        const NOTHING: f64 = 1e-9;
        if expected <= 0.0 && happened <= 0.0 {
            return None;
        }
        let ratio = (happened + NOTHING) / (expected + NOTHING);
        let loss = (ratio - 1.0).abs().min(MOST_LOSS);
        let error = libm::log(ratio).clamp(-MOST_ERROR, MOST_ERROR);
        if horizon >= OWN_FROM
            && let Some(unit) = self.units.get_mut(unit)
        {
            unit.add(error.abs(), weight);
        }
        if horizon == LONGEST {
            return None;
        }
        self.loss.add(loss, weight);
        self.bias.add(error, weight);
        if let Some(squares) = self.squares.get_mut(horizon) {
            squares.add(error * error, weight);
        }
        Some(error)
    }
}

/// A factor by its logarithm; 1 for 0, at once.
fn faded(gap: f64) -> f64 {
    if gap == 0.0 { 1.0 } else { libm::exp(gap) }
}

fn at(positions: &[Option<f64>], week: usize) -> Option<f64> {
    positions.get(week).copied().flatten()
}
