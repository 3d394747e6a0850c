//! Reports already built, so that readers of the same view share one.
//!
//! A report is named by the moment of knowledge it was made of, and what was known on a moment never changes: a kept
//! report can be too old for nobody.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use reports::forecast::{Followed, ForecastError, Published};
use reports::model::{NationalReport, ProvinceReport, ReportInput};
use store::domain::{
    Campaign, CountUnit, Deadline, Panel, PublishedFigure, Reference, UnitId, UnitView, Week,
};
use store::{Store, StoreError};

use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

/// How many reports are kept. One with five years of data takes a few megabytes.
const KEPT: usize = 12;

/// Which units stand as rows, and whose completion is forecast.
pub type Shown = (UnitView, Followed);

/// What a report is known by: the moment of knowledge, the week, the units, what is followed.
type Key = (DateTime<Utc>, Option<Week>, Shown);

/// The reports that are kept.
#[derive(Default)]
pub(crate) struct Snapshots {
    kept: Mutex<BTreeMap<Key, Arc<Snapshot>>>,
    /// Held while a report is built: after a write all readers want the same new one.
    building: Mutex<()>,
}

/// Everything a page or a chart of one week shows, as known on one moment.
pub struct Snapshot {
    panel: Panel<'static>,
    reference: &'static Reference,
    deadlines: Vec<Deadline>,
    campaigns: Vec<Campaign>,
    /// The report on the nation and all units.
    pub report: NationalReport,
    /// Figures published elsewhere.
    pub published: Vec<PublishedFigure>,
    /// Whether the figures are made up for a demonstration.
    pub synthetic: bool,
    /// Whether nobody has reported by the week shown.
    pub is_empty: bool,
}

impl Snapshot {
    /// Builds the report of a week, or of the latest one with reports, as known on a moment. Before any report it is the latest
    /// one with a published figure of the stage.
    ///
    /// `deadlines` replace those of the archive where they are given.
    ///
    /// # Errors
    /// [`ServerError`] where the archive does not answer.
    pub fn build(
        state: &State,
        (week, known_on): (Option<Week>, DateTime<Utc>),
        rows: Shown,
        deadlines: Option<Vec<Deadline>>,
    ) -> Result<Self, ServerError> {
        let panel = read_panel(state, known_on)?;
        let published = state.store.list_published_figures(known_on)?;
        let figures = Published {
            figures: &published,
            measures: &state.reference.measures,
        };
        let last = panel
            .last_week()
            .or_else(|| figures.last_week(rows.1.stage()));
        let shown = match (week, last) {
            (Some(week), Some(last)) => week.min(last),
            (None, Some(last)) => last,
            (week, None) => week.unwrap_or_else(|| Week::containing(state.today())),
        };
        let known = (panel, published);
        Self::of_panel(state, known, (shown, known_on), rows, deadlines)
    }

    /// Builds the report of exactly this week, even where nobody has reported in or after it.
    ///
    /// # Errors
    /// [`ServerError`] where the archive does not answer.
    pub fn of_week(
        state: &State,
        (week, known_on): (Week, DateTime<Utc>),
        view: UnitView,
    ) -> Result<Self, ServerError> {
        let panel = read_panel(state, known_on)?;
        let published = state.store.list_published_figures(known_on)?;
        Self::of_panel(
            state,
            (panel, published),
            (week, known_on),
            (view, Followed::Slowest),
            None,
        )
    }

