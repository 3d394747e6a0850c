//! Tests over all files: they meet the published figures, and they are as ugly as life but never wrong.

mod reader;
mod rules;
mod samples;

use std::sync::LazyLock;

use store::domain::{CountRow, CountUnit, Ledger, Panel, Reference, Stage, UnitId, Week};

use super::history::provinces;
use super::scenario::{WEEKS, week};
use super::{DemoFile, demo_files};

static FILES: LazyLock<Vec<DemoFile>> = LazyLock::new(|| demo_files(Reference::embedded()));

/// The counts files in the order of their arrival.
fn counts_files() -> impl Iterator<Item = &'static DemoFile> {
    FILES.iter().filter(|file| file.path.starts_with("counts/"))
}

/// The counts files with what was read back from their bytes.
static READ: LazyLock<Vec<(&DemoFile, reader::Read)>> = LazyLock::new(|| {
    let reference = Reference::embedded();
    counts_files()
        .map(|file| (file, reader::read(file, reference)))
        .collect()
});

/// What is known after all files.
fn panel() -> Panel<'static> {
    let reference = Reference::embedded();
    let mut ledger = Ledger::default();
    for (_, read) in READ.iter() {
        read.rows.iter().for_each(|row| ledger.apply(row.clone()));
    }
    Panel::new(&reference.units, ledger.series(CountUnit::Record))
}

fn unit(id: &str) -> UnitId {
    UnitId::parse(id).unwrap()
}

fn week_of(day: &str) -> Week {
    Week::containing(day.parse().unwrap())
}

/// Asserts that a figure in thousands of records lies in a range.
#[track_caller]
fn assert_thousands(records: i64, from: i64, to: i64, what: &str) {
    assert!(
        (from * 1000..=to * 1000).contains(&records),
        "{what}: {records}"
    );
}

/// The anchors: day, stage, range in thousands of records. `None` is what remains.
const ANCHORS: [(&str, Option<Stage>, i64, i64); 13] = [
    ("2023-07-10", Some(Stage::Transferred), 32_000, 32_900),
    ("2023-07-10", None, 59_000, 61_000),
    ("2023-12-25", Some(Stage::Entered), 49_000, 50_000),
    ("2023-12-31", Some(Stage::Entered), 49_000, 50_000),
    ("2023-12-25", Some(Stage::Transferred), 36_000, 36_900),
    ("2024-06-30", Some(Stage::Total), 100_000, 101_500),
    ("2024-06-30", Some(Stage::Entered), 60_000, 61_500),
    ("2024-06-30", Some(Stage::Transferred), 50_000, 51_000),
    ("2024-12-29", Some(Stage::Transferred), 77_000, 78_000),
    ("2024-12-31", Some(Stage::Transferred), 77_000, 78_000),
    ("2025-06-29", Some(Stage::Total), 111_000, 113_000),
    ("2025-06-29", Some(Stage::Entered), 105_000, 108_000),
    ("2025-06-29", Some(Stage::Transferred), 92_000, 98_000),
];

/// The provinces published as completed on 2024-09-30.
const COMPLETED: [&str; 14] = [
    "p94", "p42", "p72", "p56", "p08", "p24", "p30", "p93", "p54", "p60", "p95", "p35", "p96",
    "p67",
];

#[test]
fn demo_files_meet_the_published_anchors() {
    let panel = panel();
    let national = |week, stage| {
        panel
            .national(week, stage)
            .estimated_count()
            .unwrap()
            .to_i64()
    };
    for (day, stage, from, to) in ANCHORS {
        let week = week_of(day);
        let records = stage.map_or_else(
            || national(week, Stage::Total) - national(week, Stage::Transferred),
            |stage| national(week, stage),
        );
        assert_thousands(records, from, to, &format!("{day} {stage:?}"));
    }
    for (day, started) in [("2023-07-10", 49), ("2023-12-25", 54)] {
        let working = |stage| {
            let units = Reference::embedded()
                .units
                .existing_on(day.parse().unwrap());
            units
                .filter(|unit| {
                    let known = panel
                        .standing(unit.id, week_of(day), stage)
                        .estimated_count();
                    known.is_some_and(|count| count.to_i64() > 0)
                })
                .count()
        };
        assert_eq!(
            (working(Stage::Entered), working(Stage::Transferred)),
            (started, started),
            "{day}"
        );
    }
}

