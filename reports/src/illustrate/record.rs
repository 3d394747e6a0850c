//! The record of issued forecasts: promises kept and weeks off.

use store::domain::Text;

use super::{Setting, caption};
use crate::charts::{
    Calibration, CalibrationRow, Caption, Chart, Lateness, LatenessRow, RenderError,
    draw_calibration, draw_lateness,
};
use crate::model::NationalReport;
use crate::scorecard::{Ahead, Record, Scorecard};

/// Draws how often intervals held the truth, at every horizon.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn calibration(
    scorecard: &Scorecard,
    report: &NationalReport,
    setting: &Setting<'_>,
) -> Result<Chart, RenderError> {
    let row = |record: &Record, place: usize| {
        let coverage = &record.coverage[place];
        let about = short_name(record.ahead);
        CalibrationRow {
            name: Text::new(
                format!("{}% · {}", coverage.promised, about.vi),
                format!("{}% · {}", coverage.promised, about.en),
            ),
            promised: coverage.promised,
            kept: coverage
                .share
                .as_ref()
                .map(|share| [share.lower, share.point, share.upper]),
            cases: coverage.cases,
        }
    };
    let records = &scorecard.overall.records;
    let rows = [0, 1, 2]
        .into_iter()
        .flat_map(|place| records.iter().map(move |one| (one, place)));
    draw_calibration(&Calibration {
        caption: caption_of(scorecard, report, setting),
        size: setting.size,
        rows: rows.map(|(record, place)| row(record, place)).collect(),
    })
}

/// Draws how many weeks forecasts were off, at every horizon.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn lateness(
    scorecard: &Scorecard,
    report: &NationalReport,
    setting: &Setting<'_>,
) -> Result<Chart, RenderError> {
    let row = |record: &Record| LatenessRow {
        name: short_name(record.ahead),
        weeks: record.error.map(|error| [error.p10, error.bias, error.p90]),
        usual: record.error.map(|error| error.usual),
    };
    draw_lateness(&Lateness {
        caption: caption_of(scorecard, report, setting),
        size: setting.size,
        rows: scorecard.overall.records.iter().map(row).collect(),
    })
}

fn short_name(ahead: Ahead) -> Text {
    match ahead {
        Ahead::Weeks(weeks) => Text::new(
            format!("trước {weeks} tuần"),
            format!("{weeks} weeks ahead"),
        ),
        Ahead::Completion => Text::new("ngày hoàn thành", "day of completion"),
    }
}

fn caption_of(scorecard: &Scorecard, report: &NationalReport, setting: &Setting<'_>) -> Caption {
    let subject = Text::new("các dự báo đã phát hành", "issued forecasts");
    Caption {
        as_of: scorecard.week.last_day(),
        known_on: scorecard.known_on,
        source: Text::new(
            "dự báo đã phát hành và số liệu hằng tuần của các tỉnh",
            "issued forecasts and weekly counts of the provinces",
        ),
        ..caption(report, subject, setting)
    }
}
