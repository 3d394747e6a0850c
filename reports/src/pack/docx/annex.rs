//! The annex: the table of all units on landscape pages, its heading on each of them.

use super::xml::{Look, paragraph, ruled};
use crate::pack::Pack;
use crate::pack::cell::Kind;
use crate::pack::prose::figure;
use crate::pack::table::Table;

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
    let report = about.t(
        "(Kèm theo Báo cáo số ……/BC-…… ngày …… tháng …… năm ……… )",
        "(Annexed to Report No. ……/BC-…… of ……………… )",
    );
    xml += &paragraph(report, Look::new("center", 26).italic());
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
    let numeric = numeric(provinces, &keys);
    let side = |place: usize| {
        let right = numeric.get(place).copied().unwrap_or(false);
        if right { "right" } else { "left" }
    };
    let mut rows = vec![total(pack, &keys)];
    rows.extend(provinces.shown(&keys, pack.about.language()));
    let widths = COLUMNS.map(|(_, width)| width);
    ruled(&widths, &provinces.headings(&keys), &rows, (&side, SMALL))
}

/// Whether each column holds figures, which stand on the right.
pub(super) fn numeric(table: &Table, keys: &[&str]) -> Vec<bool> {
    let is_figure = |key: &&str| {
        let column = table.place(key).and_then(|place| table.columns.get(place));
        column.is_some_and(|column| !matches!(column.kind, Kind::Words))
    };
    keys.iter().map(is_figure).collect()
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
