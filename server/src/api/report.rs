//! The national report of a week: every figure of the overview page.

use chrono::{DateTime, NaiveDate, Utc};
use reports::render::UnitEntry;
use reports::words;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Text, UnitId};

use super::call::Call;
use super::operation::{Operation, shape};
use super::parameter::VIEW;
use super::problem::Problem;
use super::reply::Reply;
use super::table::{CSV, Table};
use super::wire::{ChangeFigures, StageFigures, number};

/// The nation in one week.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Report {
    /// The week shown.
    week: String,
    /// The latest day in it that a figure is true for.
    as_of: NaiveDate,
    /// The moment as of which the figures were known.
    known_on: DateTime<Utc>,
    /// Which units stand as rows.
    units: &'static str,
    /// The stage that counts as done.
    stage: &'static str,
    /// What is counted.
    count_unit: &'static str,
    /// The digest of all figures, deadlines and reference files used.
    digest: String,
    /// Whether the figures are made up for a demonstration.
    synthetic: bool,
    /// Whether nobody has reported at all.
    empty: bool,
    stages: Vec<StageFigures>,
    /// Done of the total, from 0 to 1; null where one of them is not known.
    share: Option<f64>,
    /// What is left; null where it is not known.
    remaining: Option<i64>,
    /// The change since the week before; null where no unit reported in both.
    change: Option<ChangeFigures>,
    /// When it will be finished, in one sentence.
    outlook: Text,
    /// The rows, most urgent first.
    rows: Vec<UnitRow>,
}

/// A unit of the report.
#[derive(Serialize, JsonSchema)]
pub(super) struct UnitRow {
    unit: String,
    name: Text,
    /// Where it stands: `at_risk`, `no_figure`, `on_course` or `done`.
    group: &'static str,
    stages: Vec<StageFigures>,
    change: Option<ChangeFigures>,
    forecast: Option<UnitEntry>,
}

pub(super) static GET: Operation = Operation {
    about: (
        "Toàn quốc trong một tuần: số đã báo cáo, ước tính, thay đổi, dự báo và từng đơn vị",
        "The nation in one week: reported, estimated, changed, forecast, and each unit",
    ),
    parameters: &VIEW,
    tables: &[Table {
        media: CSV,
        rows: "/rows",
        flow: None,
        columns: &[
            ("unit", "/unit"),
            ("name_vi", "/name/vi"),
            ("name_en", "/name/en"),
            ("group", "/group"),
            ("done", "/forecast/done"),
            ("total", "/forecast/total"),
            ("share", "/forecast/share"),
            ("remaining", "/forecast/remaining"),
            ("work", "/change/work"),
            ("state", "/forecast/state"),
            ("p10", "/forecast/p10"),
            ("p50", "/forecast/p50"),
            ("p90", "/forecast/p90"),
            ("deadline", "/forecast/deadline"),
            ("chance", "/forecast/chance"),
            ("actual_rate", "/forecast/actual_rate"),
            ("required_rate", "/forecast/required_rate"),
        ],
    }],
    ..Operation::read(get, shape::<Report>)
};

fn get(call: &Call) -> Result<Reply, Problem> {
    let snapshot = call.snapshot()?;
    let report = &snapshot.report;
    let name = |unit: UnitId| report.name(unit);
    let rows = report.rows_by_urgency().into_iter().map(|row| UnitRow {
        unit: row.unit.to_string(),
        name: row.name.clone(),
        group: row.group.key(),
        stages: {
            let standings = row.standings.iter();
            standings
                .map(|(stage, one)| StageFigures::of(*stage, one, &name))
                .collect()
        },
        change: row.change.as_ref().map(ChangeFigures::from),
        forecast: UnitEntry::of(report, row.unit),
    });
    Reply::json(&Report {
        week: report.week.to_string(),
        as_of: report.as_of,
        known_on: report.known_on,
        units: report.view.key(),
        stage: report.stage.key(),
        count_unit: report.count_unit.key(),
        digest: report.digest.to_string(),
        synthetic: snapshot.synthetic,
        empty: snapshot.is_empty,
        stages: StageFigures::all(&report.headlines, &name),
        share: report.share().map(|share| share.to_f64()),
        remaining: number(report.remaining()),
        change: report.change.as_ref().map(ChangeFigures::from),
        outlook: words::outlook_words(report),
        rows: rows.collect(),
    })
}
