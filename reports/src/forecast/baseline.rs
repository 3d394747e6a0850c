//! The method `baseline-1`: weekly work simulated on paths that all units share.
//!
//! For a unit with total `K`, count `C` and share `f = C/K`, the work of a week that holds `d` of a normal one is
//!
//! ```text
//! ΔC = d · level · exp(x + w) · f^δ · (1 − f)^γ      at most 0.4 · K · d and never past K
//! x  = s · √0.25 · (√ρ · z + √(1−ρ) · e)              once per path: the recent rate is wrong, and stays wrong
//! w' = 0.97 · w + s · √0.02 · (√ρ · Z + √(1−ρ) · e)   each week: the rate drifts
//! ```
//!
//! `z`, `Z` and the scale `s = √(6/χ²₆)` are common to all units on a path, `e` is the unit's own, `ρ = 0.3`. Because the
//! error of the rate persists and is partly shared, intervals do not shrink with the number of weeks or units as they do
//! where weeks are resampled one by one. The constants were measured on public vaccination programmes and a software
//! migration (ARCHITECTURE.md, forecast); the ministry's own history has to confirm them.
//!
//! Left out on purpose in this version: growth of totals after the origin (the total is the latest reported one), the
//! restart of stalled units, and units that have not begun. All three are stated as such in the result.

use rayon::prelude::*;

use super::law::{LAW_COUNT, LAW_OF_PATH, LAWS, RateLaw};
use super::shocks::{
    COMMON_SHARE, CommonPath, LEVEL_VARIANCE, Stream, WALK_PERSISTENCE, WALK_VARIANCE, common_paths,
};

/// The name and version of the method; a change of any constant raises the number.
pub const METHOD: &str = "baseline-1";
/// The number of simulated paths: the error of a probability is at most 1.6 points.
pub const PATHS: u64 = 1_000;
/// The weeks after the origin that are simulated: five years. A path not done by then counts as never done.
pub const HORIZON: u16 = 260;
/// The most weeks of silence before the origin in which a unit is taken to have worked on.
///
/// A report that is a little late hides work that was done; after a month, silence is no evidence of work.
pub const CREDIT: u16 = 4;
/// Done means this share of the total: the last books are damaged or disputed.
pub const DONE_SHARE: f64 = 0.995;

/// The simulated weeks: those of the credit and those of the horizon.
pub(crate) const STEPS: u16 = CREDIT + HORIZON;
/// The most of its total that a unit does in one working week.
const MOST_A_WEEK: f64 = 0.4;
/// A passage that did not happen before the horizon.
pub(crate) const NEVER: u16 = u16::MAX;

/// The weeks after the origin at which counts are kept: every week of the first year, then every fourth.
pub(crate) fn fan_offsets() -> impl Iterator<Item = u16> {
    (0..=HORIZON).filter(|offset| is_kept(*offset))
}

/// What is simulated of one unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Workload {
    /// Tells the unit's random numbers from the others'.
    pub(crate) purpose: u64,
    /// The last reported count.
    pub(crate) start: f64,
    /// The weeks from that report to the origin, at most [`CREDIT`].
    pub(crate) silent_weeks: u16,
    /// The total; above 0.
    pub(crate) total: f64,
    /// The count at which the work is done; above `start`.
    pub(crate) goal: f64,
    /// The level of the rate under each law, in records per full working week.
    pub(crate) levels: [f64; LAW_COUNT],
}

/// The simulated future of one unit or of several together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paths {
    /// For each path, the days from the last day of the origin week to the day the work is done; [`NEVER`] where it is
    /// not done within the horizon.
    pub(crate) passages: Vec<u16>,
    /// The counts at each of [`fan_offsets`]: one list of paths for each.
    pub(crate) counts: Vec<Vec<f32>>,
}

/// Simulates every workload. `exposures` are the working weights of the [`STEPS`] weeks that end with the horizon.
pub(crate) fn simulate(workloads: &[Workload], exposures: &[f64], seed: u64) -> Vec<Paths> {
    let common = common_paths(seed);
    workloads
        .par_iter()
        .map(|workload| workload.paths(&common, exposures, seed))
        .collect()
}

/// What shapes one path of one unit.
struct Course<'a> {
    common: &'a CommonPath,
    exposures: &'a [f64],
    law: RateLaw,
    level: f64,
}

impl Workload {
    fn paths(&self, common: &[CommonPath], exposures: &[f64], seed: u64) -> Paths {
        let kept = || Vec::with_capacity(common.len());
        let mut paths = Paths {
            passages: kept(),
            counts: fan_offsets().map(|_| Vec::new()).collect(),
        };
        let laws: Vec<(RateLaw, f64)> = LAWS.into_iter().zip(self.levels).collect();
        let law_of_path = LAW_OF_PATH
            .into_iter()
            .cycle()
            .filter_map(|law| laws.get(law));
        for ((number, common), (law, level)) in (0..).zip(common).zip(law_of_path) {
            let course = Course {
                common,
                exposures,
                law: *law,
                level: *level,
            };
            let stream = Stream::new(seed, self.purpose, number);
            let passage = self.walk(&course, stream, &mut paths.counts);
            paths.passages.push(passage);
        }
        paths
    }

