//! The fan of future counts, for the burn-up chart.

use store::domain::{Count, Week};

use super::method::{NEVER, Paths, fan_offsets};

/// The largest count that a fan shows: all digits of single precision hold, and every larger one is refused as a count.
const MOST: f64 = 9.0e18;

/// The spread of the cumulative count at the end of one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FanPoint {
    /// The week.
    pub week: Week,
    /// One path in ten is below this count.
    pub p10: Count,
    /// Half of the paths are below this count.
    pub p50: Count,
    /// One path in ten is above this count.
    pub p90: Count,
}

/// The fan from the origin week to the week in which nine paths of ten are done, or to the horizon.
///
/// Weekly for a year, then every fourth week. The origin week's point is the last reported count, or, where reports are
/// late, a spread above it: the unit has worked on since.
pub(crate) fn fan_of(paths: Paths, origin: Week) -> Vec<FanPoint> {
    let end = last_offset(&paths.passages);
    let points = fan_offsets()
        .zip(paths.counts)
        .filter(|(offset, _)| *offset < end + 4);
    points
        .map(|(offset, counts)| point(origin.plus(offset.into()), counts))
        .collect()
}

/// The weeks after the origin in which nine paths of ten are done, as far as the horizon.
fn last_offset(passages: &[u16]) -> u16 {
    let mut passages = passages.to_vec();
    if passages.is_empty() {
        return 0;
    }
    let rank = (passages.len() * 9).div_ceil(10) - 1;
    let (_, passage, _) = passages.select_nth_unstable(rank);
    if *passage == NEVER {
        super::HORIZON
    } else {
        passage.div_ceil(7)
    }
}

fn point(week: Week, mut counts: Vec<f32>) -> FanPoint {
    if counts.is_empty() {
        return FanPoint {
            week,
            p10: Count::ZERO,
            p50: Count::ZERO,
            p90: Count::ZERO,
        };
    }
    let tenth = counts.len() / 10;
    let half = (counts.len() - 1) / 2;
    let (below, middle, above) = counts.select_nth_unstable_by(half, f32::total_cmp);
    let p50 = *middle;
    let p10 = nth(below, tenth.saturating_sub(1)).unwrap_or(p50);
    let p90 = nth(above, above.len().saturating_sub(tenth + 1)).unwrap_or(p50);
    // A count above the largest one is written as just below it: rounding to seven digits may pass it.
    let whole = |count: f32| Count::from_f64(f64::from(count).min(MOST)).unwrap_or(Count::ZERO);
    FanPoint {
        week,
        p10: whole(p10),
        p50: whole(p50),
        p90: whole(p90),
    }
}

fn nth(counts: &mut [f32], rank: usize) -> Option<f32> {
    (rank < counts.len()).then(|| *counts.select_nth_unstable_by(rank, f32::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_the_same_quantiles_as_the_dates() {
        let counts = (0_u16..1000)
            .rev()
            .map(|count| f32::from(count) + 1.0)
            .collect();
        let point = point(Week::parse("2025-W08").unwrap(), counts);
        assert_eq!(
            [point.p10, point.p50, point.p90].map(Count::to_i64),
            [100, 500, 900]
        );
    }

    #[test]
    fn the_fan_ends_when_nine_paths_of_ten_are_done() {
        let mut passages = vec![15; 9];
        passages.push(NEVER);
        assert_eq!(last_offset(&passages), 3);
        passages.push(NEVER);
        assert_eq!(last_offset(&passages), 260);
    }
}
