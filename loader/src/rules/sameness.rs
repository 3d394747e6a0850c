//! Rows of one file that say the same thing twice.

use std::hash::Hash;

use store::domain::Text;

use crate::finding::{Finding, Findings, Severity};
use crate::forms::ReadRow;
use crate::index::Index;
use crate::rule::Rule;

/// Two rows with one key. `what` says which columns make the key.
pub(crate) fn check_duplicates<'r, T, K: Hash + Eq>(
    rows: &'r [ReadRow<T>],
    key: impl Fn(&'r T) -> K,
    (severity, what): (Severity, &Text),
    findings: &mut Findings,
) {
    let mut index = Index::default();
    let key_of = |place: usize| rows.get(place).map(|row| key(&row.value));
    for (place, row) in rows.iter().enumerate() {
        let first = index.first_with(&Some(key(&row.value)), place, key_of);
        let Some(first) = rows.get(first).filter(|_| first != place) else {
            continue;
        };
        findings.push(twice(severity, what, first.line()).on_line(row.line()));
    }
}

/// A row that says again what a line before it is about.
pub(crate) fn twice(severity: Severity, what: &Text, first: u64) -> Finding {
    Finding::new(
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
    )
}
