//! What changed between two weeks: work done and change of scope kept apart.

use store::domain::{Panel, Stage, UnitId, Week};

/// The change of a group of units from one week to another, of those alone that reported in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The units that reported the stage in both weeks.
    pub compared: usize,
    /// The increases of their counts, added up; 0 or more.
    pub work: i64,
    /// The decreases of their counts, added up: corrections; 0 or less.
    pub corrections: i64,
    /// The change of the totals of the units that gave one in both weeks. A larger total is not work lost.
    pub scope: i64,
}

impl Change {
    /// The change of several rows from the week before; `None` where no unit reported the stage in both weeks.
    pub(crate) fn of(panel: &Panel<'_>, rows: &[UnitId], week: Week, stage: Stage) -> Option<Self> {
        Self::between(panel, rows, (week.plus(-1), week), stage)
    }

    /// The change of several rows from one week to a later one; `None` where no unit reported the stage in both.
    pub(crate) fn between(
        panel: &Panel<'_>,
        rows: &[UnitId],
        weeks: (Week, Week),
        stage: Stage,
    ) -> Option<Self> {
        let mut change = Self::default();
        for row in rows {
            if let Some(work) = step(panel, *row, weeks, stage) {
                change.compared += 1;
                change.work = change.work.saturating_add(work.max(0));
                change.corrections = change.corrections.saturating_add(work.min(0));
            }
            let scope = step(panel, *row, weeks, Stage::Total).unwrap_or(0);
            change.scope = change.scope.saturating_add(scope);
        }
        (change.compared > 0).then_some(change)
    }
}

fn step(panel: &Panel<'_>, row: UnitId, (from, to): (Week, Week), stage: Stage) -> Option<i64> {
    let now = panel.reported_whole(row, to, stage)?;
    let before = panel.reported_whole(row, from, stage)?;
    Some(now.change_since(before))
}
