//! Who reports when: on time, late, missing, corrected; who has been silent for how long.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use store::domain::{
    Count, Difficulty, Receipt, RecordedExemption, Stage, Text, UnitId, UnitView, Week,
    exemption_in_force,
};

use super::input::ReportInput;

/// The days after the end of a week in which a report is in time: until Wednesday.
///
/// No rule of the ministry sets a day;
/// the reports of the weekly meetings of the provinces came within three days (domain notes on reporting rhythm).
pub const DAYS_ALLOWED: u32 = 3;

/// How the report of one week arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arrival {
    /// By the day it was due.
    OnTime,
    /// After it.
    Late,
    /// In time, and replaced by a later file.
    Corrected,
    /// Late, and replaced by a later file.
    LateCorrected,
    /// Not at all.
    Missing,
    /// Not due yet, or the unit did not exist.
    NotDue,
}

/// Who reported when, of the units that report themselves.
#[derive(Clone, Debug)]
pub struct Lateness {
    /// The weeks, the one shown last.
    pub weeks: Vec<Week>,
    /// The last day on which the report of the week shown was in time.
    pub due_on: NaiveDate,
    /// Whether that day is over, as known then.
    pub is_due: bool,
    /// Every reporting unit.
    pub rows: Vec<Latecomer>,
}

/// The reports of one unit.
#[derive(Clone, Debug)]
pub struct Latecomer {
    /// The unit.
    pub unit: UnitId,
    /// Its name in the week shown.
    pub name: Text,
    /// How the report of each week arrived.
    pub arrivals: Vec<Arrival>,
    /// The week of its last figure; `None` where it never gave one.
    pub last_week: Option<Week>,
    /// The weeks since then, the week shown included; 0 where it reported, `None` where it never did.
    pub weeks_silent: Option<i64>,
    /// What it had transferred by its last figure; `None` where it never gave one.
    pub last_figure: Option<Count>,
    /// When a file of it last arrived; `None` where none ever did.
    pub last_contact: Option<DateTime<Utc>>,
    /// The difficulties it named, latest first.
    pub difficulties: Vec<Difficulty>,
    /// The exemption that covers the week shown; `None` where it has to report.
    pub exemption: Option<RecordedExemption>,
}

/// What the calendar is made of beside the counts.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// When files arrived.
    pub receipts: &'a [Receipt],
    /// The difficulties that were named.
    pub difficulties: &'a [Difficulty],
    /// The exemptions, in the order recorded.
    pub exemptions: &'a [RecordedExemption],
}

/// The arrivals of the counts of a unit for a week.
#[derive(Clone, Debug, Default)]
struct Arrivals {
    /// Of each date in the week: when it arrived first, and how often.
    dates: BTreeMap<NaiveDate, (DateTime<Utc>, u32)>,
}

/// When the counts of each unit and week arrived.
pub(crate) struct Calendar {
    arrived: BTreeMap<(UnitId, Week), Arrivals>,
}

/// Who reported when in the last weeks up to the week shown.
#[must_use]
pub fn lateness(input: &ReportInput<'_>, told: Told<'_>, weeks: i64) -> Lateness {
    let Told {
        receipts,
        difficulties,
        exemptions,
    } = told;
    let calendar = Calendar::new(receipts);
    let weeks = recent_weeks(input, weeks);
    let due_on = due_on(input.week).unwrap_or(NaiveDate::MAX);
    let row = |unit: UnitId| {
        let standing = input.panel.standing(unit, input.week, Stage::Transferred);
        let carried = standing.carried.first().map(|(_, from)| *from);
        let reported = standing.reporting_count() == standing.expected;
        let last_week = if reported { Some(input.week) } else { carried };
        let own = || {
            let members = input.reference.units.members(unit);
            let is_own = |one: UnitId| one == unit || members.contains(&one);
            (
                receipts.iter().filter(move |one| is_own(one.unit)),
                difficulties.iter().filter(move |one| is_own(one.unit)),
            )
        };
        let mut named: Vec<Difficulty> = own().1.cloned().collect();
        named.sort_by_key(|one| std::cmp::Reverse(one.as_of));
        Latecomer {
            unit,
            name: input.reference.units.name_on(unit, input.week.last_day()),
            arrivals: calendar.of(input, unit, &weeks),
            last_week,
            weeks_silent: last_week.map(|last| input.week.weeks_since(last)),
            last_figure: standing.estimated_count(),
            last_contact: own().0.map(|receipt| receipt.recorded_at).max(),
            difficulties: named,
            exemption: exemption_in_force(exemptions, unit, input.week).cloned(),
        }
    };
    let rows = input.panel.rows(UnitView::AsReported, input.week);
    Lateness {
        due_on,
        is_due: day_of(input.known_on) > due_on,
        rows: rows.into_iter().map(row).collect(),
        weeks,
    }
}

