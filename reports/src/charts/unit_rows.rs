//! One line a unit: its name, a field to draw in, and its figures, in one column or more.

use super::canvas::Canvas;
use super::error::RenderError;
use super::font;
use super::geometry::{Point, Region, number};
use super::label::{Anchor, Label};
use super::style::{
    ABSENT_FACE, AXIS_FACE, ChartSize, EMPTY_FACE, Face, GRID_LINE, HALF_CAPITAL, INK, MARK_FACE,
    MUTED, NAME_FACE, VALUE_FACE, ZEBRA,
};
use store::domain::Language;

/// The height of a bar in a line.
pub(crate) const BAR_HEIGHT: f64 = 13.0;
const COLUMN_GAP: f64 = 40.0;
const GAP: f64 = 12.0;
const WIDEST_NAME: f64 = 180.0;
/// The least part of a column that is kept for the drawing: figures that would take it are left to the table.
const LEAST_FIELD: f64 = 0.34;
/// How far a bar or a figure stays away from the edge of the line.
const INSET: f64 = 5.0;

/// The line of one unit.
#[derive(Clone, Debug)]
pub(crate) struct UnitLine {
    pub(crate) name: String,
    /// The figures at the end of the line, the first one bold.
    pub(crate) values: Vec<String>,
    /// Words in the place of a drawing, where there is none.
    pub(crate) note: Option<String>,
}

/// All lines of a chart.
#[derive(Clone, Debug)]
pub(crate) struct UnitLines {
    pub(crate) language: Language,
    pub(crate) size: ChartSize,
    /// What is drawn in the field.
    pub(crate) field_head: String,
    /// What stands in each column of figures.
    pub(crate) heads: Vec<String>,
    pub(crate) lines: Vec<UnitLine>,
}

/// A column of lines on the paper.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    left: f64,
    right: f64,
    /// The place of the drawings of all its lines.
    pub(crate) field: Region,
    /// The first of its lines.
    pub(crate) first: usize,
    /// How many lines it has.
    pub(crate) count: usize,
    /// The height of a line.
    pub(crate) line: f64,
    name_width: f64,
    ends: Vec<f64>,
}

impl Column {
    /// How far down the middle of one of its lines is, counted from 0.
    pub(crate) fn middle(&self, place: usize) -> f64 {
        self.field.top + (number(place) + 0.5) * self.line
    }

    /// A bar in one of its lines, between two places across.
    pub(crate) fn bar(&self, place: usize, from: f64, to: f64) -> Region {
        let middle = self.middle(place);
        Region {
            left: from.min(to),
            right: from.max(to),
            top: middle - BAR_HEIGHT / 2.0,
            bottom: middle + BAR_HEIGHT / 2.0,
        }
    }

    /// Its part of what belongs to all lines.
    pub(crate) fn part<'a, T>(&self, all: &'a [T]) -> impl Iterator<Item = (usize, &'a T)> {
        all.iter().skip(self.first).take(self.count).enumerate()
    }
}

impl UnitLines {
    /// Sets the lines out from a height on, so that the widest name and figure fit.
    pub(crate) fn set_out(&self, top: f64) -> Vec<Column> {
        let columns = self.size.line_columns(self.lines.len());
        let line = self.size.line_height();
        let margin = self.size.margin();
        let room = f64::from(self.size.width_px()) - 2.0 * margin;
        let width = (room - number(columns - 1) * COLUMN_GAP) / number(columns);
        let names = font::widest(self.lines.iter().map(|line| line.name.as_str()), NAME_FACE);
        let name_width = names.min(WIDEST_NAME).min(width / 3.0);
        let mut widths = self.widths();
        let fixed = name_width + GAP + 2.0 * INSET;
        let field =
            |widths: &[f64]| width - fixed - widths.iter().map(|one| one + GAP).sum::<f64>();
        while widths.len() > 1 && field(&widths) < width * LEAST_FIELD {
            widths.pop();
        }
        let field = field(&widths).max(40.0);
        let per_column = self.lines.len().div_ceil(columns);
        let top = top + MARK_FACE.line() + 4.0;
        (0..columns)
            .map(|place| {
                let left = margin + number(place) * (width + COLUMN_GAP);
                let start = left + INSET + name_width + GAP;
                let mut end = start + field;
                let ends = widths.iter().map(|one| {
                    end += GAP + one;
                    end
                });
                let first = place * per_column;
                let count = per_column.min(self.lines.len().saturating_sub(first));
                Column {
                    left,
                    right: left + width,
                    ends: ends.collect(),
                    field: Region {
                        left: start,
                        right: start + field,
                        top,
                        bottom: top + number(count) * line,
                    },
                    line,
                    first,
                    count,
                    name_width,
                }
            })
            .collect()
    }

    fn widths(&self) -> Vec<f64> {
        let width = |(place, head): (usize, &String)| {
            let values = self.lines.iter().filter_map(|line| line.values.get(place));
            let values = font::widest(values.map(String::as_str), value_face(place));
            values.max(font::width(head, MARK_FACE))
        };
        self.heads.iter().enumerate().map(width).collect()
    }

