//! The all-or-split rule: one rule for record type, route and sub-unit.
//!
//! Where an "all" row is given it is the figure. Where only parts are given, their sum is the figure, and it is complete
//! only when every part that the unit has reported before is there again. Parts are summed in a fixed order: record
//! types first, inside a type routes, inside a route sub-units.

use std::sync::Arc;

use super::{Count, RecordType, Reported, Route};

/// One resolved figure of a unit, a date and a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The number.
    pub value: Count,
    /// Whether every expected part is in it. An incomplete figure is too small, and by how much is not known.
    pub complete: bool,
    /// Whether any part of it was reported as approximate.
    pub approximate: bool,
}

impl Figure {
    /// A figure that is whole and exact.
    #[must_use]
    pub const fn whole(value: Count) -> Self {
        Self {
            value,
            complete: true,
            approximate: false,
        }
    }

    /// The two figures added; complete only when both are.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            complete: self.complete && other.complete,
            approximate: self.approximate || other.approximate,
        }
    }
}

impl From<Reported> for Figure {
    fn from(reported: Reported) -> Self {
        Self {
            value: reported.count,
            complete: true,
            approximate: reported.approximate,
        }
    }
}

/// Which part of a unit's work a count is about. `None` as sub-unit is the unit as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartKey {
    /// The kind of event, or all.
    pub record_type: RecordType,
    /// The route, or all.
    pub route: Route,
    /// The sub-unit; `None` is all of them.
    pub sub_unit: Option<Arc<str>>,
}

impl PartKey {
    /// The whole of a unit's work, not split at all.
    pub const WHOLE: Self = Self {
        record_type: RecordType::All,
        route: Route::All,
        sub_unit: None,
    };
}

/// A part with what was reported for it; `None` where it was reported at an earlier date and is not now.
type Listed<'a> = (&'a PartKey, Option<Reported>);

/// The counts of one unit, date and stage by part, and the parts that were reported at an earlier date.
#[derive(Clone, Debug, Default)]
pub struct Parts<'a> {
    /// In order, each part once.
    listed: Vec<Listed<'a>>,
}

impl<'a> Parts<'a> {
    /// Parts in any order, each once, with what was reported; `None` where it was at an earlier date only.
    #[must_use]
    pub fn new(mut listed: Vec<(&'a PartKey, Option<Reported>)>) -> Self {
        listed.sort_by_key(|(key, _)| *key);
        Self { listed }
    }

    /// Resolves the figure; `None` where nothing was reported.
    #[must_use]
    pub fn resolve(&self) -> Option<Figure> {
        let types = || {
            self.listed
                .chunk_by(|one, other| one.0.record_type == other.0.record_type)
        };
        let is_all = |parts: &&[Listed<'_>]| {
            let first = parts.first();
            first.is_some_and(|(key, _)| key.record_type == RecordType::All)
        };
        let unsplit = types().find(is_all).unwrap_or_default();
        if let Some(whole) = whole(of_both_routes(unsplit)) {
            return Some(whole);
        }
        if !types().filter(|parts| !is_all(parts)).any(is_given) {
            return resolve_type(unsplit);
        }
        sum(types().filter(|parts| !is_all(parts)).map(resolve_type))
    }
}

fn routes<'p, 'a>(of_type: &'p [Listed<'a>]) -> impl Iterator<Item = &'p [Listed<'a>]> {
    of_type.chunk_by(|one, other| one.0.route == other.0.route)
}

fn is_split(of_route: &[Listed<'_>]) -> bool {
    let first = of_route.first();
    first.is_some_and(|(key, _)| key.route != Route::All)
}

/// The parts of a record type that are not split by route.
fn of_both_routes<'p, 'a>(of_type: &'p [Listed<'a>]) -> &'p [Listed<'a>] {
    let unsplit = routes(of_type).find(|of_route| !is_split(of_route));
    unsplit.unwrap_or_default()
}

