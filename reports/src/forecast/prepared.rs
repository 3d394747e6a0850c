//! The forecast of all units and the nation, prepared once and asked as often as needed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;
use store::domain::{Digest, Stage, UnitId, UnitView, Week};

use super::digest::{data_digest, seed};
use super::exposure::Exposure;
use super::followed::Followed;
use super::input::{ForecastError, ForecastInput};
use super::lane::{Lane, Walks};
use super::method::METHOD;
use super::national::{NationalForecast, national_forecast};
use super::published::{Basis, Told, bases};
use super::reporter::Reporter;
use super::scenario::Scenario;
use super::unit::{Simulated, UnitForecast, actual_rate, unit_forecast};

/// A forecast with everything that is needed to make it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The origin: the last week that was looked at.
    pub week: Week,
    /// The latest date in the origin week that a report is true for; where nobody reported, that of the latest published figure
    /// of the nation, or the last day of the week.
    pub as_of: NaiveDate,
    /// Whose completion is forecast.
    pub followed: Followed,
    /// The stages that were simulated for it, in the order of the work.
    pub stages: Vec<Stage>,
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

impl Forecast {
    /// The lines of a digest that hold the published figures it is made of, or that stand beside it.
    pub(crate) fn published_lines(&self) -> Vec<String> {
        let units = self.units.iter();
        let units = units.filter_map(|row| Some((Some(row.unit), row.published.as_ref()?)));
        let nation = self.national.published.iter();
        let nation = nation.map(|published| (None, &published.basis));
        let all = nation.chain(units);
        all.flat_map(|(owner, basis)| basis.lines(owner)).collect()
    }
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
    digest: Digest,
    seed: u64,
    /// The stages in the order of the work; the last is the one whose count tells what is done.
    lanes: Vec<Lane>,
    /// What published figures say of the rows that never reported, and of the nation under `None`. No scenario touches it.
    published: BTreeMap<Option<UnitId>, Told>,
}

