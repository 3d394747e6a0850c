//! Bars of counts from zero in the lines of a chart, one layer over the other.

use plotters::style::RGBColor;
use store::domain::{Count, CountUnit};

use super::canvas::Canvas;
use super::error::RenderError;
use super::geometry::Region;
use super::unit_rows::{UnitLines, foot};
use super::value_axis::ticks_across;

/// The bars of one colour: the count of a row, `None` where it has no such bar.
pub(crate) type Layer<'a, T> = (RGBColor, &'a dyn Fn(&T) -> Option<Count>);

/// Draws the lines of some rows from `top` on, with their bars and a scale that all of them fit, and returns the foot.
pub(crate) fn draw_count_bars<T>(
    canvas: &mut Canvas,
    lines: &UnitLines,
    (rows, count_unit): (&[T], CountUnit),
    layers: &[Layer<'_, T>],
    top: f64,
) -> Result<f64, RenderError> {
    let counts = layers
        .iter()
        .flat_map(|(_, value)| rows.iter().filter_map(value));
    let most = counts.map(Count::to_f64).fold(1.0, f64::max);
    let columns = lines.set_out(top);
    lines.write(canvas, &columns)?;
    for column in columns.iter().filter(|column| column.count > 0) {
        let across = |value: f64| column.field.left + value / most * column.field.width();
        let (ticks, _) = ticks_across(lines.language, count_unit, (0.0, most), &across);
        lines.draw_scale(canvas, column, &ticks)?;
        for (colour, value) in layers {
            let bar = |(place, row): (usize, &T)| {
                let end = across(value(row)?.to_f64());
                Some(column.bar(place, column.field.left, end))
            };
            let bars: Vec<Region> = column.part(rows).filter_map(bar).collect();
            canvas.regions("bars", *colour, &bars)?;
        }
    }
    Ok(foot(&columns))
}
