//! Charts that an office program draws itself and its user can edit: categories and series, no shapes.

use chrono::NaiveDate;
use plotters::style::RGBColor;
use store::domain::{Count, Stage};

use super::about::About;
use super::cell::{Cell, cut};
use super::tables::Tables;
use crate::charts::style::{DEADLINE, ENTERED, INK, TRANSFERRED};
use crate::forecast::FanPoint;
use crate::model::{NationalReport, ProvinceReport, StagePoint, WeekPoint};

/// How far the forecast is drawn, in weeks: as far as the drawn charts do.
const DRAWN_WEEKS: usize = 104;

/// What a graph looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Lines over weeks.
    Lines,
    /// A line over weeks in a small field: its name above it, no axes.
    Spark,
    /// Horizontal bars, the first category on top.
    Bars,
    /// Upright bars over weeks.
    Columns,
    /// Horizontal bars from one day to another: the first series is where they begin and is not seen.
    Spans,
}

/// What the values of a graph are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Whole numbers.
    Count,
    /// Parts of a whole.
    Share,
    /// Days as workbooks count them.
    Day,
}

/// A chart as an office program keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(crate) shape: Shape,
    pub(crate) title: String,
    pub(crate) categories: Categories,
    pub(crate) series: Vec<Series>,
    /// What its values are.
    pub(crate) scale: Scale,
    /// Where the axis of values begins and ends; `None` where the program that draws it may choose.
    pub(crate) ends: (Option<f64>, Option<f64>),
}

impl Scale {
    /// How a value is written on an axis, as office programs say it.
    pub(crate) const fn axis_code(self) -> &'static str {
        match self {
            Self::Count => "#,##0",
            Self::Share => "0%",
            Self::Day => "mm/yyyy",
        }
    }

    /// How a value is written beside its bar.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Count => "#,##0",
            Self::Share => "0.0%",
            Self::Day => "dd/mm/yyyy",
        }
    }
}

/// What stands along a chart.
#[derive(Clone, Debug)]
pub(crate) enum Categories {
    /// The last days of weeks, in order.
    Days(Vec<NaiveDate>),
    /// Names.
    Names(Vec<String>),
}

impl Categories {
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Days(days) => days.len(),
            Self::Names(names) => names.len(),
        }
    }

    fn part(&self, skip: usize, take: usize) -> Self {
        match self {
            Self::Days(days) => Self::Days(days.iter().skip(skip).take(take).copied().collect()),
            Self::Names(names) => {
                Self::Names(names.iter().skip(skip).take(take).cloned().collect())
            }
        }
    }
}

/// One line or set of bars.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) name: &'static str,
    /// One value a category; `None` is a gap and never zero.
    pub(crate) values: Vec<Option<f64>>,
    pub(crate) colour: RGBColor,
    pub(crate) stroke: Stroke,
}

/// How a line is drawn, so that lines differ without colour too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stroke {
    Whole,
    Dashed,
    Dotted,
}

/// A day as workbooks count it: from 30 December 1899.
pub(crate) fn serial(day: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |first| (day - first).num_days())
}

/// A whole number as office programs keep it: exact to 2⁵³.
#[expect(
    clippy::cast_precision_loss,
    reason = "office programs have no other number than the real one, exact for every count there is"
)]
pub(crate) const fn real(number: i64) -> f64 {
    number as f64
}

/// Work done against the total, with the forecast of the nation.
pub(crate) fn national(report: &NationalReport, about: &About) -> Graph {
    let estimate = |point: &StagePoint| point.estimate;
    let title = match report.forecast.national.published_basis() {
        None => about.t(
            "Toàn quốc: tiến độ và dự báo",
            "The nation: progress and forecast",
        ),
        Some(_) => about.t(
            "Toàn quốc: tiến độ, và dự báo từ số liệu đã công bố",
            "The nation: progress, and a forecast from published figures",
        ),
    };
    burn_up(
        (&report.weekly, &report.forecast.national.fan),
        about,
        estimate,
        title.to_owned(),
    )
}

/// The same for one unit; a week in which not all its reporters reported is a gap.
pub(crate) fn province(report: &ProvinceReport, about: &About) -> Graph {
    let whole = |point: &StagePoint| point.reported.filter(|_| point.reporting == point.expected);
    let name = report.name.in_language(about.language()).to_owned();
    burn_up((&report.weekly, &report.forecast.fan), about, whole, name)
}

