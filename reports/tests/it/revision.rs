//! Why the date moved: the parts add up, and each change is told as what it is.

use proptest::prelude::*;
use reports::issued::{Issued, Said};
use reports::render::{forecast_json, revision_json, revision_text};
use reports::revision::{Moved, Part, Revision, RevisionInput, Side};
use reports::words::{chance_moved_words, most_moved_words, moved_words};
use store::domain::{Language, Reference, Stage, UnitSeries};

use crate::given::{Given, count, deadline, point, series, steady, unit, week};

/// The week that all earlier forecasts look at.
const THEN: &str = "2023-W30";

fn document(given: &Given) -> String {
    String::from_utf8(forecast_json(&given.report()).unwrap()).unwrap()
}

fn compare(old: (&Given, &Issued), new: (&Given, &Issued)) -> Revision {
    let panels = (old.0.panel(), new.0.panel());
    Revision::new(&RevisionInput {
        old: Side {
            issued: old.1,
            panel: &panels.0,
            published: &old.0.published,
            deadlines: &old.0.deadlines,
        },
        new: Side {
            issued: new.1,
            panel: &panels.1,
            published: &new.0.published,
            deadlines: &new.0.deadlines,
        },
        reference: Reference::embedded(),
    })
    .unwrap()
}

fn revision(old: &Given, new: &Given) -> Revision {
    let read = |number, given| Issued::read(number, &document(given)).unwrap();
    compare((old, &read(1, old)), (new, &read(2, new)))
}

fn row<'a>(revision: &'a Revision, id: &str) -> &'a Moved {
    revision
        .units
        .iter()
        .find(|moved| moved.unit == Some(unit(id)))
        .unwrap()
}

fn days(moved: &Moved, part: Part) -> Option<i64> {
    moved.parts.iter().find(|(own, _)| *own == part).unwrap().1
}

#[track_caller]
fn assert_adds_up(moved: &Moved) {
    let sum: i64 = moved.parts.iter().filter_map(|(_, days)| *days).sum();
    assert_eq!(Some(sum), moved.days, "{moved:?}");
}

/// Three provinces up to the week of the earlier forecasts, the first at a pace of its own afterwards.
fn provinces(step: i64, weeks_after: i64) -> Vec<UnitSeries> {
    let counts = (0..21 + weeks_after).map(|place| {
        let after = (place - 20).max(0);
        Some(20_000 + 1000 * place.min(20) + step * after)
    });
    vec![
        series("p24", 100_000, &counts.collect::<Vec<_>>()),
        steady("p27", 80_000, 10_000, 900, 21 + weeks_after),
        steady("p79", 300_000, 50_000, 4000, 21 + weeks_after),
    ]
}

fn then() -> Given {
    Given::new(provinces(1000, 0)).at(THEN)
}

#[test]
fn the_same_data_move_nothing() {
    let revision = revision(&then(), &then());
    let nation = [&revision.nation].into_iter().chain(&revision.most);
    for moved in revision.units.iter().chain(nation) {
        let parts = moved
            .parts
            .iter()
            .filter(|(_, days)| days.is_some_and(|days| days != 0));
        assert_eq!(parts.count(), 0, "{moved:?}");
        assert_eq!(moved.from, moved.to);
    }
    assert_eq!(row(&revision, "p24").days, Some(0));
    assert_eq!(row(&revision, "p24").parts.len(), 7);
}

#[test]
fn another_total_is_scope_alone() {
    let mut grown = then();
    grown.series[0] = steady("p24", 130_000, 20_000, 1000, 21);
    let revision = revision(&then(), &grown);
    let moved = row(&revision, "p24");
    assert_adds_up(moved);
    for part in [
        Part::Corrections,
        Part::Calendar,
        Part::Work,
        Part::Pace,
        Part::Deadline,
    ] {
        assert_eq!(days(moved, part), Some(0), "{part:?}");
    }
    let (scope, draw) = (
        days(moved, Part::Scope).unwrap(),
        days(moved, Part::Draw).unwrap(),
    );
    assert!(
        scope > 30 && draw.abs() < scope,
        "30,000 more to do: {scope}, {draw}"
    );
}

#[test]
fn a_moved_deadline_moves_no_date_and_its_chance_is_told_apart() {
    let due = |due_on: &str, announced_on: &str| deadline(None, due_on, announced_on);
    let near = || due("2024-10-31", "2023-01-01");
    let old = then().with_deadlines(vec![near()]);
    let new = then().with_deadlines(vec![near(), due("2026-12-31", "2023-07-20")]);
    let revision = revision(&old, &new);
    let moved = row(&revision, "p24");
    assert_eq!(moved.days, Some(0));
    assert!(
        moved.parts.iter().all(|(_, days)| *days == Some(0)),
        "{moved:?}"
    );
    let chance = moved.chance.clone().unwrap();
    assert!(chance.is_deadline_moved());
    assert_eq!(chance.from, chance.by_work, "no work was done");
    assert!(chance.to > chance.from, "{chance:?}");
    let words = chance_moved_words(&chance);
    assert!(words.vi.contains("phần chênh chỉ do dời hạn"), "{words:?}");
    assert!(words.en.contains("the moved deadline alone"), "{words:?}");
}

