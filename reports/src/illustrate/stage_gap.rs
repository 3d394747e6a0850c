//! Entered and not yet transferred.

use store::domain::Stage;

use super::{Setting, caption_of_units};
use crate::charts::{StageGap, StageGapRow};
use crate::model::{NationalReport, UnitRow};

pub(super) fn stage_gap(report: &NationalReport, setting: &Setting<'_>) -> StageGap {
    let estimate = |row: &UnitRow, wanted: Stage| {
        let standing = row.standings.iter().find(|(stage, _)| *stage == wanted);
        standing.and_then(|(_, standing)| standing.estimated_count())
    };
    StageGap {
        caption: caption_of_units(report, setting),
        size: setting.size,
        rows: report
            .rows
            .iter()
            .map(|row| StageGapRow {
                name: row.name.clone(),
                entered: estimate(row, Stage::Entered),
                transferred: estimate(row, Stage::Transferred),
            })
            .collect(),
    }
}
