//! The slides as a PDF: vector charts, text that can be selected and searched, bookmarks, the letters used of our font.

mod draw;
mod fonts;

use krilla::destination::XyzDestination;
use krilla::geom::{Point, Size};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

use super::Pack;
use super::deck::{HEIGHT, Level, Slide, WIDTH, framed, slides};
use super::error::PackError;
use super::file::PackFile;
use draw::Pen;
use fonts::Fonts;

/// Writes the slides.
pub(crate) fn render(pack: &Pack) -> Result<Vec<PackFile>, PackError> {
    let about = &pack.about;
    let fonts = Fonts::new()?;
    let mut document = Document::new_with(SerializeSettings::default());
    let slides = slides(pack)?;
    for (number, slide) in (1..).zip(&slides) {
        page(
            &mut document,
            &fonts,
            (&framed(slide, number, about), about.watermark()),
        )?;
    }
    document.set_outline(outline(&slides));
    let title = format!("{}. {}", about.title(), about.cutoff_words());
    document.set_metadata(
        Metadata::new()
            .title(title)
            .description(about.foot())
            .authors(vec![about.order.issuer.clone()])
            .language(about.language().key().to_owned()),
    );
    let bytes = document
        .finish()
        .map_err(|error| PackError::Pdf(format!("{error:?}")))?;
    Ok(vec![PackFile::new(
        format!("{}.pdf", about.file_stem()),
        bytes,
    )])
}

fn page(
    document: &mut Document,
    fonts: &Fonts,
    (blocks, watermark): (&[super::deck::Block], Option<&str>),
) -> Result<(), PackError> {
    let size = Size::from_wh(draw::narrow(WIDTH), draw::narrow(HEIGHT));
    let size = size.ok_or_else(|| PackError::Pdf("the page has no size".to_owned()))?;
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    let mut pen = Pen {
        surface: &mut surface,
        fonts,
    };
    for block in blocks {
        pen.block(block)?;
    }
    if let Some(mark) = watermark {
        pen.watermark(mark);
    }
    surface.finish();
    page.finish();
    Ok(())
}

/// The bookmarks: slides of a kind under the first of them.
fn outline(slides: &[Slide]) -> Outline {
    let node = |(number, slide): (usize, &Slide)| {
        let place = XyzDestination::new(number, Point::from_xy(0.0, 0.0));
        OutlineNode::new(slide.topic.clone(), place)
    };
    let mut tops: Vec<OutlineNode> = Vec::new();
    for (number, slide) in slides.iter().enumerate() {
        let node = node((number, slide));
        match (slide.level, tops.last_mut()) {
            (Level::Under, Some(top)) => top.push_child(node),
            _ => tops.push(node),
        }
    }
    let mut outline = Outline::new();
    for top in tops {
        outline.push_child(top);
    }
    outline
}
