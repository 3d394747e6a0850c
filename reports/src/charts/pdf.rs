//! A chart as one page of PDF: the same shapes, text that can be selected and searched, its font in the file.
//!
//! No clock is read and nothing is drawn at random: the same chart gives the same bytes.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::chart::{Chart, read};
use super::error::RenderError;

/// The points of a pixel: 72 of an inch to the 96 of a screen.
const POINTS: f32 = 0.75;

/// Writes a chart as a page of its own size.
pub(super) fn write(chart: &Chart) -> Result<Vec<u8>, RenderError> {
    let refused = |what: &str| RenderError::Pdf(what.to_owned());
    let tree = read(&chart.svg)?;
    let (width, height) = (tree.size().width() * POINTS, tree.size().height() * POINTS);
    let size = Size::from_wh(width, height).ok_or_else(|| refused("no size"))?;
    let mut document = Document::new();
    let words = Metadata::new()
        .title(chart.title.clone())
        .description(chart.description.clone());
    document.set_metadata(words);
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| refused("the drawing was refused"))?;
    document
        .finish()
        .map_err(|error| RenderError::Pdf(format!("{error:?}")))
}
