//! Scores of a forecast of a date, in weeks: smaller is better, and honesty wins.

/// A forecast: its 1st to 99th percentile in weeks from the origin, in order; infinite where it is never reached.
pub(crate) type Percentiles = [f64; 99];

/// Dates further away than this are all the same: truth and forecast are cut here before they are scored.
pub const CUT_WEEKS: f64 = 104.0;

/// The scores of one forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scores {
    /// Weeks to go, in truth; at most [`CUT_WEEKS`].
    pub(crate) truth: f64,
    /// The median less the truth: above 0 where the forecast was too late.
    pub(crate) error: f64,
    /// The continuous ranked probability score: twice the mean pinball loss over the 99 percentiles.
    pub(crate) crps: f64,
    /// The mean pinball loss of what is shown: p10, p50 and p90.
    pub(crate) pinball: f64,
    /// Whether the intervals of 50, 80 and 90 % held the truth.
    pub(crate) held: [bool; 3],
    /// The width of the interval of 80 %.
    pub(crate) width: f64,
    /// The interval score of Gneiting and Raftery (2007) for p10 to p90.
    pub(crate) interval: f64,
}

/// Scores one forecast against the truth, both cut at [`CUT_WEEKS`].
pub(crate) fn score(forecast: &Percentiles, truth: f64) -> Scores {
    let truth = truth.min(CUT_WEEKS);
    let at = |percent: usize| forecast[percent - 1].min(CUT_WEEKS);
    let loss = |percent: usize| pinball(at(percent), truth, percent);
    let (p10, p90) = (at(10), at(90));
    let missed = (p10 - truth).max(truth - p90).max(0.0);
    Scores {
        truth,
        error: at(50) - truth,
        crps: 2.0 * (1..=99).map(loss).sum::<f64>() / 99.0,
        pinball: (loss(10) + loss(50) + loss(90)) / 3.0,
        held: [(25, 75), (10, 90), (5, 95)]
            .map(|(low, high)| at(low) <= truth && truth <= at(high)),
        width: p90 - p10,
        interval: p90 - p10 + 2.0 / 0.2 * missed,
    }
}

fn pinball(quantile: f64, truth: f64, percent: usize) -> f64 {
    let level = f64::from(u8::try_from(percent).unwrap_or(u8::MAX)) / 100.0;
    let late = truth - quantile;
    (level * late).max((level - 1.0) * late)
}

/// The chance that a forecast gives to being done within some weeks.
pub(crate) fn chance_within(forecast: &Percentiles, weeks: f64) -> f64 {
    let done = forecast.partition_point(|percentile| *percentile <= weeks);
    // 99 percentiles cut 0 to 1 into 100 parts; the middle of the part is its chance.
    let done = f64::from(u8::try_from(done).unwrap_or(u8::MAX));
    match forecast {
        [first, ..] if weeks < *first => 0.005,
        [.., last] if *last <= weeks => 0.995,
        _ => (done + 0.5) / 100.0,
    }
}
