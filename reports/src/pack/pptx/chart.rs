//! A chart that the presentation program draws, with its values and the workbook they can be edited in.

use super::shapes::{FONT, hex};
use crate::pack::graph::{Categories, Graph, Series, Shape, Stroke, serial};
use crate::pack::ooxml::escaped;
use crate::pack::xlsx::GRAPH_SHEET;

/// The part of a chart; `rId1` is its workbook.
pub(super) fn xml(graph: &Graph, language: &str) -> String {
    let series = graph.series.iter().enumerate();
    let series: String = series
        .map(|(number, series)| one(graph, number, series))
        .collect();
    let bars = |direction: &str, grouping: &str, overlap: &str| {
        format!(
            "<c:barChart><c:barDir val=\"{direction}\"/><c:grouping val=\"{grouping}\"/><c:varyColors val=\"0\"/>{series}\
             <c:gapWidth val=\"35\"/>{overlap}{AXES}</c:barChart>"
        )
    };
    let plot = match graph.shape {
        Shape::Lines | Shape::Spark => format!(
            "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>{series}<c:marker val=\"1\"/>{AXES}\
             </c:lineChart>"
        ),
        Shape::Bars => bars("bar", "clustered", ""),
        Shape::Columns => bars("col", "clustered", "<c:overlap val=\"100\"/>"),
        Shape::Spans => bars("bar", "stacked", "<c:overlap val=\"100\"/>"),
    };
    let legend = legend(graph);
    let size = if graph.shape == Shape::Spark {
        700
    } else {
        1400
    };
    format!(
        "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <c:date1904 val=\"0\"/><c:lang val=\"{language}\"/><c:roundedCorners val=\"0\"/><c:chart>\
         <c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"{size}\" b=\"1\"/></a:pPr>\
         <a:r><a:rPr lang=\"{language}\" sz=\"{size}\" b=\"1\"/><a:t>{}</a:t></a:r></a:p></c:rich></c:tx>\
         <c:overlay val=\"0\"/></c:title><c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/>{plot}{}</c:plotArea>\
         {legend}<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart><c:txPr><a:bodyPr/><a:lstStyle/><a:p>\
         <a:pPr><a:defRPr sz=\"{}\"><a:latin typeface=\"{FONT}\"/></a:defRPr></a:pPr><a:endParaRPr lang=\"{language}\"/></a:p>\
         </c:txPr><c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>",
        escaped(&graph.title),
        axes(graph),
        if matches!(graph.shape, Shape::Bars | Shape::Spans) {
            800
        } else {
            1000
        },
    )
}

/// The legend where there is more than one series to tell apart; without the series that is not seen.
fn legend(graph: &Graph) -> String {
    if graph.series.len() < 2 {
        return String::new();
    }
    let hidden = match graph.shape {
        Shape::Spans => "<c:legendEntry><c:idx val=\"0\"/><c:delete val=\"1\"/></c:legendEntry>",
        _ => "",
    };
    format!("<c:legend><c:legendPos val=\"b\"/>{hidden}<c:overlay val=\"0\"/></c:legend>")
}

/// The two axes by their numbers.
const AXES: &str = "<c:axId val=\"111\"/><c:axId val=\"222\"/>";

fn one(graph: &Graph, number: usize, series: &Series) -> String {
    let column = column(number + 1);
    let end = graph.categories.len() + 1;
    let categories = categories(&graph.categories, end);
    let values = series.values.iter().enumerate();
    let values: String = values
        .filter_map(|(place, value)| {
            Some(format!(
                "<c:pt idx=\"{place}\"><c:v>{}</c:v></c:pt>",
                (*value)?
            ))
        })
        .collect();
    let count = graph.categories.len();
    let (look, after) = look(graph, number, series);
    format!(
        "<c:ser><c:idx val=\"{number}\"/><c:order val=\"{number}\"/><c:tx><c:strRef><c:f>{GRAPH_SHEET}!${column}$1</c:f>\
         <c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>{}</c:v></c:pt></c:strCache></c:strRef></c:tx>{look}\
         <c:cat>{categories}</c:cat><c:val><c:numRef><c:f>{GRAPH_SHEET}!${column}$2:${column}${end}</c:f><c:numCache>\
         <c:formatCode>{}</c:formatCode><c:ptCount val=\"{count}\"/>{values}</c:numCache></c:numRef></c:val>{after}</c:ser>",
        escaped(series.name),
        graph.scale.code()
    )
}

