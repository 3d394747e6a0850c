//! The pack for a leadership meeting: one model, many files.
//!
//! [`Pack::new`] takes every figure out of a report once; the renderers write it down as workbook, report, slides, PDF,
//! tables and charts, and compute nothing. The same order, data and version give the same bytes.

mod about;
pub(crate) mod cell;
mod charts;
mod cutoff;
mod data_package;
mod deck;
pub(crate) mod docx;
mod error;
mod file;
mod graph;
mod graphs;
mod input;
mod native;
mod ooxml;
mod pdf;
mod pptx;
mod prose;
pub(crate) mod table;
pub(crate) mod tables;
pub(crate) mod xlsx;

pub use about::{ISSUER, LEAST_PERCENT, PackOrder};
pub use cutoff::Cutoff;
pub use error::PackError;
pub use file::{PackFile, archive, checksums, unpacked};
pub use input::{LastMeeting, PackInput};
pub(crate) use ooxml::escaped;

use crate::charts::ChartSize;
use about::About;
use charts::{Charts, ProvincePage};
use graphs::Graphs;
use native::Native;
use prose::Prose;
use tables::Tables;

/// Everything that the files of a pack show.
#[derive(Clone, Debug)]
pub struct Pack {
    about: About,
    tables: Tables,
    prose: Prose,
    graphs: Graphs,
    native: Native,
    charts: Charts,
    /// The same in the shape of a slide.
    slide_charts: Charts,
    provinces: Vec<ProvincePage>,
}

/// A renderer: its name for people who watch, and what it makes of a pack.
pub type Renderer = (&'static str, fn(&Pack) -> Result<Vec<PackFile>, PackError>);

/// Every renderer, in the order they run.
pub const RENDERERS: [Renderer; 6] = [
    ("XLSX", xlsx::render),
    ("CSV, JSON", data_package::render),
    ("DOCX", docx::render),
    ("PPTX", pptx::render),
    ("PDF", pdf::render),
    ("SVG, PNG, PDF", charts::render),
];

impl Pack {
    /// Takes everything that the files show out of a report.
    ///
    /// # Errors
    /// [`PackError::Chart`] where a chart cannot be drawn.
    pub fn new(input: &PackInput<'_>) -> Result<Self, PackError> {
        let about = About::new(input);
        let tables = Tables::new(input, &about);
        Ok(Self {
            prose: Prose::new(input, &about, &tables),
            graphs: Graphs::new(input, &about, &tables),
            native: Native::new(input, &about),
            charts: Charts::new(input, ChartSize::Full)?,
            slide_charts: Charts::new(input, ChartSize::Slide)?,
            provinces: charts::provinces(input, &about)?,
            about,
            tables,
        })
    }

    /// Whether enough units reported.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.about.complete
    }

    /// How many units reported, in the language of the pack.
    #[must_use]
    pub fn coverage(&self) -> String {
        self.about.coverage_words()
    }
}
