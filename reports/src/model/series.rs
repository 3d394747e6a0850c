//! Series over all weeks of the panel: the change of each week, and the share done of each unit.

use store::domain::{Panel, Share, Stage, UnitId, Week};

use super::change::Change;
use super::input::ReportInput;

/// Every week from the first report of the panel to the week shown.
fn weeks(input: &ReportInput<'_>) -> impl Iterator<Item = Week> {
    let first = input.panel.first_week().unwrap_or(input.week);
    first.through(input.week)
}

/// The change of every week from the one before, of one unit or of the nation, with how many should have reported.
///
/// `None` in a week in which no unit can be compared with the week before: it is missing, not zero.
#[must_use]
pub fn weekly_changes(
    input: &ReportInput<'_>,
    unit: Option<UnitId>,
) -> Vec<(Week, Option<Change>, usize)> {
    let change = |week: Week| {
        let rows = unit.map_or_else(
            || input.panel.rows(store::domain::UnitView::AsReported, week),
            |unit| vec![unit],
        );
        (
            week,
            Change::of(input.panel, &rows, week, input.stage()),
            rows.len(),
        )
    };
    weeks(input).skip(1).map(change).collect()
}

/// The share done of a unit in every week from its first report on; `None` in a week in which it did not report whole or
/// its total is not known.
#[must_use]
pub fn weekly_shares(input: &ReportInput<'_>, unit: UnitId) -> Vec<(Week, Option<Share>)> {
    let share = |week| (week, share_in(input.panel, unit, week, input.stage()));
    weeks(input)
        .map(share)
        .skip_while(|(_, share)| share.is_none())
        .collect()
}

fn share_in(panel: &Panel<'_>, unit: UnitId, week: Week, stage: Stage) -> Option<Share> {
    let standing = panel.standing(unit, week, stage);
    let done = standing.reported?;
    if standing.reporting_count() < standing.expected {
        return None;
    }
    let total = panel.standing(unit, week, Stage::Total).estimated_count()?;
    Share::of(done.value, total)
}
