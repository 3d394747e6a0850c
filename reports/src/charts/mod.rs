//! Charts: figures in, a picture with its words and its table out.
//!
//! One visual language for page, print and export. Text is real text in the font that comes with the program; nothing
//! overlaps or is cut; nothing tells lines apart by colour alone.

mod burn_up;
mod callout;
mod canvas;
mod caption;
mod chart;
mod error;
mod flags;
pub(crate) mod font;
mod frame;
mod geometry;
mod label;
mod legend;
mod plot;
mod ranking;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod samples;
mod series;
pub(crate) mod style;
mod time_axis;
mod value_axis;

pub use burn_up::{BurnUp, draw_burn_up};
pub(crate) use caption::SYNTHETIC_MARK;
pub use caption::{Caption, Coverage};
pub(crate) use chart::read;
pub use chart::{Chart, ChartTable};
pub use error::RenderError;
pub use ranking::{Columns, Ranking, RankingRow, draw_ranking};
pub use series::{Band, DatedCount, FanPoint, NamedDay, PublishedPoint};
pub use style::ChartSize;
