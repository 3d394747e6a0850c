//! The pages: one file a page, with the struct its template shows.

pub mod bottleneck;
pub mod cells;
pub mod charts;
mod commit;
pub mod difficulties;
pub mod downloads;
mod figures;
pub mod files;
pub mod forecast;
pub mod overview;
pub mod packs;
mod page;
pub mod province;
pub mod published;
pub mod questions;
pub mod reconciliation;
mod reconciliation_words;
pub mod revision;
pub mod scenario;
pub mod scorecard;
pub mod script_upload;
pub mod upload;
mod upload_outcome;

pub(crate) use page::{Bar, Page, html};
