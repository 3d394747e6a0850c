//! The data of each run between two moments of knowledge.

use std::collections::BTreeMap;

use store::domain::{Count, Panel, PublishedFigure, Stage, UnitId, UnitSeries, Units, Week};

use crate::forecast::{Change, FanPoint, Forecast, Published, Scenario};

/// The two ends of the path.
#[derive(Clone, Copy)]
pub(super) struct Ends<'a> {
    pub(super) units: &'a Units,
    /// The stage whose count tells what is done.
    pub(super) stage: Stage,
    pub(super) old: (Data<'a>, Week),
    pub(super) new: (Data<'a>, Week),
}

/// What a run is made of.
#[derive(Clone, Copy)]
pub(super) struct Data<'a> {
    pub(super) panel: &'a Panel<'a>,
    pub(super) published: Published<'a>,
}

/// What a run between the two ends is made of.
pub(super) struct Between<'a> {
    panel: Panel<'a>,
    published: Vec<PublishedFigure>,
}

impl Between<'_> {
    pub(super) fn data<'b>(&'b self, ends: &Ends<'b>) -> Data<'b> {
        Data {
            panel: &self.panel,
            published: Published {
                figures: &self.published,
                ..ends.new.0.published
            },
        }
    }
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

    fn restated(&self) -> AllSeries {
        let mut all = self.series(self.old.0.panel, self.old.1);
        for (unit, series) in &mut all {
            let now = self.new.0.panel.series(*unit);
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
    pub(super) fn corrected(&self) -> Between<'a> {
        self.between(self.restated(), (self.known_then(), self.old.0))
    }

    /// The same work measured by the totals known now: those of the weeks up to then, and the latest.
    pub(super) fn rescoped(&self) -> Between<'a> {
        let mut all = self.restated();
        for (unit, series) in &mut all {
            let Some(now) = self.new.0.panel.series(*unit) else {
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
        self.between(all, (self.known_then(), self.new.0))
    }

    /// The work as it is known now, measured by the totals that were known then.
    pub(super) fn paced(&self) -> Between<'a> {
        let mut all = self.series(self.new.0.panel, self.new.1);
        for (unit, series) in &mut all {
            // Without a total then, nothing tells the scope apart.
            let then = self.old.0.panel.standing(*unit, self.old.1, Stage::Total);
            if then.estimate.is_none() {
                continue;
            }
            let known = self.old.0.panel.series(*unit);
            for point in &mut series.points {
                let old = known.filter(|_| point.week <= self.old.1);
                point.figures[Stage::Total.index()] =
                    old.and_then(|old| old.figure_in(point.week, Stage::Total));
            }
        }
        let now = self.new.0.published.figures.iter().collect();
        self.between(all, (now, self.old.0))
    }

    /// The published figures of then as they are known now, without those that were taken back.
    fn known_then(&self) -> Vec<&'a PublishedFigure> {
        let then = self.old.0.published.figures;
        let key = |figure: &'a PublishedFigure| {
            let what = (&figure.measure, &figure.record_type, &figure.count_unit);
            (figure.unit, figure.as_of, what)
        };
        let now = self.new.0.published.figures.iter();
        now.filter(|figure| then.iter().any(|one| key(one) == key(figure)))
            .collect()
    }

    /// The reports, with the published work of a list measured by the published totals of an end.
    fn between(
        &self,
        series: AllSeries,
        (work, totals): (Vec<&PublishedFigure>, Data<'_>),
    ) -> Between<'a> {
        let published = self.new.0.published;
        let is_total = |figure: &&PublishedFigure| published.stage(figure) == Some(Stage::Total);
        let totals = totals.published.figures.iter().filter(is_total);
        let work = work.into_iter().filter(|figure| !is_total(figure));
        Between {
            panel: Panel::new(self.units, series.into_values().collect()),
            published: work.chain(totals).cloned().collect(),
        }
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
        let points = self.new.0.panel.series(unit)?.points.iter().rev();
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
