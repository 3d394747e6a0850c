//! Tables over several slides, with their headings on each.

use super::area::{Area, CONTENT};
use super::block::{Block, CELL_EDGE, Grid, ROW, Side};
use super::{Level, Slide};
use store::domain::{Count, Language};

use crate::charts::font::fit;
use crate::charts::style::Face;
use crate::pack::Pack;
use crate::pack::cell::Kind;
use crate::pack::table::Table;

/// The columns of the table of provinces and their widths in parts.
const PROVINCES: [(&str, f64); 13] = [
    ("number", 0.4),
    ("name", 1.7),
    ("total", 1.1),
    ("entered", 1.1),
    ("transferred", 1.1),
    ("share", 0.75),
    ("remaining", 1.1),
    ("work", 1.0),
    ("p10", 1.05),
    ("p50", 1.12),
    ("p90", 1.14),
    ("chance", 0.75),
    ("group", 1.5),
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
    let whole = grid(table, columns, pack.about.language(), (CONTENT, SIZE));
    let each = rows_in(CONTENT, SIZE);
    let pages = whole.rows.len().div_ceil(each);
    let page = |(number, rows): (usize, &[Vec<String>])| Slide {
        topic: format!("{} ({}/{pages})", table.title, number + 1),
        title: format!("{} ({}/{pages})", table.title, number + 1),
        level: if number == 0 {
            Level::Main
        } else {
            Level::Under
        },
        blocks: vec![Block::Grid(
            CONTENT,
            Grid {
                rows: rows.to_vec(),
                ..whole.clone()
            },
        )],
        notes: pack.about.foot(),
    };
    whole.rows.chunks(each).enumerate().map(page).collect()
}

/// Some columns of a table for a place, in text of a size.
pub(super) fn grid(
    table: &Table,
    columns: &[(&str, f64)],
    language: Language,
    (area, size): (Area, f64),
) -> Grid {
    let keys: Vec<&str> = columns.iter().map(|(key, _)| *key).collect();
    let mut grid = Grid {
        parts: columns.iter().map(|(_, part)| *part).collect(),
        sides: keys.iter().map(|key| side(table, key)).collect(),
        headings: table.headings(&keys),
        rows: table.shown(&keys, language),
        size,
    };
    fit_cells(&mut grid, area);
    grid
}

/// How many rows of a table stand in a place, under its headings.
pub(super) fn rows_in(area: Area, size: f64) -> usize {
    let rows = Count::from_f64((area.height / (size * ROW)).floor() - 1.0);
    usize::try_from(rows.unwrap_or_default().to_i64())
        .unwrap_or(1)
        .max(1)
}

fn side(table: &Table, key: &str) -> Side {
    let column = table.place(key).and_then(|place| table.columns.get(place));
    let words = column.is_none_or(|column| column.kind == Kind::Words);
    if words { Side::Left } else { Side::Right }
}

/// Cuts words that are wider than their cell; the written report and the tables carry them whole.
fn fit_cells(grid: &mut Grid, area: Area) {
    let widths = grid.widths(area);
    let cut = |row: &mut Vec<String>, face: Face| {
        for (cell, width) in row.iter_mut().zip(&widths) {
            *cell = fit(cell, face, width - 2.0 * CELL_EDGE);
        }
    };
    cut(&mut grid.headings, Face::bold(grid.size));
    let face = Face::regular(grid.size);
    grid.rows.iter_mut().for_each(|row| cut(row, face));
}
