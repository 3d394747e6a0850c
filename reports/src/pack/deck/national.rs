//! The slides on the nation.

use plotters::style::RGBColor;

use super::area::{Area, CONTENT};
use super::block::{Block, Paragraph, fitted};
use super::tables::{grid, rows_in};
use super::{Level, Slide, charts};
use crate::charts::style::{CAMPAIGN, DEADLINE, ENTERED, MUTED, TRANSFERRED};
use crate::illustrate::ChartName;
use crate::model::Group;
use crate::pack::Pack;
use crate::pack::cell::Cell;
use crate::pack::prose::{GROUPS, Section, figure, movers};
use crate::pack::table::Table;
use crate::words::group_name;

/// The ground of a field with words.
const WASH: RGBColor = RGBColor(0xF1, 0xF4, 0xF8);

/// The columns of the table of units that did most, and their widths in parts.
const MOVERS: [(&str, f64); 4] = [("name", 1.6), ("work", 1.0), ("scope", 1.0), ("share", 0.8)];

/// The columns of the table of units without a report.
const MISSING: [(&str, f64); 4] = [
    ("name", 1.5),
    ("state", 1.3),
    ("last_week", 1.0),
    ("weeks_missing", 1.1),
];

/// The columns of the table of corrected figures.
const CORRECTIONS: [(&str, f64); 5] = [
    ("name", 1.4),
    ("as_of", 1.0),
    ("stage", 1.4),
    ("before", 0.9),
    ("after", 0.9),
];

/// The slides, in the order of the report.
pub(super) fn slides(pack: &Pack) -> Vec<Slide> {
    let prose = &pack.prose;
    let mut slides = vec![cover(pack), figures(pack)];
    slides.extend(charts::slide(pack, ChartName::BurnUp));
    slides.push(groups(pack));
    let of_units = [
        ChartName::Ranking,
        ChartName::Tiles,
        ChartName::Timeline,
        ChartName::Pace,
        ChartName::Multiples,
        ChartName::StageGap,
        ChartName::Throughput,
        ChartName::Submissions,
    ];
    slides.extend(
        of_units
            .map(|name| charts::slide(pack, name))
            .into_iter()
            .flatten(),
    );
    let movers: Vec<Vec<Cell>> = movers(&pack.tables.provinces)
        .into_iter()
        .cloned()
        .collect();
    let movers = Table {
        rows: movers,
        ..pack.tables.provinces.clone()
    };
    slides.push(beside(pack, &prose.change, (&movers, &MOVERS)));
    slides.push(beside(
        pack,
        &prose.meeting,
        (&pack.tables.corrections, &CORRECTIONS),
    ));
    slides.extend(charts::slide(pack, ChartName::Meeting));
    slides.push(words(pack, &prose.forecast));
    slides.push(beside(
        pack,
        &prose.reporting,
        (&pack.tables.missing, &MISSING),
    ));
    slides.push(words(pack, &prose.difficulties));
    let compared = [ChartName::Comparison, ChartName::Ageing];
    slides.extend(
        compared
            .map(|name| charts::slide(pack, name))
            .into_iter()
            .flatten(),
    );
    slides
}

fn cover(pack: &Pack) -> Slide {
    let about = &pack.about;
    let language = about.language();
    let ministry = about.t("Bộ Tư pháp", "Ministry of Justice");
    let line = |text: String, size| Paragraph::new(text, size);
    let mut words = vec![
        line(format!("{ministry} · {}", about.order.issuer), 16.0).coloured(MUTED),
        line(about.title().to_owned(), 40.0)
            .bold()
            .coloured(TRANSFERRED),
        line(about.cutoff_words(), 24.0),
        line(
            about
                .t(
                    "Tài liệu phục vụ cuộc họp lãnh đạo Bộ",
                    "For the meeting of the leadership",
                )
                .to_owned(),
            16.0,
        ),
    ];
    let dates = format!(
        "{} {} · {} {} · {}",
        about.t("Số liệu đến", "As of"),
        language.date(about.as_of),
        about.t("ghi nhận đến", "known on"),
        about.known_words(),
        about.coverage_words()
    );
    words.push(line(dates, 14.0).coloured(MUTED));
    let marks = [about.watermark(), about.synthetic_mark()];
    for mark in marks.into_iter().flatten() {
        words.push(line(mark.to_owned(), 18.0).bold().coloured(DEADLINE));
    }
    Slide {
        title: String::new(),
        level: Level::Main,
        blocks: vec![
            Block::Field(Area::new(36.0, 120.0, 8.0, 290.0), TRANSFERRED),
            Block::Words(Area::new(64.0, 130.0, 840.0, 300.0), words),
        ],
        notes: pack.prose.results.paragraphs.join("\n"),
    }
}

