//! The record of all issued forecasts, and of each method.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use store::domain::{Panel, Stage, Week};

use super::case::{
    CountCase, DateCase, DeadlineCase, INTERVALS, Late, Outcome, count_cases, date_cases,
    deadline_cases,
};
use super::coverage::{Coverage, number};
use super::truth::Truth;
use crate::forecast::AHEAD_WEEKS;
use crate::issued::Issued;

/// The record of all issued forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// The last week that is known.
    pub week: Week,
    /// The moment as of which it is known.
    pub known_on: DateTime<Utc>,
    /// The forecasts that are scored, oldest first.
    pub forecasts: Vec<ScoredForecast>,
    /// Issued forecasts left out: another stage, or the same data and method as one that is in.
    pub left_out: usize,
    /// All methods together.
    pub overall: Score,
    /// Each method alone, by its name; empty where there is only one.
    pub methods: Vec<(String, Score)>,
    /// What was said of the nation, oldest first.
    pub national: Vec<CountCase>,
}

/// An issued forecast that is scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoredForecast {
    /// Its number.
    pub number: i64,
    /// The week it looked at.
    pub week: Week,
    /// Its method.
    pub method: String,
    /// Whether its document says counts ahead, which those of version 1 do not.
    pub says_counts: bool,
}

/// The record of some forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// How many forecasts.
    pub forecasts: usize,
    /// The record at each of [`AHEAD_WEEKS`], then that of the date of completion.
    pub records: Vec<Record>,
    /// The record of the chances of meeting a deadline.
    pub deadlines: DeadlineScore,
}

/// What statements were about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ahead {
    /// The count so many weeks ahead.
    Weeks(u16),
    /// The date of completion.
    Completion,
}

/// The record of one kind of statements.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What they were about.
    pub ahead: Ahead,
    /// How many statements are due and known.
    pub cases: usize,
    /// The intervals of 50, 80 and 90 %.
    pub coverage: [Coverage; 3],
    /// The error in weeks; `None` without a case.
    pub error: Option<ErrorScore>,
    /// Statements that are not due yet.
    pub not_due: usize,
    /// Statements that are due and whose truth was not reported.
    pub not_reported: usize,
}

/// Errors in weeks: above 0 the work came later than was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErrorScore {
    /// The median of their sizes.
    pub usual: f64,
    /// Their median: the bias.
    pub bias: f64,
    /// One in ten is below this.
    pub p10: f64,
    /// One in ten is above this.
    pub p90: f64,
    /// Those that are counted with the weeks so far, because the work has not come yet.
    pub not_come: usize,
    /// How many there are.
    pub cases: usize,
}

/// The record of chances.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DeadlineScore {
    /// The chances whose deadline has passed.
    pub cases: usize,
    /// The deadlines that were met.
    pub met: usize,
    /// How many should have been met, by the chances given.
    pub expected: f64,
    /// The Brier score; `None` without a case.
    pub brier: Option<f64>,
    /// The chances whose deadline is ahead.
    pub not_due: usize,
}

/// The cases of one forecast.
struct Scored<'a> {
    issued: &'a Issued,
    counts: Vec<CountCase>,
    dates: Vec<DateCase>,
    deadlines: Vec<DeadlineCase>,
}

impl Scorecard {
    /// Scores forecasts, oldest first, against what is known of one stage up to a week.
    #[must_use]
    pub fn new(
        issued: &[Issued],
        panel: &Panel<'_>,
        stage: Stage,
        (week, known_on): (Week, DateTime<Utc>),
    ) -> Self {
        let mut truth = Truth::new(panel, stage, week);
        let mut seen = BTreeSet::new();
        let distinct = issued
            .iter()
            .filter(|one| one.stage == stage && seen.insert((one.digest, one.method.as_str())));
        let scored: Vec<Scored<'_>> = distinct
            .map(|issued| Scored {
                issued,
                counts: count_cases(issued, &mut truth),
                dates: date_cases(issued, &mut truth),
                deadlines: deadline_cases(issued, &mut truth),
            })
            .collect();
        let methods: BTreeSet<&str> = scored
            .iter()
            .map(|one| one.issued.method.as_str())
            .collect();
        let of_method = |method: &&str| {
            let own = scored.iter().filter(|one| one.issued.method == **method);
            ((*method).to_owned(), Score::of(&own.collect::<Vec<_>>()))
        };
        let national = scored.iter().flat_map(|one| &one.counts);
        Self {
            week,
            known_on,
            left_out: issued.len() - scored.len(),
            overall: Score::of(&scored.iter().collect::<Vec<_>>()),
            methods: if methods.len() > 1 {
                methods.iter().map(of_method).collect()
            } else {
                Vec::new()
            },
            national: national
                .filter(|case| case.unit.is_none())
                .cloned()
                .collect(),
            forecasts: scored
                .iter()
                .map(|one| ScoredForecast::of(one.issued))
                .collect(),
        }
    }
}

