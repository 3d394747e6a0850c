//! The tiles of a grid: shade, name and share.

use plotters::style::RGBColor;
use store::domain::UnitId;

use super::places::{NEW, OLD, Part, archipelago};
use super::{Tile, TileGrid, TileState};
use crate::charts::canvas::Canvas;
use crate::charts::error::RenderError;
use crate::charts::font;
use crate::charts::geometry::{Point, Region, number};
use crate::charts::label::{Anchor, Label};
use crate::charts::legend::hatching;
use crate::charts::style::{
    CARRIED_MARK, ChartSize, Face, HALF_CAPITAL, HATCH_LINE, INK, MUTED, PAPER, SHADES, Stroke,
    VALUE_FACE,
};

const TILE_GAP: f64 = 5.0;
const PART_GAP: f64 = 34.0;
const PART_HEAD: f64 = 24.0;
const NAME: Face = Face::regular(11.5);
const SMALL: Face = Face::regular(10.5);
const SHARE: Face = Face::bold(16.0);

/// The height of a tile with the gap below it.
const fn row_height(size: ChartSize) -> f64 {
    match size {
        ChartSize::Full | ChartSize::Compact => 83.0,
        ChartSize::Slide => 61.0,
    }
}

/// The shade of a share: lighter for less. Its steps are those of the key.
pub(crate) fn shade(share: f64) -> (RGBColor, RGBColor) {
    let place = SHADES.iter().position(|shade| share < shade.below);
    let shade = place.and_then(|place| SHADES.get(place)).or(SHADES.last());
    shade.map_or((PAPER, INK), |shade| (shade.fill, shade.ink))
}

/// Draws all tiles from `top` on and returns the foot.
pub(super) fn draw_tiles(
    canvas: &mut Canvas,
    grid: &TileGrid,
    top: f64,
) -> Result<f64, RenderError> {
    let parts = parts_of(grid);
    let margin = grid.size.margin();
    let room = f64::from(grid.size.width_px()) - 2.0 * margin;
    let widths = parts.iter().map(|part| part.extent().0);
    // A wide chart has the parts side by side, a narrow one below each other; all tiles are of one size.
    let width = match grid.size {
        ChartSize::Full | ChartSize::Slide => {
            (room - 2.0 * PART_GAP) / number(widths.sum::<usize>())
        }
        ChartSize::Compact => room / number(widths.max().unwrap_or(1)),
    };
    let height = row_height(grid.size);
    let mut from = Point::new(margin, top);
    let mut bottom = top;
    for part in parts {
        let (columns, rows) = part.extent();
        draw_part(canvas, grid, part, (from, width))?;
        let foot = from.y + PART_HEAD + number(rows) * height;
        bottom = f64::max(bottom, foot);
        match grid.size {
            ChartSize::Full | ChartSize::Slide => from.x += number(columns) * width + PART_GAP,
            ChartSize::Compact => from.y = foot + TILE_GAP,
        }
    }
    let placed = |unit: UnitId| {
        parts
            .iter()
            .flat_map(Part::places)
            .any(|place| place.0 == unit)
    };
    let others: Vec<&Tile> = grid
        .tiles
        .iter()
        .filter(|tile| !placed(tile.place))
        .collect();
    let per_row = match grid.size {
        ChartSize::Full | ChartSize::Slide => 11,
        ChartSize::Compact => 5,
    };
    for (place, tile) in others.iter().enumerate() {
        let (column, row) = (place % per_row, place / per_row);
        let left = margin + number(column) * room / number(per_row);
        let region = tile_region(
            Point::new(left, bottom + number(row) * height),
            (room / number(per_row), height),
        );
        draw_tile(canvas, grid, tile, region)?;
    }
    Ok(bottom + number(others.len().div_ceil(per_row)) * height + 8.0)
}

/// The places that suit the units.
pub(super) fn parts_of(grid: &TileGrid) -> &'static [Part] {
    let has = |part: &Part| {
        part.places()
            .any(|place| grid.tiles.iter().any(|tile| tile.place == place.0))
    };
    if NEW.iter().any(has) { &NEW } else { &OLD }
}

