//! Every chart by its name, for pages, files and commands alike.

use store::domain::{Panel, Receipt, Text, Week};

use super::{
    Setting, burn_up, meeting, multiples, pace, ranking, reconciliation, stage_gap, submissions,
    throughput, tile_grid, timeline,
};
use crate::charts::{
    Chart, RenderError, draw_ageing, draw_burn_up, draw_comparison, draw_field_rates, draw_meeting,
    draw_multiples, draw_pace, draw_ranking, draw_stage_gap, draw_submissions, draw_throughput,
    draw_tile_grid, draw_timeline,
};
use crate::model::{NationalReport, ProvinceReport, ReportInput};
use crate::reconciliation::ReconciliationReport;

/// The charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartName {
    /// Work done against the total over time, with the forecast.
    BurnUp,
    /// Units by the share that is done.
    Ranking,
    /// The units as labelled tiles.
    Tiles,
    /// The interval of the date of completion of every unit against the deadline.
    Timeline,
    /// The share done of every unit over time, with its forecast.
    Multiples,
    /// Actual against required pace of every unit.
    Pace,
    /// Entered and not yet transferred, by unit.
    StageGap,
    /// The work of each week.
    Throughput,
    /// Which weekly reports arrived, in time or late.
    Submissions,
    /// The change of every unit since the last meeting.
    Meeting,
    /// From the book to the record linked in the population database.
    Comparison,
    /// How often each field contradicts the population database, against how many were compared.
    FieldRates,
    /// Open differences with the population database, by whose move it is.
    Ageing,
}

impl ChartName {
    /// Every chart, in the order a page shows them.
    pub const ALL: [Self; 13] = [
        Self::BurnUp,
        Self::Ranking,
        Self::Tiles,
        Self::Timeline,
        Self::Multiples,
        Self::Pace,
        Self::StageGap,
        Self::Throughput,
        Self::Submissions,
        Self::Meeting,
        Self::Comparison,
        Self::FieldRates,
        Self::Ageing,
    ];

    /// The word in addresses, commands and names of files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::BurnUp => "burn-up",
            Self::Ranking => "ranking",
            Self::Tiles => "tiles",
            Self::Timeline => "timeline",
            Self::Multiples => "multiples",
            Self::Pace => "pace",
            Self::StageGap => "stage-gap",
            Self::Throughput => "throughput",
            Self::Submissions => "submissions",
            Self::Meeting => "meeting",
            Self::Comparison => "comparison",
            Self::FieldRates => "field-rates",
            Self::Ageing => "ageing",
        }
    }

    /// The chart of a word; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.key() == key)
    }

    /// What a list of charts calls it.
    #[must_use]
    pub fn title(self) -> Text {
        let (vi, en) = match self {
            Self::BurnUp => (
                "Tiến độ và dự báo toàn quốc",
                "Progress and forecast of the nation",
            ),
            Self::Ranking => ("Xếp hạng địa phương", "Ranking of the provinces"),
            Self::Tiles => ("Lưới ô địa phương", "Grid of the provinces"),
            Self::Timeline => (
                "Thời điểm hoàn thành và thời hạn",
                "Completion and the deadline",
            ),
            Self::Multiples => ("Từng địa phương theo thời gian", "Every province over time"),
            Self::Pace => ("Tốc độ thực tế và tốc độ cần", "Actual and required pace"),
            Self::StageGap => ("Đã nhập, chưa chuyển", "Entered, not yet transferred"),
            Self::Throughput => ("Khối lượng mỗi tuần", "Work of each week"),
            Self::Submissions => ("Tình hình nộp báo cáo", "Reports received"),
            Self::Meeting => (
                "Thay đổi từ cuộc họp trước",
                "Change since the last meeting",
            ),
            Self::Comparison => (
                "Từ sổ đến dữ liệu được liên kết",
                "From the book to a linked record",
            ),
            Self::FieldRates => ("Ô trái nhau", "Contradicting fields"),
            Self::Ageing => ("Sai lệch còn mở", "Open differences"),
        };
        Text::new(vi, en)
    }

    /// Whether it is of the reconciliation, about which there may be no figures at all.
    #[must_use]
    pub const fn is_of_reconciliation(self) -> bool {
        matches!(self, Self::Comparison | Self::FieldRates | Self::Ageing)
    }

    /// Whether there is one of a single unit too.
    #[must_use]
    pub const fn is_of_unit(self) -> bool {
        matches!(self, Self::BurnUp | Self::Throughput)
    }
}

/// What an earlier meeting saw.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'a> {
    /// The reports as known then.
    pub panel: &'a Panel<'a>,
    /// The week it looked at.
    pub week: Week,
    /// The moment as of which it knew them.
    pub known_on: chrono::DateTime<chrono::Utc>,
}

/// What charts are made of. A chart leaves alone what it does not show.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// What the report was made of.
    pub input: ReportInput<'a>,
    /// The report.
    pub report: &'a NationalReport,
    /// The unit of a chart of one unit; `None` is the nation.
    pub unit: Option<&'a ProvinceReport>,
    /// When reports arrived, for the chart of submissions.
    pub receipts: &'a [Receipt],
    /// What the last meeting saw; `None` leaves every change unknown.
    pub earlier: Option<Earlier<'a>>,
    /// The reconciliation of all units; `None` where it is not told.
    pub reconciliation: Option<&'a ReconciliationReport>,
}

/// Draws a chart. A chart that is of all units only shows all of them, whatever unit is given.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw(
    name: ChartName,
    material: &Material<'_>,
    setting: &Setting<'_>,
) -> Result<Chart, RenderError> {
    let report = material.report;
    match (name, material.unit) {
        (ChartName::BurnUp, None) => draw_burn_up(&burn_up::national_burn_up(report, setting)),
        (ChartName::BurnUp, Some(unit)) => {
            draw_burn_up(&burn_up::province_burn_up(unit, report, setting))
        }
        (ChartName::Ranking, _) => draw_ranking(&ranking::ranking(report, setting)),
        (ChartName::Tiles, _) => draw_tile_grid(&tile_grid::tile_grid(report, setting)),
        (ChartName::Timeline, _) => draw_timeline(&timeline::timeline(report, setting)),
        (ChartName::Multiples, _) => draw_multiples(&multiples::multiples(material, setting)),
        (ChartName::Pace, _) => draw_pace(&pace::pace(report, setting)),
        (ChartName::StageGap, _) => draw_stage_gap(&stage_gap::stage_gap(report, setting)),
        (ChartName::Throughput, _) => draw_throughput(&throughput::throughput(material, setting)),
        (ChartName::Submissions, _) => {
            draw_submissions(&submissions::submissions(material, setting))
        }
        (ChartName::Meeting, _) => draw_meeting(&meeting::meeting(material, setting)),
        (ChartName::Comparison, _) => {
            draw_comparison(&reconciliation::comparison(material, setting))
        }
        (ChartName::FieldRates, _) => {
            draw_field_rates(&reconciliation::field_rates(material, setting))
        }
        (ChartName::Ageing, _) => draw_ageing(&reconciliation::ageing(material, setting)),
    }
}
