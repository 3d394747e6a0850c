//! The workbook: a sheet a table with real numbers and dates, and charts that its reader can edit.

mod book;
mod chart;
mod sheet;

pub(crate) use book::{GRAPH_SHEET, graph_book};

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use super::Pack;
use super::about::About;
use super::error::PackError;
use super::file::PackFile;

/// Writes the workbook.
pub(crate) fn render(pack: &Pack) -> Result<Vec<PackFile>, PackError> {
    let about = &pack.about;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(about)?);
    for table in pack.tables.each() {
        sheet::write(&mut workbook, table, about)?;
    }
    chart::write(&mut workbook, pack)?;
    let name = format!("{}.xlsx", about.file_stem());
    Ok(vec![PackFile::new(name, workbook.save_to_buffer()?)])
}

/// Who made it and when: the moment of knowledge, for the moment of writing would make the bytes differ.
fn properties(about: &About) -> Result<DocProperties, XlsxError> {
    let made = rust_xlsxwriter::ExcelDateTime::parse_from_str(
        &about.order.known_on.format("%Y-%m-%dT%H:%M:%S").to_string(),
    )?;
    let title = format!("{}. {}", about.title(), about.cutoff_words());
    Ok(DocProperties::new()
        .set_title(title)
        .set_author(&about.order.issuer)
        .set_comment(about.foot())
        .set_creation_datetime(&made))
}
