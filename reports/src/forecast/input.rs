//! What a forecast is made of, and what it may refuse.

use store::domain::{Calendar, Deadline, Panel, Stage, UnitId, UnitView, Units, Week};
use thiserror::Error;

use super::followed::Followed;
use super::published::Published;

/// Everything a forecast is made of. Reports after `week` are not looked at.
#[derive(Clone, Copy, Debug)]
pub struct ForecastInput<'a> {
    /// The reports as known at some moment.
    pub panel: &'a Panel<'a>,
    /// The published figures as known at the same moment, for those who never reported.
    pub published: Published<'a>,
    /// The units, for the members of merged ones.
    pub units: &'a Units,
    /// Holidays and Tết.
    pub calendar: &'a Calendar,
    /// The history of deadlines; those in force at the end of `week` are used.
    pub deadlines: &'a [Deadline],
    /// The origin: the last week that is looked at.
    pub week: Week,
    /// Whose completion is forecast; usually that of the whole chain.
    pub followed: Followed,
    /// Which units stand as rows.
    pub view: UnitView,
    /// The simulated paths: [`super::PATHS`] for a page, [`super::ISSUED_PATHS`] for a forecast that is issued.
    pub paths: usize,
}

/// A forecast that cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ForecastError {
    /// The total is what is to be done; it is never completed itself.
    #[error("stage `{}` is not work that can be completed", .0.key())]
    NotWork(Stage),
}

impl ForecastInput<'_> {
    /// The units that report in the origin week, ordered by id.
    pub(crate) fn reporting_units(&self) -> Vec<UnitId> {
        self.panel.rows(UnitView::AsReported, self.week)
    }

    /// The rows of the view, each with the reporting units it consists of.
    ///
    /// Before the merger a unit of the 34 consists of its members; after it, one of the 63 that became a unit alone is
    /// that unit.
    pub(crate) fn rows(&self) -> Vec<(UnitId, Vec<UnitId>)> {
        let rows = self.panel.rows(self.view, self.week).into_iter();
        rows.map(|row| (row, self.reporters_of(row))).collect()
    }

    /// The reporting units that a unit of either list consists of.
    pub(crate) fn reporters_of(&self, unit: UnitId) -> Vec<UnitId> {
        let reporting = self.reporting_units();
        if reporting.binary_search(&unit).is_ok() {
            return vec![unit];
        }
        let members = self.units.members(unit).iter().copied();
        let successor = self.units.find(unit).and_then(|unit| unit.successor);
        let candidates = members
            .chain(successor)
            .filter(|unit| reporting.binary_search(unit).is_ok());
        candidates.collect()
    }
}
