//! A slide for each unit: its figures and its chart.

use super::area::CONTENT;
use super::block::{Block, Paragraph};
use super::charts::beside;
use super::{Level, Slide};
use crate::charts::style::MUTED;
use crate::pack::Pack;
use crate::pack::ProvincePage;
use crate::pack::cell::Cell;

/// What stands beside the chart.
const SHOWN: [&str; 10] = [
    "share",
    "total",
    "entered",
    "transferred",
    "remaining",
    "work",
    "actual_rate",
    "required_rate",
    "deadline",
    "chance",
];

/// The slides of all units.
pub(super) fn slides(pack: &Pack) -> Vec<Slide> {
    let rows = pack.tables.provinces.rows.iter();
    let pages = rows.zip(&pack.provinces);
    pages.map(|(row, page)| slide(pack, row, page)).collect()
}

fn slide(pack: &Pack, row: &[Cell], page: &ProvincePage) -> Slide {
    let table = &pack.tables.provinces;
    let shown = |key: &str| table.cell(row, key).shown(pack.about.language());
    let mut words = vec![Paragraph::new(shown("outlook"), 11.5)];
    for key in SHOWN {
        let heading = table.headings(&[key]).concat();
        words.push(Paragraph::new(heading, 9.5).coloured(MUTED).close());
        words.push(Paragraph::new(shown(key), 12.5).bold());
    }
    let (mut left, mut right) = (CONTENT, CONTENT);
    left.width = 170.0;
    right.left += 182.0;
    right.width -= 182.0;
    let outlook = format!("{}: {}", shown("name"), shown("outlook"));
    Slide {
        topic: shown("name"),
        title: format!("{}: {} · {}", shown("name"), shown("share"), shown("group")),
        level: Level::Under,
        blocks: vec![
            Block::Words(left, words),
            beside(right, &page.graph, &page.chart),
        ],
        notes: outlook,
    }
}
