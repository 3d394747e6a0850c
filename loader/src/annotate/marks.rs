//! Which cells are marked, in which colour and with which words.

use std::collections::BTreeMap;

use store::domain::Language;

use crate::finding::{Finding, Severity};

/// The longest comment, in letters; the receipt has all of it.
const LONGEST: usize = 2000;

/// What is put on a cell.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// The gravest of its findings.
    pub(super) severity: Severity,
    pub(super) comment: String,
}

/// The marks by row and column, both from 1; a finding on a whole row stands at its first cell.
pub(super) type Marks = BTreeMap<(u32, u32), Mark>;

/// The colours of a severity: those of Excel's own "Bad", "Neutral" and a light blue, as red, green and blue.
pub(super) const fn colour(severity: Severity) -> u32 {
    match severity {
        Severity::Error => 0xFF_C7CE,
        Severity::Query => 0xFF_EB9C,
        Severity::Note => 0xDD_EBF7,
    }
}

/// The marks of some findings, whose lines are those of the sheet.
pub(super) fn marks(findings: &[Finding], language: Language) -> Marks {
    let mut marks = Marks::new();
    for finding in findings {
        let Some(row) = finding.line.and_then(|line| u32::try_from(line).ok()) else {
            continue;
        };
        let column = finding.column.and_then(|column| u32::try_from(column).ok());
        let words = words(finding, language);
        marks
            .entry((row, column.unwrap_or(1)))
            .and_modify(|mark| {
                mark.severity = mark.severity.min(finding.severity);
                mark.comment.push_str("\n\n");
                mark.comment.push_str(&words);
            })
            .or_insert(Mark {
                severity: finding.severity,
                comment: words.clone(),
            });
    }
    for mark in marks.values_mut() {
        if let Some((end, _)) = mark.comment.char_indices().nth(LONGEST) {
            mark.comment.truncate(end);
            mark.comment.push('…');
        }
    }
    marks
}

fn words(finding: &Finding, language: Language) -> String {
    format!(
        "{}: {}\n{}: {}",
        finding.severity.word(language),
        finding.message.in_language(language),
        language.pick("Cách sửa", "Fix"),
        finding.fix.in_language(language),
    )
}
