//! The shapes of a slide. Places are in English metric units: 12,700 to the point.

use plotters::style::RGBColor;

use crate::charts::style::{DEADLINE, Face, INK, PAPER, TRANSFERRED, Weight};
use crate::pack::deck::{Area, Grid, HEIGHT, Paragraph, ROW, Side, WIDTH};
use crate::pack::ooxml::escaped;

/// English metric units in a point.
const UNITS: f64 = 12_700.0;

/// The font of every presentation program; a little narrower than ours, so that what fits there fits here.
pub(super) const FONT: &str = "Arial";

/// The shapes of a slide while it is put together.
pub(super) struct Shapes {
    list: Vec<String>,
    language: &'static str,
    /// What the chart that stands here says in words.
    description: String,
}

impl Shapes {
    pub(super) const fn new(language: &'static str) -> Self {
        Self {
            list: Vec::new(),
            language,
            description: String::new(),
        }
    }

    pub(super) const fn language(&self) -> &'static str {
        self.language
    }

    /// Sets the words for the charts that follow.
    pub(super) fn describe(&mut self, description: &str) {
        description.clone_into(&mut self.description);
    }

    /// The tree of all shapes.
    pub(super) fn tree(&self) -> String {
        tree(&self.list.concat())
    }

    pub(super) fn field(&mut self, area: Area, colour: RGBColor) {
        let look = format!(
            "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{}<a:ln><a:noFill/></a:ln>",
            solid(colour, 100_000)
        );
        let id = self.id();
        self.list.push(format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Field {id}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>\
             <p:spPr>{}{look}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang=\"{}\"/></a:p></p:txBody></p:sp>",
            place(area, 0),
            self.language
        ));
    }

    pub(super) fn words(&mut self, area: Area, paragraphs: &[Paragraph]) {
        let words: String = paragraphs.iter().map(|one| self.paragraph(one)).collect();
        self.text(place(area, 0), "square", &words);
    }

    /// Words across the slide, pale enough to read through.
    pub(super) fn watermark(&mut self, text: &str) {
        let area = Area::new(0.0, HEIGHT / 2.0 - 30.0, WIDTH, 60.0);
        let words = format!(
            "<a:p><a:pPr algn=\"ctr\"/>{}</a:p>",
            run(
                text,
                self.language,
                (Face::bold(40.0), &solid(DEADLINE, 18_000))
            )
        );
        // Sixty-thousandths of a degree, clockwise.
        self.text(place(area, -24 * 60_000), "none", &words);
    }

    pub(super) fn chart(&mut self, area: Area, (relation, title): (usize, &str)) {
        let id = self.id();
        self.list.push(format!(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"{} {id}\" descr=\"{}\"/>\
             <p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">\
             <c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId{relation}\"/>\
             </a:graphicData></a:graphic></p:graphicFrame>",
            escaped(title),
            escaped(&self.description),
            frame(area)
        ));
    }

    pub(super) fn grid(&mut self, area: Area, grid: &Grid) {
        let widths = grid.widths(area);
        let columns: String = widths
            .iter()
            .map(|width| format!("<a:gridCol w=\"{}\"/>", emu(*width)))
            .collect();
        let head = (Face::bold(grid.size), PAPER, Some(TRANSFERRED));
        let body = (Face::regular(grid.size), INK, None);
        let mut rows = self.row((&grid.headings, &grid.sides), head);
        for row in &grid.rows {
            rows.push_str(&self.row((row, &grid.sides), body));
        }
        let id = self.id();
        self.list.push(format!(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"Table {id}\"/><p:cNvGraphicFramePr>\
             <a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl>\
             <a:tblPr firstRow=\"1\" bandRow=\"1\"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData>\
             </a:graphic></p:graphicFrame>",
            frame(area)
        ));
    }

    fn row(
        &self,
        (cells, sides): (&[String], &[Side]),
        (face, colour, ground): (Face, RGBColor, Option<RGBColor>),
    ) -> String {
        let cell = |(text, side): (&String, &Side)| {
            let ground =
                ground.map_or_else(|| "<a:noFill/>".to_owned(), |colour| solid(colour, 100_000));
            let line =
                "<a:lnB w=\"6350\"><a:solidFill><a:srgbClr val=\"E4E8EC\"/></a:solidFill></a:lnB>";
            format!(
                "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn=\"{}\"/>{}</a:p></a:txBody>\
                 <a:tcPr marL=\"38100\" marR=\"38100\" marT=\"12700\" marB=\"12700\" anchor=\"ctr\">{line}{ground}</a:tcPr></a:tc>",
                align(*side),
                run(text, self.language, (face, &solid(colour, 100_000)))
            )
        };
        let cells: String = cells.iter().zip(sides).map(cell).collect();
        format!("<a:tr h=\"{}\">{cells}</a:tr>", emu(face.size * ROW))
    }

    fn text(&mut self, place: String, wrap: &str, words: &str) {
        let id = self.id();
        self.list.push(format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Text {id}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>{place}\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>\
             <a:bodyPr wrap=\"{wrap}\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" rtlCol=\"0\"/><a:lstStyle/>{words}</p:txBody></p:sp>"
        ));
    }

    fn paragraph(&self, paragraph: &Paragraph) -> String {
        let after = paragraph.gap;
        format!(
            "<a:p><a:pPr algn=\"{}\"><a:spcAft><a:spcPts val=\"{:.0}\"/></a:spcAft></a:pPr>{}</a:p>",
            align(paragraph.side),
            after * 100.0,
            run(
                &paragraph.text,
                self.language,
                (paragraph.face, &solid(paragraph.colour, 100_000))
            )
        )
    }

    /// The number of the next shape; 1 is the tree itself.
    const fn id(&self) -> usize {
        self.list.len() + 2
    }
}

