//! The annex: the table of all units on landscape pages, its heading on each of them.

use super::xml::{Look, paragraph};
use crate::pack::Pack;
use crate::pack::cell::Kind;
use crate::pack::prose::figure;

/// The columns and their widths in twentieths of a point; together 252 mm, what the margins leave of the page.
const COLUMNS: [(&str, u32); 10] = [
    ("number", 550),
    ("name", 1900),
    ("total", 1350),
    ("entered", 1350),
    ("transferred", 1350),
    ("share", 950),
    ("remaining", 1250),
    ("work", 1150),
    ("outlook", 3086),
    ("group", 1350),
];

/// Upright text of 10 points, in half points.
const SMALL: u32 = 20;

/// The heading of the annex and its table.
pub(super) fn annex(pack: &Pack) -> String {
    let about = &pack.about;
    let title = format!("{}. {}", pack.tables.provinces.title, about.cutoff_words());
    let mut xml = paragraph(about.t("PHỤ LỤC", "ANNEX"), Look::new("center", 28).bold());
    xml += &paragraph(&title, Look::new("center", 28).bold());
    xml += &paragraph(
        &about.foot(),
        Look::new("center", SMALL).italic().after(120),
    );
    xml += &table(pack);
    xml
}

fn table(pack: &Pack) -> String {
    let provinces = &pack.tables.provinces;
    let keys = COLUMNS.map(|(key, _)| key);
    let numeric = keys.map(|key| {
        let kind = provinces
            .place(key)
            .and_then(|place| provinces.columns.get(place));
        kind.is_some_and(|column| !matches!(column.kind, Kind::Words))
    });
    let mut rows = row(&provinces.headings(&keys), |_| "center", true);
    let side = |place: usize| {
        let right = numeric.get(place).copied().unwrap_or(false);
        if right { "right" } else { "left" }
    };
    rows += &row(&total(pack, &keys), side, false);
    for cells in provinces.shown(&keys, pack.about.language()) {
        rows += &row(&cells, side, false);
    }
    let grid: String = COLUMNS
        .iter()
        .map(|(_, width)| format!("<w:gridCol w:w=\"{width}\"/>"))
        .collect();
    let line = |side: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>")
    };
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(line)
        .concat();
    let width: u32 = COLUMNS.iter().map(|(_, width)| width).sum();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/>\
         <w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
}

/// The row of the nation, from the key figures.
fn total(pack: &Pack, keys: &[&str]) -> Vec<String> {
    let cell = |key: &&str| match *key {
        "name" => pack.about.t("CẢ NƯỚC", "THE NATION").to_owned(),
        "total" | "entered" | "transferred" | "share" | "remaining" | "work" => {
            figure(&pack.tables, &pack.about, key)
        }
        _ => String::new(),
    };
    keys.iter().map(cell).collect()
}

fn row(cells: &[String], side: impl Fn(usize) -> &'static str, heading: bool) -> String {
    let (repeat, shade) = if heading {
        (
            "<w:tblHeader/>",
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E6EEF7\"/>",
        )
    } else {
        ("", "")
    };
    let cell = |(place, (text, (_, width))): (usize, (&String, &(&str, u32)))| {
        let look = Look::new(side(place), SMALL);
        let look = if heading { look.bold() } else { look };
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}<w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
            paragraph(text, look)
        )
    };
    let cells: String = cells.iter().zip(&COLUMNS).enumerate().map(cell).collect();
    format!("<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>")
}
