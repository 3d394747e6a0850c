//! The lines of a timeline: intervals, medians, the deadline and what is done.

use chrono::{Days, Months, NaiveDate};
use store::domain::Language;

use super::{DateSpread, Ending, Timeline, TimelineRow};
use crate::charts::canvas::{Canvas, Marker};
use crate::charts::error::RenderError;
use crate::charts::geometry::{Point, number};
use crate::charts::legend::tick;
use crate::charts::plot::{Plot, room_for_time};
use crate::charts::style::{
    AS_OF_LINE, DEADLINE_LINE, DONE_MARK, ENTERED_BAR, TRANSFERRED_LINE, month_and_year,
};
use crate::charts::time_axis::TimeAxis;
use crate::charts::unit_rows::{Column, UnitLine, UnitLines, foot};

/// How far ahead is drawn: a date further away is told by an arrow and in words.
const MONTHS_AHEAD: u32 = 36;
/// How far back a deadline or a completion is still drawn.
const MONTHS_BACK: u32 = 9;
/// The days before the first and after the last one drawn.
const EDGE: Days = Days::new(20);
const ARROW: f64 = 5.0;
const HALF_INTERVAL: f64 = 4.0;

/// Draws all lines from `top` on and returns the foot.
pub(super) fn draw_field(
    canvas: &mut Canvas,
    timeline: &Timeline,
    top: f64,
) -> Result<f64, RenderError> {
    let language = timeline.caption.language;
    let lines = UnitLines {
        language,
        size: timeline.size,
        field_head: String::new(),
        heads: [("trung vị", "median"), ("khoảng 80%", "80% interval")]
            .map(|(vi, en)| language.pick(vi, en).to_owned())
            .to_vec(),
        lines: timeline
            .rows
            .iter()
            .map(|row| line(row, language))
            .collect(),
    };
    let columns = lines.set_out(top);
    lines.write(canvas, &columns)?;
    let days = shown_days(timeline);
    let mut bottom = foot(&columns);
    for column in columns.iter().filter(|column| column.count > 0) {
        let plot = Plot::new(column.field, days, 1.0);
        let span = number(usize::try_from((days.1 - days.0).num_days()).unwrap_or(1));
        let axis = TimeAxis::new(language, days, column.field.width() / span);
        plot.draw_time(canvas, &axis)?;
        draw_days(canvas, timeline, (&lines, column), &plot)?;
        draw_rows(canvas, timeline, column, &plot)?;
        bottom = f64::max(bottom, column.field.bottom + room_for_time(&axis) + 12.0);
    }
    Ok(bottom)
}

fn line(row: &TimelineRow, language: Language) -> UnitLine {
    let short = |day: Option<NaiveDate>| {
        day.map_or_else(|| "…".to_owned(), |day| month_and_year(language, day))
    };
    let (values, note) = match &row.ending {
        Ending::Spread(DateSpread { p10, p50, p90 }) => {
            let interval = format!("{} – {}", short(*p10), short(*p90));
            (vec![short(*p50), interval], None)
        }
        Ending::Done { since } => {
            let done = language.pick("xong", "done");
            (vec![done.to_owned(), language.date(*since)], None)
        }
        Ending::None(words) => (Vec::new(), Some(words.in_language(language).to_owned())),
    };
    UnitLine {
        name: row.name.in_language(language).to_owned(),
        values,
        note,
    }
}

/// The days drawn: the deadline and the intervals, within some years of the date of the figures.
fn shown_days(timeline: &Timeline) -> (NaiveDate, NaiveDate) {
    let as_of = timeline.caption.as_of;
    let least = as_of.checked_sub_months(Months::new(MONTHS_BACK));
    let most = as_of.checked_add_months(Months::new(MONTHS_AHEAD));
    let (least, most) = (least.unwrap_or(as_of), most.unwrap_or(as_of));
    let ends = timeline.rows.iter().flat_map(|row| match row.ending {
        Ending::Spread(DateSpread { p10, p50, p90 }) => [p10, p50, p90],
        Ending::Done { since } => [Some(since), None, None],
        Ending::None(_) => [None; 3],
    });
    let deadline = timeline.deadline.as_ref().map(|deadline| deadline.on);
    let known = ends.flatten().chain(deadline).chain([as_of]);
    let days: Vec<NaiveDate> = known.map(|day| day.clamp(least, most)).collect();
    let first = days.iter().min().copied().unwrap_or(as_of);
    let last = days.iter().max().copied().unwrap_or(as_of);
    (
        first.checked_sub_days(EDGE).unwrap_or(first),
        last.checked_add_days(EDGE).unwrap_or(last),
    )
}

fn draw_days(
    canvas: &mut Canvas,
    timeline: &Timeline,
    (lines, column): (&UnitLines, &Column),
    plot: &Plot,
) -> Result<(), RenderError> {
    let upright = |day: NaiveDate| lines.upright(column, plot.x(day));
    canvas.lines("as-of", AS_OF_LINE, &upright(timeline.caption.as_of))?;
    let deadline = timeline.deadline.as_ref().map(|deadline| deadline.on);
    let shown = deadline.filter(|day| plot.shows(*day));
    let shown = shown.map(upright).unwrap_or_default();
    canvas.lines("deadline", DEADLINE_LINE, &shown)
}

fn draw_rows(
    canvas: &mut Canvas,
    timeline: &Timeline,
    column: &Column,
    plot: &Plot,
) -> Result<(), RenderError> {
    let (mut bars, mut arrows, mut medians, mut done) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (place, row) in column.part(&timeline.rows) {
        let middle = column.middle(place);
        match row.ending {
            Ending::Spread(spread) => {
                let right = plot.region.right;
                let at = |day: Option<NaiveDate>| {
                    day.filter(|day| plot.shows(*day))
                        .map_or(right, |day| plot.x(day))
                };
                let mut bar = column.bar(place, at(spread.p10), at(spread.p90));
                (bar.top, bar.bottom) = (middle - HALF_INTERVAL, middle + HALF_INTERVAL);
                bar.right = bar.right.max(bar.left + 2.0);
                bars.push(bar);
                if spread.p90.is_none_or(|day| !plot.shows(day)) {
                    arrows.push(vec![
                        Point::new(right - ARROW, middle - ARROW),
                        Point::new(right, middle),
                        Point::new(right - ARROW, middle + ARROW),
                    ]);
                }
                let median = spread.p50.filter(|day| plot.shows(*day));
                medians.extend(median.map(|day| Point::new(plot.x(day), middle)));
            }
            Ending::Done { since } => done.push(tick(Point::new(plot.x(since), middle))),
            Ending::None(_) => {}
        }
    }
    canvas.regions("interval", ENTERED_BAR, &bars)?;
    canvas.lines("beyond", TRANSFERRED_LINE, &arrows)?;
    canvas.markers("median", (Marker::Disc, 4.4), TRANSFERRED_LINE, &medians)?;
    canvas.lines("done", DONE_MARK, &done)
}
