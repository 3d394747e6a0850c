//! The data of each step between two moments of knowledge.

use std::collections::BTreeMap;

use store::domain::{
    Count, Figure, Panel, SeriesPoint, Stage, UnitId, UnitSeries, UnitView, Units, Week,
};

use crate::forecast::Forecast;

/// The two ends of the path, and whose work is followed.
#[derive(Clone, Copy)]
pub(super) struct Ends<'a> {
    pub(super) units: &'a Units,
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

    /// Step 1: the work that was known then, restated where it has been restated since, and without what was withdrawn.
    pub(super) fn corrected(&self) -> Panel<'a> {
        let mut all = self.series(self.old.0, self.old.1);
        for (unit, series) in &mut all {
            let restated = self.new.0.series(*unit);
            for point in &mut series.points {
                let figure = &mut point.figures[self.stage.index()];
                if figure.is_some() {
                    *figure = restated.and_then(|now| now.figure_in(point.week, self.stage));
                }
            }
        }
        self.panel(all)
    }

    /// Step 2: the corrected data, and the weeks between as their own forecast had them go at the median. Units without a
    /// forecast stay silent.
    pub(super) fn as_expected(&self, corrected: &Panel<'_>, expected: &Forecast) -> Panel<'a> {
        let mut all = self.series(corrected, self.old.1);
        for unit in self.reporters() {
            let points = self.expected_points(unit, expected);
            if points.is_empty() {
                continue;
            }
            let mut series = self.joined(corrected, unit);
            let mut least = Count::ZERO;
            if let Some(last) = series.points.last() {
                least = figure(last, self.stage).unwrap_or_default();
            }
            series
                .points
                .extend(points.into_iter().map(|(week, count)| {
                    least = least.max(count);
                    self.point(week, least)
                }));
            all.insert(unit, series);
        }
        self.panel(all)
    }

    /// Step 3: as expected, but ending at the counts that were reported. The whole series is moved up or down, so that its
    /// steps, and with them the pace, stay what was expected.
    pub(super) fn worked(&self, as_expected: &Panel<'_>, corrected: &Panel<'_>) -> Panel<'a> {
        let mut all = self.real_work();
        for unit in self.reporters() {
            let Some(expected) = as_expected.series(unit) else {
                continue;
            };
            let Some((week, reported)) = self.last_report(self.new.0, unit, self.new.1) else {
                continue;
            };
            let known = self.last_report(corrected, unit, self.old.1);
            let is_extended = expected
                .points
                .last()
                .is_some_and(|last| last.week > self.old.1);
            if !is_extended || known.is_none_or(|(known, _)| week <= known) {
                continue;
            }
            let mut series = expected.clone();
            series.points.retain(|point| point.week <= week);
            let Some(end) = series
                .points
                .last()
                .and_then(|last| figure(last, self.stage))
            else {
                continue;
            };
            let shift = reported.change_since(end);
            for point in &mut series.points {
                if let Some(figure) = &mut point.figures[self.stage.index()] {
                    let moved = figure.value.to_i64().saturating_add(shift).max(0);
                    figure.value = Count::from_i64(moved).unwrap_or_default();
                }
            }
            all.insert(unit, series);
        }
        self.panel(all)
    }

    /// Step 4: the work as it is known now, measured by the totals that were known then.
    pub(super) fn paced(&self) -> Panel<'a> {
        self.panel(self.real_work())
    }

    fn real_work(&self) -> AllSeries {
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
        all
    }

    fn reporters(&self) -> Vec<UnitId> {
        self.new.0.rows(UnitView::AsReported, self.new.1)
    }

    /// The median counts of the weeks between; of a unit formed since, those of its members together. Empty where one of
    /// them has no forecast.
    fn expected_points(&self, unit: UnitId, expected: &Forecast) -> Vec<(Week, Count)> {
        let own = [unit];
        let members = if expected.units.iter().any(|row| row.unit == unit) {
            &own[..]
        } else {
            self.units.members(unit)
        };
        let mut sums: BTreeMap<Week, (usize, Count)> = BTreeMap::new();
        for member in members {
            let row = expected.units.iter().find(|row| row.unit == *member);
            let fan = row.into_iter().flat_map(|row| &row.fan);
            for point in fan.filter(|point| self.old.1 < point.week && point.week <= self.new.1) {
                let (parts, sum) = sums.entry(point.week).or_default();
                *parts += 1;
                *sum = *sum + point.p50;
            }
        }
        let whole = sums
            .into_iter()
            .filter(|(_, (parts, _))| *parts == members.len());
        whole.map(|(week, (_, sum))| (week, sum)).collect()
    }

    /// The reports of a unit up to the old week; of one formed since, the sums of its members.
    fn joined(&self, panel: &Panel<'_>, unit: UnitId) -> UnitSeries {
        if let Some(series) = panel.series(unit) {
            return series.clone();
        }
        let first = panel.first_week().unwrap_or(self.old.1);
        let points = first.through(self.old.1).filter_map(|week| {
            let whole = |stage| {
                let standing = panel.standing(unit, week, stage);
                let all = standing.reporting_count() == standing.expected;
                standing.reported.filter(|figure| all && figure.complete)
            };
            let mut point = self.point(week, whole(self.stage)?.value);
            point.figures[Stage::Total.index()] = whole(Stage::Total);
            Some(point)
        });
        UnitSeries {
            unit,
            points: points.collect(),
        }
    }

    /// The last week up to one in which a unit reported its work whole, and the count.
    fn last_report(&self, panel: &Panel<'_>, unit: UnitId, upto: Week) -> Option<(Week, Count)> {
        let joined;
        let series = match panel.series(unit) {
            Some(series) => series,
            None => {
                joined = self.joined(panel, unit);
                &joined
            }
        };
        let known = series
            .points
            .iter()
            .rev()
            .filter(|point| point.week <= upto);
        let mut whole = known.filter_map(|point| {
            let figure = point.figures[self.stage.index()]?;
            figure.complete.then_some((point.week, figure.value))
        });
        whole.next()
    }

    fn point(&self, week: Week, count: Count) -> SeriesPoint {
        let mut figures = [None; 7];
        figures[self.stage.index()] = Some(Figure::whole(count));
        SeriesPoint {
            week,
            as_of: week.last_day(),
            figures,
        }
    }
}

fn figure(point: &SeriesPoint, stage: Stage) -> Option<Count> {
    point.figures[stage.index()].map(|figure| figure.value)
}
