//! A graph as cells: the categories in the first column, a column a series. Slides carry it as the workbook behind a chart.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::sheet::heading;
use crate::pack::graph::{Categories, Graph};

/// The sheet of a workbook behind a chart.
pub(crate) const GRAPH_SHEET: &str = "Sheet1";

/// A workbook with the cells of one graph.
pub(crate) fn graph_book(graph: &Graph) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed moment, for a time stamp would make the bytes differ.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    sheet.set_name(GRAPH_SHEET)?;
    write(sheet, graph, (0, 0))?;
    workbook.save_to_buffer()
}

/// Writes the cells of a graph from a place on and gives the last row.
pub(super) fn write(
    sheet: &mut Worksheet,
    graph: &Graph,
    (top, left): (u32, u16),
) -> Result<u32, XlsxError> {
    sheet.write_with_format(top, left, graph.title.as_str(), &heading())?;
    match &graph.categories {
        Categories::Names(names) => {
            for (row, name) in (top + 1..).zip(names) {
                sheet.write_string(row, left, name.as_str())?;
            }
        }
        Categories::Days(days) => {
            let format = Format::new().set_num_format("dd/mm/yyyy");
            for (row, day) in (top + 1..).zip(days) {
                sheet.write_datetime_with_format(row, left, *day, &format)?;
            }
        }
    }
    for (column, series) in (left + 1..).zip(&graph.series) {
        sheet.write_with_format(top, column, series.name, &heading())?;
        for (row, value) in (top + 1..).zip(&series.values) {
            if let Some(value) = value {
                sheet.write_number(row, column, *value)?;
            }
        }
    }
    let rows = u32::try_from(graph.categories.len()).unwrap_or(u32::MAX);
    Ok(top.saturating_add(rows))
}
