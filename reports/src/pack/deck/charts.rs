//! The slides with charts: each as we draw it, and as charts, tables and shapes that its reader can edit.

use std::sync::Arc;

use plotters::style::RGBColor;

use super::area::{Area, WHOLE};
use super::block::{Block, Grid, Paragraph, Side};
use super::{Level, Slide};
use crate::charts::Chart;
use crate::charts::style::{GRID, INK};
use crate::illustrate::ChartName;
use crate::pack::Pack;
use crate::pack::graph::Graph;
use crate::pack::native::NativeTile;

/// How many bars stand in one editable chart of a slide.
const BARS: usize = 34;

/// How many small charts stand beside each other.
const SMALL_COLUMNS: usize = 9;

/// The slide of a chart; `None` where the pack has none of that name, or nothing to draw in it.
pub(super) fn slide(pack: &Pack, name: ChartName) -> Option<Slide> {
    let chart = pack.slide_charts.of(name)?;
    let graph = pack.graphs.of(name);
    if graph.is_some_and(|graph| graph.categories.len() == 0) {
        return None;
    }
    let native = match name {
        ChartName::Tiles => tiles(pack),
        ChartName::Submissions => submissions(pack),
        ChartName::Multiples => multiples(pack),
        _ => graphs(graph?),
    };
    let topic = name.title().in_language(pack.about.language()).to_owned();
    Some(Slide {
        title: pack.prose.finding(name).unwrap_or(&topic).to_owned(),
        topic,
        level: Level::Main,
        notes: chart.description.clone(),
        blocks: vec![Block::Chart(WHOLE, native, Arc::clone(chart))],
    })
}

/// The slide of one unit's chart.
pub(super) fn beside(area: Area, graph: &Graph, chart: &Arc<Chart>) -> Block {
    Block::Chart(
        area,
        vec![Block::Graph(area, graph.clone())],
        Arc::clone(chart),
    )
}

/// A chart in pieces side by side, so that every name can be read.
fn graphs(graph: &Graph) -> Vec<Block> {
    let pieces = graph.pieces(BARS);
    let count = u32::try_from(pieces.len()).unwrap_or(1);
    let places = WHOLE.columns(count, 12.0).into_iter();
    places
        .zip(pieces)
        .map(|(place, piece)| Block::Graph(place, piece))
        .collect()
}

/// Places in rows of equal size.
fn places(count: usize, columns: usize, gap: f64) -> impl Iterator<Item = Area> {
    let number = |value: usize| u32::try_from(value).unwrap_or(1);
    let rows = WHOLE.rows(number(count.div_ceil(columns).max(1)), gap);
    rows.into_iter()
        .flat_map(move |row| row.columns(number(columns), gap))
        .take(count)
}

fn multiples(pack: &Pack) -> Vec<Block> {
    let graphs = &pack.graphs.multiples;
    places(graphs.len(), SMALL_COLUMNS, 3.0)
        .zip(graphs)
        .map(|(place, graph)| Block::Graph(place, graph.clone()))
        .collect()
}

/// A field for each unit in its place, with its name and share.
fn tiles(pack: &Pack) -> Vec<Block> {
    let tiles = &pack.native.tiles;
    let extent =
        |of: fn(&NativeTile) -> usize| tiles.iter().map(of).max().map_or(1, |most| most + 1);
    let (columns, rows) = (extent(|tile| tile.column), extent(|tile| tile.row));
    let all: Vec<Area> = places(columns * rows, columns, 3.0).collect();
    let field = |tile: &NativeTile| {
        let place = all.get(tile.row * columns + tile.column)?;
        let (fill, ink) = tile.colours;
        let mut words = vec![
            Paragraph::new(tile.name.as_str(), 7.0)
                .coloured(ink)
                .close(),
            Paragraph::new(tile.share.as_str(), 10.0)
                .bold()
                .coloured(ink)
                .close(),
        ];
        let note = tile
            .archipelago
            .map(|name| Paragraph::new(format!("({name})"), 7.0));
        words.extend(note.map(|note| note.coloured(ink)));
        Some([
            Block::Field(*place, fill),
            Block::Words(place.inside(2.0), words),
        ])
    };
    tiles.iter().filter_map(field).flatten().collect()
}

/// Tables of who reported when, a letter a week.
fn submissions(pack: &Pack) -> Vec<Block> {
    const TABLES: u32 = 3;
    let native = &pack.native;
    let (key, below) = WHOLE.cut(16.0);
    let each = native.arrivals.len().div_ceil(3).max(1);
    let mut parts = vec![3.4];
    parts.extend(native.weeks.iter().map(|_| 0.75));
    let mut sides = vec![Side::Left];
    sides.extend(native.weeks.iter().map(|_| Side::Left));
    let mut headings = vec![pack.about.t("Địa phương", "Province").to_owned()];
    headings.extend(native.weeks.iter().cloned());
    let places = below.columns(TABLES, 12.0).into_iter();
    let grid = |(place, rows): (Area, &[Vec<String>])| {
        let grid = Grid {
            parts: parts.clone(),
            sides: sides.clone(),
            headings: headings.clone(),
            rows: rows.to_vec(),
            size: 7.0,
        };
        Block::Grid(place, grid)
    };
    let mut blocks = vec![Block::Words(
        key,
        vec![Paragraph::new(native.key, 9.0).coloured(INK)],
    )];
    blocks.extend(places.zip(native.arrivals.chunks(each)).map(grid));
    blocks
}

/// The ground and the ink of a tile whose share is not known.
pub(crate) const UNKNOWN: (RGBColor, RGBColor) = (GRID, INK);
