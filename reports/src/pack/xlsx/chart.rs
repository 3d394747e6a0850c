//! The sheets with charts: each chart beside the cells it is drawn from.

use rust_xlsxwriter::{
    Chart, ChartAxisDateUnitType, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartSolidFill, ChartType, Color, Workbook, XlsxError,
};

use super::sheet::Masthead;
use super::{book, sheet};
use crate::pack::Pack;
use crate::pack::graph::{Graph, Series, Shape, Stroke};

/// The row in which the cells of a chart begin.
const TOP: u32 = 4;

/// The column in which they begin; the chart stands left of them.
const LEFT: u16 = 16;

/// Adds the sheets with charts.
pub(super) fn write(
    workbook: &mut Workbook,
    pack: &Pack,
    masthead: &Masthead,
) -> Result<(), XlsxError> {
    for (name, graph) in pack.graphs.each() {
        let title = name.title();
        // The tab of a sheet holds 31 characters.
        let tab: String = title
            .in_language(masthead.language)
            .chars()
            .take(31)
            .collect();
        one(workbook, &tab, graph, masthead)?;
    }
    Ok(())
}

fn one(
    workbook: &mut Workbook,
    name: &str,
    graph: &Graph,
    about: &Masthead,
) -> Result<(), XlsxError> {
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(name)?;
    sheet::head(worksheet, &graph.title, about)?;
    let end = book::write(worksheet, graph, (TOP, LEFT))?;
    worksheet.set_column_width(LEFT, 22)?;
    worksheet.set_print_area(0, 0, end.max(TOP + 32), LEFT - 1)?;
    sheet::print(worksheet, about);
    worksheet.set_print_fit_to_pages(1, 1);
    if graph.categories.len() > 0 {
        worksheet.insert_chart(TOP, 0, &drawn(graph, name, end))?;
    }
    Ok(())
}

fn drawn(graph: &Graph, sheet: &str, end: u32) -> Chart {
    let mut chart = Chart::new(match graph.shape {
        Shape::Lines | Shape::Spark => ChartType::Line,
        Shape::Bars => ChartType::Bar,
        Shape::Columns => ChartType::Column,
        Shape::Spans => ChartType::BarStacked,
    });
    for (number, (column, series)) in (LEFT + 1..).zip(&graph.series).enumerate() {
        chart
            .add_series()
            .set_name((sheet, TOP, column))
            .set_categories((sheet, TOP + 1, LEFT, end, LEFT))
            .set_values((sheet, TOP + 1, column, end, column))
            .set_format(&mut format(graph, number, series));
    }
    chart.title().set_name(graph.title.as_str());
    looks(&mut chart, graph);
    chart
}

/// Axes, legend and size of a chart.
fn looks(chart: &mut Chart, graph: &Graph) {
    let upright = matches!(graph.shape, Shape::Lines | Shape::Columns);
    // In a chart with bars the library's x is the axis of names only in its series, not in its looks.
    let values = if upright {
        chart.y_axis()
    } else {
        chart.x_axis()
    };
    values.set_num_format(graph.scale.axis_code());
    if let Some(least) = graph.ends.0 {
        values.set_min(least);
    }
    if let Some(most) = graph.ends.1 {
        values.set_max(most);
    }
    if graph.series.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        chart.legend().set_hidden();
    }
    chart.set_width(1000);
    if upright {
        chart
            .x_axis()
            .set_date_axis(true)
            .set_num_format("mm/yyyy")
            .set_major_unit(6.0)
            .set_major_unit_date_type(ChartAxisDateUnitType::Months);
        chart.set_height(560);
    } else {
        chart.y_axis().set_reverse().set_label_interval(1);
        let bars = u32::try_from(graph.categories.len()).unwrap_or(u32::MAX);
        chart.set_height(120_u32.saturating_add(bars.saturating_mul(18)));
    }
}

fn format(graph: &Graph, number: usize, series: &Series) -> ChartFormat {
    let colour = series.colour;
    let colour = u32::from(colour.0) << 16 | u32::from(colour.1) << 8 | u32::from(colour.2);
    let colour = Color::RGB(colour);
    let mut format = ChartFormat::new();
    match graph.shape {
        Shape::Spans if number == 0 => format.set_no_fill(),
        Shape::Bars | Shape::Columns | Shape::Spans => {
            format.set_solid_fill(ChartSolidFill::new().set_color(colour))
        }
        Shape::Lines | Shape::Spark => {
            let dash = match series.stroke {
                Stroke::Whole => ChartLineDashType::Solid,
                Stroke::Dashed => ChartLineDashType::Dash,
                Stroke::Dotted => ChartLineDashType::RoundDot,
            };
            format.set_line(
                ChartLine::new()
                    .set_color(colour)
                    .set_width(2.25)
                    .set_dash_type(dash),
            )
        }
    };
    format
}
