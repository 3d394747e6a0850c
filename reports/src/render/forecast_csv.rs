//! The forecast table as CSV, for spreadsheets and other programs.

use store::domain::spreadsheet_safe;

use super::error::TableError;
use super::forecast_json::{UnitEntry, entries};
use crate::model::NationalReport;

/// Writes one row per unit, ordered by unit, under a heading of stable names; UTF-8 without a byte order mark.
///
/// Dates are ISO 8601, numbers plain with a point, and a cell is empty where the figure does not exist: an empty `p90` of a
/// forecast lies after the horizon of five years. The columns are those of the JSON form, which explains them.
///
/// # Errors
/// [`TableError::Csv`] where the writer refuses a row.
pub fn forecast_csv(report: &NationalReport) -> Result<Vec<u8>, TableError> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for entry in entries(report) {
        writer.write_record(record(&entry))?;
    }
    writer
        .into_inner()
        .map_err(|error| TableError::Csv(error.into_error().into()))
}

const COLUMNS: [&str; 29] = [
    "unit",
    "name_vi",
    "name_en",
    "stage",
    "state",
    "reason",
    "group",
    "done",
    "total",
    "share",
    "remaining",
    "p10",
    "p50",
    "p90",
    "never",
    "since",
    "deadline",
    "chance",
    "chance_cap",
    "weeks_overdue",
    "required_rate",
    "actual_rate",
    "last_report_week",
    "missing_weeks",
    "weeks_without_progress",
    "corrections",
    "restarts",
    "slowest",
    "source",
];

fn record(entry: &UnitEntry) -> [String; 29] {
    [
        entry.unit.clone(),
        spreadsheet_safe(&entry.name.vi).into_owned(),
        spreadsheet_safe(&entry.name.en).into_owned(),
        entry.stage.to_owned(),
        entry.state.to_owned(),
        entry.reason.to_owned(),
        entry.group.to_owned(),
        cell(entry.done),
        cell(entry.total),
        cell(entry.share),
        cell(entry.remaining),
        cell(entry.p10),
        cell(entry.p50),
        cell(entry.p90),
        cell(entry.never),
        cell(entry.since),
        cell(entry.deadline.deadline),
        cell(entry.deadline.chance),
        cell(entry.deadline.chance_cap),
        cell(entry.deadline.weeks_overdue),
        cell(entry.deadline.required_rate),
        cell(entry.actual_rate),
        cell(entry.last_report_week.as_deref()),
        entry.missing_weeks.to_string(),
        cell(entry.weeks_without_progress),
        entry.corrections.to_string(),
        entry.restarts.to_string(),
        cell(entry.slowest),
        entry.source.to_owned(),
    ]
}

fn cell<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