/// The days or names along the chart, with their place in the workbook.
fn categories(categories: &Categories, end: usize) -> String {
    let count = categories.len();
    let points = |values: &mut dyn Iterator<Item = String>| -> String {
        let point = |(place, value): (usize, String)| {
            format!("<c:pt idx=\"{place}\"><c:v>{value}</c:v></c:pt>")
        };
        values.enumerate().map(point).collect()
    };
    let place = format!("<c:f>{GRAPH_SHEET}!$A$2:$A${end}</c:f>");
    match categories {
        Categories::Names(names) => {
            let points = points(&mut names.iter().map(|name| escaped(name)));
            format!(
                "<c:strRef>{place}<c:strCache><c:ptCount val=\"{count}\"/>{points}</c:strCache></c:strRef>"
            )
        }
        Categories::Days(days) => {
            let points = points(&mut days.iter().map(|day| serial(*day).to_string()));
            format!(
                "<c:numRef>{place}<c:numCache><c:formatCode>dd/mm/yyyy</c:formatCode><c:ptCount val=\"{count}\"/>{points}\
                 </c:numCache></c:numRef>"
            )
        }
    }
}

/// How a series looks, and what stands after its values.
fn look(graph: &Graph, number: usize, series: &Series) -> (String, &'static str) {
    let colour = hex(series.colour);
    let fill = format!("<a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill>");
    match graph.shape {
        Shape::Spans if number == 0 => (
            "<c:spPr><a:noFill/></c:spPr><c:invertIfNegative val=\"0\"/>".to_owned(),
            "",
        ),
        Shape::Bars | Shape::Columns | Shape::Spans => {
            let labels = if graph.shape == Shape::Bars && graph.series.len() == 1 {
                labels(graph.scale.code())
            } else {
                String::new()
            };
            (
                format!("<c:spPr>{fill}</c:spPr><c:invertIfNegative val=\"0\"/>{labels}"),
                "",
            )
        }
        Shape::Lines | Shape::Spark => {
            let (dash, width) = match series.stroke {
                Stroke::Whole => ("solid", 28_575),
                Stroke::Dashed => ("dash", 28_575),
                Stroke::Dotted => ("sysDot", 19_050),
            };
            let line = format!(
                "<a:ln w=\"{width}\" cap=\"rnd\">{fill}<a:prstDash val=\"{dash}\"/><a:round/></a:ln>"
            );
            let marker = "<c:marker><c:symbol val=\"none\"/></c:marker>";
            (
                format!("<c:spPr>{line}</c:spPr>{marker}"),
                "<c:smooth val=\"0\"/>",
            )
        }
    }
}

/// The value of a bar beside its end.
fn labels(code: &str) -> String {
    format!(
        "<c:dLbls><c:numFmt formatCode=\"{code}\" sourceLinked=\"0\"/><c:spPr><a:noFill/></c:spPr>\
         <c:dLblPos val=\"outEnd\"/><c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/>\
         <c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls>"
    )
}

fn axes(graph: &Graph) -> String {
    let ticks =
        "<c:majorTickMark val=\"out\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>";
    let upright = matches!(graph.shape, Shape::Lines | Shape::Spark | Shape::Columns);
    let (kind, direction, side, format, last) = if upright {
        (
            "dateAx",
            "minMax",
            ("b", "l"),
            "mm/yyyy",
            "<c:auto val=\"1\"/><c:lblOffset val=\"100\"/><c:baseTimeUnit val=\"days\"/><c:majorUnit val=\"6\"/>\
             <c:majorTimeUnit val=\"months\"/>",
        )
    } else {
        (
            "catAx",
            "maxMin",
            ("l", "t"),
            "General",
            "<c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:tickLblSkip val=\"1\"/>\
             <c:noMultiLvlLbl val=\"1\"/>",
        )
    };
    let end = |name: &str, value: Option<f64>| {
        value.map_or_else(String::new, |value| format!("<c:{name} val=\"{value}\"/>"))
    };
    let hidden = u8::from(graph.shape == Shape::Spark);
    let ends = end("max", graph.ends.1) + &end("min", graph.ends.0);
    let grid = "<c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"E4E8EC\"/></a:solidFill></a:ln></c:spPr>\
        </c:majorGridlines>";
    format!(
        "<c:{kind}><c:axId val=\"111\"/><c:scaling><c:orientation val=\"{direction}\"/></c:scaling><c:delete val=\"{hidden}\"/>\
         <c:axPos val=\"{}\"/><c:numFmt formatCode=\"{format}\" sourceLinked=\"0\"/>{ticks}<c:crossAx val=\"222\"/>\
         <c:crosses val=\"autoZero\"/>{last}</c:{kind}><c:valAx><c:axId val=\"222\"/><c:scaling>\
         <c:orientation val=\"minMax\"/>{ends}</c:scaling><c:delete val=\"{hidden}\"/><c:axPos val=\"{}\"/>{grid}\
         <c:numFmt formatCode=\"{}\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>\
         <c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"111\"/><c:crosses val=\"autoZero\"/>\
         <c:crossBetween val=\"between\"/></c:valAx>",
        side.0,
        side.1,
        graph.scale.axis_code()
    )
}

/// The letter of a column of a small sheet.
fn column(number: usize) -> char {
    u8::try_from(number)
        .ok()
        .and_then(|number| b'A'.checked_add(number))
        .map_or('Z', char::from)
}
