//! The forecast of all units and the nation, prepared once and asked as often as needed.

use chrono::NaiveDate;
use rayon::prelude::*;
use store::domain::{Count, Digest, Stage, UnitId, UnitView, Week};

use super::digest::{data_digest, seed};
use super::exposure::Exposure;
use super::input::{ForecastError, ForecastInput};
use super::method::{
    DONE_SHARE, FAN_PATHS, HORIZON, METHOD, Model, Paths, passage_day, step_weights, working_weeks,
};
use super::national::{NationalForecast, national_forecast};
use super::reporter::Reporter;
use super::scenario::Scenario;
use super::shocks::Futures;
use super::state::State;
use super::stream::purpose_of;
use super::track::{Report, Subject};
use super::unit::{Simulated, UnitForecast, actual_rate, unit_forecast};
use super::walk::Workload;

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
    /// The simulated paths.
    pub paths: usize,
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
    Ok(Prepared::new(input)?.forecast())
}

/// A panel that was read and learnt from: asking it "what if" draws nothing anew, so that every answer stands on the same
/// random numbers and a difference between two of them is the change alone.
pub struct Prepared<'a> {
    input: ForecastInput<'a>,
    exposure: Exposure<'a>,
    reporters: Vec<Reporter>,
    digest: Digest,
    seed: u64,
    model: Model,
    futures: Futures,
    /// The place of each reporter among the subjects; `None` without a total.
    subjects: Vec<Option<(usize, Subject)>>,
}

/// The paths of one reporter: at work, or borrowed where it has no forecast of its own.
struct Walks {
    own: Option<Paths>,
    borrowed: Option<Paths>,
}

impl<'a> Prepared<'a> {
    /// Reads the reports up to the origin week and learns from them.
    ///
    /// # Errors
    /// [`ForecastError::NotWork`] for [`Stage::Total`].
    pub fn new(input: &ForecastInput<'a>) -> Result<Self, ForecastError> {
        Self::drawn(input, None)
    }

    /// The same on given random numbers, so that two forecasts of different data differ by their data alone; on those of its
    /// own data where no seed is given.
    ///
    /// # Errors
    /// [`ForecastError::NotWork`] for [`Stage::Total`].
    pub fn drawn(input: &ForecastInput<'a>, given: Option<u64>) -> Result<Self, ForecastError> {
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
        let seed = given.unwrap_or_else(|| seed(&digest));
        let first = reporters
            .iter()
            .filter_map(|reporter| reporter.reports.first());
        let first = first.map(|report| report.week).min().unwrap_or(input.week);
        let working = working_weeks(&exposure, first, input.week);
        let known: Vec<Option<Subject>> = reporters
            .iter()
            .map(|reporter| subject(reporter, input.week))
            .collect();
        let learnt_from: Vec<Subject> = known.iter().flatten().cloned().collect();
        let model = Model::fit(&learnt_from, &working);
        let weights = step_weights(&working, HORIZON);
        let mut places = 0..;
        Ok(Self {
            input: *input,
            futures: model.futures(seed, input.paths, &weights),
            subjects: known
                .into_iter()
                .map(|subject| subject.and_then(|subject| Some((places.next()?, subject))))
                .collect(),
            exposure,
            reporters,
            digest,
            seed,
            model,
        })
    }

    /// The forecast if nothing new is decided.
    #[must_use]
    pub fn forecast(&self) -> Forecast {
        self.under(&Scenario::default())
    }

    /// The forecast under a scenario. Under the empty one it is [`Prepared::forecast`] to the last bit.
    #[must_use]
    pub fn under(&self, scenario: &Scenario) -> Forecast {
        let deadlines = scenario.deadlines(&self.input);
        let input = ForecastInput {
            deadlines: &deadlines,
            ..self.input
        };
        let reporters = self.reporters_under(scenario);
        let walks: Vec<Walks> = (0..reporters.len())
            .into_par_iter()
            .map(|place| self.walks(place, &reporters, scenario))
            .collect();
        let simulated: Vec<Simulated<'_>> = reporters
            .iter()
            .zip(&walks)
            .map(|(reporter, walks)| Simulated {
                reporter,
                paths: walks.own.as_ref(),
                borrowed: walks.borrowed.as_ref(),
            })
            .collect();
        let row = |(unit, members): &(UnitId, Vec<UnitId>)| {
            unit_forecast(
                &input,
                *unit,
                &members_of(&simulated, members),
                &self.exposure,
            )
        };
        let (units, national) = rayon::join(
            || input.rows().par_iter().map(row).collect(),
            || national_forecast(&input, &simulated, &self.exposure),
        );
        Forecast {
            week: input.week,
            as_of: latest_as_of(&self.reporters, input.week),
            stage: input.stage,
            view: input.view,
            method: METHOD,
            digest: self.digest,
            seed: self.seed,
            paths: input.paths,
            units,
            national,
        }
    }

