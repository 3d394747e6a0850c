//! The field of a chart of weekly work.

use chrono::NaiveDate;
use store::domain::Count;

use super::{Throughput, WeekWork};
use crate::charts::bands::{draw_bands, touches};
use crate::charts::canvas::{Canvas, Marker};
use crate::charts::error::RenderError;
use crate::charts::flags::{Flag, place_flags, strip_height};
use crate::charts::font;
use crate::charts::geometry::{Point, Region, number};
use crate::charts::label::{Anchor, Label};
use crate::charts::legend::hatching;
use crate::charts::plot::{Plot, room_for_time, room_for_values};
use crate::charts::style::{
    AXIS_FACE, CAMPAIGN, CORRECTED_MARK, ChartSize, DEADLINE_LINE, EMPTY_FACE, ENTERED_BAR,
    HATCH_LINE, MARK_FACE, MUTED, TRANSFERRED,
};
use crate::charts::time_axis::TimeAxis;
use crate::charts::value_axis::ValueAxis;

/// How high a week without a figure is hatched.
const ABSENT_HEIGHT: f64 = 26.0;
const WIDEST_BAND_NAME: f64 = 300.0;
const HEADING_GAP: f64 = 16.0;

/// Draws the field with its axes between two heights.
pub(super) fn draw_field(
    canvas: &mut Canvas,
    throughput: &Throughput,
    (top, bottom): (f64, f64),
) -> Result<(), RenderError> {
    let (caption, size) = (&throughput.caption, throughput.size);
    let language = caption.language;
    let work = throughput.weeks.iter().filter_map(|week| week.work);
    let required = throughput.required.filter(|rate| rate.is_finite());
    let most = work.map(Count::to_f64).chain(required).fold(0.0, f64::max);
    let values = ValueAxis::new(language, caption.count_unit, most, size.value_steps());
    let days = shown_days(throughput);
    let left = size.margin() + room_for_values(&values);
    let right = f64::from(size.width_px()) - size.margin();
    let span = number(usize::try_from((days.1 - days.0).num_days()).unwrap_or(1));
    let time = TimeAxis::new(language, days, (right - left) / span);
    let strip = |top: f64| Region {
        left,
        right,
        top,
        bottom: bottom - room_for_time(&time) - 10.0,
    };
    let across = Plot::new(strip(top), days, values.top);
    let heading = font::width(&values.heading, AXIS_FACE) + HEADING_GAP;
    let flags = flags(throughput, days, &across);
    let placed = place_flags(flags, (size.margin() + heading, right));
    let region = strip(top + strip_height(&placed).max(AXIS_FACE.line()) + 6.0);
    let plot = Plot::new(region, days, values.top);
    let heading = Point::new(size.margin(), region.top - 12.0);
    canvas.text(&Label::new(
        values.heading.as_str(),
        heading,
        AXIS_FACE,
        MUTED,
    ));
    draw_bands(canvas, &plot, (&throughput.campaigns, &throughput.tet))?;
    plot.draw_values(canvas, &values)?;
    for place in &placed {
        canvas.text(&place.label(region.top));
    }
    draw_weeks(canvas, throughput, &plot)?;
    plot.draw_time(canvas, &time)?;
    let line = required.map(|rate| {
        let y = plot.height_of(rate);
        vec![Point::new(region.left, y), Point::new(region.right, y)]
    });
    canvas.lines("required", DEADLINE_LINE, &Vec::from_iter(line))?;
    if throughput.weeks.iter().all(|week| week.work.is_none()) {
        let text = language.pick("Chưa có số liệu", "No figures yet");
        let middle = f64::midpoint(region.left, region.right);
        let place = Point::new(middle, f64::midpoint(region.top, region.bottom));
        canvas.text(&Label::new(text, place, EMPTY_FACE, MUTED).anchored(Anchor::Middle));
    }
    Ok(())
}

/// The days from the first week to the end of the last one.
fn shown_days(throughput: &Throughput) -> (NaiveDate, NaiveDate) {
    const LEAST_WEEKS: i64 = 12;
    let as_of = store::domain::Week::containing(throughput.caption.as_of);
    let first = throughput.weeks.first().map_or(as_of, |week| week.week);
    let last = throughput.weeks.last().map_or(as_of, |week| week.week);
    let first = if last.weeks_since(first) < LEAST_WEEKS {
        last.plus(-LEAST_WEEKS)
    } else {
        first
    };
    (first.first_day(), last.plus(1).first_day())
}

fn flags(throughput: &Throughput, days: (NaiveDate, NaiveDate), plot: &Plot) -> Vec<Flag> {
    if throughput.size == ChartSize::Compact {
        return Vec::new();
    }
    let language = throughput.caption.language;
    let flag = |band: &crate::charts::Band| Flag {
        text: font::fit(band.name.in_language(language), MARK_FACE, WIDEST_BAND_NAME),
        face: MARK_FACE,
        colour: CAMPAIGN,
        x: f64::midpoint(plot.x(band.first_day), plot.x(band.last_day)),
        has_line: false,
    };
    let shown = throughput
        .campaigns
        .iter()
        .filter(|band| touches(band, days));
    shown.map(flag).collect()
}

fn draw_weeks(
    canvas: &mut Canvas,
    throughput: &Throughput,
    plot: &Plot,
) -> Result<(), RenderError> {
    let foot = plot.region.bottom;
    let bar = |week: &WeekWork, top: f64| {
        let (left, right) = (
            plot.x(week.week.first_day()),
            plot.x(week.week.plus(1).first_day()),
        );
        let gap = ((right - left) * 0.14).min(3.0);
        Region {
            left: left + gap,
            right: right - gap,
            top,
            bottom: foot,
        }
    };
    let (mut whole, mut partial, mut absent, mut corrected) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for week in &throughput.weeks {
        match week.work {
            None => absent.push(bar(week, foot - ABSENT_HEIGHT)),
            Some(work) => {
                let bar = bar(week, plot.height_of(work.to_f64()));
                if week.is_partial() {
                    &mut partial
                } else {
                    &mut whole
                }
                .push(bar);
            }
        }
        if week.corrections < 0 {
            let middle = week.week.first_day() + chrono::Days::new(3);
            corrected.push(Point::new(plot.x(middle), foot - 7.0));
        }
    }
    canvas.regions("whole", TRANSFERRED, &whole)?;
    canvas.regions("partial", ENTERED_BAR, &partial)?;
    let stripes: Vec<Vec<Point>> = absent.iter().flat_map(hatching).collect();
    canvas.lines("absent", HATCH_LINE, &stripes)?;
    canvas.outlines("absent", HATCH_LINE, &absent)?;
    canvas.markers(
        "corrected",
        (Marker::Diamond, 4.4),
        CORRECTED_MARK,
        &corrected,
    )
}
