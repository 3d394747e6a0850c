//! The table of a file: rows with their physical line and their cells as typed.
//!
//! A sheet is read whole. Of a text only the rows in which the header is looked for are kept; the others are cut from it one
//! at a time, by [`Records`].

use std::borrow::Cow;

use csv::StringRecord;
use store::domain::Text;

use super::delimiter::{self, Delimiter};
use super::encoding::{Decoded, decode, utf_8};
use super::quotes::{BadQuote, QuoteProblem};
use super::record::{Cells, Record};
use super::records::Records;
use super::text::{self, Content, DiskText};
use crate::finding::{Finding, Findings};
use crate::header_rows::HEADER_SEARCH_ROWS;
use crate::rule::Rule;
use crate::workbook::{Container, read_workbook};

/// A row that is not blank, with a copy of its cells.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The physical line on which the row begins, from 1.
    pub(crate) line: u64,
    /// Whether a cell of it has a line break, so that cells of the row are on different lines.
    pub(super) has_breaks: bool,
    pub(super) cells: StringRecord,
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
        self.record().line_of(column)
    }

    /// The row as any other is looked at.
    pub(crate) const fn record(&self) -> Record<'_> {
        Record {
            place: 0,
            line: self.line,
            has_breaks: self.has_breaks,
            cells: Cells::Kept(&self.cells),
        }
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

/// The rows of a sheet, or those of a text in which the header is looked for; without blank ones.
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
    /// The rows below the table; `None` in a workbook.
    pub(crate) rest: Option<Rest>,
}

impl ReadFile {
    /// The table with every row of the file, whose content is given, for those who need all of them at once.
    pub(crate) fn whole_table(self, content: Content<'_>) -> Table {
        let mut table = self.table;
        if let Some(rest) = self.rest {
            let mut records = rest.records(content);
            let mut buffer = records.buffer();
            while let Some((record, _)) = records.next(&mut buffer) {
                table.rows.push(record.to_row());
            }
        }
        table
    }
}

/// The rows of a text below those of the table.
#[derive(Debug)]
pub(crate) struct Rest {
    /// The text where it had to be converted; `None` where the file itself is in UTF-8.
    converted: Option<String>,
    /// How many bytes of the file come before the text: those of a mark.
    mark: usize,
    delimiter: Delimiter,
    /// Where the first of the rows is looked for, and its line.
    start: (usize, u64),
}

impl Rest {
    /// The rows, of the file whose content is given.
    pub(crate) fn records<'a>(&'a self, content: Content<'a>) -> Records<'a> {
        let text = match (&self.converted, content) {
            (Some(text), _) => text::Text::Kept(text),
            (None, Content::OnDisk(text)) => text::Text::OnDisk(text),
            (None, Content::Kept(bytes)) => {
                let text = utf_8(bytes.get(self.mark..).unwrap_or_default());
                text::Text::Kept(text.unwrap_or_default())
            }
        };
        Records::new(text, self.delimiter.byte(), self.start)
    }
}

/// How many rows of a text are kept: those in which the header is looked for, and three below that may belong to it.
const HEAD_ROWS: usize = HEADER_SEARCH_ROWS + 3;

/// Reads a table; `None` where a file holds none, which a finding then explains.
pub(crate) fn read_table(content: Content<'_>, findings: &mut Findings) -> Option<ReadFile> {
    let bytes = match content {
        Content::Kept(bytes) => bytes,
        Content::OnDisk(text) => return Some(read_on_disk(text, findings)),
    };
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
    let mut file = read_head(text::Text::Kept(&text), &text, encoding, findings);
    if let Some(rest) = &mut file.rest {
        rest.mark = bytes.len().saturating_sub(text.len());
        rest.converted = match text {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        };
    }
    Some(file)
}

fn read_on_disk(text: &DiskText, findings: &mut Findings) -> ReadFile {
    let encoding = if text.mark == 0 { "UTF-8" } else { "UTF-8-BOM" };
    read_head(
        text::Text::OnDisk(text),
        &text.head(),
        encoding.to_owned(),
        findings,
    )
}

/// Reads the rows of a text among which the header is; its first bytes tell the delimiter.
fn read_head(
    text: text::Text<'_>,
    head: &str,
    encoding: String,
    findings: &mut Findings,
) -> ReadFile {
    let declared = delimiter::declared(head);
    let delimiter = declared.unwrap_or_else(|| delimiter::detect(head));
    let mut records = Records::new(text, delimiter.byte(), (0, 1));
    let mut buffer = records.buffer();
    if declared.is_some() {
        records.next(&mut buffer);
    }
    let mut table = Table::default();
    while table.rows.len() < HEAD_ROWS
        && let Some((record, bad)) = records.next(&mut buffer)
    {
        report_bad_quote(bad, record.line, findings);
        table.rows.push(record.to_row());
    }
    ReadFile {
        encoding,
        delimiter: Some(delimiter),
        sheet: None,
        table,
        rest: Some(Rest {
            converted: None,
            mark: 0,
            delimiter,
            start: records.position(),
        }),
    }
}

/// Says where in a row that begins on a line a quotation mark does not match.
pub(crate) fn report_bad_quote(bad: Option<BadQuote>, line: u64, findings: &mut Findings) {
    if let Some(bad) = bad {
        findings.push(bad_quote(bad, line));
    }
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
        let content = Content::Kept(text.as_bytes());
        let file = read_table(content, &mut findings).unwrap();
        let row = |record: Record<'_>| (record.line, record.iter().map(str::to_owned).collect());
        let mut rows: Vec<_> = file
            .table
            .rows
            .iter()
            .map(|each| row(each.record()))
            .collect();
        let rest = file.rest.unwrap();
        let mut rest = rest.records(content);
        let mut buffer = rest.buffer();
        while let Some((record, bad)) = rest.next(&mut buffer) {
            report_bad_quote(bad, record.line, &mut findings);
            rows.push(row(record));
        }
        (rows, findings.into_sorted().0)
    }

    #[test]
    fn rows_below_the_head_are_read_like_those_in_it() {
        for end in ["\n", "\r\n", "\r"] {
            let text: String = (0..2 * HEAD_ROWS)
                .map(|row| {
                    format!("{row},\"a{end}\"\"{row}\"\"\",c{end}{end},,{end}plain,{row}{end}")
                })
                .collect();
            let (rows, findings) = read(&text);
            assert!(findings.is_empty());
            let expected: Vec<(u64, Vec<String>)> = (0..2 * HEAD_ROWS)
                .flat_map(|row| {
                    let line = 5 * u64::try_from(row).unwrap() + 1;
                    let quoted = [row.to_string(), format!("a{end}\"{row}\""), "c".to_owned()];
                    let plain = ["plain".to_owned(), row.to_string()];
                    [(line, quoted.to_vec()), (line + 4, plain.to_vec())]
                })
                .collect();
            assert_eq!(rows, expected, "{end:?}");
        }
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
        let content = Content::Kept(b"a,\"b\nc\",d\n");
        let file = read_table(content, &mut findings).unwrap();
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
