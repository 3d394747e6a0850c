//! One stage of the work of all units: what was learnt from its reports, and the paths of its counts.

use rayon::prelude::*;
use store::domain::{Count, Stage, Week};

use super::exposure::Exposure;
use super::input::ForecastInput;
use super::method::{
    DONE_SHARE, FAN_PATHS, HORIZON, Model, Paths, passage_day, step_weights, working_weeks,
};
use super::reporter::Reporter;
use super::scenario::Scenario;
use super::shocks::Futures;
use super::state::State;
use super::stream::purpose_of;
use super::track::{Report, Subject};
use super::walk::Workload;

/// One stage of all units.
pub(crate) struct Lane {
    pub(crate) stage: Stage,
    /// The units that report in the origin week, in the order of every lane.
    pub(crate) reporters: Vec<Reporter>,
    model: Model,
    futures: Futures,
    /// The place of each reporter among those that were learnt from; `None` without a total.
    subjects: Vec<Option<(usize, Subject)>>,
    seed: u64,
}

/// The paths of one stage of one reporter: at work, or borrowed where it has no forecast of its own.
#[derive(Default)]
pub(crate) struct Walks {
    pub(crate) own: Option<Paths>,
    pub(crate) borrowed: Option<Paths>,
}

impl Lane {
    /// The reporters of a stage.
    pub(crate) fn read(
        input: &ForecastInput<'_>,
        stage: Stage,
        exposure: &Exposure<'_>,
    ) -> Vec<Reporter> {
        let units = input.reporting_units();
        let read = units
            .par_iter()
            .map(|unit| Reporter::new(input, *unit, stage, exposure));
        read.collect()
    }

    /// Learns from the reports of a stage. All lanes have the same random numbers: what holds a unit up holds up all of its
    /// stages.
    pub(crate) fn learn(
        input: &ForecastInput<'_>,
        (stage, reporters): (Stage, Vec<Reporter>),
        exposure: &Exposure<'_>,
        seed: u64,
    ) -> Self {
        let first = reporters
            .iter()
            .filter_map(|reporter| reporter.reports.first());
        let first = first.map(|report| report.week).min().unwrap_or(input.week);
        let working = working_weeks(exposure, first, input.week);
        let known: Vec<Option<Subject>> = reporters
            .iter()
            .map(|reporter| subject(reporter, input.week))
            .collect();
        let learnt_from: Vec<Subject> = known.iter().flatten().cloned().collect();
        let model = Model::fit(&learnt_from, &working);
        let weights = step_weights(&working, HORIZON);
        let mut places = 0..;
        Self {
            stage,
            futures: model.futures(seed, input.paths, &weights),
            subjects: known
                .into_iter()
                .map(|subject| subject.and_then(|subject| Some((places.next()?, subject))))
                .collect(),
            reporters,
            model,
            seed,
        }
    }

    /// The reporters with the totals of a scenario.
    pub(crate) fn reporters_under(
        &self,
        input: &ForecastInput<'_>,
        scenario: &Scenario,
    ) -> Vec<Reporter> {
        let changed = |reporter: &Reporter| match scenario.total_of(reporter.unit) {
            Some(total) => reporter.clone().with_total(total, input.panel),
            None => reporter.clone(),
        };
        self.reporters.iter().map(changed).collect()
    }

    /// The paths of the reporter in a place, under a scenario.
    pub(crate) fn walks(
        &self,
        place: usize,
        reporters: &[Reporter],
        input: &ForecastInput<'_>,
        scenario: &Scenario,
    ) -> Walks {
        let mut walks = Walks::default();
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
        let begun = scenario.apply(reporter, reporters, input, &mut workload);
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

    /// How far the stages after this one can be in a place: its own paths, or, where it stands still, those on which it begins
    /// again. `None` where it is done, or says too little to hold anything up.
    pub(crate) fn limit(
        &self,
        place: usize,
        reporters: &[Reporter],
        input: &ForecastInput<'_>,
        scenario: &Scenario,
    ) -> Option<Paths> {
        let walked = match &reporters.get(place)?.fixed {
            None | Some(State::NoProgress { .. }) => self.walks(place, reporters, input, scenario),
            Some(_) => return None,
        };
        walked.own.or(walked.borrowed)
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
