//! Every unit in its own small field: the share done over time with the forecast fan, all on the same axes.

mod description;
mod panels;

use chrono::NaiveDate;
use store::domain::{Share, Text};

use super::caption::Caption;
use super::chart::Chart;
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::series::NamedDay;
use super::style::ChartSize;

/// A share done on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedShare {
    /// The date.
    pub as_of: NaiveDate,
    /// The share; `None` where nothing was reported, which is a gap in the line and never zero.
    pub share: Option<Share>,
}

/// The spread of a share on a date, as parts of the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharePoint {
    /// The date.
    pub on: NaiveDate,
    /// One future in ten stays below.
    pub p10: f64,
    /// The median.
    pub p50: f64,
    /// One future in ten goes above.
    pub p90: f64,
}

/// The field of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Its name.
    pub name: Text,
    /// Its share done over time.
    pub shares: Vec<DatedShare>,
    /// The forecast of it; empty where there is none.
    pub fan: Vec<SharePoint>,
    /// What is said where nothing can be drawn: not reported, no total.
    pub absent: Text,
}

/// What small multiples show.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiples {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is; its height grows with the units.
    pub size: ChartSize,
    /// The units, in the order they are drawn.
    pub panels: Vec<Panel>,
    /// The deadline in force for the nation.
    pub deadline: Option<NamedDay>,
}

impl Panel {
    /// The last share that was reported.
    fn last(&self) -> Option<(NaiveDate, Share)> {
        let known = self
            .shares
            .iter()
            .filter_map(|point| Some((point.as_of, point.share?)));
        known.max_by_key(|(as_of, _)| *as_of)
    }

    /// The points of the forecast that can be drawn.
    fn fan(&self) -> impl Iterator<Item = &SharePoint> {
        let finite = |point: &&SharePoint| {
            [point.p10, point.p50, point.p90]
                .iter()
                .all(|v| v.is_finite())
        };
        self.fan.iter().filter(finite)
    }
}

/// Draws small multiples.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_multiples(multiples: &Multiples) -> Result<Chart, RenderError> {
    let sheet = Sheet {
        caption: &multiples.caption,
        size: multiples.size,
        head: Head {
            title: description::title(multiples),
            definition: description::definition(multiples),
            keys: description::keys(multiples),
        },
        description: description::describe(multiples),
        table: description::table(multiples),
    };
    sheet.draw(|canvas, top| panels::draw_panels(canvas, multiples, top))
}
