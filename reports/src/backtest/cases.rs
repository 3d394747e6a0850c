//! The cases: what is known at each origin, and what came of it.

use super::series::{Known, SeriesFile, reached, weeks};
use crate::forecast::Report;

/// What is known at one origin, and the truth of its cases.
pub(super) struct Asked {
    pub(super) origin: i64,
    pub(super) units: Vec<(usize, Known)>,
    /// By unit: the goals of all thresholds, and the truth of each that is a case.
    pub(super) goals: Vec<Vec<f64>>,
    pub(super) truths: Vec<Vec<Option<f64>>>,
    /// The sum of all units: goal and truth by threshold.
    pub(super) national: Vec<(f64, f64)>,
    /// The sum of all units as one: a week without a row of a unit carries its row before.
    pub(super) nation: Known,
}

impl Asked {
    pub(super) fn of(file: &SeriesFile, thresholds: &[f64], origin: i64) -> Self {
        let at = weeks(7 * origin);
        let units: Vec<(usize, Known)> = file
            .units
            .iter()
            .enumerate()
            .filter_map(|(place, unit)| Some((place, unit.known_at(origin)?)))
            .collect();
        let goals = |known: &Known| thresholds.iter().map(|share| share * known.total).collect();
        let truths = |(place, known): &(usize, Known)| {
            let done = known.reports.last().map_or(0.0, |report| report.done);
            let case = |share: &f64| {
                let unit = file
                    .units
                    .get(*place)
                    .filter(|_| done < share * known.total)?;
                let truth = unit.reached(share * unit.last_total())? - at;
                (truth > 0.0).then_some(truth)
            };
            thresholds.iter().map(case).collect()
        };
        Self {
            origin,
            goals: units.iter().map(|(_, known)| goals(known)).collect(),
            truths: units.iter().map(truths).collect(),
            national: national_truths(file, &units, thresholds, origin),
            nation: sum_of(&units, origin),
            units,
        }
    }
}

/// The units known at an origin as one, from the first report of any of them.
fn sum_of(units: &[(usize, Known)], origin: i64) -> Known {
    let known = || units.iter().map(|(_, known)| known);
    let total = known().map(|known| known.total).sum();
    let done_by = |week: i64| {
        let done = known().filter_map(|known| {
            let upto = known.reports.partition_point(|report| report.week <= week);
            Some(known.reports.get(upto.checked_sub(1)?)?.done)
        });
        Report {
            week,
            done: done.sum(),
        }
    };
    let first = known()
        .filter_map(|known| Some(known.reports.first()?.week))
        .min();
    let weeks = first.unwrap_or(0).max(-origin)..=0;
    Known {
        reports: weeks.map(done_by).collect(),
        totals: vec![(0, total)],
        total,
    }
}

/// The goals and truths of the sum of the units known at an origin; weeks without a row carry the row before.
fn national_truths(
    file: &SeriesFile,
    units: &[(usize, Known)],
    thresholds: &[f64],
    origin: i64,
) -> Vec<(f64, f64)> {
    let rows = || units.iter().filter_map(|(place, _)| file.units.get(*place));
    let done_at = |week: i64| -> f64 {
        let done = rows().filter_map(|unit| {
            let upto = unit.rows.partition_point(|row| row.day <= 7 * week);
            unit.rows.get(upto.checked_sub(1)?).map(|row| row.done)
        });
        done.sum()
    };
    let sums: Vec<(f64, f64)> = (0..=i64::from(file.weeks))
        .map(|week| (weeks(7 * week), done_at(week)))
        .collect();
    let last_total: f64 = rows().map(|unit| unit.last_total()).sum();
    let known_total: f64 = units.iter().map(|(_, known)| known.total).sum();
    let case = |share: &f64| {
        let ahead = done_at(origin) < share * known_total;
        let truth = reached(sums.iter().copied(), share * last_total)? - weeks(7 * origin);
        (ahead && truth > 0.0).then_some((share * known_total, truth))
    };
    thresholds.iter().filter_map(case).collect()
}
