//! What stands around every slide: title, line, marks, foot and number.

use super::area::{Area, HEIGHT, WIDTH};
use super::block::{Block, Paragraph, Side};
use super::{Level, Slide};
use crate::charts::style::{DEADLINE, MUTED, SYNTHETIC, TRANSFERRED};
use crate::pack::about::About;

/// The blocks of a slide with its frame; `number` counts from 1.
pub(crate) fn framed(slide: &Slide, number: usize, about: &About) -> Vec<Block> {
    let size = if slide.level == Level::Main {
        24.0
    } else {
        20.0
    };
    let title = Paragraph::new(slide.title.as_str(), size)
        .bold()
        .coloured(TRANSFERRED);
    let mut blocks = vec![
        Block::Field(Area::new(0.0, 0.0, WIDTH, 8.0), TRANSFERRED),
        Block::Words(Area::new(36.0, 28.0, 700.0, 44.0), vec![title]),
        Block::Field(Area::new(36.0, HEIGHT - 38.0, WIDTH - 72.0, 0.75), MUTED),
    ];
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
        blocks.push(Block::Words(Area::new(36.0, 14.0, 500.0, 14.0), vec![mark]));
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
