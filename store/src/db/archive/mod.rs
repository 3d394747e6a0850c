//! The whole content of a database as one neutral archive, and a database made of one again.
//!
//! The archive is a ZIP with a file of JSON lines a table (`tables/counts.jsonl`), one object a row, and `manifest.json` at the
//! end. The tables are those that the database itself lists, so that a new one is never forgotten; [`LEFT_OUT`] names
//! the others. It holds no moment of its own and no order but that of the keys: the same content gives the same bytes,
//! whichever of the two databases it lies in.

mod catalogue;
mod cell;
mod insert;
mod read;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(super) use self::catalogue::{Table, applied_migrations, archived_tables, table_names};
use self::cell::Kind;
pub(super) use self::read::{Archive, fill};
pub(super) use self::write::write_archive;
use crate::StoreError;
use crate::domain::Text;

/// The tables that no archive holds, and why.
pub const LEFT_OUT: [(&str, &str); 7] = [
    (
        "__diesel_schema_migrations",
        "its content is the list `schema` of the manifest",
    ),
    ("units", "made and filled by the migrations"),
    (
        "drafts",
        "uploads that nobody committed; they are dropped after a week",
    ),
    (
        "sessions",
        "who is signed in, here and now; after a restore everybody signs in again",
    ),
    (
        "one_time_links",
        "links to choose a password, good for hours; new ones are made",
    ),
    (
        "idempotency_keys",
        "answers that programs get again when they repeat themselves, kept for hours",
    ),
    ("backups", "tells of the archives of this one database"),
];

/// The version of this form of archive.
const FORMAT: u32 = 1;

/// The file of the archive that says what it holds.
const MANIFEST: &str = "manifest.json";

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the form of archive.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// The migrations that its database had seen, oldest first.
    pub schema: Vec<String>,
    /// How many entries its log has.
    pub entries: u64,
    /// The seal of the last entry; absent for an empty log.
    pub head: Option<String>,
    /// Its tables, each after those that it names.
    pub tables: Vec<ArchivedTable>,
}

/// One table of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedTable {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// The SHA-256 of its file.
    pub sha256: String,
    /// What its columns hold: `integer`, `text`, `boolean`, `date`, `moment` (UTC) or `bytes` (hexadecimal).
    columns: BTreeMap<String, Kind>,
}

impl Manifest {
    /// The rows of all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

fn path_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// A refusal of an archive.
fn unfit(vi: impl Into<String>, en: impl Into<String>) -> StoreError {
    StoreError::Archive(Text::new(vi.into(), en.into()))
}

/// A failure of the file that an archive is read from or written to.
fn unreadable(error: zip::result::ZipError) -> StoreError {
    match error {
        zip::result::ZipError::Io(error) => StoreError::ArchiveFile(error),
        other => unfit(
            format!("tệp sao lưu hỏng: {other}"),
            format!("the archive is damaged: {other}"),
        ),
    }
}
