//! One model, every surface: the figures of page, tables, workbook, report, slides and PDF are compared by machine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::http::get;
use crate::packs::{ASKED, document, pack, table, words_of, words_of_pdf};
use crate::program::{Server, demo_copy};

/// A whole number as Vietnamese writes it.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |rest| ("−", rest));
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push('.');
        }
        text.push(digit);
    }
    format!("{sign}{text}")
}

/// A share such as `0.445` as Vietnamese writes it.
fn percent(share: &str) -> String {
    let thousandths: i64 = share.replace('.', "").parse().unwrap();
    format!("{},{}%", thousandths / 10, thousandths % 10)
}

/// The words of the report, the slides and, where it can be read, the PDF.
fn texts(out: &Path) -> Vec<(&'static str, String)> {
    let mut texts = vec![
        ("docx", words_of(&document(out, "docx"), "word/document")),
        ("pptx", words_of(&document(out, "pptx"), "ppt/slides/")),
    ];
    texts.extend(words_of_pdf(&document(out, "pdf")).map(|text| ("pdf", text)));
    texts
}

/// Every figure of a row of the workbook is that of the table.
#[track_caller]
fn same_numbers(row: &BTreeMap<String, String>, cells: &[Data]) {
    assert_eq!(cells[3].to_string(), row["name"]);
    for (place, key) in (4..).zip(PLACES) {
        let Data::Float(number) = cells[place] else {
            panic!("{key} of {} is no number", row["name"])
        };
        let told: f64 = row[key].parse().unwrap();
        assert!((number - told).abs() < 1e-9, "{key} of {}", row["name"]);
    }
}

/// The figures of the table of provinces in the order of its columns.
const PLACES: [&str; 5] = ["total", "entered", "transferred", "share", "remaining"];

/// The key figures that every surface prints.
const FIGURES: [&str; 7] = [
    "share",
    "transferred",
    "transferred_reported",
    "entered",
    "total",
    "remaining",
    "work",
];

#[test]
fn every_surface_shows_the_same_figures() {
    let (folder, database) = demo_copy();
    let out = folder.path().join("pack");
    let said = pack(&database, &out, ASKED).ended(0);
    said.says("57 trên 63 đơn vị đã báo cáo");
    let server = Server::start(&database);
    let page = get(&server.url("/?units=63&as_of=2024-07-14&known_on=2024-07-18"));
    let mut texts = texts(&out);
    let page = ("page", page.text().to_owned());
    let shown = |key: &str, value: &str| match key {
        "share" => percent(value),
        _ => grouped(value),
    };

    // The page compares with the week before, and leaves out what follows from the other figures of a row.
    let headline = table(&out, "headline");
    for row in headline
        .iter()
        .filter(|row| FIGURES.contains(&row["figure"].as_str()))
    {
        let figure = shown(&row["figure"], &row["value"]);
        let on_page = (row["figure"] != "work").then_some(&page);
        for (surface, text) in texts.iter().chain(on_page) {
            assert!(text.contains(&figure), "{figure} in {surface}");
        }
    }
    let mut workbook: Xlsx<_> = open_workbook(document(&out, "xlsx")).unwrap();
    let sheet = workbook.worksheet_range("Các địa phương").unwrap();
    let rows = table(&out, "provinces");
    assert_eq!(rows.len(), 63);
    for (row, cells) in rows.iter().zip(sheet.rows().skip(5)) {
        same_numbers(row, cells);
        for key in PLACES {
            let figure = shown(key, &row[key]);
            let on_page = (!matches!(key, "entered" | "remaining")).then_some(&page);
            for (surface, text) in texts.iter().chain(on_page) {
                assert!(
                    text.contains(&figure),
                    "{figure} of {} in {surface}",
                    row["name"]
                );
            }
        }
    }
    texts.push(page);
    for (surface, text) in &texts {
        assert!(text.contains("Đắk Lắk"), "{surface}");
    }
}

/// The tables of a pack by the sheet that shows them, as the description of the package lists them.
fn described(out: &Path) -> Vec<(String, String)> {
    let described = std::fs::read_to_string(out.join("datapackage.json")).unwrap();
    let described: serde_json::Value = serde_json::from_str(&described).unwrap();
    let resources = described["resources"].as_array().unwrap();
    let word = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_owned();
    let pair = |one: &serde_json::Value| (word(one, "name"), word(one, "title"));
    resources.iter().map(pair).collect()
}

