//! Required against actual pace: how much of the pace that its deadline asks for a unit keeps.

use store::domain::{Count, Language, Text};

use super::canvas::Canvas;
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::geometry::Region;
use super::legend::{Key, Swatch};
use super::style::{ChartSize, DEADLINE_LINE, ENTERED, TRANSFERRED, forecast_count, real, things};
use super::unit_rows::{Column, UnitLine, UnitLines, foot};

/// One unit of a chart of paces.
#[derive(Clone, Debug, PartialEq)]
pub struct PaceRow {
    /// Its name.
    pub name: Text,
    /// What its deadline asks for, per full working week; `None` where nothing can be asked: the note says why.
    pub required: Option<f64>,
    /// What it did, per full working week; `None` where no two reports tell.
    pub actual: Option<f64>,
    /// What stands in place of a bar where there is none: done, overdue, not reported.
    pub note: Text,
}

/// What a chart of paces shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// The units, in any order; drawn with the smallest part kept first.
    pub rows: Vec<PaceRow>,
}

/// Bars are drawn up to this part of the required pace; a longer one ends there and is still written in full.
const LONGEST: f64 = 2.0;

impl PaceRow {
    /// The part of the required pace that is kept; `None` where one of the two is not known.
    fn kept(&self) -> Option<f64> {
        let required = self
            .required
            .filter(|rate| rate.is_finite() && *rate > 0.0)?;
        let actual = self.actual.filter(|rate| rate.is_finite())?;
        Some((actual / required).max(0.0))
    }

    fn percent(&self, language: Language) -> Option<String> {
        const MOST: f64 = 9.99;
        let kept = self.kept()?;
        Some(if kept > MOST {
            ">999%".to_owned()
        } else {
            format!("{}%", real(language, kept * 100.0, 0))
        })
    }
}

/// Draws a chart of paces.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_pace(pace: &Pace) -> Result<Chart, RenderError> {
    let mut rows: Vec<&PaceRow> = pace.rows.iter().collect();
    rows.sort_by(|one, other| {
        let key = |row: &PaceRow| row.kept().unwrap_or(f64::INFINITY);
        key(one).total_cmp(&key(other))
    });
    let language = pace.caption.language;
    let key = |swatch, vi, en| Key::new(swatch, language.pick(vi, en));
    let sheet = Sheet {
        caption: &pace.caption,
        size: pace.size,
        head: Head {
            title: title(pace),
            definition: definition(pace),
            keys: vec![
                key(
                    Swatch::Band(ENTERED, None),
                    "Chậm hơn mức cần",
                    "Slower than required",
                ),
                key(
                    Swatch::Band(TRANSFERRED, None),
                    "Đạt mức cần",
                    "As fast as required",
                ),
                key(
                    Swatch::Line(DEADLINE_LINE),
                    "Mức cần (100%)",
                    "Required (100%)",
                ),
            ],
        },
        description: describe(pace, &rows),
        table: table(language, &rows),
    };
    sheet.draw(|canvas, top| draw_rows(canvas, pace, &rows, top))
}

fn draw_rows(
    canvas: &mut Canvas,
    pace: &Pace,
    rows: &[&PaceRow],
    top: f64,
) -> Result<f64, RenderError> {
    let language = pace.caption.language;
    let rate = |rate: Option<f64>| {
        rate.map_or_else(|| "–".to_owned(), |rate| forecast_count(language, rate))
    };
    let line = |row: &&PaceRow| UnitLine {
        name: row.name.in_language(language).to_owned(),
        values: row.percent(language).map_or_else(Vec::new, |percent| {
            vec![percent, rate(row.actual), rate(row.required)]
        }),
        note: row
            .kept()
            .is_none()
            .then(|| row.note.in_language(language).to_owned()),
    };
    let lines = UnitLines {
        language,
        size: pace.size,
        field_head: String::new(),
        heads: [
            ("so với cần", "of required"),
            ("thực tế/tuần", "actual/week"),
            ("cần/tuần", "required/week"),
        ]
        .map(|(vi, en)| language.pick(vi, en).to_owned())
        .to_vec(),
        lines: rows.iter().map(line).collect(),
    };
    let columns = lines.set_out(top);
    lines.write(canvas, &columns)?;
    for column in columns.iter().filter(|column| column.count > 0) {
        draw_column(canvas, &lines, column, rows)?;
    }
    Ok(foot(&columns))
}

