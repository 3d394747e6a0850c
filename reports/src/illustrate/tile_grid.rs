//! The units as tiles.

use store::domain::{Scheme, Share, Stage, UnitId};

use super::{Setting, caption_of_units};
use crate::charts::{Tile, TileGrid, TileState};
use crate::model::{NationalReport, UnitRow};

pub(crate) fn tile_grid(report: &NationalReport, setting: &Setting<'_>) -> TileGrid {
    let is_new = report
        .rows
        .iter()
        .any(|row| row.unit.scheme() == Scheme::New34);
    // Beside units of 2025 stands one of the 63 only where it became one of them unchanged: it takes that place.
    let place = |unit: UnitId| {
        let successor = setting
            .reference
            .units
            .find(unit)
            .and_then(|unit| unit.successor);
        successor.filter(|_| is_new).unwrap_or(unit)
    };
    TileGrid {
        caption: caption_of_units(report, setting),
        size: setting.size,
        tiles: report
            .rows
            .iter()
            .map(|row| Tile {
                place: place(row.unit),
                name: row.name.clone(),
                state: state(row, report.stage),
            })
            .collect(),
    }
}

fn state(row: &UnitRow, stage: Stage) -> TileState {
    let standing = |wanted: Stage| {
        let standing = row.standings.iter().find(|(each, _)| *each == wanted);
        standing.map(|(_, standing)| standing)
    };
    let estimate = |stage| standing(stage).and_then(|standing| standing.estimated_count());
    let Some(done) = estimate(stage) else {
        return TileState::NotReported;
    };
    let share = estimate(Stage::Total).and_then(|total| Share::of(done, total));
    let carried = standing(stage).is_some_and(|standing| !standing.carried.is_empty());
    match share {
        None => TileState::NoTotal,
        Some(share) if carried => TileState::Carried(share),
        Some(share) => TileState::Reported(share),
    }
}
