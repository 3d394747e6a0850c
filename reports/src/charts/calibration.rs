//! Promised against kept: how often intervals held the truth, with the interval of that share itself.

use store::domain::{Language, Text};

use super::canvas::{Canvas, Marker};
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::geometry::Point;
use super::legend::{Key, Swatch};
use super::style::{ChartSize, DEADLINE_LINE, ENTERED_BAR, TRANSFERRED_LINE};
use super::unit_rows::{Column, UnitLine, UnitLines, foot};

/// One promise.
#[derive(Clone, Debug, PartialEq)]
pub struct CalibrationRow {
    /// What was promised of what.
    pub name: Text,
    /// The share promised, in percent.
    pub promised: u8,
    /// The lower end, the share kept and the upper end, from 0 to 1; `None` where nothing is due yet.
    pub kept: Option<[f64; 3]>,
    /// How many statements are due.
    pub cases: usize,
}

/// What a chart of promises shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// The promises, in the order they are drawn.
    pub rows: Vec<CalibrationRow>,
}

/// Draws a chart of promises.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_calibration(chart: &Calibration) -> Result<Chart, RenderError> {
    let language = chart.caption.language;
    let key = |swatch, vi, en| Key::new(swatch, language.pick(vi, en));
    let sheet = Sheet {
        caption: &chart.caption,
        size: chart.size,
        head: Head {
            title: language
                .pick(
                    "Khoảng dự báo có giữ lời không",
                    "Did the ranges keep their promise",
                )
                .to_owned(),
            definition: language
                .pick(
                    "Chấm: tỷ lệ các khoảng đã chứa số thật. Vạch: tỷ lệ đã hứa. Thanh: mức chắc chắn 95% của chấm, đã tính \
                     việc các tỉnh cùng lên cùng xuống; vạch nằm trong thanh là chưa có gì trái với lời hứa.",
                    "Dot: the share of ranges that held the truth. Mark: the share promised. Bar: how sure the dot is (95%), \
                     provinces moving together taken into account; a mark inside the bar is no breach of the promise.",
                )
                .to_owned(),
            keys: vec![
                key(Swatch::Mark(Marker::Disc, 4.4, TRANSFERRED_LINE), "Đã giữ", "Kept"),
                key(Swatch::Band(ENTERED_BAR, None), "Mức chắc chắn 95%", "95% interval"),
                key(Swatch::Line(DEADLINE_LINE), "Đã hứa", "Promised"),
            ],
        },
        description: describe(chart),
        table: table(chart),
    };
    sheet.draw(|canvas, top| draw_rows(canvas, chart, top))
}

fn draw_rows(canvas: &mut Canvas, chart: &Calibration, top: f64) -> Result<f64, RenderError> {
    let language = chart.caption.language;
    let line = |row: &CalibrationRow| UnitLine {
        name: row.name.in_language(language).to_owned(),
        values: row.kept.map_or_else(Vec::new, |[_, kept, _]| {
            vec![
                percent(kept),
                format!("{}%", row.promised),
                cases(row, language),
            ]
        }),
        note: row.kept.is_none().then(|| not_due(language).to_owned()),
    };
    let lines = UnitLines {
        language,
        size: chart.size,
        field_head: String::new(),
        heads: [
            ("đã giữ", "kept"),
            ("đã hứa", "promised"),
            ("số lần", "cases"),
        ]
        .map(|(vi, en)| language.pick(vi, en).to_owned())
        .to_vec(),
        lines: chart.rows.iter().map(line).collect(),
    };
    let columns = lines.set_out(top);
    lines.write(canvas, &columns)?;
    for column in columns.iter().filter(|column| column.count > 0) {
        draw_column(canvas, (&lines, column), chart)?;
    }
    Ok(foot(&columns))
}

