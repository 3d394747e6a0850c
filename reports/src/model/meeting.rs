//! What changed since an earlier meeting: work done, corrections of what was shown then, and change of scope, kept apart.

use store::domain::{Count, Panel, Stage, UnitId, Week};

use super::input::ReportInput;

/// What changed between two meetings. Work and corrections add up to the change of the count that was shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeetingChange {
    /// The growth of the count since the week that the figure of the earlier meeting was from, as known now; 0 or more.
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
    let count = shown(now.panel, now.week, now.stage())?;
    let restated = restated(now, earlier, earlier_week, unit)?;
    let before = shown(earlier, earlier_week, now.stage())?;
    let grown = count.change_since(restated);
    let total = shown(now.panel, now.week, Stage::Total);
    let scope = total.zip(shown(earlier, earlier_week, Stage::Total));
    Some(MeetingChange {
        work: grown.max(0),
        corrections: restated.change_since(before).saturating_add(grown.min(0)),
        scope: scope.map(|(total, before)| total.change_since(before)),
    })
}

/// What the figures that the earlier meeting was shown are known to be now: each reporter's in the week that its figure was
/// from, so that a report that came late is work and no correction. `None` where one of them is known no more.
fn restated(now: &ReportInput<'_>, earlier: &Panel<'_>, week: Week, unit: UnitId) -> Option<Count> {
    let standing = earlier.standing(unit, week, now.stage());
    let carried = &standing.carried;
    let is_carried = |unit: &&UnitId| carried.iter().any(|(one, _)| one == *unit);
    let whole = standing.reporting.iter().filter(|unit| !is_carried(unit));
    let figures = whole
        .map(|unit| (*unit, week))
        .chain(carried.iter().copied());
    let known = figures.map(|(unit, week)| {
        let standing = now.panel.standing(unit, week, now.stage());
        standing.estimated_count()
    });
    known.sum()
}

/// A sum of all units as one meeting showed it, as a later one shows it, and what it changed by; the parts add up to the
/// whole: `before + work + corrections + scope + coverage = now`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeParts {
    /// What the earlier meeting was shown.
    pub before: i64,
    /// By work done since.
    pub work: i64,
    /// By corrections of what the earlier meeting was shown, and falls.
    pub corrections: i64,
    /// By totals that were set anew.
    pub scope: i64,
    /// By units that had a figure at one of the two meetings only: neither work nor correction.
    pub coverage: i64,
    /// What is shown now.
    pub now: i64,
}

/// The change of the nation between two meetings, missing reports carried forward as both showed them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NationalChange {
    /// Of the stage that counts as done; no scope.
    pub done: ChangeParts,
    /// Of what is to be digitized; no work and no corrections.
    pub total: ChangeParts,
    /// Of the total less what is done: work makes it smaller, scope larger.
    pub remaining: ChangeParts,
    /// How many units had a figure at both meetings.
    pub compared: usize,
}

/// The change of the nation since an earlier meeting, over the rows of the view shown.
#[must_use]
pub fn national_change(
    now: &ReportInput<'_>,
    earlier: &Panel<'_>,
    earlier_week: Week,
) -> NationalChange {
    let mut change = NationalChange::default();
    for unit in now.panel.rows(now.view, now.week) {
        let count = |panel: &Panel<'_>, week, stage| {
            let standing = panel.standing(unit, week, stage);
            standing.estimated_count().map_or(0, Count::to_i64)
        };
        let ends = |stage| {
            (
                count(earlier, earlier_week, stage),
                count(now.panel, now.week, stage),
            )
        };
        let own = change_since(now, earlier, earlier_week, unit);
        let (done, total) = (&mut change.done, &mut change.total);
        let (before, after) = ends(now.stage());
        done.add(
            (before, after),
            own.map_or((0, 0), |own| (own.work, own.corrections)),
            0,
        );
        if own.is_none() {
            done.coverage = done.coverage.saturating_add(after - before);
        }
        let (before, after) = ends(Stage::Total);
        let scope = own.and_then(|own| own.scope);
        total.add((before, after), (0, 0), scope.unwrap_or(0));
        if scope.is_none() {
            total.coverage = total.coverage.saturating_add(after - before);
        }
        change.compared += usize::from(own.is_some());
    }
    change.remaining = change.total.less(&change.done);
    change
}

impl ChangeParts {
    fn add(&mut self, (before, now): (i64, i64), (work, corrections): (i64, i64), scope: i64) {
        self.before = self.before.saturating_add(before);
        self.now = self.now.saturating_add(now);
        self.work = self.work.saturating_add(work);
        self.corrections = self.corrections.saturating_add(corrections);
        self.scope = self.scope.saturating_add(scope);
    }

