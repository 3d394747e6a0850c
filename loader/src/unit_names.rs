//! Units by the names and spellings officers type, and by code.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{Unit, UnitId, Units};

use crate::fold::fold_unit_name;
use crate::nearest::nearest;

/// Every name, former name and other spelling of every unit, folded.
#[derive(Debug)]
pub(crate) struct UnitNames {
    by_key: BTreeMap<String, Vec<UnitId>>,
}

/// What is written behind the name of a unit of before a merger, and behind that of the one which it became a part of; folded.
const FORMER: [&str; 3] = ["cu", "truocsapnhap", "truockhisapnhap"];
const PRESENT: [&str; 3] = ["moi", "sausapnhap", "saukhisapnhap"];

/// What a code or a name stands for on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'r> {
    /// The unit that carries it on that day.
    Unit(&'r Unit),
    /// No unit on that day; the one that carries it at another time.
    OtherDate(&'r Unit),
    /// No unit at any time.
    Nothing,
}

impl UnitNames {
    pub(crate) fn new(units: &Units) -> Self {
        let mut by_key: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
        for unit in units.iter() {
            let names = unit.every_name().flat_map(|name| [&*name.vi, &*name.en]);
            for name in names.chain(unit.aliases()) {
                let ids = by_key.entry(fold_unit_name(name)).or_default();
                if !ids.contains(&unit.id) {
                    ids.push(unit.id);
                }
            }
        }
        Self { by_key }
    }

    /// Whether any unit ever had a name.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.carriers(name).is_some()
    }

    /// The unit of a name on a day, whatever its spelling. "Quảng Trị cũ" is the unit of before the merger only, on whatever day.
    pub(crate) fn find<'r>(&self, units: &'r Units, name: &str, day: NaiveDate) -> Found<'r> {
        let Some((ids, is_former)) = self.carriers(name) else {
            return Found::Nothing;
        };
        let carriers = ids.iter().filter_map(|id| units.find(*id));
        let meant = carriers
            .filter(|unit| is_former.is_none_or(|former| former == unit.successor.is_some()));
        choose(meant, |unit| unit.exists_on(day))
    }

    /// The units that ever had a name, and whether what stands behind it means those of before a merger.
    fn carriers(&self, name: &str) -> Option<(&[UnitId], Option<bool>)> {
        let key = fold_unit_name(name);
        let of = |key: &str| self.by_key.get(key).map(Vec::as_slice);
        let behind = |words: [&str; 3]| {
            let mut names = words.into_iter().filter_map(|word| key.strip_suffix(word));
            names.find_map(of)
        };
        let former = || Some((behind(FORMER)?, Some(true)));
        let present = || Some((behind(PRESENT)?, Some(false)));
        let plain = of(&key).map(|ids| (ids, None));
        plain.or_else(former).or_else(present)
    }

    /// The units of a day with names near a mistyped one, the nearest first.
    pub(crate) fn nearest_on(&self, units: &Units, name: &str, day: NaiveDate) -> Vec<UnitId> {
        let exists = |id: &UnitId| units.find(*id).is_some_and(|unit| unit.exists_on(day));
        let known = self.by_key.iter().flat_map(|(key, ids)| {
            let existing = ids.iter().copied().filter(exists);
            existing.map(move |id| (key.as_str(), id))
        });
        nearest(&fold_unit_name(name), known)
    }
}

/// The unit of a code on a day. A spreadsheet drops the zero of `01`, so one digit is taken for two, and may write it as the number
/// `1.0`.
pub(crate) fn find_by_code<'r>(units: &'r Units, code: &str, day: NaiveDate) -> Found<'r> {
    let code = code.strip_prefix('\'').unwrap_or(code);
    let whole = code.split_once(['.', ',']);
    let whole = whole.filter(|(_, fraction)| fraction.bytes().all(|digit| digit == b'0'));
    let code = whole.map_or(code, |(whole, _)| whole);
    let padded = format!("{code:0>2}");
    if let Some(unit) = units.find_by_code(&padded, day) {
        return Found::Unit(unit);
    }
    let carriers = units
        .iter()
        .filter(|unit| own_code(units, unit) == Some(&padded));
    choose(carriers, |_| false)
}

fn choose<'r>(carriers: impl Iterator<Item = &'r Unit>, fits: impl Fn(&Unit) -> bool) -> Found<'r> {
    let mut other = Found::Nothing;
    for unit in carriers {
        if fits(unit) {
            return Found::Unit(unit);
        }
        other = Found::OtherDate(unit);
    }
    other
}

/// A day on which the unit exists: its first, or its last where it has always existed.
pub(crate) fn own_day(units: &Units, unit: &Unit) -> Option<NaiveDate> {
    unit.first_day().or_else(|| {
        let successor = units.find(unit.successor?)?;
        successor.first_day()?.pred_opt()
    })
}

