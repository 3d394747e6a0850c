//! Brings the tables up to date: two trees of migrations with the same folder names, built into the program.

use std::collections::BTreeMap;

use diesel::backend::Backend;
use diesel::migration::MigrationSource;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::archive::applied_migrations;
use super::connection::{AnyConnection, begin_making, end_write};
use crate::StoreError;
use crate::domain::Text;

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// Runs the migrations that the database has not seen yet; those of a newer program are refused.
///
/// Two programs may open one new database at once; the second waits until the first has made the tables.
pub(super) fn run_pending(connection: &mut AnyConnection) -> Result<(), StoreError> {
    refuse_unknown(&applied_migrations(connection)?)?;
    if let AnyConnection::Postgres(server) = connection {
        lock_out_other_starts(server)?;
        return run(connection, |_| true);
    }
    begin_making(connection)?;
    let made = run(connection, |_| true);
    end_write(connection, made)
}

/// Runs those of the migrations that the database has not seen yet which are wanted, oldest first.
pub(super) fn run(
    connection: &mut AnyConnection,
    wanted: impl Fn(&str) -> bool,
) -> Result<(), StoreError> {
    let outcome = match connection {
        AnyConnection::Sqlite(connection) => run_wanted(connection, SQLITE, wanted),
        AnyConnection::Postgres(connection) => run_wanted(connection, POSTGRES, wanted),
    };
    outcome.map_err(|error| {
        StoreError::Unavailable(format!("bringing the tables up to date: {error}"))
    })
}

fn run_wanted<DB: Backend>(
    connection: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
    wanted: impl Fn(&str) -> bool,
) -> diesel::migration::Result<()> {
    for migration in connection.pending_migrations(source)? {
        if wanted(&migration.name().version().to_string()) {
            connection.run_migration(&migration)?;
        }
    }
    Ok(())
}

/// The migrations that the program knows and a database has not seen, by their names, oldest first.
pub(super) fn pending(seen: &[String]) -> Result<Vec<String>, StoreError> {
    let mut pending = known()?;
    pending.retain(|version, _| !seen.contains(version));
    Ok(pending.into_values().collect())
}

/// Fails where a database has seen a migration that this program does not know.
pub(super) fn refuse_unknown(seen: &[String]) -> Result<(), StoreError> {
    let known = known()?;
    match seen.iter().find(|version| !known.contains_key(*version)) {
        None => Ok(()),
        Some(version) => Err(StoreError::Archive(Text::new(
            format!(
                "dữ liệu do phiên bản chương trình mới hơn tạo (bước {version}); hãy dùng phiên bản đó"
            ),
            format!(
                "the data were made by a newer version of this program (step {version}); use that one"
            ),
        ))),
    }
}

/// The names of all migrations by their versions. The trees have the same folders.
fn known() -> Result<BTreeMap<String, String>, StoreError> {
    let unreadable = |error| StoreError::Unavailable(format!("the list of migrations: {error}"));
    let migrations = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(unreadable)?;
    let names = migrations.iter().map(|migration| migration.name());
    Ok(names
        .map(|name| (name.version().to_string(), name.to_string()))
        .collect())
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
