//! What a file would do to the shares that pages show: before and after, of its units and of the nation.

use std::collections::BTreeSet;

use store::domain::{Panel, Share, Stage, Standing, Text, UnitId, UnitSeries, Units, Week};

/// A share before and after; `None` where it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareChange {
    /// As known now.
    pub before: Option<Share>,
    /// With the file.
    pub after: Option<Share>,
}

/// What a file would do to the shares of one week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The latest week the file speaks of.
    pub week: Week,
    /// The nation.
    pub nation: ShareChange,
    /// Each unit of the file that has a report in the week, or the one that it was merged into by its end, in order of ids.
    pub units: Vec<(UnitId, Text, ShareChange)>,
}

/// The share done of two sums that are shown, with missing units carried forward, and never a mean of percentages; `None`
/// where one of them is not known.
#[must_use]
pub fn share_of(done: &Standing, total: &Standing) -> Option<Share> {
    Share::of(done.estimated_count()?, total.estimated_count()?)
}

impl Effect {
    /// Compares the shares of a week, all units as they stand now (`known`) and the units of a file as they would be
    /// (`changed`).
    #[must_use]
    pub fn of(units: &Units, known: &[UnitSeries], changed: &[UnitSeries], week: Week) -> Self {
        let is_changed = |unit: UnitId| changed.iter().any(|series| series.unit == unit);
        let kept = known.iter().filter(|series| !is_changed(series.unit));
        let after = Panel::new(units, kept.chain(changed).cloned().collect());
        let before = Panel::new(units, known.to_vec());
        let nation = |panel: &Panel<'_>| {
            let standing = |stage| panel.national(week, stage);
            share_of(&standing(Stage::Transferred), &standing(Stage::Total))
        };
        let unit = |panel: &Panel<'_>, unit| {
            let standing = |stage| panel.standing(unit, week, stage);
            share_of(&standing(Stage::Transferred), &standing(Stage::Total))
        };
        // One that was merged before the week ended stands in that week as the unit that took it in.
        let shown = |unit: UnitId| match units.find(unit).and_then(|unit| unit.successor) {
            Some(successor) if before.reporters(unit, week).is_empty() => successor,
            _ => unit,
        };
        let name = |id: UnitId| {
            let name = units.name_on(id, week.last_day());
            if changed.iter().any(|series| series.unit == id) {
                return name;
            }
            Text::new(
                format!("{} sau sắp xếp", name.vi),
                format!("{} after the merger", name.en),
            )
        };
        let row = |id: UnitId| {
            let change = ShareChange {
                before: unit(&before, id),
                after: unit(&after, id),
            };
            (id, name(id), change)
        };
        Self {
            week,
            nation: ShareChange {
                before: nation(&before),
                after: nation(&after),
            },
            units: changed
                .iter()
                .map(|series| shown(series.unit))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .map(row)
                .collect(),
        }
    }
}