    const fn less(&self, other: &Self) -> Self {
        Self {
            before: self.before.saturating_sub(other.before),
            work: self.work.saturating_sub(other.work),
            corrections: self.corrections.saturating_sub(other.corrections),
            scope: self.scope.saturating_sub(other.scope),
            coverage: self.coverage.saturating_sub(other.coverage),
            now: self.now.saturating_sub(other.now),
        }
    }

    /// The whole change.
    #[must_use]
    pub const fn whole(&self) -> i64 {
        self.now.saturating_sub(self.before)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::domain::{CountUnit, Figure, Reference, SeriesPoint, UnitSeries, UnitView};

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
            published: &[],
            reference: Reference::embedded(),
            deadlines: &[],
            campaigns: &[],
            week: Week::parse("2025-W08").unwrap(),
            view: UnitView::Old63,
            followed: crate::forecast::Followed::Slowest,
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
    fn a_report_that_came_late_is_work_and_no_correction() {
        let now = [
            ("2025-W03", 1000, 400),
            ("2025-W04", 1000, 500),
            ("2025-W08", 1000, 650),
        ];
        let expected = MeetingChange {
            work: 250,
            corrections: 0,
            scope: Some(0),
        };
        let shown = change(&now, &[("2025-W03", 1000, 400)]);
        assert_eq!(shown, Some(expected), "the meeting saw the figure of W03");
    }

    #[test]
    fn a_unit_that_the_earlier_meeting_did_not_know_has_no_change() {
        assert_eq!(change(&[("2025-W08", 1000, 470)], &[]), None);
    }

    /// A unit with its total and its count week by week; an absent value is a week without a report.
    type Weeks<'a> = (&'a str, Vec<Option<(i64, i64)>>);

    /// A panel of some units.
    fn random_panel(units: &[Weeks<'_>]) -> Panel<'static> {
        let series = units.iter().map(|(unit, weeks)| {
            let reported = weeks.iter().enumerate();
            let points = reported.filter_map(|(place, counts)| {
                let (total, done) = (*counts)?;
                let week = Week::parse("2025-W04")
                    .unwrap()
                    .plus(i64::try_from(place).unwrap());
                let mut figures = [None; 7];
                figures[Stage::Total.index()] = Count::from_i64(total).map(Figure::whole);
                figures[Stage::Transferred.index()] = Count::from_i64(done).map(Figure::whole);
                Some(SeriesPoint {
                    week,
                    as_of: week.last_day(),
                    figures,
                })
            });
            UnitSeries {
                unit: UnitId::parse(unit).unwrap(),
                points: points.collect(),
            }
        });
        Panel::new(&Reference::embedded().units, series.collect())
    }

    fn weeks() -> impl Strategy<Value = Vec<Option<(i64, i64)>>> {
        prop::collection::vec(prop::option::of((0..2000_i64, 0..2000_i64)), 5)
    }

    proptest! {
        #[test]
        fn on_random_ledgers_the_parts_add_up_to_the_whole(
            then in (weeks(), weeks(), weeks()),
            now in (weeks(), weeks(), weeks()),
        ) {
            let units = |(one, two, three): (Vec<_>, Vec<_>, Vec<_>)| {
                random_panel(&[("p24", one), ("p15", two), ("p49", three)])
            };
            let (then, now) = (units(then), units(now));
            let week = Week::parse("2025-W08").unwrap();
            let earlier_week = Week::parse("2025-W05").unwrap();
            for view in UnitView::ALL {
                let input = ReportInput {
                    panel: &now,
                    published: &[],
                    reference: Reference::embedded(),
                    deadlines: &[],
                    campaigns: &[],
                    week,
                    view,
                    followed: crate::forecast::Followed::Slowest,
                    count_unit: CountUnit::Record,
                    known_on: "2025-02-24T00:00:00Z".parse().unwrap(),
                };
                let change = national_change(&input, &then, earlier_week);
                for parts in [change.done, change.total, change.remaining] {
                    let sum = parts.work + parts.corrections + parts.scope + parts.coverage;
                    prop_assert_eq!(parts.whole(), sum);
                }
                let shown = |panel: &Panel<'_>, week, stage| {
                    let national = panel.national(week, stage).estimated_count();
                    national.map_or(0, Count::to_i64)
                };
                let ends = (change.done.before, change.done.now, change.total.now);
                let told = (
                    shown(&then, earlier_week, Stage::Transferred),
                    shown(&now, week, Stage::Transferred),
                    shown(&now, week, Stage::Total),
                );
                prop_assert_eq!(ends, told, "what the pages of both meetings show");
            }
        }
    }
}