#[test]
fn a_restated_week_is_a_correction_and_no_work() {
    let mut restated = then();
    for point in restated.series[0].points.iter_mut().rev().take(8) {
        let figure = point.figures[Stage::Transferred.index()].as_mut().unwrap();
        figure.value = count(figure.value.to_i64() - 6000);
    }
    let revision = revision(&then(), &restated);
    let moved = row(&revision, "p24");
    assert_adds_up(moved);
    assert!(days(moved, Part::Corrections).unwrap() > 20, "{moved:?}");
    for part in [Part::Calendar, Part::Work, Part::Pace, Part::Scope] {
        assert_eq!(days(moved, part), Some(0), "{part:?}");
    }
}

#[test]
fn slower_weeks_are_less_work_and_a_slower_pace() {
    let new = Given::new(provinces(300, 8));
    let revision = revision(&then(), &new);
    let moved = row(&revision, "p24");
    assert_adds_up(moved);
    let parts = [Part::Work, Part::Pace].map(|part| days(moved, part).unwrap());
    assert!(parts.iter().all(|days| *days > 7), "{moved:?}");
    assert_eq!(days(moved, Part::Corrections), Some(0));
    assert_eq!(days(moved, Part::Scope), Some(0));
    // A province that goes on as before is neither ahead nor behind by more than the forecast leans on the others.
    let calm = row(&revision, "p27");
    assert_adds_up(calm);
    assert_eq!(days(calm, Part::Calendar), Some(0));
    assert!(days(calm, Part::Work).unwrap().abs() < 21, "{calm:?}");
    let read = |number, given| Issued::read(number, &document(given)).unwrap();
    let words = moved_words(moved, (&read(1, &then()), &read(2, &new)));
    assert!(words.en.contains("Mainly because of: "), "{words:?}");
    assert!(words.vi.contains("muộn thêm"), "{words:?}");
}

#[test]
fn a_state_without_a_date_has_words_and_no_sum() {
    let stopped = Given::new(provinces(0, 12));
    let revision = revision(&then(), &stopped);
    let moved = row(&revision, "p24");
    assert_eq!(moved.days, None);
    let Said::Nothing(words) = &moved.to else {
        panic!("{moved:?}")
    };
    assert_eq!(words.en, "no progress for 12 weeks");
    assert_eq!(revision.nation.excluded, (60, 61));
    // A province that never reported says nothing at either end.
    let silent = row(&revision, "p48");
    assert_eq!((silent.days, &silent.from), (None, &silent.to));
}

#[test]
fn what_another_method_changed_is_named_as_the_method() {
    let (old, new) = (then(), Given::new(provinces(1000, 4)));
    let aged = document(&old).replace(reports::forecast::METHOD, "pooled-0");
    let aged = Issued::read(1, &aged).unwrap();
    let new_document = Issued::read(2, &document(&new)).unwrap();
    let revision = compare((&old, &aged), (&new, &new_document));
    assert_eq!(revision.methods.0, "pooled-0");
    let moved = row(&revision, "p24");
    assert_adds_up(moved);
    assert_eq!(moved.parts[0].0, Part::Method);
    assert!(moved.parts.iter().all(|(part, _)| *part != Part::Draw));
}

#[test]
fn weeks_across_the_merger_of_the_provinces_add_up() {
    let from = |first, id, total, start: i64, step: i64, weeks: i64| {
        let counts: Vec<Option<i64>> = (0..weeks).map(|week| Some(start + step * week)).collect();
        crate::given::series_from(first, id, total, &counts)
    };
    let before = || {
        vec![
            from("2025-W01", "p10", 90_000, 10_000, 800, 24),
            from("2025-W01", "p15", 80_000, 10_000, 700, 24),
            from("2025-W01", "p01", 300_000, 50_000, 4000, 24),
        ]
    };
    let old = Given::new(before()).viewed(store::domain::UnitView::New34);
    let mut joined = before();
    joined.push(from("2025-W27", "q15", 171_000, 60_000, 900, 6));
    joined.push(from("2025-W27", "q01", 300_000, 155_000, 3900, 6));
    let new = Given::new(joined).viewed(store::domain::UnitView::New34);
    let revision = revision(&old, &new);
    assert_eq!(revision.unmatched, 0);
    for id in ["q15", "q01"] {
        assert_adds_up(row(&revision, id));
    }
    assert_eq!(days(row(&revision, "q15"), Part::Corrections), Some(0));
    // Nothing was expected of a unit that did not exist.
    assert_eq!(days(row(&revision, "q15"), Part::Work), Some(0));
    assert!(days(row(&revision, "q15"), Part::Pace).is_some());
}

