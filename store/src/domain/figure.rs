//! The all-or-split rule: one rule for record type, route and sub-unit.
//!
//! Where an "all" row is given it is the figure. Where only parts are given, their sum is the figure, and it is complete
//! only when every part that the unit has reported before is there again. Parts are summed in a fixed order: record
//! types first, inside a type routes, inside a route sub-units.

use std::collections::{BTreeMap, BTreeSet};

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
    pub sub_unit: Option<String>,
}

impl PartKey {
    /// The whole of a unit's work, not split at all.
    pub const WHOLE: Self = Self {
        record_type: RecordType::All,
        route: Route::All,
        sub_unit: None,
    };
}

/// The counts of one unit, date and stage by part, and the parts that were reported at an earlier date.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    given: BTreeMap<PartKey, Reported>,
    expected: BTreeSet<PartKey>,
}

impl Parts {
    /// Parts with the keys that earlier dates of the same unit and stage carried.
    #[must_use]
    pub const fn new(given: BTreeMap<PartKey, Reported>, expected: BTreeSet<PartKey>) -> Self {
        Self { given, expected }
    }

    /// Resolves the figure; `None` where nothing was reported.
    #[must_use]
    pub fn resolve(&self) -> Option<Figure> {
        if let Some(all) = self.all_of(RecordType::All, Route::All) {
            return Some(all);
        }
        if !self
            .given
            .keys()
            .any(|key| key.record_type != RecordType::All)
        {
            return self.resolve_type(RecordType::All);
        }
        let types = self
            .listed()
            .filter(|key| key.record_type != RecordType::All)
            .map(|key| key.record_type);
        sum(types
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|kind| self.resolve_type(kind)))
    }

    fn resolve_type(&self, record_type: RecordType) -> Option<Figure> {
        if let Some(all) = self.all_of(record_type, Route::All) {
            return Some(all);
        }
        let split = |key: &&PartKey| key.record_type == record_type && key.route != Route::All;
        if !self.given.keys().any(|key| split(&key)) {
            return self.resolve_route(record_type, Route::All);
        }
        let routes = self.listed().filter(split).map(|key| key.route);
        sum(routes
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|route| self.resolve_route(record_type, route)))
    }

    fn resolve_route(&self, record_type: RecordType, route: Route) -> Option<Figure> {
        if let Some(all) = self.all_of(record_type, route) {
            return Some(all);
        }
        let inside = |key: &&PartKey| {
            key.record_type == record_type && key.route == route && key.sub_unit.is_some()
        };
        let parts = self.listed().filter(inside).collect::<BTreeSet<_>>();
        sum(parts
            .into_iter()
            .map(|key| self.given.get(key).copied().map(Figure::from)))
    }

    fn all_of(&self, record_type: RecordType, route: Route) -> Option<Figure> {
        self.given
            .get(&PartKey {
                record_type,
                route,
                sub_unit: None,
            })
            .copied()
            .map(Figure::from)
    }

    fn listed(&self) -> impl Iterator<Item = &PartKey> {
        self.given.keys().chain(&self.expected)
    }
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
    use super::*;

    fn key(record_type: RecordType, route: Route, sub_unit: Option<&str>) -> PartKey {
        PartKey {
            record_type,
            route,
            sub_unit: sub_unit.map(str::to_owned),
        }
    }

    fn parts(given: &[(PartKey, i64)], expected: &[PartKey]) -> Parts {
        let given = given
            .iter()
            .map(|(key, value)| {
                (
                    key.clone(),
                    Reported::exact(Count::from_i64(*value).unwrap()),
                )
            })
            .collect();
        Parts::new(given, expected.iter().cloned().collect())
    }

    fn resolved(given: &[(PartKey, i64)], expected: &[PartKey]) -> Option<(i64, bool)> {
        parts(given, expected)
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