    /// Records per full working week of one reporting unit over the last eight weeks; `None` where no two reports tell one.
    #[must_use]
    pub fn actual_rate(&self, unit: UnitId) -> Option<f64> {
        let own = |reporter: &&Reporter| reporter.unit == unit;
        actual_rate(self.reporters.iter().filter(own), self.input.week)
    }

    /// One row under a scenario, without the nation: the quick what-if. `None` where it is no row of the view.
    #[must_use]
    pub fn unit_under(&self, unit: UnitId, scenario: &Scenario) -> Option<UnitForecast> {
        let deadlines = scenario.deadlines(&self.input);
        let input = ForecastInput {
            deadlines: &deadlines,
            ..self.input
        };
        let (_, members) = input.rows().into_iter().find(|(row, _)| *row == unit)?;
        let reporters = self.reporters_under(scenario);
        let walks: Vec<(&Reporter, Walks)> = (0..)
            .zip(&reporters)
            .filter(|(_, reporter)| members.contains(&reporter.unit))
            .map(|(place, reporter)| (reporter, self.walks(place, &reporters, scenario)))
            .collect();
        let simulated: Vec<Simulated<'_>> = walks
            .iter()
            .map(|(reporter, walks)| Simulated {
                reporter,
                paths: walks.own.as_ref(),
                borrowed: walks.borrowed.as_ref(),
            })
            .collect();
        Some(unit_forecast(&input, unit, &simulated, &self.exposure))
    }

    fn reporters_under(&self, scenario: &Scenario) -> Vec<Reporter> {
        let changed = |reporter: &Reporter| match scenario.total_of(reporter.unit) {
            Some(total) => reporter.clone().with_total(total, self.input.panel),
            None => reporter.clone(),
        };
        self.reporters.iter().map(changed).collect()
    }

    fn walks(&self, place: usize, reporters: &[Reporter], scenario: &Scenario) -> Walks {
        let mut walks = Walks {
            own: None,
            borrowed: None,
        };
        let reporter = reporters.get(place);
        let subject = self.subjects.get(place).and_then(Option::as_ref);
        let Some((reporter, (place, subject))) = reporter.zip(subject) else {
            return walks;
        };
        let Some(total) = reporter.total else {
            return walks;
        };
        let total = total.to_f64();
        let mut workload = self
            .model
            .workload(*place, subject, vec![DONE_SHARE * total]);
        workload.total = total;
        let begun = scenario.apply(reporter, reporters, &self.input, &mut workload);
        match &reporter.fixed {
            None => walks.own = Some(self.paths(&workload)),
            Some(State::Done { .. } | State::NoTotal) => {}
            Some(State::TooShort { .. }) => walks.borrowed = Some(self.paths(&workload)),
            Some(State::NoProgress { .. } | State::NotReported | State::Forecast(_)) => {
                let idle = reporter.latest.is_none_or(|(_, done)| done <= Count::ZERO);
                let hazard = if idle {
                    self.model.begin
                } else {
                    self.model.hazard
                };
                workload.hazard = (!begun).then_some(hazard);
                workload.levels = self.model.others();
                walks.borrowed = Some(self.paths(&workload));
            }
        }
        walks
    }

    fn paths(&self, workload: &Workload) -> Paths {
        let mut walked = workload.walk(&self.futures, self.seed, FAN_PATHS);
        let passages = walked.passages.pop().unwrap_or_default();
        Paths {
            passages: passages.into_iter().map(passage_day).collect(),
            counts: walked.counts,
        }
    }
}

/// A reporter as numbers; `None` without a total above zero.
fn subject(reporter: &Reporter, origin: Week) -> Option<Subject> {
    let total = reporter.total.filter(|total| total.to_f64() > 0.0)?;
    let report = |week: Week, done: f64| Report {
        week: week.weeks_since(origin),
        done,
    };
    let mut reports: Vec<Report> = reporter
        .reports
        .iter()
        .map(|known| report(known.week, known.done.to_f64()))
        .collect();
    if reports.is_empty() {
        // A unit of several members may have a last figure without one common report.
        reports.extend(
            reporter
                .latest
                .map(|(week, done)| report(week, done.to_f64())),
        );
    }
    Some(Subject {
        purpose: purpose_of(&reporter.unit.to_string()),
        reports,
        totals: reporter
            .totals
            .iter()
            .map(|known| (known.week.weeks_since(origin), known.done.to_f64()))
            .collect(),
        total: total.to_f64(),
    })
}

fn members_of<'a>(simulated: &[Simulated<'a>], members: &[UnitId]) -> Vec<Simulated<'a>> {
    let of_row = simulated
        .iter()
        .filter(|unit| members.contains(&unit.reporter.unit));
    of_row.copied().collect()
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
