//! Charts that no office program draws, as tables and shapes that it can edit: the tiles, and who reported when.

use plotters::style::RGBColor;

use super::about::About;
use super::charts::setting;
use super::deck::UNKNOWN;
use super::input::PackInput;
use crate::charts::{ChartSize, archipelago, placed_tiles, shade};
use crate::illustrate::tile_grid;
use crate::model::{Arrival, Calendar, UnitRow, recent_weeks};

/// How many weeks the table of arrivals has: a quarter.
const WEEKS: i64 = 13;

/// What is written down as tables and shapes.
#[derive(Clone, Debug)]
pub(crate) struct Native {
    pub(crate) tiles: Vec<NativeTile>,
    /// The numbers of the weeks in the year.
    pub(crate) weeks: Vec<String>,
    /// Of each unit its name, and a letter for each week.
    pub(crate) arrivals: Vec<Vec<String>>,
    /// What the letters mean.
    pub(crate) key: &'static str,
}

/// A tile in its place.
#[derive(Clone, Debug)]
pub(crate) struct NativeTile {
    pub(crate) name: String,
    pub(crate) share: String,
    /// The archipelago that belongs to it.
    pub(crate) archipelago: Option<&'static str>,
    pub(crate) column: usize,
    pub(crate) row: usize,
    /// Ground and ink.
    pub(crate) colours: (RGBColor, RGBColor),
}

impl Native {
    pub(crate) fn new(input: &PackInput<'_>, about: &About) -> Self {
        let language = about.language();
        let grid = tile_grid(input.national, &setting(input, ChartSize::Slide));
        let tile = |(tile, column, row): (&crate::charts::Tile, usize, usize)| {
            let share = tile.state.share();
            NativeTile {
                name: tile.name.in_language(language).to_owned(),
                share: share.map_or_else(|| "–".to_owned(), |share| language.percent(share)),
                archipelago: archipelago(tile.place),
                column,
                row,
                colours: share.map_or(UNKNOWN, |share| shade(share.to_f64())),
            }
        };
        let weeks = recent_weeks(&input.report, WEEKS);
        let calendar = Calendar::new(input.receipts);
        let row = |row: &UnitRow| {
            let arrivals = calendar.of(&input.report, row.unit, &weeks);
            let mut cells = vec![row.name.in_language(language).to_owned()];
            cells.extend(
                arrivals
                    .into_iter()
                    .map(|arrival| letter(arrival).to_owned()),
            );
            cells
        };
        let number = |week: &store::domain::Week| {
            let text = week.to_string();
            text.rsplit('W').next().unwrap_or_default().to_owned()
        };
        Self {
            tiles: placed_tiles(&grid).into_iter().map(tile).collect(),
            weeks: weeks.iter().map(number).collect(),
            arrivals: input.national.rows.iter().map(row).collect(),
            key: about.t(
                "● đúng hạn   M muộn   Đ đúng hạn, có sửa   S muộn, có sửa   – thiếu   (trống) chưa đến hạn; cột: số tuần",
                "● on time   M late   Đ on time, corrected   S late, corrected   – missing   (empty) not due; columns: weeks",
            ),
        }
    }
}

/// The letter of an arrival.
const fn letter(arrival: Arrival) -> &'static str {
    match arrival {
        Arrival::OnTime => "●",
        Arrival::Late => "M",
        Arrival::Corrected => "Đ",
        Arrival::LateCorrected => "S",
        Arrival::Missing => "–",
        Arrival::NotDue => "",
    }
}
