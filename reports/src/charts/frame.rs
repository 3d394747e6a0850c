//! What stands around every drawing: title, finding, definition and key above it, the notes below it.

use plotters::style::RGBColor;

use super::canvas::Canvas;
use super::caption::{Caption, SYNTHETIC_MARK};
use super::chart::{Chart, ChartTable};
use super::error::RenderError;
use super::font;
use super::geometry::{Point, Region, number};
use super::label::{Anchor, Label};
use super::legend::{Key, draw_legend};
use super::style::{
    ASCENT, BADGE_FACE, BADGE_LINE, ChartSize, FOOT_FACE, Face, GRID_LINE, INK, MUTED, SYNTHETIC,
};

/// The words above a drawing.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) title: String,
    pub(crate) definition: String,
    pub(crate) keys: Vec<Key>,
}

const AFTER_TITLE: f64 = 4.0;
const BEFORE_KEYS: f64 = 10.0;
const AFTER_HEAD: f64 = 14.0;
const BADGE_PADDING: f64 = 7.0;
const BADGE_GAP: f64 = 24.0;
const NOTE_BREAK: &str = "  ·  ";
const BEFORE_NOTES: f64 = 10.0;

/// A chart without its drawing: all its words and figures.
pub(crate) struct Sheet<'a> {
    pub(crate) caption: &'a Caption,
    pub(crate) size: ChartSize,
    pub(crate) head: Head,
    pub(crate) description: String,
    pub(crate) table: ChartTable,
}

impl Sheet<'_> {
    /// Puts the chart together around a drawing, which begins at the height it is given and answers where it ends.
    pub(crate) fn draw(
        self,
        draw: impl FnOnce(&mut Canvas, f64) -> Result<f64, RenderError>,
    ) -> Result<Chart, RenderError> {
        let Self { caption, size, .. } = self;
        let mut canvas = Canvas::default();
        let top = draw_head(&mut canvas, caption, size, &self.head)?;
        let bottom = draw(&mut canvas, top)?;
        let notes = note_lines(caption, size);
        draw_foot(&mut canvas, &notes, size, bottom)?;
        let height = bottom + foot_height(&notes, size);
        let paper = (f64::from(size.width_px()), height);
        let title = self.head.title;
        Ok(Chart {
            svg: canvas.finish(paper, caption.language, &title, &self.description),
            title,
            description: self.description,
            table: self.table,
        })
    }
}

/// Draws the words above a drawing and returns where the drawing may begin.
fn draw_head(
    canvas: &mut Canvas,
    caption: &Caption,
    size: ChartSize,
    head: &Head,
) -> Result<f64, RenderError> {
    let width = f64::from(size.width_px()) - 2.0 * size.margin();
    let mut from = Point::new(size.margin(), size.margin());
    let mut title_width = width;
    if caption.synthetic {
        let badge = draw_badge(canvas, size)?;
        match size {
            ChartSize::Full | ChartSize::Slide => title_width -= badge.width() + BADGE_GAP,
            ChartSize::Compact => from.y = badge.bottom + AFTER_TITLE,
        }
    }
    let title = font::wrap(&head.title, size.title(), title_width, 2);
    from.y = write(canvas, &title, from, size.title(), INK) + AFTER_TITLE;
    if let Some(headline) = &caption.headline {
        let headline = headline.in_language(caption.language);
        let lines = font::wrap(headline, size.headline(), width, 3);
        from.y = write(canvas, &lines, from, size.headline(), INK) + AFTER_TITLE / 2.0;
    }
    let definition = font::wrap(&head.definition, size.definition(), width, 3);
    from.y = write(canvas, &definition, from, size.definition(), MUTED) + BEFORE_KEYS;
    Ok(draw_legend(canvas, &head.keys, from, width)? + AFTER_HEAD)
}

/// Marks the chart as made up, in its upper corner, and returns the room the mark takes.
fn draw_badge(canvas: &mut Canvas, size: ChartSize) -> Result<Region, RenderError> {
    let base = size.margin() + BADGE_FACE.size * ASCENT + BADGE_PADDING / 2.0;
    let width = font::width(SYNTHETIC_MARK, BADGE_FACE) + 2.0 * BADGE_PADDING;
    let left = match size {
        ChartSize::Full | ChartSize::Slide => f64::from(size.width_px()) - size.margin() - width,
        ChartSize::Compact => size.margin(),
    };
    let place = Point::new(left + width / 2.0, base);
    let label = Label::new(SYNTHETIC_MARK, place, BADGE_FACE, SYNTHETIC).anchored(Anchor::Middle);
    let text = label.region();
    let room = Region {
        left,
        right: left + width,
        top: text.top - BADGE_PADDING / 2.0,
        bottom: text.bottom + BADGE_PADDING / 2.0,
    };
    canvas.outlines("badge", BADGE_LINE, &[room])?;
    canvas.text(&label);
    Ok(room)
}

/// Where a field ends that fills a chart of the usual height, from `top` on and at least `least` high.
pub(crate) fn foot_of_field(caption: &Caption, size: ChartSize, top: f64, least: f64) -> f64 {
    let wanted = f64::from(size.height_px()) - foot_height(&note_lines(caption, size), size);
    wanted.max(top + least)
}

/// The notes of a caption in lines that fit the chart.
fn note_lines(caption: &Caption, size: ChartSize) -> Vec<String> {
    let width = f64::from(size.width_px()) - 2.0 * size.margin();
    let mut lines: Vec<String> = Vec::new();
    for note in caption.notes() {
        let mut parts = font::wrap(&note, FOOT_FACE, width, 3).into_iter();
        let first = parts.next().unwrap_or_default();
        match lines.last_mut() {
            Some(line)
                if font::width(&format!("{line}{NOTE_BREAK}{first}"), FOOT_FACE) <= width =>
            {
                line.push_str(NOTE_BREAK);
                line.push_str(&first);
            }
            _ => lines.push(first),
        }
        lines.extend(parts);
    }
    lines
}

/// The height that notes take below a drawing, with the edge of the paper.
fn foot_height(notes: &[String], size: ChartSize) -> f64 {
    let lines = number(notes.len());
    BEFORE_NOTES + lines * FOOT_FACE.line() + size.margin() * 0.6
}

/// Writes the notes below a drawing, under a thin rule at `top`.
fn draw_foot(
    canvas: &mut Canvas,
    notes: &[String],
    size: ChartSize,
    top: f64,
) -> Result<(), RenderError> {
    let right = f64::from(size.width_px()) - size.margin();
    let rule = vec![Point::new(size.margin(), top), Point::new(right, top)];
    canvas.lines("rule", GRID_LINE, &[rule])?;
    let from = Point::new(size.margin(), top + BEFORE_NOTES * 0.6);
    write(canvas, notes, from, FOOT_FACE, MUTED);
    Ok(())
}

/// Writes lines of text below each other from an upper left corner and returns their foot.
fn write(canvas: &mut Canvas, lines: &[String], from: Point, face: Face, colour: RGBColor) -> f64 {
    let mut top = from.y;
    for line in lines {
        let base = top + face.size * ASCENT;
        let place = Point::new(from.x, base);
        canvas.text(&Label::new(line.as_str(), place, face, colour));
        top += face.line();
    }
    top
}
