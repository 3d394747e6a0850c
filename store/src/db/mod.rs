//! The only public door to storage, and the only place that names a table.
//!
//! Every write goes through one private function, `Store::write`, which seals an entry of the log in the same transaction; there is no other
//! way to write a fact. Entries are numbered without gaps, and the number of the entry is the number of the fact.

mod accounts;
mod answers;
mod archive;
mod audit_rows;
mod audits;
mod basis;
mod batch_rows;
mod bulk;
mod campaigns;
mod case_rows;
mod cells;
mod changes;
mod connection;
mod content;
mod counts;
mod credentials;
mod day;
mod deadlines;
mod difficulties;
mod drafts;
mod exemptions;
mod forecasts;
mod idempotency_keys;
mod letter_templates;
mod letters;
mod log;
mod migrate;
mod outbox;
mod packs;
mod published;
mod receipts;
mod reconciliation_rows;
mod reconciliations;
mod rows;
mod rule_sets;
mod schema;
mod series;
mod sessions;
mod statement_rows;
mod submissions;
mod tokens;
mod upkeep;
mod verify;
mod withdrawals;

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};

pub use self::archive::{ArchivedTable, LEFT_OUT, Manifest};
pub use self::basis::UnitEvent;
pub use self::cells::CellValue;
#[cfg(feature = "testing")]
pub(crate) use self::connection::make_postgres_database;
use self::connection::{AnyConnection, Manager};
pub use self::drafts::Draft;
pub use self::idempotency_keys::{KeptAnswer, Reserved};
pub use self::log::{LogEntry, LogFilter};
use self::series::KeptSeries;
pub use self::submissions::Recorded;
pub use self::upkeep::{Backup, Rehearsal};
pub use self::verify::Verification;
use crate::StoreError;
use crate::domain::Digest;

/// The archive: one database, SQLite or PostgreSQL, behind a pool of connections.
#[derive(Clone)]
pub struct Store {
    pool: r2d2::Pool<Manager>,
    series: Arc<KeptSeries>,
}

/// What a write is, for the log.
struct Deed<'a> {
    actor: &'a str,
    action: &'static str,
    subject: String,
    content: Digest,
}

/// The number and the moment of an entry of the log.
#[derive(Clone, Copy)]
struct Entry {
    id: i64,
    recorded_at: DateTime<Utc>,
}

impl Store {
    /// Opens the database at an address, making it and bringing its tables up to date where needed.
    ///
    /// An address that begins with `postgres://` or `postgresql://` is a PostgreSQL server; anything else is the file of a
    /// SQLite database.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the database cannot be reached, made or written.
    pub fn open(address: &str) -> Result<Self, StoreError> {
        let manager = Manager::new(address)?;
        migrate::run_pending(&mut manager.establish()?)?;
        Self::over(manager)
    }

    /// Opens a database that must be there, without bringing its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where there is none.
    pub fn attach(address: &str) -> Result<Self, StoreError> {
        let manager = Manager::new(address)?;
        manager.must_exist()?;
        Self::over(manager)
    }

    fn over(manager: Manager) -> Result<Self, StoreError> {
        let pool = r2d2::Pool::builder()
            .max_size(connection::POOL_SIZE)
            .connection_timeout(connection::POOL_TIMEOUT)
            .build(manager)
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let series = Arc::default();
        Ok(Self { pool, series })
    }

    /// Opens a database that must be there already: a misspelt file name is an error and not a new, empty archive.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where there is none, or as [`Store::open`].
    pub fn open_existing(address: &str) -> Result<Self, StoreError> {
        Manager::new(address)?.must_exist()?;
        Self::open(address)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it does not.
    pub fn ping(&self) -> Result<(), StoreError> {
        self.read(|connection| log::head(connection).map(drop))
    }

    /// The moment of the latest write that could change a figure; `None` where there is none. Issuing a pack or
    /// letters and changing an account are no such writes.
    ///
    /// A read "as known on" this moment never changes afterwards, for every later write gets a later moment.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn latest_moment(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(log::latest_change)
    }

    fn connection(&self) -> Result<r2d2::PooledConnection<Manager>, StoreError> {
        self.pool
            .get()
            .map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    fn read<T>(
        &self,
        query: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        query(&mut *self.connection()?)
    }

    /// Runs a write and seals its entry of the log in one transaction; nothing is left of either where one fails.
    ///
    /// The entry's moment is `now`, or a microsecond after the entry before it where the clock has not moved on or was set
    /// back: that is what makes a read of the past final.
    fn write<T>(
        &self,
        deed: &Deed<'_>,
        now: DateTime<Utc>,
        statements: impl FnOnce(&mut AnyConnection, Entry) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut pooled = self.connection()?;
        let connection = &mut *pooled;
        connection::begin_write(connection)?;
        let written = log::append(connection, deed, now.trunc_subsecs(6))
            .and_then(|entry| statements(connection, entry));
        connection::end_write(connection, written)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Store").finish_non_exhaustive()
    }
}
