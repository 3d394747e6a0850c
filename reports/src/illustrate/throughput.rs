//! The work of each week, of the nation or of one unit.

use store::domain::{Count, Text, Week};

use super::gallery::Material;
use super::{Setting, band, caption, coverage, tet};
use crate::charts::{Band, Caption, ChartSize, Throughput, WeekWork};
use crate::model::{Change, weekly_changes};

/// How many weeks are drawn: enough for the same season of the year before.
const WEEKS: usize = 104;
const WEEKS_COMPACT: usize = 52;

pub(super) fn throughput(material: &Material<'_>, setting: &Setting<'_>) -> Throughput {
    let report = material.report;
    let calendar = &setting.reference.calendar;
    let unit = material.unit.map(|unit| unit.unit);
    let changes = weekly_changes(&material.input, unit);
    let most = match setting.size {
        ChartSize::Full | ChartSize::Slide => WEEKS,
        ChartSize::Compact => WEEKS_COMPACT,
    };
    let drawn = changes.len().saturating_sub(most);
    let changes: Vec<_> = changes.into_iter().skip(drawn).collect();
    let first = changes
        .first()
        .map_or(report.week, |(week, ..)| *week)
        .first_day();
    let is_shown = |band: &Band| first <= band.last_day && band.first_day <= report.week.last_day();
    let (caption, mut campaigns, deadline): (_, Vec<Band>, _) = match material.unit {
        None => {
            let nation = Text::new("Cả nước", "The nation");
            let caption = Caption {
                coverage: Some(coverage(report)),
                ..caption(report, nation, setting)
            };
            (
                caption,
                report.campaigns.iter().map(band).collect(),
                &report.forecast.national.deadline,
            )
        }
        Some(unit) => (
            caption(report, unit.name.clone(), setting),
            unit.campaigns.iter().map(band).collect(),
            &unit.forecast.deadline,
        ),
    };
    let mut tet = tet(calendar);
    campaigns.retain(is_shown);
    tet.retain(is_shown);
    Throughput {
        caption,
        size: setting.size,
        weeks: changes.into_iter().map(week_work).collect(),
        required: deadline
            .as_ref()
            .and_then(|outlook| outlook.pace.required_rate()),
        campaigns,
        tet,
    }
}

fn week_work((week, change, expected): (Week, Option<Change>, usize)) -> WeekWork {
    WeekWork {
        week,
        work: change.and_then(|change| Count::from_i64(change.work)),
        corrections: change.map_or(0, |change| change.corrections),
        compared: change.map_or(0, |change| change.compared),
        expected,
    }
}
