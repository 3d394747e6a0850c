//! Every unit in its own small field.

use super::gallery::Material;
use super::{Setting, caption_of_units, national_deadline};
use crate::charts::{DatedShare, Multiples, Panel, SharePoint};
use crate::forecast::UnitForecast;
use crate::model::{UnitRow, weekly_shares};
use crate::words;

/// How far a fan is drawn, so that the reported lines do not shrink.
const DRAWN_WEEKS: i64 = 52;

pub(super) fn multiples(material: &Material<'_>, setting: &Setting<'_>) -> Multiples {
    let report = material.report;
    let panel = |row: &UnitRow| Panel {
        name: row.name.clone(),
        shares: weekly_shares(&material.input, row.unit)
            .into_iter()
            .map(|(week, share)| DatedShare {
                as_of: week.last_day(),
                share,
            })
            .collect(),
        fan: fan(&row.forecast),
        absent: words::outcome_words(&row.forecast),
    };
    Multiples {
        caption: caption_of_units(report, setting),
        size: setting.size,
        panels: report.rows.iter().map(panel).collect(),
        deadline: national_deadline(report),
    }
}

/// The fan as parts of the total; empty where the total is not known or zero.
fn fan(forecast: &UnitForecast) -> Vec<SharePoint> {
    let total = forecast.total.map_or(0.0, store::domain::Count::to_f64);
    let origin = forecast.fan.first().map(|point| point.week);
    let drawn = forecast.fan.iter().filter(|point| {
        let weeks = origin.map(|origin| point.week.weeks_since(origin));
        total > 0.0 && weeks.is_some_and(|weeks| weeks <= DRAWN_WEEKS)
    });
    drawn
        .map(|point| SharePoint {
            on: point.week.last_day(),
            p10: point.p10.to_f64() / total,
            p50: point.p50.to_f64() / total,
            p90: point.p90.to_f64() / total,
        })
        .collect()
}
