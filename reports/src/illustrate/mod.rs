//! Charts of a report: which of its figures each chart shows. Nothing is computed here, only chosen and named.

mod burn_up;
mod gallery;
mod meeting;
mod multiples;
mod pace;
mod ranking;
mod reconciliation;
mod record;
mod stage_gap;
mod submissions;
mod throughput;
mod tile_grid;
mod timeline;
mod waterfall;

use store::domain::{Calendar, Campaign, Language, PublishedFigure, Reference, Stage, Text};

pub use self::burn_up::{national_burn_up, province_burn_up};
pub use self::gallery::{ChartName, Earlier, Material, draw};
pub use self::record::{calibration, lateness};
pub(crate) use self::tile_grid::tile_grid;
pub use self::waterfall::waterfall;
use crate::charts::{Band, Caption, ChartSize, Coverage, NamedDay};
use crate::forecast::DeadlineOutlook;
use crate::model::NationalReport;

/// What a chart is told beside the report it shows.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The language of every word, number and date.
    pub language: Language,
    /// How large it is.
    pub size: ChartSize,
    /// Figures published elsewhere; those of the same stage, unit and count unit are drawn.
    pub published: &'a [PublishedFigure],
    /// Units, measures and holidays.
    pub reference: &'a Reference,
    /// Whether the figures are made up.
    pub synthetic: bool,
}

fn caption(report: &NationalReport, subject: Text, setting: &Setting<'_>) -> Caption {
    Caption {
        language: setting.language,
        subject,
        headline: None,
        count_unit: report.count_unit,
        as_of: report.as_of,
        known_on: report.known_on,
        coverage: None,
        source: if report.has_published() {
            Text::new(
                "số liệu hằng tuần của các tỉnh và số liệu đã công bố",
                "weekly counts of the provinces and published figures",
            )
        } else {
            Text::new(
                "số liệu hằng tuần của các tỉnh",
                "weekly counts of the provinces",
            )
        },
        digest: report.digest,
        synthetic: setting.synthetic,
    }
}

fn coverage(report: &NationalReport) -> Coverage {
    let standing = report
        .headline(Stage::Transferred)
        .map(|headline| &headline.standing);
    Coverage {
        reporting: standing.map_or(0, |standing| standing.reporting_count()),
        expected: standing.map_or(0, |standing| standing.expected),
    }
}

/// The caption of a chart of all units.
fn caption_of_units(report: &NationalReport, setting: &Setting<'_>) -> Caption {
    let count = i64::try_from(report.rows.len()).unwrap_or(i64::MAX);
    let subject = Text::new(
        format!("{} tỉnh, thành phố", Language::Vi.whole(count)),
        format!("{} provinces and cities", Language::En.whole(count)),
    );
    Caption {
        coverage: Some(coverage(report)),
        ..caption(report, subject, setting)
    }
}

/// The deadline of the nation, as charts of all units show it.
fn national_deadline(report: &NationalReport) -> Option<NamedDay> {
    report
        .forecast
        .national
        .deadline
        .as_ref()
        .map(named_deadline)
}

fn named_deadline(outlook: &DeadlineOutlook) -> NamedDay {
    NamedDay {
        on: outlook.deadline.due_on,
        name: Text::new("Thời hạn", "Deadline"),
    }
}

fn band(campaign: &Campaign) -> Band {
    Band {
        first_day: campaign.first_day,
        last_day: campaign.last_day,
        name: campaign.name.clone(),
    }
}

fn tet(calendar: &Calendar) -> Vec<Band> {
    let tet = calendar.holidays.iter().filter(|holiday| holiday.is_tet);
    tet.map(|holiday| Band {
        first_day: holiday.first_day,
        last_day: holiday.last_day,
        name: holiday.name.clone(),
    })
    .collect()
}
