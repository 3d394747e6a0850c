//! The workbook: a sheet a table with real numbers and dates, and charts that its reader can edit.

mod book;
mod chart;
mod sheet;

pub(crate) use book::{GRAPH_SHEET, graph_book};
pub(crate) use sheet::Masthead;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::Pack;
use super::about::About;
use super::error::PackError;
use super::file::PackFile;
use super::table::Table;

/// Writes the workbook.
pub(crate) fn render(pack: &Pack) -> Result<Vec<PackFile>, PackError> {
    let about = &pack.about;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(about)?);
    let masthead = about.masthead();
    for table in pack.tables.each() {
        sheet::write(&mut workbook, table, &masthead)?;
    }
    chart::write(&mut workbook, pack, &masthead)?;
    let name = format!("{}.xlsx", about.file_stem());
    Ok(vec![PackFile::new(name, workbook.save_to_buffer()?)])
}

/// A workbook with one table.
pub(crate) fn table_book(
    table: &Table,
    masthead: &Masthead,
    known_on: DateTime<Utc>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&masthead.title)
            .set_comment(&masthead.foot)
            .set_creation_datetime(&moment(known_on)?),
    );
    sheet::write(&mut workbook, table, masthead)?;
    workbook.save_to_buffer()
}

/// A moment as workbooks keep it.
fn moment(moment: DateTime<Utc>) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::parse_from_str(&moment.format("%Y-%m-%dT%H:%M:%S").to_string())
}

/// Who made it and when: the moment of knowledge, for the moment of writing would make the bytes differ.
fn properties(about: &About) -> Result<DocProperties, XlsxError> {
    let made = moment(about.order.known_on)?;
    let title = format!("{}. {}", about.title(), about.cutoff_words());
    Ok(DocProperties::new()
        .set_title(title)
        .set_author(&about.order.issuer)
        .set_comment(about.foot())
        .set_creation_datetime(&made))
}
