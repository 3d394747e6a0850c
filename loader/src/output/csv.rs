//! A receipt as CSV, to be opened in a spreadsheet.

use store::domain::{Language, spreadsheet_safe};

use super::text::consequence;
use crate::finding::Finding;
use crate::receipt::{NotChecked, Receipt};
use crate::rule::Rule;

/// The columns: the Vietnamese and the English header.
const HEADERS: [(&str, &str); COLUMNS] = [
    ("Tệp", "file"),
    ("Trang tính", "sheet"),
    ("Dòng", "line"),
    ("Cột", "column"),
    ("Tiêu đề", "header"),
    ("Giá trị", "value"),
    ("Mức độ", "severity"),
    ("Quy tắc", "rule"),
    ("Vấn đề", "message"),
    ("Cách sửa", "fix"),
    ("Vì sao", "reason"),
    ("Kết luận", "verdict"),
    ("SHA-256", "sha256"),
    ("Phiên bản quy tắc", "rules_version"),
];

const COLUMNS: usize = 14;

/// Some receipts as CSV.
///
/// A line for each finding and for each group of rules that was not checked, and where a file has neither, one that says
/// so. UTF-8 with a byte order mark, for that is how Excel knows the encoding.
///
/// A value that a spreadsheet would take for a formula has an apostrophe before it.
#[must_use]
pub fn receipt_csv(receipts: &[&Receipt], language: Language) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let header = HEADERS.map(|(vi, en)| language.pick(vi, en).to_owned());
    let rows = receipts.iter().flat_map(|receipt| rows(receipt, language));
    for cells in std::iter::once(header).chain(rows) {
        let cells = cells.iter().map(|cell| spreadsheet_safe(cell).into_owned());
        if writer.write_record(cells).is_err() {
            // Writing into memory does not fail, and every row has the same width.
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}

fn rows(receipt: &Receipt, language: Language) -> Vec<[String; COLUMNS]> {
    let findings = receipt.findings.iter();
    let not_checked = receipt.not_checked.iter();
    let mut rows: Vec<[String; COLUMNS]> = findings
        .map(|finding| finding_row(finding, receipt, language))
        .chain(not_checked.map(|part| not_checked_row(part, receipt, language)))
        .collect();
    if rows.is_empty() {
        let what = [
            String::new(),
            String::new(),
            consequence(receipt, language).to_owned(),
        ];
        rows.push(row(
            receipt,
            language,
            Default::default(),
            what,
            Default::default(),
        ));
    }
    rows
}

fn finding_row(finding: &Finding, receipt: &Receipt, language: Language) -> [String; COLUMNS] {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let place = [
        finding.sheet.clone().unwrap_or_default(),
        number(finding.line),
        number(finding.column),
        finding.header.clone().unwrap_or_default(),
        finding.value.clone().unwrap_or_default(),
    ];
    let what = [
        finding.severity.word(language).to_owned(),
        finding.rule.key().to_owned(),
        finding.message.in_language(language).to_owned(),
    ];
    let advice = [
        finding.fix.in_language(language).to_owned(),
        finding.rule.reason().in_language(language).to_owned(),
    ];
    row(receipt, language, place, what, advice)
}

fn not_checked_row(part: &NotChecked, receipt: &Receipt, language: Language) -> [String; COLUMNS] {
    let rules: Vec<&str> = part.rules.iter().copied().map(Rule::key).collect();
    let what = [
        language.pick("chưa kiểm tra", "not checked").to_owned(),
        rules.join(", "),
        part.reason.in_language(language).to_owned(),
    ];
    row(
        receipt,
        language,
        Default::default(),
        what,
        Default::default(),
    )
}

fn row(
    receipt: &Receipt,
    language: Language,
    [sheet, line, column, header, value]: [String; 5],
    [severity, rule, message]: [String; 3],
    [fix, reason]: [String; 2],
) -> [String; COLUMNS] {
    let file = &receipt.file;
    let sha256 = file.sha256.map(|digest| digest.to_string());
    let verdict = receipt.verdict.title(language).to_owned();
    let version = file.rules_version.to_owned();
    [
        file.name.clone(),
        sheet,
        line,
        column,
        header,
        value,
        severity,
        rule,
        message,
        fix,
        reason,
        verdict,
        sha256.unwrap_or_default(),
        version,
    ]
}
