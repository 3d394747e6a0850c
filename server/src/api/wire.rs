//! Shapes that several answers share: figures of a stage, changes, deadlines.

use chrono::NaiveDate;
use reports::model::{Change, StageHeadline};
use reports::words;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Count, Deadline, Figure, Stage, Standing, Text, UnitId};

/// A stage of the work in one week: reported, by how many, and the estimate.
#[derive(Serialize, JsonSchema)]
pub(super) struct StageFigures {
    /// The stage.
    stage: &'static str,
    name: Text,
    /// The sum of what was reported; null where nobody reported, which is not zero.
    reported: Option<i64>,
    /// Whether every part that was expected is in it; null where nobody reported.
    complete: Option<bool>,
    /// The same with missing units carried forward at their last figure; null where nobody ever reported.
    estimate: Option<i64>,
    /// Whether a part of the estimate is approximate; null where there is none.
    approximate: Option<bool>,
    /// How many units reported.
    reporting: usize,
    /// How many were expected to.
    expected: usize,
    /// The units carried forward.
    carried: Vec<Carried>,
    /// The units that never reported the stage, which are in no figure.
    silent: Vec<NamedUnit>,
}

/// A unit with its name.
#[derive(Serialize, JsonSchema)]
pub(super) struct NamedUnit {
    pub(super) unit: String,
    pub(super) name: Text,
}

/// A unit carried forward.
#[derive(Serialize, JsonSchema)]
pub(super) struct Carried {
    unit: String,
    name: Text,
    /// The week its figure is from.
    week: String,
}

impl StageFigures {
    pub(super) fn of(stage: Stage, standing: &Standing, name: &dyn Fn(UnitId) -> Text) -> Self {
        let value = |figure: Option<Figure>| figure.map(|figure| figure.value.to_i64());
        let carried = standing.carried.iter().map(|(unit, week)| Carried {
            unit: unit.to_string(),
            name: name(*unit),
            week: week.to_string(),
        });
        let silent = standing.silent.iter().map(|unit| NamedUnit {
            unit: unit.to_string(),
            name: name(*unit),
        });
        Self {
            stage: stage.key(),
            name: words::stage_name(stage),
            reported: value(standing.reported),
            complete: standing.reported.map(|figure| figure.complete),
            estimate: value(standing.estimate),
            approximate: standing.estimate.map(|figure| figure.approximate),
            reporting: standing.reporting_count(),
            expected: standing.expected,
            carried: carried.collect(),
            silent: silent.collect(),
        }
    }

    pub(super) fn all(headlines: &[StageHeadline], name: &dyn Fn(UnitId) -> Text) -> Vec<Self> {
        let each = headlines.iter();
        each.map(|one| Self::of(one.stage, &one.standing, name))
            .collect()
    }
}

/// What changed since the week before, of the units that reported in both.
#[derive(Serialize, JsonSchema)]
pub(super) struct ChangeFigures {
    /// The units that reported in both weeks.
    compared: usize,
    /// The increases added up.
    work: i64,
    /// The decreases added up, 0 or less.
    corrections: i64,
    /// The change of the totals.
    scope: i64,
}

impl From<&Change> for ChangeFigures {
    fn from(change: &Change) -> Self {
        Self {
            compared: change.compared,
            work: change.work,
            corrections: change.corrections,
            scope: change.scope,
        }
    }
}

/// A deadline.
#[derive(Serialize, JsonSchema)]
pub(super) struct DeadlineEntry {
    /// Whose; null is the nation's.
    unit: Option<String>,
    /// The last day of the work.
    due_on: NaiveDate,
    /// The day from which it is in force.
    announced_on: NaiveDate,
    /// `legal`, `plan` or `campaign`.
    kind: &'static str,
    source: Text,
}

impl From<&Deadline> for DeadlineEntry {
    fn from(deadline: &Deadline) -> Self {
        Self {
            unit: deadline.unit.map(|unit| unit.to_string()),
            due_on: deadline.due_on,
            announced_on: deadline.announced_on,
            kind: deadline.kind.key(),
            source: deadline.source.clone(),
        }
    }
}

/// A count as a whole number.
pub(super) fn number(count: Option<Count>) -> Option<i64> {
    count.map(Count::to_i64)
}