fn is_given(parts: &[Listed<'_>]) -> bool {
    parts.iter().any(|(_, reported)| reported.is_some())
}

/// The row of a route for all sub-units, which comes before them.
fn whole(of_route: &[Listed<'_>]) -> Option<Figure> {
    let (key, reported) = of_route.first()?;
    reported
        .filter(|_| key.sub_unit.is_none())
        .map(Figure::from)
}

fn resolve_type(of_type: &[Listed<'_>]) -> Option<Figure> {
    let unsplit = of_both_routes(of_type);
    if let Some(whole) = whole(unsplit) {
        return Some(whole);
    }
    let split = || routes(of_type).filter(|of_route| is_split(of_route));
    if !split().any(is_given) {
        return resolve_route(unsplit);
    }
    sum(split().map(resolve_route))
}

fn resolve_route(of_route: &[Listed<'_>]) -> Option<Figure> {
    let sub_units = || of_route.iter().filter(|(key, _)| key.sub_unit.is_some());
    whole(of_route).or_else(|| sum(sub_units().map(|(_, reported)| reported.map(Figure::from))))
}

/// Adds the parts that are there; a part that is missing makes the sum incomplete, and no part at all makes no sum.
fn sum(parts: impl Iterator<Item = Option<Figure>>) -> Option<Figure> {
    let mut total: Option<Figure> = None;
    let mut missing = false;
    for part in parts {
        match part {
            Some(part) => total = Some(total.map_or(part, |total| total.plus(part))),
            None => missing = true,
        }
    }
    total.map(|total| Figure {
        complete: total.complete && !missing,
        ..total
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn key(record_type: RecordType, route: Route, sub_unit: Option<&str>) -> PartKey {
        PartKey {
            record_type,
            route,
            sub_unit: sub_unit.map(Arc::from),
        }
    }

    fn resolved(given: &[(PartKey, i64)], expected: &[PartKey]) -> Option<(i64, bool)> {
        let reported = |value| Reported::exact(Count::from_i64(value).unwrap());
        let given = given
            .iter()
            .map(|(key, value)| (key, Some(reported(*value))));
        let mut listed: BTreeMap<&PartKey, Option<Reported>> =
            expected.iter().map(|key| (key, None)).collect();
        listed.extend(given);
        Parts::new(listed.into_iter().collect())
            .resolve()
            .map(|figure| (figure.value.to_i64(), figure.complete))
    }

    #[test]
    fn an_all_row_is_the_figure_whatever_its_parts_say() {
        let all = key(RecordType::All, Route::All, None);
        let birth = key(RecordType::Birth, Route::All, None);
        assert_eq!(
            resolved(&[(all, 203_584), (birth, 203_540)], &[]),
            Some((203_584, true))
        );
    }

    #[test]
    fn parts_without_an_all_row_are_summed() {
        let birth_books = key(RecordType::Birth, Route::Books, None);
        let birth_db = key(RecordType::Birth, Route::PopulationDb, None);
        let death = key(RecordType::Death, Route::All, None);
        assert_eq!(
            resolved(&[(birth_books, 10), (birth_db, 5), (death, 2)], &[]),
            Some((17, true))
        );
    }

    #[test]
    fn a_part_that_was_there_before_and_is_missing_makes_the_sum_incomplete() {
        let birth = key(RecordType::Birth, Route::All, None);
        let death = key(RecordType::Death, Route::All, None);
        assert_eq!(
            resolved(&[(birth.clone(), 10)], &[birth, death]),
            Some((10, false))
        );
    }

    #[test]
    fn sub_units_sum_to_the_unit() {
        let one = key(RecordType::All, Route::All, Some("Đông Hà"));
        let two = key(RecordType::All, Route::All, Some("Cam Lộ"));
        assert_eq!(
            resolved(&[(one.clone(), 53_268), (two.clone(), 7_439)], &[]),
            Some((60_707, true))
        );
        assert_eq!(resolved(&[(one, 53_268)], &[two]), Some((53_268, false)));
    }

    #[test]
    fn nothing_reported_is_no_figure() {
        assert_eq!(
            resolved(&[], &[key(RecordType::Birth, Route::All, None)]),
            None
        );
    }
}
