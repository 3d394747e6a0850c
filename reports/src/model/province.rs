//! The report on one unit.

use chrono::{DateTime, NaiveDate, Utc};
use store::domain::{Campaign, CountUnit, Deadline, Digest, Stage, Text, UnitId, Week};

use super::change::Change;
use super::group::Group;
use super::headline::{StageHeadline, shown_stages};
use super::input::ReportInput;
use super::national::NationalReport;
use super::weekly::{WeekPoint, weekly};
use crate::forecast::UnitForecast;

/// The weeks after the one shown in which campaigns are still listed, where no fan reaches further.
const WEEKS_AHEAD: i64 = 26;

/// Every figure of the page of one unit, once.
#[derive(Clone, Debug)]
pub struct ProvinceReport {
    /// The unit.
    pub unit: UnitId,
    /// Its name in the week shown.
    pub name: Text,
    /// Those of the 63 it was formed from, with their last names; empty for one of the 63.
    pub members: Vec<(UnitId, Text)>,
    /// The week shown.
    pub week: Week,
    /// The latest date in it that a figure is true for.
    pub as_of: NaiveDate,
    /// The moment as of which the figures were known.
    pub known_on: DateTime<Utc>,
    /// The stage that counts as done.
    pub stage: Stage,
    /// What is counted.
    pub count_unit: CountUnit,
    /// The digest of the national report it is taken from.
    pub digest: Digest,
    /// Each shown stage: reported, coverage of members, estimate.
    pub headlines: Vec<StageHeadline>,
    /// The change since the week before; `None` where it did not report in both.
    pub change: Option<Change>,
    /// The weeks of the burn-up chart.
    pub weekly: Vec<WeekPoint>,
    /// Its forecast, with the rates and the deadline in force.
    pub forecast: UnitForecast,
    /// Where it stands.
    pub group: Group,
    /// The history of its deadlines and the national ones, by the day they were announced; later ones left out.
    pub deadlines: Vec<Deadline>,
    /// Its campaigns and national ones that touch the weeks of the chart, the forecast included.
    pub campaigns: Vec<Campaign>,
}

impl ProvinceReport {
    /// Takes the figures of one unit out of a national report and adds its own series.
    ///
    /// `None` where the unit is not a row of the report's view. `input` must be what the report was made of.
    #[must_use]
    pub fn new(input: &ReportInput<'_>, report: &NationalReport, unit: UnitId) -> Option<Self> {
        let row = report.row(unit)?;
        let units = &input.reference.units;
        let stages = shown_stages(input.stage());
        let name_of = |member: &UnitId| (*member, units.name_on(*member, input.week.last_day()));
        let headlines = row.standings.iter();
        Some(Self {
            unit,
            name: row.name.clone(),
            members: units.members(unit).iter().map(name_of).collect(),
            week: report.week,
            as_of: report.as_of,
            known_on: report.known_on,
            stage: report.stage,
            count_unit: report.count_unit,
            digest: report.digest,
            headlines: headlines
                .map(|(stage, standing)| {
                    StageHeadline::of(standing.clone(), *stage, units, input.week)
                })
                .collect(),
            change: row.change,
            weekly: weekly(input, &stages, |week, stage| {
                input.panel.standing(unit, week, stage)
            }),
            forecast: row.forecast.clone(),
            group: row.group,
            deadlines: deadlines(input, &row.forecast),
            campaigns: campaigns(input, &row.forecast),
        })
    }
}

fn deadlines(input: &ReportInput<'_>, forecast: &UnitForecast) -> Vec<Deadline> {
    let announced = |deadline: &&Deadline| deadline.announced_on <= input.week.last_day();
    let mut deadlines: Vec<Deadline> = input
        .deadlines
        .iter()
        .filter(|deadline| {
            deadline
                .unit
                .is_none_or(|owner| concerns(input, forecast, owner))
        })
        .filter(announced)
        .cloned()
        .collect();
    deadlines.sort_by_key(|deadline| (deadline.announced_on, deadline.due_on));
    deadlines
}

fn campaigns(input: &ReportInput<'_>, forecast: &UnitForecast) -> Vec<Campaign> {
    let first = input.panel.first_week().unwrap_or(input.week).first_day();
    let last = forecast
        .fan
        .last()
        .map_or(input.week.plus(WEEKS_AHEAD), |point| point.week)
        .last_day();
    let all = input.campaigns.iter();
    let of_unit = all.filter(|campaign| {
        campaign
            .unit
            .is_none_or(|owner| concerns(input, forecast, owner))
    });
    of_unit
        .filter(|campaign| campaign.first_day <= last && first <= campaign.last_day)
        .cloned()
        .collect()
}

/// Whether something of `owner` is of this row: the row itself, its reporters, and what it was formed from.
fn concerns(input: &ReportInput<'_>, forecast: &UnitForecast, owner: UnitId) -> bool {
    let units = &input.reference.units;
    owner == forecast.unit
        || forecast.reporters.contains(&owner)
        || units.members(forecast.unit).contains(&owner)
}
