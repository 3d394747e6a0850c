//! Counts what the repeat attributes of an ODS table would unfold to: a few bytes can say a billion cells. Finds merged cells and
//! hidden rows and columns on the way, which the reading library does not.

use calamine::Dimensions;

use super::hidden::SheetFacts;
use super::refused::{MOST_CELLS, MOST_TEXT, Refusal, damaged, too_many_cells, too_much_text};

/// What a table unfolds to so far.
#[derive(Debug, Default)]
struct Unfolded {
    /// Cells of the rows once each, and text of all.
    cells: u64,
    text: u64,
    /// Of the table that is open: rows, rows up to the last filled one, and the widest row.
    rows: u64,
    filled_rows: u64,
    widest: u64,
    row: Row,
    /// Cells of the tables that are closed, with repeated rows.
    closed: u64,
    /// Of the table that is open, columns so far.
    columns: u64,
    tables: Vec<SheetFacts>,
}

#[derive(Debug, Default)]
struct Row {
    repeats: u64,
    /// Cells up to the last filled one, the empty ones after it, and the bytes that filled ones unfold to.
    cells: u64,
    empty: u64,
    text: u64,
    /// Repeats of the cell that is open, and where it begins.
    open: Option<(u64, usize)>,
}

impl Row {
    fn close_cell(&mut self, place: usize) {
        if let Some((repeats, start)) = self.open.take() {
            let length = u64::try_from(place.saturating_sub(start)).unwrap_or(u64::MAX);
            self.text = self.text.saturating_add(repeats.saturating_mul(length));
        }
    }
}

/// Whether the content of an ODS file stays within the limits; gives what is known of each table.
pub(super) fn check_repeats(content: &[u8]) -> Result<Vec<SheetFacts>, Refusal> {
    let mut unfolded = Unfolded::default();
    let mut place = 0;
    while let Some(start) = find(content, b'<', place) {
        let end = tag_end(content, start + 1);
        let tag = content.get(start + 1..end).unwrap_or_default();
        place = match tag.first() {
            // Declarations and comments may hold anything; what looks like a tag inside counts as one.
            Some(b'!' | b'?') | None => start + 1,
            Some(_) => end,
        };
        if place == end {
            unfolded.take_tag(tag, start)?;
        }
    }
    unfolded.close_table();
    unfolded.check()?;
    Ok(unfolded.tables)
}

impl Unfolded {
    fn take_tag(&mut self, tag: &[u8], place: usize) -> Result<(), Refusal> {
        let name_end = tag.iter().position(|byte| {
            byte.is_ascii_whitespace() || (*byte == b'/' && tag.first() != Some(&b'/'))
        });
        let name = tag.get(..name_end.unwrap_or(tag.len())).unwrap_or_default();
        match name {
            b"table:table-row" => {
                self.row = Row {
                    repeats: repeats(tag, b"table:number-rows-repeated")?,
                    ..Row::default()
                };
                if let Some(table) = self.tables.last_mut().filter(|_| is_hidden(tag)) {
                    table.hidden.rows.push(run(self.rows, self.row.repeats));
                }
                if tag.ends_with(b"/") {
                    self.close_row(place);
                }
            }
            b"/table:table-row" => {
                self.close_row(place);
                self.check()?;
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                self.row.close_cell(place);
                self.take_merged(tag)?;
                let repeats = repeats(tag, b"table:number-columns-repeated")?;
                let valued = [&b"office:"[..], b"table:formula"]
                    .iter()
                    .any(|word| tag.windows(word.len()).any(|part| part == *word));
                if tag.ends_with(b"/") && !valued {
                    self.row.empty = self.row.empty.saturating_add(repeats);
                } else {
                    let before = self.row.cells.saturating_add(self.row.empty);
                    self.row.cells = before.saturating_add(repeats);
                    self.row.empty = 0;
                    self.row.open = Some((repeats, place));
                }
            }
            b"table:table-column" => {
                let repeats = repeats(tag, b"table:number-columns-repeated")?;
                if let Some(table) = self.tables.last_mut().filter(|_| is_hidden(tag)) {
                    table.hidden.columns.push(run(self.columns, repeats));
                }
                self.columns = self.columns.saturating_add(repeats);
            }
            b"table:table" => self.tables.push(SheetFacts::default()),
            b"/table:table" => self.close_table(),
            _ => {}
        }
        Ok(())
    }

