//! The drawing of a chart as SVG: named layers of shapes drawn with plotters, and lines of real text.
//!
//! Plotters counts in whole units, so shapes are drawn ten times as large and scaled back: a place is exact to a tenth of
//! a pixel. Text is written here because plotters leaves its base line to the reader's font.

#[cfg(test)]
mod tests;

use plotters::coord::Shift;
use plotters::prelude::{
    Circle, DrawingArea, IntoDrawingArea, PathElement, Polygon, Rectangle, SVGBackend,
};
use plotters::style::{Color, RGBAColor, RGBColor, ShapeStyle};
use store::domain::{Digest, Language};

use super::error::RenderError;
use super::font;
use super::geometry::{Point, Region};
use super::label::{Anchor, Label};
use super::style::{FONT_FAMILY, PAPER, Stroke, Weight};

/// How many plotters units one pixel has.
const UNITS: f64 = 10.0;

/// The largest chart in plotters units: plotters pulls what lies outside to the edge.
const LARGEST: (u32, u32) = (1_000_000, 1_000_000);

/// A layer that plotters draws on.
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// What plotters answers where a shape cannot be drawn.
type Refusal = Box<dyn std::error::Error + Send + Sync>;

/// The shape of a single mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// A filled circle.
    Disc,
    /// A circle with the paper inside.
    Ring,
    /// A square on its corner with the paper inside.
    Diamond,
}

/// A chart while it is drawn.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    body: String,
}

impl Canvas {
    /// Draws lines of one stroke through their points. A line of fewer than two points draws nothing.
    pub(crate) fn lines(
        &mut self,
        layer: &'static str,
        stroke: Stroke,
        lines: &[Vec<Point>],
    ) -> Result<(), RenderError> {
        self.layer(layer, stroke.dash, |area| {
            for line in lines.iter().filter(|line| line.len() > 1) {
                area.draw(&PathElement::new(units(line), pen(stroke)))?;
            }
            Ok(())
        })
    }

    /// Fills a shape given by its corners.
    pub(crate) fn polygon(
        &mut self,
        layer: &'static str,
        fill: RGBAColor,
        corners: &[Point],
    ) -> Result<(), RenderError> {
        self.layer(layer, "", |area| {
            if corners.len() > 2 {
                area.draw(&Polygon::new(units(corners), fill.filled()))?;
            }
            Ok(())
        })
    }

    /// Fills upright rectangles with one colour.
    pub(crate) fn regions(
        &mut self,
        layer: &'static str,
        fill: RGBColor,
        regions: &[Region],
    ) -> Result<(), RenderError> {
        self.layer(layer, "", |area| {
            for region in regions.iter().filter(|region| region.width() > 0.0) {
                area.draw(&Rectangle::new(corners(region), fill.filled()))?;
            }
            Ok(())
        })
    }

    /// Draws the edge of upright rectangles.
    pub(crate) fn outlines(
        &mut self,
        layer: &'static str,
        stroke: Stroke,
        regions: &[Region],
    ) -> Result<(), RenderError> {
        let edges: Vec<Vec<Point>> = regions.iter().map(edge).collect();
        self.lines(layer, stroke, &edges)
    }

    /// Draws one mark at each place.
    pub(crate) fn markers(
        &mut self,
        layer: &'static str,
        (marker, radius): (Marker, f64),
        stroke: Stroke,
        places: &[Point],
    ) -> Result<(), RenderError> {
        self.layer(layer, stroke.dash, |area| {
            for place in places {
                draw_marker(area, (marker, radius), stroke, *place)?;
            }
            Ok(())
        })
    }

