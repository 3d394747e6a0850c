//! Every stage: what was reported, by how many, and the estimate.

use super::headline::reporting;
use crate::model::StageHeadline;
use crate::pack::about::About;
use crate::pack::cell::{Cell, Kind};
use crate::pack::input::PackInput;
use crate::pack::table::{Column, Table};
use crate::words::stage_name;

pub(super) fn table(input: &PackInput<'_>, about: &About) -> Table {
    let row = |headline: &StageHeadline| {
        let standing = &headline.standing;
        vec![
            headline.stage.key().into(),
            stage_name(headline.stage)
                .in_language(about.language())
                .into(),
            standing.estimated_count().into(),
            standing.reported.map(|figure| figure.value).into(),
            reporting(standing),
            Cell::number(i64::try_from(standing.expected).ok()),
        ]
    };
    Table {
        key: "stages",
        title: about.t("Công đoạn", "Stages"),
        columns: vec![
            Column::new(("stage", Kind::Words), about.t("Mã", "Key"), ""),
            Column::new(("name", Kind::Words), about.t("Công đoạn", "Stage"), ""),
            Column::new(
                ("estimate", Kind::Number),
                about.t("Ước tính", "Estimate"),
                about.t(
                    "Đơn vị chưa báo cáo lấy số liệu gần nhất; không có báo cáo không phải là số không",
                    "Units without a report at their last figure; no report does not mean zero",
                ),
            ),
            Column::new(
                ("reported", Kind::Number),
                about.t("Báo cáo trong tuần", "Reported in the week"),
                about.t("Tổng của các đơn vị đã báo cáo trong tuần", "Sum of the units that reported in the week"),
            ),
            Column::new(("reporting", Kind::Number), about.t("Đơn vị báo cáo", "Units reporting"), ""),
            Column::new(("expected", Kind::Number), about.t("Đơn vị phải báo cáo", "Units expected"), ""),
        ],
        rows: input.national.headlines.iter().map(row).collect(),
    }
}
