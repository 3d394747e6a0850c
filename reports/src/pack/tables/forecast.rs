//! The spread of the national count in coming weeks.

use crate::forecast::FanPoint;
use crate::pack::about::About;
use crate::pack::cell::{Cell, Kind};
use crate::pack::input::PackInput;
use crate::pack::table::{Column, Table};

pub(super) fn table(input: &PackInput<'_>, about: &About) -> Table {
    let row = |point: &FanPoint| {
        vec![
            point.week.to_string().into(),
            Cell::Day(point.week.last_day()),
            Some(point.p10).into(),
            Some(point.p50).into(),
            Some(point.p90).into(),
        ]
    };
    let meaning = about.t(
        "Đúng khi không có quyết định mới; mười lần thì tám lần nằm giữa 10% và 90%",
        "Holds if nothing new is decided; eight times in ten between 10% and 90%",
    );
    Table {
        key: "forecast",
        title: about.t("Dự báo", "Forecast"),
        columns: vec![
            Column::new(
                ("week", Kind::Words),
                about.t("Tuần", "Week"),
                about.t("Tuần ISO", "ISO week"),
            ),
            Column::new(("last_day", Kind::Day), about.t("Đến ngày", "Until"), ""),
            Column::new(
                ("p10", Kind::Number),
                about.t("Thấp (10%)", "Low (10%)"),
                meaning,
            ),
            Column::new(
                ("p50", Kind::Number),
                about.t("Giữa (50%)", "Median (50%)"),
                meaning,
            ),
            Column::new(
                ("p90", Kind::Number),
                about.t("Cao (90%)", "High (90%)"),
                meaning,
            ),
        ],
        rows: input
            .national
            .forecast
            .national
            .fan
            .iter()
            .map(row)
            .collect(),
    }
}
