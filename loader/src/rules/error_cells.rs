//! Errors of formulas, which a spreadsheet writes instead of a value.

use store::domain::Text;

use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::rule::Rule;
use crate::sheet::DataRow;

/// Columns that take any text.
const TEXTS: [Column; 5] = [
    Column::SubUnit,
    Column::Note,
    Column::Difficulty,
    Column::RuleSet,
    Column::Source,
];

/// What spreadsheets show where a formula fails.
const ERRORS: [&str; 8] = [
    "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!",
];

/// Whether a text is the error of a formula, in Excel or LibreOffice.
pub(super) fn is_formula_error(text: &str) -> bool {
    ERRORS.contains(&text)
        || text
            .strip_prefix("Err:")
            .is_some_and(|code| code.parse::<u16>().is_ok())
}

/// In columns of text; in all others it is no number, no day and no name already. A failed formula says nothing, but as text it would be kept as the name of an office or as a note.
pub(crate) fn check_error_cells(row: DataRow<'_>, findings: &mut Findings) {
    for cell in TEXTS.into_iter().filter_map(|column| row.cell(column)) {
        if !is_formula_error(cell.trimmed()) {
            continue;
        }
        let finding = Finding::error(
            Rule::Text,
            Text::new(
                "công thức trong ô bị lỗi nên ô không có nội dung",
                "the formula in the cell failed, so the cell says nothing",
            ),
            Text::new(
                "sửa công thức hoặc ghi thẳng nội dung vào ô, rồi lưu lại",
                "correct the formula or type the text itself, and save again",
            ),
        );
        findings.push(finding.at(cell));
    }
}
