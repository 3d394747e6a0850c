//! Rows of one file that say the same thing twice.

use std::collections::BTreeMap;

use store::domain::Text;

use crate::finding::{Finding, Findings, Severity};
use crate::forms::ReadRow;
use crate::rule::Rule;

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
