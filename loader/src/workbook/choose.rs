//! Chooses the sheet of a workbook by its headers and makes its cells plain: days, percentages, merged cells.

use store::domain::Text;

use super::cells::day_of_serial;
use super::kind::Container;
use super::open::{Workbook, open};
use super::refused::Refusal;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::header_rows::most_known_headers;
use crate::layout::{Layout, find_layout};
use crate::read::{ReadFile, Table};
use crate::rule::Rule;
use crate::template::SHEETS_BESIDE;

/// Columns that say what a row is about: a cell merged over some rows speaks for all of them.
const ABOUT: [Column; 9] = [
    Column::ProvinceCode,
    Column::Province,
    Column::SubUnit,
    Column::AsOf,
    Column::RecordType,
    Column::Route,
    Column::CountUnit,
    Column::Week,
    Column::ComparedStage,
];

/// Decimals of a percentage that are read.
const DECIMALS: usize = 6;

/// A sheet that was looked at.
struct Candidate {
    name: String,
    table: Table,
    layout: Option<Layout>,
}

/// Reads the sheet that holds a form; `None` where there is none, which a finding then explains.
pub(crate) fn read_workbook(
    bytes: &[u8],
    container: Container,
    findings: &mut Findings,
) -> Option<ReadFile> {
    match read(bytes, container, findings) {
        Ok(file) => Some(file),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}

fn read(bytes: &[u8], container: Container, findings: &mut Findings) -> Result<ReadFile, Refusal> {
    let mut book = open(bytes, container)?;
    let mut candidates = Vec::new();
    let mut hidden = Vec::new();
    for sheet in book.sheets() {
        if !sheet.visible {
            hidden.push(sheet.name);
            continue;
        }
        let table = book.table(&sheet.name)?;
        if !table.rows.is_empty() {
            let layout = find_layout(&table, &mut Findings::of_file(""));
            candidates.push(Candidate {
                name: sheet.name,
                table,
                layout,
            });
        }
    }
    let chosen = choose(&candidates).ok_or_else(|| Box::new(no_visible_sheet(&hidden)))?;
    let chosen = candidates.remove(chosen);
    findings.set_sheet(&chosen.name);
    for finding in other_sheets(&candidates, &hidden) {
        findings.push(finding);
    }
    let mut table = chosen.table;
    if let Some(layout) = &chosen.layout {
        fill_merged(&mut table, layout, &mut book, &chosen.name)?;
        write_days(&mut table, layout, book.counts_from_1904());
        write_percents(&mut table, layout);
        for place in book.formulas_without_value(&chosen.name)? {
            findings_without_value(place, layout, &table, findings);
        }
        book.hidden(&chosen.name).say(layout, &table, findings);
    }
    Ok(ReadFile {
        encoding: book.kind().name().to_owned(),
        delimiter: None,
        sheet: Some(chosen.name),
        table,
        rest: None,
    })
}

/// The first sheet with a form, or the one that comes nearest to it, so that the receipt can say what is missing there.
fn choose(candidates: &[Candidate]) -> Option<usize> {
    let with_form = candidates
        .iter()
        .position(|candidate| candidate.layout.is_some());
    with_form.or_else(|| {
        let known = candidates
            .iter()
            .map(|candidate| most_known_headers(&candidate.table));
        let nearest = known.enumerate().rev().max_by_key(|(_, known)| *known);
        nearest.map(|(place, _)| place)
    })
}

fn no_visible_sheet(hidden: &[String]) -> Finding {
    let message = if hidden.is_empty() {
        Text::new("bảng tính không có nội dung", "the workbook has no content")
    } else {
        let names = quoted(hidden.iter());
        Text::new(
            format!("bảng tính chỉ có nội dung ở trang tính ẩn: {names}"),
            format!("the workbook has content on hidden sheets only: {names}"),
        )
    };
    let fix = Text::new(
        "bỏ ẩn trang tính có bảng số liệu (Unhide), kiểm tra lại rồi gửi",
        "unhide the sheet with the table, look it over and send the workbook again",
    );
    Finding::error(Rule::EmptyFile, message, fix)
}

fn quoted<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("“{name}”")).collect();
    quoted.join(", ")
}

/// What the sender is told about the sheets that are not read: a second table could be the one that was meant.
fn other_sheets(others: &[Candidate], hidden: &[String]) -> Vec<Finding> {
    let of = |with_form: bool| {
        let chosen = others
            .iter()
            .filter(move |each| each.layout.is_some() == with_form);
        chosen.map(|each| &each.name)
    };
    let mut findings = Vec::new();
    if of(true).next().is_some() {
        let names = quoted(of(true));
        findings.push(Finding::query(
            Rule::OtherSheet,
            Text::new(
                format!("bảng tính có nhiều bảng theo biểu mẫu; chưa đọc trang tính: {names}"),
                format!("the workbook has several tables of a form; not read: {names}"),
            ),
            Text::new(
                "để trang tính cần đọc lên đầu và xóa các trang kia, hoặc gửi mỗi trang một tệp; nếu \
                 đúng trang đã đọc thì giải trình",
                "move the sheet that is meant to the front and delete the others, or send each in a \
                 file of its own; if the right one was read, say so in the explanation",
            ),
        ));
    }
    let mut unread: Vec<&String> = of(false).collect();
    unread.extend(hidden);
    // What the program itself put there holds no figures.
    unread.retain(|name| !SHEETS_BESIDE.iter().any(|beside| name.starts_with(beside)));
    if !unread.is_empty() {
        let names = quoted(unread.into_iter());
        findings.push(Finding::note(
            Rule::OtherSheet,
            Text::new(
                format!("không đọc các trang tính khác hoặc bị ẩn: {names}"),
                format!("other or hidden sheets were not read: {names}"),
            ),
            Text::new("không cần làm gì", "nothing to do"),
        ));
    }
    findings
}