impl ScoredForecast {
    fn of(issued: &Issued) -> Self {
        Self {
            number: issued.number,
            week: issued.week,
            method: issued.method.clone(),
            says_counts: !issued.nation.counts.is_empty()
                || issued.units.iter().any(|unit| !unit.counts.is_empty()),
        }
    }
}

impl Score {
    fn of(scored: &[&Scored<'_>]) -> Self {
        // The nation is the sum of its units: counted among them it would be counted twice.
        let units = |case: &&CountCase| case.unit.is_some();
        let counts: Vec<&CountCase> = scored
            .iter()
            .flat_map(|one| one.counts.iter().filter(units))
            .collect();
        let dates: Vec<&DateCase> = scored.iter().flat_map(|one| &one.dates).collect();
        let deadlines: Vec<&DeadlineCase> = scored.iter().flat_map(|one| &one.deadlines).collect();
        let mut records: Vec<Record> = AHEAD_WEEKS
            .iter()
            .map(|ahead| Record::of_counts(*ahead, &counts))
            .collect();
        records.push(Record::of_dates(&dates));
        Self {
            forecasts: scored.len(),
            records,
            deadlines: DeadlineScore::of(&deadlines),
        }
    }

    /// The record at some weeks ahead; `None` where none is kept for them.
    #[must_use]
    pub fn record(&self, ahead: Ahead) -> Option<&Record> {
        self.records.iter().find(|record| record.ahead == ahead)
    }
}

impl Record {
    fn of_counts(ahead: u16, all: &[&CountCase]) -> Self {
        let cases: Vec<&&CountCase> = all.iter().filter(|case| case.ahead == ahead).collect();
        let count = |outcome: Outcome| cases.iter().filter(|case| case.outcome == outcome).count();
        let held: Vec<(i64, [bool; 3])> = cases
            .iter()
            .filter_map(|case| Some((case.forecast, case.held()?)))
            .collect();
        let late = cases.iter().filter_map(|case| match case.outcome {
            Outcome::Known { late, .. } => Some(late),
            Outcome::NotDue | Outcome::NotReported => None,
        });
        let coverage = |place: usize| {
            let held = held.iter().map(|(forecast, held)| (*forecast, held[place]));
            Coverage::of(INTERVALS[place].0, &held.collect::<Vec<_>>())
        };
        Self {
            ahead: Ahead::Weeks(ahead),
            cases: held.len(),
            coverage: [0, 1, 2].map(coverage),
            error: ErrorScore::of(late),
            not_due: count(Outcome::NotDue),
            not_reported: count(Outcome::NotReported),
        }
    }

    fn of_dates(cases: &[&DateCase]) -> Self {
        let coverage = |place: usize| {
            let held = cases
                .iter()
                .filter_map(|case| Some((case.forecast, case.held[place]?)));
            Coverage::of(INTERVALS[place].0, &held.collect::<Vec<_>>())
        };
        let coverage = [0, 1, 2].map(coverage);
        Self {
            ahead: Ahead::Completion,
            cases: coverage[1].cases,
            not_due: cases.len() - coverage[1].cases,
            not_reported: 0,
            coverage,
            error: ErrorScore::of(cases.iter().filter_map(|case| case.late)),
        }
    }
}

impl ErrorScore {
    fn of(errors: impl Iterator<Item = Late>) -> Option<Self> {
        let late: Vec<Late> = errors.collect();
        let sorted = |size: fn(f64) -> f64| {
            let mut weeks: Vec<f64> = late.iter().map(|late| size(late.weeks)).collect();
            weeks.sort_by(f64::total_cmp);
            weeks
        };
        let (signed, sizes) = (sorted(|weeks| weeks), sorted(f64::abs));
        Some(Self {
            usual: at(&sizes, 50)?,
            bias: at(&signed, 50)?,
            p10: at(&signed, 10)?,
            p90: at(&signed, 90)?,
            not_come: late.iter().filter(|late| !late.came).count(),
            cases: late.len(),
        })
    }
}

/// The least value that at least so many percent do not pass; `None` of nothing.
fn at(sorted: &[f64], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

impl DeadlineScore {
    fn of(cases: &[&DeadlineCase]) -> Self {
        let known: Vec<(f64, bool)> = cases
            .iter()
            .filter_map(|case| Some((case.chance, case.met?)))
            .collect();
        let squares = known.iter().map(|(chance, met)| {
            let miss = if *met { 1.0 - chance } else { *chance };
            miss * miss
        });
        let sum: f64 = squares.sum();
        Self {
            cases: known.len(),
            met: known.iter().filter(|(_, met)| *met).count(),
            expected: known.iter().map(|(chance, _)| chance).sum(),
            brier: (!known.is_empty()).then(|| sum / number(known.len())),
            not_due: cases.len() - known.len(),
        }
    }
}
