//! The weeks of a burn-up chart: what was reported, by how many, and the estimate.

use store::domain::{Count, Stage, Standing, Week};

use super::input::ReportInput;

/// One stage in one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StagePoint {
    /// The stage.
    pub stage: Stage,
    /// What was reported in the week; `None` where nobody reported, which is not zero.
    pub reported: Option<Count>,
    /// The same with missing units carried forward; `None` where nobody ever reported.
    pub estimate: Option<Count>,
    /// The units expected to report.
    pub expected: usize,
    /// The units that reported.
    pub reporting: usize,
}

/// One week of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekPoint {
    /// The week.
    pub week: Week,
    /// The shown stages, in their order.
    pub stages: Vec<StagePoint>,
}

impl WeekPoint {
    /// The point of a stage; `None` where the stage is not shown.
    #[must_use]
    pub fn stage(&self, stage: Stage) -> Option<&StagePoint> {
        self.stages.iter().find(|point| point.stage == stage)
    }
}

/// Every week from the first report of the panel to the week shown.
pub(crate) fn weekly(
    input: &ReportInput<'_>,
    stages: &[Stage],
    standing: impl Fn(Week, Stage) -> Standing,
) -> Vec<WeekPoint> {
    let Some(first) = input.panel.first_week() else {
        return Vec::new();
    };
    let point = |week: Week| {
        let stages = stages
            .iter()
            .map(|stage| stage_point(*stage, &standing(week, *stage)));
        WeekPoint {
            week,
            stages: stages.collect(),
        }
    };
    first.through(input.week).map(point).collect()
}

fn stage_point(stage: Stage, standing: &Standing) -> StagePoint {
    StagePoint {
        stage,
        reported: standing.reported.map(|figure| figure.value),
        estimate: standing.estimated_count(),
        expected: standing.expected,
        reporting: standing.reporting_count(),
    }
}
