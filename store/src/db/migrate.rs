//! Brings the tables up to date: two trees of migrations with the same folder names, built into the program.

use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::AnyConnection;
use crate::StoreError;

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// Runs the migrations that the database has not seen yet.
pub(super) fn run_pending(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let outcome = match connection {
        AnyConnection::Sqlite(connection) => run_sqlite(connection),
        AnyConnection::Postgres(connection) => {
            lock_out_other_starts(connection)?;
            connection.run_pending_migrations(POSTGRES).map(drop)
        }
    };
    outcome.map_err(|error| {
        StoreError::Unavailable(format!("bringing the tables up to date: {error}"))
    })
}

/// Two programs may open one new file at once; the second waits until the first has made the tables.
fn run_sqlite(connection: &mut diesel::SqliteConnection) -> diesel::migration::Result<()> {
    AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")?;
    match connection.run_pending_migrations(SQLITE) {
        Ok(_) => Ok(AnsiTransactionManager::commit_transaction(connection)?),
        Err(error) => {
            AnsiTransactionManager::rollback_transaction(connection)?;
            Err(error)
        }
    }
}

/// Two servers may start over one PostgreSQL at once; the second waits until the first has made the tables.
///
/// The lock belongs to this connection alone, which is closed after the migrations.
fn lock_out_other_starts(connection: &mut diesel::PgConnection) -> Result<(), StoreError> {
    use diesel::RunQueryDsl as _;
    /// Any number that no other use of the database takes: the letters "sohoa" as bytes.
    const KEY: &str = "SELECT pg_advisory_lock(495823156065)";
    diesel::sql_query(KEY).execute(connection)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;
    use diesel::sql_types::Text;

    use super::*;
    use crate::db::connection::Manager;
    use crate::testing::on_each_backend;

    #[derive(QueryableByName, PartialEq, Eq, Debug)]
    struct Object {
        #[diesel(sql_type = Text)]
        definition: String,
    }

    /// Everything the database says of its own tables, columns, rules and triggers.
    fn objects(connection: &mut AnyConnection) -> Vec<Object> {
        let catalogue = match connection {
            AnyConnection::Sqlite(_) => {
                "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS definition \
                 FROM sqlite_master WHERE name NOT LIKE '%diesel%' ORDER BY 1"
            }
            AnyConnection::Postgres(_) => {
                "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable \
                 AS definition FROM information_schema.columns WHERE table_schema = 'public' \
                 AND table_name NOT LIKE '%diesel%' \
                 UNION SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) \
                 FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
                 AND conrelid::regclass::text NOT LIKE '%diesel%' \
                 UNION SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger \
                 WHERE NOT tgisinternal ORDER BY 1"
            }
        };
        diesel::sql_query(catalogue).load(connection).unwrap()
    }

    #[test]
    fn going_up_down_and_up_again_leaves_the_same_tables() {
        on_each_backend(|database| {
            let mut connection = Manager::new(&database.address)
                .unwrap()
                .establish()
                .unwrap();
            let nothing = objects(&mut connection);
            run_pending(&mut connection).unwrap();
            let first = objects(&mut connection);
            assert!(first.len() > nothing.len() + 8, "{first:?}");
            match &mut connection {
                AnyConnection::Sqlite(sqlite) => sqlite.revert_all_migrations(SQLITE).map(drop),
                AnyConnection::Postgres(pg) => pg.revert_all_migrations(POSTGRES).map(drop),
            }
            .unwrap();
            assert_eq!(objects(&mut connection), nothing);
            run_pending(&mut connection).unwrap();
            assert_eq!(objects(&mut connection), first);
        });
    }
}