/// The code the unit carries while it exists.
pub(crate) fn own_code<'u>(units: &Units, unit: &'u Unit) -> Option<&'u str> {
    unit.code_on(own_day(units, unit)?)
}

#[cfg(test)]
mod tests {
    use store::domain::{Reference, Scheme};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_folded_name_is_one_unit_of_each_list() {
        let names = UnitNames::new(&Reference::embedded().units);
        for (key, ids) in &names.by_key {
            for scheme in [Scheme::Old63, Scheme::New34] {
                let of_scheme = ids.iter().filter(|id| id.scheme() == scheme);
                assert!(of_scheme.count() <= 1, "{key}: {ids:?}");
            }
        }
    }

    #[test]
    fn spellings_of_offices_are_known() {
        let units = &Reference::embedded().units;
        let names = UnitNames::new(units);
        for (name, on, id) in [
            ("TP. Ho Chi Minh", "2025-06-30", "p79"),
            ("TPHCM", "2025-07-01", "q79"),
            ("Sài Gòn", "2024-01-01", "p79"),
            ("Thừa Thiên – Huế", "2024-12-31", "p46"),
            ("Thành phố Huế", "2025-02-01", "p46"),
            ("TT-Huế", "2025-07-01", "q46"),
            ("Hoà Bình", "2025-06-30", "p17"),
            ("BRVT", "2025-06-30", "p77"),
            ("Đăk Lăk", "2025-06-30", "p66"),
            ("Đắc Nông", "2025-06-30", "p67"),
            ("KonTum", "2025-06-30", "p62"),
            ("Lào Cai", "2025-06-30", "p10"),
            ("Lào Cai", "2025-07-01", "q15"),
            ("Quảng Trị (tỉnh)", "2025-06-30", "p45"),
            ("Huế (TP.)", "2025-07-01", "q46"),
            ("Tỉnh Quảng Trị cũ", "2025-06-30", "p45"),
            ("Quảng Trị (cũ)", "2025-06-30", "p45"),
            ("Quảng Trị (mới)", "2025-07-01", "q44"),
            ("Quảng Trị sau sáp nhập", "2025-07-01", "q44"),
        ] {
            match names.find(units, name, day(on)) {
                Found::Unit(unit) => assert_eq!(unit.id.to_string(), id, "{name} on {on}"),
                other => panic!("{name} on {on}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_name_of_another_time_is_told_from_no_name() {
        let units = &Reference::embedded().units;
        let names = UnitNames::new(units);
        let found = names.find(units, "Yên Bái", day("2025-07-01"));
        assert!(matches!(found, Found::OtherDate(unit) if unit.id.to_string() == "p15"));
        let found = names.find(units, "Atlantis", day("2025-07-01"));
        assert!(matches!(found, Found::Nothing));
        for (name, on, id) in [
            ("Quảng Trị cũ", "2025-07-01", "p45"),
            ("Lào Cai (trước sáp nhập)", "2025-07-01", "p10"),
            ("Quảng Trị mới", "2025-06-30", "q44"),
        ] {
            let found = names.find(units, name, day(on));
            assert!(
                matches!(found, Found::OtherDate(unit) if unit.id.to_string() == id),
                "{name} on {on}: {found:?}"
            );
        }
        for name in ["cũ", "mới", "Hà Nội cũ mới", "Quảng Trị (thị xã)"] {
            let found = names.find(units, name, day("2025-07-01"));
            assert!(matches!(found, Found::Nothing), "{name}: {found:?}");
        }
        let near = names.nearest_on(units, "Hà Nọi", day("2025-06-30"));
        assert_eq!(near.first().map(UnitId::to_string).as_deref(), Some("p01"));
    }

    #[test]
    fn a_code_means_a_unit_only_on_a_day() {
        let units = &Reference::embedded().units;
        for (code, on, id) in [
            ("15", "2025-06-30", "p15"),
            ("15", "2025-07-01", "q15"),
            ("1", "2025-07-01", "q01"),
            ("'04", "2025-07-01", "q04"),
            ("38.0", "2025-07-01", "q38"),
            ("1,00", "2025-07-01", "q01"),
        ] {
            match find_by_code(units, code, day(on)) {
                Found::Unit(unit) => assert_eq!(unit.id.to_string(), id),
                other => panic!("{code} on {on}: {other:?}"),
            }
        }
        let found = find_by_code(units, "10", day("2025-07-01"));
        assert!(matches!(found, Found::OtherDate(unit) if unit.id.to_string() == "p10"));
        for code in ["99", "38.5", "38.0.0", "."] {
            let found = find_by_code(units, code, day("2025-07-01"));
            assert!(matches!(found, Found::Nothing), "{code}: {found:?}");
        }
    }
}
