//! The slides of a pack: the same for the presentation and for the PDF, which only draw what stands here.

mod area;
mod block;
mod charts;
mod frame;
mod national;
mod province;
mod summary;
mod tables;

pub(crate) use area::{Area, HEIGHT, WIDTH};
pub(crate) use block::{Block, CELL_EDGE, Grid, LINE, Paragraph, ROW, Side};
pub(crate) use charts::UNKNOWN;
pub(crate) use frame::framed;

use plotters::style::RGBColor;

use super::Pack;
use super::error::PackError;

/// The ground of a field with words.
const WASH: RGBColor = RGBColor(0xF1, 0xF4, 0xF8);

/// A slide.
#[derive(Clone, Debug)]
pub(crate) struct Slide {
    /// What it is about, for the bookmarks and above the title.
    pub(crate) topic: String,
    /// What it shows, in a sentence where it states a finding.
    pub(crate) title: String,
    /// Whether it is one of many of a kind, which stand under the slide before them in the bookmarks.
    pub(crate) level: Level,
    pub(crate) blocks: Vec<Block>,
    /// What the speaker reads.
    pub(crate) notes: String,
}

/// Where a slide stands in the bookmarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Main,
    Under,
}

/// What stands below words that do not all fit, after their number.
const fn more(pack: &Pack) -> &'static str {
    pack.about.t("mục nữa, xem báo cáo", "more, see the report")
}

/// Every slide, in order.
pub(crate) fn slides(pack: &Pack) -> Result<Vec<Slide>, PackError> {
    let mut slides = national::slides(pack);
    slides.extend(tables::slides(pack));
    slides.extend(province::slides(pack));
    slides.extend(tables::definitions(pack));
    Ok(slides)
}
