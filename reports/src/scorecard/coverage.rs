//! How often an interval held the truth, with an honest interval of that share itself.

use std::collections::BTreeMap;

use crate::reconciliation::{Interval, wilson_of};

/// How often intervals meant to hold the truth so often did.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The share that was promised, in percent: 50, 80 or 90.
    pub promised: u8,
    /// The statements whose truth is known.
    pub cases: usize,
    /// Those whose interval held it.
    pub held: usize,
    /// The forecasts that the statements are from: statements of one forecast share its luck.
    pub forecasts: usize,
    /// The share held with its 95 % interval; `None` without any case.
    pub share: Option<Interval>,
}

/// What is said of a promise by its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No statement is due yet, or all are from fewer than three forecasts, which is too little to judge by.
    TooFew,
    /// The promised share lies in the interval of the share held.
    Kept,
    /// Fewer were held than promised: intervals were too narrow.
    TooSure,
    /// More were held than promised: intervals were too wide.
    TooCautious,
}

/// From this many forecasts on a record is judged.
const LEAST_FORECASTS: usize = 3;

impl Coverage {
    /// Counts what was held, by the number of the forecast that each statement is from.
    ///
    /// Statements of one forecast are not independent, because provinces move together. The interval is Wilson's on the
    /// effective number of cases: cases divided by the design effect, the variance of the share between forecasts over that
    /// of independent cases, never below 1. Where none or all were held no variance can be seen, and each forecast counts
    /// as one case.
    ///
    /// # Source
    /// Effective sample size in an interval for a proportion: Korn and Graubard (1998), Survey Methodology 24(2); variance of
    /// a share over clusters: Cochran (1977), Sampling Techniques, 3rd ed., formula 3.34; Wilson (1927), JASA 22.
    pub(crate) fn of(promised: u8, cases: &[(i64, bool)]) -> Self {
        let mut by_forecast: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
        for (forecast, held) in cases {
            let (all, kept) = by_forecast.entry(*forecast).or_default();
            *all += 1;
            *kept += usize::from(*held);
        }
        let held = cases.iter().filter(|(_, held)| *held).count();
        let share = (!cases.is_empty()).then(|| {
            let point = number(held) / number(cases.len());
            wilson_of(point, effective(point, by_forecast.values(), cases.len()))
        });
        Self {
            promised,
            cases: cases.len(),
            held,
            forecasts: by_forecast.len(),
            share,
        }
    }

    /// What the record says of the promise.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let promised = f64::from(self.promised) / 100.0;
        match &self.share {
            Some(share) if self.forecasts >= LEAST_FORECASTS => {
                if share.upper < promised {
                    Verdict::TooSure
                } else if share.lower > promised {
                    Verdict::TooCautious
                } else {
                    Verdict::Kept
                }
            }
            _ => Verdict::TooFew,
        }
    }
}

/// The number of independent cases that so many cases of several forecasts are worth.
fn effective<'a>(
    point: f64,
    forecasts: impl ExactSizeIterator<Item = &'a (usize, usize)>,
    cases: usize,
) -> f64 {
    let clusters = number(forecasts.len());
    let n = number(cases);
    let independent = point * (1.0 - point) / n;
    if clusters < 2.0 || independent <= 0.0 {
        return clusters;
    }
    let between: f64 = forecasts
        .map(|(all, held)| number(*held) - point * number(*all))
        .map(|residual| residual * residual)
        .sum();
    let variance = clusters / (clusters - 1.0) * between / (n * n);
    n / (variance / independent).max(1.0)
}

/// A number of things as a real number.
pub(crate) fn number(things: usize) -> f64 {
    u32::try_from(things).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage(by_forecast: &[(usize, usize)]) -> Coverage {
        let cases = (0..).zip(by_forecast).flat_map(|(forecast, (all, held))| {
            (0..*all).map(move |place| (forecast, place < *held))
        });
        Coverage::of(80, &cases.collect::<Vec<_>>())
    }

    #[test]
    fn cases_of_one_forecast_that_share_their_luck_count_as_few() {
        let spread = coverage(&[(10, 8), (10, 8), (10, 8), (10, 8)]);
        let shared = coverage(&[(10, 10), (10, 10), (10, 10), (10, 2)]);
        assert_eq!((spread.held, shared.held), (32, 32));
        let width = |coverage: &Coverage| {
            let share = coverage.share.as_ref().unwrap();
            share.upper - share.lower
        };
        assert!(width(&shared) > 1.5 * width(&spread));
    }

    #[test]
    fn a_verdict_needs_three_forecasts_and_a_clear_miss() {
        assert_eq!(coverage(&[]).verdict(), Verdict::TooFew);
        assert_eq!(coverage(&[(60, 20), (60, 20)]).verdict(), Verdict::TooFew);
        assert_eq!(coverage(&[(60, 20); 4]).verdict(), Verdict::TooSure);
        assert_eq!(coverage(&[(60, 48); 4]).verdict(), Verdict::Kept);
        assert_eq!(coverage(&[(60, 58); 4]).verdict(), Verdict::TooCautious);
        // All held by four forecasts is worth four cases: nothing is proved yet.
        assert_eq!(coverage(&[(60, 60); 4]).verdict(), Verdict::Kept);
    }
}
