//! The pages: one file a page, with the struct its template shows.

pub mod cells;
pub mod changes;
pub mod charts;
mod commit;
pub mod downloads;
mod figures;
pub mod files;
pub mod forecast;
pub mod late;
pub mod overview;
mod pack_rows;
pub mod packs;
mod page;
pub mod province;
pub mod published;
pub mod questions;
pub mod reconciliation;
mod reconciliation_words;
pub mod scenario;
pub mod script_upload;
pub mod upload;
mod upload_outcome;

pub(crate) use downloads::{Download, XLSX};
pub(crate) use page::{Bar, Page, html};
