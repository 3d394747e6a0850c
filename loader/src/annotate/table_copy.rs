//! A new workbook with the table of a file that is no workbook of Excel.

use rust_xlsxwriter::{
    Color, Format, FormatAlign, IgnoreError, Note, Workbook, Worksheet, XlsxError,
};
use store::domain::{Language, Text};

use super::marks::{Marks, colour, marks};
use super::receipt_sheet::{self, WIDTHS};
use crate::finding::{Finding, Findings};
use crate::read::{Content, Table, read_table};
use crate::receipt::Receipt;
use crate::template::workbook_properties;

/// Writes the workbook. Every row stands at the number of the line on which it begins.
pub(super) fn write(bytes: &[u8], receipt: &Receipt, language: Language) -> Result<Vec<u8>, Text> {
    let content = Content::Kept(bytes);
    let read = read_table(content, &mut Findings::of_file(""));
    let Some(read) = read else {
        return Err(Text::new(
            "không đọc được bảng nào trong tệp, nên không có bản sao đánh dấu",
            "no table could be read from the file, so there is no marked copy",
        ));
    };
    let table = read.whole_table(content);
    let findings = at_row_starts(&receipt.findings, &table);
    let marks = marks(&findings, language);
    workbook(&table, &marks, receipt, language).map_err(|error| {
        Text::new(
            format!("bảng không vừa một trang tính: {error}"),
            format!("the table does not fit into a sheet: {error}"),
        )
    })
}

/// The findings with the line on which their row begins: a cell with line breaks moves those after it further down.
fn at_row_starts(findings: &[Finding], table: &Table) -> Vec<Finding> {
    let start = |line: u64| {
        let after = table.rows.partition_point(|row| row.line <= line);
        let row = after.checked_sub(1).and_then(|place| table.rows.get(place));
        row.map_or(line, |row| row.line)
    };
    let findings = findings.iter().cloned();
    findings
        .map(|finding| Finding {
            line: finding.line.map(start),
            ..finding
        })
        .collect()
}

fn workbook(
    table: &Table,
    marks: &Marks,
    receipt: &Receipt,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&workbook_properties()?);
    let sheet = book.add_worksheet();
    sheet.set_name(language.pick("Số liệu", "Data"))?;
    write_table(sheet, table, marks)?;
    let sheet = book.add_worksheet();
    sheet.set_name(receipt_sheet::name(language))?;
    write_receipt(sheet, receipt, language)?;
    book.save_to_buffer()
}

fn write_table(sheet: &mut Worksheet, table: &Table, marks: &Marks) -> Result<(), XlsxError> {
    // Every value is kept as it was typed, a number too: what it means is for the intake to tell.
    let text = Format::new().set_num_format("@");
    let mut last = (0, 0);
    for row in &table.rows {
        let number = u32::try_from(row.line.saturating_sub(1)).unwrap_or(u32::MAX);
        for (column, cell) in (0_u16..).zip(row.iter()) {
            sheet.write_string_with_format(number, column, cell, &text)?;
            last = (number, last.1.max(column));
        }
    }
    sheet.ignore_error_range(0, 0, last.0, last.1, IgnoreError::NumberStoredAsText)?;
    for column in 0..=last.1 {
        sheet.set_column_width(column, 18)?;
    }
    for ((row, column), mark) in marks {
        let (row, column) = (row - 1, u16::try_from(column - 1).unwrap_or(u16::MAX));
        let filled = text
            .clone()
            .set_background_color(Color::RGB(colour(mark.severity)));
        sheet.set_cell_format(row, column, &filled)?;
        let note = Note::new(&mark.comment).set_author("sohoa");
        let note = note.add_author_prefix(false).set_width(320).set_height(140);
        sheet.insert_note(row, column, &note)?;
    }
    Ok(())
}

fn write_receipt(
    sheet: &mut Worksheet,
    receipt: &Receipt,
    language: Language,
) -> Result<(), XlsxError> {
    let plain = Format::new().set_align(FormatAlign::Top);
    let wrapped = plain.clone().set_text_wrap();
    for (column, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    for (number, row) in (0_u32..).zip(receipt_sheet::rows(receipt, true, language)) {
        // A sentence alone in its row runs over the columns beside it.
        let format = if row.cells.len() > 1 {
            &wrapped
        } else {
            &plain
        };
        for (column, cell) in (0_u16..).zip(&row.cells) {
            let severity = row.severity.filter(|_| column == 0);
            let filled = severity.map(|severity| {
                let colour = Color::RGB(colour(severity));
                format.clone().set_background_color(colour)
            });
            sheet.write_string_with_format(
                number,
                column,
                cell,
                filled.as_ref().unwrap_or(format),
            )?;
        }
    }
    Ok(())
}
