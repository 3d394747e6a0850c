//! Reads demonstration files back for the tests, without the intake and without the code that wrote them; only the list of
//! headers is shared.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{
    Count, CountRow, CountUnit, RecordType, Reference, Reported, Route, Stage, StageCounts, Unit,
};

use super::super::DemoFile;
use super::super::habit::{COLUMNS, Column, DIGITIZED};

/// A counts file after reading.
#[derive(Debug)]
pub(super) struct Read {
    /// The separator found.
    pub(super) separator: char,
    /// The rows, without the total.
    pub(super) rows: Vec<CountRow>,
    /// The line "Tổng cộng".
    pub(super) total: Option<BTreeMap<Stage, i64>>,
}

/// The cells of one line by column.
type Cells<'a> = BTreeMap<usize, &'a str>;

/// Reads a counts file; panics on anything a careful reader would not understand.
pub(super) fn read(file: &DemoFile, reference: &Reference) -> Read {
    let text = std::str::from_utf8(&file.bytes)
        .unwrap()
        .trim_start_matches('\u{feff}');
    let unit = unit(file, reference);
    let (separator, skip) = header_line(text);
    let body: String = text.split_inclusive('\n').skip(skip).collect();
    let mut lines = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(u8::try_from(separator).unwrap())
        .from_reader(body.as_bytes());
    let lines: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    let columns: Vec<Column> = lines[0].iter().map(column).collect();
    let mut read = Read {
        separator,
        rows: Vec::new(),
        total: None,
    };
    for (line, number) in lines[1..].iter().zip(1..) {
        let cells: Cells<'_> = line.iter().enumerate().collect();
        let cell = |wanted: Column| {
            let place = columns.iter().position(|column| *column == wanted)?;
            cells.get(&place).copied()
        };
        check_columns(&cell, &file.path);
        if cell(Column::Province) == Some("Tổng cộng") {
            assert!(read.total.is_none(), "{}", file.path);
            read.total = Some(counts(&cell).collect());
        } else {
            assert!(read.total.is_none(), "{}: a row after the total", file.path);
            read.rows.push(row(&cell, unit, number, reference));
        }
    }
    read
}

/// The province of a file by its name, valid at the time of the demonstration.
pub(super) fn unit<'a>(file: &DemoFile, reference: &'a Reference) -> &'a Unit {
    let (_, name) = file.path.rsplit_once('/').unwrap();
    let (code, _) = name.split_once('-').unwrap();
    let before_the_merger = "2024-01-01".parse().unwrap();
    reference
        .units
        .find_by_code(code, before_the_merger)
        .unwrap()
}

/// The separator and how many lines stand above the header.
fn header_line(text: &str) -> (char, usize) {
    for (number, line) in text.lines().enumerate() {
        for separator in [',', ';', '\t'] {
            let mut cells = line.split(separator);
            if cells.any(|cell| ["as_of", "Ngày chốt số liệu", "Ngay chot so lieu"].contains(&cell))
            {
                return (separator, number);
            }
        }
    }
    panic!("no header in {text}");
}

fn column(header: &str) -> Column {
    if DIGITIZED.contains(&header) {
        return Column::Stage(Stage::Entered);
    }
    let known = COLUMNS
        .iter()
        .find(|(_, headers)| headers.contains(&header));
    known.unwrap_or_else(|| panic!("unknown header {header}")).0
}

fn counts<'a>(cell: &impl Fn(Column) -> Option<&'a str>) -> impl Iterator<Item = (Stage, i64)> {
    Stage::ALL
        .into_iter()
        .filter_map(|stage| Some((stage, number(cell(Column::Stage(stage))?)?)))
}

/// A count: digits in groups of three or not; nothing and a dash are not reported.
fn number(cell: &str) -> Option<i64> {
    if ["", "-"].contains(&cell) {
        return None;
    }
    let groups: Vec<&str> = cell.split(['.', ',', ' ']).collect();
    if let [first, rest @ ..] = groups.as_slice() {
        assert!(rest.is_empty() || first.len() <= 3, "{cell}");
        assert!(rest.iter().all(|group| group.len() == 3), "{cell}");
    }
    Some(groups.concat().parse().unwrap())
}

fn date(cell: &str) -> NaiveDate {
    let styles = ["%d/%m/%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y"];
    styles
        .iter()
        .find_map(|style| NaiveDate::parse_from_str(cell, style).ok())
        .unwrap()
}

/// The check columns agree with the counts of their line.
fn check_columns<'a>(cell: &impl Fn(Column) -> Option<&'a str>, path: &str) {
    let of = |stage| cell(Column::Stage(stage)).and_then(number);
    let (Some(total), Some(done)) = (of(Stage::Total), of(Stage::Transferred)) else {
        return;
    };
    if let Some(remaining) = cell(Column::Remaining) {
        assert_eq!(number(remaining), Some(total - done), "{path}");
    }
    if let Some(percent) = cell(Column::Percent) {
        let percent = percent.trim_end_matches('%').replace(',', ".");
        let (whole, tenth) = percent.split_once('.').unwrap();
        let tenths = whole.parse::<i64>().unwrap() * 10 + tenth.parse::<i64>().unwrap();
        assert!(
            (tenths * total - done * 1000).abs() * 2 <= total,
            "{path} {percent}"
        );
    }
}

fn row<'a>(
    cell: &impl Fn(Column) -> Option<&'a str>,
    unit: &Unit,
    line: u32,
    reference: &Reference,
) -> CountRow {
    let text = |column| cell(column).filter(|text| !text.is_empty());
    let as_of = date(text(Column::AsOf).unwrap());
    if let Some(code) = text(Column::Code) {
        assert_eq!(unit.code_on(as_of), Some(code));
    }
    let record_type = text(Column::RecordType).map_or(RecordType::All, |text| {
        let known = reference
            .record_types
            .iter()
            .find(|names| names.name.vi == text || names.aliases.iter().any(|alias| alias == text));
        known
            .unwrap_or_else(|| panic!("unknown type {text}"))
            .record_type
    });
    let mut reported = StageCounts::default();
    for (stage, count) in counts(cell) {
        reported.set(stage, Count::from_i64(count).map(Reported::exact));
    }
    CountRow {
        line,
        unit: unit.id,
        sub_unit: text(Column::SubUnit).map(Into::into),
        as_of,
        record_type,
        route: match text(Column::Route) {
            None => Route::All,
            Some("NĐ 87") => Route::Books,
            Some("QT 1292") => Route::PopulationDb,
            Some(other) => panic!("unknown route {other}"),
        },
        count_unit: match text(Column::CountUnit) {
            None | Some("Trường hợp") => CountUnit::Record,
            Some("Sổ") => CountUnit::Book,
            Some(other) => panic!("unknown unit {other}"),
        },
        counts: reported,
        note: text(Column::Note).map(Into::into),
        difficulty: text(Column::Difficulty).map(Into::into),
    }
}
