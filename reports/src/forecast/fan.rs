//! The fan of future counts, for the burn-up chart.

use store::domain::{Count, Week};

use super::exposure::Exposure;
use super::method::{COUNTED, NEVER, Paths, kept_offsets};

/// The largest count that a fan shows: all digits of single precision hold, and every larger one is refused as a count.
const MOST: f64 = 9.0e18;

/// The weeks after the origin that are shown one by one.
const YEAR: u16 = 52;

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
/// Weekly for a year, by the working time of the weeks between two kept counts, then every fourth week. The origin week's
/// point is the last reported count, or, where reports are late, a spread above it: the unit has worked on since.
pub(crate) fn fan_of(paths: &Paths, origin: Week, exposure: &Exposure<'_>) -> Vec<FanPoint> {
    let end = last_offset(&paths.passages);
    let kept: Vec<(u16, [f64; 3])> = kept_offsets()
        .zip(&paths.counts)
        .take_while(|(offset, _)| *offset < end + 2 * COUNTED)
        .map(|(offset, counts)| (offset, spread(counts)))
        .collect();
    let first = kept.first().map(|(_, counts)| point(origin, *counts));
    let between = kept
        .iter()
        .zip(kept.iter().skip(1))
        .flat_map(|(before, after)| {
            let week = |offset: u16| origin.plus(offset.into());
            let all = exposure.between(week(before.0), week(after.0));
            let weekly = if after.0 <= YEAR {
                before.0 + 1
            } else {
                after.0
            };
            (weekly..=after.0).map(move |offset| {
                let part = exposure.between(week(before.0), week(offset)) / all;
                let counts = [0, 1, 2].map(|at| before.1[at] + part * (after.1[at] - before.1[at]));
                (offset, point(week(offset), counts))
            })
        });
    let between = between.filter(|(offset, _)| *offset < end + COUNTED);
    first
        .into_iter()
        .chain(between.map(|(_, point)| point))
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

/// The counts below which a tenth, half and nine tenths of the paths are.
fn spread(counts: &[f32]) -> [f64; 3] {
    let mut counts = counts.to_vec();
    if counts.is_empty() {
        return [0.0; 3];
    }
    let tenth = counts.len() / 10;
    let half = (counts.len() - 1) / 2;
    let (below, middle, above) = counts.select_nth_unstable_by(half, f32::total_cmp);
    let p50 = *middle;
    let p10 = nth(below, tenth.saturating_sub(1)).unwrap_or(p50);
    let p90 = nth(above, above.len().saturating_sub(tenth + 1)).unwrap_or(p50);
    [p10, p50, p90].map(f64::from)
}

fn point(week: Week, counts: [f64; 3]) -> FanPoint {
    // A count above the largest one is written as just below it: rounding to seven digits may pass it.
    let [p10, p50, p90] =
        counts.map(|count| Count::from_f64(count.min(MOST)).unwrap_or(Count::ZERO));
    FanPoint {
        week,
        p10,
        p50,
        p90,
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
        let counts: Vec<f32> = (0_u16..1000)
            .rev()
            .map(|count| f32::from(count) + 1.0)
            .collect();
        let point = point(Week::parse("2025-W08").unwrap(), spread(&counts));
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
