//! What a report is made of.

use chrono::{DateTime, Utc};
use store::domain::{
    Campaign, CountUnit, Deadline, Panel, PublishedFigure, Reference, Stage, UnitView, Week,
};

use crate::forecast::{Followed, ForecastInput, PATHS, Published};

/// Everything a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct ReportInput<'a> {
    /// The reports in one count unit, as known at `known_on`.
    pub panel: &'a Panel<'a>,
    /// The figures published elsewhere, as known at `known_on`.
    pub published: &'a [PublishedFigure],
    /// Units and holidays.
    pub reference: &'a Reference,
    /// The history of deadlines.
    pub deadlines: &'a [Deadline],
    /// The campaigns that are known.
    pub campaigns: &'a [Campaign],
    /// The week that is shown; later ones are not looked at.
    pub week: Week,
    /// Which units stand as rows.
    pub view: UnitView,
    /// Whose completion is forecast; the stage that counts as done is its own.
    pub followed: Followed,
    /// What the panel counts.
    pub count_unit: CountUnit,
    /// The moment as of which the panel was read.
    pub known_on: DateTime<Utc>,
}

impl<'a> ReportInput<'a> {
    /// The stage that counts as done.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.followed.stage()
    }

    /// The part of it that a forecast is made of.
    #[must_use]
    pub const fn forecast_input(&self) -> ForecastInput<'a> {
        ForecastInput {
            panel: self.panel,
            published: Published {
                figures: self.published,
                measures: &self.reference.measures,
            },
            units: &self.reference.units,
            calendar: &self.reference.calendar,
            deadlines: self.deadlines,
            week: self.week,
            followed: self.followed,
            view: self.view,
            paths: PATHS,
        }
    }
}
