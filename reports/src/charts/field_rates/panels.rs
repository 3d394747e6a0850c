//! The funnel plots, one a field.

use store::domain::{Count, Language};

use super::{FieldPanel, FieldPoint, FieldRates, LIMITS, drawn};
use crate::charts::callout::{Obstacles, place_callout};
use crate::charts::canvas::{Canvas, Marker};
use crate::charts::error::RenderError;
use crate::charts::font;
use crate::charts::geometry::{Point, Region, number};
use crate::charts::label::{Anchor, Label};
use crate::charts::style::{
    AXIS_FACE, AXIS_LINE, ChartSize, GAP_LINE, INK, MARK_FACE, MEDIAN_LINE, MUTED, REFERENCE_LINE,
    TRANSFERRED_LINE, VALUE_FACE, real,
};

/// How many points a limit is drawn through.
const STEPS: usize = 48;

/// Draws the funnel plot of each field from `top` on and returns the foot.
pub(super) fn draw_panels(
    canvas: &mut Canvas,
    rates: &FieldRates,
    top: f64,
) -> Result<f64, RenderError> {
    const GAP: f64 = 26.0;
    const HEIGHT: f64 = 250.0;
    let panels = drawn(rates);
    let columns = match rates.size {
        ChartSize::Full | ChartSize::Slide => 3,
        ChartSize::Compact => 1,
    };
    let margin = rates.size.margin();
    let room = f64::from(rates.size.width_px()) - 2.0 * margin;
    let width = (room + GAP) / number(columns) - GAP;
    for (place, panel) in panels.iter().enumerate() {
        let left = margin + number(place % columns) * (width + GAP);
        let top = top + number(place / columns) * (HEIGHT + GAP);
        let region = Region {
            left,
            top,
            right: left + width,
            bottom: top + HEIGHT,
        };
        draw_panel(canvas, rates, panel, region)?;
    }
    Ok(top + number(panels.len().div_ceil(columns)) * (HEIGHT + GAP))
}

fn draw_panel(
    canvas: &mut Canvas,
    rates: &FieldRates,
    panel: &FieldPanel,
    region: Region,
) -> Result<(), RenderError> {
    let language = rates.caption.language;
    let name = panel.name.in_language(language);
    let at = Point::new(region.left, region.top + VALUE_FACE.size);
    canvas.text(&Label::new(name, at, VALUE_FACE, INK));
    let paired = panel.points.iter().map(|point| point.paired.to_f64());
    let people = paired.fold(1.0, f64::max) * 1.05;
    let (lowest, highest) = panel.range();
    let percent = |share: f64| format!("{}%", real(language, share * 100.0, 2));
    let marked = [lowest, panel.rate(), highest];
    let numbers = marked.map(percent);
    let axis = font::widest(numbers.iter().map(String::as_str), AXIS_FACE) + 8.0;
    let field = Region {
        left: region.left + axis,
        top: region.top + 26.0,
        right: region.right,
        bottom: region.bottom - 22.0,
    };
    let spot = |paired: f64, rate: f64| {
        Point::new(
            field.left + paired / people * field.width(),
            field.bottom - (rate - lowest) / (highest - lowest) * field.height(),
        )
    };
    let corners = [
        Point::new(field.left, field.top),
        Point::new(field.left, field.bottom),
        Point::new(field.right, field.bottom),
    ];
    canvas.lines("axis", AXIS_LINE, &[corners.to_vec()])?;
    for (share, text) in marked.into_iter().zip(&numbers) {
        let place = spot(0.0, share);
        let place = Point::new(field.left - 6.0, place.y + AXIS_FACE.size * 0.36);
        canvas.text(&Label::new(text.as_str(), place, AXIS_FACE, MUTED).anchored(Anchor::End));
    }
    let end = Count::from_f64(people).unwrap_or_default();
    let base = field.bottom + AXIS_FACE.line();
    let words = language.pick("người ghép được", "pairs");
    let label = format!("{} {words}", language.count(end));
    let place = Point::new(field.right, base);
    canvas.text(&Label::new(label, place, AXIS_FACE, MUTED).anchored(Anchor::End));
    let mut lines = draw_limits(canvas, panel, people, &spot)?;
    let line = vec![spot(0.0, panel.rate()), spot(people, panel.rate())];
    canvas.lines("all", MEDIAN_LINE, std::slice::from_ref(&line))?;
    lines.push(line);
    draw_points(canvas, panel, (language, field), &spot, lines)
}

/// Draws the limits and returns their lines, which names keep clear of.
fn draw_limits(
    canvas: &mut Canvas,
    panel: &FieldPanel,
    people: f64,
    spot: &dyn Fn(f64, f64) -> Point,
) -> Result<Vec<Vec<Point>>, RenderError> {
    let mut drawn = Vec::new();
    let (lowest, highest) = panel.range();
    for (errors, stroke) in LIMITS.into_iter().zip([GAP_LINE, REFERENCE_LINE]) {
        for errors in [errors, -errors] {
            let line = (1..=STEPS).filter_map(|step| {
                let across = people * number(step) / number(STEPS);
                let limit = panel.limit(across, errors);
                let is_shown = lowest <= limit && limit <= highest;
                is_shown.then(|| spot(across, limit))
            });
            let line: Vec<Point> = line.collect();
            canvas.lines("limits", stroke, std::slice::from_ref(&line))?;
            drawn.push(line);
        }
    }
    Ok(drawn)
}

fn draw_points(
    canvas: &mut Canvas,
    panel: &FieldPanel,
    (language, field): (Language, Region),
    spot: &dyn Fn(f64, f64) -> Point,
    lines: Vec<Vec<Point>>,
) -> Result<(), RenderError> {
    let place = |point: &FieldPoint| spot(point.paired.to_f64(), point.rate());
    let places: Vec<Point> = panel.points.iter().map(place).collect();
    canvas.markers("units", (Marker::Disc, 3.2), TRANSFERRED_LINE, &places)?;
    let around = |at: &Point| Region {
        left: at.x - 4.0,
        top: at.y - 4.0,
        right: at.x + 4.0,
        bottom: at.y + 4.0,
    };
    let mut obstacles = Obstacles {
        lines,
        regions: places.iter().map(around).collect(),
    };
    // A name that fits nowhere is in the table alone.
    for point in panel.points.iter().filter(|point| panel.is_outside(point)) {
        let mark = (place(point), point.name.in_language(language));
        if let Some(label) = place_callout(mark, (MARK_FACE, INK), &field, &mut obstacles) {
            canvas.text(&label);
        }
    }
    Ok(())
}
