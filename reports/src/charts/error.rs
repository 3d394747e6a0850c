//! Why a chart cannot be drawn or turned into pixels.

use thiserror::Error;

/// Why a chart cannot be drawn or turned into pixels.
#[derive(Debug, Error)]
pub enum RenderError {
    /// The drawing library refused a shape.
    #[error("cannot draw layer {layer}")]
    Drawing {
        /// The layer that was being drawn.
        layer: &'static str,
        /// What the library said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The picture is not one that can be read back.
    #[error("cannot read the chart back")]
    Svg(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The picture asked for has no pixel, or more than memory should be spent on.
    #[error("a picture {width_px} pixels wide is outside 1 to {most_px}")]
    Width {
        /// The width asked for, in pixels.
        width_px: u32,
        /// The largest width that is drawn, in pixels.
        most_px: u32,
    },
    /// The page could not be written.
    #[error("cannot write the chart as PDF: {0}")]
    Pdf(String),
    /// The figures could not be written.
    #[error("cannot write the figures as CSV")]
    Csv(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The pixels could not be packed.
    #[error("cannot pack the picture")]
    Png(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<csv::Error> for RenderError {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error.into())
    }
}
