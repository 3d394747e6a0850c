//! Workbooks of Excel and LibreOffice: what kind a file is, whether it is safe to open, and its sheets as tables.

mod beside;
mod biff;
mod cells;
mod choose;
mod hidden;
mod kind;
mod ods;
mod ole;
mod open;
mod package;
mod refused;
mod sheets;

pub(crate) use beside::{holds_only_sheets, texts_beside};
pub(crate) use choose::read_workbook;
pub(crate) use kind::Container;
