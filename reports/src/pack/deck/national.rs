//! The slides on the nation, in the order in which a meeting asks: the answer, when, who, what holds it up, what changed, who is
//! silent.

use plotters::style::RGBColor;

use super::area::{Area, CONTENT};
use super::block::{Block, Paragraph, fitted};
use super::tables::{grid, rows_in};
use super::{Level, Slide, WASH, charts, more, summary};
use crate::charts::style::{CAMPAIGN, DEADLINE, ENTERED, MUTED, TRANSFERRED};
use crate::illustrate::ChartName;
use crate::model::Group;
use crate::pack::Pack;
use crate::pack::cell::Cell;
use crate::pack::prose::{GROUPS, Section, figure, movers};
use crate::pack::table::Table;
use crate::words::group_name;

/// The sizes that sentences are tried in.
const SIZES: [f64; 7] = [18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.0];

/// The columns of the table of units that did most, and their widths in parts.
const MOVERS: [(&str, f64); 4] = [("name", 1.6), ("work", 1.0), ("scope", 1.0), ("share", 0.8)];

/// The columns of the table of units that are done last.
const LATEST: [(&str, f64); 4] = [("name", 1.6), ("p10", 1.0), ("p50", 1.1), ("p90", 1.1)];

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

/// The slides.
pub(super) fn slides(pack: &Pack) -> Vec<Slide> {
    let chart = |name| charts::slide(pack, name);
    let mut slides = vec![summary::slide(pack)];
    slides.extend(chart(ChartName::BurnUp));
    slides.push(forecast(pack));
    slides.push(groups(pack));
    let of_units = [
        ChartName::Timeline,
        ChartName::Pace,
        ChartName::Ranking,
        ChartName::Tiles,
        ChartName::Multiples,
        ChartName::StageGap,
        ChartName::Throughput,
    ];
    slides.extend(of_units.into_iter().filter_map(chart));
    slides.push(change(pack));
    slides.extend(chart(ChartName::Meeting));
    slides.extend(corrections(pack));
    slides.push(reporting(pack));
    slides.extend(chart(ChartName::Submissions));
    let compared = [ChartName::Comparison, ChartName::Ageing];
    slides.extend(compared.into_iter().filter_map(chart));
    slides
}

/// Sentences on the left; on the right a table, as many rows as the slide holds, the tables of the pack carry all.
fn beside(
    pack: &Pack,
    (title, sections): (String, &[&Section]),
    (table, columns): (&Table, &[(&str, f64)]),
) -> Slide {
    let paragraphs: Vec<String> = sections
        .iter()
        .flat_map(|section| section.paragraphs.iter().cloned())
        .collect();
    let topic = sections.first().map_or("", |section| section.heading);
    let words = |place| fitted(&paragraphs, place, &SIZES, more(pack));
    let blocks = match CONTENT.columns(2, 28.0).as_slice() {
        [left, right] if !table.rows.is_empty() => {
            let mut grid = grid(table, columns, pack.about.language(), (*right, 11.0));
            grid.rows.truncate(rows_in(*right, grid.size));
            vec![Block::Words(*left, words(*left)), Block::Grid(*right, grid)]
        }
        _ => vec![Block::Words(CONTENT, words(CONTENT))],
    };
    Slide {
        topic: topic.to_owned(),
        title,
        level: Level::Main,
        blocks,
        notes: paragraphs.join("\n"),
    }
}

/// A table with some of its rows.
fn of_rows(table: &Table, rows: Vec<&Vec<Cell>>) -> Table {
    Table {
        rows: rows.into_iter().cloned().collect(),
        ..table.clone()
    }
}

/// When it is finished, and the units that are last.
fn forecast(pack: &Pack) -> Slide {
    let provinces = &pack.tables.provinces;
    let median = |row: &Vec<Cell>| match provinces.cell(row, "p50") {
        Cell::Day(day) => Some(*day),
        _ => None,
    };
    let mut latest: Vec<&Vec<Cell>> = provinces.rows.iter().collect();
    latest.retain(|row| median(row).is_some());
    latest.sort_by_key(|row| std::cmp::Reverse(median(row)));
    let section = &pack.prose.forecast;
    let title = section.paragraphs.first().cloned().unwrap_or_default();
    let title = title.trim_end_matches('.').to_owned();
    beside(
        pack,
        (title, &[section]),
        (&of_rows(provinces, latest), &LATEST),
    )
}

/// What changed since the cut-off before and since the last meeting, and who did most.
fn change(pack: &Pack) -> Slide {
    let provinces = &pack.tables.provinces;
    let about = &pack.about;
    let work = figure(&pack.tables, about, "work");
    let title = match work.as_str() {
        "–" => pack.prose.change.heading.to_owned(),
        work => format!(
            "{}: {work}",
            about.t("Làm thêm từ kỳ trước", "Done since the cut-off before")
        ),
    };
    let movers = of_rows(provinces, movers(provinces));
    let sections = [&pack.prose.change, &pack.prose.meeting];
    beside(pack, (title, &sections), (&movers, &MOVERS))
}

/// The figures that were corrected since the last meeting; `None` where there are none.
fn corrections(pack: &Pack) -> Option<Slide> {
    let table = &pack.tables.corrections;
    let title = table.title.to_owned();
    let slide = || beside(pack, (title, &[&pack.prose.meeting]), (table, &CORRECTIONS));
    (!table.rows.is_empty()).then(slide)
}

/// Who reported, who did not, and the difficulties that were named.
fn reporting(pack: &Pack) -> Slide {
    let finding = pack.prose.finding(ChartName::Submissions);
    let title = finding.unwrap_or(pack.prose.reporting.heading).to_owned();
    let sections = [&pack.prose.reporting, &pack.prose.difficulties];
    beside(pack, (title, &sections), (&pack.tables.missing, &MISSING))
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
        let (head, body) = place.cut(78.0);
        let head_line = Area {
            height: 4.0,
            ..place
        };
        blocks.push(Block::Field(place, WASH));
        blocks.push(Block::Field(head_line, colour(group)));
        let count = Paragraph::new(names.len().to_string(), 28.0).bold();
        let name = Paragraph::new(name, 14.0).bold().coloured(MUTED);
        blocks.push(Block::Words(head.inside(12.0), vec![name, count]));
        let (_, body) = body.inside(12.0).cut(4.0);
        let sizes = [14.0, 13.0, 12.0, 11.0, 10.0];
        let names = fitted(&[names.join(", ")], body, &sizes, more(pack));
        blocks.push(Block::Words(body, names));
    }
    Slide {
        topic: pack.prose.groups.heading.to_owned(),
        title: pack.prose.groups_in_short.clone(),
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
