//! The first slide: the whole answer for a reader with five minutes.

use plotters::style::RGBColor;

use super::area::{Area, CONTENT};
use super::block::{Block, Grid, Paragraph, Side, fitted};
use super::{Level, Slide, WASH, more};
use crate::charts::style::{
    CAMPAIGN, DEADLINE, ENTERED, ENTERED_BAR, GRID, INK, MUTED, TRANSFERRED,
};
use crate::pack::Pack;
use crate::pack::cell::{Cell, cut};
use crate::pack::prose::{figure, key_cell};

/// The room inside a card.
const EDGE: f64 = 14.0;

/// The height of the bar of what is done.
const BAR: f64 = 9.0;

/// The sizes that the lines of a card are tried in.
const SIZES: [f64; 4] = [13.5, 12.5, 11.5, 10.5];

/// The slide.
pub(super) fn slide(pack: &Pack) -> Slide {
    let (upper, lower) = CONTENT.cut(248.0);
    let (line, upper) = upper.cut(26.0);
    let mut blocks = vec![Block::Words(line, vec![subtitle(pack)])];
    let drawn = [standing, outlook, holders];
    for (place, draw) in upper.columns(3, 14.0).into_iter().zip(drawn) {
        blocks.extend(draw(pack, place));
    }
    let (_, lower) = lower.cut(14.0);
    blocks.extend(decisions(pack, lower));
    let about = &pack.about;
    let ministry = about.t("Bộ Tư pháp", "Ministry of Justice");
    Slide {
        topic: format!("{ministry} · {}", about.order.issuer),
        title: pack.prose.answer.sentence.clone(),
        level: Level::Main,
        blocks,
        notes: [&pack.prose.results, &pack.prose.decisions]
            .map(|section| section.paragraphs.join("\n"))
            .join("\n"),
    }
}

fn subtitle(pack: &Pack) -> Paragraph {
    let about = &pack.about;
    let meeting = about.t(
        "Tài liệu phục vụ cuộc họp lãnh đạo Bộ",
        "For the meeting of the leadership",
    );
    let words = format!("{} · {} · {meeting}", about.title(), about.cutoff_words());
    Paragraph::new(words, 12.5).coloured(MUTED)
}

/// A card with its question; the room below it.
fn card(place: Area, question: &str, colour: RGBColor) -> (Vec<Block>, Area) {
    let head = Paragraph::new(question, 12.5).bold().coloured(MUTED);
    let inside = place.inside(EDGE);
    let (line, rest) = inside.cut(22.0);
    let blocks = vec![
        Block::Field(place, WASH),
        Block::Field(
            Area {
                height: 4.0,
                ..place
            },
            colour,
        ),
        Block::Words(line, vec![head]),
    ];
    (blocks, rest)
}

fn large(text: String, colour: RGBColor) -> Vec<Paragraph> {
    vec![Paragraph::new(text, 34.0).bold().coloured(colour).close()]
}

fn standing(pack: &Pack, place: Area) -> Vec<Block> {
    let about = &pack.about;
    let (mut blocks, rest) = card(
        place,
        about.t("Đang ở đâu?", "Where do we stand?"),
        TRANSFERRED,
    );
    let (number, rest) = rest.cut(48.0);
    let share = figure(&pack.tables, about, "share");
    blocks.push(Block::Words(number, large(share, TRANSFERRED)));
    let (bar, rest) = rest.cut(BAR + 12.0);
    let bar = Area { height: BAR, ..bar };
    let part = |part: f64, colour| {
        let width = bar.width * part.clamp(0.0, 1.0);
        Block::Field(Area { width, ..bar }, colour)
    };
    blocks.push(part(1.0, GRID));
    if let Some(entered) = part_of_total(pack, "entered") {
        blocks.push(part(entered, ENTERED_BAR));
    }
    if let Cell::Share(share) = key_cell(&pack.tables.headline, "share") {
        blocks.push(part(cut(*share), TRANSFERRED));
    }
    let lines = fitted(&pack.prose.answer.standing, rest, &SIZES, more(pack));
    blocks.push(Block::Words(rest, lines));
    blocks
}

/// A key figure as a part of the total, for the length of a bar.
fn part_of_total(pack: &Pack, key: &str) -> Option<f64> {
    let number = |key| match key_cell(&pack.tables.headline, key) {
        Cell::Number(number) => Some(crate::pack::graph::real(*number)),
        _ => None,
    };
    let total = number("total").filter(|total| *total > 0.0)?;
    Some(number(key)? / total)
}

fn outlook(pack: &Pack, place: Area) -> Vec<Block> {
    let answer = &pack.prose.answer;
    let colour = if answer.in_danger { DEADLINE } else { CAMPAIGN };
    let question = pack.about.t("Có kịp không?", "Will it be in time?");
    let (mut blocks, rest) = card(place, question, colour);
    let (number, rest) = rest.cut(54.0);
    let (figure, lines) = &answer.outlook;
    blocks.push(Block::Words(number, large(figure.clone(), colour)));
    let lines = fitted(lines, rest, &SIZES, more(pack));
    blocks.push(Block::Words(rest, lines));
    blocks
}

fn holders(pack: &Pack, place: Area) -> Vec<Block> {
    let about = &pack.about;
    let question = about.t("Phần còn lại ở đâu?", "Who holds the rest?");
    let (mut blocks, rest) = card(place, question, ENTERED);
    let (table, rest) = rest.cut(114.0);
    let headings = [
        about.t("Địa phương", "Province"),
        about.t("Còn lại", "Remaining"),
        about.t("Đã xong", "Done"),
    ];
    let grid = Grid {
        parts: vec![1.8, 1.2, 0.8],
        sides: vec![Side::Left, Side::Right, Side::Right],
        headings: headings.map(str::to_owned).into(),
        rows: pack.prose.answer.holders.clone(),
        size: 11.0,
    };
    blocks.push(Block::Grid(table, grid));
    let lines = fitted(
        &pack.prose.answer.held,
        rest,
        &[12.0, 11.0, 10.0],
        more(pack),
    );
    blocks.push(Block::Words(rest, lines));
    blocks
}

/// What is asked of the meeting, in two columns.
fn decisions(pack: &Pack, place: Area) -> Vec<Block> {
    let section = &pack.prose.decisions;
    let head = Paragraph::new(section.heading, 14.0)
        .bold()
        .coloured(TRANSFERRED);
    let (line, rest) = place.cut(24.0);
    let mut blocks = vec![Block::Words(line, vec![head])];
    let numbered: Vec<String> = (1..)
        .zip(&section.paragraphs)
        .map(|(number, text)| format!("{number}. {text}"))
        .collect();
    let half = numbered.len().div_ceil(2).max(1);
    for (column, texts) in rest.columns(2, 24.0).into_iter().zip(numbered.chunks(half)) {
        let sizes = [15.0, 14.0, 13.0, 12.0, 11.0, 10.0];
        let words = fitted(texts, column, &sizes, more(pack));
        let words = words.into_iter().map(|one| one.coloured(INK));
        blocks.push(Block::Words(column, words.collect()));
    }
    blocks
}
