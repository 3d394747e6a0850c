//! The timeline of completions, most urgent first.

use store::domain::Text;

use super::{Setting, caption_of_units, national_deadline};
use crate::charts::{DateSpread, Ending, Timeline, TimelineRow};
use crate::forecast::{State, UnitForecast};
use crate::model::{NationalReport, UnitRow};
use crate::words;

pub(super) fn timeline(report: &NationalReport, setting: &Setting<'_>) -> Timeline {
    let row = |row: &UnitRow| {
        let ending = ending(&row.forecast);
        TimelineRow {
            name: match (&row.forecast.published, &ending) {
                // Words name the source themselves.
                (None, _) | (_, Ending::None(_)) => row.name.clone(),
                (Some(_), _) => Text::new(
                    format!("{} (số công bố)", row.name.vi),
                    format!("{} (published)", row.name.en),
                ),
            },
            ending,
        }
    };
    Timeline {
        caption: caption_of_units(report, setting),
        size: setting.size,
        rows: report.rows_by_urgency().into_iter().map(row).collect(),
        deadline: national_deadline(report),
    }
}

fn ending(forecast: &UnitForecast) -> Ending {
    match &forecast.state {
        State::Done { since } => Ending::Done { since: *since },
        State::Forecast(date) if date.p10().is_some() => Ending::Spread(DateSpread {
            p10: date.p10(),
            p50: date.p50(),
            p90: date.p90(),
        }),
        _ => Ending::None(words::outcome_words(forecast)),
    }
}
