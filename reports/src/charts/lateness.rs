//! How far off forecasts were, in weeks: earlier than said to the left, later to the right.

use store::domain::Text;

use super::canvas::{Canvas, Marker};
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::geometry::Point;
use super::legend::{Key, Swatch};
use super::style::{AXIS_LINE, ChartSize, ENTERED_BAR, TRANSFERRED_LINE, real};
use super::unit_rows::{Column, UnitLine, UnitLines, foot};

/// The errors of one kind of statements.
#[derive(Clone, Debug, PartialEq)]
pub struct LatenessRow {
    /// What was said.
    pub name: Text,
    /// The tenth percentile, the median and the ninetieth percentile of the weeks by which work came later than said; `None`
    /// where nothing is due yet.
    pub weeks: Option<[f64; 3]>,
    /// The median of the sizes of the errors.
    pub usual: Option<f64>,
}

/// What a chart of errors shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Lateness {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// The kinds of statements, in the order they are drawn.
    pub rows: Vec<LatenessRow>,
}

/// Draws a chart of errors.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_lateness(chart: &Lateness) -> Result<Chart, RenderError> {
    let language = chart.caption.language;
    let key = |swatch, vi, en| Key::new(swatch, language.pick(vi, en));
    let sheet = Sheet {
        caption: &chart.caption,
        size: chart.size,
        head: Head {
            title: language
                .pick("Dự báo lệch mấy tuần", "How many weeks forecasts were off")
                .to_owned(),
            definition: language
                .pick(
                    "Số tuần mà việc đến muộn hơn ngày giữa đã nói (bên phải) hoặc sớm hơn (bên trái). Chấm: trung vị; thanh: \
                     tám phần mười số lần. Chấm ở số 0 là không thiên lệch.",
                    "The weeks by which work came later than the middle date that was said (right) or earlier (left). Dot: \
                     median; bar: eight cases in ten. A dot at 0 is no lean.",
                )
                .to_owned(),
            keys: vec![
                key(Swatch::Mark(Marker::Disc, 4.4, TRANSFERRED_LINE), "Trung vị", "Median"),
                key(Swatch::Band(ENTERED_BAR, None), "Tám phần mười số lần", "Eight cases in ten"),
            ],
        },
        description: describe(chart),
        table: table(chart),
    };
    sheet.draw(|canvas, top| draw_rows(canvas, chart, top))
}

fn draw_rows(canvas: &mut Canvas, chart: &Lateness, top: f64) -> Result<f64, RenderError> {
    let language = chart.caption.language;
    let line = |row: &LatenessRow| UnitLine {
        name: row.name.in_language(language).to_owned(),
        values: row.weeks.map_or_else(Vec::new, |[_, median, _]| {
            let usual = row.usual.map(|usual| real(language, usual, 1));
            vec![signed(chart, median), usual.unwrap_or_default()]
        }),
        note: row.weeks.is_none().then(|| not_due(chart).to_owned()),
    };
    let lines = UnitLines {
        language,
        size: chart.size,
        field_head: language
            .pick("tuần muộn hơn đã nói", "weeks later than said")
            .to_owned(),
        heads: [("trung vị", "median"), ("thường lệch", "usually off")]
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

/// The weeks drawn to either side: a round number that holds every bar.
fn reach(chart: &Lateness) -> f64 {
    let weeks = chart.rows.iter().filter_map(|row| row.weeks).flatten();
    let most = weeks.fold(0.0, |most: f64, weeks| most.max(weeks.abs()));
    let steps = [2.0, 4.0, 8.0, 12.0, 20.0, 40.0, 60.0, 100.0];
    steps
        .into_iter()
        .find(|step| most <= *step)
        .unwrap_or(200.0)
}

fn draw_column(
    canvas: &mut Canvas,
    (lines, column): (&UnitLines, &Column),
    chart: &Lateness,
) -> Result<(), RenderError> {
    const HALF_BAR: f64 = 4.0;
    let reach = reach(chart);
    let across = |weeks: f64| {
        let part = (weeks.clamp(-reach, reach) + reach) / (2.0 * reach);
        column.field.left + part * column.field.width()
    };
    let ticks = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| {
        let weeks = part * reach;
        (across(weeks), real(chart.caption.language, weeks, 0))
    });
    lines.draw_scale(canvas, column, &ticks)?;
    let (mut bars, mut dots) = (Vec::new(), Vec::new());
    for (place, row) in column.part(&chart.rows) {
        let Some([early, median, late]) = row.weeks else {
            continue;
        };
        let middle = column.middle(place);
        let mut bar = column.bar(place, across(early), across(late));
        (bar.top, bar.bottom) = (middle - HALF_BAR, middle + HALF_BAR);
        bars.push(bar);
        dots.push(Point::new(across(median), middle));
    }
    canvas.regions("spread", ENTERED_BAR, &bars)?;
    canvas.lines("zero", AXIS_LINE, &lines.upright(column, across(0.0)))?;
    canvas.markers("median", (Marker::Disc, 4.4), TRANSFERRED_LINE, &dots)
}

fn signed(chart: &Lateness, weeks: f64) -> String {
    let plus = if weeks >= 0.05 { "+" } else { "" };
    // A number that is rounded to zero has no sign.
    let weeks = if weeks.abs() < 0.05 { 0.0 } else { weeks };
    format!("{plus}{}", real(chart.caption.language, weeks, 1))
}

const fn not_due(chart: &Lateness) -> &'static str {
    chart
        .caption
        .language
        .pick("chưa đến hạn chấm", "not due yet")
}

