//! How far the logarithm of the rate strays, learnt from past forecasts and blended with a reference class.

use super::learning::{HORIZONS, Mean, Record};
use super::number::real;

/// The variance of the log rate that stays for good, in the reference class of public programmes, and what a week adds.
const PRIOR: Variance = Variance {
    lasting: 0.18,
    weekly: 0.03,
    common: 0.4,
};
/// The stretches of time that the prior share in common counts for. Two of them, as of the variances, left the sums of
/// programmes that change their pace as a whole too sure; with none a young panel would be taken at its word.
const COMMON_STRETCHES: f64 = 0.7;
/// The weeks ahead at which what units have in common is judged: over a shorter time work comes in lumps of each unit's own,
/// and few panels have more than one longer stretch.
const COMMON_HORIZONS: std::ops::RangeInclusive<usize> = 4..=26;
/// The least and the most that units are taken to have in common: no two are strangers, and none is another.
const COMMON_BOUNDS: (f64, f64) = (0.1, 0.9);
/// How firmly work is taken to come without lumps before any were seen for long, in stretches of time.
const UNLUMPED: f64 = 0.6;
/// The turns in which the parts of the variance are fitted: more change nothing.
const TURNS: usize = 400;
/// The independent stretches of time that the prior variance counts for.
const PRIOR_STRETCHES: f64 = 2.0;
/// The least variances: nothing is ever known exactly.
const LEAST: Variance = Variance {
    lasting: 0.02,
    weekly: 0.002,
    common: COMMON_BOUNDS.0,
};

/// How far the log rate strays: by a part that stays and by a random walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Variance {
    /// The variance of the part that stays.
    pub(crate) lasting: f64,
    /// The variance that the walk gains each week.
    pub(crate) weekly: f64,
    /// The share of both that all units have in common, from 0 to 1. Independent units make the measured national interval
    /// far too narrow (46 to 71 % coverage for 80 %), fully common ones too wide.
    pub(crate) common: f64,
}

/// The variances by weighted least squares of the mean squared errors on the horizon, the prior among them.
///
/// The mean of a walk over `h` weeks has a third of `h` times its weekly variance, and that of lumps, which are each week's
/// own, an `h`-th of theirs. Lumps are found, so that they are not taken for errors that stay, and left out: over the months
/// that a forecast is about they even out.
pub(crate) fn variance(records: &[Record], evidence: &[f64], weeks: usize) -> Variance {
    let mut normal = [[0.0; 3]; 3];
    let mut right = [0.0; 3];
    normal[2][2] = UNLUMPED / (PRIOR.lasting * PRIOR.lasting);
    let mut common = [0.0; 2];
    for (place, horizon) in HORIZONS.into_iter().enumerate() {
        let mean = believed(records, evidence, |record| record.squares.get(place));
        let product = believed(records, evidence, |record| record.products.get(place));
        let third = real(horizon) / 3.0;
        let usual = PRIOR.lasting + PRIOR.weekly * third;
        let stretches = match mean.value() {
            Some(_) => (real(weeks.saturating_sub(3)) / real(horizon) - 0.5).max(0.0),
            None => 0.0,
        };
        let seen = stretches * mean.value().unwrap_or(0.0);
        if COMMON_HORIZONS.contains(&horizon) {
            // A lone unit has no product, and says nothing of what others have in common with it.
            if let Some(product) = product.value() {
                common[0] += stretches * product;
                common[1] += seen;
            }
            common[0] += COMMON_STRETCHES * PRIOR.common * usual;
            common[1] += COMMON_STRETCHES * usual;
        }
        let blended = (seen + PRIOR_STRETCHES * usual) / (stretches + PRIOR_STRETCHES);
        let weight = (stretches + PRIOR_STRETCHES) / (usual * usual);
        let row = [1.0, third, 1.0 / real(horizon)];
        for (one, factor) in row.into_iter().enumerate() {
            for (sum, other) in normal[one].iter_mut().zip(row) {
                *sum += weight * factor * other;
            }
            right[one] += weight * factor * blended;
        }
    }
    let (least, most) = COMMON_BOUNDS;
    let [lasting, weekly, _] = solve(normal, right);
    Variance {
        lasting,
        weekly,
        common: (common[0] / common[1]).clamp(least, most),
    }
}

/// The mean over the experts by how far each is believed.
fn believed<'a>(
    records: &'a [Record],
    evidence: &[f64],
    of: impl Fn(&'a Record) -> Option<&'a Mean>,
) -> Mean {
    let mut mean = Mean::default();
    for (record, weight) in records.iter().zip(evidence) {
        if let Some(value) = of(record).and_then(|one| one.value()) {
            mean.add(value, *weight);
        }
    }
    mean
}

/// Solves the normal equations with every part at or above its least, by turns.
///
/// The matrix is positive definite, so that the turns go to the one solution.
fn solve(normal: [[f64; 3]; 3], right: [f64; 3]) -> [f64; 3] {
    let least = [LEAST.lasting, LEAST.weekly, 0.0];
    let mut parts = least;
    for _ in 0..TURNS {
        for (place, (row, right)) in normal.into_iter().zip(right).enumerate() {
            let all: f64 = row
                .into_iter()
                .zip(parts)
                .map(|(row, part)| row * part)
                .sum();
            let own = row[place];
            parts[place] = (parts[place] + (right - all) / own).max(least[place]);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_evidence_the_variance_is_the_prior() {
        let variance = variance(&[Record::default()], &[1.0], 1);
        assert!(
            (variance.lasting - PRIOR.lasting).abs() < 1e-9,
            "{variance:?}"
        );
        assert!(
            (variance.weekly - PRIOR.weekly).abs() < 1e-9,
            "{variance:?}"
        );
        assert!(
            (variance.common - PRIOR.common).abs() < 1e-9,
            "{variance:?}"
        );
    }
}
