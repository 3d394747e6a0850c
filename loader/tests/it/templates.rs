//! The forms, filled in as an officer would.

use std::io::{Cursor, Read as _, Write as _};

use loader::{Earlier, Receipt, SourceFile, Template, TemplateFor, Verdict, Vocabulary, intake};
use store::domain::{
    Content, Count, CountRow, CountUnit, Language, RecordType, Reported, Route, Stage, StageCounts,
    UnitId,
};
use zip::write::SimpleFileOptions;

use crate::builders::{context, counts, day, sender};

fn wanted(language: Language, unit: Option<&str>, as_of: &str) -> TemplateFor {
    TemplateFor {
        language,
        unit: unit.map(|unit| UnitId::parse(unit).unwrap()),
        as_of: day(as_of),
    }
}

fn counts_form(language: Language, unit: Option<&str>, as_of: &str) -> Template {
    let wanted = wanted(language, unit, as_of);
    Template::counts(Vocabulary::embedded(), wanted, &Earlier::default())
}

/// The lines of a form without the byte order mark, header first.
fn lines(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    text.lines().map(str::to_owned).collect()
}

fn send(lines: &[String]) -> Receipt {
    let text = format!("\u{feff}{}\r\n", lines.join("\r\n"));
    send_bytes("mẫu.csv", text.into_bytes())
}

fn send_bytes(name: &str, bytes: Vec<u8>) -> Receipt {
    intake(SourceFile::new(name, bytes), &context(), None, &sender())
}

#[track_caller]
fn accepted_without_finding(receipt: &Receipt) {
    assert!(receipt.findings.is_empty(), "{:#?}", receipt.findings);
    assert_eq!(receipt.verdict, Verdict::Accepted);
}

/// A figure of a stage that no rule has anything to say about.
fn figure(stage: usize) -> i64 {
    100_100 - 10_010 * i64::try_from(stage).unwrap()
}

#[test]
fn a_filled_counts_form_is_accepted_without_a_finding() {
    for language in Language::ALL {
        let mut lines = lines(&counts_form(language, Some("q15"), "2025-08-29").csv());
        assert_eq!(lines.len(), 13);
        assert!(
            lines[1].starts_with("15,Lào Cai,,29/08/2025,"),
            "{}",
            lines[1]
        );
        // Eleven record types, so the unsplit row has eleven times as much.
        for (place, line) in lines.iter_mut().enumerate().skip(1) {
            let times = if place == 1 { 11 } else { 1 };
            let counts = (0..6).map(|stage| (figure(stage) * times).to_string());
            let counts: Vec<String> = counts.collect();
            *line = line.replace(",,,,,,,,,", &format!(",{},,,", counts.join(",")));
        }
        let receipt = send(&lines);
        accepted_without_finding(&receipt);
        assert_eq!(counts(&receipt).len(), 12);
    }
}

#[test]
fn an_english_form_has_english_words() {
    let lines = lines(&counts_form(Language::En, Some("p24"), "2025-02-23").csv());
    assert_eq!(
        lines[..3],
        [
            "Province code,Province,Sub-unit,As of,Record type,Route,Count unit,Total,Scanned,Entered,Checked,\
             Approved,Transferred,Returned,Note,Difficulty",
            "24,Bắc Giang,,23/02/2025,All types,,record,,,,,,,,,",
            "24,Bắc Giang,,23/02/2025,Birth,,record,,,,,,,,,",
        ]
    );
}

#[test]
fn the_national_form_has_a_row_for_each_unit_of_the_day() {
    for (on, units) in [("2025-06-30", 63), ("2025-07-01", 34)] {
        let form = counts_form(Language::Vi, None, on);
        assert_eq!(lines(&form.csv()).len(), units + 1);
    }
}

#[test]
fn an_empty_form_reports_nothing() {
    let form = counts_form(Language::Vi, None, "2025-08-29");
    for (name, bytes) in [("a.csv", form.csv()), ("a.xlsx", form.xlsx().unwrap())] {
        let receipt = send_bytes(name, bytes);
        assert_eq!(receipt.verdict, Verdict::Rejected);
        let findings = receipt.findings.iter();
        let rules: Vec<&str> = findings.map(|finding| finding.rule.key()).collect();
        assert_eq!(rules, ["no-figures"], "{name}");
    }
}

#[test]
fn a_filled_reconciliation_form_is_accepted_without_a_finding() {
    for language in Language::ALL {
        let form = wanted(language, Some("q66"), "2025-08-29");
        let form = Template::reconciliation(Vocabulary::embedded(), form);
        let mut lines = lines(&form.csv());
        assert_eq!(lines.len(), 12);
        for line in lines.iter_mut().skip(1) {
            // A marriage has two subjects, every other event here one.
            let subjects = if line.contains("Kết hôn") || line.contains("Marriage") {
                200
            } else {
                100
            };
            let rest = subjects - 95;
            let filled = format!(",VN-1.2,25/08/2025,100,{subjects},{rest},20,30,40,5,0");
            *line = line.replace(",,,,,,,,,,", &filled);
        }
        let receipt = send(&lines);
        accepted_without_finding(&receipt);
        let content = receipt.submission().map(|submission| &submission.content);
        assert!(matches!(content, Some(Content::Reconciliation(batches)) if batches.len() == 11));
    }
}

