//! The field of a chart over time: where a day and a value lie, and the axes around it.

use chrono::NaiveDate;
use plotters::coord::types::{RangedCoordf64, RangedDate};
use plotters::coord::{CoordTranslate, cartesian::Cartesian2d};

use super::canvas::{Canvas, point, unit};
use super::error::RenderError;
use super::font;
use super::geometry::{Point, Region};
use super::label::{Anchor, Label};
use super::style::{AXIS_FACE, AXIS_LINE, GRID_LINE, HALF_CAPITAL, MUTED};
use super::time_axis::{Period, TimeAxis};
use super::value_axis::ValueAxis;

/// The field of a chart over time.
pub(crate) struct Plot {
    pub(crate) region: Region,
    days: (NaiveDate, NaiveDate),
    coord: Cartesian2d<RangedDate<NaiveDate>, RangedCoordf64>,
}

/// The gap between an axis and its numbers.
const TICK_GAP: f64 = 8.0;

/// How far a line between two periods reaches below the axis.
const PERIOD_TICK: f64 = 5.0;

impl Plot {
    /// A field for the days from the first to the last, the last being later, and values from zero to `top`.
    pub(crate) fn new(region: Region, days: (NaiveDate, NaiveDate), top: f64) -> Self {
        let (left, upper) = unit(Point::new(region.left, region.top));
        let (right, lower) = unit(Point::new(region.right, region.bottom));
        let coord = Cartesian2d::new(days.0..days.1, 0.0..top, (left..right, lower..upper));
        Self {
            region,
            days,
            coord,
        }
    }

    /// Where a value of a day lies; a day outside the field lies at its edge.
    pub(crate) fn at(&self, day: NaiveDate, value: f64) -> Point {
        let day = day.clamp(self.days.0, self.days.1);
        point(self.coord.translate(&(day, value)))
    }

    /// The first and the last day of the field.
    pub(crate) const fn days(&self) -> (NaiveDate, NaiveDate) {
        self.days
    }

    /// How far right a day lies.
    pub(crate) fn x(&self, day: NaiveDate) -> f64 {
        self.at(day, 0.0).x
    }

    /// How high a value lies.
    pub(crate) fn height_of(&self, value: f64) -> f64 {
        self.at(self.days.0, value).y
    }

    /// Whether a day lies in the field.
    pub(crate) fn shows(&self, day: NaiveDate) -> bool {
        self.days.0 <= day && day <= self.days.1
    }

    /// Draws the steps of the value axis as light lines, with their numbers to the left.
    pub(crate) fn draw_values(
        &self,
        canvas: &mut Canvas,
        axis: &ValueAxis,
    ) -> Result<(), RenderError> {
        let mut lines = Vec::new();
        for tick in &axis.ticks {
            let y = self.height_of(tick.value);
            if tick.value > 0.0 {
                lines.push(vec![
                    Point::new(self.region.left, y),
                    Point::new(self.region.right, y),
                ]);
            }
            let place = Point::new(
                self.region.left - TICK_GAP,
                y + AXIS_FACE.size * HALF_CAPITAL,
            );
            let label = Label::new(tick.text.as_str(), place, AXIS_FACE, MUTED);
            canvas.text(&label.anchored(Anchor::End));
        }
        canvas.lines("grid", GRID_LINE, &lines)
    }

    /// Draws the time axis: a line at zero, marks between periods, and the names below.
    pub(crate) fn draw_time(
        &self,
        canvas: &mut Canvas,
        axis: &TimeAxis,
    ) -> Result<(), RenderError> {
        let bottom = self.region.bottom;
        let mut lines = vec![vec![
            Point::new(self.region.left, bottom),
            Point::new(self.region.right, bottom),
        ]];
        let first_row = bottom + TICK_GAP * 0.6 + AXIS_FACE.line() / 2.0;
        let rows = [
            (&axis.periods, first_row, PERIOD_TICK),
            (
                &axis.years,
                first_row + AXIS_FACE.line(),
                2.2 * AXIS_FACE.line(),
            ),
        ];
        for (periods, middle, depth) in rows {
            for period in periods {
                if self.days.0 < period.first_day {
                    let x = self.x(period.first_day);
                    lines.push(vec![Point::new(x, bottom), Point::new(x, bottom + depth)]);
                }
                self.write_period(canvas, period, middle);
            }
        }
        canvas.lines("axis", AXIS_LINE, &lines)
    }

    /// Writes the name of a period in the middle of the part that is shown, where it fits there.
    fn write_period(&self, canvas: &mut Canvas, period: &Period, middle: f64) {
        let (left, right) = (self.x(period.first_day), self.x(period.next));
        if font::width(&period.text, AXIS_FACE) + 6.0 > right - left {
            return;
        }
        let place = Point::new(
            f64::midpoint(left, right),
            middle + AXIS_FACE.size * HALF_CAPITAL,
        );
        let label = Label::new(period.text.as_str(), place, AXIS_FACE, MUTED);
        canvas.text(&label.anchored(Anchor::Middle));
    }
}

/// The room left of the field that the numbers of an axis take.
pub(crate) fn room_for_values(axis: &ValueAxis) -> f64 {
    font::widest(axis.ticks.iter().map(|tick| tick.text.as_str()), AXIS_FACE) + TICK_GAP
}

/// The room below the field that the names of periods take.
pub(crate) fn room_for_time(axis: &TimeAxis) -> f64 {
    let rows = if axis.years.is_empty() { 1.0 } else { 2.0 };
    TICK_GAP + rows * AXIS_FACE.line()
}
