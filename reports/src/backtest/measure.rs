//! The scores of one method over all its cases.

use chrono::{DateTime, TimeDelta, Utc};
use rayon::prelude::*;

use super::cases::Asked;
use super::score::{CUT_WEEKS, Percentiles, Scores, chance_within, score};
use crate::forecast::{METHOD, share};

/// The shares of truths inside an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// Of the interval of 50 %.
    pub half: f64,
    /// Of the interval of 80 %.
    pub four_fifths: f64,
    /// Of the interval of 90 %.
    pub nine_tenths: f64,
}

/// The groups of weeks to go, in truth: above the first and up to the second.
pub const HORIZON_GROUPS: [(f64, f64); 5] = [
    (0.0, 4.0),
    (4.0, 13.0),
    (13.0, 26.0),
    (26.0, 52.0),
    (52.0, CUT_WEEKS),
];

/// The scores of a method in one group of horizons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HorizonScores {
    /// The group.
    pub weeks: (f64, f64),
    /// Its cases.
    pub cases: usize,
    /// The median of the absolute error of the median, in weeks.
    pub median_abs_error: f64,
    /// The mean CRPS in weeks.
    pub crps: f64,
    /// The coverage of the interval of 80 %.
    pub coverage_80: f64,
}

/// Forecasts of the sum of all units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NationalScores {
    /// The origins and thresholds that were scored.
    pub cases: usize,
    /// The mean CRPS in weeks.
    pub crps: f64,
    /// The coverage of its intervals.
    pub coverage: Coverage,
}

/// The scores of one method; means over all its cases.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodScores {
    /// Its name.
    pub name: &'static str,
    /// Whether it is the one that `sohoa forecast` uses.
    pub ours: bool,
    /// The cases it answered.
    pub cases: usize,
    /// The share of the cases that it refused, from 0 to 1.
    pub refused: f64,
    /// The median of the absolute error of the median date, in weeks.
    pub median_abs_error: f64,
    /// The mean of the same.
    pub mean_abs_error: f64,
    /// The mean error: above 0 where its median dates were too late.
    pub bias: f64,
    /// The mean CRPS in weeks: twice the mean pinball loss over 99 percentiles.
    pub crps: f64,
    /// The mean pinball loss of p10, p50 and p90, in weeks.
    pub pinball: f64,
    /// The coverage of its intervals.
    pub coverage: Coverage,
    /// The mean width of the interval of 80 %, in weeks.
    pub width_80: f64,
    /// The mean interval score of the interval of 80 %.
    pub interval_80: f64,
    /// The Brier scores of the chance to be done within 8, 13 and 26 weeks.
    pub brier: [f64; 3],
    /// By weeks to go; groups without a case are left out.
    pub by_horizon: Vec<HorizonScores>,
    /// The sum of all units, taken by our method as the sum of its joint paths and by its peers as one unit; `None` without
    /// a case.
    pub national: Option<NationalScores>,
    /// The time its forecasts took on all cores together; the one figure that is not the same in every run.
    pub time: TimeDelta,
}

/// The weeks of the Brier scores.
const BRIER_WEEKS: [f64; 3] = [8.0, 13.0, 26.0];

/// The answers of a method at one origin, by unit; with those on the sum of all units.
pub(super) struct Answers {
    pub(super) units: Vec<Option<Vec<Percentiles>>>,
    pub(super) national: Vec<(Percentiles, f64)>,
}

/// What tells the time for [`MethodScores::time`]; no other figure depends on it.
pub type Watch<'a> = &'a (dyn Fn() -> DateTime<Utc> + Sync);

pub(super) fn measure(
    name: &'static str,
    asked: &[Asked],
    clock: Watch<'_>,
    method: impl Fn(&Asked) -> Answers + Sync,
) -> MethodScores {
    let start = clock();
    let answers: Vec<Answers> = asked.par_iter().map(&method).collect();
    let time = clock() - start;
    let mut scored = Vec::new();
    let mut refused = 0;
    for (asked, answers) in asked.iter().zip(&answers) {
        for (truths, answer) in asked.truths.iter().zip(&answers.units) {
            for (place, truth) in truths.iter().enumerate() {
                let forecast = answer.as_ref().and_then(|dates| dates.get(place));
                match (truth, forecast) {
                    (Some(truth), Some(forecast)) => {
                        scored.push((score(forecast, *truth), brier(forecast, *truth)));
                    }
                    (Some(_), None) => refused += 1,
                    (None, _) => {}
                }
            }
        }
    }
    let national = answers.iter().flat_map(|answers| &answers.national);
    let national: Vec<Scores> = national
        .map(|(dates, truth)| score(dates, *truth))
        .collect();
    let all: Vec<Scores> = scored.iter().map(|(scores, _)| *scores).collect();
    MethodScores {
        name,
        ours: name == METHOD,
        cases: all.len(),
        refused: share(refused, scored.len() + refused),
        median_abs_error: median_error(&all),
        mean_abs_error: mean(all.iter().map(|one| one.error.abs())),
        bias: mean(all.iter().map(|one| one.error)),
        crps: mean(all.iter().map(|one| one.crps)),
        pinball: mean(all.iter().map(|one| one.pinball)),
        coverage: coverage(&all),
        width_80: mean(all.iter().map(|one| one.width)),
        interval_80: mean(all.iter().map(|one| one.interval)),
        brier: [0, 1, 2].map(|place| mean(scored.iter().map(|(_, brier)| brier[place]))),
        by_horizon: HORIZON_GROUPS
            .iter()
            .filter_map(|group| in_group(&all, *group))
            .collect(),
        national: (!national.is_empty()).then(|| NationalScores {
            cases: national.len(),
            crps: mean(national.iter().map(|one| one.crps)),
            coverage: coverage(&national),
        }),
        time,
    }
}