fn draw_column(
    canvas: &mut Canvas,
    lines: &UnitLines,
    column: &Column,
    rows: &[&PaceRow],
) -> Result<(), RenderError> {
    let field = column.field;
    let across = |kept: f64| field.left + kept.min(LONGEST) / LONGEST * field.width();
    let ticks =
        [0.0, 0.5, 1.0, 1.5, 2.0].map(|kept| (across(kept), format!("{:.0}%", kept * 100.0)));
    lines.draw_scale(canvas, column, &ticks)?;
    let (mut slow, mut fast): (Vec<Region>, Vec<Region>) = (Vec::new(), Vec::new());
    for (place, row) in column.part(rows) {
        let Some(kept) = row.kept() else { continue };
        let bar = column.bar(place, field.left, across(kept));
        if kept < 1.0 { &mut slow } else { &mut fast }.push(bar);
    }
    canvas.regions("slow", ENTERED, &slow)?;
    canvas.regions("fast", TRANSFERRED, &fast)?;
    canvas.lines(
        "required",
        DEADLINE_LINE,
        &lines.upright(column, across(1.0)),
    )
}

fn title(pace: &Pace) -> String {
    let language = pace.caption.language;
    let what = language.pick(
        "Tốc độ thực tế so với tốc độ cần có",
        "Actual against required pace",
    );
    format!("{what}: {}", pace.caption.subject())
}

fn definition(pace: &Pace) -> String {
    let language = pace.caption.language;
    let things = things(language, pace.caption.count_unit);
    match language {
        Language::Vi => format!(
            "Tốc độ thực tế: số {things} chuyển mỗi tuần làm việc đủ trong tám tuần gần nhất. Tốc độ cần: số còn lại \
             chia cho số tuần làm việc đến thời hạn, đã trừ ngày nghỉ lễ, Tết."
        ),
        Language::En => format!(
            "Actual pace: {things} transferred per full working week over the last eight weeks. Required pace: what \
             is left divided by the working weeks until the deadline, holidays and Tết taken out."
        ),
    }
}

fn describe(pace: &Pace, rows: &[&PaceRow]) -> String {
    let language = pace.caption.language;
    let kind = language.pick("Biểu đồ thanh ngang", "Horizontal bar chart");
    let subject = pace.caption.subject();
    let mut sentences = pace.caption.opening(&format!("{kind}, {subject}"));
    let words = |row: &&PaceRow| {
        let name = row.name.in_language(language);
        let note = || row.note.in_language(language).to_owned();
        format!("{name}: {}", row.percent(language).unwrap_or_else(note))
    };
    let rows: Vec<String> = rows.iter().map(words).collect();
    if !rows.is_empty() {
        let order = language.pick(
            "Phần tốc độ cần đã đạt",
            "Part of the required pace that is kept",
        );
        sentences.push(format!("{order}: {}.", rows.join("; ")));
    }
    sentences.join(" ")
}

fn table(language: Language, rows: &[&PaceRow]) -> ChartTable {
    let headers = [
        ("Đơn vị", "Unit"),
        ("Thực tế mỗi tuần", "Actual a week"),
        ("Cần mỗi tuần", "Required a week"),
        ("So với cần", "Of required"),
        ("Ghi chú", "Note"),
    ];
    let count = |rate: Option<f64>| {
        let count = rate.and_then(Count::from_f64);
        count.map_or_else(String::new, |count| language.count(count))
    };
    let cells = |row: &&PaceRow| {
        vec![
            row.name.in_language(language).to_owned(),
            count(row.actual),
            count(row.required),
            row.percent(language).unwrap_or_default(),
            row.note.in_language(language).to_owned(),
        ]
    };
    ChartTable::new(language, &headers, rows.iter().map(cells).collect())
}
