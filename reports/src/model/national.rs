//! The report on the nation and all its units for one week.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use store::domain::{
    Campaign, Count, CountUnit, Digest, Holiday, Share, Stage, Standing, Text, UnitId, UnitView,
    Week,
};

use super::bottleneck::Bottleneck;
use super::change::Change;
use super::digest::report_digest;
use super::effect::share_of;
use super::group::Group;
use super::headline::{StageHeadline, shown_stages};
use super::input::ReportInput;
use super::weekly::{WeekPoint, weekly};
use crate::forecast::{
    Completion, Followed, Forecast, ForecastError, ForecastInput, PATHS, StageDate, UnitForecast,
    forecast,
};

/// Every figure of the national page, once.
#[derive(Clone, Debug)]
pub struct NationalReport {
    /// The week shown.
    pub week: Week,
    /// The latest date in it that a figure is true for.
    pub as_of: NaiveDate,
    /// The moment as of which the figures were known.
    pub known_on: DateTime<Utc>,
    /// Which units stand as rows.
    pub view: UnitView,
    /// The stage that counts as done.
    pub stage: Stage,
    /// Whose completion is forecast.
    pub followed: Followed,
    /// Where work waits between two stages.
    pub bottleneck: Bottleneck,
    /// What is counted.
    pub count_unit: CountUnit,
    /// The digest of all figures, deadlines and reference files used.
    pub digest: Digest,
    /// Each shown stage: reported, coverage, estimate, with the missing units named.
    pub headlines: Vec<StageHeadline>,
    /// The change since the week before; `None` where no unit reported in both weeks.
    pub change: Option<Change>,
    /// The rows, ordered by unit.
    pub rows: Vec<UnitRow>,
    /// The names of all rows and of the units they consist of, in the week shown.
    pub names: BTreeMap<UnitId, Text>,
    /// The weeks of the burn-up chart.
    pub weekly: Vec<WeekPoint>,
    /// The holidays that were known, by their first day.
    pub holidays: Vec<Holiday>,
    /// The campaigns of the whole nation.
    pub campaigns: Vec<Campaign>,
    /// The forecast of the nation; the units' forecasts stand in the rows too.
    pub forecast: Forecast,
}

/// One row of the table of units.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// The unit.
    pub unit: UnitId,
    /// Its name in the week shown.
    pub name: Text,
    /// Each shown stage.
    pub standings: Vec<(Stage, Standing)>,
    /// The change since the week before; `None` where it did not report in both.
    pub change: Option<Change>,
    /// Where its work waits between two stages.
    pub bottleneck: Bottleneck,
    /// Its forecast, with what is done, the rates and the deadline.
    pub forecast: UnitForecast,
    /// Where it stands.
    pub group: Group,
}

impl NationalReport {
    /// Computes every figure of a week.
    ///
    /// # Errors
    /// [`ForecastError`] where the stage cannot be completed.
    pub fn new(input: &ReportInput<'_>) -> Result<Self, ForecastError> {
        Self::on_paths(input, PATHS)
    }

    /// The same on another number of simulated paths: a forecast that is issued has more of them.
    ///
    /// # Errors
    /// As [`NationalReport::new`].
    pub fn on_paths(input: &ReportInput<'_>, paths: usize) -> Result<Self, ForecastError> {
        let forecast = forecast(&ForecastInput {
            paths,
            ..input.forecast_input()
        })?;
        let stages = shown_stages(input.stage());
        let units = &input.reference.units;
        let headline =
            |stage: &Stage| StageHeadline::national(input.panel, units, input.week, *stage);
        let reporting = input.panel.rows(UnitView::AsReported, input.week);
        let (nation, waits) = Bottleneck::all(input);
        Ok(Self {
            week: input.week,
            as_of: forecast.as_of,
            known_on: input.known_on,
            view: input.view,
            stage: input.stage(),
            followed: input.followed,
            bottleneck: nation,
            count_unit: input.count_unit,
            digest: report_digest(input, &forecast),
            headlines: stages.iter().map(headline).collect(),
            change: Change::of(input.panel, &reporting, input.week, input.stage()),
            rows: forecast
                .units
                .iter()
                .zip(waits)
                .map(|(unit, waits)| UnitRow::new(input, &stages, unit, waits))
                .collect(),
            names: names(
                input,
                reporting
                    .iter()
                    .chain(forecast.units.iter().map(|row| &row.unit)),
            ),
            weekly: weekly(input, &stages, |week, stage| {
                input.panel.national(week, stage)
            }),
            holidays: input.reference.calendar.holidays.clone(),
            campaigns: input
                .campaigns
                .iter()
                .filter(|campaign| campaign.unit.is_none())
                .cloned()
                .collect(),
            forecast,
        })
    }

    /// The headline of a stage; `None` where the stage is not shown.
    #[must_use]
    pub fn headline(&self, stage: Stage) -> Option<&StageHeadline> {
        self.headlines
            .iter()
            .find(|headline| headline.stage == stage)
    }

