//! How a recent rate fades into that of the whole history.
//!
//! A rate that runs above or below the course of its history returns to it, as the damped trends of exponential smoothing do
//! (Gardner 1985, "Exponential smoothing: the state of the art"): the logarithm of their ratio is halved every so many weeks.

use super::number::real;

/// The weeks in which half of the gap between a recent rate and the whole history's is closed.
const HALF_LIFE: f64 = 8.0;
/// The most by which the two differ: no work in the last weeks has no logarithm, and is no sign of none ever.
const MOST_RATIO: f64 = 50.0;

/// A level of the rate: where it starts and where it goes. In positions a full working week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Level {
    /// The level of the last weeks.
    pub(crate) now: f64,
    /// The level of the whole history.
    pub(crate) lasting: f64,
}

impl Level {
    /// A level that stays what it is.
    #[cfg(test)]
    pub(crate) const fn even(level: f64) -> Self {
        Self {
            now: level,
            lasting: level,
        }
    }

    /// The level times a factor.
    pub(crate) fn times(self, factor: f64) -> Self {
        Self {
            now: self.now * factor,
            lasting: self.lasting * factor,
        }
    }

    /// The level that is gone to; never so low that what was done of late could not have been.
    pub(crate) fn end(self) -> f64 {
        self.lasting.max(self.now / MOST_RATIO)
    }

    /// The logarithm of the level now in units of the one that is gone to.
    pub(crate) fn gap(self) -> f64 {
        let end = self.end();
        if end <= 0.0 || self.now.to_bits() == end.to_bits() {
            return 0.0;
        }
        libm::log((self.now / end).max(1.0 / MOST_RATIO))
    }
}

/// The part of a gap that is left after some weeks.
pub(crate) fn left_after(weeks: f64) -> f64 {
    libm::exp2(-weeks / HALF_LIFE)
}

/// The mean part of a gap that is left over the next weeks.
pub(crate) fn left_over(weeks: usize) -> f64 {
    let middles = (0..weeks).map(|week| left_after(real(week) + 0.5));
    middles.sum::<f64>() / real(weeks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_gap_is_closed_in_eight_weeks_and_nearly_all_in_a_year() {
        assert!((left_after(8.0) - 0.5).abs() < 1e-12);
        assert!(left_after(52.0) < 0.02);
        assert!((left_over(1) - left_after(0.5)).abs() < 1e-12);
        // The mean of 2^(−t/8) over half a year is 8 / (26 ln 2) · (1 − 2^(−26/8)).
        assert!((left_over(26) - 0.397).abs() < 1e-3, "{}", left_over(26));
    }

    #[test]
    fn an_even_level_has_no_gap_and_one_that_stopped_a_finite_one() {
        let level = |now, lasting| Level { now, lasting };
        assert!(Level::even(0.3).gap().abs() < 1e-12);
        assert!((level(0.2, 0.1).gap() - 2.0_f64.ln()).abs() < 1e-12);
        assert!((level(0.0, 0.1).gap() + 50.0_f64.ln()).abs() < 1e-12);
        assert!(level(0.0, 0.0).gap().abs() < 1e-12);
        // A history without a slope, and work of late.
        assert!((level(0.5, 0.0).end() - 0.01).abs() < 1e-12);
    }
}
