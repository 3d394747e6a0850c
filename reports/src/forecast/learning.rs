//! What past forecasts of the panel teach: which experts to believe, and how far the rate strays.
//!
//! Every expert is asked at every past week how long the work of the next weeks would take; the answer is compared with what
//! was then reported. Nothing after the origin is looked at.

use super::expert::{Expert, MEMORIES, POOLS};
use super::law::laws;
use super::level::Levels;
use super::number::real;
use super::track::Track;
use rayon::prelude::*;

/// The weeks ahead at which past forecasts are judged.
const HORIZONS: [usize; 5] = [2, 4, 8, 13, 26];
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
/// The share of prior weight that no evidence takes away: which law a programme follows late is not seen early.
const FLOOR: f64 = 0.4;
/// How many weeks of judged forecasts make one independent piece of evidence, times the loss it can tell apart.
const PATIENCE: f64 = 8.0 * 0.3;
/// The variance of the log rate that stays for good, in the reference class of public programmes, and what a week adds.
const PRIOR: Variance = Variance {
    lasting: 0.18,
    weekly: 0.03,
};
/// The independent stretches of time that the prior variance counts for.
const PRIOR_STRETCHES: f64 = 2.0;
/// The share of the mean past error of the logarithm that is taken back. Rates revert: where forecasts were too high because
/// work came in lumps or stalled, most of what was lost came later.
const REVERSION: f64 = 0.3;
/// The weeks of history at which half of that is believed.
const REVERSION_WEEKS: f64 = 12.0;
/// The least variances: nothing is ever known exactly.
const LEAST: Variance = Variance {
    lasting: 0.02,
    weekly: 0.002,
};

/// The most units whose past forecasts are judged: what units have in common is not known better by asking more of them.
const MOST_JUDGED: usize = 512;

/// How far the log rate strays: by a part that stays and by a random walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Variance {
    /// The variance of the part that stays.
    pub(crate) lasting: f64,
    /// The variance that the walk gains each week.
    pub(crate) weekly: f64,
}

/// What was learnt.
#[derive(Clone, Debug)]
pub(crate) struct Learnt {
    /// The weight of each expert; they add up to 1.
    pub(crate) weights: Vec<f64>,
    /// The level of each unit by expert, in positions a full working week.
    pub(crate) levels: Vec<Vec<f64>>,
    /// How far the log rate strays.
    pub(crate) variance: Variance,
}

/// A weighted mean.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    fn add(&mut self, value: f64, weight: f64) {
        self.sum += weight * value;
        self.weight += weight;
    }

    fn value(self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }
}

/// How one expert's past forecasts went.
#[derive(Clone, Debug, Default)]
struct Record {
    /// The relative error of the time that work took.
    loss: Mean,
    /// The error of the logarithm of the rate.
    bias: Mean,
    /// The same squared, by horizon.
    squares: [Mean; HORIZONS.len()],
    /// The levels at the origin, by unit.
    levels: Vec<f64>,
}

/// Learns from the tracks of a panel.
pub(crate) fn learn(tracks: &[Track], experts: &[Expert]) -> Learnt {
    let weeks = tracks.first().map_or(0, |track| track.marks.len());
    let pairs: Vec<(usize, usize)> = (0..laws().len())
        .flat_map(|law| (0..MEMORIES.len()).map(move |memory| (law, memory)))
        .collect();
    let discounts: Vec<f64> = (0..weeks)
        .map(|age| libm::pow(DISCOUNT, real(age)))
        .collect();
    let judged = |(law, memory): &(usize, usize)| {
        let (law, (memory, _)) = (laws().get(*law), MEMORIES.get(*memory)?);
        let levels = Levels::of(tracks, law?, *memory);
        Some(POOLS.map(|(pooled, _)| Record::of(tracks, &levels, pooled, &discounts)))
    };
    let records: Vec<Record> = pairs.par_iter().filter_map(judged).flatten_iter().collect();
    let (weights, evidence) = weigh(experts, &records, weeks);
    let believed = real(weeks) / (real(weeks) + REVERSION_WEEKS);
    let levels = records.iter().map(|record| {
        let bias = record.bias.value().unwrap_or(0.0);
        let reverted = libm::exp((-REVERSION * believed * bias).clamp(-0.7, 0.7));
        record.levels.iter().map(|level| level * reverted).collect()
    });
    Learnt {
        weights,
        levels: levels.collect(),
        variance: variance(&records, &evidence, weeks),
    }
}

impl Record {
    /// Asks an expert at every past week. `discounts` holds the weight of a judged week by its age.
    fn of(tracks: &[Track], levels: &Levels, pooled: f64, discounts: &[f64]) -> Self {
        let mut record = Self::default();
        let last = levels.panel.len().saturating_sub(1);
        let units = 0..tracks.len();
        record.levels = units
            .map(|unit| levels.pooled(unit, last, pooled))
            .collect();
        let every = tracks.len().div_ceil(MOST_JUDGED).max(1);
        for (unit, track) in tracks.iter().enumerate().step_by(every) {
            let positions = levels.positions.get(unit).map_or(&[][..], Vec::as_slice);
            for week in track.first() + WARM_UP..=last {
                let mark = track.at(week).filter(|mark| mark.share <= MOST_SHARE);
                let Some((mark, from)) = mark.zip(at(positions, week)) else {
                    continue;
                };
                let level = levels.pooled(unit, week, pooled);
                for (place, horizon) in HORIZONS.into_iter().enumerate() {
                    let later = track.at(week + horizon).zip(at(positions, week + horizon));
                    let Some((later, to)) = later else { continue };
                    let worked = later.clock - mark.clock;
                    if worked >= 0.5 * real(horizon) {
                        let weight = discounts.get(last - week - horizon).copied();
                        let weight = weight.unwrap_or(0.0);
                        record.judge(level * worked, to - from, place, weight);
                    }
                }
            }
        }
        record
    }

