//! What a province reports: which stages, and whether split by route, kind of event, district or not at all.

use store::domain::{Count, CountRow, CountUnit, Reported, Route, Stage, StageCounts};

use super::cut::{Counts, cut};
use super::random::Draw;
use super::scenario::Levels;
use super::split::{BOOK_COUNTERS, QUANG_TRI_GAP, RECORDS_A_BOOK, ROUTES, SPLITS, Split, TYPES};

/// What a province reports.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    split: Split,
    /// Whether a row for everything stands beside the parts; a file that is not split has only that row.
    pub(super) has_whole: bool,
    /// Whether it also counts books.
    pub(super) counts_books: bool,
    /// Whether it reports each of the stages of the form.
    reports: [bool; 7],
    /// How far scanning, approval, checking and return are ahead of the stage below, in per mille.
    ahead: [i64; 4],
    /// The total at the end; half of it is where the share of each part changes.
    size: i64,
}

impl Shape {
    /// Draws what a province reports. `size` is its total at the end.
    pub(super) fn of(unit: &str, size: i64, draw: &mut Draw) -> Self {
        let listed = SPLITS.iter().find(|(id, ..)| *id == unit);
        let (split, has_whole) = listed.map_or((Split::Whole, true), |(_, split, has_whole)| {
            (*split, *has_whole)
        });
        let mut reports = [true; 7];
        reports[Stage::Scanned.index()] = draw.happens(400);
        reports[Stage::Checked.index()] = draw.happens(450);
        reports[Stage::Approved.index()] = draw.happens(350);
        reports[Stage::Returned.index()] = split == Split::Routes;
        let ahead = [(30, 160), (100, 450), (500, 900), (300, 800)];
        Self {
            split,
            has_whole,
            counts_books: BOOK_COUNTERS.contains(&unit),
            reports,
            ahead: ahead.map(|(low, high)| draw.between(low, high)),
            size,
        }
    }

    /// Whether a week's file is one list of parts, which a "Tổng cộng" row can close.
    pub(super) fn is_one_list_of_parts(&self) -> bool {
        self.split != Split::Whole && !self.has_whole
    }

    /// The stages of the form that the province's file has a column for.
    pub(super) fn stages(&self) -> impl Iterator<Item = Stage> {
        Stage::ALL
            .into_iter()
            .filter(|stage| self.reports[stage.index()])
    }

    /// The rows of one report. `blank` are stages that the province leaves out this time.
    pub(super) fn rows(
        &self,
        row: &CountRow,
        levels: Levels,
        week: usize,
        blank: &[Stage],
    ) -> Vec<CountRow> {
        let counts = self.counts(levels, blank);
        let mut rows = Vec::new();
        if self.has_whole {
            rows.push(CountRow {
                counts: stage_counts(without_returned(counts)),
                ..row.clone()
            });
        }
        match self.split {
            Split::Whole => {}
            Split::Routes => rows.extend(self.by_route(row, counts)),
            Split::Types(kinds) => {
                let list = TYPES.get(..kinds).unwrap_or_default();
                let parts = cut(
                    self.size,
                    without_returned(counts),
                    &list.iter().map(|(_, share)| *share).collect::<Vec<_>>(),
                );
                rows.extend(
                    list.iter()
                        .zip(parts)
                        .map(|((record_type, _), counts)| CountRow {
                            record_type: *record_type,
                            counts: stage_counts(counts),
                            ..row.clone()
                        }),
                );
            }
            Split::Districts(_, from) if week < from => {}
            Split::Districts(list, from) => {
                let shares: Vec<i64> = list.iter().map(|(_, share)| *share).collect();
                let mut parts = cut(self.size, without_returned(counts), &shares);
                if from > 0
                    && week == from
                    && let Some([Some(total), ..]) = parts.first_mut()
                {
                    *total -= QUANG_TRI_GAP;
                }
                rows.extend(list.iter().zip(parts).map(|((name, _), counts)| CountRow {
                    sub_unit: Some((*name).into()),
                    counts: stage_counts(counts),
                    ..row.clone()
                }));
            }
        }
        if self.counts_books {
            let books =
                without_returned(counts).map(|count| count.map(|count| count / RECORDS_A_BOOK));
            let counts = stage_counts(books);
            rows.push(CountRow {
                count_unit: CountUnit::Book,
                counts,
                ..row.clone()
            });
        }
        rows
    }

    /// All stages from the three of the story. A stage in between stands a fixed part of the way above the one below it.
    fn counts(&self, levels: Levels, blank: &[Stage]) -> Counts {
        let Levels {
            total,
            entered,
            transferred,
        } = levels;
        let [scanned, approved, checked, returned] = self.ahead;
        let between = |part: i64| transferred + (entered - transferred) * part / 1000;
        let all = [
            total,
            total.min(entered + entered * scanned / 1000),
            entered,
            between(checked),
            between(approved),
            transferred,
            between(returned),
        ];
        let mut counts = [None; 7];
        for (stage, count) in Stage::ALL.into_iter().zip(all) {
            if self.reports[stage.index()] && !blank.contains(&stage) {
                counts[stage.index()] = Some(count);
            }
        }
        counts
    }

