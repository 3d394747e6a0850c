//! Open differences by whose move it is: how many, and how many for more than 13 weeks.

use store::domain::{Count, Language, Text};

use super::canvas::Canvas;
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::count_bars::{Layer, draw_count_bars};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::legend::{Key, Swatch};
use super::style::{ChartSize, DEADLINE, ENTERED_BAR};
use super::unit_rows::{UnitLine, UnitLines};

/// What waits with one owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeingRow {
    /// The owner.
    pub name: Text,
    /// How many are open; `None` where that is too small to be shown.
    pub open: Option<Count>,
    /// Of them open for more than 13 weeks; `None` where that is too small to be shown.
    pub old: Option<Count>,
    /// In how many weeks they are gone, in words.
    pub clearance: Text,
}

/// What a chart of open differences shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeingChart {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is.
    pub size: ChartSize,
    /// The owners, in the order of the procedure.
    pub rows: Vec<AgeingRow>,
}

/// Draws a chart of open differences.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_ageing(ageing: &AgeingChart) -> Result<Chart, RenderError> {
    let language = ageing.caption.language;
    let key = |colour, vi, en| Key::new(Swatch::Band(colour, None), language.pick(vi, en));
    let title = language.pick(
        "Sai lệch còn mở: đến lượt ai",
        "Open differences: whose move it is",
    );
    let definition = language.pick(
        "Sai lệch giữa dữ liệu hộ tịch và CSDL quốc gia về dân cư chưa giải quyết, theo nơi đang giữ. Số tuần để hết: còn mở \
         chia cho số giảm mỗi tuần trong 8 tuần gần nhất.",
        "Differences with the population database that are not settled, by who has them now. Weeks to clear: open, by what \
         the pile shrank a week over the last eight.",
    );
    let sheet = Sheet {
        caption: &ageing.caption,
        size: ageing.size,
        head: Head {
            title: format!("{title}: {}", ageing.caption.subject()),
            definition: definition.to_owned(),
            keys: vec![
                key(ENTERED_BAR, "Còn mở", "Open"),
                key(DEADLINE, "Trong đó quá 13 tuần", "Of them over 13 weeks"),
            ],
        },
        description: describe(ageing),
        table: table(ageing),
    };
    sheet.draw(|canvas, top| draw_rows(canvas, ageing, top))
}

fn draw_rows(canvas: &mut Canvas, ageing: &AgeingChart, top: f64) -> Result<f64, RenderError> {
    let language = ageing.caption.language;
    let line = |row: &AgeingRow| UnitLine {
        name: row.name.in_language(language).to_owned(),
        values: vec![
            shown(row.open, language),
            row.clearance.in_language(language).to_owned(),
        ],
        note: None,
    };
    let lines = UnitLines {
        language,
        size: ageing.size,
        field_head: String::new(),
        heads: [("còn mở", "open"), ("số tuần để hết", "weeks to clear")]
            .map(|(vi, en)| language.pick(vi, en).to_owned())
            .to_vec(),
        lines: ageing.rows.iter().map(line).collect(),
    };
    let layers: [Layer<'_, AgeingRow>; 2] =
        [(ENTERED_BAR, &|row| row.open), (DEADLINE, &|row| row.old)];
    let rows = (ageing.rows.as_slice(), ageing.caption.count_unit);
    draw_count_bars(canvas, &lines, rows, &layers, top)
}

fn shown(count: Option<Count>, language: Language) -> String {
    count.map_or_else(|| "‹5".to_owned(), |count| language.count(count))
}

fn describe(ageing: &AgeingChart) -> String {
    let language = ageing.caption.language;
    let kind = language.pick("Biểu đồ thanh ngang", "Horizontal bar chart");
    let subject = ageing.caption.subject();
    let mut sentences = ageing.caption.opening(&format!("{kind}, {subject}"));
    let words = |row: &AgeingRow| {
        format!(
            "{}: {} {}, {} {}; {}",
            row.name.in_language(language),
            language.pick("còn mở", "open"),
            shown(row.open, language),
            language.pick("quá 13 tuần", "over 13 weeks"),
            shown(row.old, language),
            row.clearance.in_language(language)
        )
    };
    let rows: Vec<String> = ageing.rows.iter().map(words).collect();
    if !rows.is_empty() {
        sentences.push(format!("{}.", rows.join(". ")));
    }
    sentences.join(" ")
}

fn table(ageing: &AgeingChart) -> ChartTable {
    let language = ageing.caption.language;
    let headers = [
        ("Đang ở", "Owner"),
        ("Còn mở", "Open"),
        ("Quá 13 tuần", "Over 13 weeks"),
        ("Số tuần để hết", "Weeks to clear"),
    ];
    let row = |row: &AgeingRow| {
        vec![
            row.name.in_language(language).to_owned(),
            shown(row.open, language),
            shown(row.old, language),
            row.clearance.in_language(language).to_owned(),
        ]
    };
    ChartTable::new(language, &headers, ageing.rows.iter().map(row).collect())
}
