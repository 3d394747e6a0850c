//! What every column and every key figure means; made from the tables themselves, so that no definition has two texts.

use super::Tables;
use crate::pack::about::About;
use crate::pack::cell::Kind;
use crate::pack::table::{Column, Table};

/// The table without its rows.
pub(super) fn empty(about: &About) -> Table {
    Table {
        key: "definitions",
        title: about.t("Định nghĩa", "Definitions"),
        columns: vec![
            Column::new(("table", Kind::Words), about.t("Bảng", "Table"), ""),
            Column::new(("key", Kind::Words), about.t("Mã", "Key"), ""),
            Column::new(("name", Kind::Words), about.t("Tên", "Name"), ""),
            Column::new(
                ("meaning", Kind::Words),
                about.t("Cách tính", "Definition"),
                "",
            ),
        ],
        rows: Vec::new(),
    }
}

/// Takes the definitions out of the other tables.
pub(super) fn fill(tables: &mut Tables, about: &About) {
    let mut rows = Vec::new();
    for row in &tables.headline.rows {
        let cell = |key| tables.headline.cell(row, key).clone();
        rows.push(vec![
            tables.headline.title.into(),
            cell("figure"),
            cell("name"),
            cell("meaning"),
        ]);
    }
    for table in tables
        .each()
        .into_iter()
        .filter(|table| table.key != "headline")
    {
        let defined = table
            .columns
            .iter()
            .filter(|column| !column.meaning.is_empty());
        rows.extend(defined.map(|column| {
            vec![
                table.title.into(),
                column.key.into(),
                column.heading.into(),
                column.meaning.into(),
            ]
        }));
    }
    let coverage = about.t(
        "Dưới mức này mọi trang mang dòng “số liệu chưa đầy đủ”",
        "Below it every page is marked as incomplete",
    );
    let least = format!("{}%", about.order.least_percent);
    rows.push(vec![
        about.t("Quy tắc", "Rule").into(),
        "least_percent".into(),
        format!(
            "{}: {least}",
            about.t(
                "Tỷ lệ đơn vị báo cáo tối thiểu",
                "Least share of units reporting"
            )
        )
        .into(),
        coverage.into(),
    ]);
    tables.definitions.rows = rows;
}
