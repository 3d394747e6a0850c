//! Paragraphs, runs and cells of a document. Sizes are in half points, distances in twentieths of a point, as the format has
//! them.

use crate::pack::ooxml::escaped;

/// How a paragraph looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// `left`, `center`, `right` or `both`.
    pub(super) align: &'static str,
    /// The size in half points.
    pub(super) size: u32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// The distance after it.
    pub(super) after: u32,
    /// The indent of the first line.
    pub(super) first_line: u32,
    /// Whether it stays on the page of the next one.
    pub(super) keep: bool,
}

impl Look {
    /// Upright text of a size.
    pub(super) const fn new(align: &'static str, size: u32) -> Self {
        Self {
            align,
            size,
            bold: false,
            italic: false,
            after: 0,
            first_line: 0,
            keep: false,
        }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn italic(self) -> Self {
        Self {
            italic: true,
            ..self
        }
    }

    pub(super) const fn after(self, after: u32) -> Self {
        Self { after, ..self }
    }
}

/// A paragraph.
pub(super) fn paragraph(text: &str, look: Look) -> String {
    let keep = if look.keep { "<w:keepNext/>" } else { "" };
    let first = match look.first_line {
        0 => String::new(),
        first => format!("<w:ind w:firstLine=\"{first}\"/>"),
    };
    format!(
        "<w:p><w:pPr>{keep}<w:spacing w:before=\"0\" w:after=\"{}\"/>{first}<w:jc w:val=\"{}\"/></w:pPr>{}</w:p>",
        look.after,
        look.align,
        run(text, look)
    )
}

/// A short line under a heading, `length` long in the middle of `room`.
pub(super) fn rule(room: u32, length: u32) -> String {
    let side = room.saturating_sub(length) / 2;
    format!(
        "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>\
         <w:spacing w:before=\"40\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>\
         <w:ind w:left=\"{side}\" w:right=\"{side}\"/></w:pPr></w:p>"
    )
}

/// A table without lines, of two cells a row.
pub(super) fn pair(widths: (u32, u32), rows: &[(String, String)]) -> String {
    let cell = |width: u32, content: &str| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>")
    };
    let row = |(left, right): &(String, String)| {
        format!(
            "<w:tr>{}{}</w:tr>",
            cell(widths.0, left),
            cell(widths.1, right)
        )
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
         <w:tblGrid><w:gridCol w:w=\"{}\"/><w:gridCol w:w=\"{}\"/></w:tblGrid>{rows}</w:tbl>",
        widths.0 + widths.1,
        widths.0,
        widths.1
    )
}

fn run(text: &str, look: Look) -> String {
    let bold = if look.bold { "<w:b/>" } else { "" };
    let italic = if look.italic { "<w:i/>" } else { "" };
    let size = look.size;
    format!(
        "<w:r><w:rPr>{bold}{italic}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>\
         <w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(text)
    )
}

/// A table with lines: its heading stands on every page, and no row is cut in two.
pub(super) fn ruled(
    widths: &[u32],
    headings: &[String],
    rows: &[Vec<String>],
    (side, size): (&dyn Fn(usize) -> &'static str, u32),
) -> String {
    let grid: String = widths
        .iter()
        .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
        .collect();
    let line = |side: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>")
    };
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(line)
        .concat();
    let width: u32 = widths.iter().sum();
    let heading = row(
        (widths, headings),
        &|_| "center",
        Look::new("center", size).bold(),
    );
    let rows: String = rows
        .iter()
        .map(|cells| row((widths, cells), side, Look::new("left", size)))
        .collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/>\
         <w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{heading}{rows}\
         </w:tbl>"
    )
}

/// A row of a table with lines; a bold one is a heading.
fn row(
    (widths, cells): (&[u32], &[String]),
    side: &dyn Fn(usize) -> &'static str,
    look: Look,
) -> String {
    let (repeat, shade) = if look.bold {
        (
            "<w:tblHeader/>",
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E6EEF7\"/>",
        )
    } else {
        ("", "")
    };
    let cell = |(place, (text, width)): (usize, (&String, &u32))| {
        let look = Look {
            align: side(place),
            ..look
        };
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}<w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
            paragraph(text, look)
        )
    };
    let cells: String = cells.iter().zip(widths).enumerate().map(cell).collect();
    format!("<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>")
}
