//! The reconciliation form in three dresses: a JSON document, a sheet with a row a key, a sheet with a row a batch.
//!
//! Each is turned into the same keyed cells, and one reader makes entries of the ledger of them.

mod cells;
mod document;
mod entry;
pub(crate) mod item;
mod sheets;

pub(crate) use cells::Cells;
pub(crate) use document::is_document;
pub(crate) use sheets::{read_document_file, read_reconciliation};
