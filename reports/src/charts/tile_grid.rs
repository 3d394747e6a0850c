//! The provinces as labelled tiles, North, Central and South side by side. It is no map: a tile has no area or border.
//!
//! The tile of Đà Nẵng names Hoàng Sa and that of Khánh Hòa names Trường Sa.

mod description;
mod places;
mod tiles;

use store::domain::{Share, Text, UnitId};

use super::caption::Caption;
use super::chart::Chart;
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::style::ChartSize;
pub(crate) use places::archipelago;
pub(crate) use tiles::{placed_tiles, shade};

/// What is known of the share of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileState {
    /// It reported for the week shown.
    Reported(Share),
    /// It did not: the share is that of its last figures.
    Carried(Share),
    /// It reported, but what it has to digitize is not known or zero.
    NoTotal,
    /// It never reported.
    NotReported,
}

impl TileState {
    /// The share; `None` where it is not known.
    #[must_use]
    pub const fn share(self) -> Option<Share> {
        match self {
            Self::Reported(share) | Self::Carried(share) => Some(share),
            Self::NoTotal | Self::NotReported => None,
        }
    }
}

/// The tile of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Whose place it takes: the unit itself, or the one it became where the others stand as those of 2025.
    pub place: UnitId,
    /// Its name.
    pub name: Text,
    /// What is known of its share.
    pub state: TileState,
}

/// What a tile grid shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileGrid {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is.
    pub size: ChartSize,
    /// The units, all of one scheme.
    pub tiles: Vec<Tile>,
}

/// Draws a tile grid. A unit without a place of its own stands in a row below the others.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_tile_grid(grid: &TileGrid) -> Result<Chart, RenderError> {
    let sheet = Sheet {
        caption: &grid.caption,
        size: grid.size,
        head: Head {
            title: description::title(grid),
            definition: description::definition(grid),
            keys: description::keys(grid),
        },
        description: description::describe(grid),
        table: description::table(grid),
    };
    sheet.draw(|canvas, top| tiles::draw_tiles(canvas, grid, top))
}
