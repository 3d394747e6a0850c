//! Drawing the blocks of a slide on a page.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::TextDirection;
use krilla_svg::{SurfaceExt as _, SvgSettings};
use plotters::style::RGBColor;

use super::fonts::Fonts;
use crate::charts::font::bare_width;
use crate::charts::style::{DEADLINE, Face, GRID, INK, PAPER, TRANSFERRED};
use crate::charts::{Chart, read};
use crate::pack::deck::{Area, Block, CELL_EDGE, Grid, HEIGHT, LINE, Paragraph, ROW, Side, WIDTH};
use crate::pack::error::PackError;

/// The ground of every second row of a table.
const STRIPE: RGBColor = RGBColor(0xF6, 0xF8, 0xFA);

/// A page while it is drawn.
pub(super) struct Pen<'a, 'b> {
    pub(super) surface: &'a mut Surface<'b>,
    pub(super) fonts: &'a Fonts,
}

impl Pen<'_, '_> {
    /// Draws a block.
    pub(super) fn block(&mut self, block: &Block) -> Result<(), PackError> {
        match block {
            Block::Field(area, colour) => self.field(*area, *colour),
            Block::Words(area, paragraphs) => self.words(*area, paragraphs),
            Block::Grid(area, grid) => self.grid(*area, grid),
            Block::Chart(area, _, chart) => self.chart(*area, chart)?,
            // The drawn chart stands in its place.
            Block::Graph(..) => {}
        }
        Ok(())
    }

    /// Words across the page, pale enough to read through.
    pub(super) fn watermark(&mut self, text: &str) {
        let face = Face::bold(40.0);
        let middle = Transform::from_translate(narrow(WIDTH / 2.0), narrow(HEIGHT / 2.0));
        let turned = Transform::from_rotate(-24.0);
        self.surface.push_transform(&middle);
        self.surface.push_transform(&turned);
        let left = -bare_width(text, face) / 2.0;
        self.line(text, (left, face.size * 0.36), (face, DEADLINE), 0.16);
        self.surface.pop();
        self.surface.pop();
    }

    fn field(&mut self, area: Area, colour: RGBColor) {
        let rect = Rect::from_xywh(
            narrow(area.left),
            narrow(area.top),
            narrow(area.width),
            narrow(area.height),
        );
        let Some(rect) = rect else { return };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        if let Some(path) = path.finish() {
            self.surface.set_fill(Some(fill(colour, 1.0)));
            self.surface.draw_path(&path);
        }
    }

    fn words(&mut self, area: Area, paragraphs: &[Paragraph]) {
        let mut top = area.top;
        for paragraph in paragraphs {
            for text in paragraph.lines(area.width) {
                let look = (paragraph.face, paragraph.colour);
                self.beside(&text, (area, top), look, paragraph.side);
                top += paragraph.face.size * LINE;
            }
            top += paragraph.gap;
        }
    }

    fn grid(&mut self, area: Area, grid: &Grid) {
        let height = grid.size * ROW;
        let widths = grid.widths(area);
        self.field(Area { height, ..area }, TRANSFERRED);
        let mut top = area.top;
        self.row(
            (area.left, top),
            &widths,
            (&grid.headings, &grid.sides),
            (Face::bold(grid.size), PAPER),
        );
        for (number, row) in grid.rows.iter().enumerate() {
            top += height;
            if number % 2 == 1 {
                self.field(
                    Area {
                        top,
                        height,
                        ..area
                    },
                    STRIPE,
                );
            }
            self.row(
                (area.left, top),
                &widths,
                (row, &grid.sides),
                (Face::regular(grid.size), INK),
            );
        }
        self.field(
            Area {
                top: top + height,
                height: 0.75,
                ..area
            },
            GRID,
        );
    }

    fn row(
        &mut self,
        (left, top): (f64, f64),
        widths: &[f64],
        (cells, sides): (&[String], &[Side]),
        look: (Face, RGBColor),
    ) {
        let mut left = left + CELL_EDGE;
        for ((width, text), side) in widths.iter().zip(cells).zip(sides) {
            let cell = Area::new(left, top, width - 2.0 * CELL_EDGE, 0.0);
            self.beside(
                text,
                (cell, top + look.0.size * (ROW - LINE) / 2.0),
                look,
                *side,
            );
            left += width;
        }
    }

    /// One line of text on a side of its place; `top` is the upper edge of the line.
    fn beside(&mut self, text: &str, (area, top): (Area, f64), look: (Face, RGBColor), side: Side) {
        let room = area.width - bare_width(text, look.0);
        let left = match side {
            Side::Left => area.left,
            Side::Right => area.left + room,
        };
        self.line(text, (left, top + look.0.size), look, 1.0);
    }

    fn line(
        &mut self,
        text: &str,
        (left, base): (f64, f64),
        (face, colour): (Face, RGBColor),
        opacity: f32,
    ) {
        self.surface.set_fill(Some(fill(colour, opacity)));
        self.surface.draw_text(
            Point::from_xy(narrow(left), narrow(base)),
            self.fonts.of(face.weight),
            narrow(face.size),
            text,
            false,
            TextDirection::Auto,
        );
    }

    fn chart(&mut self, area: Area, chart: &Chart) -> Result<(), PackError> {
        let tree = read(&chart.svg)?;
        let (width, height) = (
            f64::from(tree.size().width()),
            f64::from(tree.size().height()),
        );
        let scale = (area.width / width).min(area.height / height);
        let (width, height) = (width * scale, height * scale);
        let left = area.left + (area.width - width) / 2.0;
        let place = Transform::from_translate(narrow(left), narrow(area.top));
        let size = Size::from_wh(narrow(width), narrow(height));
        self.surface.push_transform(&place);
        let drawn =
            size.and_then(|size| self.surface.draw_svg(&tree, size, SvgSettings::default()));
        self.surface.pop();
        drawn.ok_or_else(|| PackError::Pdf("a chart was refused".to_owned()))
    }
}

fn fill(colour: RGBColor, opacity: f32) -> Fill {
    Fill {
        paint: rgb::Color::new(colour.0, colour.1, colour.2).into(),
        opacity: NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE),
        ..Fill::default()
    }
}

/// A place as the PDF library takes it; no page needs more digits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "points on a page need no more digits"
)]
pub(super) const fn narrow(value: f64) -> f32 {
    value as f32
}
