//! Every week from the first report to the cut-off.

use store::domain::Stage;

use crate::model::WeekPoint;
use crate::pack::about::About;
use crate::pack::cell::{Cell, Kind};
use crate::pack::input::PackInput;
use crate::pack::table::{Column, Table};

pub(super) fn table(input: &PackInput<'_>, about: &About) -> Table {
    let estimate = about.t(
        "Ước tính, có số gần nhất của đơn vị thiếu",
        "Estimate, missing units at their last figure",
    );
    Table {
        key: "weekly",
        title: about.t("Theo tuần", "By week"),
        columns: vec![
            Column::new(
                ("week", Kind::Words),
                about.t("Tuần", "Week"),
                about.t("Tuần ISO", "ISO week"),
            ),
            Column::new(("last_day", Kind::Day), about.t("Đến ngày", "Until"), ""),
            Column::new(
                ("total", Kind::Number),
                about.t("Tổng số", "Total"),
                estimate,
            ),
            Column::new(
                ("entered", Kind::Number),
                about.t("Đã số hóa", "Entered"),
                estimate,
            ),
            Column::new(
                ("transferred", Kind::Number),
                about.t("Đã chuyển", "Transferred"),
                estimate,
            ),
            Column::new(
                ("reporting", Kind::Number),
                about.t("Đơn vị báo cáo", "Units reporting"),
                "",
            ),
            Column::new(
                ("expected", Kind::Number),
                about.t("Đơn vị phải báo cáo", "Units expected"),
                "",
            ),
        ],
        rows: input.national.weekly.iter().map(row).collect(),
    }
}

fn row(point: &WeekPoint) -> Vec<Cell> {
    let estimate = |stage| Cell::from(point.stage(stage).and_then(|known| known.estimate));
    let transferred = point.stage(Stage::Transferred);
    let units =
        |count: Option<usize>| Cell::number(count.and_then(|count| i64::try_from(count).ok()));
    vec![
        point.week.to_string().into(),
        Cell::Day(point.week.last_day()),
        estimate(Stage::Total),
        estimate(Stage::Entered),
        estimate(Stage::Transferred),
        units(transferred.map(|known| known.reporting)),
        units(transferred.map(|known| known.expected)),
    ]
}
