//! When each unit is likely to be done: the interval of the date against the deadline, and words where there is no date.

mod description;
mod field;
use chrono::NaiveDate;
use store::domain::Text;

use super::caption::Caption;
use super::chart::Chart;
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::series::NamedDay;
use super::style::ChartSize;

/// The spread of a date of completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateSpread {
    /// One future in ten is done before this day; `None` where that is after the last day looked at.
    pub p10: Option<NaiveDate>,
    /// The median; `None` where it is after the last day looked at.
    pub p50: Option<NaiveDate>,
    /// Nine futures in ten are done by this day; `None` where that is after the last day looked at.
    pub p90: Option<NaiveDate>,
}

/// What is known of the completion of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done.
    Done {
        /// Since this day.
        since: NaiveDate,
    },
    /// A date with its spread.
    Spread(DateSpread),
    /// No date, and why: too few reports, no progress, no total, not reported.
    None(Text),
}

/// One unit of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineRow {
    /// Its name.
    pub name: Text,
    /// What is known of its completion.
    pub ending: Ending,
}

/// What a timeline of completions shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// The units, in the order they are drawn.
    pub rows: Vec<TimelineRow>,
    /// The deadline in force for the nation.
    pub deadline: Option<NamedDay>,
}

/// Draws a timeline of completions.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_timeline(timeline: &Timeline) -> Result<Chart, RenderError> {
    let sheet = Sheet {
        caption: &timeline.caption,
        size: timeline.size,
        head: Head {
            title: description::title(timeline),
            definition: description::definition(timeline),
            keys: description::keys(timeline),
        },
        description: description::describe(timeline),
        table: description::table(timeline),
    };
    sheet.draw(|canvas, top| field::draw_field(canvas, timeline, top))
}
