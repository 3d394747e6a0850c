//! The table of a file: rows with their physical line and their cells as typed.

use csv::StringRecord;
use store::domain::Text;

use super::delimiter::{self, Delimiter};
use super::encoding::{Decoded, decode};
use super::lines::{LineCounter, breaks};
use super::quotes::{BadQuote, QuoteProblem, find_bad_quote};
use crate::finding::{Finding, Findings};
use crate::rule::Rule;
use crate::workbook::{Container, read_workbook};

/// A row that is not blank.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The physical line on which the row begins, from 1.
    pub(crate) line: u64,
    /// Whether a cell of it has a line break, so that cells of the row are on different lines.
    has_breaks: bool,
    cells: StringRecord,
}

impl Row {
    /// A row of a sheet, where a line break inside a cell begins no new line.
    pub(crate) const fn of_sheet(line: u64, cells: StringRecord) -> Self {
        Self {
            line,
            has_breaks: false,
            cells,
        }
    }

    /// Writes a cell, counted from 0; a column that the row does not have stays missing.
    pub(crate) fn set(&mut self, column: usize, text: &str) {
        let cells = self.cells.iter().enumerate();
        self.cells = cells
            .map(|(place, cell)| if place == column { text } else { cell })
            .collect();
    }

    /// The cell of a column, counted from 0, as typed; `None` where the row is shorter.
    pub(crate) fn get(&self, column: usize) -> Option<&str> {
        self.cells.get(column)
    }

    /// The physical line on which a cell begins: lower than the row's where a cell before it has line breaks.
    pub(crate) fn line_of(&self, column: usize) -> u64 {
        if !self.has_breaks {
            return self.line;
        }
        let before = self.cells.iter().take(column);
        self.line
            + before
                .map(|cell| breaks(cell.as_bytes(), None))
                .sum::<u64>()
    }

    /// The cells in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.cells.iter()
    }

    /// How many cells the row has.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }
}

/// The rows of a file, without blank ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
}

/// A file read into a table.
#[derive(Debug)]
pub(crate) struct ReadFile {
    /// The encoding of a text file, the kind of a workbook.
    pub(crate) encoding: String,
    /// `None` in a workbook.
    pub(crate) delimiter: Option<Delimiter>,
    /// The sheet that was read; `None` in a text file.
    pub(crate) sheet: Option<String>,
    pub(crate) table: Table,
}

/// Reads a table; `None` where the bytes hold none, which a finding then explains.
pub(crate) fn read_table(bytes: &[u8], findings: &mut Findings) -> Option<ReadFile> {
    if let Some(container) = Container::of(bytes) {
        return read_workbook(bytes, container, findings);
    }
    let Decoded {
        text,
        encoding,
        note,
    } = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(finding) => {
            findings.push(*finding);
            return None;
        }
    };
    if let Some(note) = note {
        findings.push(note);
    }
    let declared = delimiter::declared(&text);
    let delimiter = declared.unwrap_or_else(|| delimiter::detect(&text));
    let mut rows = read_rows(&text, delimiter, findings);
    if declared.is_some() && !rows.is_empty() {
        rows.remove(0);
    }
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    Some(ReadFile {
        encoding,
        delimiter: Some(delimiter),
        sheet: None,
        table: Table { rows },
    })
}

fn read_rows(text: &str, delimiter: Delimiter, findings: &mut Findings) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.byte())
        .from_reader(text.as_bytes());
    let mut lines = LineCounter::new(text.as_bytes());
    let mut rows = Vec::new();
    let mut start = 0;
    loop {
        let mut cells = StringRecord::new();
        match reader.read_record(&mut cells) {
            Ok(true) => {}
            Ok(false) => return rows,
            Err(error) => {
                findings.push(unreadable_row(&error, lines.line_at(start)));
                return rows;
            }
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let raw = text.as_bytes().get(start..end).unwrap_or_default();
        // The reader begins a row with the blank lines, and the end of the line, before it.
        let skipped = raw
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let line = lines.line_at(start + skipped);
        let row = raw.get(skipped..).unwrap_or_default();
        if row.contains(&b'"')
            && let Some(bad) = find_bad_quote(row, delimiter.byte())
        {
            findings.push(bad_quote(bad, line));
        }
        let has_breaks = cells.as_slice().contains(['\n', '\r']);
        rows.push(Row {
            line,
            has_breaks,
            cells,
        });
        start = end;
    }
}

fn unreadable_row(error: &csv::Error, line: u64) -> Finding {
    Finding::error(
        Rule::Unreadable,
        Text::new(
            format!("không đọc được từ dòng này: {error}"),
            format!("nothing can be read from this line on: {error}"),
        ),
        Text::new(
            "lưu lại tệp dạng “CSV UTF-8” rồi gửi lại",
            "save the file again as “CSV UTF-8” and send it again",
        ),
    )
    .on_line(line)
}

fn bad_quote(bad: BadQuote, row_line: u64) -> Finding {
    let message = match bad.problem {
        QuoteProblem::NeverClosed => Text::new(
            "dấu ngoặc kép mở ở đây không được đóng, nên mọi dòng sau đó bị đọc thành một ô",
            "the quotation mark opened here is never closed, so everything after it was read as \
             one cell",
        ),
        QuoteProblem::TextAfter => Text::new(
            "sau dấu ngoặc kép đóng còn có chữ, nên không rõ ô kết thúc ở đâu",
            "there is text after the closing quotation mark, so the end of the cell is not clear",
        ),
    };
    let fix = Text::new(
        "đóng dấu ngoặc kép ở cuối ô; dấu ngoặc kép bên trong ô phải viết hai lần (\"\")",
        "close the quotation mark at the end of the cell; a mark inside a cell is written twice \
         (\"\")",
    );
    Finding {
        line: Some(row_line + bad.lines_down),
        column: Some(bad.column),
        ..Finding::error(Rule::Quote, message, fix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(u64, Vec<String>)>, Vec<Finding>) {
        let mut findings = Findings::of_file("test.csv");
        let file = read_table(text.as_bytes(), &mut findings).unwrap();
        let rows = file
            .table
            .rows
            .iter()
            .map(|row| (row.line, row.iter().map(str::to_owned).collect()))
            .collect();
        (rows, findings.into_sorted())
    }

    #[test]
    fn lines_are_physical_whatever_cells_and_blank_lines_hold() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("a,b{end}{end}{end}\"c{end}d\",e{end},{end}f,g{end}");
            let (rows, findings) = read(&text);
            let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [1, 4, 7], "{text:?}");
            assert!(findings.is_empty());
        }
        let mut findings = Findings::of_file("test.csv");
        let file = read_table(b"a,\"b\nc\",d\n", &mut findings).unwrap();
        let row = file.table.rows.first().unwrap();
        assert_eq!([row.line_of(0), row.line_of(1), row.line_of(2)], [1, 1, 2]);
    }

    #[test]
    fn excels_own_first_line_is_no_row() {
        let (rows, _) = read("sep=;\r\na,b;c\r\n");
        assert_eq!(rows, [(2, vec!["a,b".to_owned(), "c".to_owned()])]);
    }

    #[test]
    fn an_unclosed_quotation_mark_is_found_where_it_opens() {
        let (rows, findings) = read("a,b\nc,\"d\ne,f\ng,h\n");
        assert_eq!(rows.len(), 2);
        let places: Vec<_> = findings
            .iter()
            .map(|each| (each.rule, each.line, each.column))
            .collect();
        assert_eq!(places, [(Rule::Quote, Some(2), Some(2))]);
    }
}
