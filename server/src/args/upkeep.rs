//! The options of `sohoa backup`, `restore`, `verify` and `upgrade`.

use std::path::PathBuf;

use clap::Args;

use super::{Database, Lang};

/// `sohoa backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The archive to write, which must not be there yet; in a folder it is named by the moment.
    #[arg(value_name = "FILE-OR-FOLDER")]
    pub out: PathBuf,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The archive.
    #[arg(value_name = "ARCHIVE")]
    pub archive: PathBuf,
    /// The database to make: a file that is not there, or an empty database of a server.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa upgrade`.
#[derive(Debug, Args)]
pub struct Upgrade {
    /// Upgrade a copy, prove it and throw it away; the database is only read.
    #[arg(long)]
    pub rehearse: bool,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}