    /// Walks one path week by week, keeps its counts and returns the day of its passage.
    fn walk(&self, course: &Course<'_>, mut stream: Stream, counts: &mut [Vec<f32>]) -> u16 {
        let (shared, own) = (COMMON_SHARE.sqrt(), (1.0 - COMMON_SHARE).sqrt());
        let spread = course.common.scale * LEVEL_VARIANCE.sqrt();
        let stride = course.common.scale * WALK_VARIANCE.sqrt();
        let error = spread * (shared * course.common.level + own * stream.normal());
        let first = usize::from(CREDIT - self.silent_weeks.min(CREDIT));
        let weeks = (0..)
            .zip(course.exposures.iter().zip(&course.common.steps))
            .skip(first);

        let mut slots = counts.iter_mut();
        let mut count = self.start;
        let mut drift = 0.0;
        let inverse = 1.0 / self.total;
        let mut passage = NEVER;
        if self.silent_weeks == 0 {
            keep(slots.next(), count);
        }
        for (step, (exposure, shock)) in weeks {
            drift = WALK_PERSISTENCE * drift + stride * (shared * shock + own * stream.step());
            let rate = course.level * libm::exp(error + drift) * course.law.factor(count * inverse);
            let work = rate.min(MOST_A_WEEK * self.total) * exposure;
            let week: u16 = step + 1;
            if count + work >= self.goal {
                passage = passage_day(week, (self.goal - count) / work);
                count = (count + work).min(self.total.max(self.goal));
                break;
            }
            count += work;
            if week >= CREDIT && is_kept(week - CREDIT) {
                keep(slots.next(), count);
            }
        }
        slots.for_each(|slot| keep(Some(slot), count));
        passage
    }
}

/// The days from the last day of the origin week to the weekday on which this part of a week's work is done.
///
/// Work of weeks before the origin was done on a day that nobody reported; it counts as the first day after the origin,
/// so that no date lies in the past.
fn passage_day(week: u16, part: f64) -> u16 {
    if week <= CREDIT {
        return 1;
    }
    let weekday = (1..5)
        .find(|day| part * 5.0 <= f64::from(*day))
        .unwrap_or(5);
    7 * (week - CREDIT - 1) + weekday
}

fn is_kept(offset: u16) -> bool {
    offset <= 52 || offset.is_multiple_of(4)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a drawn fan needs seven digits, and half the memory is faster"
)]
fn keep(slot: Option<&mut Vec<f32>>, count: f64) {
    if let Some(slot) = slot {
        slot.push(count as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEADY: RateLaw = LAWS[0];

    fn workload(start: f64, silent_weeks: u16) -> Workload {
        Workload {
            purpose: 1,
            start,
            silent_weeks,
            total: 1000.0,
            goal: 995.0,
            levels: [100.0; LAW_COUNT],
        }
    }

    /// One path without any error: the passage and the counts of the fan.
    fn certain(workload: &Workload, exposures: &[f64]) -> (u16, Vec<f32>) {
        let common = CommonPath {
            scale: 0.0,
            level: 0.0,
            steps: vec![0.0; STEPS.into()],
        };
        let course = Course {
            common: &common,
            exposures,
            law: STEADY,
            level: 100.0,
        };
        let mut counts = vec![Vec::new(); fan_offsets().count()];
        let passage = workload.walk(&course, Stream::new(1, 1, 1), &mut counts);
        (passage, counts.into_iter().flatten().collect())
    }

    #[test]
    fn without_errors_a_steady_rate_arrives_exactly_when_the_work_is_done() {
        let ordinary = [1.0; STEPS as usize];
        // 345 at 100 a week: three weeks and 0.45 of the fourth, which is its third weekday.
        let (passage, counts) = certain(&workload(650.0, 0), &ordinary);
        assert_eq!(passage, 3 * 7 + 3);
        assert_eq!(counts[..5], [650.0, 750.0, 850.0, 950.0, 1000.0]);
        assert!(
            counts.len() == 105
                && counts
                    .iter()
                    .skip(4)
                    .all(|count| (count - 1000.0).abs() < 1e-6)
        );
        // At two fifths of a week's work, 345 takes eight weeks and 5/8 of the ninth: its fourth weekday.
        assert_eq!(
            certain(&workload(650.0, 0), &[0.4; STEPS as usize]).0,
            8 * 7 + 4
        );
    }

    #[test]
    fn silent_weeks_are_worked_and_a_passage_before_the_origin_is_the_first_day_after_it() {
        let ordinary = [1.0; STEPS as usize];
        let (passage, counts) = certain(&workload(650.0, 2), &ordinary);
        assert_eq!((passage, counts[0]), (7 + 3, 850.0));
        let (passage, counts) = certain(&workload(650.0, 4), &ordinary);
        assert_eq!((passage, counts[0]), (1, 1000.0));
    }

    #[test]
    fn what_cannot_be_reached_is_never() {
        let (passage, counts) = certain(&workload(650.0, 0), &[0.0; STEPS as usize]);
        assert_eq!(passage, NEVER);
        assert_eq!(counts, vec![650.0; 105]);
    }
}