fn describe(chart: &Lateness) -> String {
    let language = chart.caption.language;
    let kind = language.pick(
        "Biểu đồ sai số của dự báo theo tuần",
        "Chart of the errors of forecasts in weeks",
    );
    let mut sentences = chart.caption.opening(kind);
    let words = |row: &LatenessRow| {
        let name = row.name.in_language(language);
        let weeks = row.weeks.map_or_else(
            || not_due(chart).to_owned(),
            |weeks| {
                let [early, median, late] = weeks.map(|weeks| signed(chart, weeks));
                format!("{median} (80%: {early} … {late})")
            },
        );
        format!("{name}: {weeks}")
    };
    let rows: Vec<String> = chart.rows.iter().map(words).collect();
    sentences.push(format!("{}.", rows.join("; ")));
    sentences.join(" ")
}

fn table(chart: &Lateness) -> ChartTable {
    let language = chart.caption.language;
    let headers = [
        ("Lời dự báo", "Statement"),
        ("P10 (tuần)", "P10 (weeks)"),
        ("Trung vị", "Median"),
        ("P90", "P90"),
        ("Thường lệch", "Usually off"),
    ];
    let cells = |row: &LatenessRow| {
        let weeks = row.weeks.map_or_else(
            || [not_due(chart); 3].map(str::to_owned),
            |weeks| weeks.map(|weeks| signed(chart, weeks)),
        );
        let usual = row.usual.map(|usual| real(language, usual, 1));
        let name = row.name.in_language(language).to_owned();
        [name]
            .into_iter()
            .chain(weeks)
            .chain([usual.unwrap_or_default()])
            .collect()
    };
    ChartTable::new(language, &headers, chart.rows.iter().map(cells).collect())
}

#[cfg(test)]
mod tests {
    use store::domain::Language;

    use super::*;
    use crate::charts::reading::{faults, unsaid};
    use crate::charts::samples::caption;

    #[test]
    fn later_is_right_of_zero_and_weeks_have_their_sign() {
        let row = |weeks| LatenessRow {
            name: Text::new("trước 13 tuần", "13 weeks ahead"),
            weeks,
            usual: weeks.map(|_: [f64; 3]| 3.2),
        };
        for language in Language::ALL {
            for size in ChartSize::ALL {
                let rows = vec![
                    row(Some([-3.0, 2.5, 17.0])),
                    row(None),
                    row(Some([-0.02; 3])),
                ];
                let caption = caption(language);
                let chart = draw_lateness(&Lateness {
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
                let point = language.pick(",", ".");
                assert_eq!(chart.table.rows[0][2], format!("+2{point}5"));
                assert_eq!(chart.table.rows[2][2], format!("0{point}0"));
            }
        }
    }
}