    /// Writes the names, figures and notes over light stripes, and what stands in each column.
    pub(crate) fn write(&self, canvas: &mut Canvas, columns: &[Column]) -> Result<(), RenderError> {
        for column in columns.iter().filter(|column| column.count > 0) {
            self.draw_stripes(canvas, column)?;
            self.write_heads(canvas, column);
            for (place, line) in column.part(&self.lines) {
                write_line(canvas, column, place, line);
            }
        }
        if self.lines.is_empty() {
            write_nothing(canvas, self.language, self.size, columns);
        }
        Ok(())
    }

    /// An upright line through the field of a column that leaves out the lines with words in the place of a drawing.
    pub(crate) fn upright(&self, column: &Column, x: f64) -> Vec<Vec<Point>> {
        let mut pieces: Vec<Vec<Point>> = Vec::new();
        for (place, line) in column.part(&self.lines) {
            if line.note.is_some() {
                continue;
            }
            let middle = column.middle(place);
            let (top, bottom) = (middle - column.line / 2.0, middle + column.line / 2.0);
            match pieces.last_mut().and_then(|piece| piece.last_mut()) {
                Some(end) if (end.y - top).abs() < 0.5 => end.y = bottom,
                _ => pieces.push(vec![Point::new(x, top), Point::new(x, bottom)]),
            }
        }
        pieces
    }

    /// Draws upright lines at some values of a column, with their names below; a name that would touch another is left
    /// out.
    pub(crate) fn draw_scale(
        &self,
        canvas: &mut Canvas,
        column: &Column,
        ticks: &[(f64, String)],
    ) -> Result<(), RenderError> {
        let upright = ticks.iter().flat_map(|(x, _)| self.upright(column, *x));
        canvas.lines("grid", GRID_LINE, &upright.collect::<Vec<_>>())?;
        let base = column.field.bottom + 6.0 + AXIS_FACE.line() * 0.75;
        let mut free_from = column.left;
        for (x, text) in ticks {
            let label = Label::new(text.as_str(), Point::new(*x, base), AXIS_FACE, MUTED);
            let label = label.anchored(Anchor::Middle);
            let room = label.region();
            if free_from <= room.left && room.right <= column.right + COLUMN_GAP / 2.0 {
                free_from = room.right + 6.0;
                canvas.text(&label);
            }
        }
        Ok(())
    }

    fn draw_stripes(&self, canvas: &mut Canvas, column: &Column) -> Result<(), RenderError> {
        let stripe = |place: usize| Region {
            left: column.left,
            right: column.right,
            top: column.middle(place) - column.line / 2.0,
            bottom: column.middle(place) + column.line / 2.0,
        };
        let stripes: Vec<Region> = (0..column.count).step_by(2).map(stripe).collect();
        canvas.regions("stripe", ZEBRA, &stripes)
    }

    fn write_heads(&self, canvas: &mut Canvas, column: &Column) {
        let base = column.field.top - 6.0;
        let head = font::fit(&self.field_head, MARK_FACE, column.field.width());
        let place = Point::new(column.field.left, base);
        canvas.text(&Label::new(head, place, MARK_FACE, MUTED));
        for (head, end) in self.heads.iter().zip(&column.ends) {
            let label = Label::new(head.as_str(), Point::new(*end, base), MARK_FACE, MUTED);
            canvas.text(&label.anchored(Anchor::End));
        }
    }
}

/// The foot of the lowest column, with room for a scale.
pub(crate) fn foot(columns: &[Column]) -> f64 {
    let feet = columns.iter().map(|column| column.field.bottom);
    feet.fold(0.0, f64::max) + AXIS_FACE.line() + 14.0
}

const fn value_face(place: usize) -> Face {
    if place == 0 { VALUE_FACE } else { MARK_FACE }
}

fn write_line(canvas: &mut Canvas, column: &Column, place: usize, line: &UnitLine) {
    let middle = column.middle(place);
    let at = |x: f64, face: Face| Point::new(x, middle + face.size * HALF_CAPITAL);
    let name = font::fit(&line.name, NAME_FACE, column.name_width);
    let from = at(column.left + INSET, NAME_FACE);
    canvas.text(&Label::new(name, from, NAME_FACE, INK));
    let mut free_until = column.ends.last().copied().unwrap_or(column.right);
    for (number, (value, end)) in line.values.iter().zip(&column.ends).enumerate() {
        let face = value_face(number);
        let colour = if number == 0 { INK } else { MUTED };
        let label = Label::new(value.as_str(), at(*end, face), face, colour);
        let label = label.anchored(Anchor::End);
        if !value.is_empty() {
            free_until = free_until.min(label.region().left - GAP);
            canvas.text(&label);
        }
    }
    if let Some(note) = &line.note {
        let from = at(column.field.left, ABSENT_FACE);
        let note = font::fit(note, ABSENT_FACE, free_until - from.x);
        canvas.text(&Label::new(note, from, ABSENT_FACE, MUTED));
    }
}

fn write_nothing(canvas: &mut Canvas, language: Language, size: ChartSize, columns: &[Column]) {
    let text = language.pick("Chưa có đơn vị nào", "No units yet");
    let top = columns.first().map_or(0.0, |column| column.field.top);
    let place = Point::new(f64::from(size.width_px()) / 2.0, top + AXIS_FACE.line());
    canvas.text(&Label::new(text, place, EMPTY_FACE, MUTED).anchored(Anchor::Middle));
}
