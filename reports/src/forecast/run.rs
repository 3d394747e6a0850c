//! The forecast of all units and the nation in one go.

use chrono::NaiveDate;
use rayon::prelude::*;
use store::domain::{Digest, Stage, UnitView, Week};

use super::baseline::{CREDIT, METHOD, Paths, STEPS, Workload, simulate};
use super::digest::{data_digest, seed};
use super::exposure::Exposure;
use super::input::{ForecastError, ForecastInput};
use super::law::{LAW_COUNT, LAWS};
use super::level::{Evidence, levels};
use super::national::{NationalForecast, national_forecast};
use super::reporter::Reporter;
use super::shocks::purpose_of;
use super::state::State;
use super::unit::{Simulated, UnitForecast, unit_forecast};

/// A forecast with everything that is needed to make it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The origin: the last week that was looked at.
    pub week: Week,
    /// The latest date in the origin week that a figure is true for; the last day of the week where nobody reported.
    pub as_of: NaiveDate,
    /// The stage whose completion is forecast.
    pub stage: Stage,
    /// Which units stand as rows.
    pub view: UnitView,
    /// The method and its version.
    pub method: &'static str,
    /// The digest of the data used.
    pub digest: Digest,
    /// The seed of the random numbers, from the digest and the method.
    pub seed: u64,
    /// The rows, ordered by unit.
    pub units: Vec<UnitForecast>,
    /// The nation.
    pub national: NationalForecast,
}

/// Forecasts the completion of every unit and of the nation from the reports up to the origin week.
///
/// The same input gives the same result to the last bit, whatever the number of threads.
///
/// # Errors
/// [`ForecastError::NotWork`] for [`Stage::Total`], which is what is to be done.
pub fn forecast(input: &ForecastInput<'_>) -> Result<Forecast, ForecastError> {
    if input.stage == Stage::Total {
        return Err(ForecastError::NotWork(input.stage));
    }
    let exposure = Exposure::new(input.calendar);
    let units = input.reporting_units();
    let reporters: Vec<Reporter> = units
        .par_iter()
        .map(|unit| Reporter::new(input, *unit, &exposure))
        .collect();
    let digest = data_digest(input, &reporters);
    let seed = seed(&digest);
    let paths = simulated_paths(input, &reporters, &exposure, seed);
    let simulated: Vec<Simulated<'_>> = reporters
        .iter()
        .zip(&paths)
        .map(|(reporter, paths)| Simulated {
            reporter,
            paths: paths.as_ref(),
        })
        .collect();
    let row = |(unit, members): &(_, Vec<_>)| {
        let members: Vec<Simulated<'_>> = simulated
            .iter()
            .filter(|unit| members.contains(&unit.reporter.unit))
            .copied()
            .collect();
        unit_forecast(input, *unit, &members, &exposure)
    };
    let (units, national) = rayon::join(
        || input.rows().par_iter().map(row).collect(),
        || national_forecast(input, &simulated, &exposure),
    );
    let as_of = latest_as_of(&reporters, input.week);
    Ok(Forecast {
        week: input.week,
        as_of,
        stage: input.stage,
        view: input.view,
        method: METHOD,
        digest,
        seed,
        units,
        national,
    })
}

/// The paths of each reporter; `None` where it is not simulated.
fn simulated_paths(
    input: &ForecastInput<'_>,
    reporters: &[Reporter],
    exposure: &Exposure<'_>,
    seed: u64,
) -> Vec<Option<Paths>> {
    let workloads = workloads(reporters, input.week);
    let first = input.week.plus(1 - i64::from(CREDIT));
    let last = first.plus(i64::from(STEPS) - 1);
    let exposures: Vec<f64> = first.through(last).map(|week| exposure.of(week)).collect();
    let simulated: Vec<Workload> = workloads.iter().flatten().cloned().collect();
    let mut paths = simulate(&simulated, &exposures, seed).into_iter();
    workloads
        .iter()
        .map(|workload| workload.as_ref().and_then(|_| paths.next()))
        .collect()
}

/// What to simulate of each reporter. Levels are learnt from every unit at work, those with few reports too; what is done
/// or stands still tells nothing of the rate of the others.
fn workloads(reporters: &[Reporter], origin: Week) -> Vec<Option<Workload>> {
    let at_work = |reporter: &&Reporter| {
        reporter.evidence().is_some()
            && matches!(reporter.fixed, None | Some(State::TooShort { .. }))
    };
    let panel: Vec<&Reporter> = reporters.iter().filter(at_work).collect();
    let evidence: Vec<Evidence<'_>> = panel
        .iter()
        .filter_map(|reporter| reporter.evidence())
        .collect();
    let by_law = LAWS.map(|law| levels(&evidence, law));
    let levels_of = |reporter: &Reporter| {
        let place = panel.iter().position(|unit| unit.unit == reporter.unit)?;
        let mut levels = [0.0; LAW_COUNT];
        for (level, of_law) in levels.iter_mut().zip(&by_law) {
            *level = of_law.get(place).copied()?;
        }
        Some(levels)
    };
    let workload = |reporter: &Reporter| {
        let (week, done) = reporter.latest.filter(|_| reporter.fixed.is_none())?;
        let total = reporter.total?.to_f64();
        Some(Workload {
            purpose: purpose_of(&reporter.unit.to_string()),
            start: done.to_f64(),
            silent_weeks: u16::try_from(origin.weeks_since(week))
                .unwrap_or(CREDIT)
                .min(CREDIT),
            total,
            goal: super::DONE_SHARE * total,
            levels: levels_of(reporter)?,
        })
    };
    reporters.iter().map(workload).collect()
}

fn latest_as_of(reporters: &[Reporter], week: Week) -> NaiveDate {
    let last = reporters
        .iter()
        .filter_map(|reporter| reporter.reports.last());
    let dates = last
        .filter(|report| report.week == week)
        .map(|report| report.as_of);
    dates.max().unwrap_or_else(|| week.last_day())
}
