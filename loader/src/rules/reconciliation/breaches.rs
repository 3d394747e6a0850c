//! The invariants that an entry breaks by itself, each at its place in the file.

use chrono::NaiveDate;
use store::domain::{
    Breach, ReconciliationEntry, Text, Weight, check_batch, check_snapshots, check_statement,
};

use crate::column::Column;
use crate::finding::{Finding, Findings, Severity};
use crate::forms::Cells;
use crate::rule::Rule;
use crate::sheet::Cell;

/// Checks an entry by itself. What needs the ledger, as every rule about open differences does, is checked against it.
pub(crate) fn check_entry(
    entry: &ReconciliationEntry,
    cells: &Cells<'_>,
    today: NaiveDate,
    findings: &mut Findings,
) {
    let (breaches, place) = match entry {
        ReconciliationEntry::Batch(batch) => {
            let mut breaches = check_batch(batch);
            breaches.extend(check_snapshots(batch, today));
            (breaches, Column::Subjects)
        }
        ReconciliationEntry::Cases(_) => return,
        ReconciliationEntry::Statement(statement) => {
            (check_statement(statement), Column::ProvinceCode)
        }
    };
    for breach in breaches {
        let cell = cells.by_column.get(&place).copied();
        findings.push(at(finding(breach), cell, cells.line));
    }
}

fn at(finding: Finding, cell: Option<Cell<'_>>, line: u64) -> Finding {
    match cell {
        Some(cell) => finding.at(cell),
        None => finding.on_line(line),
    }
}

/// A breach as a finding. The rules about outcomes and subjects have kept their own names.
pub(super) fn finding(breach: Breach) -> Finding {
    let severity = match breach.weight {
        Weight::Hard => Severity::Error,
        Weight::Warn => Severity::Query,
    };
    let (rule, fix) = match breach.rule {
        1 => (
            Rule::OutcomesSum,
            Text::new(
                "mỗi người thuộc đúng một kết quả; người chưa so được thì ghi vào Chưa đối chiếu",
                "every subject has exactly one outcome; those that could not be compared go to Not \
                 compared",
            ),
        ),
        2 => (
            Rule::Subjects,
            Text::new(
                "khai sinh, khai tử: mỗi trường hợp 1 người; kết hôn: 2 người; loại khác: ít nhất 1 \
                 người",
                "birth and death: 1 subject each; marriage: 2; other types: at least 1",
            ),
        ),
        _ => (
            Rule::LedgerInvariant,
            Text::new(
                "kiểm tra lại các số này ở kết quả đối chiếu gốc rồi gửi lại cả tệp",
                "check these figures where the comparison was made and send the whole file again",
            ),
        ),
    };
    Finding::new(severity, rule, breach.message, fix)
}
