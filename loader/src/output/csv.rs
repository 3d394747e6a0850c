//! A receipt as CSV, one line for each finding, to be opened in a spreadsheet.

use store::domain::Language;

use crate::finding::Finding;
use crate::receipt::Receipt;

/// The findings of some receipts as CSV: UTF-8 with a byte order mark, for that is how Excel knows the encoding.
///
/// A value that a spreadsheet would take for a formula has an apostrophe before it.
#[must_use]
pub fn receipt_csv(receipts: &[&Receipt], language: Language) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let findings = receipts.iter().flat_map(|receipt| &receipt.findings);
    let rows = findings.map(|finding| row(finding, language));
    for cells in std::iter::once(header(language)).chain(rows) {
        let cells = cells.iter().map(|cell| neutral(cell));
        if writer.write_record(cells).is_err() {
            // Writing into memory does not fail, and every row has the same width.
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}

fn header(language: Language) -> [String; 10] {
    let (vi, en) = (
        [
            "Tệp",
            "Trang tính",
            "Dòng",
            "Cột",
            "Tiêu đề",
            "Giá trị",
            "Mức độ",
            "Quy tắc",
            "Vấn đề",
            "Cách sửa",
        ],
        [
            "file", "sheet", "line", "column", "header", "value", "severity", "rule", "message",
            "fix",
        ],
    );
    let words = match language {
        Language::Vi => vi,
        Language::En => en,
    };
    words.map(str::to_owned)
}

fn row(finding: &Finding, language: Language) -> [String; 10] {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        finding.file.clone(),
        finding.sheet.clone().unwrap_or_default(),
        number(finding.line),
        number(finding.column),
        finding.header.clone().unwrap_or_default(),
        finding.value.clone().unwrap_or_default(),
        finding.severity.word(language).to_owned(),
        finding.rule.key().to_owned(),
        finding.message.in_language(language).to_owned(),
        finding.fix.in_language(language).to_owned(),
    ]
}

/// The text with an apostrophe before it where a spreadsheet would run it as a formula.
fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised() {
        for text in ["=1+1", "+1", "-1", "@x", "\tx"] {
            assert_eq!(neutral(text), format!("'{text}"));
        }
        assert_eq!(neutral("1=1"), "1=1");
        assert_eq!(neutral(""), "");
    }
}
