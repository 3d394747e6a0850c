//! The reports of one unit as increments of work: gaps, corrections and mergers handled, nothing made up.

use chrono::NaiveDate;
use store::domain::{Count, Panel, Stage, UnitId, Units, Week};

use super::exposure::Exposure;

/// A fall of this share or more is no correction of a figure but a new start of the count.
const RESTART_DROP: f64 = 0.3;

/// One complete report of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// The reporting week.
    pub(crate) week: Week,
    /// The date the figure is true for.
    pub(crate) as_of: NaiveDate,
    /// The cumulative figure.
    pub(crate) done: Count,
}

/// The work between two reports that follow one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Increment {
    /// Records done, 0 or more.
    pub(crate) work: f64,
    /// The working weeks it took, holidays weighed; above 0.
    pub(crate) exposure: f64,
    /// The calendar weeks it took: 1, or more where reports are missing between.
    pub(crate) weeks: u32,
    /// The cumulative count in the middle of it, on the scale of the latest report.
    pub(crate) middle: f64,
    /// The week of the report that ends it.
    pub(crate) week: Week,
}

/// The increments of one unit with what was done to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct History {
    /// The increments since the latest restart, in order of time.
    pub(crate) increments: Vec<Increment>,
    /// The reports since the latest restart; 0 where there is none at all.
    pub(crate) reports: u32,
    /// Downward corrections: the earlier history was scaled by them.
    pub(crate) corrections: u32,
    /// Falls too large for a correction: what came before them is not used.
    pub(crate) restarts: u32,
}

/// The complete reports of a unit in or before a week, in order.
///
/// A unit formed by the merger goes on where its members stopped: before its own first report, the weeks in which all of
/// its members reported are its history.
#[must_use]
pub(crate) fn list_reports(
    panel: &Panel<'_>,
    units: &Units,
    unit: UnitId,
    upto: Week,
    stage: Stage,
) -> Vec<Report> {
    let own = own_reports(panel, unit, stage);
    let first_own = own.first().map(|report| report.week);
    let mut reports = match units.members(unit) {
        [] => Vec::new(),
        [first, others @ ..] => {
            let mut sums = own_reports(panel, *first, stage);
            sums.retain(|report| first_own.is_none_or(|own| report.week < own));
            sums.into_iter()
                .filter_map(|report| plus_others(report, others, panel, stage))
                .collect()
        }
    };
    reports.extend(own);
    reports.retain(|report| report.week <= upto);
    reports
}

fn own_reports(panel: &Panel<'_>, unit: UnitId, stage: Stage) -> Vec<Report> {
    let points = panel
        .series(unit)
        .map_or(&[][..], |series| series.points.as_slice());
    let complete = points.iter().filter_map(|point| {
        let figure = point.figures[stage.index()].filter(|figure| figure.complete)?;
        Some(Report {
            week: point.week,
            as_of: point.as_of,
            done: figure.value,
        })
    });
    complete.collect()
}

/// Adds the other members' figures of the same week; `None` where one of them is missing.
fn plus_others(
    mut report: Report,
    others: &[UnitId],
    panel: &Panel<'_>,
    stage: Stage,
) -> Option<Report> {
    for other in others {
        let figure = panel
            .series(*other)?
            .figure_in(report.week, stage)
            .filter(|figure| figure.complete)?;
        report.done = report.done + figure.value;
    }
    Some(report)
}

impl History {
    /// Turns reports into increments.
    ///
    /// A missing week is never filled in: the work of the weeks between two reports is one increment with their summed
    /// exposure. A fall under 30 % scales the earlier history down; the week of the fall itself tells no rate and is
    /// left out. A larger fall starts the history anew.
    #[must_use]
    pub(crate) fn of(reports: &[Report], exposure: &Exposure<'_>) -> Self {
        let mut history = Self {
            reports: u32::from(!reports.is_empty()),
            ..Self::default()
        };
        for (before, after) in reports.iter().zip(reports.iter().skip(1)) {
            let (from, to) = (before.done.to_f64(), after.done.to_f64());
            history.reports += 1;
            if to < from {
                history.correct(to / from);
                continue;
            }
            history.increments.push(Increment {
                work: to - from,
                exposure: exposure.between(before.week, after.week),
                weeks: u32::try_from(after.week.weeks_since(before.week)).unwrap_or(u32::MAX),
                middle: f64::midpoint(from, to),
                week: after.week,
            });
        }
        history
    }

    fn correct(&mut self, ratio: f64) {
        if ratio > 1.0 - RESTART_DROP {
            self.corrections += 1;
            for increment in &mut self.increments {
                increment.work *= ratio;
                increment.middle *= ratio;
            }
        } else {
            self.restarts += 1;
            self.reports = 1;
            self.increments.clear();
        }
    }

    /// The mean pace of the increments that end after a week, in records per full working week; `None` without any.
    #[must_use]
    pub(crate) fn pace_since(&self, week: Week) -> Option<f64> {
        let recent = self
            .increments
            .iter()
            .filter(|increment| week < increment.week);
        let (work, exposure) = recent.fold((0.0, 0.0), |(work, exposure), step| {
            (work + step.work, exposure + step.exposure)
        });
        (exposure > 0.0).then(|| work / exposure)
    }

    /// The calendar weeks and the working weeks since the count last rose, by the reports at hand.
    #[must_use]
    pub(crate) fn standstill(&self) -> (u32, f64) {
        let still = self
            .increments
            .iter()
            .rev()
            .take_while(|increment| increment.work <= 0.0);
        still.fold((0, 0.0), |(weeks, exposure), step| {
            (weeks + step.weeks, exposure + step.exposure)
        })
    }
}

#[cfg(test)]
mod tests {
    use store::domain::Calendar;

    use super::*;

    fn reports(counts: &[(i64, i64)]) -> Vec<Report> {
        let first = Week::parse("2024-W10").unwrap();
        let report = |&(week, done): &(i64, i64)| {
            let week = first.plus(week);
            Report {
                week,
                as_of: week.last_day(),
                done: Count::from_i64(done).unwrap(),
            }
        };
        counts.iter().map(report).collect()
    }

    fn increments(counts: &[(i64, i64)]) -> Vec<(f64, f64)> {
        let calendar = Calendar::default();
        let history = History::of(&reports(counts), &Exposure::new(&calendar));
        history
            .increments
            .iter()
            .map(|step| (step.work, step.exposure))
            .collect()
    }

    #[test]
    fn a_missing_week_is_one_increment_over_two_weeks_and_no_zero() {
        assert_eq!(
            increments(&[(0, 100), (1, 200), (3, 400)]),
            [(100.0, 1.0), (200.0, 2.0)]
        );
    }

    #[test]
    fn a_small_fall_scales_the_earlier_history_down() {
        assert_eq!(
            increments(&[(0, 0), (1, 1000), (2, 800), (3, 900)]),
            [(800.0, 1.0), (100.0, 1.0)]
        );
    }

    #[test]
    fn a_large_fall_starts_the_history_anew() {
        assert_eq!(
            increments(&[(0, 0), (1, 1000), (2, 700), (3, 900)]),
            [(200.0, 1.0)]
        );
    }

    #[test]
    fn a_standstill_is_measured_from_the_last_rise() {
        let calendar = Calendar::default();
        let history = History::of(
            &reports(&[(0, 10), (1, 20), (4, 20), (6, 20)]),
            &Exposure::new(&calendar),
        );
        assert_eq!(history.standstill(), (5, 5.0));
        assert_eq!(
            history.pace_since(Week::parse("2024-W10").unwrap()),
            Some(10.0 / 6.0)
        );
    }
}
