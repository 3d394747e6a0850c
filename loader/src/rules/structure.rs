//! Rules about rows as a whole: rows that carry figures, total rows, rows of a wrong width.

use store::domain::{Outcome, Stage, Text};

use crate::column::{Column, Form};
use crate::finding::{Finding, Findings};
use crate::fold::fold;
use crate::read::Row;
use crate::rule::Rule;
use crate::sheet::{Cell, Sheet};

/// The rows of a file by what they are for.
#[derive(Debug, Default)]
pub(crate) struct SortedRows {
    /// The places of rows that report something.
    pub(crate) reports: Vec<usize>,
    /// The places of total rows.
    pub(crate) totals: Vec<usize>,
}

/// Sorts rows into reports, total rows and rows without figures, which are footnotes, section titles or lines of the
/// template that nobody filled in. Skipped rows are named in a note; a file without any report is an error.
pub(crate) fn sort_rows(sheet: Sheet<'_>, findings: &mut Findings) -> SortedRows {
    let mut sorted = SortedRows::default();
    let mut without_figures = Vec::new();
    for (place, row) in sheet.data_rows() {
        if let Some(cell) = total_word(sheet, row) {
            findings.push(total_row(cell));
            sorted.totals.push(place);
        } else if reports_something(sheet, row) {
            check_width(sheet, row, findings);
            sorted.reports.push(place);
        } else {
            // A footnote stands alone in its row; a row that was cut off has more than that.
            if filled(row).count() > 1 {
                check_width(sheet, row, findings);
            }
            without_figures.push(row.line);
        }
    }
    if sorted.reports.is_empty() {
        findings.push(no_report());
    } else if !without_figures.is_empty() {
        findings.push(rows_without_figures(&without_figures));
    }
    sorted
}

fn filled(row: &Row) -> impl Iterator<Item = &str> {
    row.iter().filter(|cell| !cell.trim().is_empty())
}

/// The cell that says "Tổng cộng"; `None` where the row is no total row.
fn total_word<'a>(sheet: Sheet<'a>, row: &'a Row) -> Option<Cell<'a>> {
    let named = [
        Column::RowNumber,
        Column::ProvinceCode,
        Column::Province,
        Column::SubUnit,
        Column::Unit,
    ];
    let named = named
        .into_iter()
        .filter_map(|column| sheet.cell(row, column));
    let first = sheet
        .cell_at(row, 0)
        .filter(|_| sheet.layout.column_at(0).is_none());
    named.chain(first).find(|cell| is_total_word(cell.value))
}

fn is_total_word(text: &str) -> bool {
    let folded = fold(text);
    matches!(
        &*folded,
        "cong" | "tong" | "tongso" | "total" | "grandtotal" | "canuoc" | "toanquoc" | "toantinh"
    ) || folded.starts_with("tongcong")
}

fn reports_something(sheet: Sheet<'_>, row: &Row) -> bool {
    let figures: Vec<Column> = match sheet.layout.form {
        Form::Counts => Stage::ALL
            .into_iter()
            .map(Column::Stage)
            .chain([Column::Difficulty])
            .collect(),
        Form::Reconciliation => Outcome::ALL
            .into_iter()
            .map(Column::Outcome)
            .chain([Column::Records, Column::Subjects])
            .collect(),
        Form::Published => vec![Column::Value],
    };
    let mut cells = figures
        .into_iter()
        .filter_map(|column| sheet.cell(row, column));
    cells.any(|cell| !matches!(cell.trimmed(), "" | "-" | "–" | "—" | "x" | "X"))
}

