//! The slides as a presentation with charts and tables that can be edited. No kept library writes presentations, so this is the
//! least of the format (ECMA-376, part 1, chapters 19 to 21) that the slides need; the order of elements is the
//! schema's.

mod chart;
mod design;
mod shapes;

use super::Pack;
use super::deck::{Area, Block, HEIGHT, Slide, WIDTH, framed, slides};
use super::error::PackError;
use super::file::PackFile;
use super::graph::Graph;
use super::ooxml::{Package, escaped};
use super::xlsx::graph_book;
use shapes::{Shapes, emu};

/// The names of everything on a slide.
const NAMES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

/// The folder of slides and everything they relate to.
const MAIN: &str = "ppt/presentation.xml";

/// Writes the presentation.
pub(crate) fn render(pack: &Pack) -> Result<Vec<PackFile>, PackError> {
    let about = &pack.about;
    let slides = slides(pack)?;
    let mut deck = Presentation::default();
    let title = format!("{}. {}", about.title(), about.cutoff_words());
    deck.package.properties(MAIN, (&title, &about.order.issuer));
    design::write(&mut deck.package);
    for (number, slide) in (1..).zip(&slides) {
        let blocks = framed(slide, number, about);
        deck.slide(
            number,
            slide,
            (&blocks, about.watermark()),
            about.language().pick("vi-VN", "en-GB"),
        )?;
    }
    deck.main(slides.len());
    let bytes = deck.package.finish()?;
    Ok(vec![PackFile::new(
        format!("{}.pptx", about.file_stem()),
        bytes,
    )])
}

/// A presentation while it is put together.
#[derive(Default)]
struct Presentation {
    package: Package,
    charts: usize,
}

impl Presentation {
    /// Adds a slide with its notes and charts.
    fn slide(
        &mut self,
        number: usize,
        slide: &Slide,
        (blocks, watermark): (&[Block], Option<&str>),
        language: &'static str,
    ) -> Result<(), PackError> {
        let mut relations = vec![
            ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
            (
                "notesSlide",
                format!("../notesSlides/notesSlide{number}.xml"),
            ),
        ];
        let mut shapes = Shapes::new(language);
        for block in blocks {
            self.block(block, &mut shapes, &mut relations)?;
        }
        if let Some(mark) = watermark {
            shapes.watermark(mark);
        }
        let path = format!("ppt/slides/slide{number}.xml");
        let xml = format!(
            "<p:sld {NAMES}><p:cSld name=\"{}\">{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
            escaped(&slide.topic),
            shapes.tree()
        );
        self.package
            .part(&path, "officedocument.presentationml.slide", &xml);
        self.package.relations(&path, &relations);
        self.notes(number, &slide.notes, language);
        Ok(())
    }

    fn block(
        &mut self,
        block: &Block,
        shapes: &mut Shapes,
        relations: &mut Vec<(&'static str, String)>,
    ) -> Result<(), PackError> {
        match block {
            Block::Field(area, colour) => shapes.field(*area, *colour),
            Block::Words(area, paragraphs) => shapes.words(*area, paragraphs),
            Block::Grid(area, grid) => shapes.grid(*area, grid),
            Block::Chart(_, native, drawn) => {
                shapes.describe(&drawn.description);
                for block in native {
                    self.block(block, shapes, relations)?;
                }
            }
            Block::Graph(area, graph) => {
                let chart = self.chart(graph, shapes.language())?;
                relations.push(("chart", format!("../charts/chart{chart}.xml")));
                shapes.chart(*area, (relations.len(), graph.title.as_str()));
            }
        }
        Ok(())
    }

    fn notes(&mut self, number: usize, notes: &str, language: &str) {
        let path = format!("ppt/notesSlides/notesSlide{number}.xml");
        let xml = format!(
            "<p:notes {NAMES}><p:cSld>{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
            shapes::notes_tree(notes, language)
        );
        self.package
            .part(&path, "officedocument.presentationml.notesSlide", &xml);
        self.package.relations(
            &path,
            &[
                ("notesMaster", "../notesMasters/notesMaster1.xml".to_owned()),
                ("slide", format!("../slides/slide{number}.xml")),
            ],
        );
    }

    /// Adds a chart with the workbook behind it and gives its number.
    fn chart(&mut self, graph: &Graph, language: &str) -> Result<usize, PackError> {
        self.charts += 1;
        let number = self.charts;
        let path = format!("ppt/charts/chart{number}.xml");
        self.package.part(
            &path,
            "officedocument.drawingml.chart",
            &chart::xml(graph, language),
        );
        let book = format!("embeddings/Microsoft_Excel_Sheet{number}.xlsx");
        self.package
            .relations(&path, &[("package", format!("../{book}"))]);
        self.package
            .binary(&format!("ppt/{book}"), graph_book(graph)?);
        Ok(number)
    }

    /// Adds the part that lists all slides.
    fn main(&mut self, slides: usize) {
        let mut relations = vec![
            ("slideMaster", "slideMasters/slideMaster1.xml".to_owned()),
            ("notesMaster", "notesMasters/notesMaster1.xml".to_owned()),
            ("theme", "theme/theme1.xml".to_owned()),
        ];
        relations.extend((1..=slides).map(|number| ("slide", format!("slides/slide{number}.xml"))));
        let ids: String = (1..=slides)
            .map(|number| {
                format!(
                    "<p:sldId id=\"{}\" r:id=\"rId{}\"/>",
                    255 + number,
                    3 + number
                )
            })
            .collect();
        let whole = Area::new(0.0, 0.0, WIDTH, HEIGHT);
        let xml = format!(
            "<p:presentation {NAMES} saveSubsetFonts=\"1\"><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" \
             r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst>\
             <p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx=\"{}\" cy=\"{}\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>\
             </p:presentation>",
            emu(whole.width),
            emu(whole.height)
        );
        self.package.part(
            MAIN,
            "officedocument.presentationml.presentation.main",
            &xml,
        );
        self.package.relations(MAIN, &relations);
    }
}
