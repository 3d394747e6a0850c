//! What a file would do to the shares of a week.

use reports::model::{Effect, ShareChange};
use store::domain::{Reference, Share, UnitSeries};

use crate::given::{count, point, series_from, unit, week};

fn share(done: i64, total: i64) -> Option<Share> {
    Share::of(count(done), count(total))
}

/// A unit with one report of 1,000 in the week before the merger, and with another in the week of it.
fn before_and_after(id: &str, done: i64, later: i64) -> (UnitSeries, UnitSeries) {
    let before = series_from("2025-W26", id, 1000, &[Some(done)]);
    let mut after = before.clone();
    after
        .points
        .push(point(week("2025-W27"), Some(1000), later));
    (before, after)
}

#[test]
fn a_file_changes_the_shares_of_its_unit_and_of_the_nation() {
    let (known, changed) = before_and_after("p24", 100, 300);
    let other = series_from("2025-W26", "p01", 1000, &[Some(500)]);
    let units = &Reference::embedded().units;
    let corrected = UnitSeries {
        points: vec![point(week("2025-W26"), Some(1000), 300)],
        ..changed
    };
    let effect = Effect::of(units, &[known, other], &[corrected], week("2025-W26"));
    let expected = ShareChange {
        before: share(600, 2000),
        after: share(800, 2000),
    };
    assert_eq!(effect.nation, expected);
    let expected = ShareChange {
        before: share(100, 1000),
        after: share(300, 1000),
    };
    let (id, name, change) = &effect.units[0];
    assert_eq!(
        (*id, name.vi.as_str(), *change),
        (unit("p24"), "Bắc Giang", expected)
    );
}

#[test]
fn the_last_report_of_a_province_shows_in_the_unit_it_was_merged_into() {
    let (giang, giang_later) = before_and_after("p24", 100, 300);
    let (ninh, ninh_later) = before_and_after("p27", 500, 500);
    let units = &Reference::embedded().units;
    let changed = [giang_later, ninh_later];
    let effect = Effect::of(units, &[giang, ninh], &changed, week("2025-W27"));
    let (id, name, change) = &effect.units[0];
    assert_eq!(effect.units.len(), 1, "one row for both");
    assert_eq!(
        (*id, name.vi.as_str(), name.en.as_str()),
        (
            unit("q24"),
            "Bắc Ninh sau sắp xếp",
            "Bac Ninh after the merger"
        )
    );
    let expected = ShareChange {
        before: share(600, 2000),
        after: share(800, 2000),
    };
    assert_eq!(*change, expected);
    assert_eq!(effect.nation, expected);
}