/// The paths of one reporter, with the passages of each of its stages alone.
struct Chained {
    walks: Walks,
    passages: Vec<(Stage, Vec<u16>)>,
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
        if let Followed::One(stage @ (Stage::Total | Stage::Returned)) = input.followed {
            return Err(ForecastError::NotWork(stage));
        }
        let exposure = Exposure::new(input.calendar);
        let stages = input
            .followed
            .stages(input.panel, &input.reporting_units(), input.week);
        let read: Vec<(Stage, Vec<Reporter>)> = stages
            .into_iter()
            .map(|stage| (stage, Lane::read(input, stage, &exposure)))
            .collect();
        let done = read.last().map_or(&[][..], |(_, reporters)| reporters);
        let bases = bases(input, done, &exposure);
        let digest = data_digest(input, &read, &bases);
        let seed = given.unwrap_or_else(|| seed(&digest));
        let rows = input.panel.rows(input.view, input.week);
        let shown = bases
            .par_iter()
            .filter(|(owner, _)| owner.is_none_or(|unit| rows.contains(&unit)));
        let told = |(owner, basis): (&Option<UnitId>, &Basis)| {
            (*owner, Told::of((*owner, basis), input, &exposure, seed))
        };
        let published = shown.map(told).collect();
        let lanes = read
            .into_par_iter()
            .map(|stage| Lane::learn(input, stage, &exposure, seed));
        Ok(Self {
            input: *input,
            lanes: lanes.collect(),
            published,
            exposure,
            digest,
            seed,
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
        let places = 0..reporters.last().map_or(0, Vec::len);
        let chained: Vec<Chained> = places
            .into_par_iter()
            .map(|place| self.chained(place, &reporters, scenario))
            .collect();
        let simulated = simulated(&reporters, &chained);
        let row = |(unit, members): &(UnitId, Vec<UnitId>)| {
            self.row(&input, *unit, &members_of(&simulated, members))
        };
        let (units, national) = rayon::join(
            || input.rows().par_iter().map(row).collect(),
            || self.nation(&input, &simulated),
        );
        Forecast {
            week: input.week,
            as_of: self.as_of(),
            followed: input.followed,
            stages: self.lanes.iter().map(|lane| lane.stage).collect(),
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
        actual_rate(self.done().iter().filter(own), self.input.week)
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
        let of_row: Vec<usize> = (0..)
            .zip(self.done())
            .filter(|(_, reporter)| members.contains(&reporter.unit))
            .map(|(place, _)| place)
            .collect();
        let chained: Vec<Chained> = of_row
            .iter()
            .map(|place| self.chained(*place, &reporters, scenario))
            .collect();
        let last = reporters.last().map_or(&[][..], Vec::as_slice);
        let own = of_row.iter().filter_map(|place| last.get(*place));
        let simulated: Vec<Simulated<'_>> = own.zip(&chained).map(Chained::beside).collect();
        Some(self.row(&input, unit, &simulated))
    }

    fn row(
        &self,
        input: &ForecastInput<'_>,
        unit: UnitId,
        members: &[Simulated<'_>],
    ) -> UnitForecast {
        let row = unit_forecast(input, unit, members, &self.exposure);
        match self.published.get(&Some(unit)) {
            Some(told) => told.of_row(row, input, &self.exposure),
            None => row,
        }
    }

    fn nation(&self, input: &ForecastInput<'_>, units: &[Simulated<'_>]) -> NationalForecast {
        let nation = national_forecast(input, units, &self.exposure);
        match self.published.get(&None) {
            Some(told) => told.of_nation(nation, input, &self.exposure),
            None => nation,
        }
    }

    /// The latest date in the origin week that a report is true for; without one, that of the nation's published figures, or
    /// the last day of the week.
    fn as_of(&self) -> NaiveDate {
        let week = self.input.week;
        let last = self.done().iter().filter_map(|one| one.reports.last());
        let reported = last.filter(|report| report.week == week);
        let published = self.published.get(&None).and_then(Told::as_of);
        let day = reported.map(|report| report.as_of).max().or(published);
        day.unwrap_or_else(|| week.last_day())
    }

    /// The reporters of the stage whose count tells what is done.
    fn done(&self) -> &[Reporter] {
        self.lanes.last().map_or(&[], |lane| &lane.reporters)
    }

    /// The reporters of every stage with the totals of a scenario.
    fn reporters_under(&self, scenario: &Scenario) -> Vec<Vec<Reporter>> {
        let under = |lane: &Lane| lane.reporters_under(&self.input, scenario);
        self.lanes.iter().map(under).collect()
    }

    /// The paths of the reporter in a place. On each of them no stage is ahead of one before it.
    fn chained(&self, place: usize, reporters: &[Vec<Reporter>], scenario: &Scenario) -> Chained {
        let mut lanes = self.lanes.iter().zip(reporters).rev();
        let input = &self.input;
        let mut walks = lanes
            .next()
            .map_or_else(Walks::default, |(lane, reporters)| {
                lane.walks(place, reporters, input, scenario)
            });
        let mut passages = Vec::new();
        if let (Some(own), Some(last)) = (&walks.own, self.lanes.last()) {
            passages.push((last.stage, own.passages.clone()));
        }
        let is_open = walks.own.is_some() || walks.borrowed.is_some();
        for (lane, reporters) in lanes.filter(|_| is_open) {
            let Some(limit) = lane.limit(place, reporters, input, scenario) else {
                continue;
            };
            for paths in [&mut walks.own, &mut walks.borrowed].into_iter().flatten() {
                paths.hold_back(&limit);
            }
            passages.push((lane.stage, limit.passages));
        }
        let unit = self.done().get(place).map(|reporter| reporter.unit);
        let delay = unit.map_or(0, |unit| scenario.delay_of(unit));
        for paths in [&mut walks.own, &mut walks.borrowed].into_iter().flatten() {
            paths.delay(delay);
        }
        passages.reverse();
        Chained { walks, passages }
    }
}

impl Chained {
    fn beside<'a>((reporter, chained): (&'a Reporter, &'a Self)) -> Simulated<'a> {
        Simulated {
            reporter,
            paths: chained.walks.own.as_ref(),
            borrowed: chained.walks.borrowed.as_ref(),
            stages: &chained.passages,
        }
    }
}

/// Every reporter with its paths.
fn simulated<'a>(reporters: &'a [Vec<Reporter>], chained: &'a [Chained]) -> Vec<Simulated<'a>> {
    let last = reporters.last().into_iter().flatten();
    last.zip(chained).map(Chained::beside).collect()
}

fn members_of<'a>(simulated: &[Simulated<'a>], members: &[UnitId]) -> Vec<Simulated<'a>> {
    let of_row = simulated
        .iter()
        .filter(|unit| members.contains(&unit.reporter.unit));
    of_row.copied().collect()
}
