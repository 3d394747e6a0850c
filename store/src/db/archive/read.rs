//! Filling an empty database from an archive.

use std::io::{BufRead as _, BufReader, Read, Seek, Write as _};

use serde_json::{Map, Value};
use zip::ZipArchive;

use super::catalogue::{self, Table};
use super::insert::insert_rows;
use super::{ArchivedTable, FORMAT, MANIFEST, Manifest, path_of, unfit, unreadable};
use crate::StoreError;
use crate::db::connection::AnyConnection;
use crate::db::migrate;
use crate::domain::DigestWriter;

/// The longest row in bytes: the largest file that is read has 256 MB and is written with two digits a byte.
const LONGEST_ROW: u64 = 1 << 30;

/// The largest manifest in bytes.
const LONGEST_MANIFEST: u64 = 1 << 20;

/// An archive whose manifest was read.
pub(in crate::db) struct Archive<R> {
    zip: ZipArchive<R>,
    pub(in crate::db) manifest: Manifest,
}

impl<R: Read + Seek> Archive<R> {
    pub(in crate::db) fn open(source: R) -> Result<Self, StoreError> {
        let mut zip = ZipArchive::new(source).map_err(unreadable)?;
        let file = zip.by_name(MANIFEST).map_err(unreadable)?;
        let manifest: Manifest =
            serde_json::from_reader(file.take(LONGEST_MANIFEST)).map_err(|error| {
                unfit(
                    format!("không đọc được {MANIFEST}: {error}"),
                    format!("{MANIFEST} cannot be read: {error}"),
                )
            })?;
        if manifest.format != FORMAT {
            return Err(unfit(
                format!(
                    "tệp sao lưu có dạng {}, chương trình đọc dạng {FORMAT}",
                    manifest.format
                ),
                format!(
                    "the archive has form {}, and this program reads form {FORMAT}",
                    manifest.format
                ),
            ));
        }
        Ok(Self { zip, manifest })
    }
}

/// Makes the tables of the archive's own schema, fills them, and brings them up to date.
pub(in crate::db) fn fill<R: Read + Seek>(
    connection: &mut AnyConnection,
    archive: &mut Archive<R>,
) -> Result<(), StoreError> {
    let schema = archive.manifest.schema.clone();
    migrate::refuse_unknown(&schema)?;
    migrate::run(connection, |version| {
        schema.iter().any(|seen| seen == version)
    })?;
    let tables = catalogue::archived_tables(connection)?;
    let names = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>();
    let (here, there) = (
        names(tables.iter().map(|table| &table.name).collect()),
        names(
            archive
                .manifest
                .tables
                .iter()
                .map(|table| &table.name)
                .collect(),
        ),
    );
    if here != there {
        return Err(unfit(
            format!("tệp sao lưu có các bảng {there:?}, cần {here:?}"),
            format!("the archive has the tables {there:?} and needs {here:?}"),
        ));
    }
    for (table, archived) in tables.iter().zip(archive.manifest.tables.clone()) {
        fill_table(connection, archive, table, &archived)?;
    }
    migrate::run(connection, |_| true)
}

fn fill_table<R: Read + Seek>(
    connection: &mut AnyConnection,
    archive: &mut Archive<R>,
    table: &Table,
    archived: &ArchivedTable,
) -> Result<(), StoreError> {
    let damaged = || {
        let name = &table.name;
        unfit(
            format!("tệp sao lưu hỏng ở bảng {name}"),
            format!("the archive is damaged in the table {name}"),
        )
    };
    if table.columns != archived.columns {
        return Err(damaged());
    }
    let file = archive
        .zip
        .by_name(&path_of(&table.name))
        .map_err(unreadable)?;
    let mut lines = BufReader::new(file);
    let (mut digest, mut count) = (DigestWriter::default(), 0);
    let rows = std::iter::from_fn(|| {
        let mut line = Vec::new();
        match (&mut lines).take(LONGEST_ROW).read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => return Some(Err(StoreError::ArchiveFile(error))),
        }
        if let Err(error) = digest.write_all(&line) {
            return Some(Err(StoreError::ArchiveFile(error)));
        }
        count += 1;
        let row: Result<Map<String, Value>, _> = serde_json::from_slice(&line);
        let cells = row.ok().and_then(|mut row| {
            let cell = |(name, kind): (&String, &super::Kind)| kind.read(row.remove(name)?);
            table.columns.iter().map(cell).collect()
        });
        Some(cells.ok_or_else(damaged))
    });
    insert_rows(connection, table, rows)?;
    if count != archived.rows || digest.digest().to_string() != archived.sha256 {
        return Err(damaged());
    }
    Ok(())
}
