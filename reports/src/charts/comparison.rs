//! From the book to the linked record: a bar a step, records and people told apart.

use store::domain::{Count, Language, Text};

use super::canvas::Canvas;
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::count_bars::{Layer, draw_count_bars};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::legend::{Key, Swatch};
use super::style::{CAMPAIGN, ChartSize, TRANSFERRED};
use super::unit_rows::{UnitLine, UnitLines};

/// One step on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonStep {
    /// Its name.
    pub name: Text,
    /// How many came so far; `None` where it was not reported or is too small to be shown.
    pub count: Option<Count>,
    /// Whether people are counted and not records.
    pub people: bool,
}

/// What a chart of the comparison shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is.
    pub size: ChartSize,
    /// The steps, in their order.
    pub steps: Vec<ComparisonStep>,
}

/// Draws a chart of the comparison.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_comparison(comparison: &Comparison) -> Result<Chart, RenderError> {
    let language = comparison.caption.language;
    let key = |colour, vi, en| Key::new(Swatch::Band(colour, None), language.pick(vi, en));
    let title = language.pick(
        "Từ sổ đến dữ liệu được liên kết",
        "From the book to a linked record",
    );
    let definition = language.pick(
        "Các khâu số hóa tính bằng trường hợp; đối chiếu tính bằng người, mỗi người một lần (kết hôn có hai người), nên hai \
         loại thanh không phải là phần của nhau. Đã liên kết lấy từ bảng cân đối gần nhất.",
        "Steps of the work are records; the comparison is in people, each for the first time only (a marriage has two), so \
         that one kind of bar is no part of the other. Linked is from the latest statements.",
    );
    let sheet = Sheet {
        caption: &comparison.caption,
        size: comparison.size,
        head: Head {
            title: format!("{title}: {}", comparison.caption.subject()),
            definition: definition.to_owned(),
            keys: vec![
                key(TRANSFERRED, "Trường hợp", "Records"),
                key(CAMPAIGN, "Người", "People"),
            ],
        },
        description: describe(comparison),
        table: table(comparison),
    };
    sheet.draw(|canvas, top| draw_steps(canvas, comparison, top))
}

fn draw_steps(canvas: &mut Canvas, comparison: &Comparison, top: f64) -> Result<f64, RenderError> {
    let language = comparison.caption.language;
    let steps = &comparison.steps;
    let count_unit = comparison.caption.count_unit;
    let line = |step: &ComparisonStep| UnitLine {
        name: step.name.in_language(language).to_owned(),
        values: step
            .count
            .map_or_else(Vec::new, |count| vec![language.count(count)]),
        note: step.count.is_none().then(|| absent(language)),
    };
    let lines = UnitLines {
        language,
        size: comparison.size,
        field_head: String::new(),
        heads: vec![language.pick("số lượng", "number").to_owned()],
        lines: steps.iter().map(line).collect(),
    };
    let layers: [Layer<'_, ComparisonStep>; 2] = [
        (TRANSFERRED, &|step| step.count.filter(|_| !step.people)),
        (CAMPAIGN, &|step| step.count.filter(|_| step.people)),
    ];
    draw_count_bars(canvas, &lines, (steps, count_unit), &layers, top)
}

fn absent(language: Language) -> String {
    language
        .pick(
            "chưa báo cáo, quá nhỏ, hoặc các bộ quy tắc không so sánh được",
            "not reported, too small, or under rule sets that do not compare",
        )
        .to_owned()
}

fn of(step: &ComparisonStep, language: Language) -> &'static str {
    if step.people {
        language.pick("người", "people")
    } else {
        language.pick("trường hợp", "records")
    }
}

fn describe(comparison: &Comparison) -> String {
    let language = comparison.caption.language;
    let kind = language.pick("Biểu đồ thanh ngang", "Horizontal bar chart");
    let subject = comparison.caption.subject();
    let mut sentences = comparison.caption.opening(&format!("{kind}, {subject}"));
    let words = |step: &ComparisonStep| {
        let name = step.name.in_language(language);
        let count = step.count.map_or_else(
            || absent(language),
            |count| format!("{} {}", language.count(count), of(step, language)),
        );
        format!("{name}: {count}")
    };
    let steps: Vec<String> = comparison.steps.iter().map(words).collect();
    sentences.push(format!("{}.", steps.join("; ")));
    sentences.join(" ")
}

fn table(comparison: &Comparison) -> ChartTable {
    let language = comparison.caption.language;
    let headers = [("Khâu", "Step"), ("Số lượng", "Number"), ("Đơn vị", "Unit")];
    let row = |step: &ComparisonStep| {
        let count = step.count.map(|count| language.count(count));
        vec![
            step.name.in_language(language).to_owned(),
            count.unwrap_or_else(|| absent(language)),
            of(step, language).to_owned(),
        ]
    };
    ChartTable::new(
        language,
        &headers,
        comparison.steps.iter().map(row).collect(),
    )
}
