//! The fields of small multiples, row by row.

use chrono::{Datelike as _, NaiveDate};
use plotters::style::Color as _;

use super::{Multiples, Panel};
use crate::charts::canvas::{Canvas, Marker};
use crate::charts::error::RenderError;
use crate::charts::font;
use crate::charts::geometry::{Point, Region, number};
use crate::charts::label::{Anchor, Label};
use crate::charts::plot::Plot;
use crate::charts::style::{
    ABSENT_FACE, AXIS_LINE, ChartSize, DEADLINE_LINE, EMPTY_FACE, FAN_OPACITY, Face, GAP_LINE,
    GRID_LINE, HALF_CAPITAL, INK, MEDIAN_LINE, MUTED, Stroke, TRANSFERRED_LINE,
};

const PANEL_NAME: Face = Face::regular(12.0);
const PANEL_VALUE: Face = Face::bold(12.0);
const TICK_FACE: Face = Face::regular(11.0);
const GAP: f64 = 16.0;
const FIELD_HEIGHT: f64 = 58.0;
const LOW_FIELD_HEIGHT: f64 = 38.0;
const NAME_HEIGHT: f64 = 19.0;
const BELOW_ROW: f64 = 12.0;
const SCALE_WIDTH: f64 = 34.0;
/// Shares are drawn up to this one; a larger one, which means a wrong total, is cut there and still written in full.
const TOP: f64 = 1.05;
const THIN_MEDIAN: Stroke = Stroke {
    width: 1.6,
    ..MEDIAN_LINE
};
const THIN_LINE: Stroke = Stroke {
    width: 2.2,
    ..TRANSFERRED_LINE
};
const THIN_DEADLINE: Stroke = Stroke {
    width: 1.2,
    dash: "4 3",
    ..DEADLINE_LINE
};

/// Draws every field from `top` on and returns the foot.
pub(super) fn draw_panels(
    canvas: &mut Canvas,
    multiples: &Multiples,
    top: f64,
) -> Result<f64, RenderError> {
    let language = multiples.caption.language;
    if multiples.panels.is_empty() {
        let text = language.pick("Chưa có đơn vị nào", "No units yet");
        let place = Point::new(f64::from(multiples.size.width_px()) / 2.0, top + 40.0);
        canvas.text(&Label::new(text, place, EMPTY_FACE, MUTED).anchored(Anchor::Middle));
        return Ok(top + 70.0);
    }
    let columns: usize = match multiples.size {
        ChartSize::Full => 7,
        ChartSize::Slide => 8,
        ChartSize::Compact => 2,
    };
    let field = match multiples.size {
        ChartSize::Slide => LOW_FIELD_HEIGHT,
        ChartSize::Full | ChartSize::Compact => FIELD_HEIGHT,
    };
    let days = shown_days(multiples);
    let margin = multiples.size.margin();
    let room = f64::from(multiples.size.width_px()) - 2.0 * margin - SCALE_WIDTH;
    let width = (room - number(columns - 1) * GAP) / number(columns);
    let mut row_top = top;
    for (row, panels) in multiples.panels.chunks(columns).enumerate() {
        let is_last = (row + 1) * columns >= multiples.panels.len();
        for (place, panel) in panels.iter().enumerate() {
            let left = margin + SCALE_WIDTH + number(place) * (width + GAP);
            let region = Region {
                left,
                right: left + width,
                top: row_top + NAME_HEIGHT,
                bottom: row_top + NAME_HEIGHT + field,
            };
            let plot = Plot::new(region, days, TOP);
            // The last field of a column bears the years: the row above the last one may be longer.
            let is_lowest = row * columns + place + columns >= multiples.panels.len();
            draw_axes(canvas, multiples, &plot, (place == 0, is_lowest))?;
            draw_panel(canvas, multiples, &plot, panel)?;
        }
        let below = if is_last { TICK_FACE.line() } else { 0.0 };
        row_top += NAME_HEIGHT + field + BELOW_ROW + below;
    }
    Ok(row_top + 4.0)
}

fn shown_days(multiples: &Multiples) -> (NaiveDate, NaiveDate) {
    let as_of = multiples.caption.as_of;
    let days = || {
        let panels = multiples.panels.iter();
        panels.flat_map(|panel| {
            let shares = panel.shares.iter().map(|point| point.as_of);
            shares.chain(panel.fan().map(|point| point.on))
        })
    };
    let first = days().min().unwrap_or(as_of).min(as_of);
    let last = days().max().unwrap_or(as_of).max(as_of);
    (first, last.max(first + chrono::Days::new(28)))
}

