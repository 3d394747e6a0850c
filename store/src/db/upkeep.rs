//! Keeping the archive alive: backup while it is written, restoring, and the rehearsal of an upgrade.

use std::collections::BTreeMap;
use std::io::{Read, Seek, Write};
use std::path::Path;

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{self, BigInt};

use super::archive::{
    Archive, Manifest, applied_migrations, archived_tables, fill, table_names, write_archive,
};
use super::connection::{self, AnyConnection, Manager, in_snapshot};
use super::schema::backups;
use super::verify::{Verification, prove};
use super::{Store, migrate};
use crate::StoreError;
use crate::domain::{Digest, Text};

/// An archive that was made of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The SHA-256 of the archive.
    pub sha256: Digest,
    /// How many entries the log had.
    pub entries: u64,
    /// When it was whole.
    pub finished_at: DateTime<Utc>,
}

/// What an upgrade would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    /// The migrations that the database has not seen, by name, oldest first.
    pub pending: Vec<String>,
    /// The rows of each table before.
    pub before: BTreeMap<String, u64>,
    /// The rows of each table after.
    pub after: BTreeMap<String, u64>,
    /// The proof of the copy after the migrations.
    pub verification: Verification,
}

impl Store {
    /// Writes everything that the database at an address holds as one archive, as of one moment and while it is written to.
    ///
    /// The tables stay as they are, also where this program would bring them up to date.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer or holds no tables of this program, or the target takes no more.
    pub fn back_up(address: &str, target: impl Write + Seek) -> Result<Manifest, StoreError> {
        let manager = Manager::new(address)?;
        manager.must_exist()?;
        let connection = &mut manager.establish()?;
        in_snapshot(connection, |connection| write_archive(connection, target))
    }

    /// Notes that an archive was made of this database, and when.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not take it.
    pub fn note_backup(&self, backup: &Backup) -> Result<(), StoreError> {
        let sha256 = backup.sha256.to_string();
        let finished_at = backup.finished_at.trunc_subsecs(6).naive_utc();
        self.read(|connection| {
            diesel::delete(backups::table.find(&sha256)).execute(connection)?;
            diesel::insert_into(backups::table)
                .values((
                    backups::sha256.eq(&sha256),
                    backups::entries.eq(backup.entries.cast_signed()),
                    backups::finished_at.eq(finished_at),
                ))
                .execute(connection)?;
            Ok(())
        })
    }

    /// The archive made last; `None` where none was.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn last_backup(&self) -> Result<Option<Backup>, StoreError> {
        let row: Option<(String, i64, NaiveDateTime)> = self.read(|connection| {
            let last = backups::table.order((backups::finished_at.desc(), backups::sha256));
            Ok(last.first(connection).optional()?)
        })?;
        let backup = |(sha256, entries, finished_at): (String, i64, NaiveDateTime)| {
            let sha256 = Digest::parse(&sha256).ok_or(StoreError::Corrupt(sha256))?;
            Ok(Backup {
                sha256,
                entries: entries.unsigned_abs(),
                finished_at: finished_at.and_utc(),
            })
        };
        row.map(backup).transpose()
    }

    /// Whether the database answers and has seen exactly the migrations that this program knows.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it does not answer.
    pub fn is_up_to_date(&self) -> Result<bool, StoreError> {
        let seen = self.read(applied_migrations)?;
        Ok(migrate::refuse_unknown(&seen).is_ok() && migrate::pending(&seen)?.is_empty())
    }

    /// How many connections wait for a query, and how many run one.
    #[must_use]
    pub fn connections(&self) -> (u32, u32) {
        let state = self.pool.state();
        let idle = state.idle_connections;
        (idle, state.connections.saturating_sub(idle))
    }

    /// Makes a database of an archive, of either kind, and proves it before it is committed.
    ///
    /// Its tables are made as they were when the archive was written and then brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the database holds anything; [`StoreError::Archive`] where the archive is damaged or
    /// of a newer program. Nothing is left of it in any case.
    pub fn restore(address: &str, source: impl Read + Seek) -> Result<Manifest, StoreError> {
        let mut archive = Archive::open(source)?;
        let connection = &mut Manager::new(address)?.establish()?;
        connection::begin_making(connection)?;
        let restored = fill_and_prove(connection, &mut archive);
        connection::end_write(connection, restored)
    }

    /// Brings a copy of the database up to date and proves it. The database itself is only read.
    ///
    /// `folder` takes the copy; what was put there is for the caller to remove.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer, the copy finds no room, or a migration fails.
    pub fn rehearse(address: &str, folder: &Path) -> Result<Rehearsal, StoreError> {
        let manager = Manager::new(address)?;
        manager.must_exist()?;
        let original = &mut manager.establish()?;
        let seen = applied_migrations(original)?;
        migrate::refuse_unknown(&seen)?;
        let before = row_counts(original)?;
        let (after, verification) = if manager.file().is_some() {
            rehearse_on_file(original, &folder.join("copy.sqlite"))?
        } else {
            rehearse_on_server(&manager, original, &folder.join("copy.zip"))?
        };
        Ok(Rehearsal {
            pending: migrate::pending(&seen)?,
            before,
            after,
            verification,
        })
    }
}

