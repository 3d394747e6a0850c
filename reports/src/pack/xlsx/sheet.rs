//! A table as a sheet: title, what it is, headings that stay in sight, values, and how it is printed.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use store::domain::Language;

use crate::pack::cell::{Cell, Kind, cut};
use crate::pack::graph::real;
use crate::pack::table::{Column, Table};

/// The row of the headings; above it stand the title, the notes and, where figures lack, the warning.
const HEADINGS: u32 = 4;

/// More columns than these are printed on A3, for nobody could read them on A4.
const MANY: usize = 12;

/// The widest a column gets, in characters.
const WIDEST: usize = 60;

const HEAD: Color = Color::RGB(0x00_4F_86);
const ALARM: Color = Color::RGB(0xB3_26_1E);
const QUIET: Color = Color::RGB(0x56_60_6B);
const LINE: Color = Color::RGB(0xC3_CA_D2);

/// What stands above the headings of a sheet and on its printed pages.
#[derive(Clone, Debug)]
pub(crate) struct Masthead {
    /// What the workbook is about, before the name of the sheet.
    pub(crate) title: String,
    /// What the figures are.
    pub(crate) foot: String,
    /// The upper left corner of printed pages.
    pub(crate) corner: String,
    /// The digest at the foot of printed pages; empty where there is none.
    pub(crate) digest: String,
    /// What must be known before a figure is believed.
    pub(crate) watermark: Option<&'static str>,
    /// That figures are made up.
    pub(crate) synthetic: Option<&'static str>,
    pub(crate) language: Language,
}

/// Adds a table to a workbook.
pub(super) fn write(
    workbook: &mut Workbook,
    table: &Table,
    about: &Masthead,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(table.title)?;
    head(sheet, table.title, about)?;
    let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.set_row_height(HEADINGS, 32)?;
    for (place, column) in (0..).zip(&table.columns) {
        sheet.write_with_format(HEADINGS, place, column.heading, &heading())?;
        sheet.set_column_width(place, width(table, column, about.language))?;
    }
    let mut end = HEADINGS;
    for row in &table.rows {
        end += 1;
        for (place, cell) in (0..).zip(row) {
            write_cell(sheet, (end, place), cell)?;
        }
    }
    if !table.rows.is_empty() {
        sheet.autofilter(HEADINGS, 0, end, last)?;
    }
    let names = table.place("name").map_or(0, |place| place + 1);
    sheet.set_freeze_panes(HEADINGS + 1, u16::try_from(names).unwrap_or(0))?;
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_print_area(0, 0, end, last)?;
    print(sheet, about);
    if table.columns.len() > MANY {
        sheet.set_paper_size(8); // A3
    }
    Ok(())
}

/// The lines above the headings.
pub(super) fn head(sheet: &mut Worksheet, title: &str, about: &Masthead) -> Result<(), XlsxError> {
    let bold = Format::new()
        .set_bold()
        .set_font_size(14)
        .set_font_color(HEAD);
    let quiet = Format::new().set_font_color(QUIET);
    let alarm = Format::new().set_bold().set_font_color(ALARM);
    let full = format!("{}: {title}", about.title);
    sheet.write_with_format(0, 0, full, &bold)?;
    sheet.write_with_format(1, 0, about.foot.as_str(), &quiet)?;
    if let Some(mark) = about.watermark {
        let alarm = Format::new()
            .set_bold()
            .set_font_size(16)
            .set_font_color(ALARM);
        sheet.set_row_height(2, 24)?;
        sheet.write_with_format(2, 0, mark, &alarm)?;
    }
    if let Some(mark) = about.synthetic {
        sheet.write_with_format(3, 0, mark, &alarm)?;
    }
    Ok(())
}

/// How a sheet is printed: landscape, as wide as the page, with page numbers and the warning on each page.
pub(super) fn print(sheet: &mut Worksheet, about: &Masthead) {
    let page = about.language.pick("Trang", "Page");
    let mark = about.watermark.or(about.synthetic).unwrap_or_default();
    sheet.set_landscape();
    sheet.set_paper_size(9); // A4
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&L{}&C&B{mark}", about.corner));
    sheet.set_footer(format!(
        "&L{} {}&R{page} &P/&N",
        about.language.pick("Mã kiểm chứng", "Digest"),
        about.digest
    ));
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: &Cell,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Absent => sheet.write_blank(row, place, &body())?,
        Cell::Words(words) => {
            let wrapped = body().set_text_wrap();
            sheet.write_string_with_format(row, place, words.as_str(), &wrapped)?
        }
        Cell::Number(number) => {
            let format = body().set_num_format("#,##0;-#,##0;0");
            sheet.write_number_with_format(row, place, real(*number), &format)?
        }
        Cell::Share(share) => {
            let format = body().set_num_format("0.0%");
            sheet.write_number_with_format(row, place, cut(*share), &format)?
        }
        Cell::Day(day) => {
            let format = body()
                .set_num_format("dd/mm/yyyy")
                .set_align(FormatAlign::Right);
            sheet.write_datetime_with_format(row, place, *day, &format)?
        }
    };
    Ok(())
}

fn body() -> Format {
    Format::new()
        .set_border_bottom(FormatBorder::Hair)
        .set_border_bottom_color(LINE)
        .set_align(FormatAlign::Top)
}

pub(super) fn heading() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(HEAD)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// The width that shows the longest value, within reason, in characters.
fn width(table: &Table, column: &Column, language: Language) -> f64 {
    let letters = |text: &str| text.chars().count();
    let values = table
        .rows
        .iter()
        .map(|row| letters(&table.cell(row, column.key).shown(language)));
    let longest = values.max().unwrap_or(0);
    let word = column.heading.split(' ').map(letters).max().unwrap_or(0);
    let least = if column.kind == Kind::Words { 7 } else { 11 };
    let shown = longest.max(word).clamp(least, WIDEST) + 2;
    f64::from(u32::try_from(shown).unwrap_or(u32::MAX))
}
