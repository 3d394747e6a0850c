//! The units that did not report in the week, with the week their last figure is from.

use store::domain::{Stage, UnitId, Week};

use crate::pack::about::About;
use crate::pack::cell::{Cell, Kind};
use crate::pack::input::PackInput;
use crate::pack::table::{Column, Table};

pub(super) fn table(input: &PackInput<'_>, about: &About) -> Table {
    let national = input.national;
    let name = |unit: UnitId| national.name(unit).in_language(about.language()).to_owned();
    let standing = national
        .headline(Stage::Transferred)
        .map(|headline| &headline.standing);
    let late = |(unit, from): &(UnitId, Week)| {
        let weeks = national.week.weeks_since(*from);
        vec![
            unit.to_string().into(),
            name(*unit).into(),
            about.t("lấy số gần nhất", "last figure kept").into(),
            from.to_string().into(),
            Cell::Number(weeks),
        ]
    };
    let silent = |unit: &UnitId| {
        vec![
            unit.to_string().into(),
            name(*unit).into(),
            about.t("chưa từng báo cáo", "never reported").into(),
            Cell::Absent,
            Cell::Absent,
        ]
    };
    let rows = standing.map_or_else(Vec::new, |standing| {
        let late = standing.carried.iter().map(late);
        late.chain(standing.silent.iter().map(silent)).collect()
    });
    Table {
        key: "missing",
        title: about.t("Chưa báo cáo", "No report"),
        columns: vec![
            Column::new(("unit", Kind::Words), about.t("Mã đơn vị", "Unit"), ""),
            Column::new(("name", Kind::Words), about.t("Địa phương", "Province"), ""),
            Column::new(("state", Kind::Words), about.t("Xử lý", "Treatment"), ""),
            Column::new(
                ("last_week", Kind::Words),
                about.t("Số của tuần", "Figure of week"),
                about.t("Tuần của số liệu gần nhất", "The week of the last figure"),
            ),
            Column::new(
                ("weeks_missing", Kind::Number),
                about.t("Số tuần thiếu", "Weeks missing"),
                about.t("Từ tuần đó đến tuần chốt", "From then to the week shown"),
            ),
        ],
        rows,
    }
}
