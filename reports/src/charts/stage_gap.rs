//! What lies between two stages: entered by a unit and not yet transferred into the national database.

use store::domain::{Count, Language, Share, Text};

use super::canvas::Canvas;
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::count_bars::{Layer, draw_count_bars};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::legend::{Key, Swatch};
use super::style::{ChartSize, ENTERED, things};
use super::unit_rows::{UnitLine, UnitLines};
use super::value_axis::ticks_across;

/// One unit of a chart of stage gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageGapRow {
    /// Its name.
    pub name: Text,
    /// What it has typed in; `None` where that was not reported.
    pub entered: Option<Count>,
    /// What it has transferred; `None` where that was not reported.
    pub transferred: Option<Count>,
}

/// What a chart of stage gaps shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageGap {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// The units, in any order; drawn with the largest gap first.
    pub rows: Vec<StageGapRow>,
}

/// What is known of the gap of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// A stage was not reported.
    Unknown,
    /// More was reported as transferred than as entered: one of the two is wrong.
    Contradiction(i64),
    Waiting(i64),
}

impl StageGapRow {
    fn gap(&self) -> Gap {
        match (self.entered, self.transferred) {
            (Some(entered), Some(transferred)) => match entered.change_since(transferred) {
                over if over < 0 => Gap::Contradiction(-over),
                waiting => Gap::Waiting(waiting),
            },
            _ => Gap::Unknown,
        }
    }

    fn waiting(&self) -> Option<Count> {
        match self.gap() {
            Gap::Waiting(waiting) => Count::from_i64(waiting),
            _ => None,
        }
    }

    /// The gap as a share of what was entered.
    fn share(&self) -> Option<Share> {
        Share::of(self.waiting()?, self.entered?)
    }

    /// Why there is no bar.
    fn note(&self, language: Language) -> Option<String> {
        match self.gap() {
            Gap::Waiting(_) => None,
            Gap::Unknown => Some(language.pick("chưa báo cáo", "not reported").to_owned()),
            Gap::Contradiction(over) => {
                let words = language.pick("chuyển nhiều hơn nhập", "more transferred than entered");
                Some(format!("{words}: {}", language.whole(over)))
            }
        }
    }
}

/// Draws a chart of stage gaps.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_stage_gap(stage_gap: &StageGap) -> Result<Chart, RenderError> {
    let mut rows: Vec<&StageGapRow> = stage_gap.rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.gap()));
    let language = stage_gap.caption.language;
    let bar = language.pick(
        "Đã nhập, chưa chuyển vào CSDL",
        "Entered, not yet transferred",
    );
    let sheet = Sheet {
        caption: &stage_gap.caption,
        size: stage_gap.size,
        head: Head {
            title: title(stage_gap),
            definition: definition(stage_gap),
            keys: vec![Key::new(Swatch::Band(ENTERED, None), bar)],
        },
        description: describe(stage_gap, &rows),
        table: table(language, &rows),
    };
    sheet.draw(|canvas, top| draw_rows(canvas, stage_gap, &rows, top))
}

fn draw_rows(
    canvas: &mut Canvas,
    stage_gap: &StageGap,
    rows: &[&StageGapRow],
    top: f64,
) -> Result<f64, RenderError> {
    let language = stage_gap.caption.language;
    let waiting = |row: &StageGapRow| row.waiting().map(Count::to_f64);
    let most = rows
        .iter()
        .filter_map(|row| waiting(row))
        .fold(1.0, f64::max);
    let count_unit = stage_gap.caption.count_unit;
    let (_, heading) = ticks_across(language, count_unit, (0.0, most), &|value| value);
    let line = |row: &&StageGapRow| UnitLine {
        name: row.name.in_language(language).to_owned(),
        values: row.waiting().map_or_else(Vec::new, |count| {
            let share = row.share().map(|share| language.percent(share));
            vec![language.count(count), share.unwrap_or_default()]
        }),
        note: row.note(language),
    };
    let lines = UnitLines {
        language,
        size: stage_gap.size,
        field_head: heading,
        heads: [("chờ chuyển", "waiting"), ("% đã nhập", "% of entered")]
            .map(|(vi, en)| language.pick(vi, en).to_owned())
            .to_vec(),
        lines: rows.iter().map(line).collect(),
    };
    let layers: [Layer<'_, &StageGapRow>; 1] = [(ENTERED, &|row| row.waiting())];
    draw_count_bars(canvas, &lines, (rows, count_unit), &layers, top)
}

fn title(stage_gap: &StageGap) -> String {
    let language = stage_gap.caption.language;
    let what = language.pick(
        "Đã nhập nhưng chưa chuyển vào CSDL",
        "Entered but not yet transferred",
    );
    format!("{what}: {}", stage_gap.caption.subject())
}

fn definition(stage_gap: &StageGap) -> String {
    let language = stage_gap.caption.language;
    let things = things(language, stage_gap.caption.count_unit);
    match language {
        Language::Vi => format!(
            "Số {things} đã nhập trừ số đã chuyển vào Cơ sở dữ liệu hộ tịch điện tử: việc đang chờ ở khâu kiểm tra, \
             phê duyệt và chuyển. Đơn vị chưa báo cáo không có thanh, không tính là 0."
        ),
        Language::En => format!(
            "The {things} entered less those transferred into the national electronic civil-status database: work \
             that waits to be checked, approved and transferred. A unit that has not reported has no bar; it is not \
             counted as 0."
        ),
    }
}

fn describe(stage_gap: &StageGap, rows: &[&StageGapRow]) -> String {
    let language = stage_gap.caption.language;
    let kind = language.pick("Biểu đồ thanh ngang", "Horizontal bar chart");
    let subject = stage_gap.caption.subject();
    let mut sentences = stage_gap.caption.opening(&format!("{kind}, {subject}"));
    let words = |row: &&StageGapRow| {
        let name = row.name.in_language(language);
        let figure = row.waiting().map(|count| language.count(count));
        let share = row
            .share()
            .map(|share| format!(" ({})", language.percent(share)));
        let note = row.note(language).map(|note| format!(" ({note})"));
        let figure = figure.map(|figure| format!(" {figure}{}", share.unwrap_or_default()));
        format!("{name}{}", figure.or(note).unwrap_or_default())
    };
    let rows: Vec<String> = rows.iter().map(words).collect();
    if !rows.is_empty() {
        let order = language.pick("Từ nhiều xuống ít", "From most to least");
        sentences.push(format!("{order}: {}.", rows.join("; ")));
    }
    sentences.join(" ")
}

fn table(language: Language, rows: &[&StageGapRow]) -> ChartTable {
    let headers = [
        ("Đơn vị", "Unit"),
        ("Đã nhập", "Entered"),
        ("Đã chuyển vào CSDL", "Transferred"),
        ("Chờ chuyển", "Waiting"),
        ("Tỷ lệ so với đã nhập", "Share of entered"),
        ("Ghi chú", "Note"),
    ];
    let figure = |count: Option<Count>| match count {
        Some(count) => language.count(count),
        None => language.pick("chưa báo cáo", "not reported").to_owned(),
    };
    let cells = |row: &&StageGapRow| {
        let optional = |text: Option<String>| text.unwrap_or_default();
        vec![
            row.name.in_language(language).to_owned(),
            figure(row.entered),
            figure(row.transferred),
            optional(row.waiting().map(|count| language.count(count))),
            optional(row.share().map(|share| language.percent(share))),
            optional(row.note(language)),
        ]
    };
    ChartTable::new(language, &headers, rows.iter().map(cells).collect())
}
