//! What is known of the nation in one week, stage by stage: reported, how many reported, and the estimate.

use store::domain::{Panel, Stage, Standing, Text, UnitId, Units, Week};

/// The three things every national figure prints, for one stage, with the units named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageHeadline {
    /// The stage.
    pub stage: Stage,
    /// The reported sum, who reported, and the estimate that carries the missing ones forward.
    pub standing: Standing,
    /// The units carried forward, with the week their figure is from.
    pub carried: Vec<(Text, Week)>,
    /// The units that never reported the stage: they are in no figure.
    pub silent: Vec<Text>,
}

impl StageHeadline {
    pub(crate) fn of(standing: Standing, stage: Stage, units: &Units, week: Week) -> Self {
        let name = |unit: UnitId| units.name_on(unit, week.last_day());
        Self {
            stage,
            carried: standing
                .carried
                .iter()
                .map(|(unit, from)| (name(*unit), *from))
                .collect(),
            silent: standing.silent.iter().map(|unit| name(*unit)).collect(),
            standing,
        }
    }

    pub(crate) fn national(panel: &Panel<'_>, units: &Units, week: Week, stage: Stage) -> Self {
        Self::of(panel.national(week, stage), stage, units, week)
    }
}

/// The stages a report shows: total, entered and transferred, and the one that counts as done, in their order.
#[must_use]
pub fn shown_stages(done: Stage) -> Vec<Stage> {
    let shown = [Stage::Total, Stage::Entered, Stage::Transferred, done];
    Stage::ALL
        .into_iter()
        .filter(|stage| shown.contains(stage))
        .collect()
}
