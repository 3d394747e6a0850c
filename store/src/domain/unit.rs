//! The reporting units: 63 provinces until 30 June 2025, 34 from 1 July 2025.
//!
//! A unit has a permanent [`UnitId`]. Its codes and names hold between dates: seven codes were given to another place on
//! 1 July 2025, so a code or a name means something only together with a day.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::language::Text;

/// A list of units that was in force at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// The 63 provinces and cities, until 30 June 2025.
    Old63,
    /// The 34 provinces and cities, from 1 July 2025.
    New34,
}

/// The permanent id of a unit: `p` and the code for one of the 63, `q` and the code for one of the 34.
///
/// `p15` is Yên Bái and `q15` is Lào Cai; the id never changes, whatever happens to codes and names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId([u8; 3]);

impl UnitId {
    /// Reads an id such as `p15`; `None` where the form is another. Whether such a unit exists only [`Units`] knows.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match *text.as_bytes() {
            [
                scheme @ (b'p' | b'q'),
                tens @ b'0'..=b'9',
                ones @ b'0'..=b'9',
            ] => Some(Self([scheme, tens, ones])),
            _ => None,
        }
    }

    /// The id as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only letters and digits are ever in it.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The list the unit belongs to.
    #[must_use]
    pub const fn scheme(self) -> Scheme {
        if self.0[0] == b'p' {
            Scheme::Old63
        } else {
            Scheme::New34
        }
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for UnitId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for UnitId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Something that holds between two days, both included; an absent day means "always".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dated<T> {
    pub(crate) value: T,
    pub(crate) valid_from: Option<NaiveDate>,
    pub(crate) valid_to: Option<NaiveDate>,
}

/// The first and the last day on which something holds, both included; an absent day means "always".
pub type DaysHeld = (Option<NaiveDate>, Option<NaiveDate>);

impl<T> Dated<T> {
    const fn days(&self) -> DaysHeld {
        (self.valid_from, self.valid_to)
    }

    fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// One reporting unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The permanent id.
    pub id: UnitId,
    /// The statistics office's region; absent for the 34, some of which cross the old regions.
    pub region: Option<String>,
    /// The unit that took this one in on 1 July 2025; absent for the 34.
    pub successor: Option<UnitId>,
    /// Inhabitants at the census of 1 April 2019.
    pub population_2019: u64,
    pub(crate) life: Dated<()>,
    pub(crate) names: Vec<Dated<Text>>,
    pub(crate) codes: Vec<Dated<String>>,
    pub(crate) aliases: Vec<String>,
}

impl Unit {
    /// Its names, each with the first and last day it holds; an absent day is "always".
    pub fn dated_names(&self) -> impl Iterator<Item = (&Text, DaysHeld)> {
        self.names.iter().map(|name| (&name.value, name.days()))
    }

    /// Its codes, each with the first and last day it holds; an absent day is "always".
    pub fn dated_codes(&self) -> impl Iterator<Item = (&str, DaysHeld)> {
        let codes = self.codes.iter();
        codes.map(|code| (code.value.as_str(), code.days()))
    }

    /// The first and last day it exists; an absent day is "always".
    #[must_use]
    pub const fn days(&self) -> DaysHeld {
        self.life.days()
    }

    /// Whether the unit exists on a day.
    #[must_use]
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.life.holds_on(day)
    }

    /// The name on a day: the one that holds then, else the nearest earlier one, else the first.
    #[must_use]
    pub fn name_on(&self, day: NaiveDate) -> &Text {
        static NAMELESS: Text = Text::EMPTY;
        let holding = self.names.iter().find(|name| name.holds_on(day));
        let earlier = || {
            self.names
                .iter()
                .rfind(|name| name.valid_to.is_some_and(|to| to < day))
        };
        let name = holding.or_else(earlier).or_else(|| self.names.first());
        name.map_or(&NAMELESS, |name| &name.value)
    }

    /// The two-digit code on a day; `None` where the unit does not exist then.
    #[must_use]
    pub fn code_on(&self, day: NaiveDate) -> Option<&str> {
        self.codes
            .iter()
            .find(|code| code.holds_on(day))
            .map(|code| code.value.as_str())
    }

    /// Every name the unit ever had, oldest first.
    pub fn every_name(&self) -> impl Iterator<Item = &Text> {
        self.names.iter().map(|name| &name.value)
    }

    /// Spellings officers use that folding the name does not reach, such as "TP.HCM".
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().map(String::as_str)
    }

    /// The first day of the unit; `None` where it existed before the first figure.
    #[must_use]
    pub const fn first_day(&self) -> Option<NaiveDate> {
        self.life.valid_from
    }
}

/// How the units of a table are chosen. National totals are the same in all three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitView {
    /// The units that existed in the week shown.
    #[default]
    AsReported,
    /// The 63. A figure that a merged unit reported for all its land stays one row: it is never divided by guess.
    Old63,
    /// The 34. Before the merger a unit is the sum of its members.
    New34,
}

impl UnitView {
    /// The three ways, in the order pages offer them.
    pub const ALL: [Self; 3] = [Self::AsReported, Self::Old63, Self::New34];

