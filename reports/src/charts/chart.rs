//! A finished chart: the picture, its words for those who cannot see it, and its figures as a table.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use store::domain::{Language, spreadsheet_safe};

use super::error::RenderError;
use super::style::{FONT_FAMILY, WIDEST_PX};
use super::{font, pdf};

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
    /// The chart as the bytes of a file; `width_px` is the width of a picture in pixels and means nothing to the others.
    ///
    /// # Errors
    /// As [`Chart::png`]; [`RenderError::Pdf`] and [`RenderError::Csv`] where a library refuses the chart.
    pub fn file(&self, format: ChartFormat, width_px: u32) -> Result<Vec<u8>, RenderError> {
        match format {
            ChartFormat::Svg => Ok(self.svg.clone().into_bytes()),
            ChartFormat::Png => self.png(width_px),
            ChartFormat::Pdf => pdf::write(self),
            ChartFormat::Csv => self.table.csv(),
        }
    }

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
        picture.fill(Color::WHITE);
        let across = f64::from(width_px) / f64::from(tree.size().width());
        let scale = Transform::from_scale(narrow(across), narrow(across));
        resvg::render(&tree, scale, &mut picture.as_mut());
        encode(&picture).map_err(|source| RenderError::Png(source.into()))
    }
}

/// An opaque picture as PNG, without a channel for what shines through and packed by the encoder's quick way: twice as fast
/// as the slow one where areas are of one colour, as they are in charts.
fn encode(picture: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    let (pixels, _) = picture.data().as_chunks::<4>();
    let mut opaque = vec![[0; 3]; pixels.len()];
    for (colours, [red, green, blue, _]) in opaque.iter_mut().zip(pixels) {
        *colours = [*red, *green, *blue];
    }
    writer.write_image_data(opaque.as_flattened())?;
    writer.finish()?;
    Ok(file)
}

/// The forms a chart can be saved in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartFormat {
    /// The picture, scalable, with real text.
    Svg,
    /// The picture in pixels.
    Png,
    /// The picture on one page, scalable, with real text and the font in it.
    Pdf,
    /// The figures as a table.
    Csv,
}

impl ChartFormat {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Svg, Self::Png, Self::Pdf, Self::Csv];

    /// The ending of file names.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Csv => "csv",
        }
    }

    /// The form of an ending; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    /// The kind of the file as the web names it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

impl ChartTable {
    /// A table with headers in both languages.
    pub(crate) fn new(
        language: Language,
        headers: &[(&str, &str)],
        rows: Vec<Vec<String>>,
    ) -> Self {
        let header = |(vi, en): &(&str, &str)| language.pick(vi, en).to_owned();
        Self {
            headers: headers.iter().map(header).collect(),
            rows,
        }
    }

    /// The figures as CSV, with the byte order mark that makes spreadsheets read the letters right.
    fn csv(&self) -> Result<Vec<u8>, RenderError> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(&self.headers)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| spreadsheet_safe(cell).into_owned()))?;
        }
        writer
            .into_inner()
            .map_err(|error| RenderError::Csv(error.into_error().into()))
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
