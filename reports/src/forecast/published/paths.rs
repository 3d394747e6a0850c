//! The future of published figures on paths of the one method.
//!
//! Paths share the readings of the figures out among themselves: each reading takes every figure somewhere within what its
//! words leave open, learns from them anew and goes on from there. So the interval holds what rounding hides of the pace, of
//! where the work stands and of how much there is.

use rayon::prelude::*;
use store::domain::{UnitId, Week};

use super::{Basis, StatedCount};
use crate::forecast::exposure::Exposure;
use crate::forecast::input::ForecastInput;
use crate::forecast::method::{CREDIT, DONE_SHARE, FAN_PATHS, HORIZON, Model, Paths, passage_day};
use crate::forecast::national::MOST_SHARE;
use crate::forecast::number::single;
use crate::forecast::stream::{Stream, purpose_of};
use crate::forecast::track::{Report, Subject};
use crate::forecast::walk;
use crate::forecast::working::WorkingWeeks;

/// The readings that paths share out among themselves.
const READINGS: usize = 20;
/// The most weeks after the last figure in which work is taken to have gone on.
const MOST_CREDIT: u16 = 52;

/// Where a place goes by its published figures.
pub(super) struct Walked {
    /// Until it is done.
    pub(super) paths: Paths,
    /// The days until [`MOST_SHARE`] of the total is done.
    pub(super) most: Vec<u16>,
}

/// The weeks that are simulated: those after the last figure that are credited, then those of the horizon.
struct Steps {
    /// The working time of each.
    weights: Vec<f64>,
    /// How many of them lie before the origin's end: whole blocks of [`CREDIT`] weeks.
    before: u16,
    /// The first of them in which work is credited.
    first: usize,
}

impl Steps {
    fn of(counts: &[StatedCount], origin: Week, exposure: &Exposure<'_>) -> Self {
        let silence = |from: &StatedCount, to: Week| {
            u16::try_from(to.weeks_since(from.week())).unwrap_or(u16::MAX)
        };
        let gaps = counts.iter().zip(counts.iter().skip(1));
        let longest = gaps.map(|(from, to)| silence(from, to.week())).max();
        let now = counts.last().map_or(0, |last| silence(last, origin));
        let credited = now.min(longest.unwrap_or(0)).min(MOST_CREDIT);
        let before = credited.div_ceil(CREDIT).max(1) * CREDIT;
        let weeks = 1 - i64::from(before)..=i64::from(HORIZON);
        Self {
            weights: weeks.map(|week| exposure.of(origin.plus(week))).collect(),
            before,
            first: usize::from(before - credited),
        }
    }

    /// The day of a passage, counted from the last day of the origin week.
    fn day(&self, passage: f32) -> u16 {
        passage_day(passage - f32::from(self.before - CREDIT))
    }
}

/// Simulates what the figures of an owner lead to.
pub(super) fn walk(
    (owner, basis, total): (Option<UnitId>, &Basis, &StatedCount),
    input: &ForecastInput<'_>,
    exposure: &Exposure<'_>,
    seed: u64,
) -> Walked {
    let owner = owner.map_or_else(|| "vn".to_owned(), |unit| unit.to_string());
    let place = Place {
        purpose: purpose_of(&format!("published {owner}")),
        basis,
        total,
        working: working(basis, exposure),
        steps: Steps::of(&basis.counts, input.week, exposure),
    };
    let middle = place.subject(|| 0.5);
    let model = Model::fit(std::slice::from_ref(&middle), &place.working);
    let futures = model.futures(seed, input.paths, &place.steps.weights);
    let read = |reading: usize| {
        let number = u64::try_from(reading).unwrap_or(u64::MAX);
        let mut stream = Stream::new(seed, place.purpose, number);
        let subject = place.subject(|| stream.uniform());
        let model = Model::fit(std::slice::from_ref(&subject), &place.working);
        let goals = [MOST_SHARE, DONE_SHARE].map(|share| share * subject.total);
        let mut workload = model.workload(0, &subject, goals.into());
        workload.first_step = place.steps.first;
        workload.walk(&futures, seed, FAN_PATHS)
    };
    let walks: Vec<walk::Walked> = (0..READINGS).into_par_iter().map(read).collect();
    place.shared_out(&walks, input.paths)
}