impl MethodScores {
    /// The mean of the same method over several panels, each weighing the same. Cases and time are added up. `None` of none.
    pub(super) fn mean(panels: &[&Self]) -> Option<Self> {
        let first = *panels.first()?;
        let of = |figure: fn(&Self) -> f64| mean(panels.iter().map(|one| figure(one)));
        let national: Vec<NationalScores> = panels.iter().filter_map(|one| one.national).collect();
        let sum = |figure: fn(&NationalScores) -> f64| mean(national.iter().map(figure));
        Some(Self {
            name: first.name,
            ours: first.ours,
            cases: panels.iter().map(|one| one.cases).sum(),
            refused: of(|one| one.refused),
            median_abs_error: of(|one| one.median_abs_error),
            mean_abs_error: of(|one| one.mean_abs_error),
            bias: of(|one| one.bias),
            crps: of(|one| one.crps),
            pinball: of(|one| one.pinball),
            coverage: Coverage {
                half: of(|one| one.coverage.half),
                four_fifths: of(|one| one.coverage.four_fifths),
                nine_tenths: of(|one| one.coverage.nine_tenths),
            },
            width_80: of(|one| one.width_80),
            interval_80: of(|one| one.interval_80),
            brier: [0, 1, 2].map(|place| mean(panels.iter().map(|one| one.brier[place]))),
            by_horizon: HORIZON_GROUPS
                .iter()
                .filter_map(|group| HorizonScores::mean(panels, *group))
                .collect(),
            national: (!national.is_empty()).then(|| NationalScores {
                cases: national.iter().map(|one| one.cases).sum(),
                crps: sum(|one| one.crps),
                coverage: Coverage {
                    half: sum(|one| one.coverage.half),
                    four_fifths: sum(|one| one.coverage.four_fifths),
                    nine_tenths: sum(|one| one.coverage.nine_tenths),
                },
            }),
            time: panels.iter().map(|one| one.time).sum(),
        })
    }
}

impl HorizonScores {
    /// The mean of a group over the panels that have a case in it.
    fn mean(panels: &[&MethodScores], weeks: (f64, f64)) -> Option<Self> {
        let groups = panels.iter().flat_map(|one| &one.by_horizon);
        let groups: Vec<&Self> = groups.filter(|one| one.weeks == weeks).collect();
        let of = |figure: fn(&Self) -> f64| mean(groups.iter().map(|one| figure(one)));
        (!groups.is_empty()).then(|| Self {
            weeks,
            cases: groups.iter().map(|one| one.cases).sum(),
            median_abs_error: of(|one| one.median_abs_error),
            crps: of(|one| one.crps),
            coverage_80: of(|one| one.coverage_80),
        })
    }
}

fn coverage(all: &[Scores]) -> Coverage {
    let held = |place: usize| mean(all.iter().map(|one| f64::from(u8::from(one.held[place]))));
    Coverage {
        half: held(0),
        four_fifths: held(1),
        nine_tenths: held(2),
    }
}

fn brier(forecast: &Percentiles, truth: f64) -> [f64; 3] {
    BRIER_WEEKS.map(|weeks| {
        let happened = if truth <= weeks { 1.0 } else { 0.0 };
        let missed = chance_within(forecast, weeks) - happened;
        missed * missed
    })
}

fn in_group(all: &[Scores], weeks: (f64, f64)) -> Option<HorizonScores> {
    let inside = all
        .iter()
        .filter(|one| weeks.0 < one.truth && one.truth <= weeks.1);
    let inside: Vec<Scores> = inside.copied().collect();
    (!inside.is_empty()).then(|| HorizonScores {
        weeks,
        cases: inside.len(),
        median_abs_error: median_error(&inside),
        crps: mean(inside.iter().map(|one| one.crps)),
        coverage_80: mean(inside.iter().map(|one| f64::from(u8::from(one.held[1])))),
    })
}

fn median_error(all: &[Scores]) -> f64 {
    let mut errors: Vec<f64> = all.iter().map(|one| one.error.abs()).collect();
    errors.sort_unstable_by(f64::total_cmp);
    errors.get(errors.len() / 2).copied().unwrap_or(0.0)
}

/// The mean; 0 of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
