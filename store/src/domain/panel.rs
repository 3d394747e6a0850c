//! All units side by side: who reported in a week, what the reported figures add up to, and the estimate that carries the
//! missing ones forward.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Count, Figure, Scheme, Stage, UnitId, UnitView, Units, Week};

/// What one unit reported in one week: the figures of the week's last `as_of`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesPoint {
    /// The reporting week.
    pub week: Week,
    /// The date the figures are true for.
    pub as_of: NaiveDate,
    /// The figures by [`Stage::index`]; an absent one was not reported.
    pub figures: [Option<Figure>; 7],
}

/// The reports of one unit in one count unit, in order of weeks. A week without a report has no point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitSeries {
    /// Whose reports.
    pub unit: UnitId,
    /// The points, ascending by week, at most one a week.
    pub points: Vec<SeriesPoint>,
}

impl UnitSeries {
    /// The figure of a week; `None` where the stage was not reported in it.
    #[must_use]
    pub fn figure_in(&self, week: Week, stage: Stage) -> Option<Figure> {
        let place = self
            .points
            .binary_search_by_key(&week, |point| point.week)
            .ok()?;
        self.points.get(place)?.figures[stage.index()]
    }

    /// The latest figure of a stage in or before a week, with its week; `None` where there is none yet.
    ///
    /// A complete figure is preferred: an incomplete one is too small by an unknown amount.
    #[must_use]
    pub fn latest(&self, week: Week, stage: Stage) -> Option<(Week, Figure)> {
        let known = || {
            let upto = self.points.partition_point(|point| point.week <= week);
            self.points
                .iter()
                .take(upto)
                .rev()
                .filter_map(|point| Some((point.week, point.figures[stage.index()]?)))
        };
        let complete = known().find(|(_, figure)| figure.complete);
        let newest = known().next();
        match (complete, newest) {
            (Some(complete), Some(newest)) if newest.1.value > complete.1.value => Some(newest),
            (complete, newest) => complete.or(newest),
        }
    }

    /// The figures of a stage with the date each is true for, in order; only those that are complete.
    pub fn complete_figures(&self, stage: Stage) -> impl Iterator<Item = (NaiveDate, Figure)> {
        self.points.iter().filter_map(move |point| {
            let figure = point.figures[stage.index()]?;
            figure.complete.then_some((point.as_of, figure))
        })
    }
}

/// What is known of one unit, a group of them or the nation, for one week and stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The sum of what was reported in the week; `None` where nobody reported, which is not zero.
    pub reported: Option<Figure>,
    /// The same with the missing units carried forward at their last figure; `None` where nobody ever reported.
    pub estimate: Option<Figure>,
    /// The units expected to report in the week.
    pub expected: usize,
    /// Those that reported this stage.
    pub reporting: Vec<UnitId>,
    /// Those carried forward, with the week their figure is from.
    pub carried: Vec<(UnitId, Week)>,
    /// Those that never reported this stage: they are in no figure, and counting them as zero would be wrong.
    pub silent: Vec<UnitId>,
}

/// All units side by side, in one count unit.
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    units: &'a Units,
    series: BTreeMap<UnitId, UnitSeries>,
}

impl<'a> Panel<'a> {
    /// Puts the series of all units side by side. A unit without a series has never reported.
    #[must_use]
    pub fn new(units: &'a Units, series: Vec<UnitSeries>) -> Self {
        Self {
            units,
            series: series
                .into_iter()
                .map(|series| (series.unit, series))
                .collect(),
        }
    }

    /// The latest week in which anybody reported; `None` for an empty panel.
    #[must_use]
    pub fn last_week(&self) -> Option<Week> {
        self.series
            .values()
            .filter_map(|series| series.points.last())
            .map(|point| point.week)
            .max()
    }

    /// The first week in which anybody reported; `None` for an empty panel.
    #[must_use]
    pub fn first_week(&self) -> Option<Week> {
        self.series
            .values()
            .filter_map(|series| series.points.first())
            .map(|point| point.week)
            .min()
    }

    /// The reports of one unit; `None` where it never reported.
    #[must_use]
    pub fn series(&self, unit: UnitId) -> Option<&UnitSeries> {
        self.series.get(&unit)
    }

