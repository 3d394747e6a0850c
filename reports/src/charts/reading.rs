//! Reads drawn charts back for tests: where each text stands, and whether every letter has a shape.

use resvg::usvg::{Group, Node, Text, Tree};

use super::Chart;
use super::chart::read;
use super::geometry::Region;

/// A text of a chart and the room it takes once it is shaped.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) text: String,
    pub(crate) room: Region,
}

/// Every text of a chart, as the rasterizer shapes it.
pub(crate) fn texts(chart: &Chart) -> Vec<Shown> {
    let tree = read(&chart.svg).unwrap();
    let mut shown = Vec::new();
    each_text(tree.root(), &mut |text| {
        let room = text.abs_bounding_box();
        shown.push(Shown {
            text: text.chunks().iter().map(|chunk| chunk.text()).collect(),
            room: Region {
                left: f64::from(room.left()),
                top: f64::from(room.top()),
                right: f64::from(room.right()),
                bottom: f64::from(room.bottom()),
            },
        });
    });
    shown
}

/// The letters of a chart for which the font has no shape.
pub(crate) fn letters_without_shape(tree: &Tree) -> String {
    let mut missing = String::new();
    each_text(tree.root(), &mut |text| {
        for glyph in text
            .layouted()
            .iter()
            .flat_map(|span| &span.positioned_glyphs)
        {
            if glyph.id.0 == 0 {
                missing.push_str(&glyph.text);
            }
        }
    });
    missing
}

/// Every letter of a chart that was shaped, in order.
pub(crate) fn shaped(tree: &Tree) -> String {
    let mut letters = String::new();
    each_text(tree.root(), &mut |text| {
        for span in text.layouted() {
            letters.extend(
                span.positioned_glyphs
                    .iter()
                    .map(|glyph| glyph.text.as_str()),
            );
        }
    });
    letters
}

fn each_text(group: &Group, look: &mut impl FnMut(&Text)) {
    for node in group.children() {
        match node {
            Node::Group(group) => each_text(group, look),
            Node::Text(text) => look(text),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// What is wrong with a chart: texts that overlap or leave the paper, letters without a shape, promises not kept.
pub(crate) fn faults(chart: &Chart) -> Vec<String> {
    let tree = read(&chart.svg).unwrap();
    let mut faults = Vec::new();
    let missing = letters_without_shape(&tree);
    if !missing.is_empty() {
        faults.push(format!("no shape for {missing}"));
    }
    let paper = Region {
        left: 0.0,
        top: 0.0,
        right: f64::from(tree.size().width()),
        bottom: f64::from(tree.size().height()),
    };
    let texts = texts(chart);
    for (place, one) in texts.iter().enumerate() {
        if !paper.contains(&one.room) {
            faults.push(format!("{one:?} leaves the paper"));
        }
        for two in texts.iter().skip(place + 1) {
            if one.room.grown(-0.5).overlaps(&two.room.grown(-0.5)) {
                faults.push(format!("{one:?} overlaps {two:?}"));
            }
        }
    }
    for promise in [
        "role=\"img\"",
        "aria-labelledby=",
        "<title id=",
        "<desc id=",
        "viewBox=",
    ] {
        if !chart.svg.contains(promise) {
            faults.push(format!("no {promise}"));
        }
    }
    if chart.title.is_empty() || chart.description.is_empty() {
        faults.push("no words".to_owned());
    }
    for row in &chart.table.rows {
        if row.len() != chart.table.headers.len() {
            faults.push(format!("{row:?} is not as long as the headers"));
        }
    }
    faults
}

/// What a chart with the caption of the samples does not say about itself.
pub(crate) fn unsaid(chart: &Chart) -> Vec<&'static str> {
    let texts = texts(chart);
    let written: String = texts.iter().map(|shown| shown.text.as_str()).collect();
    let promises = [
        ("Chốt số liệu ngày", "As of"),
        ("Ghi nhận đến", "Known on"),
        ("58/63", "58/63"),
        ("Nguồn: ", "Source: "),
        ("Mã kiểm chứng: ", "Digest: "),
        ("SỐ LIỆU MÔ PHỎNG", "SỐ LIỆU MÔ PHỎNG"),
    ];
    let broken = |(vi, en): &(&str, &str)| !written.contains(vi) && !written.contains(en);
    promises
        .into_iter()
        .filter(broken)
        .map(|(_, en)| en)
        .collect()
}

/// The names that do not stand whole on a chart, in one line or several.
pub(crate) fn names_cut(chart: &Chart, names: &[store::domain::Text]) -> Vec<String> {
    let written: Vec<String> = texts(chart).into_iter().map(|shown| shown.text).collect();
    let cut = |text: &&String| {
        let begun = text
            .strip_suffix('…')
            .filter(|begun| begun.chars().count() > 1);
        begun.is_some_and(|begun| names.iter().any(|name| name.vi.starts_with(begun)))
    };
    written.iter().filter(cut).cloned().collect()
}

/// The places of the shapes of a layer, in pixels: the points of each line, or two corners of each rectangle.
pub(crate) fn shapes(chart: &Chart, layer: &str) -> Vec<Vec<(f64, f64)>> {
    let document = resvg::usvg::roxmltree::Document::parse(&chart.svg).unwrap();
    let number = |text: &str| text.parse::<f64>().unwrap() / 10.0;
    let named =
        |node: &resvg::usvg::roxmltree::Node<'_, '_>| node.attribute("class") == Some(layer);
    document
        .descendants()
        .filter(named)
        .flat_map(|group| group.children().filter(|node| node.is_element()))
        .filter_map(|shape| {
            if let Some(points) = shape.attribute("points") {
                let pairs = points
                    .split_whitespace()
                    .map(|pair| pair.split_once(',').unwrap());
                return Some(pairs.map(|(x, y)| (number(x), number(y))).collect());
            }
            let value = |name| shape.attribute(name).map(number);
            let (x, y) = (value("x")?, value("y")?);
            Some(vec![(x, y), (x + value("width")?, y + value("height")?)])
        })
        .collect()
}

/// The width and height that a PNG says it has.
pub(crate) fn png_size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |from: usize| u32::from_be_bytes(png[from..from + 4].try_into().unwrap());
    (number(16), number(20))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::ChartTable;

    fn chart(texts: &str) -> Chart {
        Chart {
            svg: format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50' viewBox=\"0 0 100 50\" \
                 role=\"img\" aria-labelledby=\"a b\"><title id='a'/><desc id='b'/>{texts}</svg>"
            ),
            title: "a".to_owned(),
            description: "b".to_owned(),
            table: ChartTable::default(),
        }
    }

    #[test]
    fn overlapping_and_cut_texts_are_found() {
        let apart = "<text x='2' y='20'>một</text><text x='2' y='40'>hai</text>";
        assert_eq!(faults(&chart(apart)), Vec::<String>::new());
        let over = "<text x='2' y='20'>một</text><text x='10' y='24'>hai</text>";
        assert_eq!(faults(&chart(over)).len(), 1);
        assert_eq!(faults(&chart("<text x='90' y='20'>một</text>")).len(), 1);
    }
}
