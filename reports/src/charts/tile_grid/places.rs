//! Where the tile of each unit stands: three parts of the country, each in rows from north to south.

use store::domain::UnitId;

/// A part of the country, as its rows are read: the codes of the units from left to right, `--` for an empty place.
pub(super) struct Part {
    pub(super) name: (&'static str, &'static str),
    pub(super) rows: &'static [&'static str],
}

impl Part {
    /// The unit of each place, with its column and row.
    pub(super) fn places(&self) -> impl Iterator<Item = (UnitId, usize, usize)> {
        self.rows.iter().enumerate().flat_map(|(row, codes)| {
            let units = codes.split(' ').enumerate();
            units.filter_map(move |(column, code)| Some((UnitId::parse(code)?, column, row)))
        })
    }

    /// How many columns and rows it has.
    pub(super) fn extent(&self) -> (usize, usize) {
        let widest = self.rows.iter().map(|codes| codes.split(' ').count()).max();
        (widest.unwrap_or(0), self.rows.len())
    }
}

const NORTH: (&str, &str) = ("Miền Bắc", "North");
const CENTRE: (&str, &str) = ("Miền Trung và Tây Nguyên", "Centre and Highlands");
const SOUTH: (&str, &str) = ("Miền Nam", "South");

/// The 63 provinces and cities before July 2025.
pub(super) const OLD: [Part; 3] = [
    Part {
        name: NORTH,
        rows: &[
            "-- -- p02 p04 -- --",
            "p12 p10 p08 p06 p20 --",
            "p11 p15 p25 p19 p24 p22",
            "p14 p26 p01 p27 p30 p31",
            "-- p17 p35 p33 p34 --",
            "-- -- p37 p36 -- --",
        ],
    },
    Part {
        name: CENTRE,
        rows: &[
            "p38 p40 p42",
            "p44 p45 p46",
            "-- p49 p48",
            "p62 -- p51",
            "p64 -- p52",
            "p66 -- p54",
            "p67 p68 p56",
            "-- p60 p58",
        ],
    },
    Part {
        name: SOUTH,
        rows: &[
            "-- p72 p70 p75",
            "p80 p79 p74 p77",
            "p89 p87 p82 p83",
            "p91 p92 p86 p84",
            "-- p93 p94 --",
            "-- p96 p95 --",
        ],
    },
];

/// The 34 since July 2025.
pub(super) const NEW: [Part; 3] = [
    Part {
        name: NORTH,
        rows: &[
            "-- -- q08 q04 --",
            "q12 q15 q19 q20 --",
            "q11 q14 q25 q24 q22",
            "-- -- q01 q33 q31",
            "-- -- q37 -- --",
        ],
    },
    Part {
        name: CENTRE,
        rows: &[
            "q38 q40 q42",
            "-- q44 q46",
            "-- -- q48",
            "q52 -- q51",
            "q66 -- q56",
            "q68 -- --",
        ],
    },
    Part {
        name: SOUTH,
        rows: &[
            "-- q75 --",
            "q80 q79 --",
            "q91 q82 q86",
            "-- q92 --",
            "-- q96 --",
        ],
    },
];

/// The archipelago that is a part of a unit.
pub(crate) fn archipelago(unit: UnitId) -> Option<&'static str> {
    match unit.to_string().as_str() {
        "p48" | "q48" => Some("Hoàng Sa"),
        "p56" | "q56" => Some("Trường Sa"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use store::domain::{Reference, Scheme};

    use super::*;

    #[test]
    fn every_unit_has_one_place() {
        let units = &Reference::embedded().units;
        for (scheme, parts) in [(Scheme::Old63, &OLD), (Scheme::New34, &NEW)] {
            let placed: Vec<UnitId> = parts
                .iter()
                .flat_map(Part::places)
                .map(|place| place.0)
                .collect();
            let all: BTreeSet<UnitId> = units.of_scheme(scheme).map(|unit| unit.id).collect();
            assert_eq!(placed.len(), all.len(), "{scheme:?}");
            assert_eq!(
                placed.into_iter().collect::<BTreeSet<_>>(),
                all,
                "{scheme:?}"
            );
        }
    }
}
