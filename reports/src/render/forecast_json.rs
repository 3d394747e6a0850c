//! The forecast table as JSON, version 4; the document that is kept of an issued forecast.
//!
//! Version 2 holds what it takes to score it later and to say why the date moved: `paths`, the `holidays` that were known,
//! and `counts`, the spread of the count 4, 8, 13, 26 and 52 weeks ahead. Version 3 says what was `followed`: `slowest`, the
//! whole chain of stages, or one stage alone; `stages` has the date of each stage by its own pace, and `slowest` names the
//! one that is waited for longest. `stage` is still the stage that counts as done. Version 4 says in `source` what an entry is
//! made of: `reports`, or `published`, the figures of `published`, each with its `wording`. Then `done`, `total`, `share` and
//! what else is counted are still those of reports, mostly `null`. Nothing was changed or left out.
//!
//! The stable part of an entry is `unit`, `stage`, `state`, `p10`, `p50`, `p90`, `deadline`, `chance`, `required_rate` and
//! `actual_rate`; the other fields are additions that a reader may ignore. Dates are ISO 8601; rates are records per full
//! working week; a share or chance is from 0 to 1; `null` means that the figure does not exist. `state` is `forecast`,
//! `done`, `too_short` or `no_progress`; a unit that never reported, or gave no total, is `too_short`, and `reason` tells
//! the two apart. A `null` quantile of a forecast lies after `horizon`. `chance` is cut to 0.05 … 0.95, and `chance_cap`
//! says `below` or `above` where it was. `counts` has by weeks ahead the quantiles of the count by percentage; it is `null`
//! where no date is forecast.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Count, Holiday, Text, UnitId};

use super::error::TableError;
use super::national_json::NationalEntry;
use super::published_json::{PublishedEntry, source_key};
use crate::forecast::{
    AHEAD_PERCENTS, Cap, Completion, CountAhead, DONE_SHARE, DeadlineOutlook, DeadlinePace,
    PERCENTS, StageDate, State,
};
use crate::model::{NationalReport, UnitRow};

/// The version of the document; a reader of an earlier one finds all of it here.
pub const VERSION: u8 = 4;

/// Writes the forecast of every unit, ordered by unit, and of the nation; indented, with a line break at the end.
///
/// # Errors
/// [`TableError::Json`] where the writer refuses a value.
pub fn forecast_json(report: &NationalReport) -> Result<Vec<u8>, TableError> {
    let mut bytes = serde_json::to_vec_pretty(&ForecastTable::new(report))?;
    bytes.push(b'\n');
    Ok(bytes)
}

impl ForecastTable {
    /// The forecast of a report.
    #[must_use]
    pub fn new(report: &NationalReport) -> Self {
        Self {
            version: VERSION,
            as_of: report.as_of,
            known_on: instant(report.known_on),
            units: report.view.key(),
            week: report.week.to_string(),
            stage: report.stage.key(),
            followed: report.followed.key(),
            count_unit: report.count_unit.key(),
            method: report.forecast.method,
            digest: report.forecast.digest.to_string(),
            seed: report.forecast.seed.to_string(),
            paths: report.forecast.paths,
            holidays: report.holidays.iter().map(HolidayEntry::of).collect(),
            done_share: DONE_SHARE,
            forecasts: entries(report).collect(),
            national: NationalEntry::of(report),
        }
    }
}

/// The forecast of every unit, ordered by unit, and of the nation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ForecastTable {
    version: u8,
    as_of: NaiveDate,
    known_on: String,
    units: &'static str,
    week: String,
    stage: &'static str,
    followed: &'static str,
    count_unit: &'static str,
    method: &'static str,
    digest: String,
    seed: String,
    paths: usize,
    holidays: Vec<HolidayEntry>,
    done_share: f64,
    forecasts: Vec<UnitEntry>,
    national: NationalEntry,
}

/// A holiday that the forecast knew.
#[derive(Debug, Serialize, JsonSchema)]
struct HolidayEntry {
    first_day: NaiveDate,
    last_day: NaiveDate,
    tet: bool,
}