    /// Writes a line of text.
    pub(crate) fn text(&mut self, label: &Label) {
        let (weight, style) = match label.face.weight {
            Weight::Regular => ("", ""),
            Weight::Bold => (" font-weight=\"700\"", ""),
            Weight::Italic => ("", " font-style=\"italic\""),
        };
        let anchor = match label.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let RGBColor(red, green, blue) = label.colour;
        // A reader without our font shows another one; the length keeps its letters in the room that was measured.
        let line = format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{style}{anchor} textLength=\"{}\" \
             lengthAdjust=\"spacingAndGlyphs\" fill=\"#{red:02X}{green:02X}{blue:02X}\">{}</text>\n",
            tenth(label.at.x),
            tenth(label.at.y),
            tenth(label.face.size),
            tenth(font::bare_width(&label.text, label.face)),
            escaped(&label.text),
        );
        self.body.push_str(&line);
    }

    /// Ends the drawing: the whole SVG document, on white paper, with its title and description for screen readers.
    pub(crate) fn finish(
        self,
        size: (f64, f64),
        language: Language,
        title: &str,
        description: &str,
    ) -> String {
        let (width, height) = (tenth(size.0), tenth(size.1));
        // Several charts stand on one page, so the ids come from what is drawn.
        let id = Digest::of(self.body.as_bytes()).short();
        let RGBColor(red, green, blue) = PAPER;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" lang=\"{}\" \
             aria-labelledby=\"title-{id} description-{id}\" \
             font-family=\"'{FONT_FAMILY}', sans-serif\">\n\
             <title id=\"title-{id}\">{}</title>\n<desc id=\"description-{id}\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#{red:02X}{green:02X}{blue:02X}\"/>\n\
             {}</svg>\n",
            language.key(),
            escaped(title),
            escaped(description),
            self.body,
        )
    }

    /// Draws one named group of shapes with plotters; a group without shapes leaves no trace.
    fn layer(
        &mut self,
        layer: &'static str,
        dash: &str,
        draw: impl FnOnce(&Area<'_>) -> Result<(), Refusal>,
    ) -> Result<(), RenderError> {
        let mut drawn = String::new();
        let area = SVGBackend::with_string(&mut drawn, LARGEST).into_drawing_area();
        draw(&area)
            .and_then(|()| area.present().map_err(Refusal::from))
            .map_err(|source| RenderError::Drawing { layer, source })?;
        drop(area);
        // Plotters wraps what it draws into a document of its own.
        let shapes = drawn.split_once('\n').map_or("", |(_, shapes)| shapes);
        let shapes = shapes.strip_suffix("</svg>\n").unwrap_or(shapes);
        if shapes.is_empty() {
            return Ok(());
        }
        let dash = if dash.is_empty() {
            String::new()
        } else {
            format!(" stroke-dasharray=\"{}\"", scaled(dash))
        };
        let scale = 1.0 / UNITS;
        let group = format!(
            "<g class=\"{layer}\" transform=\"scale({scale})\" stroke-linejoin=\"round\"{dash}>\n{shapes}</g>\n"
        );
        self.body.push_str(&group);
        Ok(())
    }
}

/// The rectangle as a closed line.
fn edge(region: &Region) -> Vec<Point> {
    let Region {
        left,
        top,
        right,
        bottom,
    } = *region;
    [
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ]
    .map(|(x, y)| Point::new(x, y))
    .to_vec()
}

fn draw_marker(
    area: &Area<'_>,
    (marker, radius): (Marker, f64),
    stroke: Stroke,
    place: Point,
) -> Result<(), Refusal> {
    let centre = unit(place);
    let size = whole(radius * UNITS);
    match marker {
        Marker::Disc => area.draw(&Circle::new(centre, size, stroke.colour.filled()))?,
        Marker::Ring => {
            area.draw(&Circle::new(centre, size, PAPER.filled()))?;
            area.draw(&Circle::new(centre, size, pen(stroke)))?;
        }
        Marker::Diamond => {
            let corner = |x: f64, y: f64| Point::new(place.x + x, place.y + y);
            let corners = [
                corner(0.0, -radius),
                corner(radius, 0.0),
                corner(0.0, radius),
                corner(-radius, 0.0),
                corner(0.0, -radius),
            ];
            area.draw(&Polygon::new(units(&corners), PAPER.filled()))?;
            area.draw(&PathElement::new(units(&corners), pen(stroke)))?;
        }
    }
    Ok(())
}

fn pen(stroke: Stroke) -> ShapeStyle {
    let width = u32::try_from(whole(stroke.width * UNITS)).unwrap_or(1);
    stroke.colour.stroke_width(width)
}

fn corners(region: &Region) -> [(i32, i32); 2] {
    [
        unit(Point::new(region.left, region.top)),
        unit(Point::new(region.right, region.bottom)),
    ]
}

fn units(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().copied().map(unit).collect()
}

/// The place in plotters units.
pub(crate) fn unit(point: Point) -> (i32, i32) {
    (whole(point.x * UNITS), whole(point.y * UNITS))
}

/// The place of plotters units.
pub(crate) fn point((x, y): (i32, i32)) -> Point {
    Point::new(f64::from(x) / UNITS, f64::from(y) / UNITS)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a place is within some thousand pixels, and the cast stops at the ends of the range"
)]
fn whole(value: f64) -> i32 {
    value.round() as i32
}

/// Lengths of dashes in plotters units.
fn scaled(dash: &str) -> String {
    let lengths = dash.split(' ').filter_map(|length| length.parse().ok());
    let units = lengths.map(|length: f64| whole(length * UNITS).to_string());
    units.collect::<Vec<_>>().join(" ")
}

/// A length to a tenth of a pixel, without needless zeros.
fn tenth(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// Text as XML holds it; control characters, which XML cannot hold, become spaces.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter if letter.is_control() => escaped.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
