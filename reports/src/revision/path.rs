//! The data of each run between two moments of knowledge.

use std::collections::BTreeMap;

use store::domain::{Count, Panel, Stage, UnitId, UnitSeries, Units, Week};

use crate::forecast::{Change, FanPoint, Forecast, Scenario};

/// The two ends of the path.
#[derive(Clone, Copy)]
pub(super) struct Ends<'a> {
    pub(super) units: &'a Units,
    /// The stage whose count tells what is done.
    pub(super) stage: Stage,
    pub(super) old: (&'a Panel<'a>, Week),
    pub(super) new: (&'a Panel<'a>, Week),
}

/// The series of all units that ever reported.
type AllSeries = BTreeMap<UnitId, UnitSeries>;

impl<'a> Ends<'a> {
    /// The series of a panel up to a week.
    fn series(&self, panel: &Panel<'_>, upto: Week) -> AllSeries {
        let all = self.units.iter().filter_map(|unit| panel.series(unit.id));
        all.map(|series| {
            let mut series = series.clone();
            series.points.retain(|point| point.week <= upto);
            (series.unit, series)
        })
        .collect()
    }

    fn panel(&self, series: AllSeries) -> Panel<'a> {
        Panel::new(self.units, series.into_values().collect())
    }

    fn restated(&self) -> AllSeries {
        let mut all = self.series(self.old.0, self.old.1);
        for (unit, series) in &mut all {
            let now = self.new.0.series(*unit);
            for point in &mut series.points {
                let stages = Stage::ALL.into_iter();
                for stage in stages.filter(|stage| *stage != Stage::Total) {
                    let figure = &mut point.figures[stage.index()];
                    if figure.is_some() {
                        *figure = now.and_then(|now| now.figure_in(point.week, stage));
                    }
                }
            }
        }
        all
    }

    /// The work that was known then, restated where it has been restated since, and without what was withdrawn.
    pub(super) fn corrected(&self) -> Panel<'a> {
        self.panel(self.restated())
    }

    /// The same work measured by the totals known now: those of the weeks up to then, and the latest.
    pub(super) fn rescoped(&self) -> Panel<'a> {
        let mut all = self.restated();
        for (unit, series) in &mut all {
            let Some(now) = self.new.0.series(*unit) else {
                continue;
            };
            for point in &mut series.points {
                point.figures[Stage::Total.index()] = now.figure_in(point.week, Stage::Total);
            }
            let known = now.points.iter().rev();
            let mut known = known.filter(|point| point.week <= self.new.1);
            let latest =
                known.find_map(|point| Some((point.week, point.figures[Stage::Total.index()]?)));
            let last = series.points.last_mut();
            if let (Some(last), Some((week, total))) = (last, latest)
                && last.week < week
            {
                last.figures[Stage::Total.index()] = Some(total);
            }
        }
        self.panel(all)
    }

    /// The work as it is known now, measured by the totals that were known then.
    pub(super) fn paced(&self) -> Panel<'a> {
        let mut all = self.series(self.new.0, self.new.1);
        for (unit, series) in &mut all {
            // Without a total then, nothing tells the scope apart.
            let then = self.old.0.standing(*unit, self.old.1, Stage::Total);
            if then.estimate.is_none() {
                continue;
            }
            let known = self.old.0.series(*unit);
            for point in &mut series.points {
                let old = known.filter(|_| point.week <= self.old.1);
                point.figures[Stage::Total.index()] =
                    old.and_then(|old| old.figure_in(point.week, Stage::Total));
            }
        }
        self.panel(all)
    }

    /// By how many days each unit is behind the median of what was expected of it; ahead below 0.
    pub(super) fn delays(&self, expected: &Forecast) -> Scenario {
        let delay = |row: &crate::forecast::UnitForecast| {
            let (week, count) = self.last_report(row.unit)?;
            let known = row.last_report?;
            // Nothing new was reported of it.
            (week > known).then_some(())?;
            let due = days_until(&row.fan, self.old.1, count)?;
            Some(Change::Delay {
                unit: row.unit,
                days: 7 * week.weeks_since(self.old.1) - due,
            })
        };
        Scenario {
            changes: expected.units.iter().filter_map(delay).collect(),
        }
    }

    /// The last week in which a unit is known to have reported its work whole, and the count.
    fn last_report(&self, unit: UnitId) -> Option<(Week, Count)> {
        let points = self.new.0.series(unit)?.points.iter().rev();
        let known = points.filter(|point| point.week <= self.new.1);
        let mut whole = known.filter_map(|point| {
            let figure = point.figures[self.stage.index()]?;
            figure.complete.then_some((point.week, figure.value))
        });
        whole.next()
    }
}

/// The days from an origin to the moment at which the median of a fan reaches a count, evenly between two of its weeks; those
/// to its end where it never does. `None` without a fan.
fn days_until(fan: &[FanPoint], origin: Week, count: Count) -> Option<i64> {
    let days = |point: &FanPoint| 7 * point.week.weeks_since(origin);
    let next = fan.iter().position(|point| point.p50 >= count);
    let Some(next) = next else {
        return fan.last().map(days);
    };
    let after = fan.get(next)?;
    let Some(before) = next.checked_sub(1).and_then(|place| fan.get(place)) else {
        return Some(days(after));
    };
    let step = after.p50.to_i64() - before.p50.to_i64();
    let part = count.to_i64() - before.p50.to_i64();
    let span = days(after) - days(before);
    Some(days(before) + span.saturating_mul(part).checked_div(step).unwrap_or(0))
}
