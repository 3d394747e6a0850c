//! The words and figures of a tile grid.

use store::domain::Language;

use super::places::archipelago;
use super::tiles::parts_of;
use super::{Tile, TileGrid, TileState};
use crate::charts::chart::ChartTable;
use crate::charts::legend::{Key, Swatch};
use crate::charts::style::{CARRIED_MARK, HATCH_LINE, SHADES, things};

/// The title.
pub(super) fn title(grid: &TileGrid) -> String {
    let language = grid.caption.language;
    let what = language.pick(
        "Tỷ lệ số hóa theo địa phương",
        "Share digitized by province",
    );
    format!("{what}: {}", grid.caption.subject())
}

/// What the share is a share of, and that the tiles are no map.
pub(super) fn definition(grid: &TileGrid) -> String {
    let language = grid.caption.language;
    let things = things(language, grid.caption.count_unit);
    match language {
        Language::Vi => format!(
            "Tỷ lệ = số {things} đã chuyển vào Cơ sở dữ liệu hộ tịch điện tử ÷ tổng số cần số hóa. Các ô xếp theo \
             vùng để dễ tìm, không phải bản đồ. Đơn vị chưa báo cáo được gạch chéo, không tính là 0."
        ),
        Language::En => format!(
            "Share = {things} transferred into the national electronic civil-status database ÷ {things} to be \
             digitized. Tiles stand by region so that they are found, they are no map. A unit that has not reported \
             is hatched; it is not counted as 0."
        ),
    }
}

/// The keys: every step of the scale, and what is really drawn besides.
pub(super) fn keys(grid: &TileGrid) -> Vec<Key> {
    let language = grid.caption.language;
    let mut keys: Vec<Key> = SHADES
        .iter()
        .map(|shade| {
            let text = language.pick(shade.words.0, shade.words.1);
            Key::new(Swatch::Band(shade.fill, None), text)
        })
        .collect();
    let has = |wanted: fn(TileState) -> bool| grid.tiles.iter().any(|tile| wanted(tile.state));
    if has(|state| matches!(state, TileState::Carried(_))) {
        let carried = language.pick("Số của tuần trước đó", "Figure of an earlier week");
        keys.push(Key::new(Swatch::Line(CARRIED_MARK), carried));
    }
    if has(|state| state.share().is_none()) {
        let absent = language.pick("Chưa có số liệu", "No figure");
        keys.push(Key::new(Swatch::Hatch(HATCH_LINE, HATCH_LINE), absent));
    }
    keys
}

fn state_words(language: Language, state: TileState) -> String {
    match state {
        TileState::Reported(share) => language.percent(share),
        TileState::Carried(share) => {
            let carried = language.pick("số tuần trước đó", "an earlier week");
            format!("{} ({carried})", language.percent(share))
        }
        TileState::NoTotal => language.pick("chưa có tổng số", "no total").to_owned(),
        TileState::NotReported => language.pick("chưa báo cáo", "not reported").to_owned(),
    }
}

/// What a reader would see, in sentences, part by part.
pub(super) fn describe(grid: &TileGrid) -> String {
    let language = grid.caption.language;
    let kind = language.pick("Lưới ô theo vùng", "Grid of tiles by region");
    let subject = grid.caption.subject();
    let mut sentences = grid.caption.opening(&format!("{kind}, {subject}"));
    let words = |tile: &Tile| {
        let note = archipelago(tile.place).map(|note| format!(" ({note})"));
        let name = tile.name.in_language(language);
        let state = state_words(language, tile.state);
        format!("{name}{}: {state}", note.unwrap_or_default())
    };
    for part in parts_of(grid) {
        let tiles = part
            .places()
            .filter_map(|place| grid.tiles.iter().find(|tile| tile.place == place.0));
        let tiles: Vec<String> = tiles.map(words).collect();
        if !tiles.is_empty() {
            let name = language.pick(part.name.0, part.name.1);
            sentences.push(format!("{name}: {}.", tiles.join("; ")));
        }
    }
    sentences.join(" ")
}

/// Every figure of the chart.
pub(super) fn table(grid: &TileGrid) -> ChartTable {
    let language = grid.caption.language;
    let headers = [
        ("Đơn vị", "Unit"),
        ("Tỷ lệ", "Share"),
        ("Tình trạng", "State"),
    ];
    let cells = |tile: &Tile| {
        let share = tile.state.share().map(|share| language.percent(share));
        let state = match tile.state {
            TileState::Reported(_) => String::new(),
            TileState::Carried(_) => language
                .pick("số tuần trước đó", "figure of an earlier week")
                .to_owned(),
            absent => state_words(language, absent),
        };
        vec![
            tile.name.in_language(language).to_owned(),
            share.unwrap_or_default(),
            state,
        ]
    };
    ChartTable::new(language, &headers, grid.tiles.iter().map(cells).collect())
}
