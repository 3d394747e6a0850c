//! The tables of a pack: every figure once, for every renderer.

pub(crate) mod changes;
mod definitions;
mod difficulties;
mod forecast;
mod headline;
mod missing;
mod provinces;
mod stages;
mod weekly;

use super::about::About;
use super::input::PackInput;
use super::table::Table;

/// The tables of a pack.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    /// The key figures of the nation.
    pub(crate) headline: Table,
    /// Every stage: reported, coverage, estimate.
    pub(crate) stages: Table,
    /// Every unit.
    pub(crate) provinces: Table,
    /// Every week up to the cut-off.
    pub(crate) weekly: Table,
    /// The spread of the national count in coming weeks.
    pub(crate) forecast: Table,
    /// The units that did not report.
    pub(crate) missing: Table,
    /// The parts of the national change since the last meeting.
    pub(crate) national_change: Table,
    /// The figures of the last meeting that were corrected or taken back since.
    pub(crate) corrections: Table,
    /// The difficulties that units reported.
    pub(crate) difficulties: Table,
    /// What every column and figure means.
    pub(crate) definitions: Table,
}

impl Tables {
    pub(crate) fn new(input: &PackInput<'_>, about: &About) -> Self {
        let mut tables = Self {
            headline: headline::table(input, about),
            stages: stages::table(input, about),
            provinces: provinces::table(input, about),
            weekly: weekly::table(input, about),
            forecast: forecast::table(input, about),
            missing: missing::table(input, about),
            national_change: changes::national(input.national_change(), about.language()),
            corrections: changes::cells(&input.corrections(), about.language()),
            difficulties: difficulties::table(input, about),
            definitions: definitions::empty(about),
        };
        definitions::fill(&mut tables, about);
        tables
    }

    /// Every table in the order they are read.
    pub(crate) const fn each(&self) -> [&Table; 10] {
        [
            &self.headline,
            &self.stages,
            &self.provinces,
            &self.weekly,
            &self.forecast,
            &self.missing,
            &self.national_change,
            &self.corrections,
            &self.difficulties,
            &self.definitions,
        ]
    }
}
