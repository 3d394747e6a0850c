//! Published figures read as far as their words and digits can be trusted.
//!
//! "77 million" is not 77,000,000 to the last record. A number is taken to be meant to its last digit that is not zero, and to
//! two digits at the least: 77,000,000 to a million, 100,000,000 to ten, 111,500,000 to a hundred thousand. The step
//! is one of that digit, and the words say on which side of the number the true count lies.
//!
//! | Words | The true count lies |
//! |---|---|
//! | exact | at it |
//! | more than | between it and one step above |
//! | nearly | between one step below and it |
//! | about, rounded, no word | within half a step on either side |

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{
    Approximation, Count, Measure, PublishedFigure, RecordType, Stage, UnitId, Week,
};

use super::Basis;
use crate::forecast::exposure::Exposure;
use crate::forecast::input::ForecastInput;

/// The digits that are meant at the least.
const LEAST_DIGITS: usize = 2;

/// Published figures, and what they measure.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// The figures as known at some moment.
    pub figures: &'a [PublishedFigure],
    /// The measures by their keys.
    pub measures: &'a BTreeMap<String, Measure>,
}

impl<'a> Published<'a> {
    /// The figures of the nation, or of a unit, that count records of all types at a stage of ours, with the stage.
    pub(crate) fn of(
        self,
        owner: Option<UnitId>,
    ) -> impl Iterator<Item = (Stage, &'a PublishedFigure)> {
        let own = self
            .figures
            .iter()
            .filter(move |figure| figure.unit == owner);
        own.filter_map(move |figure| Some((self.stage(figure)?, figure)))
    }

    /// The week of the latest figure of a stage, of whomever; `None` where there is none.
    #[must_use]
    pub fn last_week(self, stage: Stage) -> Option<Week> {
        let own = self
            .figures
            .iter()
            .filter(|figure| self.stage(figure) == Some(stage));
        own.map(|figure| Week::containing(figure.as_of)).max()
    }

    /// The stage of ours that a figure counts records of all types at; `None` where it counts something else.
    pub(crate) fn stage(self, figure: &PublishedFigure) -> Option<Stage> {
        let is_ours = figure.record_type == RecordType::All.key() && figure.count_unit == "record";
        self.measures
            .get(&figure.measure)?
            .stage
            .filter(|_| is_ours)
    }
}

/// A count as somebody stated it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatedCount {
    /// The day it is true for.
    pub as_of: NaiveDate,
    /// The number as stated.
    pub count: Count,
    /// How it was worded.
    pub wording: Approximation,
    /// Between what the true count lies.
    range: (f64, f64),
}

impl StatedCount {
    fn of(figure: &PublishedFigure) -> Option<Self> {
        Some(Self::new(
            figure.as_of,
            figure.count()?,
            figure.approximation,
        ))
    }

    pub(super) fn new(as_of: NaiveDate, count: Count, wording: Approximation) -> Self {
        let value = count.to_f64();
        let step = step_of(count);
        // A number that is meant to the last record is not rounded.
        let half = if step > 1.0 { step / 2.0 } else { 0.0 };
        let (below, above) = match wording {
            Approximation::Exact => (0.0, 0.0),
            Approximation::MoreThan => (0.0, step),
            Approximation::Nearly => (step, 0.0),
            Approximation::About | Approximation::Rounded | Approximation::NotStated => {
                (half, half)
            }
        };
        Self {
            as_of,
            count,
            wording,
            range: ((value - below).max(0.0), value + above),
        }
    }

    /// The least that the true count can be.
    pub(super) const fn least(&self) -> f64 {
        self.range.0
    }

    /// The most that the true count can be.
    pub(super) const fn most(&self) -> f64 {
        self.range.1
    }

    /// The count at a place from 0 to 1 between the two.
    pub(super) fn at(&self, place: f64) -> f64 {
        self.least() + place * (self.most() - self.least())
    }

    /// The week of its day.
    pub(super) fn week(&self) -> Week {
        Week::containing(self.as_of)
    }

    pub(super) fn line(&self, what: &str) -> String {
        let (least, most) = self.range;
        let (as_of, count, wording) = (self.as_of, self.count, self.wording.key());
        format!("{what} {as_of} {count} {wording} {least} {most}")
    }

    /// The later of two statements for one week, as uncertain as the two differ.
    fn beside(self, other: Self) -> Self {
        let later = if self.as_of > other.as_of {
            self
        } else {
            other
        };
        let least = self.least().min(other.least());
        Self {
            range: (least, self.most().max(other.most())),
            ..later
        }
    }
}

/// The unit of the last digit that is meant.
fn step_of(count: Count) -> f64 {
    let digits = count.to_string();
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let places = zeros.min(digits.len().saturating_sub(LEAST_DIGITS));
    (0..places).fold(1.0, |step, _| 10.0 * step)
}

impl Basis {
    /// The figures of one place under all its names, up to the origin week; `None` where there is no count.
    pub(super) fn read(
        input: &ForecastInput<'_>,
        names: &[Option<UnitId>],
        reported: Option<Count>,
        exposure: &Exposure<'_>,
    ) -> Option<Self> {
        let of_stage = |stage: Stage| {
            let own = names.iter().flat_map(|name| input.published.of(*name));
            let known =
                own.filter(|(one, figure)| *one == stage && figure.as_of <= input.week.last_day());
            let mut by_week: BTreeMap<Week, StatedCount> = BTreeMap::new();
            for count in known.filter_map(|(_, figure)| StatedCount::of(figure)) {
                let one = by_week.get(&count.week()).copied();
                by_week.insert(count.week(), one.map_or(count, |one| one.beside(count)));
            }
            by_week.into_values().collect::<Vec<_>>()
        };
        let counts = of_stage(input.followed.stage());
        let last = *counts.last()?;
        let total = match reported {
            Some(total) => {
                let day = input.week.last_day();
                Some(StatedCount::new(day, total, Approximation::Exact))
            }
            None => of_stage(Stage::Total).pop(),
        };
        let pace = match counts.as_slice() {
            [.., before, last] => {
                let worked = exposure.between(before.week(), last.week());
                (worked > 0.0).then(|| (last.at(0.5) - before.at(0.5)) / worked)
            }
            _ => None,
        };
        let fits = |total: &StatedCount| total.count > Count::ZERO && last.least() <= total.most();
        Some(Self {
            total: total.filter(fits),
            pace: pace.filter(|pace| *pace > 0.0),
            counts,
        })
    }
}
