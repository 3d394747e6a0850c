//! The change of every unit since the last meeting.

use super::gallery::Material;
use super::{Setting, caption_of_units};
use crate::charts::{Meeting, MeetingRow};
use crate::model::{UnitRow, change_since};

pub(super) fn meeting(material: &Material<'_>, setting: &Setting<'_>) -> Meeting {
    let report = material.report;
    let row = |row: &UnitRow| MeetingRow {
        name: row.name.clone(),
        change: material.earlier.and_then(|earlier| {
            change_since(&material.input, earlier.panel, earlier.week, row.unit)
        }),
    };
    let earlier = material.earlier;
    Meeting {
        caption: caption_of_units(report, setting),
        size: setting.size,
        earlier: earlier.map_or(report.as_of, |earlier| earlier.week.last_day()),
        earlier_known_on: earlier.map_or(report.known_on, |earlier| earlier.known_on),
        rows: report.rows.iter().map(row).collect(),
    }
}
