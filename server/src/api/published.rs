//! Figures that were published elsewhere, each with its source. As SDMX-CSV for statistical offices.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::PublishedFigure;

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, KNOWN_ON, LANG, LIMIT, UNIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;

/// A figure as its source gives it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PublishedFigure")]
pub(crate) struct FigureEntry {
    /// Whose; `VN` is the nation.
    unit: String,
    /// The day it is true for, as exactly as the source lets one say.
    as_of: NaiveDate,
    measure: String,
    record_type: String,
    /// The number as published: digits with a point before decimals.
    value: String,
    count_unit: String,
    /// How the source worded it; empty where it does not say.
    approximation: &'static str,
    note: String,
    source: String,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Số liệu đã công bố trong báo cáo và trên báo chí, kèm nguồn; không cộng vào số liệu hằng tuần",
        "Figures that reports and the press published, with their sources; never added to the weekly counts",
    ),
    parameters: &[LANG, UNIT, KNOWN_ON, LIMIT, CURSOR],
    tables: &[
        Table::csv(&[
            ("unit", "/unit"),
            ("as_of", "/as_of"),
            ("measure", "/measure"),
            ("record_type", "/record_type"),
            ("value", "/value"),
            ("count_unit", "/count_unit"),
            ("approximation", "/approximation"),
            ("note", "/note"),
            ("source", "/source"),
        ]),
        Table::sdmx(
            "SOHOA:PUBLISHED(1.0)",
            &[
                ("REF_AREA", "/unit"),
                ("MEASURE", "/measure"),
                ("RECORD_TYPE", "/record_type"),
                ("UNIT_MEASURE", "/count_unit"),
                ("TIME_PERIOD", "/as_of"),
                ("OBS_VALUE", "/value"),
                ("APPROXIMATION", "/approximation"),
                ("COMMENT_OBS", "/note"),
                ("SOURCE", "/source"),
            ],
        ),
    ],
    ..Operation::read(list, shape::<Page<FigureEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    // What was published is nobody's own.
    let unit = call.part("unit", |text| call.find_unit(text))?;
    let window = Window::read(call)?;
    let figures = call.state.store.list_published_figures(window.known_on)?;
    let own = figures
        .into_iter()
        .filter(|figure| unit.is_none() || figure.unit == unit);
    window.page(call, own, entry)
}

fn entry(figure: PublishedFigure) -> FigureEntry {
    FigureEntry {
        unit: figure
            .unit
            .map_or_else(|| "VN".to_owned(), |unit| unit.to_string()),
        as_of: figure.as_of,
        measure: figure.measure,
        record_type: figure.record_type,
        value: figure.value,
        count_unit: figure.count_unit,
        approximation: figure.approximation.key(),
        note: figure.note,
        source: figure.source,
    }
}