impl Lateness {
    /// The units whose report of the week shown is overdue, without those that are exempt; none while it is not due.
    #[must_use]
    pub fn overdue(&self) -> Vec<&Latecomer> {
        let overdue = |row: &&Latecomer| {
            row.arrivals.last() == Some(&Arrival::Missing) && row.exemption.is_none()
        };
        self.rows.iter().filter(overdue).collect()
    }

    /// The units that are exempt in the week shown.
    #[must_use]
    pub fn exempt(&self) -> Vec<&Latecomer> {
        let exempt = |row: &&Latecomer| row.exemption.is_some();
        self.rows.iter().filter(exempt).collect()
    }
}

impl Calendar {
    pub(crate) fn new(receipts: &[Receipt]) -> Self {
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
        Self { arrived }
    }

    /// How the reports of a row arrived in some weeks.
    pub(crate) fn of(&self, input: &ReportInput<'_>, row: UnitId, weeks: &[Week]) -> Vec<Arrival> {
        let arrival = |week: &Week| self.arrival(input, row, *week);
        weeks.iter().map(arrival).collect()
    }

    /// How the report of a row arrived: of several units the worst.
    fn arrival(&self, input: &ReportInput<'_>, row: UnitId, week: Week) -> Arrival {
        let standing = input.panel.standing(row, week, Stage::Transferred);
        let reporting = standing.reporting.iter();
        let carried = standing.carried.iter().map(|(unit, _)| unit);
        let reporters = reporting.chain(carried).chain(&standing.silent);
        let Some(due) = due_on(week) else {
            return Arrival::NotDue;
        };
        let (mut late, mut corrected, mut missing) = (false, false, false);
        for unit in reporters {
            match self.arrived.get(&(*unit, week)) {
                Some(arrivals) => {
                    let first = arrivals.dates.values().map(|(first, _)| *first).min();
                    late |= first.is_some_and(|first| day_of(first) > due);
                    corrected |= arrivals.dates.values().any(|(_, times)| *times > 1);
                }
                None => missing = true,
            }
        }
        match (missing, late, corrected) {
            (true, ..) if day_of(input.known_on) <= due => Arrival::NotDue,
            (true, ..) => Arrival::Missing,
            (false, false, false) => Arrival::OnTime,
            (false, true, false) => Arrival::Late,
            (false, false, true) => Arrival::Corrected,
            (false, true, true) => Arrival::LateCorrected,
        }
    }
}

/// The last weeks up to the one shown; no earlier than the first report.
pub(crate) fn recent_weeks(input: &ReportInput<'_>, weeks: i64) -> Vec<Week> {
    let first = input.panel.first_week().unwrap_or(input.week);
    let first = first.max(input.week.plus(1 - weeks));
    first.through(input.week).collect()
}

/// The last day on which the report of a week is in time.
fn due_on(week: Week) -> Option<NaiveDate> {
    let allowed = Days::new(DAYS_ALLOWED.into());
    week.last_day().checked_add_days(allowed)
}

/// The day of a moment in Viet Nam, seven hours ahead.
fn day_of(moment: DateTime<Utc>) -> NaiveDate {
    (moment.naive_utc() + TimeDelta::hours(7)).date()
}