#[test]
fn the_truth_behind_the_files_meets_the_anchors_too() {
    let provinces = provinces(Reference::embedded());
    let number_of = |day: &str| usize::try_from(week_of(day).weeks_since(week(0))).unwrap();
    for (day, stage, from, to) in ANCHORS {
        let number = number_of(day);
        let reporting = provinces
            .iter()
            .filter(|province| province.plan.first_report <= number);
        let records: i64 = reporting
            .map(|province| province.levels[number])
            .map(|levels| match stage {
                Some(Stage::Total) => levels.total,
                Some(Stage::Entered) => levels.entered,
                Some(_) => levels.transferred,
                None => levels.total - levels.transferred,
            })
            .sum();
        assert_thousands(records, from, to, &format!("{day} {stage:?}"));
    }
}

#[test]
fn published_figures_of_provinces_are_met() {
    let panel = panel();
    let figure = |id: &str, day: &str, stage| {
        panel
            .series(unit(id))
            .unwrap()
            .latest(week_of(day), stage)
            .unwrap()
            .1
            .value
            .to_i64()
    };
    assert_thousands(
        figure("p79", "2023-07-10", Stage::Entered),
        11_700,
        12_000,
        "TP.HCM entered",
    );
    assert_thousands(
        figure("p79", "2023-07-10", Stage::Transferred),
        10_700,
        11_000,
        "TP.HCM transferred",
    );
    assert_eq!(figure("p40", "2025-02-19", Stage::Total), 2_231_474);
    assert_eq!(figure("p40", "2025-02-19", Stage::Entered), 2_023_255);
    for stage in [Stage::Total, Stage::Entered, Stage::Transferred] {
        assert_eq!(figure("p95", "2022-12-31", stage), 1_179_085);
    }
    assert_eq!(figure("p24", "2023-12-31", Stage::Transferred), 1_671_311);
    assert_eq!(figure("p25", "2024-06-30", Stage::Entered), 1_184_281);
    for id in COMPLETED {
        let (total, done) = (
            figure(id, "2024-09-29", Stage::Total),
            figure(id, "2024-09-29", Stage::Transferred),
        );
        assert!(done * 1000 >= total * 995, "{id}: {done} of {total}");
    }
}

#[test]
fn quang_nam_reports_the_published_figures_and_then_daily() {
    let of_the_campaign = READ
        .iter()
        .filter(|(file, _)| file.path.contains("/49-quang-nam-2025"));
    let rows: Vec<&CountRow> = of_the_campaign.map(|(_, read)| &read.rows[0]).collect();
    let count = |row: &CountRow, stage| row.counts.get(stage).unwrap().count.to_i64();
    assert_eq!(rows[0].as_of.to_string(), "2025-02-18");
    assert_eq!(count(rows[0], Stage::Total), 1_443_893);
    assert_eq!(count(rows[0], Stage::Entered), 642_806);
    assert_eq!(rows.len(), 21);
    assert_eq!(rows[20].as_of.to_string(), "2025-03-11");
    assert!(
        rows.is_sorted_by(|one, next| count(one, Stage::Entered) < count(next, Stage::Entered))
    );
}

#[test]
fn at_the_end_some_are_done_some_lag_and_two_stand_still() {
    let panel = panel();
    let last = week(WEEKS - 1);
    let figure = |id, back, stage| {
        let series = panel.series(id).unwrap();
        series
            .latest(last.plus(back), stage)
            .unwrap()
            .1
            .value
            .to_i64()
    };
    let units: Vec<UnitId> = Reference::embedded()
        .units
        .existing_on(last.first_day())
        .map(|unit| unit.id)
        .collect();
    let share = |id, stage| figure(id, 0, stage) * 1000 / figure(id, 0, Stage::Total);
    let done = units
        .iter()
        .filter(|id| share(**id, Stage::Transferred) >= 995)
        .count();
    let lagging: Vec<String> = units
        .iter()
        .filter(|id| share(**id, Stage::Entered) < 780)
        .map(UnitId::to_string)
        .collect();
    let still: Vec<String> = units
        .iter()
        .filter(|id| share(**id, Stage::Transferred) < 990)
        .filter(|id| figure(**id, -8, Stage::Transferred) == figure(**id, 0, Stage::Transferred))
        .map(UnitId::to_string)
        .collect();
    assert!((24..=32).contains(&done), "{done}");
    assert_eq!(lagging, ["p02", "p11", "p12", "p17", "p62", "p64", "p84"]);
    assert_eq!(still, ["p17", "p62"]);
}
