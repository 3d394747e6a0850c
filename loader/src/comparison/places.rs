//! Places, compared as sets of units: provinces across the merger of 1 July 2025, communes and districts by name.
//!
//! The official table of communes is not at hand. Where one side has the district level that ended on 1 July 2025 and the
//! other has not, commune names may lawfully differ, so they are not judged.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use store::domain::{Reference, UnitId};

use super::class::Difference;
use super::letters::{Glyph, glyph, plain_text};
use crate::fold::fold_unit_name;

/// Words for the kind of a unit, without marks, the longer first.
const KINDS: [&str; 19] = [
    "thanhpho", "thitran", "dackhu", "phuong", "huyen", "thixa", "quan", "tinh", "xa", "tp", "tt",
    "tx", "dk", "p", "x", "h", "q", "t", "f",
];

/// Words with which a part begins that is smaller than a commune, or no place of an authority at all.
const BELOW_COMMUNE: [&str; 22] = [
    "thon",
    "xom",
    "ap",
    "ban",
    "to",
    "khupho",
    "khom",
    "khu",
    "so",
    "sonha",
    "duong",
    "doi",
    "buon",
    "lang",
    "ngo",
    "soc",
    "phum",
    "benhvien",
    "tramyte",
    "nhahosinh",
    "bv",
    "trungtamyte",
];

/// Every name of every province: the unit that carries it, the older where two do, and the one of the 34 that has its land.
static PROVINCES: LazyLock<BTreeMap<String, (UnitId, UnitId)>> = LazyLock::new(|| {
    let units = &Reference::embedded().units;
    let mut provinces = BTreeMap::new();
    for unit in units.iter() {
        let names = unit.every_name().flat_map(|name| [&*name.vi, &*name.en]);
        for name in names.chain(unit.aliases()) {
            let land = unit.successor.unwrap_or(unit.id);
            provinces
                .entry(fold_unit_name(name))
                .or_insert((unit.id, land));
        }
    }
    provinces
});

/// A place by its parts.
#[derive(Debug, Default)]
struct Place {
    /// The province of today.
    province: Option<UnitId>,
    /// The province as named, which may be one that was merged.
    named: Option<UnitId>,
    /// Commune and district, the smallest first, without the words for their kinds.
    units: Vec<String>,
}

impl Place {
    fn read(text: &str) -> Self {
        let mut place = Self::default();
        let mut name = String::new();
        for part in text.rsplit([',', ';', '\n']) {
            name.clear();
            plain_text(part, &mut name);
            if name.is_empty() || name == "vietnam" || is_below_commune(part, &name) {
                continue;
            }
            let bare = without_kind(part, &name);
            if place.province.is_none() && place.units.is_empty() {
                let found = PROVINCES
                    .get(bare)
                    .or_else(|| PROVINCES.get(&name))
                    .or_else(|| PROVINCES.get(&fold_unit_name(part)));
                if let Some((named, land)) = found {
                    (place.named, place.province) = (Some(*named), Some(*land));
                    continue;
                }
            }
            place.units.insert(0, bare.to_owned());
        }
        place
    }
}

/// The first word of a part without marks.
fn first_word(part: &str) -> String {
    let end = |character: char| {
        !matches!(
            glyph(character),
            Glyph::Letter(..) | Glyph::Tone(_) | Glyph::Shape(_)
        )
    };
    let word = part.trim_start().split(end).next().unwrap_or_default();
    let mut plain = String::new();
    plain_text(word, &mut plain);
    plain
}

fn is_below_commune(part: &str, name: &str) -> bool {
    let first = first_word(part);
    BELOW_COMMUNE
        .iter()
        .any(|word| *word == first || (word.len() > 5 && name.starts_with(word)))
}

/// The name without the word for the kind before it. A letter or two is such a word only on its own: `P. 3`, not `Pleiku`.
fn without_kind<'n>(part: &str, name: &'n str) -> &'n str {
    let first = first_word(part);
    let is_kind = |kind: &&&str| {
        name.starts_with(**kind)
            && (kind.len() > 4 || first == ***kind || starts_with_words(part, kind))
    };
    let kind = KINDS.iter().find(is_kind);
    let bare = kind
        .and_then(|kind| name.strip_prefix(kind))
        .unwrap_or(name);
    if bare.is_empty() { name } else { bare }
}

/// Whether the first two words together are a kind, such as `thị xã`.
fn starts_with_words(part: &str, kind: &str) -> bool {
    let mut words = part.split_whitespace();
    let mut both = String::new();
    for word in words.by_ref().take(2) {
        plain_text(word, &mut both);
    }
    both == kind
}

/// How two places differ; both have something in them.
pub(super) fn compare_places(one: &str, other: &str) -> Difference {
    let (one_place, other_place) = (Place::read(one), Place::read(other));
    match (one_place.province, other_place.province) {
        (Some(one), Some(other)) if one != other => return Difference::Province,
        _ => {}
    }
    let (units_one, units_other) = (&one_place.units, &other_place.units);
    let both_named = one_place.province.is_some() && other_place.province.is_some();
    let renamed = both_named && one_place.named != other_place.named;
    if units_one == units_other {
        return if renamed {
            Difference::Merger
        } else if both_named || one_place.province == other_place.province {
            if crate::fold::tidy(one).to_lowercase() == crate::fold::tidy(other).to_lowercase() {
                Difference::Equal
            } else if units_one.is_empty() && !both_named {
                Difference::Different
            } else {
                Difference::Spelling
            }
        } else {
            Difference::Precision
        };
    }
    if !both_named
        && one_place.province != other_place.province
        && (units_one.is_empty() || units_other.is_empty())
    {
        // A province on one side and another unit on the other: nothing is said twice.
        return Difference::Different;
    }
    match (units_one.as_slice(), units_other.as_slice()) {
        ([], _) | (_, []) => Difference::Precision,
        ([_, _, ..], [_]) | ([_], [_, _, ..]) if both_named => Difference::Merger,
        (many, [single]) | ([single], many) if many.contains(single) => Difference::Precision,
        _ => Difference::Commune,
    }
}
