//! The key of a chart: a row above the drawing, wrapped, so that it never covers data.

use plotters::style::{Color, RGBColor};

use super::canvas::{Canvas, Marker};
use super::error::RenderError;
use super::font;
use super::geometry::{Point, Region};
use super::label::Label;
use super::style::{FAN_OPACITY, HALF_CAPITAL, INK, LEGEND_FACE, Stroke};

/// The picture beside a word of the key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Swatch {
    /// A line.
    Line(Stroke),
    /// A line that goes up in steps.
    Steps(Stroke),
    /// A median line inside its fan.
    Fan(Stroke),
    /// A mark of some radius.
    Mark(Marker, f64, Stroke),
    /// A filled bar or band, and the colour of its upper edge where it has one.
    Band(RGBColor, Option<RGBColor>),
    /// A bar hatched with one line and edged with another.
    Hatch(Stroke, Stroke),
    /// A tick that says "done".
    Done(Stroke),
    /// A cross that says "missing".
    Cross(Stroke),
}

/// One word of the key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) swatch: Swatch,
    pub(crate) text: String,
}

impl Key {
    pub(crate) fn new(swatch: Swatch, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { swatch, text }
    }
}

const SWATCH_WIDTH: f64 = 28.0;
const SWATCH_HEIGHT: f64 = 12.0;
const TEXT_GAP: f64 = 7.0;
const KEY_GAP: f64 = 22.0;
const HATCH_STEP: f64 = 6.0;

/// Draws the keys from a place on, in rows no wider than `width`, and returns the foot of the last row.
pub(crate) fn draw_legend(
    canvas: &mut Canvas,
    keys: &[Key],
    from: Point,
    width: f64,
) -> Result<f64, RenderError> {
    if keys.is_empty() {
        return Ok(from.y);
    }
    let mut at = from;
    for key in keys {
        let room = width - SWATCH_WIDTH - TEXT_GAP;
        let text = font::fit(&key.text, LEGEND_FACE, room);
        let needed = SWATCH_WIDTH + TEXT_GAP + font::width(&text, LEGEND_FACE);
        if at.x > from.x && at.x + needed > from.x + width {
            at = Point::new(from.x, at.y + LEGEND_FACE.line());
        }
        let middle = at.y + LEGEND_FACE.line() / 2.0;
        draw_swatch(canvas, key.swatch, Point::new(at.x, middle))?;
        let base = middle + LEGEND_FACE.size * HALF_CAPITAL;
        let place = Point::new(at.x + SWATCH_WIDTH + TEXT_GAP, base);
        canvas.text(&Label::new(text, place, LEGEND_FACE, INK));
        at.x += needed + KEY_GAP;
    }
    Ok(at.y + LEGEND_FACE.line())
}

fn draw_swatch(canvas: &mut Canvas, swatch: Swatch, at: Point) -> Result<(), RenderError> {
    const LAYER: &str = "key";
    let across = |y: f64| {
        vec![
            Point::new(at.x, at.y + y),
            Point::new(at.x + SWATCH_WIDTH, at.y + y),
        ]
    };
    let centre = Point::new(at.x + SWATCH_WIDTH / 2.0, at.y);
    let region = Region {
        left: at.x,
        top: at.y - SWATCH_HEIGHT / 2.0,
        right: at.x + SWATCH_WIDTH,
        bottom: at.y + SWATCH_HEIGHT / 2.0,
    };
    match swatch {
        Swatch::Line(stroke) => canvas.lines(LAYER, stroke, &[across(0.0)]),
        Swatch::Steps(stroke) => {
            let step = [
                Point::new(at.x, at.y + 4.0),
                Point::new(centre.x, at.y + 4.0),
                Point::new(centre.x, at.y - 4.0),
                Point::new(at.x + SWATCH_WIDTH, at.y - 4.0),
            ];
            canvas.lines(LAYER, stroke, &[step.to_vec()])
        }
        Swatch::Fan(stroke) => {
            let fan = [
                Point::new(at.x, at.y),
                Point::new(region.right, region.top),
                Point::new(region.right, region.bottom),
            ];
            canvas.polygon(LAYER, stroke.colour.mix(FAN_OPACITY), &fan)?;
            canvas.lines(LAYER, stroke, &[across(0.0)])
        }
        Swatch::Mark(marker, radius, stroke) => {
            canvas.markers(LAYER, (marker, radius), stroke, &[centre])
        }
        Swatch::Band(fill, edge) => {
            canvas.regions(LAYER, fill, &[region])?;
            let top = Region {
                bottom: region.top + 3.0,
                ..region
            };
            edge.map_or(Ok(()), |edge| canvas.regions(LAYER, edge, &[top]))
        }
        Swatch::Hatch(stripe, outline) => {
            canvas.lines(LAYER, stripe, &hatching(&region))?;
            canvas.outlines(LAYER, outline, &[region])
        }
        Swatch::Done(stroke) => canvas.lines(LAYER, stroke, &[tick(centre)]),
        Swatch::Cross(stroke) => canvas.lines(LAYER, stroke, &cross(centre, 3.8)),
    }
}

/// The slanting lines that fill a rectangle.
pub(crate) fn hatching(region: &Region) -> Vec<Vec<Point>> {
    let mut lines = Vec::new();
    let height = region.height();
    let mut foot = region.left - height + HATCH_STEP;
    while foot < region.right {
        // The line rises from (foot, bottom) to (foot + height, top); what sticks out at the sides is cut.
        let left = foot.max(region.left);
        let right = (foot + height).min(region.right);
        lines.push(vec![
            Point::new(left, region.bottom - (left - foot)),
            Point::new(right, region.bottom - (right - foot)),
        ]);
        foot += HATCH_STEP;
    }
    lines
}

/// The tick that says "done", around a place.
pub(crate) fn tick(centre: Point) -> Vec<Point> {
    [(-5.0, 0.5), (-1.5, 4.0), (5.0, -4.0)]
        .map(|(x, y)| Point::new(centre.x + x, centre.y + y))
        .to_vec()
}

/// The two lines of a cross around a place.
pub(crate) fn cross(centre: Point, half: f64) -> Vec<Vec<Point>> {
    let line = |rise: f64| {
        [-half, half]
            .map(|x| Point::new(centre.x + x, centre.y + x * rise))
            .to_vec()
    };
    vec![line(1.0), line(-1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatching_stays_inside_its_rectangle() {
        let region = Region {
            left: 100.0,
            top: 10.0,
            right: 130.0,
            bottom: 22.0,
        };
        let lines = hatching(&region);
        assert_eq!(lines.len(), 6);
        for place in lines.iter().flatten() {
            assert!((100.0..=130.0).contains(&place.x), "{place:?}");
            assert!((10.0..=22.0).contains(&place.y), "{place:?}");
        }
    }
}
