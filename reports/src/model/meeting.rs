//! What changed since an earlier meeting: work done, corrections of what was shown then, and change of scope, kept apart.

use store::domain::{Panel, Stage, UnitId, Week};

use super::input::ReportInput;

/// What changed between two meetings. Work and corrections add up to the change of the count that was shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeetingChange {
    /// The growth of the count since the week of the earlier meeting, as known now; 0 or more.
    pub work: i64,
    /// What the figures of the earlier meeting were changed by since, and falls of the count.
    pub corrections: i64,
    /// The change of the total; `None` where it was not known at one of the two meetings.
    pub scope: Option<i64>,
}

/// The change of a unit since an earlier meeting: missing reports carried forward, as both meetings showed them.
///
/// `None` where it had no count at one of the two, or the earlier week has none as known now.
#[must_use]
pub fn change_since(
    now: &ReportInput<'_>,
    earlier: &Panel<'_>,
    earlier_week: Week,
    unit: UnitId,
) -> Option<MeetingChange> {
    let shown =
        |panel: &Panel<'_>, week, stage| panel.standing(unit, week, stage).estimated_count();
    let count = shown(now.panel, now.week, now.stage)?;
    let restated = shown(now.panel, earlier_week, now.stage)?;
    let before = shown(earlier, earlier_week, now.stage)?;
    let grown = count.change_since(restated);
    let total = shown(now.panel, now.week, Stage::Total);
    let scope = total.zip(shown(earlier, earlier_week, Stage::Total));
    Some(MeetingChange {
        work: grown.max(0),
        corrections: restated.change_since(before).saturating_add(grown.min(0)),
        scope: scope.map(|(total, before)| total.change_since(before)),
    })
}

#[cfg(test)]
mod tests {
    use store::domain::{Count, CountUnit, Figure, Reference, SeriesPoint, UnitSeries, UnitView};

    use super::*;

    fn panel(figures: &[(&str, i64, i64)]) -> Panel<'static> {
        let figure = |value| {
            Some(Figure {
                value: Count::from_i64(value).unwrap(),
                complete: true,
                approximate: false,
            })
        };
        let point = |(week, total, done): &(&str, i64, i64)| {
            let week = Week::parse(week).unwrap();
            let mut figures = [None; 7];
            figures[Stage::Total.index()] = figure(*total);
            figures[Stage::Transferred.index()] = figure(*done);
            SeriesPoint {
                week,
                as_of: week.last_day(),
                figures,
            }
        };
        let series = UnitSeries {
            unit: UnitId::parse("p49").unwrap(),
            points: figures.iter().map(point).collect(),
        };
        Panel::new(&Reference::embedded().units, vec![series])
    }

    fn change(now: &[(&str, i64, i64)], then: &[(&str, i64, i64)]) -> Option<MeetingChange> {
        let (now, then) = (panel(now), panel(then));
        let input = ReportInput {
            panel: &now,
            reference: Reference::embedded(),
            deadlines: &[],
            week: Week::parse("2025-W08").unwrap(),
            view: UnitView::Old63,
            stage: Stage::Transferred,
            count_unit: CountUnit::Record,
            known_on: "2025-02-24T00:00:00Z".parse().unwrap(),
        };
        let week = Week::parse("2025-W04").unwrap();
        change_since(&input, &then, week, UnitId::parse("p49").unwrap())
    }

    #[test]
    fn work_corrections_and_scope_are_kept_apart_and_add_up() {
        let now = [("2025-W04", 1000, 450), ("2025-W08", 1100, 600)];
        let then = [("2025-W04", 1000, 500)];
        let expected = MeetingChange {
            work: 150,
            corrections: -50,
            scope: Some(100),
        };
        assert_eq!(change(&now, &then), Some(expected));
        assert_eq!(expected.work + expected.corrections, 600 - 500);
    }

    #[test]
    fn a_fall_is_a_correction_and_never_negative_work() {
        let now = [("2025-W04", 1000, 500), ("2025-W08", 1000, 470)];
        let expected = MeetingChange {
            work: 0,
            corrections: -30,
            scope: Some(0),
        };
        assert_eq!(change(&now, &[("2025-W04", 1000, 500)]), Some(expected));
    }

    #[test]
    fn a_unit_that_the_earlier_meeting_did_not_know_has_no_change() {
        assert_eq!(change(&[("2025-W08", 1000, 470)], &[]), None);
    }
}
