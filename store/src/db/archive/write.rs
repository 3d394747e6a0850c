//! Writing an archive, a row at a time.

use std::io::{Seek, Write};

use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::{RunQueryDsl as _, sql_query};
use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::catalogue::{self, Table};
use super::cell::{Cells, Kind};
use super::{ArchivedTable, FORMAT, MANIFEST, Manifest, path_of, unreadable};
use crate::StoreError;
use crate::db::connection::AnyConnection;
use crate::db::log;
use crate::domain::{DigestWriter, Text};

/// Writes everything that the database holds, as the snapshot of this connection sees it.
pub(in crate::db) fn write_archive(
    connection: &mut AnyConnection,
    target: impl Write + Seek,
) -> Result<Manifest, StoreError> {
    let schema = catalogue::applied_migrations(connection)?;
    if schema.is_empty() {
        return Err(StoreError::NotFound {
            what: Text::new("bảng của chương trình", "tables of this program"),
        });
    }
    let mut zip = ZipWriter::new(target);
    let mut tables = Vec::new();
    for table in catalogue::archived_tables(connection)? {
        tables.push(write_table(connection, &mut zip, table)?);
    }
    let (entries, head) = log::head_seal(connection)?;
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        entries,
        head,
        tables,
    };
    zip.start_file(MANIFEST, options()).map_err(unreadable)?;
    serde_json::to_writer_pretty(&mut zip, &manifest)
        .map_err(|error| StoreError::ArchiveFile(error.into()))?;
    let mut target = zip.finish().map_err(unreadable)?;
    target.flush().map_err(StoreError::ArchiveFile)?;
    Ok(manifest)
}

/// Files may be larger than 4 GB; none has a date of its own.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .large_file(true)
}

/// The file of a table while it is written.
struct TableFile<'a, W: Write + Seek> {
    zip: &'a mut ZipWriter<W>,
    columns: Vec<(String, Kind)>,
    digest: DigestWriter,
    rows: u64,
}

fn write_table<W: Write + Seek>(
    connection: &mut AnyConnection,
    zip: &mut ZipWriter<W>,
    table: Table,
) -> Result<ArchivedTable, StoreError> {
    zip.start_file(path_of(&table.name), options())
        .map_err(unreadable)?;
    let query = sql_query(select(connection, &table));
    let mut file = TableFile {
        zip,
        columns: table.columns.clone().into_iter().collect(),
        digest: DigestWriter::default(),
        rows: 0,
    };
    match connection {
        AnyConnection::Sqlite(connection) => {
            for cells in query.load_iter::<Cells, DefaultLoadingMode>(connection)? {
                file.write(cells?)?;
            }
        }
        AnyConnection::Postgres(connection) => {
            for cells in query.load_iter::<Cells, PgRowByRowLoadingMode>(connection)? {
                file.write(cells?)?;
            }
        }
    }
    Ok(ArchivedTable {
        rows: file.rows,
        sha256: file.digest.digest().to_string(),
        name: table.name,
        columns: table.columns,
    })
}

/// Every row of a table in the order of its key, texts by their bytes.
fn select(connection: &AnyConnection, table: &Table) -> String {
    let quoted = |name: &String| format!("\"{name}\"");
    let columns: Vec<String> = table.columns.keys().map(quoted).collect();
    let in_order = |name: &String| {
        let by_bytes = match connection {
            AnyConnection::Postgres(_) if table.columns.get(name) == Some(&Kind::Text) => {
                " COLLATE \"C\""
            }
            _ => "",
        };
        format!("{}{by_bytes}", quoted(name))
    };
    let key: Vec<String> = table.key.iter().map(in_order).collect();
    format!(
        "SELECT {} FROM \"{}\" ORDER BY {}",
        columns.join(", "),
        table.name,
        key.join(", ")
    )
}

impl<W: Write + Seek> TableFile<'_, W> {
    fn write(&mut self, Cells(cells): Cells) -> Result<(), StoreError> {
        let mut row = Map::new();
        for ((name, kind), cell) in self.columns.iter().zip(cells) {
            let value: Option<Value> = kind.written(cell);
            let value = value.ok_or_else(|| StoreError::Corrupt(name.clone()))?;
            row.insert(name.clone(), value);
        }
        let mut line = Value::Object(row).to_string().into_bytes();
        line.push(b'\n');
        self.digest
            .write_all(&line)
            .map_err(StoreError::ArchiveFile)?;
        self.rows += 1;
        self.zip.write_all(&line).map_err(StoreError::ArchiveFile)
    }
}
