//! What stands on a slide: coloured fields, words, tables and charts, each in its place.

use std::sync::Arc;

use plotters::style::RGBColor;

use super::area::Area;
use crate::charts::Chart;
use crate::charts::font::wrap;
use crate::charts::style::{Face, INK};
use crate::pack::graph::Graph;

/// The distance between two lines as a factor of the size of the text.
pub(crate) const LINE: f64 = 1.3;

/// The height of a row of a table as a factor of the size of its text.
pub(crate) const ROW: f64 = 1.62;

/// The room at both sides of the text in a cell, in points.
pub(crate) const CELL_EDGE: f64 = 4.0;

/// Something on a slide.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A field of one colour.
    Field(Area, RGBColor),
    /// Paragraphs, from the top of their place.
    Words(Area, Vec<Paragraph>),
    /// A table.
    Grid(Area, Grid),
    /// A chart that an office program draws; only inside [`Block::Chart`].
    Graph(Area, Graph),
    /// A chart: as blocks that can be edited, and as we draw it.
    Chart(Area, Vec<Self>, Arc<Chart>),
}

/// Which side words stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// Words of one look.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    pub(crate) text: String,
    pub(crate) face: Face,
    pub(crate) colour: RGBColor,
    pub(crate) side: Side,
    /// The gap after it, in points.
    pub(crate) gap: f64,
}

/// A table whose cells have one line each.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// The widths of the columns in parts of the whole.
    pub(crate) parts: Vec<f64>,
    pub(crate) sides: Vec<Side>,
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// The size of its text in points.
    pub(crate) size: f64,
}

impl Paragraph {
    pub(crate) fn new(text: impl Into<String>, size: f64) -> Self {
        Self {
            text: text.into(),
            face: Face::regular(size),
            colour: INK,
            side: Side::Left,
            gap: size * 0.4,
        }
    }

    pub(crate) fn bold(self) -> Self {
        Self {
            face: Face::bold(self.face.size),
            ..self
        }
    }

    pub(crate) fn coloured(self, colour: RGBColor) -> Self {
        Self { colour, ..self }
    }

    pub(crate) fn on(self, side: Side) -> Self {
        Self { side, ..self }
    }

    /// The same close above the next paragraph.
    pub(crate) fn close(self) -> Self {
        Self { gap: 0.0, ..self }
    }

    /// The lines of the paragraph in a width, every word kept.
    pub(crate) fn lines(&self, width: f64) -> Vec<String> {
        wrap(&self.text, self.face, width, usize::MAX)
    }

    /// The height of the paragraph in a width, with the gap after it.
    pub(crate) fn height(&self, width: f64) -> f64 {
        let lines = u32::try_from(self.lines(width).len()).unwrap_or(u32::MAX);
        f64::from(lines) * self.face.size * LINE + self.gap
    }
}

impl Grid {
    /// The widths of the columns in a place.
    pub(crate) fn widths(&self, area: Area) -> Vec<f64> {
        let whole: f64 = self.parts.iter().sum();
        self.parts
            .iter()
            .map(|part| part / whole * area.width)
            .collect()
    }
}

/// Texts as paragraphs in the largest of some sizes in which all of them fit; those that fit in none are left out, and the
/// last line says how many.
pub(crate) fn fitted(texts: &[String], area: Area, sizes: &[f64], more: &str) -> Vec<Paragraph> {
    let set = |size: f64| {
        texts
            .iter()
            .map(move |text| Paragraph::new(text.as_str(), size))
    };
    let height = |size: f64| set(size).map(|one| one.height(area.width)).sum::<f64>();
    if let Some(size) = sizes.iter().find(|size| height(**size) <= area.height) {
        return set(*size).collect();
    }
    let least = sizes.last().copied().unwrap_or(10.0);
    let mut room = area.height - least * (LINE + 0.4);
    let mut kept = Vec::new();
    for paragraph in set(least) {
        room -= paragraph.height(area.width);
        if room < 0.0 {
            break;
        }
        kept.push(paragraph);
    }
    let left = texts.len() - kept.len();
    kept.push(Paragraph::new(format!("… {left} {more}"), least));
    kept
}
