//! What is known now of the units that forecasts spoke of: their counts by week, and since when they are done.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{Panel, Stage, Standing, UnitId, UnitView, Week};

use crate::forecast::DONE_SHARE;

/// The counts of all weeks, as the latest files say: a corrected week is scored by its correction.
pub(crate) struct Truth<'a> {
    panel: &'a Panel<'a>,
    stage: Stage,
    /// The last week that is known.
    pub(crate) last: Week,
    tracks: BTreeMap<Option<UnitId>, Track>,
}

/// What is known of one unit or the nation.
#[derive(Debug, Default)]
struct Track {
    points: Vec<Known>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    week: Week,
    as_of: NaiveDate,
    done: f64,
    /// The count below which it never fell again: what was later taken back was never done.
    settled: f64,
    is_done: bool,
}

/// The weeks until a count was reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reached {
    /// After this many weeks.
    After(f64),
    /// Not within these weeks, which are all that is known.
    NotWithin(f64),
}

impl<'a> Truth<'a> {
    pub(crate) fn new(panel: &'a Panel<'a>, stage: Stage, last: Week) -> Self {
        Self {
            panel,
            stage,
            last,
            tracks: BTreeMap::new(),
        }
    }

    /// Reads what is known of a unit, or of the nation, unless it was read before.
    pub(crate) fn read(&mut self, unit: Option<UnitId>) {
        if self.tracks.contains_key(&unit) {
            return;
        }
        let first = self.panel.first_week().unwrap_or(self.last);
        let known = first
            .through(self.last)
            .filter_map(|week| self.known_in(unit, week));
        let mut points: Vec<Known> = known.collect();
        let mut least = f64::INFINITY;
        for point in points.iter_mut().rev() {
            least = least.min(point.done);
            point.settled = least;
        }
        self.tracks.insert(unit, Track { points });
    }

    /// What was reported for a week. The nation carries units that did not report forward at their last figure.
    fn known_in(&self, unit: Option<UnitId>, week: Week) -> Option<Known> {
        let standing = |stage| self.standing(unit, week, stage);
        let work = standing(self.stage);
        let done = match unit {
            None => work.estimate,
            Some(_) => {
                let all = work.expected > 0 && work.reporting_count() == work.expected;
                work.reported.filter(|figure| all && figure.complete)
            }
        }?
        .value
        .to_f64();
        let total = standing(Stage::Total).estimated_count();
        let is_done =
            total.is_some_and(|total| total.to_f64() > 0.0 && done >= DONE_SHARE * total.to_f64());
        Some(Known {
            week,
            as_of: self.as_of(unit, week),
            done,
            settled: done,
            is_done,
        })
    }

    fn standing(&self, unit: Option<UnitId>, week: Week, stage: Stage) -> Standing {
        match unit {
            None => self.panel.national(week, stage),
            Some(unit) => self.panel.standing(unit, week, stage),
        }
    }

    fn as_of(&self, unit: Option<UnitId>, week: Week) -> NaiveDate {
        let reported = unit.and_then(|unit| {
            let points = &self.panel.series(unit)?.points;
            let place = points
                .binary_search_by_key(&week, |point| point.week)
                .ok()?;
            Some(points.get(place)?.as_of)
        });
        reported.unwrap_or_else(|| week.last_day())
    }

    fn points(&self, unit: Option<UnitId>) -> &[Known] {
        self.tracks.get(&unit).map_or(&[], |track| &track.points)
    }

    /// The count of a week; `None` where it was not reported.
    pub(crate) fn count_in(&self, unit: Option<UnitId>, week: Week) -> Option<f64> {
        let points = self.points(unit);
        let place = points
            .binary_search_by_key(&week, |point| point.week)
            .ok()?;
        Some(points.get(place)?.done)
    }

    /// When a count was reached for good, in weeks after an origin: between two reports work is taken to be even.
    pub(crate) fn reached(&self, unit: Option<UnitId>, origin: Week, count: f64) -> Reached {
        let points = self.points(unit);
        let place = points.partition_point(|point| point.settled < count);
        let weeks = |week: Week| real(week.weeks_since(origin));
        let Some(end) = points.get(place) else {
            return Reached::NotWithin(weeks(self.last));
        };
        let start = place.checked_sub(1).and_then(|before| points.get(before));
        let when = start.map_or(weeks(end.week), |start| {
            let part = (count - start.settled) / (end.settled - start.settled);
            weeks(start.week) + part * (weeks(end.week) - weeks(start.week))
        });
        Reached::After(when.max(0.0))
    }

    /// The first day from which on it stayed done; `None` where it is not done by the last week.
    ///
    /// The nation is done when the last of its units is.
    pub(crate) fn done_on(&mut self, unit: Option<UnitId>) -> Option<NaiveDate> {
        let Some(unit) = unit else {
            let units = self.panel.rows(UnitView::AsReported, self.last);
            let days = units.into_iter().map(|unit| self.done_on(Some(unit)));
            let days: Option<Vec<NaiveDate>> = days.collect();
            return days?.into_iter().max();
        };
        self.read(Some(unit));
        let points = self.points(Some(unit)).iter().rev();
        points
            .take_while(|point| point.is_done)
            .last()
            .map(|point| point.as_of)
    }
}

/// A number of weeks or days as a real number.
pub(crate) fn real(whole: i64) -> f64 {
    i32::try_from(whole).map_or(f64::MAX, f64::from)
}
