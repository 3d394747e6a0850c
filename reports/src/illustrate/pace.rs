//! Required against actual pace.

use store::domain::Text;

use super::{Setting, caption_of_units};
use crate::charts::{Pace, PaceRow};
use crate::forecast::{DeadlinePace, UnitForecast};
use crate::model::{NationalReport, UnitRow};
use crate::words::{self, in_both};

pub(super) fn pace(report: &NationalReport, setting: &Setting<'_>) -> Pace {
    let row = |row: &UnitRow| PaceRow {
        name: row.name.clone(),
        required: row
            .forecast
            .deadline
            .as_ref()
            .and_then(|outlook| outlook.pace.required_rate()),
        actual: row.forecast.actual_rate,
        note: note(&row.forecast),
    };
    Pace {
        caption: caption_of_units(report, setting),
        size: setting.size,
        rows: report.rows_by_urgency().into_iter().map(row).collect(),
    }
}

/// Why there may be no pace to compare with: done, overdue, or the state in words.
fn note(forecast: &UnitForecast) -> Text {
    match forecast.deadline.as_ref().map(|outlook| outlook.pace) {
        Some(DeadlinePace::Passed { weeks_overdue }) => in_both(|language| {
            let overdue = words::overdue_words(weeks_overdue, language);
            let rate = forecast
                .actual_rate
                .map(|rate| words::rate_words(rate, language));
            let week = language.pick("/tuần", " a week");
            let rate = rate.map(|rate| format!("; {rate}{week}"));
            format!("{overdue}{}", rate.unwrap_or_default())
        }),
        _ => words::outcome_words(forecast),
    }
}
