//! What stands around every slide: title, line, marks, foot and number.

use super::area::{Area, HEIGHT, WIDTH};
use super::block::{Block, Paragraph, Side};
use super::{Level, Slide};
use crate::charts::style::{DEADLINE, MUTED, SYNTHETIC, TRANSFERRED};
use crate::pack::about::About;

/// The place of the title.
const TITLE: Area = Area::new(36.0, 30.0, 888.0, 52.0);

/// The title in the largest size in which it fits.
fn title(text: &str) -> Paragraph {
    let sized = |size| {
        Paragraph::new(text, size)
            .bold()
            .coloured(TRANSFERRED)
            .close()
    };
    let sizes = [24.0, 22.0, 19.0, 17.0, 15.0, 13.0];
    let fits = |one: &Paragraph| one.height(TITLE.width) <= TITLE.height;
    sizes
        .map(sized)
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| sized(12.0))
}

/// The blocks of a slide with its frame; `number` counts from 1.
pub(crate) fn framed(slide: &Slide, number: usize, about: &About) -> Vec<Block> {
    let mut blocks = vec![
        Block::Field(Area::new(0.0, 0.0, WIDTH, 8.0), TRANSFERRED),
        Block::Words(TITLE, vec![title(&slide.title)]),
        Block::Field(Area::new(36.0, HEIGHT - 38.0, WIDTH - 72.0, 0.75), MUTED),
    ];
    if slide.level == Level::Main && slide.topic != slide.title {
        let topic = Paragraph::new(slide.topic.as_str(), 10.0).coloured(MUTED);
        blocks.push(Block::Words(
            Area::new(36.0, 14.0, 330.0, 14.0),
            vec![topic],
        ));
    }
    if let Some(mark) = about.synthetic_mark() {
        let mark = Paragraph::new(mark, 9.0)
            .bold()
            .coloured(SYNTHETIC)
            .on(Side::Right);
        blocks.push(Block::Words(
            Area::new(640.0, 14.0, 284.0, 14.0),
            vec![mark],
        ));
    }
    if let Some(mark) = about.watermark() {
        let mark = Paragraph::new(mark, 9.0).bold().coloured(DEADLINE);
        blocks.push(Block::Words(
            Area::new(380.0, 14.0, 280.0, 14.0),
            vec![mark],
        ));
    }
    let foot = Paragraph::new(about.foot(), 9.0).coloured(MUTED);
    blocks.push(Block::Words(
        Area::new(36.0, HEIGHT - 32.0, 820.0, 16.0),
        vec![foot],
    ));
    let number = Paragraph::new(number.to_string(), 10.0)
        .coloured(MUTED)
        .on(Side::Right);
    blocks.push(Block::Words(
        Area::new(864.0, HEIGHT - 33.0, 60.0, 16.0),
        vec![number],
    ));
    blocks.extend(slide.blocks.iter().cloned());
    blocks
}