impl HolidayEntry {
    const fn of(holiday: &Holiday) -> Self {
        Self {
            first_day: holiday.first_day,
            last_day: holiday.last_day,
            tet: holiday.is_tet,
        }
    }
}

/// The forecast of one unit. A `null` quantile of a forecast lies after `horizon`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UnitForecast")]
pub struct UnitEntry {
    pub(crate) unit: String,
    pub(crate) name: Text,
    pub(crate) stage: &'static str,
    pub(crate) state: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) group: &'static str,
    pub(crate) p10: Option<NaiveDate>,
    pub(crate) p50: Option<NaiveDate>,
    pub(crate) p90: Option<NaiveDate>,
    pub(crate) quantiles: Option<BTreeMap<u8, Option<NaiveDate>>>,
    pub(crate) never: Option<f64>,
    pub(crate) horizon: Option<NaiveDate>,
    pub(crate) counts: Option<Counts>,
    pub(crate) slowest: Option<&'static str>,
    pub(crate) stages: Vec<StageEntry>,
    pub(crate) since: Option<NaiveDate>,
    pub(crate) have: Option<u32>,
    pub(crate) need: Option<u32>,
    pub(crate) weeks_without_progress: Option<u32>,
    #[serde(flatten)]
    pub(crate) deadline: DeadlineFields,
    pub(crate) actual_rate: Option<f64>,
    pub(crate) done: Option<i64>,
    pub(crate) total: Option<i64>,
    pub(crate) share: Option<f64>,
    pub(crate) remaining: Option<i64>,
    pub(crate) last_report_week: Option<String>,
    pub(crate) missing_weeks: u32,
    pub(crate) corrections: u32,
    pub(crate) restarts: u32,
    pub(crate) source: &'static str,
    pub(crate) published: Option<PublishedEntry>,
}

/// When one stage is done by its own pace; `null` lies after the horizon.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StageForecast")]
pub(crate) struct StageEntry {
    stage: &'static str,
    p10: Option<NaiveDate>,
    p50: Option<NaiveDate>,
    p90: Option<NaiveDate>,
    quantiles: BTreeMap<u8, Option<NaiveDate>>,
}

impl StageEntry {
    pub(crate) fn of(date: &StageDate) -> Self {
        let completion = &date.completion;
        Self {
            stage: date.stage.key(),
            p10: completion.p10(),
            p50: completion.p50(),
            p90: completion.p90(),
            quantiles: quantiles(completion),
        }
    }
}

/// The fields of a deadline, the same for a unit and the nation.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct DeadlineFields {
    pub(crate) deadline: Option<NaiveDate>,
    pub(crate) chance: Option<f64>,
    pub(crate) chance_cap: Option<&'static str>,
    pub(crate) required_rate: Option<f64>,
    pub(crate) working_weeks_left: Option<f64>,
    pub(crate) weeks_overdue: Option<u32>,
}

/// The entries of all rows, in order.
pub(crate) fn entries(report: &NationalReport) -> impl Iterator<Item = UnitEntry> {
    report.rows.iter().map(|row| entry(report, row))
}

