//! Rules about rows as a whole: rows that carry figures, total rows, rows of a wrong width.

use store::domain::{Outcome, Stage, Text};

use super::error_cells::check_error_cells;
use super::headers::ignored_column;
use super::line_runs::Lines;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::fold::fold;
use crate::form::Form;
use crate::layout::Layout;
use crate::memo::Memo;
use crate::rule::Rule;
use crate::sheet::{Cell, DataRow, Place, Sheet};
use crate::vocabulary::Vocabulary;

/// The rows of a file by what they are for.
#[derive(Debug, Default)]
pub(crate) struct SortedRows {
    /// How many rows report something.
    pub(crate) reports: u64,
    /// The places of total rows, which add up rows above them.
    pub(crate) totals: Vec<Place>,
    /// The places of section titles with figures, which add up the rows below them.
    pub(crate) sections: Vec<Place>,
}

/// Goes through the rows of a file and has those read that report something; the others are total rows and rows without
/// figures, which are footnotes, signatures, section titles or lines of the template that nobody filled in. Skipped rows are named in a
/// note; a file without any report is an error.
pub(crate) fn sort_rows(
    sheet: Sheet<'_>,
    findings: &mut Findings,
    mut read: impl FnMut(DataRow<'_>, &mut Findings),
) -> SortedRows {
    let mut sorted = SortedRows::default();
    let mut without_figures = Lines::default();
    let mut unnamed = sheet.layout.unnamed.clone();
    let figures = figures_of(sheet.layout);
    let mut words = TotalWords::default();
    sheet.each_row(findings, |row, findings| {
        check_unnamed(row, &mut unnamed, sheet, findings);
        if let Some(cell) = words.find(row) {
            findings.push(total_row(cell));
            sorted.totals.push(row.place());
        } else if is_section(row) && reports_something(row, &figures) {
            findings.push(section_row().on_line(row.line()));
            sorted.sections.push(row.place());
        } else if reports_something(row, &figures) && !is_signature(row, &figures) {
            check_width(row, findings);
            check_error_cells(row, findings);
            sorted.reports += 1;
            read(row, findings);
        } else {
            // A footnote stands alone in its row; a row that was cut off has more than that.
            if row.values().filter(|cell| !cell.trim().is_empty()).count() > 1 {
                check_width(row, findings);
            }
            without_figures.push(row.line());
        }
    });
    if sorted.reports == 0 {
        findings.push(no_report());
    } else if without_figures.count > 0 {
        findings.push(rows_without_figures(&without_figures));
    }
    sorted
}

/// A column without a header is told of once something is written in it.
fn check_unnamed(
    row: DataRow<'_>,
    unnamed: &mut Vec<usize>,
    sheet: Sheet<'_>,
    findings: &mut Findings,
) {
    unnamed.retain(|place| {
        let is_filled = row.cell_at(*place).is_some_and(|cell| !cell.is_blank());
        if is_filled {
            let header = sheet.table.rows.get(sheet.layout.header_row);
            let line = header.map_or(row.line(), |header| header.line);
            findings.push(ignored_column(sheet.layout, *place, line));
        }
        !is_filled
    });
}

/// Tells the cells that say "Tổng cộng".
#[derive(Default)]
struct TotalWords {
    known: Memo<bool>,
}

impl TotalWords {
    /// The cell that says "Tổng cộng"; `None` where the row is no total row.
    fn find<'a>(&mut self, row: DataRow<'a>) -> Option<Cell<'a>> {
        let named = [
            Column::RowNumber,
            Column::ProvinceCode,
            Column::Province,
            Column::SubUnit,
            Column::Unit,
        ];
        let named = named.into_iter().filter_map(|column| row.cell(column));
        let first = row
            .cell_at(0)
            .filter(|_| row.layout().column_at(0).is_none());
        named.chain(first).find(|cell| self.is_total(cell.value))
    }

    fn is_total(&mut self, text: &str) -> bool {
        // Every such word begins with one of three letters, which few names do.
        let first = text.chars().find(|letter| letter.is_alphanumeric());
        let may_be = first.is_some_and(|first| {
            !first.is_ascii() || matches!(first, 'c' | 'C' | 't' | 'T' | 'g' | 'G')
        });
        let known = &mut self.known;
        may_be
            && known
                .read(text, || Some(is_total_word(text)))
                .unwrap_or_default()
    }
}