/// A cell of the workbook says what the table says.
#[track_caller]
fn same_cell(told: &str, cell: &Data, place: &str) {
    match cell {
        Data::Empty => assert_eq!(told, "", "{place}"),
        Data::Float(number) => {
            let told: f64 = told.parse().unwrap();
            assert!((number - told).abs() < 1e-9, "{place}: {number} and {told}");
        }
        Data::DateTime(day) => {
            // Workbooks count days from 30 December 1899.
            let first: chrono::NaiveDate = "1899-12-30".parse().unwrap();
            let told: chrono::NaiveDate = told.parse().unwrap();
            let days = f64::from(i32::try_from((told - first).num_days()).unwrap());
            assert!((day.as_f64() - days).abs() < 0.5, "{place}");
        }
        other => assert_eq!(other.to_string().trim(), told.trim(), "{place}"),
    }
}

/// Every number of four digits or more in a text, as Vietnamese groups them.
fn grouped_numbers(text: &str) -> Vec<&str> {
    let pieces = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let is_grouped = |piece: &&str| {
        let groups: Vec<&str> = piece.split('.').collect();
        let tail = groups.iter().skip(1).all(|group| group.len() == 3);
        groups.len() > 1 && tail && (1..=3).contains(&groups[0].len())
    };
    pieces.filter(is_grouped).collect()
}

#[test]
fn every_cell_of_every_table_is_in_the_workbook_and_no_surface_has_a_figure_of_its_own() {
    let (folder, database) = demo_copy();
    let out = folder.path().join("pack");
    pack(&database, &out, ASKED).ended(0);
    let mut workbook: Xlsx<_> = open_workbook(document(&out, "xlsx")).unwrap();
    let tables = described(&out);
    assert_eq!(tables.len(), 10);
    let mut known = BTreeSet::new();
    for (name, title) in &tables {
        let path = out.join(format!("data/{name}.csv"));
        let mut reader = csv::Reader::from_path(path).unwrap();
        let sheet = workbook.worksheet_range(title).unwrap();
        let json = std::fs::read_to_string(out.join(format!("data/{name}.json"))).unwrap();
        let json: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        let headers = reader.headers().unwrap().clone();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), json.len(), "{name}");
        for (place, record) in records.iter().enumerate() {
            for (column, told) in record.iter().enumerate() {
                let at = format!("{name}, row {place}, {}", &headers[column]);
                let spot = (
                    u32::try_from(place + 5).unwrap(),
                    u32::try_from(column).unwrap(),
                );
                same_cell(told, sheet.get_value(spot).unwrap_or(&Data::Empty), &at);
                let value = &json[place][&headers[column]];
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let same = value == told || (told.is_empty() && value == "null");
                let number = || Some((value.parse::<f64>().ok()?, told.parse::<f64>().ok()?));
                let close = || number().is_some_and(|(one, other)| (one - other).abs() < 1e-9);
                assert!(same || close(), "{at}: {value} and {told}");
                if told
                    .trim_start_matches('-')
                    .bytes()
                    .all(|byte| byte.is_ascii_digit())
                {
                    known.insert(grouped(told).trim_start_matches('−').to_owned());
                }
            }
        }
    }
    // The words of charts that office programs draw stand in parts of their own.
    for (surface, text) in texts(&out).iter().filter(|(surface, _)| *surface != "pdf") {
        let told = grouped_numbers(text);
        assert!(told.len() > 300, "{surface} has {} figures", told.len());
        for figure in told {
            assert!(
                known.contains(figure),
                "{figure} in {surface} is in no table"
            );
        }
    }
}

#[test]
fn every_chart_is_in_the_pack_in_every_form_and_editable_on_the_slides() {
    let (folder, database) = demo_copy();
    let out = folder.path().join("pack");
    pack(&database, &out, ASKED).ended(0);
    let names = [
        "burn-up",
        "ranking",
        "tiles",
        "timeline",
        "multiples",
        "pace",
        "stage-gap",
    ];
    for name in names
        .iter()
        .chain(&["throughput", "submissions", "meeting"])
    {
        for ending in ["svg", "png", "pdf", "csv"] {
            let path = out.join(format!("charts/{name}.{ending}"));
            assert!(
                std::fs::metadata(&path).unwrap().len() > 200,
                "{name}.{ending}"
            );
        }
    }
    let slides = std::fs::File::open(document(&out, "pptx")).unwrap();
    let mut archive = zip::ZipArchive::new(slides).unwrap();
    let names: Vec<String> = (0..archive.len())
        .map(|place| {
            archive
                .by_index(place)
                .unwrap()
                .name()
                .unwrap()
                .into_owned()
        })
        .collect();
    let parts = |begin: &str| names.iter().filter(|name| name.starts_with(begin)).count();
    assert!(
        parts("ppt/charts/chart") >= 63 + 63 + 7,
        "a chart of its own for each province"
    );
    assert_eq!(parts("ppt/media"), 0, "no picture stands for a chart");
}