fn draw_column(
    canvas: &mut Canvas,
    (lines, column): (&UnitLines, &Column),
    chart: &Calibration,
) -> Result<(), RenderError> {
    const HALF_BAR: f64 = 4.0;
    let across = |share: f64| column.field.left + share * column.field.width();
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (across(share), percent(share)));
    lines.draw_scale(canvas, column, &ticks)?;
    let (mut bars, mut dots, mut marks) = (Vec::new(), Vec::new(), Vec::new());
    for (place, row) in column.part(&chart.rows) {
        let Some([lower, kept, upper]) = row.kept else {
            continue;
        };
        let middle = column.middle(place);
        let mut bar = column.bar(place, across(lower), across(upper));
        (bar.top, bar.bottom) = (middle - HALF_BAR, middle + HALF_BAR);
        bars.push(bar);
        dots.push(Point::new(across(kept), middle));
        let promised = across(f64::from(row.promised) / 100.0);
        let end = |half: f64| Point::new(promised, middle + half);
        marks.push(vec![end(-column.line / 2.0), end(column.line / 2.0)]);
    }
    canvas.regions("interval", ENTERED_BAR, &bars)?;
    canvas.lines("promised", DEADLINE_LINE, &marks)?;
    canvas.markers("kept", (Marker::Disc, 4.4), TRANSFERRED_LINE, &dots)
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn cases(row: &CalibrationRow, language: Language) -> String {
    language.whole(i64::try_from(row.cases).unwrap_or(i64::MAX))
}

const fn not_due(language: Language) -> &'static str {
    language.pick("chưa đến hạn chấm", "not due yet")
}

fn describe(chart: &Calibration) -> String {
    let language = chart.caption.language;
    let kind = language.pick(
        "Biểu đồ tỷ lệ khoảng dự báo chứa số thật",
        "Chart of the share of ranges that held the truth",
    );
    let mut sentences = chart.caption.opening(kind);
    let words = |row: &CalibrationRow| {
        let name = row.name.in_language(language);
        let kept = row.kept.map_or_else(
            || not_due(language).to_owned(),
            |[lower, kept, upper]| {
                let [lower, kept, upper] = [lower, kept, upper].map(percent);
                let of = language.pick("lần", "cases");
                format!("{kept} ({lower} – {upper}; {} {of})", cases(row, language))
            },
        );
        format!("{name}: {kept}")
    };
    let rows: Vec<String> = chart.rows.iter().map(words).collect();
    sentences.push(format!("{}.", rows.join("; ")));
    sentences.join(" ")
}

fn table(chart: &Calibration) -> ChartTable {
    let language = chart.caption.language;
    let headers = [
        ("Lời hứa", "Promise"),
        ("Đã hứa", "Promised"),
        ("Đã giữ", "Kept"),
        ("Từ", "From"),
        ("Đến", "To"),
        ("Số lần", "Cases"),
    ];
    let cells = |row: &CalibrationRow| {
        let [lower, kept, upper] = row.kept.map_or_else(
            || [not_due(language); 3].map(str::to_owned),
            |ends| ends.map(percent),
        );
        let name = row.name.in_language(language).to_owned();
        vec![
            name,
            format!("{}%", row.promised),
            kept,
            lower,
            upper,
            cases(row, language),
        ]
    };
    ChartTable::new(language, &headers, chart.rows.iter().map(cells).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::reading::{faults, unsaid};
    use crate::charts::samples::caption;

    #[test]
    fn every_promise_is_drawn_and_said_and_what_is_not_due_is_not_zero() {
        let row = |promised: u8, kept| CalibrationRow {
            name: Text::new(
                format!("{promised}% · trước 13 tuần"),
                format!("{promised}% · 13 weeks ahead"),
            ),
            promised,
            kept,
            cases: 252,
        };
        for language in Language::ALL {
            for size in ChartSize::ALL {
                let rows = vec![
                    row(50, Some([0.31, 0.48, 0.66])),
                    row(80, Some([0.0, 1.0, 1.0])),
                    row(90, None),
                ];
                let caption = caption(language);
                let chart = draw_calibration(&Calibration {
                    caption,
                    size,
                    rows,
                })
                .unwrap();
                assert_eq!(
                    faults(&chart),
                    Vec::<String>::new(),
                    "{language:?} {size:?}"
                );
                assert!(unsaid(&chart).is_empty(), "{:?}", unsaid(&chart));
                assert_eq!(chart.table.rows[0][2], "48%");
                assert_eq!(chart.table.rows[2][2], not_due(language));
            }
        }
    }
}
