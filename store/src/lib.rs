//! The archive: the words of the domain, and the ledger that keeps every reported fact with the date it is true for and
//! the moment it became known.
//!
//! [`domain`] holds plain types and their rules without any input or output. [`db`] is the only place of the whole
//! program that knows a table or a line of SQL.

pub mod db;
pub mod domain;
mod error;
#[cfg(feature = "testing")]
pub mod testing;

pub use db::{
    ArchivedTable, Backup, CellValue, Draft, KeptAnswer, LEFT_OUT, LogEntry, LogFilter, Manifest,
    Recorded, Rehearsal, Reserved, Store, UnitEvent, Verification,
};
pub use error::StoreError;