/// The units by the share transferred, best first; those without a share are left out, and named in the tables.
pub(crate) fn ranking(tables: &Tables, about: &About) -> Graph {
    let table = &tables.provinces;
    let mut shares: Vec<(String, f64)> = table
        .rows
        .iter()
        .filter_map(|row| match table.cell(row, "share") {
            Cell::Share(share) => Some((table.cell(row, "name").plain(), cut(*share))),
            _ => None,
        })
        .collect();
    shares.sort_by(|one, other| other.1.total_cmp(&one.1));
    let top = shares.first().map_or(1.0, |(_, share)| share.max(1.0));
    let (categories, values): (Vec<String>, Vec<f64>) = shares.into_iter().unzip();
    Graph {
        shape: Shape::Bars,
        title: about
            .t("Tỷ lệ đã chuyển vào CSDL", "Share transferred")
            .to_owned(),
        categories: Categories::Names(categories),
        scale: Scale::Share,
        ends: (Some(0.0), Some(top)),
        series: vec![Series {
            name: about.t("Tỷ lệ đã chuyển", "Share transferred"),
            values: values.into_iter().map(Some).collect(),
            colour: TRANSFERRED,
            stroke: Stroke::Whole,
        }],
    }
}

impl Graph {
    /// The graph in pieces of at most so many names, so that every one can be read; a graph over weeks stays whole.
    pub(crate) fn pieces(&self, most: usize) -> Vec<Self> {
        let pieces = match &self.categories {
            Categories::Days(_) => 1,
            Categories::Names(names) => names.len().div_ceil(most).max(1),
        };
        let each = self.categories.len().div_ceil(pieces).max(1);
        let piece = |number: usize| {
            let take = |values: &[Option<f64>]| {
                values
                    .iter()
                    .skip(number * each)
                    .take(each)
                    .copied()
                    .collect()
            };
            Self {
                categories: self.categories.part(number * each, each),
                series: self
                    .series
                    .iter()
                    .map(|series| Series {
                        values: take(&series.values),
                        ..series.clone()
                    })
                    .collect(),
                ..self.clone()
            }
        };
        (0..pieces).map(piece).collect()
    }
}

fn burn_up(
    (weeks, fan): (&[WeekPoint], &[FanPoint]),
    about: &About,
    known: impl Fn(&StagePoint) -> Option<Count>,
    title: String,
) -> Graph {
    let origin = weeks.last().map(|point| point.week);
    let ahead: Vec<&FanPoint> = fan
        .iter()
        .filter(|point| origin.is_some_and(|origin| point.week > origin))
        .take(DRAWN_WEEKS)
        .collect();
    let days = weeks
        .iter()
        .map(|point| point.week)
        .chain(ahead.iter().map(|point| point.week));
    Graph {
        shape: Shape::Lines,
        title,
        scale: Scale::Count,
        ends: (Some(0.0), None),
        categories: Categories::Days(days.map(|week| week.last_day()).collect()),
        series: lines((weeks, &ahead), about, known),
    }
}

/// The lines: what is known up to the cut-off, and the forecast after it.
fn lines(
    (weeks, ahead): (&[WeekPoint], &[&FanPoint]),
    about: &About,
    known: impl Fn(&StagePoint) -> Option<Count>,
) -> Vec<Series> {
    let past = |name, stage: Stage, colour| {
        let value = |point: &WeekPoint| point.stage(stage).and_then(&known).map(Count::to_f64);
        let gap = std::iter::repeat_n(None, ahead.len());
        Series {
            name,
            values: weeks.iter().map(value).chain(gap).collect(),
            colour,
            stroke: Stroke::Whole,
        }
    };
    let future = |name, value: fn(&FanPoint) -> Count, (colour, stroke)| {
        let gap = std::iter::repeat_n(None, weeks.len());
        let values = ahead.iter().map(|point| Some(value(point).to_f64()));
        Series {
            name,
            values: gap.chain(values).collect(),
            colour,
            stroke,
        }
    };
    let edge = (DEADLINE, Stroke::Dotted);
    let middle = (TRANSFERRED, Stroke::Dashed);
    let t = |vi, en| about.t(vi, en);
    vec![
        past(t("Tổng số", "Total"), Stage::Total, INK),
        past(t("Đã số hóa", "Entered"), Stage::Entered, ENTERED),
        past(
            t("Đã chuyển", "Transferred"),
            Stage::Transferred,
            TRANSFERRED,
        ),
        future(
            t("Dự báo, giữa", "Forecast, median"),
            |point| point.p50,
            middle,
        ),
        future(t("Dự báo, 10%", "Forecast, 10%"), |point| point.p10, edge),
        future(t("Dự báo, 90%", "Forecast, 90%"), |point| point.p90, edge),
    ]
}
