//! From rows to domain types, one file for each form.

mod counts;
mod long;
mod published;
mod reconciliation;
mod rows;

pub(crate) use counts::read_counts;
pub(crate) use long::merge_stages;
pub(crate) use published::read_published;
pub(crate) use reconciliation::{
    Cells, is_document, item, read_document_file, read_reconciliation,
};
pub(crate) use rows::{FormRows, ReadRow};
