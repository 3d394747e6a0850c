//! Which stage of the work is done last: a unit is finished when its last stage is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{Stage, UnitId};

use super::completion::PERCENTS;
use super::prepared::Forecast;
use super::state::State;

/// The stage that binds a unit, and the date of all stages.
#[derive(Clone, Debug, PartialEq)]
pub struct SlowestStage {
    /// The unit.
    pub unit: UnitId,
    /// The stage that binds: one that no date can be given for before all others, else the one with the latest median. Of two
    /// that bind alike, the later in the course of work. Done stages bind nothing; where all are done it is the last done.
    pub stage: Stage,
    /// What can be said of that stage.
    pub state: State,
    /// The dates by which every stage is done, for each of [`PERCENTS`]: the latest of the stages at that percentage, which is
    /// exact where the stages of a unit are late together. `None` after the horizon, or where a stage has no date.
    pub dates: Vec<Option<NaiveDate>>,
}

/// Finds the stage that binds each unit, from one forecast a stage of the same units and week; ordered by unit.
#[must_use]
pub fn slowest_stages(forecasts: &[Forecast]) -> Vec<SlowestStage> {
    let mut states: BTreeMap<UnitId, Vec<(Stage, &State)>> = BTreeMap::new();
    for forecast in forecasts {
        for unit in &forecast.units {
            let of_unit = states.entry(unit.unit).or_default();
            of_unit.push((forecast.stage, &unit.state));
        }
    }
    states
        .into_iter()
        .filter_map(|(unit, stages)| slowest(unit, &stages))
        .collect()
}

fn slowest(unit: UnitId, stages: &[(Stage, &State)]) -> Option<SlowestStage> {
    let (stage, state) = stages
        .iter()
        .max_by_key(|(stage, state)| (lateness(state), *stage))?;
    let at = |percent: u8| -> Option<NaiveDate> {
        let dates = stages.iter().map(|(_, state)| match state {
            State::Done { since } => Some(*since),
            other => other.completion()?.at(percent),
        });
        dates.collect::<Option<Vec<_>>>()?.into_iter().max()
    };
    Some(SlowestStage {
        unit,
        stage: *stage,
        state: (*state).clone(),
        dates: PERCENTS.into_iter().map(at).collect(),
    })
}

/// How late a state is: done, by its median, after the horizon, without a date.
fn lateness(state: &State) -> (u8, Option<NaiveDate>) {
    match state {
        State::Done { since } => (0, Some(*since)),
        State::Forecast(completion) => match completion.p50() {
            Some(median) => (1, Some(median)),
            None => (2, None),
        },
        State::TooShort { .. } | State::NoProgress { .. } | State::NoTotal | State::NotReported => {
            (3, None)
        }
    }
}
