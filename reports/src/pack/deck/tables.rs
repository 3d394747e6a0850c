//! Tables over several slides, with their headings on each.

use super::area::{Area, CONTENT};
use super::block::{Block, CELL_EDGE, Grid, ROW, Side};
use super::{Level, Slide};
use crate::charts::font::fit;
use crate::charts::style::Face;
use crate::pack::Pack;
use crate::pack::cell::Kind;
use crate::pack::table::Table;

/// The columns of the table of provinces and their widths in parts.
const PROVINCES: [(&str, f64); 10] = [
    ("number", 0.4),
    ("name", 1.7),
    ("total", 1.1),
    ("entered", 1.1),
    ("transferred", 1.1),
    ("share", 0.75),
    ("remaining", 1.1),
    ("work", 1.0),
    ("outlook", 3.6),
    ("group", 1.4),
];

/// The columns of the definitions.
const DEFINITIONS: [(&str, f64); 3] = [("table", 1.2), ("name", 2.2), ("meaning", 6.0)];

/// The size of text in tables, in points.
const SIZE: f64 = 10.0;

/// The provinces.
pub(super) fn slides(pack: &Pack) -> Vec<Slide> {
    pages(pack, &pack.tables.provinces, &PROVINCES)
}

/// What the figures mean.
pub(super) fn definitions(pack: &Pack) -> Vec<Slide> {
    pages(pack, &pack.tables.definitions, &DEFINITIONS)
}

fn pages(pack: &Pack, table: &Table, columns: &[(&str, f64)]) -> Vec<Slide> {
    let keys: Vec<&str> = columns.iter().map(|(key, _)| *key).collect();
    let rows = table.shown(&keys, pack.about.language());
    let each = rows_in(CONTENT);
    let pages = rows.len().div_ceil(each);
    let headings = table.headings(&keys);
    let sides: Vec<Side> = keys.iter().map(|key| side(table, key)).collect();
    let page = |(number, rows): (usize, &[Vec<String>])| {
        let mut grid = Grid {
            parts: columns.iter().map(|(_, part)| *part).collect(),
            sides: sides.clone(),
            headings: headings.clone(),
            rows: rows.to_vec(),
            size: SIZE,
        };
        fit_cells(&mut grid);
        Slide {
            title: format!("{} ({}/{pages})", table.title, number + 1),
            level: if number == 0 {
                Level::Main
            } else {
                Level::Under
            },
            blocks: vec![Block::Grid(CONTENT, grid)],
            notes: pack.about.foot(),
        }
    };
    rows.chunks(each).enumerate().map(page).collect()
}

/// How many rows of a table stand in a place, under its headings.
fn rows_in(area: Area) -> usize {
    let rows = (area.height / (SIZE * ROW)).floor() - 1.0;
    let rows = store::domain::Count::from_f64(rows).map_or(1, store::domain::Count::to_i64);
    usize::try_from(rows).unwrap_or(1).max(1)
}

fn side(table: &Table, key: &str) -> Side {
    let column = table.place(key).and_then(|place| table.columns.get(place));
    let words = column.is_none_or(|column| column.kind == Kind::Words);
    if words { Side::Left } else { Side::Right }
}

/// Cuts words that are wider than their cell; the written report and the tables carry them whole.
fn fit_cells(grid: &mut Grid) {
    let widths = grid.widths(CONTENT);
    let cut = |row: &mut Vec<String>, face: Face| {
        for (cell, width) in row.iter_mut().zip(&widths) {
            *cell = fit(cell, face, width - 2.0 * CELL_EDGE);
        }
    };
    cut(&mut grid.headings, Face::bold(grid.size));
    let face = Face::regular(grid.size);
    grid.rows.iter_mut().for_each(|row| cut(row, face));
}
