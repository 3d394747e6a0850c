//! The sheet that the program adds: verdict, what the colours mean, the distinct problems, and what was not checked.

use store::domain::Language;

use crate::finding::Severity;
use crate::output::{consequence, facts, problems};
use crate::receipt::Receipt;

/// The widths of its columns, in letters.
pub(super) const WIDTHS: [u8; 6] = [14, 34, 24, 26, 60, 60];

/// A row: its cells, and the colour of the first where it has one.
pub(super) struct ReceiptRow {
    pub(super) cells: Vec<String>,
    pub(super) severity: Option<Severity>,
}

/// The name of the sheet, by its place in [`crate::template::SHEETS_BESIDE`].
pub(super) const fn name(language: Language) -> &'static str {
    language.pick("Biên nhận", "Receipt")
}

/// The rows of the sheet. `is_table_copy` where the sender's own workbook was not kept.
pub(super) fn rows(receipt: &Receipt, is_table_copy: bool, language: Language) -> Vec<ReceiptRow> {
    let plain = |text: &str| ReceiptRow {
        cells: vec![text.to_owned()],
        severity: None,
    };
    let title = receipt.verdict.title(language);
    let mut rows = vec![
        plain(&format!("{title}: {}", receipt.file.name)),
        plain(consequence(receipt, language)),
        plain(&facts(&receipt.file, language)),
    ];
    if is_table_copy {
        rows.push(plain(language.pick(
            "Tệp gửi đến không phải sổ tính .xlsx, nên đây là bản chép lại bảng số liệu; số dòng và số cột giữ nguyên.",
            "The file that was sent is no .xlsx workbook, so this is a copy of its table; rows and columns keep their numbers.",
        )));
    }
    rows.push(plain(""));
    for severity in Severity::ALL {
        let meaning = match severity {
            Severity::Error => language.pick("phải sửa", "must be corrected"),
            Severity::Query => language.pick("sửa hoặc giải trình", "correct or explain"),
            Severity::Note => language.pick("để biết", "for information"),
        };
        rows.push(ReceiptRow {
            cells: vec![severity.word(language).to_owned(), meaning.to_owned()],
            severity: Some(severity),
        });
    }
    let problems = problems(receipt);
    if !problems.is_empty() {
        rows.push(plain(""));
        let header = match language {
            Language::Vi => ["Mức độ", "Vấn đề", "Cột", "Số chỗ", "Vì sao", "Cách sửa"],
            Language::En => ["Severity", "Problem", "Column", "Places", "Why", "Fix"],
        };
        rows.push(ReceiptRow {
            cells: header.map(str::to_owned).to_vec(),
            severity: None,
        });
    }
    rows.extend(problems.into_iter().map(|problem| ReceiptRow {
        cells: vec![
            problem.severity.word(language).to_owned(),
            problem.rule.title().in_language(language).to_owned(),
            problem.header.unwrap_or_default().to_owned(),
            problem.count_and_lines(language),
            problem.rule.reason().in_language(language).to_owned(),
            problem.fix.in_language(language).to_owned(),
        ],
        severity: Some(problem.severity),
    }));
    if !receipt.not_checked.is_empty() {
        rows.push(plain(""));
        rows.push(plain(language.pick("Chưa kiểm tra", "Not checked")));
        let reasons = receipt.not_checked.iter();
        rows.extend(reasons.map(|part| plain(part.reason.in_language(language))));
    }
    rows
}