/// What Bắc Giang reported: two communes on the last day, and a row that it has left out since.
fn reported() -> Vec<CountRow> {
    let row = |sub_unit: Option<&str>, as_of, record_type, route| CountRow {
        line: 1,
        unit: UnitId::parse("p24").unwrap(),
        sub_unit: sub_unit.map(Into::into),
        as_of: day(as_of),
        record_type,
        route,
        count_unit: CountUnit::Record,
        counts: [(Stage::Total, 120_120), (Stage::Transferred, 11_011)]
            .into_iter()
            .fold(StageCounts::default(), |counts, (stage, number)| {
                counts.with(stage, Reported::exact(Count::from_i64(number).unwrap()))
            }),
        note: None,
        difficulty: None,
    };
    vec![
        row(
            Some("=Xã An Lạc"),
            "2025-02-16",
            RecordType::Birth,
            Route::Books,
        ),
        row(None, "2025-02-16", RecordType::Birth, Route::Books),
        row(None, "2025-02-16", RecordType::Death, Route::All),
        row(None, "2025-02-02", RecordType::Death, Route::All),
        row(None, "2025-02-02", RecordType::Marriage, Route::All),
    ]
}

fn form_with_earlier(language: Language) -> Template {
    let wanted = wanted(language, Some("p24"), "2025-02-23");
    let earlier = Earlier::of_rows(reported());
    Template::counts(Vocabulary::embedded(), wanted, &earlier)
}

#[test]
fn a_form_has_the_rows_of_the_last_report_with_its_figures_beside() {
    let lines = lines(&form_with_earlier(Language::Vi).csv());
    let header = "Ghi chú,\"Khó khăn, vướng mắc\",Kỳ trước 16/02/2025: Tổng số cần số hóa,\
                  Kỳ trước 16/02/2025: Đã quét,";
    assert!(lines[0].contains(header), "{}", lines[0]);
    let row = "24,Bắc Giang,,23/02/2025,Khai sinh,NĐ 87,Trường hợp,,,,,,,,,,120120,,,,,11011,";
    assert_eq!(lines[1], row);
    assert!(lines[2].starts_with("24,Bắc Giang,,23/02/2025,Kết hôn,,Trường hợp,,,,,,,,,,,"));
    assert!(lines[3].starts_with("24,Bắc Giang,,23/02/2025,Khai tử,,Trường hợp,,,,,,,,,,120120,"));
    assert!(lines[4].starts_with("24,Bắc Giang,'=Xã An Lạc,23/02/2025,Khai sinh,"));
    assert_eq!(lines.len(), 5);
}

#[test]
fn earlier_figures_are_not_read_and_the_receipt_says_so() {
    for language in Language::ALL {
        let mut lines = lines(&form_with_earlier(language).csv());
        lines.truncate(3);
        for line in lines.iter_mut().skip(1) {
            *line = line.replacen(",,,,,,,,,,", ",130130,90090,,,,33033,,,,", 1);
        }
        let receipt = send(&lines);
        accepted_without_finding(&receipt);
        let totals = counts(&receipt)
            .iter()
            .map(|row| row.counts.get(Stage::Total));
        let totals: Vec<i64> = totals.map(|total| total.unwrap().count.to_i64()).collect();
        assert_eq!(totals, [130_130, 130_130]);
        let said = receipt
            .not_checked
            .first()
            .map(|part| part.reason.en.clone());
        let said = said.unwrap();
        assert!(
            said.starts_with("the columns “Earlier” of the form"),
            "{said}"
        );
    }
}

/// Types figures into the empty cells of a workbook's first sheet, as an officer would.
fn fill(workbook: &[u8]) -> Vec<u8> {
    let mut given = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut filled = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..given.len() {
        let mut part = given.by_index(place).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let mut text = String::from_utf8(bytes).unwrap();
            for row in 2..20 {
                // The stages from the total to what is transferred are in the columns from H to M.
                for (stage, column) in ('H'..='M').enumerate() {
                    let cell = format!("<c r=\"{column}{row}\" s=\"");
                    let Some(start) = text.find(&cell) else {
                        continue;
                    };
                    let end = start + text.get(start..).unwrap().find("/>").unwrap();
                    let value = figure(stage);
                    text.replace_range(end..end + 2, &format!("><v>{value}</v></c>"));
                }
            }
            bytes = text.into_bytes();
        }
        filled
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        filled.write_all(&bytes).unwrap();
    }
    filled.finish().unwrap().into_inner()
}

/// The workbook form of Bắc Giang with two rows, filled in.
pub(crate) fn filled_form(language: Language) -> Vec<u8> {
    let rows = reported().split_off(2);
    let wanted = wanted(language, Some("p24"), "2025-02-23");
    let form = Template::counts(Vocabulary::embedded(), wanted, &Earlier::of_rows(rows));
    fill(&form.xlsx().unwrap())
}

#[test]
fn a_filled_workbook_form_is_accepted_without_a_finding() {
    for language in Language::ALL {
        let receipt = send_bytes("mẫu.xlsx", filled_form(language));
        accepted_without_finding(&receipt);
        let rows = counts(&receipt);
        let kinds: Vec<RecordType> = rows.iter().map(|row| row.record_type).collect();
        assert_eq!(kinds, [RecordType::Marriage, RecordType::Death]);
        let done = rows[1].counts.get(Stage::Transferred).unwrap();
        assert_eq!(done.count.to_i64(), figure(5));
        assert_eq!(rows[0].as_of, day("2025-02-23"));
    }
}

#[test]
fn a_form_is_the_same_whenever_it_is_made() {
    let form = || form_with_earlier(Language::Vi).xlsx().unwrap();
    assert_eq!(form(), form());
    let mut book = zip::ZipArchive::new(Cursor::new(form())).unwrap();
    let mut properties = String::new();
    let mut part = book.by_name("docProps/core.xml").unwrap();
    part.read_to_string(&mut properties).unwrap();
    assert!(
        properties.contains(">2000-01-01T00:00:00Z<"),
        "{properties}"
    );
}