#[test]
fn eight_weeks_of_nothing_are_eight_weeks_behind_and_no_part_is_many_times_the_whole() {
    // The five weeks before the last of eight stand still, too few to be no progress.
    let weeks_after = 8;
    let mut series = provinces(1000, weeks_after);
    let counts = (0..21 + weeks_after).map(|place| Some(20_000 + 1000 * place.min(23)));
    series[0] = crate::given::series("p24", 100_000, &counts.collect::<Vec<_>>());
    let revision = revision(&then(), &Given::new(series));
    let moved = row(&revision, "p24");
    assert_adds_up(moved);
    // Five weeks were lost; the forecast leans on the others, so that its own weeks count a little more or less.
    let work = days(moved, Part::Work).unwrap();
    assert!((21..=56).contains(&work), "{moved:?}");
    let whole = moved.days.unwrap();
    let parts = moved.parts.iter().filter_map(|(_, days)| *days);
    assert!(
        parts.map(i64::abs).sum::<i64>() <= 3 * whole.abs().max(60),
        "{moved:?}"
    );
}

#[test]
fn where_the_last_unit_is_after_the_horizon_the_bulk_of_the_work_is_told_in_days() {
    let given = |weeks_after: i64, step: i64| {
        let mut series = provinces(step, weeks_after);
        // Two percent of the nation, and five years away from its end.
        series.push(steady("p01", 10_000, 100, 2, 21 + weeks_after));
        Given::new(series)
    };
    let (old, new) = (given(0, 1000), given(8, 300));
    let revision = revision(&old, &new);
    assert_eq!(revision.nation.days, None);
    let most = revision.most.as_ref().unwrap();
    assert_adds_up(most);
    assert_eq!(revision.told(), most);
    let [work, pace] = [Part::Work, Part::Pace].map(|part| most.days_of(part).unwrap());
    assert!(
        work > 7 && pace > 0,
        "a third of the work was not done: {most:?}"
    );
    assert_eq!(most.days_of(Part::Scope), Some(0));
    let words = most_moved_words(most).unwrap();
    assert!(
        words
            .vi
            .starts_with("Ngày cả nước đạt 95% tổng số muộn thêm"),
        "{words:?}"
    );
    assert!(words.en.contains("is done moved"), "{words:?}");
    let json: serde_json::Value =
        serde_json::from_slice(&revision_json(&revision).unwrap()).unwrap();
    assert_eq!(json["national"]["days"], serde_json::Value::Null);
    assert_eq!(json["most_done"]["days"].as_i64(), most.days);
    let read = |number, given| Issued::read(number, &document(given)).unwrap();
    let documents = (&read(1, &old), &read(2, &new));
    let text = revision_text(&revision, documents, Language::En);
    assert!(
        text.contains(&words.en) && text.contains("95% of the total"),
        "{text}"
    );
}

#[test]
fn text_and_json_tell_the_same_parts() {
    let new = Given::new(provinces(600, 5));
    let read = |number, given| Issued::read(number, &document(given)).unwrap();
    let (old, issued) = (read(1, &then()), read(2, &new));
    let revision = revision(&then(), &new);
    let json: serde_json::Value =
        serde_json::from_slice(&revision_json(&revision).unwrap()).unwrap();
    assert_eq!(
        (&json["version"], &json["old"]["number"]),
        (&1.into(), &1.into())
    );
    let unit = json["units"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["unit"] == "p24")
        .unwrap();
    let parts = unit["parts"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(|days| days.as_i64());
    assert_eq!(Some(parts.sum()), unit["days"].as_i64());
    for language in Language::ALL {
        let text = revision_text(&revision, (&old, &issued), language);
        assert!(
            text.contains(language.pick("Tốc độ mới", "New pace")),
            "{text}"
        );
        assert!(text.contains(language.pick("Bắc Giang", "Bac Giang")) && text.ends_with('\n'));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_parts_of_any_change_add_up(
        step in 0_i64..3000,
        weeks in 0_i64..30,
        total in 60_000_i64..200_000,
        restated in -3000_i64..3000,
        late in any::<bool>(),
    ) {
        let mut new = Given::new(provinces(step, weeks)).with_holidays();
        for known in &mut new.series[0].points {
            known.figures[Stage::Total.index()] = point(known.week, Some(total), 0).figures[Stage::Total.index()];
        }
        let figure = new.series[1].points[10].figures[Stage::Transferred.index()].as_mut().unwrap();
        figure.value = count(figure.value.to_i64() + restated);
        let mut old = then();
        if late {
            // Two weeks that arrived later.
            old.series[2].points.truncate(19);
        }
        let revision = revision(&old, &new);
        let nation = [&revision.nation].into_iter().chain(&revision.most);
        for moved in revision.units.iter().chain(nation) {
            if moved.days.is_some() {
                assert_adds_up(moved);
            }
            prop_assert_eq!(days(moved, Part::Deadline), Some(0));
        }
        prop_assert_eq!(week(THEN), old.week);
    }
}