    /// Keeps the area of a cell that is merged over several rows.
    fn take_merged(&mut self, tag: &[u8]) -> Result<(), Refusal> {
        let rows = repeats(tag, b"table:number-rows-spanned")?;
        if let Some(table) = self.tables.last_mut().filter(|_| rows > 1) {
            let column = self.row.cells.saturating_add(self.row.empty);
            let columns = repeats(tag, b"table:number-columns-spanned")?;
            let (rows, columns) = (run(self.rows, rows), run(column, columns));
            table.merged.push(Dimensions {
                start: (rows.0, columns.0),
                end: (rows.1, columns.1),
            });
        }
        Ok(())
    }

    fn close_row(&mut self, place: usize) {
        self.row.close_cell(place);
        let row = std::mem::take(&mut self.row);
        self.rows = self.rows.saturating_add(row.repeats);
        if row.cells > 0 {
            self.filled_rows = self.rows;
            self.widest = self.widest.max(row.cells);
            self.cells = self.cells.saturating_add(row.cells);
            self.text = self
                .text
                .saturating_add(row.text.saturating_mul(row.repeats));
        }
    }

    fn close_table(&mut self) {
        let cells = self.filled_rows.saturating_mul(self.widest);
        self.closed = self.closed.saturating_add(cells);
        (self.rows, self.filled_rows, self.widest) = (0, 0, 0);
        self.columns = 0;
    }

    fn check(&self) -> Result<(), Refusal> {
        let open = self.filled_rows.saturating_mul(self.widest);
        if self.cells.max(self.closed.saturating_add(open)) > MOST_CELLS {
            return Err(too_many_cells());
        }
        if self.text > MOST_TEXT {
            return Err(too_much_text());
        }
        Ok(())
    }
}

/// The first and the last of so many rows or columns.
fn run(first: u64, count: u64) -> (u32, u32) {
    let place = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let last = first.saturating_add(count.max(1)).saturating_sub(1);
    (place(first), place(last))
}

/// Whether a row or a column is hidden, or left out by a filter.
fn is_hidden(tag: &[u8]) -> bool {
    let value = attribute(tag, b"table:visibility");
    matches!(value, Some(b"collapse" | b"filter"))
}

fn find(content: &[u8], byte: u8, from: usize) -> Option<usize> {
    let rest = content.get(from..)?;
    let place = rest.iter().position(|each| *each == byte)?;
    Some(from + place)
}

