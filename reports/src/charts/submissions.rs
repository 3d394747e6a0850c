//! Who reported when: one row a unit, one cell a week, told apart by symbol as well as colour.

mod cells;

use store::domain::{Language, Text, Week};

use super::canvas::Marker;
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::geometry::number;
use super::legend::{Key, Swatch};
use super::style::{
    CORRECTED_MARK, ChartSize, ENTERED, LATE_MARK, MISSING_MARK, TRANSFERRED, real,
};
pub use crate::model::Arrival;

impl Arrival {
    /// What it is called in a legend and a table.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::OnTime => ("đúng hạn", "on time"),
            Self::Late => ("muộn", "late"),
            Self::Corrected => ("đúng hạn, có sửa", "on time, corrected"),
            Self::LateCorrected => ("muộn, có sửa", "late, corrected"),
            Self::Missing => ("thiếu", "missing"),
            Self::NotDue => ("chưa đến hạn", "not due"),
        }
    }

    /// Whether it arrived, at whatever time.
    const fn is_there(self) -> bool {
        matches!(
            self,
            Self::OnTime | Self::Late | Self::Corrected | Self::LateCorrected
        )
    }

    const fn is_late(self) -> bool {
        matches!(self, Self::Late | Self::LateCorrected)
    }

    const fn is_corrected(self) -> bool {
        matches!(self, Self::Corrected | Self::LateCorrected)
    }
}

/// The reports of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionRow {
    /// Its name.
    pub name: Text,
    /// One for each week of the chart.
    pub arrivals: Vec<Arrival>,
}

/// What a chart of submissions shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submissions {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// The days after the end of a week in which its report is in time.
    pub days_allowed: u32,
    /// The weeks; the latest ones that fit are drawn, all are in the table.
    pub weeks: Vec<Week>,
    /// The units, in the order they are drawn.
    pub rows: Vec<SubmissionRow>,
}

/// Draws a chart of submissions.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_submissions(submissions: &Submissions) -> Result<Chart, RenderError> {
    let sheet = Sheet {
        caption: &submissions.caption,
        size: submissions.size,
        head: Head {
            title: title(submissions),
            definition: definition(submissions),
            keys: keys(submissions.caption.language),
        },
        description: describe(submissions),
        table: table(submissions),
    };
    sheet.draw(|canvas, top| cells::draw_cells(canvas, submissions, top))
}

impl SubmissionRow {
    fn count(&self, wanted: impl Fn(Arrival) -> bool) -> f64 {
        number(
            self.arrivals
                .iter()
                .filter(|arrival| wanted(**arrival))
                .count(),
        )
    }

    /// How many of the reports that were due arrived: "24/26".
    fn score(&self, language: Language) -> String {
        let there = real(language, self.count(Arrival::is_there), 0);
        let due = real(
            language,
            self.count(|arrival| arrival != Arrival::NotDue),
            0,
        );
        format!("{there}/{due}")
    }
}

fn title(submissions: &Submissions) -> String {
    let language = submissions.caption.language;
    let what = language.pick("Tình hình nộp báo cáo tuần", "Weekly reports received");
    format!("{what}: {}", submissions.caption.subject())
}

fn definition(submissions: &Submissions) -> String {
    let days = submissions.days_allowed;
    match submissions.caption.language {
        Language::Vi => format!(
            "Mỗi ô là một tuần số liệu. Đúng hạn: nhận trong {days} ngày sau ngày cuối tuần. Có sửa: tệp nộp sau mang \
             lại số liệu của tuần. Số ở cuối hàng: số tuần đã có báo cáo trên số tuần phải báo cáo."
        ),
        Language::En => format!(
            "Each cell is a week of figures. On time: received within {days} days after the end of the week. \
             Corrected: a later file carries the week again. The figure at the end: weeks with a report of weeks due."
        ),
    }
}

fn keys(language: Language) -> Vec<Key> {
    let key = |swatch, vi, en| Key::new(swatch, language.pick(vi, en));
    vec![
        key(Swatch::Band(TRANSFERRED, None), "Đúng hạn", "On time"),
        key(
            Swatch::Band(ENTERED, None),
            "Muộn (ô thấp, vạch trắng)",
            "Late (low cell, white line)",
        ),
        key(
            Swatch::Mark(Marker::Diamond, 4.4, CORRECTED_MARK),
            "Có sửa",
            "Corrected",
        ),
        key(Swatch::Cross(MISSING_MARK), "Thiếu", "Missing"),
        key(
            Swatch::Mark(Marker::Disc, 1.4, LATE_MARK),
            "Chưa đến hạn",
            "Not due",
        ),
    ]
}

fn describe(submissions: &Submissions) -> String {
    let language = submissions.caption.language;
    let kind = language.pick(
        "Bảng ô theo đơn vị và tuần",
        "Grid of cells by unit and week",
    );
    let subject = submissions.caption.subject();
    let mut sentences = submissions.caption.opening(&format!("{kind}, {subject}"));
    if let (Some(first), Some(last)) = (submissions.weeks.first(), submissions.weeks.last()) {
        let weeks = language.pick("Các tuần", "Weeks");
        sentences.push(format!("{weeks} {first} – {last}."));
    }
    let words = |row: &SubmissionRow| {
        let name = row.name.in_language(language);
        let others = [
            (row.count(Arrival::is_late), "muộn", "late"),
            (row.count(Arrival::is_corrected), "có sửa", "corrected"),
        ];
        let others = others.into_iter().filter(|(count, ..)| *count > 0.0);
        let others: Vec<String> = others
            .map(|(count, vi, en)| {
                format!(", {} {}", real(language, count, 0), language.pick(vi, en))
            })
            .collect();
        format!("{name} {}{}", row.score(language), others.concat())
    };
    let rows: Vec<String> = submissions.rows.iter().map(words).collect();
    if !rows.is_empty() {
        sentences.push(format!("{}.", rows.join("; ")));
    }
    sentences.join(" ")
}

fn table(submissions: &Submissions) -> ChartTable {
    let language = submissions.caption.language;
    let first = language.pick("Đơn vị", "Unit").to_owned();
    let weeks = submissions.weeks.iter().map(Week::to_string);
    let cells = |row: &SubmissionRow| {
        let words = |place: usize| {
            let arrival = row.arrivals.get(place).copied().unwrap_or(Arrival::NotDue);
            let (vi, en) = arrival.words();
            language.pick(vi, en).to_owned()
        };
        let name = row.name.in_language(language).to_owned();
        let cells = (0..submissions.weeks.len()).map(words);
        [name].into_iter().chain(cells).collect()
    };
    ChartTable {
        headers: [first].into_iter().chain(weeks).collect(),
        rows: submissions.rows.iter().map(cells).collect(),
    }
}
