//! Rules about things said twice: rows of one file, and the figures of the time before.

use std::collections::BTreeMap;

use store::domain::{CountRow, Language, Stage, Text};

use crate::finding::{Finding, Findings, Severity};
use crate::forms::ReadRow;
use crate::rule::Rule;
use crate::sheet::Sheet;

/// Two rows with one key. `what` says which columns make the key.
///
/// Returns whether there was any.
pub(crate) fn check_duplicates<T, K: Ord>(
    rows: &[ReadRow<T>],
    key: impl Fn(&T) -> K,
    (severity, what): (Severity, &Text),
    findings: &mut Findings,
) -> bool {
    let mut first_lines = BTreeMap::new();
    let mut any = false;
    for row in rows {
        let first = *first_lines.entry(key(&row.value)).or_insert(row.line);
        if first == row.line {
            continue;
        }
        any = true;
        let finding = Finding::new(
            severity,
            Rule::DuplicateRow,
            Text::new(
                format!("trùng với dòng {first}: cùng {}", what.vi),
                format!("the same {} as line {first}", what.en),
            ),
            Text::new(
                "giữ lại dòng đúng và xóa dòng kia, hoặc sửa cột ghi nhầm",
                "keep the right row and remove the other, or correct the column that is wrong",
            ),
        );
        findings.push(finding.on_line(row.line));
    }
    any
}

/// All figures are those of an earlier date. A finished row stays as it is, so that is no surprise.
pub(crate) fn check_same_as_before(
    sheet: Sheet<'_>,
    row: &ReadRow<CountRow>,
    previous: &CountRow,
    findings: &mut Findings,
) {
    let counts = &row.value.counts;
    let total = counts.get(Stage::Total);
    let finished = total.is_some() && total == counts.get(Stage::Transferred);
    if counts.is_empty() || finished || *counts != previous.counts {
        return;
    }
    let (vi, en) = (
        Language::Vi.date(previous.as_of),
        Language::En.date(previous.as_of),
    );
    let finding = Finding::note(
        Rule::SameAsBefore,
        Text::new(
            format!("mọi số liệu giống hệt ngày {vi}"),
            format!("every figure is that of {en}"),
        ),
        Text::new(
            "kiểm tra có gửi nhầm tệp của kỳ trước không; nếu đúng là không thay đổi thì không \
             cần làm gì",
            "check that it is not the earlier file; if nothing has changed there is nothing to do",
        ),
    );
    let line = sheet
        .table
        .rows
        .get(row.place)
        .map_or(row.line, |row| row.line);
    findings.push(finding.on_line(line));
}
