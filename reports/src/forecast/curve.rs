//! Which law a unit's rates follow: the likelihood of its whole history under each.
//!
//! Under its law the logarithm of a unit's level is a slow random walk seen through noise, whatever its share; under another it
//! drifts with the share. A local level filter (Harvey 1989, "Forecasting, structural time series models and the Kalman
//! filter", ch. 4) judges that drift against how even the unit's own rates are, so that a steady unit tells its law soon and a
//! restless one late.

use super::law::{Law, laws};
use super::number::real;
use super::track::{Mark, Track};

/// The working weeks of one piece of history: over a shorter time work comes in lumps.
const PIECE: f64 = 3.0;
/// A piece with less than this share of the mean rate counts as one with it: no work at all has no logarithm.
const LEAST_RATE: f64 = 0.05;
/// The variances of the walk over one piece, as parts of that of the noise: nearly none, and two that stray.
const WALKS: [f64; 3] = [0.01, 0.1, 1.0];
/// The variance of the noise before any is seen.
const USUAL: f64 = 0.06;
/// The pieces that it counts for.
const USUAL_PIECES: f64 = 2.0;
/// The share of a unit's drift that all units have in common.
const COMMON: f64 = 0.4;

/// The logarithm of the likelihood of a unit's history by law; `None` where it is too short to tell laws apart.
pub(crate) fn likelihoods(track: &Track, most_share: f64) -> Option<Vec<f64>> {
    let pieces = pieces(track, most_share);
    let judged = laws().iter().map(|law| judge(&rates(law, &pieces)));
    (pieces.len() >= 2).then(|| judged.collect())
}

/// What the units of a panel say together. They share much of what drives their rates, so each one more says less.
pub(crate) fn together(units: &[Option<Vec<f64>>]) -> Vec<f64> {
    let telling = || units.iter().flatten();
    let count = real(telling().count()).max(1.0);
    let sum = |law: usize| -> f64 { telling().filter_map(|unit| unit.get(law)).sum() };
    let said = |law: usize| sum(law) / (COMMON * count + 1.0 - COMMON);
    (0..laws().len()).map(said).collect()
}

/// The weights that logarithms of likelihoods stand for where only a part of them is believed; the largest is 1.
pub(crate) fn believed(likelihoods: &[f64], part: f64) -> Vec<f64> {
    let most = likelihoods
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    let weight = |one: &f64| libm::exp(part * (one - most));
    likelihoods.iter().map(weight).collect()
}

/// The marks between which at least a piece of time was worked, none above a share.
fn pieces(track: &Track, most_share: f64) -> Vec<[Mark; 2]> {
    let mut pieces = Vec::new();
    let mut from: Option<Mark> = None;
    for mark in track.marks.iter().flatten() {
        if mark.share > most_share {
            break;
        }
        match from {
            // A unit that has not begun tells no rate.
            None if mark.share <= 0.0 => {}
            None => from = Some(*mark),
            Some(before) if mark.clock - before.clock >= PIECE => {
                pieces.push([before, *mark]);
                from = Some(*mark);
            }
            Some(_) => {}
        }
    }
    pieces
}

/// The logarithms of the level under a law, by piece.
fn rates(law: &Law, pieces: &[[Mark; 2]]) -> Vec<f64> {
    let worked: f64 = pieces.iter().map(|[from, to]| to.clock - from.clock).sum();
    let done: f64 = pieces.iter().map(|[from, to]| to.share - from.share).sum();
    let least = LEAST_RATE * (done / worked).max(1e-9);
    let rate = |[from, to]: &[Mark; 2]| {
        let worked = to.clock - from.clock;
        let moved = law.position(to.share) - law.position(from.share);
        let least = least / law.factor(from.share);
        libm::log((moved / worked).max(least))
    };
    pieces.iter().map(rate).collect()
}

/// The logarithm of the likelihood of rates whose level walks, whichever of the walks it takes.
fn judge(rates: &[f64]) -> f64 {
    let judged = WALKS.map(|walk| filter(rates, walk));
    let most = judged.into_iter().fold(f64::NEG_INFINITY, f64::max);
    most + libm::log(judged.map(|one| libm::exp(one - most)).iter().sum())
}

/// The local level filter with a walk of this variance in units of the noise, whose own variance is integrated out.
fn filter(rates: &[f64], walk: f64) -> f64 {
    let mut rates = rates.iter();
    let mut level = rates.next().copied().unwrap_or(0.0);
    let (mut unsure, mut squares, mut logs, mut seen) = (1.0, 0.0, 0.0, 0.0);
    for rate in rates {
        unsure += walk;
        let error = rate - level;
        let spread = unsure + 1.0;
        squares += error * error / spread;
        logs += libm::log(spread);
        seen += 1.0;
        level += unsure / spread * error;
        unsure /= spread;
    }
    let freedom = f64::midpoint(USUAL_PIECES, seen);
    -logs / 2.0 - freedom * libm::log(USUAL_PIECES * USUAL + squares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::law::{RAMPS, SLOWDOWNS};

    /// Weekly shares of a unit that moves along a law.
    fn track(law: &Law, from: f64, level: f64, weeks: u32) -> Track {
        let start = law.position(from);
        let mark = |week: u32| Mark {
            share: law.share(start + level * f64::from(week)),
            clock: week.into(),
        };
        Track {
            marks: (0..weeks).map(|week| Some(mark(week))).collect(),
        }
    }

    #[test]
    fn the_law_that_made_a_history_is_the_likeliest() {
        for (place, law) in laws().iter().enumerate() {
            // From a tenth to about eight tenths in forty weeks.
            let level = (law.position(0.8) - law.position(0.1)) / 40.0;
            let said = likelihoods(&track(law, 0.1, level, 41), 0.97).unwrap();
            let best = (0..said.len()).max_by(|one, other| said[*one].total_cmp(&said[*other]));
            assert_eq!(best, Some(place), "{said:?}");
        }
        assert_eq!(laws().len(), RAMPS.len() * SLOWDOWNS.len());
    }

    #[test]
    fn a_history_of_one_piece_tells_nothing() {
        assert_eq!(likelihoods(&track(&laws()[0], 0.1, 0.02, 4), 0.97), None);
        assert_eq!(together(&[None, None]), vec![0.0; laws().len()]);
        // A unit that has not begun, and one that stands still.
        assert_eq!(likelihoods(&track(&laws()[0], 0.0, 0.0, 40), 0.97), None);
        let still = likelihoods(&track(&laws()[0], 0.3, 0.0, 40), 0.97).unwrap();
        assert!(still.iter().all(|one| one.is_finite()), "{still:?}");
    }

    #[test]
    fn a_hundred_like_units_say_little_more_than_three() {
        let unit = Some(vec![2.0; laws().len()]);
        let three = together(&vec![unit.clone(); 3])[0];
        let hundred = together(&vec![unit; 100])[0];
        assert!((three - 2.0 * 3.0 / 1.8).abs() < 1e-9, "{three}");
        assert!((3.3..5.0).contains(&hundred), "{hundred}");
    }
}