fn entry(report: &NationalReport, row: &UnitRow) -> UnitEntry {
    let forecast = &row.forecast;
    let (state, reason) = state_keys(&forecast.state);
    let completion = forecast.state.completion();
    let mut entry = UnitEntry {
        unit: row.unit.to_string(),
        name: row.name.clone(),
        stage: report.stage.key(),
        state,
        reason,
        group: row.group.key(),
        p10: completion.and_then(Completion::p10),
        p50: completion.and_then(Completion::p50),
        p90: completion.and_then(Completion::p90),
        quantiles: completion.map(quantiles),
        never: completion.map(|date| rounded(date.never, 1000.0)),
        horizon: completion.map(|date| date.horizon),
        counts: counts(&forecast.ahead),
        slowest: row.slowest().map(|date| date.stage.key()),
        stages: forecast.stages.iter().map(StageEntry::of).collect(),
        since: None,
        have: None,
        need: None,
        weeks_without_progress: None,
        deadline: DeadlineFields::of(forecast.deadline.as_ref()),
        actual_rate: forecast.actual_rate.map(|rate| rounded(rate, 10.0)),
        done: forecast.done.map(Count::to_i64),
        total: forecast.total.map(Count::to_i64),
        share: forecast.share().map(|share| rounded(share.to_f64(), 1e6)),
        remaining: forecast.remaining().map(Count::to_i64),
        last_report_week: forecast.last_report.map(|week| week.to_string()),
        missing_weeks: forecast.missing_weeks,
        corrections: forecast.corrections,
        restarts: forecast.restarts,
        source: source_key(forecast.published.is_some()),
        published: forecast.published.as_ref().map(PublishedEntry::of),
    };
    match forecast.state {
        State::Done { since } => entry.since = Some(since),
        State::TooShort { have, need } => (entry.have, entry.need) = (Some(have), Some(need)),
        State::NoProgress { weeks, .. } => entry.weeks_without_progress = Some(weeks),
        State::Forecast(_) | State::NoTotal | State::NotReported => {}
    }
    entry
}

/// The stable word of a state, and the exact one.
pub(crate) const fn state_keys(state: &State) -> (&'static str, &'static str) {
    match state {
        State::Done { .. } => ("done", "done"),
        State::Forecast(_) => ("forecast", "forecast"),
        State::TooShort { .. } => ("too_short", "too_short"),
        State::NoProgress { .. } => ("no_progress", "no_progress"),
        State::NoTotal => ("too_short", "no_total"),
        State::NotReported => ("too_short", "not_reported"),
    }
}

impl UnitEntry {
    /// The forecast of a unit; `None` where it is no row of the report.
    #[must_use]
    pub fn of(report: &NationalReport, unit: UnitId) -> Option<Self> {
        report.row(unit).map(|row| entry(report, row))
    }
}

impl DeadlineFields {
    pub(crate) fn of(outlook: Option<&DeadlineOutlook>) -> Self {
        let Some(outlook) = outlook else {
            return Self::default();
        };
        let mut fields = Self {
            deadline: Some(outlook.deadline.due_on),
            ..Self::default()
        };
        match outlook.pace {
            DeadlinePace::Finished => {}
            DeadlinePace::Passed { weeks_overdue } => fields.weeks_overdue = Some(weeks_overdue),
            DeadlinePace::Ahead {
                required_rate,
                working_weeks,
                chance,
            } => {
                fields.required_rate = required_rate.map(|rate| rounded(rate, 10.0));
                fields.working_weeks_left = Some(rounded(working_weeks, 100.0));
                fields.chance = chance.map(|chance| rounded(chance.value(), 1000.0));
                fields.chance_cap = chance.and_then(|chance| chance.cap()).map(|cap| match cap {
                    Cap::Below => "below",
                    Cap::Above => "above",
                });
            }
        }
        fields
    }
}

/// The quantiles of counts by percentage, by the weeks ahead.
pub(crate) type Counts = BTreeMap<u16, BTreeMap<u8, i64>>;

/// The counts ahead; `None` where no date is forecast.
pub(crate) fn counts(ahead: &[CountAhead]) -> Option<Counts> {
    let by_percent = |one: &CountAhead| {
        let counts = one.quantiles.map(Count::to_i64);
        (one.weeks, AHEAD_PERCENTS.into_iter().zip(counts).collect())
    };
    (!ahead.is_empty()).then(|| ahead.iter().map(by_percent).collect())
}

/// Every kept quantile by its percentage.
pub(crate) fn quantiles(completion: &Completion) -> BTreeMap<u8, Option<NaiveDate>> {
    PERCENTS
        .into_iter()
        .map(|percent| (percent, completion.at(percent)))
        .collect()
}

/// A number cut to the digits that mean something.
pub(crate) fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts
}

fn instant(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