    fn judge(&mut self, expected: f64, happened: f64, horizon: usize, weight: f64) {
        const NOTHING: f64 = 1e-9;
        if expected <= 0.0 && happened <= 0.0 {
            return;
        }
        let ratio = (happened + NOTHING) / (expected + NOTHING);
        self.loss.add((ratio - 1.0).abs().min(MOST_LOSS), weight);
        let error = libm::log(ratio).clamp(-MOST_ERROR, MOST_ERROR);
        self.bias.add(error, weight);
        if let Some(squares) = self.squares.get_mut(horizon) {
            squares.add(error * error, weight);
        }
    }
}

fn at(positions: &[Option<f64>], week: usize) -> Option<f64> {
    positions.get(week).copied().flatten()
}

/// The weights of the experts: with the floor of prior, and by the evidence alone.
fn weigh(experts: &[Expert], records: &[Record], weeks: usize) -> (Vec<f64>, Vec<f64>) {
    let losses = records
        .iter()
        .map(|record| record.loss.value().unwrap_or(0.0));
    let least = losses.clone().fold(f64::INFINITY, f64::min);
    let judged: f64 = (0..weeks.saturating_sub(4))
        .map(|age| libm::pow(DISCOUNT, real(age)))
        .sum();
    let evidence = experts
        .iter()
        .zip(losses)
        .map(|(expert, loss)| expert.prior * libm::exp(-judged * (loss - least) / PATIENCE));
    let evidence: Vec<f64> = evidence.collect();
    let sum: f64 = evidence.iter().sum();
    let mixed = experts
        .iter()
        .zip(&evidence)
        .map(|(expert, evidence)| (1.0 - FLOOR) * evidence / sum + FLOOR * expert.prior);
    (mixed.collect(), evidence)
}

/// The variances by weighted least squares of the mean squared errors on the horizon, the prior among them.
///
/// The mean of a walk over `h` weeks has a third of `h` times its weekly variance.
fn variance(records: &[Record], evidence: &[f64], weeks: usize) -> Variance {
    let mut normal = [[0.0; 2]; 2];
    let mut right = [0.0; 2];
    for (place, horizon) in HORIZONS.into_iter().enumerate() {
        let mut mean = Mean::default();
        for (record, weight) in records.iter().zip(evidence) {
            let square = record.squares.get(place).and_then(|square| square.value());
            mean.add(square.unwrap_or(0.0), square.map_or(0.0, |_| *weight));
        }
        let third = real(horizon) / 3.0;
        let usual = PRIOR.lasting + PRIOR.weekly * third;
        let stretches = match mean.value() {
            Some(_) => (real(weeks.saturating_sub(3)) / real(horizon) - 0.5).max(0.0),
            None => 0.0,
        };
        let seen = stretches * mean.value().unwrap_or(0.0);
        let blended = (seen + PRIOR_STRETCHES * usual) / (stretches + PRIOR_STRETCHES);
        let weight = (stretches + PRIOR_STRETCHES) / (usual * usual);
        let row = [1.0, third];
        for (one, factor) in row.into_iter().enumerate() {
            for (sum, other) in normal[one].iter_mut().zip(row) {
                *sum += weight * factor * other;
            }
            right[one] += weight * factor * blended;
        }
    }
    solve(normal, right)
}

/// Solves the two normal equations; where one of the two falls below its least, the other alone is fitted.
fn solve([[a, b], [_, d]]: [[f64; 2]; 2], [p, q]: [f64; 2]) -> Variance {
    let determinant = a * d - b * b;
    let lasting = (p * d - q * b) / determinant;
    let weekly = (a * q - b * p) / determinant;
    if lasting < LEAST.lasting {
        return Variance {
            lasting: LEAST.lasting,
            weekly: ((q - LEAST.lasting * b) / d).max(LEAST.weekly),
        };
    }
    if weekly < LEAST.weekly {
        return Variance {
            lasting: ((p - LEAST.weekly * b) / a).max(LEAST.lasting),
            weekly: LEAST.weekly,
        };
    }
    Variance { lasting, weekly }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_evidence_variance_and_weights_are_the_prior() {
        let experts = super::super::expert::experts();
        let records = vec![Record::default(); experts.len()];
        let (weights, evidence) = weigh(&experts, &records, 1);
        let prior: Vec<f64> = experts.iter().map(|expert| expert.prior).collect();
        assert!(
            weights
                .iter()
                .zip(&prior)
                .all(|(one, other)| (one - other).abs() < 1e-12)
        );
        let variance = variance(&records, &evidence, 1);
        assert!(
            (variance.lasting - PRIOR.lasting).abs() < 1e-9,
            "{variance:?}"
        );
        assert!(
            (variance.weekly - PRIOR.weekly).abs() < 1e-9,
            "{variance:?}"
        );
    }
}