    /// The rows of the two routes. What its owner has handed back exists on the second only.
    fn by_route(&self, row: &CountRow, counts: Counts) -> Vec<CountRow> {
        let parts = cut(self.size, counts, &ROUTES.map(|(_, share)| share));
        let rows = ROUTES.into_iter().zip(parts).map(|((route, _), counts)| {
            let counts = if route == Route::PopulationDb {
                counts
            } else {
                without_returned(counts)
            };
            CountRow {
                route,
                counts: stage_counts(counts),
                ..row.clone()
            }
        });
        rows.collect()
    }
}

const fn without_returned(mut counts: Counts) -> Counts {
    counts[Stage::Returned.index()] = None;
    counts
}

fn stage_counts(counts: Counts) -> StageCounts {
    let mut stages = StageCounts::default();
    for (stage, count) in Stage::ALL.into_iter().zip(counts) {
        stages.set(stage, count.and_then(Count::from_i64).map(Reported::exact));
    }
    stages
}

#[cfg(test)]
mod tests {
    use store::domain::{RecordType, UnitId};

    use super::super::random::Stream;
    use super::super::scenario::{WEEKS, day};
    use super::*;

    fn rows(unit: &str, levels: Levels, week: usize) -> Vec<CountRow> {
        let mut draw = Draw::new(Stream::Shape, 3);
        let row = CountRow {
            line: 0,
            unit: UnitId::parse(unit).unwrap(),
            sub_unit: None,
            as_of: day(2025, 6, 29),
            record_type: RecordType::All,
            route: Route::All,
            count_unit: CountUnit::Record,
            counts: StageCounts::default(),
            note: None,
            difficulty: None,
        };
        Shape::of(unit, 1_000_000, &mut draw).rows(&row, levels, week, &[])
    }

    fn count(row: &CountRow, stage: Stage) -> i64 {
        row.counts.get(stage).unwrap().count.to_i64()
    }

    const LAST: usize = WEEKS - 1;
    const LEVELS: Levels = Levels {
        total: 1_000_000,
        entered: 700_001,
        transferred: 333_333,
    };

    #[test]
    fn parts_add_up_keep_the_order_of_stages_and_rise() {
        let later = Levels {
            total: 1_000_007,
            entered: 700_005,
            transferred: 333_334,
        };
        for unit in ["p08", "p25", "p42", "p44"] {
            let (before, after) = (rows(unit, LEVELS, LAST), rows(unit, later, LAST));
            for stage in [Stage::Total, Stage::Entered, Stage::Transferred] {
                let sum = |rows: &[CountRow]| rows.iter().map(|row| count(row, stage)).sum::<i64>();
                let level = |levels: Levels| match stage {
                    Stage::Total => levels.total,
                    Stage::Entered => levels.entered,
                    _ => levels.transferred,
                };
                assert_eq!(sum(&before), level(LEVELS), "{unit} {stage:?}");
                assert_eq!(sum(&after), level(later), "{unit} {stage:?}");
                for (before, after) in before.iter().zip(&after) {
                    assert!(
                        count(before, stage) <= count(after, stage),
                        "{unit} {stage:?}"
                    );
                }
            }
            for row in &after {
                let ordered: Vec<i64> = Stage::ORDERED
                    .into_iter()
                    .filter_map(|stage| Some(row.counts.get(stage)?.count.to_i64()))
                    .collect();
                assert!(
                    ordered.is_sorted_by(|more, less| more >= less),
                    "{unit} {ordered:?}"
                );
            }
        }
    }

    #[test]
    fn only_the_route_through_the_population_database_has_records_handed_back() {
        for row in rows("p19", LEVELS, LAST) {
            let returned = row.counts.get(Stage::Returned).is_some();
            assert_eq!(returned, row.route == Route::PopulationDb, "{row:?}");
        }
    }

    #[test]
    fn districts_of_quang_tri_fall_44_short_in_their_first_report_only() {
        for (week, gap) in [(138, 44), (139, 0)] {
            let rows = rows("p45", LEVELS, week);
            let (whole, districts) = rows.split_first().unwrap();
            assert_eq!(districts.len(), 9);
            let sum: i64 = districts.iter().map(|row| count(row, Stage::Total)).sum();
            assert_eq!(count(whole, Stage::Total) - sum, gap);
        }
        assert_eq!(rows("p45", LEVELS, 137).len(), 1);
    }
}
