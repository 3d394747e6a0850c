//! The nation in the JSON form of the forecast.
//!
//! `state` is `done`, `forecast`, or `incomplete` where units are `excluded`: then `p10`, `p50`, `p90` and `chance` are
//! `null`, because there is no date for the whole nation, and `without_excluded` carries those of the other units.
//! Where `source` is `published`, most units never reported and all dates are those on which the national sum reaches its goal,
//! by the figures of `published`; these stand there too where they are too few for a date.
//! `counts` is the spread of the sum of all units, those without a forecast standing still. `most_done` is when the sum of all units reaches `most_done.share` of the total.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Count, Figure, Stage, Standing, Text, UnitId, Week};

use super::forecast_json::{
    Counts, DeadlineFields, StageEntry, counts, quantiles, rounded, state_keys,
};
use super::published_json::{PublishedEntry, source_key};
use crate::forecast::{Completion, Excluded, LastUnit, MOST_SHARE, NationalForecast};
use crate::model::NationalReport;
use crate::words::state_words;

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NationalForecast")]
pub(crate) struct NationalEntry {
    state: &'static str,
    since: Option<NaiveDate>,
    #[serde(flatten)]
    date: DateFields,
    #[serde(flatten)]
    deadline: DeadlineFields,
    actual_rate: Option<f64>,
    counts: Option<Counts>,
    slowest: Option<&'static str>,
    stages: Vec<StageEntry>,
    excluded: Vec<ExcludedEntry>,
    without_excluded: Option<Others>,
    most_done: Option<MostDone>,
    last_units: Vec<LastEntry>,
    reported: Option<i64>,
    reporting: usize,
    expected: usize,
    estimate: Option<i64>,
    carried: Vec<CarriedEntry>,
    silent: Vec<String>,
    done: Option<i64>,
    total: Option<i64>,
    share: Option<f64>,
    remaining: Option<i64>,
    source: &'static str,
    published: Option<PublishedEntry>,
}

#[derive(Debug, Default, Serialize, JsonSchema)]
struct DateFields {
    p10: Option<NaiveDate>,
    p50: Option<NaiveDate>,
    p90: Option<NaiveDate>,
    quantiles: Option<BTreeMap<u8, Option<NaiveDate>>>,
    never: Option<f64>,
    horizon: Option<NaiveDate>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Others {
    #[serde(flatten)]
    date: DateFields,
    chance: Option<f64>,
    chance_cap: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct MostDone {
    share: f64,
    #[serde(flatten)]
    date: DateFields,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ExcludedEntry {
    unit: String,
    state: &'static str,
    reason: &'static str,
    words: Text,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LastEntry {
    unit: String,
    share: f64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CarriedEntry {
    unit: String,
    week: String,
}

impl NationalEntry {
    pub(crate) fn of(report: &NationalReport) -> Self {
        let national = &report.forecast.national;
        let standing = report
            .headline(report.stage)
            .map(|headline| &headline.standing);
        let value = |figure: Option<Figure>| figure.map(|figure| figure.value.to_i64());
        let mut entry = Self {
            state: state_of(national),
            since: national.done_since,
            date: DateFields::of(national.completion.as_ref()),
            deadline: DeadlineFields::of(national.deadline.as_ref()),
            actual_rate: national.actual_rate.map(|rate| rounded(rate, 10.0)),
            counts: counts(&national.ahead),
            slowest: report.slowest().map(|date| date.stage.key()),
            stages: national.stages.iter().map(StageEntry::of).collect(),
            excluded: national.excluded.iter().map(ExcludedEntry::of).collect(),
            without_excluded: None,
            most_done: national.most_done.as_ref().map(MostDone::of),
            last_units: last_units(national),
            reported: standing.and_then(|standing| value(standing.reported)),
            reporting: standing.map_or(0, Standing::reporting_count),
            expected: standing.map_or(0, |standing| standing.expected),
            estimate: standing.and_then(|standing| value(standing.estimate)),
            carried: standing.map_or_else(Vec::new, |standing| {
                let entry = |(unit, week): &(UnitId, Week)| CarriedEntry {
                    unit: unit.to_string(),
                    week: week.to_string(),
                };
                standing.carried.iter().map(entry).collect()
            }),
            silent: standing.map_or_else(Vec::new, |standing| {
                standing.silent.iter().map(ToString::to_string).collect()
            }),
            done: report.estimate(report.stage).map(Count::to_i64),
            total: report.estimate(Stage::Total).map(Count::to_i64),
            share: report.share().map(|share| rounded(share.to_f64(), 1e6)),
            remaining: report.remaining().map(Count::to_i64),
            source: source_key(national.published_basis().is_some()),
            published: national
                .published
                .as_ref()
                .map(|published| PublishedEntry::of(&published.basis)),
        };
        if !national.excluded.is_empty() {
            entry.without_excluded = Some(Others {
                date: std::mem::take(&mut entry.date),
                chance: entry.deadline.chance.take(),
                chance_cap: entry.deadline.chance_cap.take(),
            });
        }
        entry
    }
}

fn state_of(national: &NationalForecast) -> &'static str {
    match (national.done_since, national.excluded.as_slice()) {
        (Some(_), _) => "done",
        (None, []) => "forecast",
        (None, _) => "incomplete",
    }
}

fn last_units(national: &NationalForecast) -> Vec<LastEntry> {
    let entry = |last: &LastUnit| LastEntry {
        unit: last.unit.to_string(),
        share: rounded(last.share, 1000.0),
    };
    national.last_units.iter().map(entry).collect()
}

impl DateFields {
    fn of(completion: Option<&Completion>) -> Self {
        Self {
            p10: completion.and_then(Completion::p10),
            p50: completion.and_then(Completion::p50),
            p90: completion.and_then(Completion::p90),
            quantiles: completion.map(quantiles),
            never: completion.map(|date| rounded(date.never, 1000.0)),
            horizon: completion.map(|date| date.horizon),
        }
    }
}

impl MostDone {
    fn of(completion: &Completion) -> Self {
        Self {
            share: MOST_SHARE,
            date: DateFields::of(Some(completion)),
        }
    }
}

impl ExcludedEntry {
    fn of(excluded: &Excluded) -> Self {
        let (state, reason) = state_keys(&excluded.reason);
        Self {
            unit: excluded.unit.to_string(),
            state,
            reason,
            words: state_words(&excluded.reason),
        }
    }
}