/// A row of another width than the header has its values in the wrong columns.
///
/// One difference is harmless: empty cells missing at the end, which Excel leaves out of a CSV file where a block of rows
/// has none of them. Cells beyond the header are never harmless, even empty ones: `1,234` without quotation marks moves
/// every value after it by one column.
fn check_width(sheet: Sheet<'_>, row: &Row, findings: &mut Findings) {
    let (expected, given) = (sheet.layout.headers.len(), row.len());
    if given > expected {
        findings.push(too_wide(given, expected).on_line(row.line));
        return;
    }
    let missing: Vec<Column> = (given..expected)
        .filter_map(|place| sheet.layout.column_at(place))
        .filter(|column| !column.may_be_missing())
        .collect();
    if missing.is_empty() {
        return;
    }
    let needed = |column: &Column| !matches!(column, Column::Stage(_));
    let message = Text::new(
        format!("dòng có {given} ô, tiêu đề có {expected} cột"),
        format!("the row has {given} cells, the header {expected} columns"),
    );
    let finding = if missing.iter().any(needed) {
        let fix = Text::new(
            "kiểm tra dòng có bị cắt hoặc xuống dòng giữa chừng không, rồi điền đủ các ô",
            "check whether the row was cut or broken in two, and fill in all its cells",
        );
        Finding::error(Rule::FieldCount, message, fix)
    } else {
        let fix = Text::new(
            "các ô thiếu ở cuối dòng được coi là chưa báo cáo; nếu có số liệu thì điền vào",
            "the cells missing at the end count as not reported; fill them in if there are figures",
        );
        Finding::note(Rule::FieldCount, message, fix)
    };
    findings.push(finding.on_line(row.line));
}

fn too_wide(given: usize, expected: usize) -> Finding {
    Finding::error(
        Rule::FieldCount,
        Text::new(
            format!(
                "dòng có {given} ô, tiêu đề chỉ có {expected} cột, nên các giá trị có thể lệch cột"
            ),
            format!(
                "the row has {given} cells but the header only {expected} columns, so values may \
                 be in the wrong ones"
            ),
        ),
        Text::new(
            "ô có dấu phân cách bên trong phải nằm trong dấu ngoặc kép, ví dụ \"1,234\"; xóa dấu \
             phân cách thừa ở cuối dòng",
            "a cell that contains the delimiter must be in quotation marks, for example \
             \"1,234\"; remove delimiters left over at the end",
        ),
    )
}

fn total_row(cell: Cell<'_>) -> Finding {
    Finding::note(
        Rule::TotalRow,
        Text::new(
            "dòng cộng không được đọc như số liệu, chỉ dùng để đối chiếu",
            "the total row was not read as figures, only compared with them",
        ),
        Text::new("không cần làm gì", "nothing to do"),
    )
    .at(cell)
}

fn no_report() -> Finding {
    Finding::error(
        Rule::NoFigures,
        Text::new("không có dòng nào có số liệu", "no row has any figure"),
        Text::new(
            "điền số liệu vào biểu mẫu rồi gửi lại",
            "fill in the form and send it again",
        ),
    )
}

fn rows_without_figures(lines: &[u64]) -> Finding {
    let (count, lines) = (lines.len(), ranges(lines));
    Finding::note(
        Rule::NoFigures,
        Text::new(
            format!("{count} dòng không có số liệu nào nên được bỏ qua: dòng {lines}"),
            format!("rows without figures, which were skipped: {count} (lines {lines})"),
        ),
        Text::new(
            "không cần làm gì; nếu kết quả là không thì ghi số 0",
            "nothing to do; where the figure is none, write 0",
        ),
    )
}

/// Rising line numbers as `3–5, 8`.
pub(crate) fn ranges(lines: &[u64]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => runs.push((*line, *line)),
        }
    }
    let runs: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            _ => format!("{first}–{last}"),
        })
        .collect();
    runs.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_numbers_are_written_as_ranges() {
        assert_eq!(ranges(&[3]), "3");
        assert_eq!(ranges(&[3, 4, 5, 8, 10, 11]), "3–5, 8, 10–11");
    }

    #[test]
    fn total_words_are_known() {
        for word in ["Tổng cộng", "CỘNG", "Tổng cộng (63 tỉnh):", "Total"] {
            assert!(is_total_word(word), "{word}");
        }
        for word in ["Tổng hợp", "Cộng Hòa", "", "Hà Nội"] {
            assert!(!is_total_word(word), "{word}");
        }
    }
}
