//! The history of one unit as shares of its latest total, week by week.

use super::working::WorkingWeeks;

/// A fall of this share or more is no correction of a figure but a new start of the count.
pub(crate) const RESTART_DROP: f64 = 0.3;

/// One report, as a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// The week, counted from the origin: 0 is the origin week, earlier ones are below it.
    pub week: i64,
    /// What was done by its end.
    pub done: f64,
}

/// What is known of one unit, as numbers.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// Tells the unit's random numbers from the others'.
    pub(crate) purpose: u64,
    /// The reports in order of weeks, none after the origin.
    pub(crate) reports: Vec<Report>,
    /// The totals as they were known at the ends of weeks, in order; what the latest of them is may differ from `total`.
    pub(crate) totals: Vec<(i64, f64)>,
    /// The latest total; above 0. All of the history is measured by it, so that a restated total is no work done.
    pub(crate) total: f64,
}

/// One reported week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mark {
    /// The share of the latest total that was done by its end; at most 1.
    pub(crate) share: f64,
    /// The full working weeks from the first report to its end.
    pub(crate) clock: f64,
}

/// The marks of one unit; a week without a report has none.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    /// By week, from the first week of the panel to the origin.
    pub(crate) marks: Vec<Option<Mark>>,
}

impl Track {
    /// Reads the reports of a unit. `weeks` are those of the panel up to the origin.
    ///
    /// A fall under 30 % scales the earlier counts down, and its week is no working time; a larger one drops them.
    pub(crate) fn of(subject: &Subject, weeks: usize, working: &WorkingWeeks) -> Self {
        let mut points: Vec<(Report, f64)> = Vec::new();
        for report in &subject.reports {
            let mut clock = 0.0;
            if let Some((last, at)) = points.last().copied() {
                clock = at + working.between(last.week, report.week);
                if report.done < last.done {
                    clock = at;
                    let ratio = report.done / last.done;
                    if ratio > 1.0 - RESTART_DROP {
                        points.iter_mut().for_each(|(point, _)| point.done *= ratio);
                    } else {
                        points.clear();
                    }
                }
            }
            points.push((*report, clock));
        }
        let mut marks = vec![None; weeks];
        for (report, clock) in points {
            let back = usize::try_from(-report.week).unwrap_or(usize::MAX);
            let place = weeks.checked_sub(back.saturating_add(1));
            if let Some(mark) = place.and_then(|place| marks.get_mut(place)) {
                let share = (report.done / subject.total).min(1.0);
                *mark = Some(Mark { share, clock });
            }
        }
        Self { marks }
    }

    /// The first week with a mark; the number of weeks where there is none.
    pub(crate) fn first(&self) -> usize {
        let first = self.marks.iter().position(Option::is_some);
        first.unwrap_or(self.marks.len())
    }

    /// The mark of a week.
    pub(crate) fn at(&self, week: usize) -> Option<Mark> {
        self.marks.get(week).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(counts: &[(i64, f64)]) -> Vec<Option<(f64, f64)>> {
        let reports = counts.iter().map(|&(week, done)| Report { week, done });
        let subject = Subject {
            purpose: 0,
            reports: reports.collect(),
            totals: Vec::new(),
            total: 1000.0,
        };
        let marks = Track::of(&subject, 5, &WorkingWeeks::ordinary()).marks;
        let pair = |mark: Option<Mark>| mark.map(|mark| (mark.share, mark.clock));
        marks.into_iter().map(pair).collect()
    }

    #[test]
    fn a_missing_week_is_no_mark_and_its_working_time_is_kept() {
        let expected = [
            Some((0.1, 0.0)),
            Some((0.2, 1.0)),
            None,
            None,
            Some((0.5, 4.0)),
        ];
        assert_eq!(track(&[(-4, 100.0), (-3, 200.0), (0, 500.0)]), expected);
    }

    #[test]
    fn a_small_fall_scales_and_a_large_one_drops_what_was_before() {
        let scaled = [
            None,
            None,
            Some((0.4, 0.0)),
            Some((0.8, 1.0)),
            Some((0.8, 1.0)),
        ];
        assert_eq!(track(&[(-2, 500.0), (-1, 1000.0), (0, 800.0)]), scaled);
        let dropped = [None, None, None, None, Some((0.6, 1.0))];
        assert_eq!(track(&[(-2, 500.0), (-1, 1000.0), (0, 600.0)]), dropped);
    }
}
