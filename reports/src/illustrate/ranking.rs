//! The ranking of the units by the share that is transferred.

use store::domain::{Stage, Text};

use super::{Setting, caption_of_units};
use crate::charts::{Columns, Ranking, RankingRow};
use crate::model::{NationalReport, UnitRow};

/// The ranking of the units of a report by the share that is transferred.
pub(super) fn ranking(report: &NationalReport, setting: &Setting<'_>) -> Ranking {
    Ranking {
        caption: caption_of_units(report, setting),
        size: setting.size,
        columns: Columns::Automatic,
        rows: report.rows.iter().map(ranking_row).collect(),
        reference: report
            .share()
            .map(|share| (Text::new("Cả nước", "The nation"), share)),
    }
}

fn ranking_row(row: &UnitRow) -> RankingRow {
    let standing = |stage| {
        row.standings
            .iter()
            .find(|(each, _)| *each == stage)
            .map(|(_, known)| known)
    };
    let estimate = |stage| standing(stage).and_then(|known| known.estimated_count());
    let carried = standing(Stage::Transferred)
        .into_iter()
        .flat_map(|known| &known.carried);
    RankingRow {
        name: row.name.clone(),
        total: estimate(Stage::Total),
        entered: estimate(Stage::Entered),
        transferred: estimate(Stage::Transferred),
        carried_from: carried.map(|(_, week)| *week).min(),
    }
}