fn is_total_word(text: &str) -> bool {
    let folded = fold(text);
    matches!(
        &*folded,
        "cong" | "tong" | "tongso" | "total" | "grandtotal" | "canuoc" | "toanquoc" | "toantinh"
    ) || folded.starts_with("tongcong")
}

/// Whether a row of counts is one of the lines below a table: where and when it was made, by whom, who signs it. It says of no
/// province, day or kind of event what its figures would be, and they have no digit but those of a day in words.
fn is_signature(row: DataRow<'_>, figures: &[Column]) -> bool {
    let vocabulary = Vocabulary::embedded();
    let has_digit = |cell: &Cell<'_>| cell.value.contains(char::is_numeric);
    let is_words = |cell: Cell<'_>| {
        let folded = fold(cell.value);
        !has_digit(&cell)
            || ["ngay", "thang", "nam"]
                .iter()
                .all(|word| folded.contains(word))
    };
    let cell = |column| row.filled(column);
    row.layout().form == Form::Counts
        && cell(Column::ProvinceCode).filter(has_digit).is_none()
        && cell(Column::AsOf).filter(has_digit).is_none()
        && !cell(Column::Province).is_some_and(|name| vocabulary.unit_names.knows(name.trimmed()))
        && cell(Column::RecordType)
            .is_none_or(|word| vocabulary.record_types.find(word.trimmed()).is_none())
        && figures
            .iter()
            .filter_map(|column| cell(*column))
            .all(is_words)
}

/// Whether a row is the title of a section: numbered with a roman numeral, and about no province.
fn is_section(row: DataRow<'_>) -> bool {
    let number = row.cell(Column::RowNumber).map(Cell::trimmed);
    let number = number.map(|number| number.trim_end_matches(['.', ')']));
    let is_roman = number.is_some_and(|number| {
        !number.is_empty()
            && number
                .bytes()
                .all(|byte| matches!(byte, b'I' | b'V' | b'X'))
    });
    let names = &Vocabulary::embedded().unit_names;
    let is_province = |cell: Cell<'_>| names.knows(cell.trimmed());
    is_roman
        && row.filled(Column::ProvinceCode).is_none()
        && !row.filled(Column::Province).is_some_and(is_province)
}

/// The columns of which one at least is filled in a row that reports something.
fn figures_of(layout: &Layout) -> Vec<Column> {
    match layout.form {
        Form::Counts if layout.is_long => vec![Column::Value],
        Form::Counts => {
            let stages = Stage::ALL.into_iter().map(Column::Stage);
            stages.chain([Column::Difficulty]).collect()
        }
        Form::Reconciliation => {
            let outcomes = Outcome::ALL.into_iter().map(Column::Outcome);
            outcomes
                .chain([
                    Column::Records,
                    Column::Subjects,
                    Column::Key,
                    Column::Value,
                ])
                .collect()
        }
        Form::Published => vec![Column::Value],
    }
}

fn reports_something(row: DataRow<'_>, figures: &[Column]) -> bool {
    let mut cells = figures.iter().filter_map(|column| row.cell(*column));
    cells.any(|cell| !matches!(cell.trimmed(), "" | "-" | "–" | "—" | "x" | "X"))
}

/// A row of another width than the header has its values in the wrong columns.
///
/// One difference is harmless: empty cells missing at the end, which Excel leaves out of a CSV file where a block of rows
/// has none of them. Cells beyond the header are never harmless, even empty ones: `1,234` without quotation marks moves
/// every value after it by one column.
fn check_width(row: DataRow<'_>, findings: &mut Findings) {
    let (expected, given) = (row.layout().headers.len(), row.width());
    if given > expected {
        findings.push(too_wide(given, expected).on_line(row.line()));
    }
    if given >= expected {
        return;
    }
    let missing: Vec<Column> = (given..expected)
        .filter_map(|place| row.layout().column_at(place))
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
    findings.push(finding.on_line(row.line()));
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

fn section_row() -> Finding {
    Finding::note(
        Rule::TotalRow,
        Text::new(
            "dòng tiêu đề mục có số cộng không được đọc như số liệu, chỉ dùng để đối chiếu với các \
             dòng bên dưới",
            "the figures of the section title were not read as figures, only compared with the rows \
             below it",
        ),
        Text::new("không cần làm gì", "nothing to do"),
    )
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

fn rows_without_figures(lines: &Lines) -> Finding {
    let count = lines.count;
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

#[cfg(test)]
mod tests {
    use super::*;

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
