//! Every table as CSV and JSON, described by a Frictionless data package: schema, size and digest of each file.

use serde_json::{Map, Value, json};
use store::domain::Digest;

use super::Pack;
use super::cell::{Cell, Kind, cut};
use super::error::PackError;
use super::file::PackFile;
use super::table::{Column, Table};
use crate::render::TableError;

/// Writes the tables and their description.
pub(crate) fn render(pack: &Pack) -> Result<Vec<PackFile>, PackError> {
    let mut files = Vec::new();
    let mut resources = Vec::new();
    for table in pack.tables.each() {
        let file = PackFile::new(format!("data/{}.csv", table.key), csv_of(table)?);
        resources.push(resource(table, &file));
        files.push(file);
        files.push(PackFile::new(
            format!("data/{}.json", table.key),
            json_of(table)?,
        ));
    }
    files.push(PackFile::new(
        "datapackage.json",
        written(&description(pack, resources))?,
    ));
    Ok(files)
}

fn csv_of(table: &Table) -> Result<Vec<u8>, TableError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.key))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(Cell::plain))?;
    }
    writer
        .into_inner()
        .map_err(|error| TableError::Csv(error.into_error().into()))
}

fn json_of(table: &Table) -> Result<Vec<u8>, TableError> {
    let row = |row: &Vec<Cell>| {
        let cells = table.columns.iter().zip(row);
        cells
            .map(|(column, cell)| (column.key.to_owned(), value(cell)))
            .collect::<Map<String, Value>>()
    };
    written(&table.rows.iter().map(row).collect::<Vec<_>>())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Absent => Value::Null,
        Cell::Number(number) => json!(number),
        Cell::Share(share) => json!(cut(*share)),
        Cell::Words(_) | Cell::Day(_) => json!(cell.plain()),
    }
}

fn written(value: &impl serde::Serialize) -> Result<Vec<u8>, TableError> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn resource(table: &Table, file: &PackFile) -> Value {
    json!({
        "profile": "tabular-data-resource",
        "name": table.key,
        "title": table.title,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes.len(),
        "hash": format!("sha256:{}", Digest::of(&file.bytes)),
        "schema": {
            "missingValues": [""],
            "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        },
    })
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Words => "string",
        Kind::Number => "integer",
        Kind::Share => "number",
        Kind::Day => "date",
        Kind::Any => "any",
    };
    let mut field = json!({ "name": column.key, "title": column.heading, "type": kind });
    if !column.meaning.is_empty() {
        field["description"] = json!(column.meaning);
    }
    field
}

fn description(pack: &Pack, resources: Vec<Value>) -> Value {
    let about = &pack.about;
    json!({
        "profile": "tabular-data-package",
        "name": about.file_stem().to_lowercase(),
        "title": format!("{}. {}", about.title(), about.cutoff_words()),
        "description": about.foot(),
        "version": about.version,
        "cutoff": about.order.cutoff.to_string(),
        "week": about.week.to_string(),
        "as_of": about.as_of,
        "known_on": about.order.known_on,
        "units": about.order.view.key(),
        "language": about.language().key(),
        "reporting": about.coverage.reporting,
        "expected": about.coverage.expected,
        "least_percent": about.order.least_percent,
        "complete": about.complete,
        "notice": about.watermark(),
        "synthetic": about.synthetic,
        "digest": about.digest.to_string(),
        "resources": resources,
    })
}
