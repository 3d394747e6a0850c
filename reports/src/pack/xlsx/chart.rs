//! The sheets with charts: each chart beside the cells it is drawn from.

use rust_xlsxwriter::{
    Chart, ChartAxisDateUnitType, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartSolidFill, ChartType, Color, Workbook, XlsxError,
};

use super::{book, sheet};
use crate::pack::Pack;
use crate::pack::about::About;
use crate::pack::graph::{Graph, Series, Shape, Stroke};

/// The row in which the cells of a chart begin.
const TOP: u32 = 4;

/// The column in which they begin; the chart stands left of them.
const LEFT: u16 = 16;

/// Adds the sheets with charts.
pub(super) fn write(workbook: &mut Workbook, pack: &Pack) -> Result<(), XlsxError> {
    let about = &pack.about;
    one(
        workbook,
        about.t("Biểu đồ tiến độ", "Progress chart"),
        &pack.national,
        about,
    )?;
    one(
        workbook,
        about.t("Biểu đồ xếp hạng", "Ranking chart"),
        &pack.ranking,
        about,
    )
}

fn one(workbook: &mut Workbook, name: &str, graph: &Graph, about: &About) -> Result<(), XlsxError> {
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
        Shape::Lines => ChartType::Line,
        Shape::Bars => ChartType::Bar,
    });
    for (column, series) in (LEFT + 1..).zip(&graph.series) {
        chart
            .add_series()
            .set_name((sheet, TOP, column))
            .set_categories((sheet, TOP + 1, LEFT, end, LEFT))
            .set_values((sheet, TOP + 1, column, end, column))
            .set_format(&mut format(graph.shape, series));
    }
    chart.title().set_name(graph.title.as_str());
    match graph.shape {
        Shape::Lines => {
            chart
                .x_axis()
                .set_date_axis(true)
                .set_num_format("mm/yyyy")
                .set_major_unit(6.0)
                .set_major_unit_date_type(ChartAxisDateUnitType::Months);
            chart.y_axis().set_num_format("#,##0").set_min(0.0);
            chart.legend().set_position(ChartLegendPosition::Bottom);
            chart.set_width(1000).set_height(560);
        }
        Shape::Bars => {
            // In a chart with bars the library's x is the axis of names only in its series, not in its looks.
            chart.y_axis().set_reverse().set_label_interval(1);
            chart
                .x_axis()
                .set_num_format("0%")
                .set_min(0.0)
                .set_max(graph.top);
            chart.legend().set_hidden();
            let bars = u32::try_from(graph.categories.len()).unwrap_or(u32::MAX);
            chart
                .set_width(1000)
                .set_height(120_u32.saturating_add(bars.saturating_mul(18)));
        }
    }
    chart
}

fn format(shape: Shape, series: &Series) -> ChartFormat {
    let colour = series.colour;
    let colour = u32::from(colour.0) << 16 | u32::from(colour.1) << 8 | u32::from(colour.2);
    let colour = Color::RGB(colour);
    let mut format = ChartFormat::new();
    match shape {
        Shape::Bars => format.set_solid_fill(ChartSolidFill::new().set_color(colour)),
        Shape::Lines => {
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
