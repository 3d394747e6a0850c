//! Which weekly reports arrived, in time or late.

use super::gallery::Material;
use super::{Setting, caption_of_units};
use crate::charts::{SubmissionRow, Submissions};
use crate::model::{Calendar, DAYS_ALLOWED, UnitRow, recent_weeks};

/// How many weeks are listed.
const WEEKS: i64 = 26;

pub(super) fn submissions(material: &Material<'_>, setting: &Setting<'_>) -> Submissions {
    let report = material.report;
    let calendar = Calendar::new(material.receipts);
    let weeks = recent_weeks(&material.input, WEEKS);
    let row = |row: &UnitRow| SubmissionRow {
        name: row.name.clone(),
        arrivals: calendar.of(&material.input, row.unit, &weeks),
    };
    Submissions {
        caption: caption_of_units(report, setting),
        size: setting.size,
        days_allowed: DAYS_ALLOWED,
        rows: report.rows.iter().map(row).collect(),
        weeks,
    }
}
