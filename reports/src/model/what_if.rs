//! A scenario beside the forecast: what it changes, and where one more team would help most.

use chrono::NaiveDate;
use store::domain::UnitId;

use super::input::ReportInput;
use crate::forecast::{
    Change, Completion, DeadlineOutlook, Forecast, ForecastError, Prepared, Scenario, UnitForecast,
};

/// The forecast and the forecast under a scenario, on the same random numbers.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// If nothing new is decided.
    pub base: Forecast,
    /// Under the scenario.
    pub changed: Forecast,
    /// The units that are most often the last, by how much one more team there brings the national date forward.
    pub teams: Vec<TeamEffect>,
}

/// What one more team in one unit does to the national date.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamEffect {
    /// The unit.
    pub unit: UnitId,
    /// The days by which the national median comes forward; below 0 where it moves back. `None` where it lies after the horizon.
    pub days: Option<i64>,
    /// The days by which the late end of the national interval comes forward; `None` as above.
    pub late_days: Option<i64>,
}

/// The three days of a forecast beside those of the scenario.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The date if nothing new is decided; `None` where there is none.
    pub base: Option<&'a Completion>,
    /// The date under the scenario; `None` where there is none.
    pub changed: Option<&'a Completion>,
    /// The deadline in force.
    pub base_deadline: Option<&'a DeadlineOutlook>,
    /// The deadline under the scenario.
    pub changed_deadline: Option<&'a DeadlineOutlook>,
}

impl Compared<'_> {
    /// The days from the base to the scenario at a percentile, above 0 where it is later; `None` where one is after the
    /// horizon or absent.
    #[must_use]
    pub fn days_later(&self, percent: u8) -> Option<i64> {
        days_between(self.base?.at(percent), self.changed?.at(percent))
    }
}

impl WhatIf {
    /// Asks a scenario of the data of a report. `team` is the records that one more team does in a full working week.
    ///
    /// Only a unit that is last on some path can move the national date, so teams are tried in the units named as last.
    ///
    /// # Errors
    /// [`ForecastError`] where the stage cannot be completed.
    pub fn new(
        input: &ReportInput<'_>,
        scenario: &Scenario,
        team: f64,
    ) -> Result<Self, ForecastError> {
        let prepared = Prepared::new(&input.forecast_input())?;
        let base = prepared.forecast();
        let changed = prepared.under(scenario);
        let first_day = input.week.plus(1).first_day();
        let effect = |unit: UnitId, rate: f64| {
            let helped = prepared.under(&Scenario {
                changes: vec![Change::Rate {
                    unit: Some(unit),
                    factor: 1.0 + team / rate,
                    from: first_day,
                }],
            });
            let gain = |percent| {
                let day = |forecast: &Forecast| forecast.national.completion.as_ref()?.at(percent);
                days_between(day(&helped), day(&base))
            };
            TeamEffect {
                unit,
                days: gain(50),
                late_days: gain(90),
            }
        };
        let last = base.national.last_units.iter();
        let mut teams: Vec<TeamEffect> = last
            .filter_map(|last| Some(effect(last.unit, rate_of(&prepared, last.unit)?)))
            .collect();
        teams.sort_by(|one, other| {
            (other.days, other.late_days)
                .cmp(&(one.days, one.late_days))
                .then(one.unit.cmp(&other.unit))
        });
        Ok(Self {
            base,
            changed,
            teams,
        })
    }

    /// The nation beside itself.
    #[must_use]
    pub const fn national(&self) -> Compared<'_> {
        let (base, changed) = (&self.base.national, &self.changed.national);
        Compared {
            base: base.completion.as_ref(),
            changed: changed.completion.as_ref(),
            base_deadline: base.deadline.as_ref(),
            changed_deadline: changed.deadline.as_ref(),
        }
    }

    /// The rows that the scenario changes, ordered by unit.
    pub fn changed_units(&self) -> impl Iterator<Item = (UnitId, Compared<'_>)> {
        let pairs = self.base.units.iter().zip(&self.changed.units);
        pairs
            .filter(|(base, changed)| base != changed)
            .map(|(base, changed)| (base.unit, compared(base, changed)))
    }
}

/// The rate of a reporting unit; `None` where there is none above 0.
fn rate_of(prepared: &Prepared<'_>, unit: UnitId) -> Option<f64> {
    prepared.actual_rate(unit).filter(|rate| *rate > 0.0)
}

/// A borrowed date stands where there is no forecast: a start that is decided moves it.
fn compared<'a>(base: &'a UnitForecast, changed: &'a UnitForecast) -> Compared<'a> {
    let date = |row: &'a UnitForecast| row.state.completion().or(row.borrowed.as_ref());
    Compared {
        base: date(base),
        changed: date(changed),
        base_deadline: base.deadline.as_ref(),
        changed_deadline: changed.deadline.as_ref(),
    }
}

fn days_between(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<i64> {
    Some((to? - from?).num_days())
}