/// The `>` that ends a tag; one inside quotation marks does not.
fn tag_end(content: &[u8], from: usize) -> usize {
    let mut quote = None;
    for (place, byte) in content.iter().enumerate().skip(from) {
        match (quote, *byte) {
            (None, b'>') => return place,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    content.len()
}

/// The number of an attribute, 1 where it is not there; anything but plain digits is no number that a program writes.
fn repeats(tag: &[u8], name: &[u8]) -> Result<u64, Refusal> {
    if !tag.windows(name.len()).any(|part| part == name) {
        return Ok(1);
    }
    let number = attribute(tag, name)
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| damaged("number-repeated"))
}

/// What stands between the quotation marks of an attribute; `None` where it is not there.
fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let place = tag.windows(name.len()).position(|part| part == name)?;
    let rest = tag.get(place + name.len()..)?;
    rest.split(|byte| matches!(byte, b'"' | b'\'')).nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rule;

    fn refused(rows: &str) -> Option<Rule> {
        let content = format!("<table:table table:name=\"a>b\">{rows}</table:table>");
        check_repeats(content.as_bytes())
            .err()
            .map(|finding| finding.rule)
    }

    #[test]
    fn empty_repeats_to_the_edge_of_the_sheet_are_what_programs_write() {
        let rows = "<table:table-row><table:table-cell office:value=\"1\"/>\
                    <table:table-cell table:number-columns-repeated=\"16383\"/></table:table-row>\
                    <table:table-row table:number-rows-repeated=\"1048575\">\
                    <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        assert_eq!(refused(rows), None);
    }

    #[test]
    fn cells_merged_over_rows_are_found_in_each_table() {
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
        let cell = "<table:table-cell table:number-columns-repeated=\"2\"/>";
        let over = "<table:table-cell table:number-columns-spanned=\"1\" \
                    table:number-rows-spanned=\"3\"><text:p>04</text:p></table:table-cell>";
        let wide = "<table:table-cell table:number-columns-spanned=\"2\" \
                    table:number-rows-spanned=\"1\"/><table:covered-table-cell/>";
        let table = |rows: &str| format!("<table:table table:name=\"a\">{rows}</table:table>");
        let empty = "<table:table-row table:number-rows-repeated=\"4\"><table:table-cell/></table:table-row>";
        let first = table(&row(wide));
        let second = table(&format!("{empty}{}", row(&format!("{cell}{over}"))));
        let merged = check_repeats(format!("{first}{second}").as_bytes()).unwrap();
        assert_eq!(merged.len(), 2);
        assert!(merged[0].merged.is_empty());
        let area = merged[1].merged[0];
        assert_eq!((area.start, area.end), ((4, 2), (6, 2)));
    }

    #[test]
    fn hidden_rows_and_columns_are_found_in_each_table() {
        let table = "<table:table table:name=\"a\"><table:table-column table:number-columns-repeated=\"2\"/>\
                     <table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"3\"/>\
                     <table:table-row table:number-rows-repeated=\"4\"><table:table-cell/></table:table-row>\
                     <table:table-row table:visibility=\"filter\"/>\
                     <table:table-row table:visibility='collapse' table:number-rows-repeated='2'></table:table-row>\
                     <table:table-row table:visibility=\"visible\"/></table:table>";
        for facts in check_repeats(table.repeat(2).as_bytes()).unwrap() {
            assert_eq!(facts.hidden.columns, [(2, 4)]);
            assert_eq!(facts.hidden.rows, [(4, 4), (5, 6)]);
        }
    }

    #[test]
    fn filled_repeats_are_counted() {
        let row = |repeats: &str, cell: &str| {
            format!("<table:table-row {repeats}>{cell}</table:table-row>")
        };
        let cell = |repeats: u64| {
            format!(
                "<table:table-cell table:number-columns-repeated='{repeats}' office:value=\"1\"/>"
            )
        };
        let many_rows = "table:number-rows-repeated=\"1000000\"";
        assert_eq!(refused(&row(many_rows, &cell(1))), None);
        assert_eq!(refused(&row(many_rows, &cell(9))), Some(Rule::WorkbookSize));
        assert_eq!(
            refused(&row("", &cell(16_384)).repeat(489)),
            Some(Rule::WorkbookSize)
        );
        // Far from the table: an empty block between two cells.
        let far = row("", &cell(1)) + &row(many_rows, "<table:table-cell/>") + &row("", &cell(9));
        assert_eq!(refused(&far), Some(Rule::WorkbookSize));
        let long = format!(
            "<table:table-cell><text:p>{}</text:p></table:table-cell>",
            "a".repeat(3000)
        );
        assert_eq!(
            refused(&row("table:number-rows-repeated=\"100000\"", &long)),
            Some(Rule::WorkbookSize)
        );
        assert_eq!(
            refused(&row("table:number-rows-repeated=\"&#57;\"", &cell(1))),
            Some(Rule::Workbook)
        );
    }
}
