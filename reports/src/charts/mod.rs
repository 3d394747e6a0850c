//! Charts: figures in, a picture with its words and its table out.
//!
//! One visual language for page, print and export. Text is real text in the font that comes with the program; nothing
//! overlaps or is cut; nothing tells lines apart by colour alone.

mod ageing;
mod bands;
mod burn_up;
mod calibration;
mod callout;
mod canvas;
mod caption;
mod chart;
mod comparison;
mod count_bars;
mod error;
#[cfg(test)]
mod every_chart;
mod field_rates;
mod flags;
pub(crate) mod font;
mod frame;
mod geometry;
mod label;
mod lateness;
mod legend;
mod meeting;
mod multiples;
mod pace;
mod pdf;
mod plot;
mod ranking;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod samples;
mod series;
mod stage_gap;
pub(crate) mod style;
mod submissions;
mod throughput;
mod tile_grid;
mod time_axis;
mod timeline;
mod unit_rows;
mod value_axis;
mod waterfall;

pub use ageing::{AgeingChart, AgeingRow, draw_ageing};
pub use burn_up::{BurnUp, draw_burn_up};
pub use calibration::{Calibration, CalibrationRow, draw_calibration};
pub(crate) use caption::SYNTHETIC_MARK;
pub use caption::{Caption, Coverage};
pub(crate) use chart::read;
pub use chart::{Chart, ChartFormat, ChartTable};
pub use comparison::{Comparison, ComparisonStep, draw_comparison};
pub use error::RenderError;
pub use field_rates::{FieldPanel, FieldPoint, FieldRates, draw_field_rates};
pub use lateness::{Lateness, LatenessRow, draw_lateness};
pub use meeting::{Meeting, MeetingRow, draw_meeting};
pub use multiples::{DatedShare, Multiples, Panel, SharePoint, draw_multiples};
pub use pace::{Pace, PaceRow, draw_pace};
pub use ranking::{Columns, Ranking, RankingRow, draw_ranking};
pub use series::{Band, DatedCount, FanPoint, NamedDay, PublishedPoint};
pub use stage_gap::{StageGap, StageGapRow, draw_stage_gap};
pub use style::ChartSize;
pub(crate) use style::real;
pub use submissions::{Arrival, SubmissionRow, Submissions, draw_submissions};
pub use throughput::{Throughput, WeekWork, draw_throughput};
pub use tile_grid::{Tile, TileGrid, TileState, draw_tile_grid};
pub(crate) use tile_grid::{archipelago, placed_tiles, shade};
pub use timeline::{DateSpread, Ending, Timeline, TimelineRow, draw_timeline};
pub use waterfall::{Landing, Waterfall, WaterfallRow, draw_waterfall};