/// Draws the lines at 0, 50 and 100 %, their names where the field is the first of its row, and the years.
fn draw_axes(
    canvas: &mut Canvas,
    multiples: &Multiples,
    plot: &Plot,
    (is_first, is_lowest): (bool, bool),
) -> Result<(), RenderError> {
    let Region {
        left,
        right,
        bottom,
        ..
    } = plot.region;
    let across = |share: f64| {
        let y = plot.height_of(share);
        vec![Point::new(left, y), Point::new(right, y)]
    };
    canvas.lines("grid", GRID_LINE, &[across(0.5), across(1.0)])?;
    canvas.lines("axis", AXIS_LINE, &[across(0.0)])?;
    if is_first {
        for (share, text) in [(0.0, "0%"), (0.5, "50%"), (1.0, "100%")] {
            let y = plot.height_of(share) + TICK_FACE.size * HALF_CAPITAL;
            let label = Label::new(text, Point::new(left - 5.0, y), TICK_FACE, MUTED);
            canvas.text(&label.anchored(Anchor::End));
        }
    }
    if let Some(deadline) = multiples.deadline.as_ref().filter(|day| plot.shows(day.on)) {
        let x = plot.x(deadline.on);
        let line = [plot.region.top, bottom].map(|y| Point::new(x, y));
        canvas.lines("deadline", THIN_DEADLINE, &[line.to_vec()])?;
    }
    let days = plot.days();
    let mut free_from = left - 4.0;
    let mut marks = Vec::new();
    for year in days.0.year()..=days.1.year() {
        let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1).filter(|day| plot.shows(*day)) else {
            continue;
        };
        let x = plot.x(first);
        marks.push(vec![Point::new(x, bottom), Point::new(x, bottom + 3.0)]);
        let place = Point::new(x, bottom + 3.0 + TICK_FACE.line() * 0.8);
        let label = Label::new(year.to_string(), place, TICK_FACE, MUTED).anchored(Anchor::Middle);
        let room = label.region();
        if is_lowest && free_from < room.left && room.right < right + 6.0 {
            free_from = room.right + 4.0;
            canvas.text(&label);
        }
    }
    canvas.lines("axis", AXIS_LINE, &marks)
}

fn draw_panel(
    canvas: &mut Canvas,
    multiples: &Multiples,
    plot: &Plot,
    panel: &Panel,
) -> Result<(), RenderError> {
    let language = multiples.caption.language;
    let Region {
        left,
        right,
        top,
        bottom,
    } = plot.region;
    let base = top - 5.0;
    let last = panel.last();
    let value = last.map_or_else(|| "–".to_owned(), |(_, share)| language.percent(share));
    let value = Label::new(value, Point::new(right, base), PANEL_VALUE, INK).anchored(Anchor::End);
    let room = value.region().left - left - 4.0;
    let name = font::fit(panel.name.in_language(language), PANEL_NAME, room);
    canvas.text(&Label::new(name, Point::new(left, base), PANEL_NAME, INK));
    canvas.text(&value);
    if last.is_none() {
        let words = font::fit(
            panel.absent.in_language(language),
            ABSENT_FACE,
            right - left - 8.0,
        );
        let middle = f64::midpoint(top, bottom) + 16.0;
        let place = Point::new(f64::midpoint(left, right), middle);
        canvas.text(&Label::new(words, place, ABSENT_FACE, MUTED).anchored(Anchor::Middle));
    }
    draw_fan(canvas, plot, panel)?;
    draw_line(canvas, plot, panel)
}

fn draw_fan(canvas: &mut Canvas, plot: &Plot, panel: &Panel) -> Result<(), RenderError> {
    let at = |day: NaiveDate, share: f64| plot.at(day, share.clamp(0.0, TOP));
    let lower = panel.fan().map(|point| at(point.on, point.p10));
    let mut edge: Vec<Point> = panel.fan().map(|point| at(point.on, point.p90)).collect();
    edge.reverse();
    let corners: Vec<Point> = lower.chain(edge).collect();
    canvas.polygon("fan", THIN_LINE.colour.mix(FAN_OPACITY), &corners)?;
    let median: Vec<Point> = panel.fan().map(|point| at(point.on, point.p50)).collect();
    canvas.lines("median", THIN_MEDIAN, &[median])
}

/// Draws the line through what was reported, dotted across gaps, and a dot at its end.
fn draw_line(canvas: &mut Canvas, plot: &Plot, panel: &Panel) -> Result<(), RenderError> {
    let place = |(day, share): (NaiveDate, f64)| plot.at(day, share.min(TOP));
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut is_open = false;
    for point in &panel.shares {
        let Some(share) = point.share else {
            is_open = false;
            continue;
        };
        let at = place((point.as_of, share.to_f64()));
        match pieces.last_mut() {
            Some(piece) if is_open => piece.push(at),
            _ => pieces.push(vec![at]),
        }
        is_open = true;
    }
    let gaps = pieces.iter().zip(pieces.iter().skip(1));
    let gaps: Vec<Vec<Point>> = gaps
        .filter_map(|(before, after)| Some(vec![*before.last()?, *after.first()?]))
        .collect();
    canvas.lines("gap", GAP_LINE, &gaps)?;
    canvas.lines("share", THIN_LINE, &pieces)?;
    let end: Vec<Point> = pieces
        .last()
        .and_then(|piece| piece.last())
        .copied()
        .into_iter()
        .collect();
    canvas.markers("share", (Marker::Disc, 2.8), THIN_LINE, &end)
}
