//! The engine of `sohoa forecast` on the cases of one origin.

use rayon::prelude::*;

use super::baseline::sampled;
use super::cases::Asked;
use super::measure::Answers;
use super::score::Percentiles;
use super::series::SeriesFile;
use crate::forecast::{
    COUNTED, CREDIT, METHOD, Model, Subject, WorkingWeeks, purpose_of, step_weights,
};

/// The weeks after the origin that are simulated: dates are cut there.
const HORIZON: u16 = 104;
/// The units that are added up together: sums are taken in the same order whatever the number of threads.
const TOGETHER: usize = 32;

/// The sums of counts, by every [`COUNTED`] weeks and path.
type Sums = Vec<Vec<f64>>;

/// The engine of `sohoa forecast`, with no calendar of holidays.
pub(super) fn ours(file: &SeriesFile, asked: &Asked, paths: usize) -> Answers {
    let subjects = subjects(file, asked);
    let working = WorkingWeeks::ordinary();
    let model = Model::fit(&subjects, &working);
    let seed = purpose_of(&format!("{METHOD} {}", asked.origin));
    let futures = model.futures(seed, paths, &step_weights(&working, HORIZON));
    let kept = usize::from(HORIZON / COUNTED) + 1;
    let places: Vec<usize> = (0..subjects.len()).collect();
    let together = |places: &[usize]| {
        let mut sums: Sums = vec![vec![0.0; paths]; kept];
        let of_unit = |place: &usize| {
            let (subject, goals) = (subjects.get(*place)?, asked.goals.get(*place)?);
            // The sum needs every unit's counts up to its total, beyond the last threshold.
            let mut to_total = goals.clone();
            to_total.push(subject.total.max(goals.last().copied().unwrap_or(0.0)));
            let workload = model.workload(*place, subject, to_total);
            let walked = workload.walk(&futures, seed, paths);
            add(
                &mut sums,
                walked
                    .counts
                    .into_iter()
                    .map(|counts| counts.into_iter().map(f64::from)),
            );
            Some(
                walked
                    .passages
                    .iter()
                    .take(goals.len())
                    .map(|steps| dates(steps))
                    .collect(),
            )
        };
        let units: Vec<Option<Vec<Percentiles>>> = places.iter().map(of_unit).collect();
        (units, sums)
    };
    let parts: Vec<_> = places.par_chunks(TOGETHER).map(together).collect();
    let mut sums: Sums = vec![vec![0.0; paths]; kept];
    let mut units = Vec::with_capacity(subjects.len());
    for (answers, part) in parts {
        units.extend(answers);
        add(&mut sums, part.into_iter().map(Vec::into_iter));
    }
    let national = asked.national.iter();
    let national =
        national.map(|(goal, truth)| (sampled(&mut sum_dates(&sums, *goal, paths)), *truth));
    Answers {
        units,
        national: national.collect(),
    }
}

/// The units as the engine takes them, each with streams of its own name.
fn subjects(file: &SeriesFile, asked: &Asked) -> Vec<Subject> {
    let name = |place: usize| file.units.get(place).map_or("", |unit| unit.name.as_str());
    let units = asked.units.iter();
    units
        .map(|(place, known)| Subject {
            purpose: purpose_of(name(*place)),
            reports: known.reports.clone(),
            totals: known.totals.clone(),
            total: known.total,
        })
        .collect()
}

fn add(sums: &mut Sums, counts: impl Iterator<Item = impl Iterator<Item = f64>>) {
    for (sum, counts) in sums.iter_mut().zip(counts) {
        for (sum, count) in sum.iter_mut().zip(counts) {
            *sum += count;
        }
    }
}

/// The percentiles of the weeks from the origin to passages that are counted in steps.
fn dates(passages: &[f32]) -> Percentiles {
    let after = |step: &f32| (f64::from(*step) - f64::from(CREDIT)).max(0.0);
    let mut dates: Vec<f64> = passages.iter().map(after).collect();
    sampled(&mut dates)
}

/// The weeks until the sum of all units reaches a goal, by path.
fn sum_dates(sums: &[Vec<f64>], goal: f64, paths: usize) -> Vec<f64> {
    let date = |path: usize| {
        let at = |kept: usize| sums.get(kept).and_then(|sum| sum.get(path)).copied();
        let next = (0..sums.len()).find(|kept| at(*kept).is_some_and(|sum| sum >= goal))?;
        let (Some(before), Some(after)) = (at(next.checked_sub(1)?), at(next)) else {
            return Some(0.0);
        };
        let kept = f64::from(u32::try_from(next).unwrap_or(u32::MAX));
        let part = (goal - before) / (after - before).max(f64::MIN_POSITIVE);
        Some((kept - 1.0 + part) * f64::from(COUNTED))
    };
    (0..paths)
        .map(|path| date(path).unwrap_or(f64::INFINITY))
        .collect()
}
