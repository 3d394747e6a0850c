//! The two databases behind one connection type, chosen at run time by the form of the address.

use std::path::Path;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection as _, RunQueryDsl, sql_query};

use crate::StoreError;

/// Connections kept open. Reads run side by side; writes wait for one another in both databases.
pub(super) const POOL_SIZE: u32 = 8;

/// How long a caller waits for a connection before it is told that the database is not available.
pub(super) const POOL_TIMEOUT: Duration = Duration::from_secs(10);

/// What every SQLite connection starts with.
///
/// `synchronous = NORMAL` under WAL: a commit survives the end of the process, and after a power cut the database is whole
/// but the last moments may be missing. `busy_timeout` is how long a writer waits for another one, in milliseconds; it comes first because
/// turning WAL on waits too. Pages are read through memory maps of up to 256 MB, which connections share, and each connection
/// keeps at most 16 MB of its own.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 268435456;";

/// The pages that a connection keeps.
const SQLITE_CACHE: &str = "PRAGMA cache_size = -16384";

/// A connection to either database; queries are written once for both.
#[derive(diesel::MultiConnection)]
pub(super) enum AnyConnection {
    /// The embedded database in one file.
    Sqlite(SqliteConnection),
    /// A PostgreSQL server.
    Postgres(PgConnection),
}

/// Opens connections for the pool.
///
/// The derived way of opening tries one database after the other and hides the real error, so the form of the address
/// decides here.
#[derive(Debug)]
pub(super) struct Manager {
    address: Address,
}

#[derive(Debug)]
enum Address {
    Sqlite(String),
    Postgres(String),
}

impl Manager {
    pub(super) fn new(address: &str) -> Result<Self, StoreError> {
        let address = match address.split_once("://") {
            Some(("postgres" | "postgresql", _)) => Address::Postgres(address.to_owned()),
            Some(("sqlite", file)) if !file.is_empty() => Address::Sqlite(file.to_owned()),
            Some((scheme, _)) => return Err(StoreError::Address(format!("{scheme}://…"))),
            None if address.is_empty() => return Err(StoreError::Address(String::new())),
            None => Address::Sqlite(address.to_owned()),
        };
        Ok(Self { address })
    }

    /// Fails where the file of an embedded database is not there; a server says so itself.
    pub(super) fn must_exist(&self) -> Result<(), StoreError> {
        match &self.address {
            Address::Sqlite(file) if !Path::new(file).is_file() => Err(StoreError::Unavailable(
                format!("{file}: there is no such database"),
            )),
            Address::Sqlite(_) | Address::Postgres(_) => Ok(()),
        }
    }

    /// The file of an embedded database; `None` for a server.
    pub(super) fn file(&self) -> Option<&Path> {
        match &self.address {
            Address::Sqlite(file) => Some(Path::new(file)),
            Address::Postgres(_) => None,
        }
    }

    pub(super) fn establish(&self) -> Result<AnyConnection, StoreError> {
        match &self.address {
            Address::Sqlite(file) => {
                let refused = |reason: String| StoreError::Unavailable(format!("{file}: {reason}"));
                let mut connection = SqliteConnection::establish(file)
                    .map_err(|error| refused(error.to_string()))?;
                connection
                    .batch_execute(SQLITE_SETTINGS)
                    .and_then(|()| connection.batch_execute(SQLITE_CACHE))
                    .map_err(|error| refused(error.to_string()))?;
                Ok(AnyConnection::Sqlite(connection))
            }
            Address::Postgres(url) => PgConnection::establish(url)
                .map(AnyConnection::Postgres)
                .map_err(|error| StoreError::Unavailable(error.to_string())),
        }
    }
}

impl r2d2::ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = StoreError;

    fn connect(&self) -> Result<AnyConnection, StoreError> {
        self.establish()
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        match connection {
            // A file cannot hang up, and asking it before every read would cost as much as the read.
            AnyConnection::Sqlite(_) => Ok(()),
            AnyConnection::Postgres(connection) => sql_query("SELECT 1")
                .execute(connection)
                .map(drop)
                .map_err(StoreError::from),
        }
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        match connection {
            AnyConnection::Sqlite(connection) => {
                AnsiTransactionManager::is_broken_transaction_manager(connection)
            }
            AnyConnection::Postgres(connection) => {
                AnsiTransactionManager::is_broken_transaction_manager(connection)
            }
        }
    }
}

