//! The groups that leadership reads: done, on course, at risk, no figure.

use crate::forecast::{DeadlinePace, State, UnitForecast};

/// Where a unit stands, by one rule for all pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Work left and the deadline passed, no progress, or less than an even chance of meeting the deadline. Without a
    /// deadline: no median date within the horizon.
    AtRisk,
    /// The reports do not tell: too few, none, or no total, whatever published figures say; and no deadline has passed.
    NoFigure,
    /// At least an even chance of meeting the deadline in force, or a median date where there is no deadline.
    OnCourse,
    /// Done, as the forecast defines it.
    Done,
}

/// From this chance of meeting the deadline on, a unit is on course.
const EVEN_CHANCE: f64 = 0.5;

impl Group {
    /// Every group, most urgent first.
    pub const ALL: [Self; 4] = [Self::AtRisk, Self::NoFigure, Self::OnCourse, Self::Done];

    /// The word in files and addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AtRisk => "at_risk",
            Self::NoFigure => "no_figure",
            Self::OnCourse => "on_course",
            Self::Done => "done",
        }
    }

    /// The group of a unit.
    #[must_use]
    pub fn of(forecast: &UnitForecast) -> Self {
        let pace = forecast.deadline.as_ref().map(|outlook| outlook.pace);
        if forecast.published.is_some() {
            return match pace {
                Some(DeadlinePace::Passed { .. }) => Self::AtRisk,
                _ => Self::NoFigure,
            };
        }
        match (&forecast.state, pace) {
            (State::Done { .. }, _) => Self::Done,
            (State::NoProgress { .. }, _) | (_, Some(DeadlinePace::Passed { .. })) => Self::AtRisk,
            (State::Forecast(completion), pace) => {
                let chance = pace.and_then(DeadlinePace::chance);
                let by_median = completion.p50().is_some();
                let on_course = chance.map_or(by_median, |chance| chance.value() >= EVEN_CHANCE);
                if on_course {
                    Self::OnCourse
                } else {
                    Self::AtRisk
                }
            }
            (State::TooShort { .. } | State::NoTotal | State::NotReported, _) => Self::NoFigure,
        }
    }
}