fn figures(pack: &Pack) -> Slide {
    let tiles = tiles(pack);
    let (upper, lower) = CONTENT.cut(270.0);
    let rows = upper.rows(2, 14.0);
    let places = rows.iter().flat_map(|row| row.columns(3, 14.0));
    let mut blocks = Vec::new();
    for (place, (label, number, note)) in places.zip(tiles) {
        blocks.push(Block::Field(place, WASH));
        blocks.push(Block::Field(
            Area {
                width: 5.0,
                ..place
            },
            TRANSFERRED,
        ));
        let words = vec![
            Paragraph::new(label, 14.0).coloured(MUTED),
            Paragraph::new(number, 30.0).bold(),
            Paragraph::new(note, 12.0).coloured(MUTED),
        ];
        blocks.push(Block::Words(place.inside(16.0), words));
    }
    let (_, lower) = lower.cut(16.0);
    let sentences = fitted(
        &pack.prose.results.paragraphs,
        lower,
        &[15.0, 14.0, 13.0, 12.0],
        more(pack),
    );
    blocks.push(Block::Words(lower, sentences));
    Slide {
        title: pack.tables.headline.title.to_owned(),
        level: Level::Main,
        blocks,
        notes: pack.prose.results.paragraphs.join("\n"),
    }
}

/// The key figures: what each is, the figure, and what stands below it.
fn tiles(pack: &Pack) -> [(&'static str, String, String); 6] {
    let about = &pack.about;
    let value = |key| figure(&pack.tables, about, key);
    let interval = format!("80%: {} – {}", or_later(pack, "p10"), or_later(pack, "p90"));
    [
        (
            about.t("Đã chuyển trên tổng số", "Transferred of total"),
            value("share"),
            format!("{} / {}", value("transferred"), value("total")),
        ),
        (
            about.t("Còn lại", "Remaining"),
            value("remaining"),
            about.t("trường hợp", "records").to_owned(),
        ),
        (
            about.t("Đã số hóa", "Entered"),
            value("entered"),
            about.t("trường hợp", "records").to_owned(),
        ),
        (
            about.t("Đơn vị đã báo cáo", "Units that reported"),
            format!("{} / {}", value("reporting"), value("expected")),
            about.t("trong tuần", "in the week").to_owned(),
        ),
        (
            about.t("Làm thêm trong kỳ", "Work done in the period"),
            value("work"),
            format!(
                "{} {}",
                value("compared"),
                about.t("đơn vị so sánh được", "units compared")
            ),
        ),
        (
            about.t("Dự báo hoàn thành (giữa)", "Forecast, median"),
            or_later(pack, "p50"),
            interval,
        ),
    ]
}

/// A day of the forecast, or that it lies after the horizon.
fn or_later(pack: &Pack, key: &str) -> String {
    let shown = figure(&pack.tables, &pack.about, key);
    if shown == "–" {
        pack.about.t("chưa thấy", "not in sight").to_owned()
    } else {
        shown
    }
}

fn groups(pack: &Pack) -> Slide {
    let about = &pack.about;
    let language = about.language();
    let provinces = &pack.tables.provinces;
    let mut blocks = Vec::new();
    for (place, group) in CONTENT.columns(4, 14.0).into_iter().zip(GROUPS) {
        let name = group_name(group);
        let name = name.in_language(language);
        let own = provinces
            .rows
            .iter()
            .filter(|row| provinces.cell(row, "group").plain() == name);
        let names: Vec<String> = own.map(|row| provinces.cell(row, "name").plain()).collect();
        let (head, body) = place.cut(70.0);
        blocks.push(Block::Field(place, WASH));
        blocks.push(Block::Field(
            Area {
                height: 5.0,
                ..place
            },
            colour(group),
        ));
        let count = Paragraph::new(names.len().to_string(), 28.0).bold();
        blocks.push(Block::Words(
            head.inside(12.0),
            vec![Paragraph::new(name, 14.0).bold().coloured(MUTED), count],
        ));
        let (_, body) = body.inside(12.0).cut(4.0);
        let sizes = [14.0, 13.0, 12.0, 11.0, 10.0];
        blocks.push(Block::Words(
            body,
            fitted(&[names.join(", ")], body, &sizes, more(pack)),
        ));
    }
    Slide {
        title: pack.prose.groups.heading.to_owned(),
        level: Level::Main,
        blocks,
        notes: pack.prose.groups.paragraphs.join("\n"),
    }
}

const fn colour(group: Group) -> RGBColor {
    match group {
        Group::Done => CAMPAIGN,
        Group::OnCourse => TRANSFERRED,
        Group::AtRisk => DEADLINE,
        Group::NoFigure => ENTERED,
    }
}

/// Sentences on the left, a table on the right; as many rows as the slide holds, the tables of the pack carry all.
fn beside(pack: &Pack, section: &Section, (table, columns): (&Table, &[(&str, f64)])) -> Slide {
    let mut slide = words(pack, section);
    if table.rows.is_empty() {
        return slide;
    }
    let halves = CONTENT.columns(2, 28.0);
    if let [left, right] = halves.as_slice() {
        let sizes = [18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.0];
        let words = fitted(&section.paragraphs, *left, &sizes, more(pack));
        let mut grid = grid(table, columns, pack.about.language(), (*right, 11.0));
        grid.rows.truncate(rows_in(*right, grid.size));
        slide.blocks = vec![Block::Words(*left, words), Block::Grid(*right, grid)];
    }
    slide
}

fn words(pack: &Pack, section: &Section) -> Slide {
    let sizes = [18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.0];
    Slide {
        title: section.heading.to_owned(),
        level: Level::Main,
        blocks: vec![Block::Words(
            CONTENT,
            fitted(&section.paragraphs, CONTENT, &sizes, more(pack)),
        )],
        notes: section.paragraphs.join("\n"),
    }
}

const fn more(pack: &Pack) -> &'static str {
    pack.about.t("mục nữa, xem báo cáo", "more, see the report")
}
