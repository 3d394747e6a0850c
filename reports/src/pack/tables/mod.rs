//! The tables of a pack: every figure once, for every renderer.

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
            difficulties: difficulties::table(input, about),
            definitions: definitions::empty(about),
        };
        definitions::fill(&mut tables, about);
        tables
    }

    /// Every table in the order they are read.
    pub(crate) const fn each(&self) -> [&Table; 8] {
        [
            &self.headline,
            &self.stages,
            &self.provinces,
            &self.weekly,
            &self.forecast,
            &self.missing,
            &self.difficulties,
            &self.definitions,
        ]
    }
}