    /// The units of a table for a week, ordered by id.
    ///
    /// In the view of the 63, a unit of the 34 stands as one row from the merger on where several provinces became one;
    /// where one province became one unit, the old id stands for it.
    #[must_use]
    pub fn rows(&self, view: UnitView, week: Week) -> Vec<UnitId> {
        let scheme = match view {
            UnitView::AsReported => self.scheme_of(week),
            UnitView::Old63 => Scheme::Old63,
            UnitView::New34 => Scheme::New34,
        };
        if view == UnitView::Old63 && self.scheme_of(week) == Scheme::New34 {
            let row = |unit: UnitId| match self.units.members(unit) {
                [only] => *only,
                _ => unit,
            };
            let mut rows: Vec<UnitId> = self
                .units
                .of_scheme(Scheme::New34)
                .map(|unit| row(unit.id))
                .collect();
            rows.sort_unstable();
            return rows;
        }
        self.units.of_scheme(scheme).map(|unit| unit.id).collect()
    }

    /// What is known of one row of a table.
    #[must_use]
    pub fn standing(&self, unit: UnitId, week: Week, stage: Stage) -> Standing {
        self.sum(&self.reporters(unit, week), week, stage)
    }

    /// The units that report in a week what one row of a table is made of; none where a merged unit reports for them.
    #[must_use]
    pub fn reporters(&self, unit: UnitId, week: Week) -> Vec<UnitId> {
        let after = self.scheme_of(week) == Scheme::New34;
        match (unit.scheme(), after) {
            (Scheme::Old63, false) | (Scheme::New34, true) => vec![unit],
            (Scheme::New34, false) => self.units.members(unit).to_vec(),
            (Scheme::Old63, true) => self.sole_successor(unit).into_iter().collect(),
        }
    }

    /// The sum that was reported for one row of a table; `None` where one of the units that report it did not, or not whole.
    #[must_use]
    pub fn reported_whole(&self, unit: UnitId, week: Week, stage: Stage) -> Option<Count> {
        let reporters = self.reporters(unit, week);
        let mut figures = reporters.iter().map(|reporter| {
            let figure = self.series(*reporter)?.figure_in(week, stage)?;
            figure.complete.then_some(figure)
        });
        let first = figures.next()??;
        let sum = figures.try_fold(first, |sum, figure| Some(sum.plus(figure?)))?;
        Some(sum.value)
    }

    /// What is known of the nation.
    #[must_use]
    pub fn national(&self, week: Week, stage: Stage) -> Standing {
        self.sum(&self.rows(UnitView::AsReported, week), week, stage)
    }

    /// The list of units in force at the end of a week.
    fn scheme_of(&self, week: Week) -> Scheme {
        self.units.scheme_on(week.last_day())
    }

    /// The unit of the 34 that one of the 63 became alone; `None` where it was merged with others.
    fn sole_successor(&self, unit: UnitId) -> Option<UnitId> {
        let successor = self.units.find(unit)?.successor?;
        (self.units.members(successor).len() == 1).then_some(successor)
    }

    fn sum(&self, reporters: &[UnitId], week: Week, stage: Stage) -> Standing {
        let mut standing = Standing {
            reported: None,
            estimate: None,
            expected: reporters.len(),
            reporting: Vec::new(),
            carried: Vec::new(),
            silent: Vec::new(),
        };
        for &unit in reporters {
            let reported = self
                .series(unit)
                .and_then(|series| series.figure_in(week, stage));
            if let Some(figure) = reported {
                standing.reporting.push(unit);
                standing.reported = Some(add(standing.reported, figure));
            }
            if let Some(figure) = reported.filter(|figure| figure.complete) {
                standing.estimate = Some(add(standing.estimate, figure));
                continue;
            }
            match self.last_known(unit, week, stage) {
                Some((from, figure)) => {
                    standing.carried.push((unit, from));
                    standing.estimate = Some(add(
                        standing.estimate,
                        Figure {
                            approximate: true,
                            ..figure
                        },
                    ));
                }
                None => standing.silent.push(unit),
            }
        }
        standing
    }

    /// The last figure of a unit in or before a week; for a merged unit that has not reported yet, that of its members.
    fn last_known(&self, unit: UnitId, week: Week, stage: Stage) -> Option<(Week, Figure)> {
        let own = self
            .series(unit)
            .and_then(|series| series.latest(week, stage));
        own.or_else(|| {
            let members = self.units.members(unit).iter();
            let known = members.filter_map(|member| self.series(*member)?.latest(week, stage));
            known.reduce(|(first, sum), (from, figure)| (first.min(from), sum.plus(figure)))
        })
    }
}

fn add(sum: Option<Figure>, figure: Figure) -> Figure {
    sum.map_or(figure, |sum| sum.plus(figure))
}

impl Standing {
    /// How many of the expected units reported.
    #[must_use]
    pub const fn reporting_count(&self) -> usize {
        self.reporting.len()
    }

    /// The estimate's number; `None` where nobody ever reported.
    #[must_use]
    pub fn estimated_count(&self) -> Option<Count> {
        self.estimate.map(|figure| figure.value)
    }
}