fn fill_and_prove<R: Read + Seek>(
    connection: &mut AnyConnection,
    archive: &mut Archive<R>,
) -> Result<Manifest, StoreError> {
    if let Some(table) = table_names(connection)?.first() {
        return Err(StoreError::Conflict(Text::new(
            format!(
                "cơ sở dữ liệu không trống (có bảng {table}); hãy phục hồi vào cơ sở dữ liệu mới"
            ),
            format!("the database is not empty (it has a table {table}); restore into a new one"),
        )));
    }
    fill(connection, archive)?;
    let manifest = archive.manifest.clone();
    let proof = prove(connection)?;
    match &proof {
        Verification::Whole { entries, head }
            if *entries == manifest.entries
                && head.map(|head| head.to_string()) == manifest.head =>
        {
            Ok(manifest)
        }
        other => Err(StoreError::Archive(Text::new(
            format!("dữ liệu trong tệp sao lưu không nguyên vẹn: {other:?}"),
            format!("the data in the archive are not whole: {other:?}"),
        ))),
    }
}

type Rehearsed = (BTreeMap<String, u64>, Verification);

fn rehearse_on_file(original: &mut AnyConnection, copy: &Path) -> Result<Rehearsed, StoreError> {
    let copy = copy.display().to_string();
    sql_query("VACUUM INTO $1")
        .bind::<sql_types::Text, _>(&copy)
        .execute(original)?;
    let connection = &mut Manager::new(&copy)?.establish()?;
    migrate::run_pending(connection)?;
    Ok((row_counts(connection)?, prove(connection)?))
}

/// A copy in a schema of its own, made and taken back in one transaction: nobody else ever sees it.
fn rehearse_on_server(
    manager: &Manager,
    original: &mut AnyConnection,
    copy: &Path,
) -> Result<Rehearsed, StoreError> {
    const OWN_SCHEMA: [&str; 2] = [
        "CREATE SCHEMA sohoa_rehearsal",
        "SET LOCAL search_path TO sohoa_rehearsal",
    ];
    let failed = StoreError::ArchiveFile;
    let options = || std::fs::File::options().read(true).write(true).clone();
    let mut file = options().create_new(true).open(copy).map_err(failed)?;
    in_snapshot(original, |original| write_archive(original, &file))?;
    file.rewind().map_err(failed)?;
    let mut archive = Archive::open(file)?;
    let connection = &mut manager.establish()?;
    connection::begin_making(connection)?;
    let rehearsed = OWN_SCHEMA
        .into_iter()
        .try_for_each(|statement| Ok(sql_query(statement).execute(connection).map(drop)?))
        .and_then(|()| fill(connection, &mut archive))
        .and_then(|()| Ok((row_counts(connection)?, prove(connection)?)));
    connection::take_back(connection)?;
    rehearsed
}

#[derive(QueryableByName)]
struct Rows {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

fn row_counts(connection: &mut AnyConnection) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut counts = BTreeMap::new();
    for table in archived_tables(connection)? {
        let query = format!("SELECT count(*) AS rows FROM \"{}\"", table.name);
        let Rows { rows } = sql_query(query).get_result(connection)?;
        counts.insert(table.name, rows.unsigned_abs());
    }
    Ok(counts)
}
