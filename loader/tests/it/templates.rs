//! The forms, filled in as an officer would.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use loader::{Earlier, Receipt, SourceFile, Template, TemplateFor, Verdict, Vocabulary, intake};
use store::domain::{
    Content, Count, CountRow, CountUnit, DuplicateKind, Field, FieldClass, Language,
    ReconciliationEntry, RecordType, Reported, Route, Stage, StageCounts, UnitId,
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

/// What a batch of births tells, by the key of its column.
const FULL: [(&str, &str); 32] = [
    ("batch.period.0", "1976"),
    ("batch.period.1", "1998"),
    ("batch.method", "tool_check"),
    ("batch.tool", "sohoa 0.1.0"),
    ("batch.hotich_as_of", "2025-08-25"),
    ("batch.first", "90"),
    ("batch.again", "10"),
    ("batch.id.before", "40"),
    ("batch.id.added", "30"),
    ("batch.id.changed", "2"),
    ("batch.id.removed", "1"),
    ("batch.id.inconsistent", "3"),
    (
        "batch.worklist.sha256",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ),
    ("batch.worklist.rows", "49"),
    ("field.name.equal", "20"),
    ("field.name.variant", "20"),
    ("field.name.contradiction", "15"),
    ("field.name.only_hotich", "0"),
    ("field.name.only_dancu", "0"),
    ("field.name.none", "0"),
    ("field.father.equal", "15"),
    ("field.father.variant", "10"),
    ("field.father.contradiction", "25"),
    ("field.father.only_hotich", "3"),
    ("field.father.only_dancu", "1"),
    ("field.father.none", "1"),
    ("dup.same_event_twice.groups", "2"),
    ("dup.same_event_twice.records", "4"),
    ("dup.two_records_one_person.groups", "0"),
    ("dup.two_records_one_person.records", "0"),
    ("batch.records", "100"),
    ("batch.subjects", "100"),
];

/// The outcomes of that batch: 55 pairs.
const OUTCOMES: [(&str, &str); 6] = [
    ("same", "5"),
    ("same_variant", "25"),
    ("differs", "25"),
    ("unsure", "20"),
    ("not_found", "20"),
    ("not_compared", "5"),
];

/// The batch as rows of keys and values.
fn as_keys() -> String {
    let head = [
        ("v", "1"),
        ("batch.province", "66"),
        ("batch.type", "birth"),
        ("batch.week", "2025-W35"),
        ("batch.stage", "before_approval"),
        ("batch.rule_set", "VN-1.0"),
        ("batch.dancu_as_of", "2025-08-24"),
    ];
    let mut text = "STT,Khóa,Giá trị\n".to_owned();
    for (key, value) in head.into_iter().chain(FULL) {
        writeln!(text, "1,{key},{value}").unwrap();
    }
    for (outcome, value) in OUTCOMES {
        writeln!(text, "1,outcome.{outcome},{value}").unwrap();
    }
    text
}

#[test]
fn the_full_form_says_what_the_keys_say() {
    let long = send_bytes("doi-chieu.csv", as_keys().into_bytes());
    accepted_without_finding(&long);
    let long = &long.submission().unwrap().content;
    let Content::Reconciliation(expected) = long else {
        panic!("{long:?}")
    };
    for language in Language::ALL {
        let form = wanted(language, Some("q66"), "2025-08-29");
        let form = Template::full_reconciliation(Vocabulary::embedded(), form);
        let receipt = send_bytes("doi-chieu.csv", filled(&form.csv()));
        let rules: Vec<&str> = receipt
            .findings
            .iter()
            .map(|found| found.rule.key())
            .collect();
        assert_eq!(
            rules,
            ["no-figures"],
            "the row left empty: {:#?}",
            receipt.findings
        );
        assert_eq!(receipt.verdict, Verdict::Accepted);
        let content = &receipt.submission().unwrap().content;
        let Content::Reconciliation(found) = content else {
            panic!("{content:?}")
        };
        let [ReconciliationEntry::Batch(found)] = &found[..] else {
            panic!("{found:?}")
        };
        let ReconciliationEntry::Batch(expected) = &expected[0] else {
            panic!("{expected:?}")
        };
        let mut found = found.clone();
        found.line = expected.line;
        assert_eq!(&found, expected);
        let book = form.xlsx().unwrap();
        let empty = send_bytes("doi-chieu.xlsx", book);
        let rules: Vec<&str> = empty
            .findings
            .iter()
            .map(|found| found.rule.key())
            .collect();
        assert_eq!(
            rules,
            ["no-figures"],
            "the guide beside is no reason to refuse: {:#?}",
            empty.findings
        );
    }
}

#[test]
fn a_column_of_the_full_form_that_is_left_empty_is_named() {
    let form = wanted(Language::Vi, Some("q66"), "2025-08-29");
    let form = Template::full_reconciliation(Vocabulary::embedded(), form);
    let rows = String::from_utf8(filled(&form.csv())).unwrap();
    let receipt = send_bytes(
        "doi-chieu.csv",
        rows.replacen("tool_check", "", 1).into_bytes(),
    );
    let missing = receipt.findings.iter();
    let missing: Vec<_> = missing
        .filter(|found| found.rule.key() == "required-cell")
        .map(|found| (found.line, found.header.as_deref()))
        .collect();
    assert_eq!(missing, [(Some(2), Some("Cách đối chiếu"))]);
}

/// The keys of the columns of the full form, in their order; the name of the province has none.
fn keys_of_columns() -> Vec<String> {
    let head = "province - week type stage rule_set dancu_as_of records subjects";
    let run = "period.0 period.1 method tool cutoff hotich_as_of first again id.before id.added id.changed id.removed \
               id.inconsistent worklist.sha256 worklist.rows";
    let of_batch = |keys: &str| -> Vec<String> {
        keys.split_whitespace()
            .map(|key| format!("batch.{key}"))
            .collect()
    };
    let mut keys = of_batch(head);
    keys.extend(OUTCOMES.map(|(outcome, _)| format!("outcome.{outcome}")));
    keys.extend(of_batch(run));
    for field in Field::ALL {
        let classes = FieldClass::ALL.into_iter();
        keys.extend(classes.map(|class| format!("field.{}.{}", field.key(), class.key())));
    }
    for kind in DuplicateKind::ALL {
        keys.extend(["groups", "records"].map(|word| format!("dup.{}.{word}", kind.key())));
    }
    keys.push("batch.note".to_owned());
    keys
}

/// The form with the figures of the batch in its first row, and another row that is left empty.
fn filled(form: &[u8]) -> Vec<u8> {
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(form);
    let mut rows = rows.records().map(|row| row.unwrap());
    let (header, first) = (rows.next().unwrap(), rows.next().unwrap());
    let second = rows.next().unwrap();
    let keys = keys_of_columns();
    assert_eq!(header.len(), keys.len());
    let text = as_keys();
    let told: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|row| row.strip_prefix("1,")?.split_once(','))
        .collect();
    let cells = keys.iter().zip(&first).map(|(key, cell)| {
        let told = told.iter().find(|(known, _)| known == key);
        told.map_or(cell, |(_, value)| value)
    });
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    writer.write_record(cells).unwrap();
    writer.write_record(&second).unwrap();
    writer.into_inner().unwrap()
}

/// The full form of Đắk Lắk.
pub(crate) fn full_reconciliation_form() -> Template {
    let wanted = wanted(Language::Vi, Some("q66"), "2025-08-29");
    Template::full_reconciliation(Vocabulary::embedded(), wanted)
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
