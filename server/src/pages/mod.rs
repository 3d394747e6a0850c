//! The pages: one file a page, with the struct its template shows.

pub mod account;
pub mod accounts;
pub mod audit;
pub mod bottleneck;
pub mod cells;
pub mod changes;
pub mod charts;
pub(crate) mod commit;
pub mod difficulties;
pub mod downloads;
mod figures;
pub mod files;
pub mod forecast;
pub mod late;
pub mod late_template;
pub mod links;
pub mod openid;
pub mod overview;
mod pack_rows;
pub mod packs;
mod page;
pub mod province;
pub mod published;
pub mod questions;
pub mod reconciliation;
pub mod revision;
pub mod scenario;
pub mod scorecard;
pub(crate) mod script_upload;
pub mod second_factor;
pub mod sign_in;
pub mod upload;
mod upload_outcome;
mod wording;

pub(crate) use downloads::{Download, XLSX};
pub(crate) use page::{Bar, Page, html};
