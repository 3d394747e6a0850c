//! Opens a workbook that was looked through before, whatever its kind, and gives its sheets.

use std::fmt::Display;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsx};

use super::cells::{text_of, text_of_owned};
use super::hidden::{Hidden, SheetFacts};
use super::kind::{Container, Kind};
use super::ole::check_compound;
use super::package::check_package;
use super::refused::{Refusal, damaged, password};
use super::sheets::TableBuilder;
use crate::read::Table;

type Bytes<'a> = Cursor<&'a [u8]>;

/// A workbook of any kind.
pub(super) enum Workbook<'a> {
    /// With its bytes.
    Xlsx(Box<Xlsx<Bytes<'a>>>, &'a [u8]),
    /// With what else there is to know of its sheets.
    Xls(Box<Xls<Bytes<'a>>>, Vec<SheetFacts>),
    /// With the same.
    Ods(Box<Ods<Bytes<'a>>>, Vec<SheetFacts>),
}

/// A sheet by name.
pub(super) struct SheetName {
    pub(super) name: String,
    /// Whether a person who opens the workbook sees it.
    pub(super) visible: bool,
}

/// Looks through a workbook and opens it.
pub(super) fn open(bytes: &[u8], container: Container) -> Result<Workbook<'_>, Refusal> {
    let (kind, facts) = match container {
        Container::Zip => check_package(bytes)?,
        Container::Ole => check_compound(bytes)?,
    };
    let source = Cursor::new(bytes);
    guarded(|| match kind {
        Kind::Xlsx => {
            let book = Xlsx::new(source).map_err(problem)?;
            Ok(Workbook::Xlsx(Box::new(book), bytes))
        }
        Kind::Xls => {
            let book = Xls::new(source).map_err(problem)?;
            Ok(Workbook::Xls(Box::new(book), facts))
        }
        Kind::Ods => {
            let book = Ods::new(source).map_err(problem)?;
            Ok(Workbook::Ods(Box::new(book), facts))
        }
    })
}

/// A damaged file can lead the reading library to a place it did not foresee; that must end this file only.
fn guarded<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(result) => result,
        Err(_) => Err(damaged("-")),
    }
}

fn problem(error: impl Display) -> Refusal {
    let text = error.to_string();
    if text.contains("password protected") {
        password()
    } else {
        damaged(&text)
    }
}

impl Workbook<'_> {
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Xlsx(..) => Kind::Xlsx,
            Self::Xls(..) => Kind::Xls,
            Self::Ods(..) => Kind::Ods,
        }
    }

    /// The sheets that have cells, in their order; charts are none.
    pub(super) fn sheets(&self) -> Vec<SheetName> {
        let sheets = match self {
            Self::Xlsx(book, _) => book.sheets_metadata(),
            Self::Xls(book, _) => book.sheets_metadata(),
            Self::Ods(book, _) => book.sheets_metadata(),
        };
        let sheets = sheets
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                visible: sheet.visible == SheetVisible::Visible,
            })
            .collect()
    }

    /// Whether its serial numbers of days count from 1904, as Excel for Mac did.
    pub(super) fn counts_from_1904(&self) -> bool {
        match self {
            Self::Xlsx(book, _) => book.has_1904_epoch(),
            Self::Xls(book, _) => book.has_1904_epoch(),
            Self::Ods(..) => false,
        }
    }

    /// The cells of a sheet; of a formula the value it had when the workbook was saved.
    pub(super) fn table(&mut self, sheet: &str) -> Result<Table, Refusal> {
        guarded(|| match self {
            Self::Xlsx(book, _) => table_of_xlsx(book, sheet),
            Self::Xls(book, _) => table_of_range(&book.worksheet_range(sheet).map_err(problem)?),
            Self::Ods(book, _) => table_of_range(&book.worksheet_range(sheet).map_err(problem)?),
        })
    }

    /// The merged cells of a sheet; of ODS those over several rows.
    pub(super) fn merged(&mut self, sheet: &str) -> Result<Vec<Dimensions>, Refusal> {
        guarded(|| match self {
            Self::Xlsx(book, _) => book.merge_cells_by_sheet_name(sheet).map_err(problem),
            Self::Xls(book, _) => book.merge_cells_by_sheet_name(sheet).map_err(problem),
            Self::Ods(..) => Ok(self.facts(sheet).merged),
        })
    }

    /// The hidden rows and columns of a sheet.
    pub(super) fn hidden(&self, sheet: &str) -> Hidden {
        match self {
            Self::Xlsx(_, bytes) => Hidden::of_xlsx(bytes, sheet),
            Self::Xls(..) | Self::Ods(..) => self.facts(sheet).hidden,
        }
    }

    /// What else there is to know of a sheet.
    fn facts(&self, sheet: &str) -> SheetFacts {
        let facts = match self {
            Self::Xlsx(..) => return SheetFacts::default(),
            Self::Xls(_, facts) | Self::Ods(_, facts) => facts,
        };
        let place = self.sheets().iter().position(|each| each.name == sheet);
        let facts = place.and_then(|place| facts.get(place));
        facts.cloned().unwrap_or_default()
    }

    /// The places, row and column from 0, of formulas whose value was never saved. Only programs that do not calculate
    /// leave it out, and only in XLSX.
    pub(super) fn formulas_without_value(
        &mut self,
        sheet: &str,
    ) -> Result<Vec<(u32, u32)>, Refusal> {
        let Self::Xlsx(book, _) = self else {
            return Ok(Vec::new());
        };
        guarded(|| {
            let mut cells = book.worksheet_cells_reader(sheet).map_err(problem)?;
            let mut places = Vec::new();
            while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(problem)? {
                if cell.formula.is_some() && cell.value == DataRef::Empty {
                    places.push(cell.pos);
                }
            }
            Ok(places)
        })
    }
}

fn table_of_xlsx(book: &mut Xlsx<Bytes<'_>>, sheet: &str) -> Result<Table, Refusal> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(problem)?;
    let styles = cells.styles().iter();
    let percents: Vec<bool> = styles
        .map(|style| {
            let format = style.number_format.as_ref();
            format.is_some_and(|format| format.format_code.contains('%'))
        })
        .collect();
    let mut builder = TableBuilder::default();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(problem)? {
        let is_percent = percents.get(style).copied().unwrap_or_default();
        builder.push(cell.get_position(), &text_of(cell.get_value(), is_percent))?;
    }
    Ok(builder.finish())
}

fn table_of_range(range: &Range<Data>) -> Result<Table, Refusal> {
    let mut builder = TableBuilder::default();
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place = |first: u32, offset: usize| {
            first.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
        };
        let place = (place(first_row, row), place(first_column, column));
        builder.push(place, &text_of_owned(value))?;
    }
    Ok(builder.finish())
}
