//! A finished chart: the picture, its words for those who cannot see it, and its figures as a table.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::error::RenderError;
use super::font;
use super::style::{FONT_FAMILY, WIDEST_PX};

/// A finished chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The picture as SVG: scalable, with real text. The same data give the same bytes.
    pub svg: String,
    /// What the chart shows, in the chart's language.
    pub title: String,
    /// What a reader would see, in sentences with the figures, in the chart's language.
    pub description: String,
    /// Every figure drawn.
    pub table: ChartTable,
}

/// The figures of a chart, written in the chart's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartTable {
    /// What stands in each column.
    pub headers: Vec<String>,
    /// The cells, each row as long as the headers. An empty cell is a figure that does not exist; one that should exist
    /// and was not reported says so.
    pub rows: Vec<Vec<String>>,
}

impl Chart {
    /// The picture as PNG, `width_px` pixels wide and as high as the chart's shape asks for.
    ///
    /// Drawn with the program's own font only, so that every machine gives the same bytes.
    ///
    /// # Errors
    /// [`RenderError::Width`] where the width is zero or more than 14,043 pixels (A0 at 300 dots per inch);
    /// [`RenderError::Svg`] and [`RenderError::Png`] where a library refuses the picture.
    pub fn png(&self, width_px: u32) -> Result<Vec<u8>, RenderError> {
        let outside = || RenderError::Width {
            width_px,
            most_px: WIDEST_PX,
        };
        if !(1..=WIDEST_PX).contains(&width_px) {
            return Err(outside());
        }
        let tree = read(&self.svg)?;
        let size = tree.size().to_int_size();
        let size = size.scale_to_width(width_px).ok_or_else(outside)?;
        let mut picture = Pixmap::new(size.width(), size.height()).ok_or_else(outside)?;
        let across = f64::from(width_px) / f64::from(tree.size().width());
        let scale = Transform::from_scale(narrow(across), narrow(across));
        resvg::render(&tree, scale, &mut picture.as_mut());
        picture
            .encode_png()
            .map_err(|source| RenderError::Png(source.into()))
    }
}

/// Reads a chart back as the tree of shapes and glyphs that is put on paper.
pub(crate) fn read(svg: &str) -> Result<Tree, RenderError> {
    let options = Options {
        font_family: FONT_FAMILY.to_owned(),
        fontdb: font::database(),
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|source| RenderError::Svg(source.into()))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a scale needs no more digits than the rasterizer has"
)]
const fn narrow(value: f64) -> f32 {
    value as f32
}