/// Writes the value of a cell that is merged over some rows into each of them, in columns that say what a row is about.
/// A merged figure stays in its first row: it would be counted once a row.
fn fill_merged(
    table: &mut Table,
    layout: &Layout,
    book: &mut Workbook<'_>,
    sheet: &str,
) -> Result<(), Refusal> {
    // Merged areas do not overlap, so they hold no more cells than the sheet; a hostile file may say otherwise.
    let mut left = table.rows.len().saturating_mul(ABOUT.len());
    for area in book.merged(sheet)? {
        let (first, last) = (u64::from(area.start.0) + 1, u64::from(area.end.0) + 1);
        let column = usize::try_from(area.start.1).unwrap_or(usize::MAX);
        let known = layout.column_at(column);
        if first == last || !known.is_some_and(|column| ABOUT.contains(&column)) {
            continue;
        }
        let start = table.rows.partition_point(|row| row.line < first);
        let end = table.rows.partition_point(|row| row.line <= last);
        if start < layout.first_row() || end.saturating_sub(start) > left {
            continue;
        }
        left -= end.saturating_sub(start);
        let Some((row, below)) = table
            .rows
            .get_mut(start..end)
            .and_then(<[_]>::split_first_mut)
        else {
            continue;
        };
        let value = row.get(column).unwrap_or_default().to_owned();
        for row in below {
            row.set(column, &value);
        }
    }
    Ok(())
}

/// Writes the serial numbers of days that have no date format as days.
fn write_days(table: &mut Table, layout: &Layout, counts_from_1904: bool) {
    for column in [Column::AsOf, Column::PopulationAsOf] {
        rewrite(table, layout, column, |text| {
            day_of_serial(text, counts_from_1904)
        });
    }
}

/// Writes percentages as percentages. Where the format of cells is not known, a column of shares that never exceed 1 is
/// one that Excel shows in percent.
fn write_percents(table: &mut Table, layout: &Layout) {
    let Some(place) = layout.place(Column::Percent) else {
        return;
    };
    let below = table.rows.iter().skip(layout.first_row());
    let numbers = below.filter_map(|row| row.get(place)?.trim().parse::<f64>().ok());
    let (mut shares, mut others) = (0_usize, 0_usize);
    for number in numbers {
        match number {
            n if n > 0.0 && n < 1.0 => shares += 1,
            n if (0.0..=1.0).contains(&n) => {}
            _ => others += 1,
        }
    }
    let are_shares = shares > 0 && others == 0;
    rewrite(table, layout, Column::Percent, |text| {
        let number: f64 = text.trim().parse().ok()?;
        let number = if are_shares { number * 100.0 } else { number };
        let long = text
            .split_once('.')
            .is_some_and(|(_, decimals)| decimals.len() > DECIMALS);
        (are_shares || long).then(|| {
            let text = format!("{number:.DECIMALS$}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        })
    });
}

fn rewrite(
    table: &mut Table,
    layout: &Layout,
    column: Column,
    write: impl Fn(&str) -> Option<String>,
) {
    let Some(place) = layout.place(column) else {
        return;
    };
    for row in table.rows.iter_mut().skip(layout.first_row()) {
        if let Some(text) = row.get(place).and_then(&write) {
            row.set(place, &text);
        }
    }
}

/// A formula without a saved value looks like an empty cell; it must not be taken for "not reported".
fn findings_without_value(
    (row, column): (u32, u32),
    layout: &Layout,
    table: &Table,
    findings: &mut Findings,
) {
    let place = usize::try_from(column).unwrap_or(usize::MAX);
    let line = u64::from(row) + 1;
    let header = table.rows.get(layout.header_row).map_or(0, |row| row.line);
    if line <= header || layout.column_at(place).is_none() {
        return;
    }
    let finding = Finding::error(
        Rule::FormulaValue,
        Text::new(
            "ô chứa công thức nhưng tệp không lưu kết quả của công thức",
            "the cell has a formula, but its result was not saved in the file",
        ),
        Text::new(
            "mở tệp bằng Excel, lưu lại rồi gửi; hoặc ghi thẳng con số vào ô",
            "open the file in Excel, save it and send it again; or type the figure itself",
        ),
    );
    findings.push(Finding {
        line: Some(line),
        column: Some(u64::from(column) + 1),
        header: layout.headers.get(place).cloned(),
        ..finding
    });
}
