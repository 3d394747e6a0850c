//! What a pack is made of.

use store::domain::{Difficulty, PublishedFigure};

use super::about::PackOrder;
use crate::model::{NationalReport, ReportInput};

/// Everything a pack is made of.
#[derive(Clone, Copy, Debug)]
pub struct PackInput<'a> {
    /// What is asked for.
    pub order: &'a PackOrder,
    /// What the report was made of; its week is that of the cut-off.
    pub report: ReportInput<'a>,
    /// The report on the nation, made of it.
    pub national: &'a NationalReport,
    /// Figures published elsewhere, for the charts.
    pub published: &'a [PublishedFigure],
    /// The difficulties that units reported since the cut-off before.
    pub difficulties: &'a [Difficulty],
    /// Whether figures are made up.
    pub synthetic: bool,
    /// The version of the program.
    pub version: &'a str,
}