/// One owner with all that its readings have in common.
struct Place<'a> {
    purpose: u64,
    basis: &'a Basis,
    total: &'a StatedCount,
    working: WorkingWeeks,
    steps: Steps,
}

impl Place<'_> {
    /// The figures as numbers, each read at a place within what it leaves open.
    fn subject(&self, mut place: impl FnMut() -> f64) -> Subject {
        let last = self.basis.last().map(StatedCount::week);
        let report = |count: &StatedCount, place: f64| Report {
            week: last.map_or(0, |last| count.week().weeks_since(last)),
            done: count.at(place),
        };
        let counts = self.basis.counts.iter();
        Subject {
            purpose: self.purpose,
            reports: counts.map(|count| report(count, place())).collect(),
            totals: Vec::new(),
            total: self.total.at(place()),
        }
    }

    /// Takes every path from its own reading.
    fn shared_out(&self, walks: &[walk::Walked], paths: usize) -> Walked {
        let of = |path: usize| walks.get(path % READINGS);
        let passages = |goal: usize| {
            let passage = |path| {
                let passages = of(path)?.passages.get(goal)?;
                passages.get(path).copied()
            };
            let passages = (0..paths).map(|path| passage(path).unwrap_or(f32::INFINITY));
            passages.map(|passage| self.steps.day(passage)).collect()
        };
        let drawn = paths.min(FAN_PATHS);
        let counts = |block: usize| {
            let count = |path| {
                let counts = of(path)?.counts.get(block)?;
                counts.get(path).copied()
            };
            let none = single(self.total.least());
            (0..drawn).map(|path| count(path).unwrap_or(none)).collect()
        };
        // The first block that is kept ends with the origin week.
        let first = usize::from(self.steps.before / CREDIT) - 1;
        let blocks = walks.first().map_or(0, |walked| walked.counts.len());
        Walked {
            most: passages(0),
            paths: Paths {
                passages: passages(1),
                counts: (first..blocks).map(counts).collect(),
            },
        }
    }
}

/// The working time of the weeks of the figures, counted from that of the last.
fn working(basis: &Basis, exposure: &Exposure<'_>) -> WorkingWeeks {
    let ends = basis.counts.first().zip(basis.counts.last());
    let weeks = ends.map(|(first, last)| (first.week(), last.week()));
    weeks.map_or_else(WorkingWeeks::ordinary, |(first, last)| {
        WorkingWeeks::new(exposure, last, first, last)
    })
}

#[cfg(test)]
mod tests {
    use store::domain::{Approximation, Calendar, Count};

    use super::*;

    /// The weeks before the origin that are simulated, and those of them without work, some weeks after the last of figures.
    fn steps(gap: i64, since: i64) -> (u16, usize) {
        let first = Week::parse("2023-W10").unwrap();
        let count = |week: Week| {
            let number = Count::from_i64(1).unwrap();
            StatedCount::new(week.last_day(), number, Approximation::Exact)
        };
        let last = first.plus(gap);
        let calendar = Calendar::default();
        let exposure = Exposure::new(&calendar);
        let counts = [count(first), count(last)];
        let steps = Steps::of(&counts, last.plus(since), &exposure);
        assert_eq!(steps.weights.len(), usize::from(steps.before + HORIZON));
        (steps.before, steps.first)
    }

    #[test]
    fn work_goes_on_after_the_last_figure_for_as_long_as_figures_were_apart() {
        assert_eq!(steps(26, 0), (4, 4));
        assert_eq!(steps(26, 10), (12, 2));
        assert_eq!(steps(26, 100), (28, 2));
        assert_eq!(steps(100, 200), (52, 0));
    }

    #[test]
    fn the_first_day_after_the_origin_is_the_same_however_many_weeks_are_credited() {
        let calendar = Calendar::default();
        let exposure = Exposure::new(&calendar);
        let mut steps = Steps::of(&[], Week::parse("2023-W10").unwrap(), &exposure);
        assert_eq!((steps.day(4.1), steps.day(5.0)), (1, 5));
        steps.before = 28;
        assert_eq!(
            (steps.day(10.0), steps.day(28.1), steps.day(29.0)),
            (1, 1, 5)
        );
    }
}