/// The shapes of a page of notes: the slide and the words of the speaker.
pub(super) fn notes_tree(notes: &str, language: &'_ str) -> String {
    let line = |line: &str| {
        format!(
            "<a:p><a:r><a:rPr lang=\"{language}\"/><a:t>{}</a:t></a:r></a:p>",
            escaped(line)
        )
    };
    let words: String = notes.lines().map(line).collect();
    let words = if words.is_empty() {
        format!("<a:p><a:endParaRPr lang=\"{language}\"/></a:p>")
    } else {
        words
    };
    tree(&format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide Image\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" \
         noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>\
         <p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"body\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{words}</p:txBody></p:sp>"
    ))
}

/// A tree of shapes.
pub(super) fn tree(shapes: &str) -> String {
    format!(
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>\
         <a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm>\
         </p:grpSpPr>{shapes}</p:spTree>"
    )
}

/// A length in points in the units of the format.
pub(super) fn emu(points: f64) -> String {
    format!("{:.0}", points * UNITS)
}

/// A colour as six hexadecimal digits.
pub(super) fn hex(colour: RGBColor) -> String {
    format!("{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

fn solid(colour: RGBColor, alpha: u32) -> String {
    let alpha = if alpha == 100_000 {
        String::new()
    } else {
        format!("<a:alpha val=\"{alpha}\"/>")
    };
    format!(
        "<a:solidFill><a:srgbClr val=\"{}\">{alpha}</a:srgbClr></a:solidFill>",
        hex(colour)
    )
}

fn run(text: &str, language: &str, (face, fill): (Face, &str)) -> String {
    let bold = if face.weight == Weight::Bold {
        " b=\"1\""
    } else {
        ""
    };
    format!(
        "<a:r><a:rPr lang=\"{language}\" sz=\"{:.0}\"{bold} dirty=\"0\">{fill}<a:latin typeface=\"{FONT}\"/>\
         <a:cs typeface=\"{FONT}\"/></a:rPr><a:t>{}</a:t></a:r>",
        face.size * 100.0,
        escaped(text)
    )
}

const fn align(side: Side) -> &'static str {
    match side {
        Side::Left => "l",
        Side::Right => "r",
    }
}

fn place(area: Area, turn: i32) -> String {
    let turn = if turn == 0 {
        String::new()
    } else {
        format!(" rot=\"{}\"", turn.rem_euclid(360 * 60_000))
    };
    format!("<a:xfrm{turn}>{}</a:xfrm>", corners(area))
}

fn frame(area: Area) -> String {
    format!("<p:xfrm>{}</p:xfrm>", corners(area))
}

fn corners(area: Area) -> String {
    format!(
        "<a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/>",
        emu(area.left),
        emu(area.top),
        emu(area.width),
        emu(area.height)
    )
}