/// Begins a write and keeps every other writer waiting until it ends, so that the log has one order.
pub(super) fn begin_write(connection: &mut AnyConnection) -> Result<(), StoreError> {
    match connection {
        // A transaction that began as a read could not become a write after another one wrote in between.
        AnyConnection::Sqlite(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")?;
        }
        AnyConnection::Postgres(connection) => {
            AnsiTransactionManager::begin_transaction(connection)?;
            if let Err(error) = connection.batch_execute("LOCK TABLE log IN EXCLUSIVE MODE") {
                AnsiTransactionManager::rollback_transaction(connection)?;
                return Err(error.into());
            }
        }
    }
    Ok(())
}

/// Runs queries that all see the database as it was when the first of them was asked.
pub(super) fn in_snapshot<T>(
    connection: &mut AnyConnection,
    queries: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    match connection {
        AnyConnection::Sqlite(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN")?;
        }
        AnyConnection::Postgres(connection) => {
            const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
            AnsiTransactionManager::begin_transaction_sql(connection, BEGIN)?;
        }
    }
    let answer = queries(connection);
    end_write(connection, answer)
}

/// Begins a transaction that makes tables.
pub(super) fn begin_making(connection: &mut AnyConnection) -> Result<(), StoreError> {
    match connection {
        AnyConnection::Sqlite(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")?;
        }
        AnyConnection::Postgres(connection) => {
            AnsiTransactionManager::begin_transaction(connection)?;
        }
    }
    Ok(())
}

/// Takes back everything since the beginning of the transaction.
pub(super) fn take_back(connection: &mut AnyConnection) -> Result<(), StoreError> {
    type Manager = <AnyConnection as diesel::Connection>::TransactionManager;
    Ok(Manager::rollback_transaction(connection)?)
}

/// Ends a write: commits where it went well, and takes everything back where it did not.
pub(super) fn end_write<T>(
    connection: &mut AnyConnection,
    written: Result<T, StoreError>,
) -> Result<T, StoreError> {
    type Manager = <AnyConnection as diesel::Connection>::TransactionManager;
    match written {
        Ok(value) => {
            if let Err(error) = Manager::commit_transaction(connection) {
                // A commit that failed, on a full disk for instance, may leave the transaction open.
                drop(Manager::rollback_transaction(connection));
                return Err(error.into());
            }
            Ok(value)
        }
        Err(error) => {
            // The first failure says what is wrong; a connection that cannot even roll back is dropped by the pool.
            drop(Manager::rollback_transaction(connection));
            Err(error)
        }
    }
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        /// Parts of the databases' own messages that mean "not now" rather than "not this".
        const NOT_NOW: [&str; 8] = [
            "database is locked",
            "database or disk is full",
            "No space left",
            "readonly database",
            "read-only",
            "disk I/O error",
            "unable to open database",
            "shutting down",
        ];
        match &error {
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection, information) => {
                Self::Unavailable(information.message().to_owned())
            }
            Error::DatabaseError(_, information)
                if NOT_NOW
                    .iter()
                    .any(|part| information.message().contains(part)) =>
            {
                Self::Unavailable(information.message().to_owned())
            }
            Error::BrokenTransactionManager => Self::Unavailable(error.to_string()),
            _ => Self::Query(error),
        }
    }
}

/// Makes an empty database on a PostgreSQL server, for one test.
#[cfg(feature = "testing")]
pub(crate) fn make_postgres_database(server: &str, name: &str) -> Result<(), StoreError> {
    let mut connection = PgConnection::establish(server)
        .map_err(|error| StoreError::Unavailable(error.to_string()))?;
    connection.batch_execute(&format!("CREATE DATABASE {name}"))?;
    Ok(())
}