/// Every tile with its column and row where the parts stand side by side, a column apart; units without a place of their
/// own stand in rows below.
pub(crate) fn placed_tiles(grid: &TileGrid) -> Vec<(&Tile, usize, usize)> {
    let (mut placed, mut left, mut bottom) = (Vec::new(), 0, 0);
    for part in parts_of(grid) {
        let (columns, rows) = part.extent();
        for (unit, column, row) in part.places() {
            let tile = grid.tiles.iter().find(|tile| tile.place == unit);
            placed.extend(tile.map(|tile| (tile, left + column, row)));
        }
        left += columns + 1;
        bottom = bottom.max(rows);
    }
    let columns = left.saturating_sub(1).max(1);
    let is_placed = |tile: &&Tile| placed.iter().any(|(one, ..)| std::ptr::eq(*one, *tile));
    let others: Vec<&Tile> = grid.tiles.iter().filter(|tile| !is_placed(tile)).collect();
    for (place, tile) in others.into_iter().enumerate() {
        placed.push((tile, place % columns, bottom + place / columns));
    }
    placed
}

fn tile_region(from: Point, (width, height): (f64, f64)) -> Region {
    Region {
        left: from.x,
        top: from.y,
        right: from.x + width - TILE_GAP,
        bottom: from.y + height - TILE_GAP,
    }
}

fn draw_part(
    canvas: &mut Canvas,
    grid: &TileGrid,
    part: &Part,
    (from, width): (Point, f64),
) -> Result<(), RenderError> {
    let name = grid.caption.language.pick(part.name.0, part.name.1);
    let place = Point::new(from.x, from.y + VALUE_FACE.size);
    canvas.text(&Label::new(name, place, VALUE_FACE, MUTED));
    for (unit, column, row) in part.places() {
        let at = Point::new(
            from.x + number(column) * width,
            from.y + PART_HEAD + number(row) * row_height(grid.size),
        );
        if let Some(tile) = grid.tiles.iter().find(|tile| tile.place == unit) {
            draw_tile(
                canvas,
                grid,
                tile,
                tile_region(at, (width, row_height(grid.size))),
            )?;
        }
    }
    Ok(())
}

fn draw_tile(
    canvas: &mut Canvas,
    grid: &TileGrid,
    tile: &Tile,
    region: Region,
) -> Result<(), RenderError> {
    let language = grid.caption.language;
    let share = tile.state.share();
    let (fill, ink) = share.map_or((PAPER, INK), |share| shade(share.to_f64()));
    canvas.regions("tile", fill, &[region])?;
    if share.is_none() {
        canvas.lines("absent", HATCH_LINE, &hatching(&region))?;
        canvas.outlines("absent", HATCH_LINE, &[region])?;
    } else if matches!(tile.state, TileState::Carried(_)) {
        let inner = region.grown(-3.0);
        let dashes = Stroke {
            colour: ink,
            ..CARRIED_MARK
        };
        canvas.outlines("carried", dashes, &[inner])?;
    }
    let room = region.width() - 4.0;
    let centre = f64::midpoint(region.left, region.right);
    let note = archipelago(tile.place).map(|note| format!("({note})"));
    let words = match tile.state {
        TileState::Reported(share) | TileState::Carried(share) => language.percent(share),
        TileState::NoTotal => language.pick("chưa có tổng số", "no total").to_owned(),
        TileState::NotReported => language.pick("chưa báo cáo", "not reported").to_owned(),
    };
    let mut lines = Vec::new();
    let most = if note.is_some() { 1 } else { 2 };
    let names = font::wrap(tile.name.in_language(language), NAME, room, most);
    lines.extend(names.into_iter().map(|line| (line, NAME)));
    let face = if share.is_some() { SHARE } else { SMALL };
    let most = if share.is_some() { 1 } else { 2 };
    lines.extend(
        font::wrap(&words, face, room, most)
            .into_iter()
            .map(|line| (line, face)),
    );
    lines.extend(note.map(|note| (font::fit(&note, SMALL, room), SMALL)));
    let total: f64 = lines.iter().map(|(_, face)| face.line()).sum();
    let mut middle = f64::midpoint(region.top, region.bottom) - total / 2.0;
    for (text, face) in lines {
        let base = middle + face.line() / 2.0 + face.size * HALF_CAPITAL;
        let label = Label::new(text, Point::new(centre, base), face, ink).anchored(Anchor::Middle);
        if share.is_none() {
            // Stripes behind the words would strike them through.
            canvas.regions("paper", PAPER, &[label.region().grown(1.0)])?;
        }
        canvas.text(&label);
        middle += face.line();
    }
    Ok(())
}
