//! From one date to another: each part as a bar that begins where the one above it ended.

use chrono::{Days, NaiveDate};
use store::domain::Text;

use super::canvas::{Canvas, Marker};
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::geometry::{Point, number};
use super::legend::{Key, Swatch};
use super::plot::{Plot, room_for_time};
use super::style::{AXIS_LINE, ChartSize, ENTERED, TOTAL_LINE, TRANSFERRED};
use super::time_axis::TimeAxis;
use super::unit_rows::{Column, UnitLine, UnitLines, foot};

/// What a row of a waterfall shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landing {
    /// A date that stands by itself.
    Day(NaiveDate),
    /// Days that are added to the date above it; below 0 they are taken away.
    Days(i64),
    /// Nothing that can be drawn, and why.
    Nothing(Text),
}

/// One row of a waterfall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaterfallRow {
    /// What it is.
    pub name: Text,
    /// What it shows.
    pub landing: Landing,
}

/// What a waterfall shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waterfall {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// The first date, the parts, the last date.
    pub rows: Vec<WaterfallRow>,
}

/// The days before the first and after the last one drawn.
const EDGE: Days = Days::new(12);

/// Draws a waterfall.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_waterfall(chart: &Waterfall) -> Result<Chart, RenderError> {
    let language = chart.caption.language;
    let key = |swatch, vi, en| Key::new(swatch, language.pick(vi, en));
    let title = language.pick("Vì sao ngày hoàn thành đổi", "Why the date moved");
    let sheet = Sheet {
        caption: &chart.caption,
        size: chart.size,
        head: Head {
            title: format!("{title}: {}", chart.caption.subject()),
            definition: language
                .pick(
                    "Mỗi thanh bắt đầu ở nơi thanh trên kết thúc, nên các phần cộng lại đúng bằng toàn bộ thay đổi. Ngày là \
                     ngày giữa: năm lần trước, năm lần sau.",
                    "Each bar begins where the one above it ends, so the parts add up to the whole change. The date is the \
                     middle one: as often before as after.",
                )
                .to_owned(),
            keys: vec![
                key(Swatch::Mark(Marker::Disc, 4.8, TOTAL_LINE), "Ngày giữa", "Middle date"),
                key(Swatch::Band(ENTERED, None), "Làm muộn thêm", "Made it later"),
                key(Swatch::Band(TRANSFERRED, None), "Làm sớm lên", "Made it earlier"),
            ],
        },
        description: describe(chart),
        table: table(chart),
    };
    sheet.draw(|canvas, top| draw_rows(canvas, chart, top))
}

/// The day above each row and the day it ends at; `None` of a row that cannot be drawn.
fn landings(chart: &Waterfall) -> Vec<Option<(NaiveDate, NaiveDate)>> {
    let mut last = before_first(chart);
    let mut landing = |row: &WaterfallRow| {
        let (from, to) = match row.landing {
            Landing::Day(day) => (day, day),
            Landing::Days(days) => {
                let step = Days::new(days.unsigned_abs());
                let from = last?;
                let to = if days < 0 {
                    from.checked_sub_days(step)?
                } else {
                    from.checked_add_days(step)?
                };
                (from, to)
            }
            Landing::Nothing(_) => return None,
        };
        last = Some(to);
        Some((from, to))
    };
    chart.rows.iter().map(&mut landing).collect()
}

/// Where the first bar begins if no date stands above it: the date at the end less all days. `None` without one.
fn before_first(chart: &Waterfall) -> Option<NaiveDate> {
    let end = chart.rows.iter().rev().find_map(|row| match row.landing {
        Landing::Day(day) => Some(day),
        Landing::Days(_) | Landing::Nothing(_) => None,
    })?;
    let days = chart.rows.iter().map(|row| match row.landing {
        Landing::Days(days) => days,
        Landing::Day(_) | Landing::Nothing(_) => 0,
    });
    end.checked_sub_signed(chrono::TimeDelta::try_days(days.sum())?)
}

fn draw_rows(canvas: &mut Canvas, chart: &Waterfall, top: f64) -> Result<f64, RenderError> {
    let language = chart.caption.language;
    let places = landings(chart);
    let line = |row: &WaterfallRow| UnitLine {
        name: row.name.in_language(language).to_owned(),
        values: vec![value(chart, row)],
        note: match &row.landing {
            Landing::Nothing(words) => Some(words.in_language(language).to_owned()),
            Landing::Day(_) | Landing::Days(_) => None,
        },
    };
    let lines = UnitLines {
        language,
        size: chart.size,
        field_head: String::new(),
        heads: vec![
            language
                .pick("ngày giữa, hoặc số ngày", "middle date, or days")
                .to_owned(),
        ],
        lines: chart.rows.iter().map(line).collect(),
    };
    let columns = lines.set_out(top);
    lines.write(canvas, &columns)?;
    let mut bottom = foot(&columns);
    let ends = || places.iter().flatten().flat_map(|(from, to)| [*from, *to]);
    let (Some(first), Some(last)) = (ends().min(), ends().max()) else {
        return Ok(bottom);
    };
    let days = (
        first.checked_sub_days(EDGE).unwrap_or(first),
        last.checked_add_days(EDGE).unwrap_or(last),
    );
    for column in columns.iter().filter(|column| column.count > 0) {
        let plot = Plot::new(column.field, days, 1.0);
        let span = number(usize::try_from((days.1 - days.0).num_days()).unwrap_or(1));
        let axis = TimeAxis::new(language, days, column.field.width() / span);
        plot.draw_time(canvas, &axis)?;
        draw_bars(canvas, (chart, &places), column, &plot)?;
        bottom = f64::max(bottom, column.field.bottom + room_for_time(&axis) + 12.0);
    }
    Ok(bottom)
}

