//! How the total grows: an estimate of what is to be done that the past saw restated is restated again.

use super::number::real;
use super::track::Subject;

/// How much a restatement weighs less for each week that it is older.
const DISCOUNT: f64 = 0.98;
/// The weeks of the panel's growth that are mixed into a unit's own.
const POOLED_WEEKS: f64 = 26.0;
/// The weeks without growth that are mixed into the panel's.
const STILL_WEEKS: f64 = 52.0;
/// The weeks in which growth fades to a third: books are found while they are looked for.
const FADING: f64 = 13.0;
/// A restatement counts for no more than this in the logarithm: a slip of a digit is no trend.
const MOST_STEP: f64 = 0.5;
/// The fastest growth a week: a doubling in a year.
const MOST_GROWTH: f64 = 0.0133;
/// The growths that paths share out among themselves, as multiples of the expected one: the middles of four equally likely
/// parts of an exponential distribution, scaled to mean 1.
pub(crate) const GROWTHS: [f64; 4] = [0.145, 0.511, 1.067, 2.277];

/// How one total grows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Growth {
    /// What the logarithm of the total gains in the next week; 0 or more.
    pub(crate) weekly: f64,
}

impl Growth {
    /// Whether the total stays as it is.
    pub(crate) fn is_none(self) -> bool {
        self.weekly <= 0.0
    }

    /// The multiple of today's total after some weeks, where growth is `draw` times the expected one.
    pub(crate) fn scope(self, draw: f64, weeks: f64) -> f64 {
        libm::exp(draw * self.weekly * FADING * -libm::expm1(-weeks / FADING))
    }
}

/// The growth of each total: its own past restatements and the panel's, newer ones weighing more. None where no total of the
/// panel ever rose.
pub(crate) fn growths(subjects: &[Subject]) -> Vec<Growth> {
    let seen: Vec<(f64, f64)> = subjects.iter().map(restatements).collect();
    let (grown, weeks) = seen.iter().fold((0.0, STILL_WEEKS), |(grown, weeks), one| {
        (grown + one.0, weeks + one.1)
    });
    let panel = grown / weeks;
    let growth = |(grown, weeks): (f64, f64)| Growth {
        weekly: ((grown + POOLED_WEEKS * panel) / (weeks + POOLED_WEEKS)).clamp(0.0, MOST_GROWTH),
    };
    seen.into_iter().map(growth).collect()
}

/// What the logarithm of a total gained, and the weeks it had for that, both discounted by age.
fn restatements(subject: &Subject) -> (f64, f64) {
    let steps = subject.totals.iter().zip(subject.totals.iter().skip(1));
    steps.fold((0.0, 0.0), |(grown, weeks), (before, after)| {
        if before.1 <= 0.0 || after.1 <= 0.0 {
            return (grown, weeks);
        }
        let age = usize::try_from(-after.0).unwrap_or(0);
        let weight = libm::pow(DISCOUNT, real(age));
        let span = real(usize::try_from(after.0 - before.0).unwrap_or(0));
        let step = libm::log(after.1 / before.1).clamp(-MOST_STEP, MOST_STEP);
        (grown + weight * step, weeks + weight * span)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(totals: &[f64]) -> Subject {
        let weeks = i64::try_from(totals.len()).unwrap();
        Subject {
            purpose: 0,
            reports: Vec::new(),
            totals: (1 - weeks..=0).zip(totals.iter().copied()).collect(),
            total: 1000.0,
        }
    }

    #[test]
    fn totals_that_never_moved_or_only_fell_do_not_grow() {
        let still = growths(&[subject(&[1000.0; 60]), subject(&[])]);
        assert!(still.iter().all(|growth| growth.is_none()));
        let falling: Vec<f64> = (0..60).map(|week| 1000.0 - f64::from(week)).collect();
        assert!(growths(&[subject(&falling)])[0].is_none());
    }

    #[test]
    fn a_total_that_grew_grows_on_and_ever_less() {
        let grown: Vec<f64> = (0..60)
            .map(|week| 1000.0 * f64::powi(1.002, week))
            .collect();
        let [grown, still] = growths(&[subject(&grown), subject(&[1000.0; 60])])[..] else {
            panic!("two");
        };
        // Its own 0.002 and what the panel, itself held back, has of it.
        assert!((0.0012..0.002).contains(&grown.weekly), "{grown:?}");
        assert!(
            (0.0001..grown.weekly / 2.0).contains(&still.weekly),
            "{still:?}"
        );
        let gained = [0.0, 26.0, 52.0, 260.0].map(|weeks| grown.scope(1.0, weeks));
        assert!((gained[0] - 1.0).abs() < 1e-12);
        assert!(gained[2] - gained[1] < gained[1] - gained[0], "{gained:?}");
        assert!(gained[3] < 1.06, "{gained:?}");
    }

    #[test]
    fn growths_shared_out_among_paths_have_the_expected_mean() {
        assert!((GROWTHS.iter().sum::<f64>() / 4.0 - 1.0).abs() < 1e-3);
    }
}
