//! The spread of the count some weeks ahead: what is kept of a forecast so that it can be scored long before the work is done.

use store::domain::Count;

use super::method::{Paths, kept_offsets};

/// The weeks after the origin whose counts are kept: a month, two, a quarter, half a year and a year.
pub const AHEAD_WEEKS: [u16; 5] = [4, 8, 13, 26, 52];
/// The quantiles of a count that are kept, in percent: the ends of the intervals of 50, 80 and 90 %, and the median.
pub const AHEAD_PERCENTS: [u8; 7] = [5, 10, 25, 50, 75, 90, 95];

/// The largest count that is told: all digits of single precision hold, and every larger one is refused as a count.
const MOST: f64 = 9.0e18;

/// The spread of the cumulative count some weeks after the origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountAhead {
    /// The weeks after the origin: one of [`AHEAD_WEEKS`].
    pub weeks: u16,
    /// The quantiles at [`AHEAD_PERCENTS`], in order.
    pub quantiles: [Count; 7],
}

/// The spread at each of [`AHEAD_WEEKS`]; between two kept weeks each quantile lies on the line between them.
pub(crate) fn counts_ahead(paths: &Paths) -> Vec<CountAhead> {
    let kept: Vec<(u16, &Vec<f32>)> = kept_offsets().zip(&paths.counts).collect();
    let at = |weeks: u16| {
        let after = kept.partition_point(|(offset, _)| *offset < weeks);
        let (end, later) = kept.get(after)?;
        let later = quantiles(later);
        let (start, earlier) = match after.checked_sub(1).and_then(|before| kept.get(before)) {
            Some((start, counts)) if *end > weeks => (*start, quantiles(counts)),
            _ => (*end, later),
        };
        let span = f64::from(*end - start).max(1.0);
        let part = f64::from(weeks.saturating_sub(start)) / span;
        let between = |place: usize| {
            let (from, to) = (earlier[place], later[place]);
            Count::from_f64((from + part * (to - from)).min(MOST)).unwrap_or(Count::ZERO)
        };
        Some(CountAhead {
            weeks,
            quantiles: [0, 1, 2, 3, 4, 5, 6].map(between),
        })
    };
    AHEAD_WEEKS.into_iter().filter_map(at).collect()
}

/// The least counts that at least so many percent of the paths do not pass, as [`super::Completion`] takes them of days.
fn quantiles(counts: &[f32]) -> [f64; 7] {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    AHEAD_PERCENTS.map(|percent| {
        let rank = (sorted.len() * usize::from(percent)).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().map_or(0.0, f64::from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_of_each_week_are_those_of_its_paths() {
        // Path number n has done n a week.
        let counts = kept_offsets().map(|offset| {
            let path = |path: u16| f32::from(path) * f32::from(offset);
            (1..=100).rev().map(path).collect()
        });
        let ahead = counts_ahead(&Paths {
            passages: vec![1; 100],
            counts: counts.collect(),
        });
        let weeks: Vec<u16> = ahead.iter().map(|ahead| ahead.weeks).collect();
        assert_eq!(weeks, AHEAD_WEEKS);
        let quarter = ahead[2].quantiles.map(Count::to_i64);
        assert_eq!(quarter, [5, 10, 25, 50, 75, 90, 95].map(|path| path * 13));
    }
}