fn draw_bars(
    canvas: &mut Canvas,
    (chart, places): (&Waterfall, &[Option<(NaiveDate, NaiveDate)>]),
    column: &Column,
    plot: &Plot,
) -> Result<(), RenderError> {
    let (mut later, mut sooner, mut dots, mut joints) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut above: Option<Point> = None;
    for (place, row) in column.part(&chart.rows) {
        let Some((from, to)) = places.get(column.first + place).copied().flatten() else {
            continue;
        };
        let middle = column.middle(place);
        let at = |day| Point::new(plot.x(day), middle);
        if let Some(above) = above {
            joints.push(vec![above, Point::new(above.x, middle)]);
        }
        above = Some(at(to));
        match row.landing {
            Landing::Day(_) => dots.push(at(to)),
            Landing::Days(days) if days > 0 => later.push(column.bar(place, at(from).x, at(to).x)),
            Landing::Days(days) if days < 0 => sooner.push(column.bar(place, at(from).x, at(to).x)),
            Landing::Days(_) | Landing::Nothing(_) => {}
        }
    }
    canvas.lines("joint", AXIS_LINE, &joints)?;
    canvas.regions("later", ENTERED, &later)?;
    canvas.regions("sooner", TRANSFERRED, &sooner)?;
    canvas.markers("day", (Marker::Disc, 4.8), TOTAL_LINE, &dots)
}

fn value(chart: &Waterfall, row: &WaterfallRow) -> String {
    let language = chart.caption.language;
    match &row.landing {
        Landing::Day(day) => language.date(*day),
        Landing::Days(days) => crate::words::signed_days(*days, language),
        Landing::Nothing(_) => String::new(),
    }
}

fn describe(chart: &Waterfall) -> String {
    let language = chart.caption.language;
    let kind = language.pick("Biểu đồ bậc thang", "Waterfall chart");
    let mut sentences = chart
        .caption
        .opening(&format!("{kind}, {}", chart.caption.subject()));
    let words = |row: &WaterfallRow| {
        let shown = match &row.landing {
            Landing::Nothing(words) => words.in_language(language).to_owned(),
            Landing::Day(_) | Landing::Days(_) => value(chart, row),
        };
        format!("{}: {shown}", row.name.in_language(language))
    };
    let rows: Vec<String> = chart.rows.iter().map(words).collect();
    sentences.push(format!("{}.", rows.join("; ")));
    sentences.join(" ")
}

fn table(chart: &Waterfall) -> ChartTable {
    let language = chart.caption.language;
    let headers = [
        ("Phần", "Part"),
        ("Số ngày", "Days"),
        ("Ngày giữa sau phần này", "Middle date after it"),
    ];
    let cells = |(row, place): (&WaterfallRow, Option<(NaiveDate, NaiveDate)>)| {
        let days = match &row.landing {
            Landing::Day(_) => String::new(),
            Landing::Days(_) => value(chart, row),
            Landing::Nothing(words) => words.in_language(language).to_owned(),
        };
        let after = place.map(|(_, to)| language.date(to)).unwrap_or_default();
        vec![row.name.in_language(language).to_owned(), days, after]
    };
    let rows = chart.rows.iter().zip(landings(chart));
    ChartTable::new(language, &headers, rows.map(cells).collect())
}

#[cfg(test)]
mod tests {
    use store::domain::Language;

    use super::*;
    use crate::charts::reading::{faults, unsaid};
    use crate::charts::samples::{caption, day};

    fn row(name: &str, landing: Landing) -> WaterfallRow {
        WaterfallRow {
            name: Text::same(name),
            landing,
        }
    }

    #[test]
    fn each_bar_begins_where_the_one_above_it_ended() {
        let rows = vec![
            row("Then", Landing::Day(day("2025-10-01"))),
            row("Pace", Landing::Days(40)),
            row(
                "Absent",
                Landing::Nothing(Text::new("không có ngày", "no date")),
            ),
            row("Scope", Landing::Days(-15)),
            row("Now", Landing::Day(day("2025-10-26"))),
        ];
        for language in Language::ALL {
            for size in ChartSize::ALL {
                let (caption, rows) = (caption(language), rows.clone());
                let chart = draw_waterfall(&Waterfall {
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
                let after: Vec<&String> = chart.table.rows.iter().map(|row| &row[2]).collect();
                assert_eq!(after[3], after[4], "the parts end at the last date");
                assert!(after[2].is_empty());
            }
        }
    }

    #[test]
    fn dates_that_are_nowhere_draw_nothing_and_fail_nothing() {
        let nothing = || Landing::Nothing(Text::new("sau 2030", "after 2030"));
        let rows = vec![
            row("Then", nothing()),
            row("Pace", Landing::Days(3)),
            row("Now", nothing()),
        ];
        let caption = caption(Language::En);
        let size = ChartSize::Full;
        let chart = draw_waterfall(&Waterfall {
            caption,
            size,
            rows,
        })
        .unwrap();
        assert!(!chart.svg.contains("class=\"later\""));
    }
}
