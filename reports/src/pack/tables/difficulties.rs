//! The difficulties that units reported since the cut-off before, in their own words.

use store::domain::Difficulty;

use crate::pack::about::About;
use crate::pack::cell::{Cell, Kind};
use crate::pack::input::PackInput;
use crate::pack::table::{Column, Table};

pub(super) fn table(input: &PackInput<'_>, about: &About) -> Table {
    let units = &input.report.reference.units;
    let row = |one: &Difficulty| {
        let name = units.name_on(one.unit, one.as_of);
        vec![
            one.unit.to_string().into(),
            name.in_language(about.language()).into(),
            Cell::Day(one.as_of),
            one.words.clone().into(),
        ]
    };
    Table {
        key: "difficulties",
        title: about.t("Khó khăn, vướng mắc", "Difficulties"),
        columns: vec![
            Column::new(("unit", Kind::Words), about.t("Mã đơn vị", "Unit"), ""),
            Column::new(("name", Kind::Words), about.t("Địa phương", "Province"), ""),
            Column::new(
                ("as_of", Kind::Day),
                about.t("Ngày báo cáo", "Reported for"),
                "",
            ),
            Column::new(
                ("words", Kind::Words),
                about.t("Khó khăn, vướng mắc", "Difficulty"),
                about.t("Nguyên văn của địa phương", "In the words of the province"),
            ),
        ],
        rows: input.difficulties.iter().map(row).collect(),
    }
}
