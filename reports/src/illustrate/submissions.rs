//! Which weekly reports arrived, in time or late.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use store::domain::{Receipt, Stage, UnitId, Week};

use super::gallery::Material;
use super::{Setting, caption_of_units};
use crate::charts::{Arrival, SubmissionRow, Submissions};
use crate::model::UnitRow;

/// The days after the end of a week in which a report is in time: until Wednesday. No rule of the ministry sets a day;
/// the reports of the weekly meetings of the provinces came within three days (domain notes on reporting rhythm).
const DAYS_ALLOWED: u32 = 3;

/// How many weeks are listed.
const WEEKS: i64 = 26;

/// The arrivals of the counts of a unit for a week.
#[derive(Clone, Debug, Default)]
struct Arrivals {
    /// Of each date in the week: when it arrived first, and how often.
    dates: BTreeMap<NaiveDate, (DateTime<Utc>, u32)>,
}

pub(super) fn submissions(material: &Material<'_>, setting: &Setting<'_>) -> Submissions {
    let report = material.report;
    let arrived = by_unit_and_week(material.receipts);
    let first = material.input.panel.first_week().unwrap_or(report.week);
    let weeks: Vec<Week> = first
        .max(report.week.plus(1 - WEEKS))
        .through(report.week)
        .collect();
    let row = |row: &UnitRow| SubmissionRow {
        name: row.name.clone(),
        arrivals: weeks
            .iter()
            .map(|week| arrival(material, &arrived, row.unit, *week))
            .collect(),
    };
    Submissions {
        caption: caption_of_units(report, setting),
        size: setting.size,
        days_allowed: DAYS_ALLOWED,
        rows: report.rows.iter().map(row).collect(),
        weeks,
    }
}

fn by_unit_and_week(receipts: &[Receipt]) -> BTreeMap<(UnitId, Week), Arrivals> {
    let mut arrived: BTreeMap<(UnitId, Week), Arrivals> = BTreeMap::new();
    for receipt in receipts {
        let key = (receipt.unit, Week::containing(receipt.as_of));
        let dates = &mut arrived.entry(key).or_default().dates;
        let date = dates
            .entry(receipt.as_of)
            .or_insert((receipt.recorded_at, 0));
        date.0 = date.0.min(receipt.recorded_at);
        date.1 += 1;
    }
    arrived
}

/// How the report of a row arrived: of several units the worst.
fn arrival(
    material: &Material<'_>,
    arrived: &BTreeMap<(UnitId, Week), Arrivals>,
    row: UnitId,
    week: Week,
) -> Arrival {
    let standing = material.input.panel.standing(row, week, Stage::Transferred);
    let reporting = standing.reporting.iter();
    let carried = standing.carried.iter().map(|(unit, _)| unit);
    let reporters = reporting.chain(carried).chain(&standing.silent);
    let Some(due) = week
        .last_day()
        .checked_add_days(Days::new(DAYS_ALLOWED.into()))
    else {
        return Arrival::NotDue;
    };
    let (mut late, mut corrected, mut missing) = (false, false, false);
    for unit in reporters {
        match arrived.get(&(*unit, week)) {
            Some(arrivals) => {
                let first = arrivals.dates.values().map(|(first, _)| *first).min();
                late |= first.is_some_and(|first| day_of(first) > due);
                corrected |= arrivals.dates.values().any(|(_, times)| *times > 1);
            }
            None => missing = true,
        }
    }
    match (missing, late, corrected) {
        (true, ..) if day_of(material.report.known_on) <= due => Arrival::NotDue,
        (true, ..) => Arrival::Missing,
        (false, false, false) => Arrival::OnTime,
        (false, true, false) => Arrival::Late,
        (false, false, true) => Arrival::Corrected,
        (false, true, true) => Arrival::LateCorrected,
    }
}

/// The day of a moment in Viet Nam, seven hours ahead.
fn day_of(moment: DateTime<Utc>) -> NaiveDate {
    (moment.naive_utc() + TimeDelta::hours(7)).date()
}
