//! A form as a workbook: lists to choose from, rules for what is typed, and a sheet that says what to type where.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::{Entry, SHEETS_BESIDE, Template, advice};
use crate::column::Column;
use crate::form::Form;
use crate::forms::item::Item;

/// How many rows below the last one can still be filled in with lists and rules.
const SPARE_ROWS: u32 = 300;

/// The earliest day that counts can be of, as in the rule `date-range`.
const FIRST_YEAR: u16 = 2015;

/// A4 in the numbering of the file format (ECMA-376, 18.3.1.63).
const A4: u8 = 9;

/// Properties of a workbook that are the same whenever it is written.
pub(crate) fn properties() -> Result<DocProperties, XlsxError> {
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new()
        .set_author("sohoa")
        .set_creation_datetime(&fixed))
}

impl Template {
    /// The form as an XLSX workbook, the same bytes whenever it is made.
    ///
    /// # Errors
    /// [`XlsxError`] where the form does not fit into a sheet: more than a million rows.
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        book.set_properties(&properties()?);
        let guide = self.language.pick(SHEETS_BESIDE[0], SHEETS_BESIDE[1]);
        let sheet = book.add_worksheet();
        sheet.set_name(match self.form {
            Form::Reconciliation => self.language.pick("Đối chiếu", "Reconciliation"),
            Form::Counts | Form::Published => self.language.pick("Số liệu", "Counts"),
        })?;
        self.write_table(sheet)?;
        self.write_rules(sheet, guide)?;
        self.set_up_print(sheet)?;
        let sheet = book.add_worksheet();
        sheet.set_name(guide)?;
        self.write_guide(sheet)?;
        book.save_to_buffer()
    }

    fn write_table(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_row_height(0, 48)?;
        for (place, column) in (0_u16..).zip(&self.columns) {
            let looks = Looks::of(*column);
            sheet.set_column_width(place, looks.width)?;
            sheet.set_column_format(place, &looks.plain)?;
            sheet.write_string_with_format(0, place, self.header(*column), &looks.header)?;
            for (row, entries) in (1_u32..).zip(&self.rows) {
                match entries.get(usize::from(place)) {
                    Some(Entry::Text(text)) => {
                        sheet.write_string_with_format(row, place, text, &looks.cell)?
                    }
                    Some(Entry::Day(day)) => sheet.write_datetime_with_format(
                        row,
                        place,
                        excel_day(*day)?,
                        &looks.cell,
                    )?,
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "a spreadsheet keeps every number in this way"
                    )]
                    Some(Entry::Number(number)) => {
                        sheet.write_number_with_format(row, place, *number as f64, &looks.cell)?
                    }
                    Some(Entry::Empty) | None => sheet.write_blank(row, place, &looks.cell)?,
                };
            }
        }
        // The header and the name of the province stay in sight.
        sheet.set_freeze_panes(1, 2)?;
        Ok(())
    }

    fn write_rules(&self, sheet: &mut Worksheet, guide: &str) -> Result<(), XlsxError> {
        let last = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let last = last.saturating_add(SPARE_ROWS);
        for (place, column) in (0_u16..).zip(&self.columns) {
            let Some(mut rule) = self.rule(*column, guide)? else {
                continue;
            };
            if let Some(text) = advice::of_column(*column, self.language) {
                rule = rule.set_input_message(text)?.set_error_message(text)?;
            }
            sheet.add_data_validation(1, place, last, place, &rule)?;
        }
        Ok(())
    }

    /// On paper the form is as wide as a page, without the figures beside.
    fn set_up_print(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let columns = self.columns.iter();
        let printed = columns.filter(|column| !matches!(column, Column::Earlier(_)));
        let last_column = u16::try_from(printed.count())
            .unwrap_or(u16::MAX)
            .saturating_sub(1);
        let last_row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        sheet.set_print_area(0, 0, last_row, last_column)?;
        sheet.set_landscape();
        sheet.set_paper_size(A4);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_footer("&L&A&R&P/&N");
        Ok(())
    }

    /// What may be typed into a column; `None` where any text may.
    fn rule(&self, column: Column, guide: &str) -> Result<Option<DataValidation>, XlsxError> {
        let rule = DataValidation::new();
        Ok(Some(match column {
            column if is_count(column) => {
                rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
            }
            Column::AsOf | Column::PopulationAsOf | Column::Item(Item::RegistryAsOf) => {
                let first = ExcelDateTime::from_ymd(FIRST_YEAR, 1, 1)?;
                rule.allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
            }
            column => {
                let Some((place, words)) = self.list_place(column) else {
                    return Ok(None);
                };
                let letter = char::from(b'D' + place);
                let last = FIRST_WORD + words.len();
                let cells = format!("='{guide}'!${letter}${}:${letter}${last}", FIRST_WORD + 1);
                rule.allow_list_formula(Formula::new(cells))
            }
        }))
    }

    /// Which of the lists on the guide is a column's, from 0, and its words.
    fn list_place(&self, column: Column) -> Option<(u8, &[String])> {
        let place = self.lists.iter().position(|(of, _)| *of == column)?;
        Some((u8::try_from(place).ok()?, self.list(column)?))
    }

    fn write_guide(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.set_column_width(0, 26)?;
        sheet.set_column_width(1, 84)?;
        sheet.write_string_with_format(0, 0, advice::title(self.language), &bold)?;
        let mut row = 1;
        for text in self.general_advice() {
            sheet.merge_range(row, 0, row, 1, text, &wrapped)?;
            sheet.set_row_height(row, 30)?;
            row += 1;
        }
        row += 1;
        for column in &self.columns {
            if let Some(text) = advice::of_column(*column, self.language) {
                sheet.write_string_with_format(row, 0, self.header(*column), &bold)?;
                sheet.write_string_with_format(row, 1, text, &wrapped)?;
                row += 1;
            }
        }
        for (place, (column, words)) in (3_u16..).zip(&self.lists) {
            sheet.set_column_width(place, 34)?;
            sheet.write_string_with_format(0, place, self.header(*column), &bold)?;
            for (row, word) in (1_u32..).zip(words) {
                sheet.write_string(row, place, word)?;
            }
        }
        sheet.set_landscape();
        sheet.set_paper_size(A4);
        sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

/// Whether whole numbers are typed into a column.
const fn is_count(column: Column) -> bool {
    match column {
        Column::Stage(_) | Column::Records | Column::Subjects | Column::Outcome(_) => true,
        Column::Item(item) => !matches!(
            item,
            Item::Method | Item::Tool | Item::RegistryAsOf | Item::WorklistSha256
        ),
        _ => false,
    }
}

/// The row of the guide above the words of its lists, from 1.
const FIRST_WORD: usize = 1;

/// How a column looks.
struct Looks {
    width: f64,
    header: Format,
    /// The cells of the rows that are there.
    cell: Format,
    /// The cells below, to be filled in where a row is added.
    plain: Format,
}

impl Looks {
    fn of(column: Column) -> Self {
        let (width, number_format) = match column {
            Column::ProvinceCode => (9.0, "@"),
            Column::Province | Column::SubUnit => (22.0, "@"),
            Column::RecordType => (28.0, "@"),
            Column::AsOf | Column::PopulationAsOf | Column::Item(Item::RegistryAsOf) => {
                (13.0, "dd/mm/yyyy")
            }
            Column::Note | Column::Difficulty => (30.0, "@"),
            // A year has no sign between its digits.
            Column::Item(Item::PeriodFrom | Item::PeriodTo) => (10.0, "0"),
            column if is_count(column) || matches!(column, Column::Earlier(_)) => (14.0, "#,##0"),
            _ => (15.0, "@"),
        };
        let is_earlier = matches!(column, Column::Earlier(_));
        let grey = Color::RGB(0x70_7070);
        let mut plain = Format::new().set_num_format(number_format);
        let mut header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_background_color(Color::RGB(0xDD_E7F3));
        if is_earlier {
            plain = plain.set_font_color(grey);
            header = header
                .set_font_color(grey)
                .set_background_color(Color::RGB(0xF2_F2F2));
        }
        let cell = plain
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xBF_BFBF));
        let cell = if is_earlier {
            cell.set_background_color(Color::RGB(0xF2_F2F2))
        } else {
            cell
        };
        Self {
            width,
            header,
            cell,
            plain,
        }
    }
}

fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(FIRST_YEAR);
    ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))
}
