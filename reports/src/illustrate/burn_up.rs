//! The burn-up of the nation and of one unit.

use store::domain::{Count, PublishedFigure, Stage, Text, UnitId};

use super::{Setting, band, caption, coverage, named_deadline, tet};
use crate::charts::{BurnUp, Caption, DatedCount, FanPoint, PublishedPoint};
use crate::forecast::{self, Published};
use crate::model::{NationalReport, ProvinceReport, StagePoint, WeekPoint};
use crate::words;

/// The burn-up of the nation: estimates, for every week some unit is missing and a sum without it would fall.
#[must_use]
pub fn national_burn_up(report: &NationalReport, setting: &Setting<'_>) -> BurnUp {
    let line = |stage| estimates(&report.weekly, stage);
    let national = &report.forecast.national;
    let calendar = &setting.reference.calendar;
    BurnUp {
        caption: Caption {
            headline: Some(headline(report)),
            coverage: Some(coverage(report)),
            ..caption(report, Text::new("Cả nước", "The nation"), setting)
        },
        size: setting.size,
        total: line(Stage::Total),
        entered: line(Stage::Entered),
        transferred: line(Stage::Transferred),
        estimate: Vec::new(),
        forecast: fan(&national.fan),
        deadline: national.deadline.as_ref().map(named_deadline),
        published: published(setting, None),
        campaigns: report.campaigns.iter().map(band).collect(),
        tet: tet(calendar),
    }
}

/// The burn-up of one unit: what it reported; a week without a report is a gap, with the estimate across it.
#[must_use]
pub fn province_burn_up(
    report: &ProvinceReport,
    national: &NationalReport,
    setting: &Setting<'_>,
) -> BurnUp {
    let known = |weeks: &[WeekPoint], stage| known_weeks(weeks, stage);
    BurnUp {
        caption: caption(national, report.name.clone(), setting),
        size: setting.size,
        total: estimates(&report.weekly, Stage::Total),
        entered: known(&report.weekly, Stage::Entered),
        transferred: known(&report.weekly, Stage::Transferred),
        estimate: carried(&report.weekly, Stage::Transferred),
        forecast: fan(&report.forecast.fan),
        deadline: report.forecast.deadline.as_ref().map(named_deadline),
        published: published(setting, Some(report.unit)),
        campaigns: report.campaigns.iter().map(band).collect(),
        tet: tet(&setting.reference.calendar),
    }
}

/// Of what the forecast is where that is not reports; else who is missing.
fn headline(report: &NationalReport) -> Text {
    match report.forecast.national.published_basis() {
        Some(_) => Text::new(
            "Dự báo từ số liệu đã công bố, không phải từ báo cáo.",
            "The forecast is from published figures, not from reports.",
        ),
        None => missing_words(report),
    }
}

/// Names the units whose last figure is carried forward in the week shown.
fn missing_words(report: &NationalReport) -> Text {
    let headline = report.headline(Stage::Transferred);
    let carried = headline.map_or(&[][..], |headline| &headline.carried);
    words::in_both(|language| match carried {
        [] => language
            .pick(
                "Mọi đơn vị đã báo cáo tuần này.",
                "Every unit that has begun reported this week.",
            )
            .to_owned(),
        [(only, _)] => {
            let kept = language.pick(
                "1 đơn vị chưa báo cáo tuần này được giữ ở số gần nhất",
                "1 unit without a report this week is kept at its last figure",
            );
            format!("{kept}: {}", only.in_language(language))
        }
        several => {
            const NAMED: usize = 6;
            let names: Vec<&str> = carried
                .iter()
                .take(NAMED)
                .map(|(name, _)| name.in_language(language))
                .collect();
            let number = several.len();
            let more = if number > NAMED { " …" } else { "" };
            let kept = language.pick(
                "đơn vị chưa báo cáo tuần này được giữ ở số gần nhất",
                "units without a report this week are kept at their last figure",
            );
            format!("{number} {kept}: {}{more}", names.join(", "))
        }
    })
}

fn points<'a>(
    weeks: &'a [WeekPoint],
    stage: Stage,
    value: impl Fn(&StagePoint) -> Option<Count> + 'a,
) -> impl Iterator<Item = DatedCount> + 'a {
    weeks.iter().map(move |point| DatedCount {
        as_of: point.week.last_day(),
        value: point.stage(stage).and_then(&value),
    })
}

/// The estimate of every week from the first that has one.
fn estimates(weeks: &[WeekPoint], stage: Stage) -> Vec<DatedCount> {
    points(weeks, stage, |point| point.estimate)
        .skip_while(|point| point.value.is_none())
        .collect()
}

/// What was reported in every week from the first report; only weeks in which all the row's units reported.
fn known_weeks(weeks: &[WeekPoint], stage: Stage) -> Vec<DatedCount> {
    let whole = |point: &StagePoint| point.reported.filter(|_| point.reporting == point.expected);
    points(weeks, stage, whole)
        .skip_while(|point| point.value.is_none())
        .collect()
}

/// The estimate of the weeks in which a report is missing.
fn carried(weeks: &[WeekPoint], stage: Stage) -> Vec<DatedCount> {
    let missing = |point: &StagePoint| point.estimate.filter(|_| point.reporting < point.expected);
    points(weeks, stage, missing).collect()
}

/// How far a fan is drawn: beyond two years nobody knows more than that it is late, and the reported lines would shrink.
const DRAWN_WEEKS: i64 = 104;

fn fan(points: &[forecast::FanPoint]) -> Vec<FanPoint> {
    let origin = points.first().map(|point| point.week);
    let point = |point: &forecast::FanPoint| FanPoint {
        on: point.week.last_day(),
        p10: point.p10.to_f64(),
        p50: point.p50.to_f64(),
        p90: point.p90.to_f64(),
    };
    let drawn = points
        .iter()
        .filter(|point| origin.is_some_and(|origin| point.week.weeks_since(origin) <= DRAWN_WEEKS));
    drawn.map(point).collect()
}

/// The published figures of a unit, or of the nation, that measure a stage of ours in records of all types.
fn published(setting: &Setting<'_>, unit: Option<UnitId>) -> Vec<PublishedPoint> {
    let published = Published {
        figures: setting.published,
        measures: &setting.reference.measures,
    };
    let point = |(stage, figure): (Stage, &PublishedFigure)| {
        Some(PublishedPoint {
            as_of: figure.as_of,
            value: figure.count()?,
            label: words::stage_name(stage),
        })
    };
    published.of(unit).filter_map(point).collect()
}