    /// The name of a row or of a unit that a row consists of; the id of any other.
    #[must_use]
    pub fn name(&self, unit: UnitId) -> Text {
        self.names
            .get(&unit)
            .cloned()
            .unwrap_or_else(|| Text::same(&unit.to_string()))
    }

    /// The slowest of the stages that the national date follows, with the day on which it is done; `None` where no date is
    /// forecast.
    #[must_use]
    pub fn slowest(&self) -> Option<&StageDate> {
        self.bottleneck.slowest_of(&self.forecast.national.stages)
    }

    /// The row of a unit; `None` where it is not a row of this view.
    #[must_use]
    pub fn row(&self, unit: UnitId) -> Option<&UnitRow> {
        self.rows.iter().find(|row| row.unit == unit)
    }

    /// The national count of a stage with the missing units carried forward; `None` where nobody ever reported it.
    #[must_use]
    pub fn estimate(&self, stage: Stage) -> Option<Count> {
        self.headline(stage)
            .and_then(|headline| headline.standing.estimated_count())
    }

    /// The day by which half of the rows whose reports have work left to forecast are done, each at its own median; `None` where fewer than
    /// three have such a day, for which the nation is no other thing.
    #[must_use]
    pub fn half_done(&self) -> Option<NaiveDate> {
        const FEW: usize = 3;
        let date = |row: &UnitRow| row.forecast.state.completion().map(Completion::p50);
        let reported = self
            .rows
            .iter()
            .filter(|row| row.forecast.published.is_none());
        let mut days: Vec<Option<NaiveDate>> = reported.filter_map(date).collect();
        // A day after the horizon is later than any.
        days.sort_unstable_by_key(|day| (day.is_none(), *day));
        let half = days.get(days.len().checked_sub(1)? / 2).copied().flatten();
        half.filter(|_| days.len() >= FEW)
    }

    /// The national share done, of the two sums that are shown and never a mean of percentages; `None` where one of them is
    /// not known.
    ///
    /// A unit that gave a total but no count is in the total: what it has done is not known and is not counted as done.
    #[must_use]
    pub fn share(&self) -> Option<Share> {
        let standing = |stage| Some(&self.headline(stage)?.standing);
        share_of(standing(self.stage)?, standing(Stage::Total)?)
    }

    /// What is left to do: the total shown less the count shown; `None` where one of them is not known.
    #[must_use]
    pub fn remaining(&self) -> Option<Count> {
        Some(
            self.estimate(Stage::Total)?
                .remaining_after(self.estimate(self.stage)?),
        )
    }

    /// Whether published figures stand in for reports anywhere.
    #[must_use]
    pub fn has_published(&self) -> bool {
        let mut rows = self.rows.iter();
        let of_row = rows.any(|row| row.forecast.published.is_some());
        of_row || self.forecast.national.published.is_some()
    }

    /// How many rows are in a group.
    #[must_use]
    pub fn count_in(&self, group: Group) -> usize {
        self.rows.iter().filter(|row| row.group == group).count()
    }

    /// The rows, most urgent first: by group; inside a group without a date first, then the latest median first.
    #[must_use]
    pub fn rows_by_urgency(&self) -> Vec<&UnitRow> {
        let mut rows: Vec<&UnitRow> = self.rows.iter().collect();
        rows.sort_by(|one, other| {
            let median =
                |row: &UnitRow| row.forecast.state.completion().and_then(|date| date.p50());
            let later_first = match (median(one), median(other)) {
                (Some(one), Some(other)) => other.cmp(&one),
                (one, other) => one.is_some().cmp(&other.is_some()),
            };
            one.group
                .cmp(&other.group)
                .then(later_first)
                .then(one.unit.cmp(&other.unit))
        });
        rows
    }
}

fn names<'a>(
    input: &ReportInput<'_>,
    units: impl Iterator<Item = &'a UnitId>,
) -> BTreeMap<UnitId, Text> {
    let name = |unit: &UnitId| {
        (
            *unit,
            input.reference.units.name_on(*unit, input.week.last_day()),
        )
    };
    units.map(name).collect()
}

impl UnitRow {
    /// The slowest of the stages that its date follows, with the day on which it is done; `None` where no date is forecast.
    #[must_use]
    pub fn slowest(&self) -> Option<&StageDate> {
        self.bottleneck.slowest_of(&self.forecast.stages)
    }

    fn new(
        input: &ReportInput<'_>,
        stages: &[Stage],
        forecast: &UnitForecast,
        bottleneck: Bottleneck,
    ) -> Self {
        let unit = forecast.unit;
        let standing = |stage: &Stage| (*stage, input.panel.standing(unit, input.week, *stage));
        Self {
            unit,
            name: input.reference.units.name_on(unit, input.week.last_day()),
            standings: stages.iter().map(standing).collect(),
            change: Change::of(input.panel, &[unit], input.week, input.stage()),
            bottleneck,
            forecast: forecast.clone(),
            group: Group::of(forecast),
        }
    }
}