    /// The word in addresses and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AsReported => "as-reported",
            Self::Old63 => "63",
            Self::New34 => "34",
        }
    }

    /// The way of a word; `None` for any other word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.key() == key)
    }
}

/// Every unit there ever was, by permanent id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    by_id: BTreeMap<UnitId, Unit>,
    members: BTreeMap<UnitId, Vec<UnitId>>,
    /// The first day on which a unit of the 34 exists; `None` where there is none of them.
    merged_on: Option<NaiveDate>,
}

impl Units {
    pub(crate) fn new(units: Vec<Unit>) -> Self {
        let mut members: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
        for unit in &units {
            if let Some(successor) = unit.successor {
                members.entry(successor).or_default().push(unit.id);
            }
        }
        let merged = units
            .iter()
            .filter(|unit| unit.id.scheme() == Scheme::New34);
        let merged_on = merged
            .map(|unit| unit.life.valid_from.unwrap_or(NaiveDate::MIN))
            .min();
        Self {
            by_id: units.into_iter().map(|unit| (unit.id, unit)).collect(),
            members,
            merged_on,
        }
    }

    /// The unit of an id; `None` where there is none.
    #[must_use]
    pub fn find(&self, id: UnitId) -> Option<&Unit> {
        self.by_id.get(&id)
    }

    /// Every unit, ordered by id: first the 63, then the 34.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.by_id.values()
    }

    /// The units that exist on a day, ordered by id.
    pub fn existing_on(&self, day: NaiveDate) -> impl Iterator<Item = &Unit> {
        self.iter().filter(move |unit| unit.exists_on(day))
    }

    /// The list in force on a day: that of the 34 from the first day of any of them on.
    #[must_use]
    pub fn scheme_on(&self, day: NaiveDate) -> Scheme {
        if self.merged_on.is_some_and(|merged_on| merged_on <= day) {
            Scheme::New34
        } else {
            Scheme::Old63
        }
    }

    /// The units of a list, ordered by id.
    pub fn of_scheme(&self, scheme: Scheme) -> impl Iterator<Item = &Unit> {
        self.iter().filter(move |unit| unit.id.scheme() == scheme)
    }

    /// The unit that carries a code on a day; `None` where no unit does.
    #[must_use]
    pub fn find_by_code(&self, code: &str, day: NaiveDate) -> Option<&Unit> {
        self.existing_on(day)
            .find(|unit| unit.code_on(day) == Some(code))
    }

    /// Those of the 63 that a unit of the 34 was formed from; empty for one of the 63.
    #[must_use]
    pub fn members(&self, id: UnitId) -> &[UnitId] {
        self.members.get(&id).map_or(&[], Vec::as_slice)
    }

    /// A unit and those of the 63 that it was formed from: whose figures are its own.
    #[must_use]
    pub fn family(&self, id: UnitId) -> BTreeSet<UnitId> {
        self.members(id).iter().copied().chain([id]).collect()
    }

    /// The name of a unit on a day, and its id where there is no such unit.
    #[must_use]
    pub fn name_on(&self, id: UnitId, day: NaiveDate) -> Text {
        self.find(id).map_or_else(
            || Text::same(&id.to_string()),
            |unit| unit.name_on(day).clone(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Reference;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_id_has_one_form() {
        assert_eq!(UnitId::parse("p15").unwrap().to_string(), "p15");
        for wrong in ["", "15", "P15", "p1", "p155", "r15", "pé"] {
            assert_eq!(UnitId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn seven_codes_mean_another_place_after_the_merger() {
        let units = &Reference::embedded().units;
        let cases = [
            ("15", "Yên Bái", "Lào Cai"),
            ("24", "Bắc Giang", "Bắc Ninh"),
            ("44", "Quảng Bình", "Quảng Trị"),
            ("52", "Bình Định", "Gia Lai"),
            ("80", "Long An", "Tây Ninh"),
            ("82", "Tiền Giang", "Đồng Tháp"),
            ("91", "Kiên Giang", "An Giang"),
        ];
        for (code, before, after) in cases {
            for (on, name) in [("2025-06-30", before), ("2025-07-01", after)] {
                let unit = units.find_by_code(code, day(on)).unwrap();
                assert_eq!(unit.name_on(day(on)).vi, name, "{code} on {on}");
            }
        }
    }

    #[test]
    fn the_34_are_made_of_all_the_63_once() {
        let units = &Reference::embedded().units;
        let members: Vec<UnitId> = units
            .of_scheme(Scheme::New34)
            .flat_map(|unit| units.members(unit.id).to_vec())
            .collect();
        assert_eq!(members.len(), 63);
        assert_eq!(units.existing_on(day("2025-06-30")).count(), 63);
        assert_eq!(units.existing_on(day("2025-07-01")).count(), 34);
        for unit in units.of_scheme(Scheme::New34) {
            let population: u64 = units
                .members(unit.id)
                .iter()
                .map(|id| units.find(*id).unwrap().population_2019)
                .sum();
            assert_eq!(unit.population_2019, population, "{}", unit.id);
        }
    }
}
