//! What every figure means.

use reports::metric::{Metric, metrics};
use schemars::JsonSchema;
use serde::Serialize;

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, LANG, LIMIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;

/// A figure with its definition.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Metric")]
pub(crate) struct MetricEntry {
    /// Its name in files and addresses; it never changes.
    metric: &'static str,
    name: &'static str,
    /// How it is computed.
    formula: &'static str,
    /// What it is counted in.
    unit: &'static str,
    /// What it is a share or a rate of; null where it is neither.
    denominator: Option<&'static str>,
    /// `over_units`, `over_units_and_weeks` or `never`.
    adds_up: &'static str,
    /// The version of the formula: a number, or the method of the forecast.
    version: &'static str,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Định nghĩa các chỉ tiêu: cách tính, đơn vị tính, mẫu số và phiên bản",
        "What the figures mean: formula, unit, denominator and version",
    ),
    parameters: &[LANG, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("metric", "/metric"),
        ("name", "/name"),
        ("formula", "/formula"),
        ("unit", "/unit"),
        ("denominator", "/denominator"),
        ("adds_up", "/adds_up"),
        ("version", "/version"),
    ])],
    ..Operation::read(list, shape::<Page<MetricEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let language = call.language;
    let window = Window::read(call)?;
    let entry = |metric: &'static Metric| {
        let denominator = metric.denominator.as_ref();
        MetricEntry {
            metric: metric.id,
            name: metric.name.in_language(language),
            formula: metric.formula.in_language(language),
            unit: metric.unit.in_language(language),
            denominator: denominator.map(|text| text.in_language(language)),
            adds_up: metric.adds_up.key(),
            version: metric.version,
        }
    };
    window.page(call, metrics().iter(), entry)
}
