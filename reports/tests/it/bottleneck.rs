//! Where work waits between two stages.

use reports::model::{Bottleneck, RATE_WEEKS, Wait};
use store::domain::{Figure, SeriesPoint, Stage, UnitSeries, UnitView};

use crate::given::{FIRST_WEEK, Given, count, unit, week};

/// Reports of a unit in consecutive weeks: for each week the counts of some stages.
fn reports(id: &str, stages: &[Stage], weeks: &[&[i64]]) -> UnitSeries {
    let points = (0..).zip(weeks).map(|(step, counts)| {
        let week = week(FIRST_WEEK).plus(step);
        let mut figures = [None; 7];
        for (stage, number) in stages.iter().zip(*counts) {
            figures[stage.index()] = Some(Figure::whole(count(*number)));
        }
        SeriesPoint {
            week,
            as_of: week.last_day(),
            figures,
        }
    });
    UnitSeries {
        unit: unit(id),
        points: points.collect(),
    }
}

/// Nine weeks from a first to a last row of counts, on a straight line.
fn steady(id: &str, stages: &[Stage], first: &[i64], last: &[i64]) -> UnitSeries {
    let at = |step: i64| -> Vec<i64> {
        let between = first.iter().zip(last);
        between
            .map(|(from, to)| from + (to - from) * step / RATE_WEEKS)
            .collect()
    };
    let weeks: Vec<Vec<i64>> = (0..=RATE_WEEKS).map(at).collect();
    let weeks: Vec<&[i64]> = weeks.iter().map(Vec::as_slice).collect();
    reports(id, stages, &weeks)
}

fn queues(series: Vec<UnitSeries>) -> (Bottleneck, Vec<Bottleneck>) {
    let last = week(FIRST_WEEK).plus(RATE_WEEKS).to_string();
    Given::new(series).at(&last).with_input(Bottleneck::all)
}

const THREE: [Stage; 3] = [Stage::Total, Stage::Entered, Stage::Transferred];

fn of<'a>(all: &'a [Bottleneck], id: &str) -> &'a Bottleneck {
    all.iter().find(|one| one.unit == Some(unit(id))).unwrap()
}

#[test]
fn what_waits_divided_by_what_passes_is_the_wait_and_the_longest_is_the_bottleneck() {
    let (_, units) = queues(vec![steady(
        "p24",
        &THREE,
        &[1000, 400, 100],
        &[1000, 800, 180],
    )]);
    let unit = of(&units, "p24");
    let [entry, transfer] = unit.queues.as_slice() else {
        panic!("{unit:?}")
    };
    assert_eq!((entry.waiting, entry.rate), (count(200), Some(50.0)));
    assert_eq!(entry.wait(), Wait::Weeks(4.0));
    assert_eq!((transfer.waiting, transfer.rate), (count(620), Some(10.0)));
    assert_eq!(transfer.wait(), Wait::Weeks(62.0));
    assert_eq!(unit.slowest(), Some(transfer));
}

#[test]
fn a_stage_in_which_nothing_moves_is_the_slowest_of_all() {
    let (_, units) = queues(vec![steady(
        "p24",
        &THREE,
        &[1000, 500, 100],
        &[1000, 508, 100],
    )]);
    let unit = of(&units, "p24");
    let slowest = unit.slowest().unwrap();
    assert_eq!(
        (slowest.to, slowest.wait()),
        (Stage::Transferred, Wait::Never)
    );
}

#[test]
fn a_stage_that_nobody_reports_is_passed_over_and_one_that_few_report_is_not_mixed_into_the_nation()
{
    let four = [
        Stage::Total,
        Stage::Scanned,
        Stage::Entered,
        Stage::Transferred,
    ];
    let (nation, units) = queues(vec![
        steady("p24", &THREE, &[1000, 400, 200], &[1000, 800, 280]),
        steady("p26", &THREE, &[1000, 400, 200], &[1000, 800, 280]),
        steady("p27", &four, &[1000, 900, 400, 200], &[1000, 900, 800, 280]),
    ]);
    let steps =
        |one: &Bottleneck| -> Vec<Stage> { one.queues.iter().map(|queue| queue.to).collect() };
    assert_eq!(
        steps(of(&units, "p27")),
        [Stage::Scanned, Stage::Entered, Stage::Transferred]
    );
    assert_eq!(steps(&nation), [Stage::Entered, Stage::Transferred]);
    let transfer = nation.queues[1];
    assert_eq!(
        (transfer.waiting, transfer.rate, transfer.rows),
        (count(1560), Some(30.0), 3)
    );
    assert_eq!(nation.total, Some(count(3000)));
}

#[test]
fn the_nation_waits_where_it_does_whatever_the_view_and_a_merged_unit_by_what_its_members_report() {
    let four = [
        Stage::Total,
        Stage::Scanned,
        Stage::Entered,
        Stage::Transferred,
    ];
    let series = || {
        vec![
            steady("p24", &THREE, &[1000, 400, 200], &[1000, 800, 280]),
            steady("p26", &THREE, &[1000, 400, 200], &[1000, 800, 280]),
            steady("p27", &four, &[1000, 900, 400, 200], &[1000, 900, 800, 280]),
        ]
    };
    let (nation, _) = queues(series());
    let last = week(FIRST_WEEK).plus(RATE_WEEKS).to_string();
    let merged = Given::new(series()).at(&last).viewed(UnitView::New34);
    let (same, units) = merged.with_input(Bottleneck::all);
    assert_eq!(same, nation);
    let [scanning, ..] = &of(&units, "q24").queues[..] else {
        panic!("two provinces became one, and one of them reports what is scanned");
    };
    let told = (scanning.to, scanning.waiting, scanning.rows);
    assert_eq!(told, (Stage::Scanned, count(100), 1));
}

#[test]
fn what_was_not_known_two_months_ago_has_no_rate() {
    let (_, units) = queues(vec![reports("p24", &THREE, &[&[1000, 800, 300]])]);
    // The only report is eight weeks older than the week shown: it is carried forward, and nothing has passed since.
    assert_eq!(
        of(&units, "p24").slowest().map(|queue| queue.wait()),
        Some(Wait::Never)
    );
    let late = UnitSeries {
        points: reports("p26", &THREE, &[&[0, 0, 0], &[1000, 800, 300]])
            .points
            .split_off(1),
        ..reports("p26", &THREE, &[])
    };
    let (_, units) = queues(vec![late]);
    let unit = of(&units, "p26");
    assert!(
        unit.queues
            .iter()
            .all(|queue| queue.wait() == Wait::Unknown),
        "{unit:?}"
    );
    assert_eq!(unit.slowest(), None);
}

#[test]
fn a_nation_without_a_report_has_no_queue() {
    let (nation, units) = queues(Vec::new());
    assert_eq!(
        (nation.queues.len(), nation.slowest(), nation.total),
        (0, None, None)
    );
    assert!(units.iter().all(|unit| unit.queues.is_empty()));
}
