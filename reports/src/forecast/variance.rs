//! How far the logarithm of the rate strays, learnt from past forecasts and blended with a reference class.

use super::learning::{HORIZONS, Mean, Record};
use super::number::real;

/// The variance of the log rate that stays for good, in the reference class of public programmes, and what a week adds.
const PRIOR: Variance = Variance {
    lasting: 0.18,
    weekly: 0.03,
};
/// The independent stretches of time that the prior variance counts for.
const PRIOR_STRETCHES: f64 = 2.0;
/// The least variances: nothing is ever known exactly.
const LEAST: Variance = Variance {
    lasting: 0.02,
    weekly: 0.002,
};

/// How far the log rate strays: by a part that stays and by a random walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Variance {
    /// The variance of the part that stays.
    pub(crate) lasting: f64,
    /// The variance that the walk gains each week.
    pub(crate) weekly: f64,
}

/// The variances by weighted least squares of the mean squared errors on the horizon, the prior among them.
///
/// The mean of a walk over `h` weeks has a third of `h` times its weekly variance.
pub(crate) fn variance(records: &[Record], evidence: &[f64], weeks: usize) -> Variance {
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
    }
}
