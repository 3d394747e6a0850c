//! What was done each week, with campaigns and Tết behind it. A week without a figure is hatched and never zero.

mod description;
mod field;

use store::domain::{Count, Week};

use super::caption::Caption;
use super::chart::Chart;
use super::error::RenderError;
use super::frame::{Head, Sheet, foot_of_field};
use super::series::Band;
use super::style::ChartSize;

/// The work of one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekWork {
    /// The week.
    pub week: Week,
    /// The increase of the transferred count since the week before, of the units that reported in both; `None` where
    /// none did.
    pub work: Option<Count>,
    /// The falls of the count, which are corrections; 0 or less.
    pub corrections: i64,
    /// The units that reported in both weeks.
    pub compared: usize,
    /// The units that should have.
    pub expected: usize,
}

impl WeekWork {
    /// Whether fewer than nine in ten of the units are in the figure, so that it says too little.
    const fn is_partial(&self) -> bool {
        self.compared * 10 < self.expected * 9
    }
}

/// What a chart of weekly work shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Throughput {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How large it is.
    pub size: ChartSize,
    /// Every week, without gaps.
    pub weeks: Vec<WeekWork>,
    /// What the deadline asks for per full working week; `None` where it asks for nothing.
    pub required: Option<f64>,
    /// Periods of special effort.
    pub campaigns: Vec<Band>,
    /// The days off around Tết.
    pub tet: Vec<Band>,
}

/// The least height of the field with its axes, in pixels.
const LEAST_FIELD: f64 = 270.0;

/// Draws a chart of weekly work.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_throughput(throughput: &Throughput) -> Result<Chart, RenderError> {
    let sheet = Sheet {
        caption: &throughput.caption,
        size: throughput.size,
        head: Head {
            title: description::title(throughput),
            definition: description::definition(throughput),
            keys: description::keys(throughput),
        },
        description: description::describe(throughput),
        table: description::table(throughput),
    };
    sheet.draw(|canvas, top| {
        let bottom = foot_of_field(&throughput.caption, throughput.size, top, LEAST_FIELD);
        field::draw_field(canvas, throughput, (top, bottom))?;
        Ok(bottom)
    })
}