    fn of_panel(
        state: &State,
        (panel, published): (Panel<'static>, Vec<PublishedFigure>),
        (shown, known_on): (Week, DateTime<Utc>),
        (view, followed): Shown,
        deadlines: Option<Vec<Deadline>>,
    ) -> Result<Self, ServerError> {
        let (store, reference) = (&state.store, state.reference);
        let deadlines = match deadlines {
            Some(deadlines) => deadlines,
            None => known_deadlines(store, reference, known_on)?,
        };
        let campaigns = known_campaigns(store, reference, known_on)?;
        let input = ReportInput {
            panel: &panel,
            published: &published,
            reference,
            deadlines: &deadlines,
            campaigns: &campaigns,
            week: shown,
            view,
            followed,
            count_unit: CountUnit::Record,
            known_on,
        };
        let report = NationalReport::new(&input)
            .map_err(|error| ServerError::Internal(error.to_string()))?;
        Ok(Self {
            reference,
            report,
            published,
            synthetic: store.holds_synthetic(known_on)?,
            is_empty: panel.first_week().is_none_or(|first| first > shown),
            panel,
            deadlines,
            campaigns,
        })
    }

    /// Where a unit that is no row of the view is found: the unit that took it in, or itself in another view.
    #[must_use]
    pub fn counterpart(&self, unit: UnitId) -> Option<(UnitId, UnitView)> {
        let successor = self.reference.units.find(unit)?.successor;
        let has_row = |(unit, view): &(UnitId, UnitView)| {
            self.panel.rows(*view, self.report.week).contains(unit)
        };
        let here = successor.map(|successor| (successor, self.report.view));
        let elsewhere = [UnitView::AsReported, UnitView::New34, UnitView::Old63];
        here.into_iter()
            .chain(elsewhere.map(|view| (unit, view)))
            .find(has_row)
    }

    /// The report on one unit; `None` where it is no row of the view.
    #[must_use]
    pub fn province(&self, unit: UnitId) -> Option<ProvinceReport> {
        ProvinceReport::new(&self.input(), &self.report, unit)
    }

    /// The report on a number of simulated paths, such as those of a forecast that is issued.
    ///
    /// # Errors
    /// [`ForecastError`] where the stage cannot be completed.
    pub fn on_paths(&self, paths: usize) -> Result<NationalReport, ForecastError> {
        if paths == self.report.forecast.paths {
            return Ok(self.report.clone());
        }
        NationalReport::on_paths(&self.input(), paths)
    }

    /// What the report was made of.
    #[must_use]
    pub fn input(&self) -> ReportInput<'_> {
        ReportInput {
            panel: &self.panel,
            published: &self.published,
            reference: self.reference,
            deadlines: &self.deadlines,
            campaigns: &self.campaigns,
            week: self.report.week,
            view: self.report.view,
            followed: self.report.followed,
            count_unit: self.report.count_unit,
            known_on: self.report.known_on,
        }
    }
}

/// The reports of all units as known on a moment.
///
/// # Errors
/// [`ServerError`] where the archive does not answer.
pub(crate) fn read_panel(
    state: &State,
    known_on: DateTime<Utc>,
) -> Result<Panel<'static>, ServerError> {
    let series = state.store.series_known_on(CountUnit::Record, known_on)?;
    Ok(Panel::new(&state.reference.units, series))
}

/// The deadlines that come with the program, and those that were recorded since.
///
/// # Errors
/// [`StoreError`] where the archive does not answer.
pub(crate) fn known_deadlines(
    store: &Store,
    reference: &Reference,
    known_on: DateTime<Utc>,
) -> Result<Vec<Deadline>, StoreError> {
    let mut deadlines = reference.deadlines.clone();
    deadlines.extend(store.list_deadlines(known_on)?);
    Ok(deadlines)
}

/// The campaigns that come with the program, and those that were recorded since.
///
/// # Errors
/// [`StoreError`] where the archive does not answer.
pub(crate) fn known_campaigns(
    store: &Store,
    reference: &Reference,
    known_on: DateTime<Utc>,
) -> Result<Vec<Campaign>, StoreError> {
    let mut campaigns = reference.calendar.campaigns.clone();
    campaigns.extend(store.list_campaigns(known_on)?);
    Ok(campaigns)
}

/// The report that a page is asked to show: a kept one, or a new one that is then kept.
///
/// # Errors
/// [`ServerError`] where the archive does not answer.
pub(crate) fn find_or_build(state: &State, view: &View) -> Result<Arc<Snapshot>, ServerError> {
    let known_on = view.known_moment(state.latest_moment()?);
    let week = view.as_of.map(Week::containing);
    find_or_build_at(state, (known_on, week, (view.units, view.followed)))
}

/// The same of a moment of knowledge, a week and a view.
///
/// # Errors
/// [`ServerError`] where the archive does not answer.
pub(crate) fn find_or_build_at(state: &State, key: Key) -> Result<Arc<Snapshot>, ServerError> {
    let (known_on, week, rows) = key;
    let kept = || {
        state
            .snapshots
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    };
    if let Some(snapshot) = kept().get(&key) {
        return Ok(Arc::clone(snapshot));
    }
    let building = &state.snapshots.building;
    let _building = building.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(snapshot) = kept().get(&key) {
        return Ok(Arc::clone(snapshot));
    }
    let snapshot = Arc::new(Snapshot::build(state, (week, known_on), rows, None)?);
    let mut kept = kept();
    kept.insert(key, Arc::clone(&snapshot));
    while kept.len() > KEPT {
        // The one known longest ago is the least likely to be asked for again.
        kept.pop_first();
    }
    Ok(snapshot)
}
