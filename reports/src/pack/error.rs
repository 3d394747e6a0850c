//! Why a pack cannot be made.

use thiserror::Error;

use crate::charts::RenderError;
use crate::render::TableError;

/// Why a pack cannot be made. A renderer that fails fails the whole pack.
#[derive(Debug, Error)]
pub enum PackError {
    /// A chart cannot be drawn.
    #[error("a chart of the pack cannot be drawn")]
    Chart(#[from] RenderError),
    /// A table cannot be written.
    #[error("a table of the pack cannot be written")]
    Table(#[from] TableError),
    /// The workbook cannot be written.
    #[error("the workbook cannot be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The parts of a document cannot be packed.
    #[error("the parts of a document cannot be packed")]
    Package(#[from] zip::result::ZipError),
    /// The PDF cannot be written.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
}
