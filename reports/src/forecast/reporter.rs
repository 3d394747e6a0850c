//! One reporting unit as the forecast sees it: its history, its last figure and whether it can be forecast.

use chrono::NaiveDate;
use store::domain::{Count, Panel, Stage, UnitId, Week};

use super::exposure::Exposure;
use super::history::{History, Report, list_reports};
use super::input::ForecastInput;
use super::method::DONE_SHARE;
use super::state::State;

/// The reports a forecast needs. With fewer, a rate is a guess; cold starts are left to a later method.
pub const NEED_REPORTS: u32 = 6;
/// After this many working weeks of reports without any increase, a unit has stopped, and a rate would invent a date.
pub const STANDSTILL: f64 = 6.0;
/// The weeks over which the actual rate is taken.
pub const RATE_WEEKS: i64 = 8;

/// One reporting unit.
#[derive(Clone, Debug)]
pub(crate) struct Reporter {
    pub(crate) unit: UnitId,
    pub(crate) reports: Vec<Report>,
    pub(crate) history: History,
    /// The last known count and the week it is from; `None` where the stage was never reported.
    pub(crate) latest: Option<(Week, Count)>,
    /// The totals that were reported.
    pub(crate) totals: Vec<Report>,
    /// The last known total; `None` where it was never reported.
    pub(crate) total: Option<Count>,
    /// Why the unit is not simulated; `None` where it is.
    pub(crate) fixed: Option<State>,
}

impl Reporter {
    pub(crate) fn new(
        input: &ForecastInput<'_>,
        unit: UnitId,
        stage: Stage,
        exposure: &Exposure<'_>,
    ) -> Self {
        let (panel, week) = (input.panel, input.week);
        let reports = list_reports(panel, input.units, unit, week, stage);
        let mut reporter = Self {
            unit,
            history: History::of(&reports, exposure),
            reports,
            totals: list_reports(panel, input.units, unit, week, Stage::Total),
            latest: latest(panel, unit, week, stage),
            total: total_on(panel, unit, week),
            fixed: None,
        };
        reporter.fixed = reporter.state_without_paths(panel);
        reporter
    }

    /// The same unit with another total.
    pub(crate) fn with_total(mut self, total: Count, panel: &Panel<'_>) -> Self {
        self.total = Some(total);
        self.fixed = self.state_without_paths(panel);
        self
    }

    /// The weeks from the first report to `week` that have none.
    pub(crate) fn missing_weeks(&self, week: Week) -> Option<u32> {
        let expected = week.weeks_since(self.reports.first()?.week) + 1;
        let expected = u32::try_from(expected).unwrap_or(0);
        Some(expected.saturating_sub(u32::try_from(self.reports.len()).unwrap_or(u32::MAX)))
    }

    fn state_without_paths(&self, panel: &Panel<'_>) -> Option<State> {
        let Some((week, done)) = self.latest else {
            return Some(State::NotReported);
        };
        let Some(total) = self.total.filter(|total| *total > Count::ZERO) else {
            return Some(State::NoTotal);
        };
        if is_done(done, total) {
            return Some(State::Done {
                since: self.done_since(panel).unwrap_or_else(|| week.last_day()),
            });
        }
        let (weeks, working_weeks) = self.history.standstill();
        if working_weeks >= STANDSTILL {
            return Some(State::NoProgress {
                weeks,
                remaining: total.remaining_after(done),
            });
        }
        let have = self.history.reports;
        (have < NEED_REPORTS).then_some(State::TooShort {
            have,
            need: NEED_REPORTS,
        })
    }

    /// The date of the first report from which on the share never fell below [`DONE_SHARE`] of the total known then.
    fn done_since(&self, panel: &Panel<'_>) -> Option<NaiveDate> {
        let was_done = |report: &&Report| {
            total_on(panel, self.unit, report.week).is_some_and(|total| is_done(report.done, total))
        };
        self.reports
            .iter()
            .rev()
            .take_while(was_done)
            .last()
            .map(|report| report.as_of)
    }
}

/// Whether a count is done: at least [`DONE_SHARE`] of the total.
pub(crate) fn is_done(done: Count, total: Count) -> bool {
    done.to_f64() >= DONE_SHARE * total.to_f64()
}

/// The last known figure of a stage and the week it is from.
fn latest(panel: &Panel<'_>, unit: UnitId, week: Week, stage: Stage) -> Option<(Week, Count)> {
    let standing = panel.standing(unit, week, stage);
    let from = standing.carried.first().map_or(week, |(_, from)| *from);
    Some((from, standing.estimated_count()?))
}

fn total_on(panel: &Panel<'_>, unit: UnitId, week: Week) -> Option<Count> {
    panel.standing(unit, week, Stage::Total).estimated_count()
}
