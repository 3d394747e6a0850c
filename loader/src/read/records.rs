//! Cuts a text into rows, one at a time, with the physical line of each: what is read of a file never depends on its length.
//!
//! A line without a quotation mark is a row as it stands and is cut where it lies; `csv_core` reads the others.

use csv_core::ReadRecordResult;
use memchr::{memchr, memchr_iter, memchr2};

use super::lines::breaks;
use super::quotes::{BadQuote, find_bad_quote};
use super::table::Row;

/// A row that is not blank, where it lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    /// Where it begins in the text, in bytes; 0 in a sheet.
    pub(crate) place: usize,
    /// The physical line on which it begins, or the row of the sheet, from 1.
    pub(crate) line: u64,
    /// Whether a cell of it has a line break, so that cells of the row are on different lines.
    pub(super) has_breaks: bool,
    pub(super) cells: Cells<'a>,
}

/// The cells of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cells<'a> {
    /// The ends of the cells in a text, with so many bytes between one and the next.
    Cut {
        text: &'a str,
        ends: &'a [usize],
        between: usize,
    },
    Kept(&'a csv::StringRecord),
}

impl<'a> Record<'a> {
    /// The cell of a column, counted from 0, as typed; `None` where the row is shorter.
    pub(crate) fn get(self, column: usize) -> Option<&'a str> {
        match self.cells {
            Cells::Cut {
                text,
                ends,
                between,
            } => {
                let end = *ends.get(column)?;
                let before = column.checked_sub(1).and_then(|before| ends.get(before));
                text.get(before.map_or(0, |end| end + between)..end)
            }
            Cells::Kept(cells) => cells.get(column),
        }
    }

    /// How many cells the row has.
    pub(crate) fn len(self) -> usize {
        match self.cells {
            Cells::Cut { ends, .. } => ends.len(),
            Cells::Kept(cells) => cells.len(),
        }
    }

    /// The cells in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).filter_map(move |column| self.get(column))
    }

    /// The physical line on which a cell begins: lower than the row's where a cell before it has line breaks.
    pub(crate) fn line_of(self, column: usize) -> u64 {
        if !self.has_breaks {
            return self.line;
        }
        let before = self.iter().take(column);
        self.line
            + before
                .map(|cell| breaks(cell.as_bytes(), None))
                .sum::<u64>()
    }

    fn is_blank(self) -> bool {
        self.iter().all(|cell| cell.trim().is_empty())
    }

    /// A copy that can be kept.
    pub(super) fn to_row(self) -> Row {
        Row {
            line: self.line,
            has_breaks: self.has_breaks,
            cells: self.iter().collect(),
        }
    }
}

/// Hardly any row that reports something has fewer bytes.
const SHORT_ROW: usize = 32;

/// A place in a text from which rows are read on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    place: usize,
    line: u64,
}

/// What a reader needs for one row and uses again for the next.
#[derive(Debug)]
pub(crate) struct Buffer {
    /// Where the cells of a row without quotation marks end.
    ends: Vec<usize>,
    /// The cells of a row with quotation marks, without them, and where they end; longer than what is in them.
    unquoted: Vec<u8>,
    unquoted_ends: Vec<usize>,
    core: csv_core::Reader,
}

impl<'a> Records<'a> {
    /// From a byte of a text, which begins a physical line.
    pub(crate) const fn new(text: &'a str, delimiter: u8, (place, line): (usize, u64)) -> Self {
        Self {
            text,
            delimiter,
            place,
            line,
        }
    }

    /// Where the next row is looked for, and its line.
    pub(crate) const fn position(&self) -> (usize, u64) {
        (self.place, self.line)
    }

    /// The same text from another row on.
    pub(crate) const fn at(self, place: usize, line: u64) -> Self {
        Self {
            place,
            line,
            ..self
        }
    }

    /// How many rows there are at most, as far as one can tell without reading them.
    pub(crate) fn most_rows(&self) -> usize {
        let rest = self.text.as_bytes().get(self.place..).unwrap_or_default();
        let lines = memchr_iter(b'\n', rest).count();
        lines.min(rest.len() / SHORT_ROW)
    }

    /// What is needed to read from here on.
    pub(crate) fn buffer(&self) -> Buffer {
        Buffer {
            ends: Vec::new(),
            unquoted: Vec::new(),
            unquoted_ends: Vec::new(),
            core: csv_core::ReaderBuilder::new()
                .delimiter(self.delimiter)
                .build(),
        }
    }

    /// The next row that is not blank, with the quotation mark in it that does not match; `None` at the end of the text.
    pub(crate) fn next<'b>(
        &mut self,
        buffer: &'b mut Buffer,
    ) -> Option<(Record<'b>, Option<BadQuote>)>
    where
        'a: 'b,
    {
        let found = loop {
            let found = self.find(buffer)?;
            if found.bad.is_some() || !found.record(buffer).is_blank() {
                break found;
            }
        };
        Some((found.record(buffer), found.bad))
    }

    fn find(&mut self, buffer: &mut Buffer) -> Option<Found<'a>> {
        let rest = loop {
            let rest = self.text.as_bytes().get(self.place..)?;
            match rest.first()? {
                b'\n' | b'\r' => self.pass(rest, 1),
                _ => break rest,
            }
        };
        let (place, line) = self.position();
        let end = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let row = rest.get(..end).unwrap_or_default();
        if memchr(b'"', row).is_none() {
            buffer.ends.clear();
            buffer.ends.extend(memchr_iter(self.delimiter, row));
            buffer.ends.push(row.len());
            self.place += row.len();
            return Some(Found {
                place,
                line,
                cells: FoundCells::Plain(self.text.get(place..place + end)?),
                bad: None,
            });
        }
        let unquoted = buffer.unquote(rest);
        let taken = rest.get(..unquoted.taken).unwrap_or_default();
        self.pass(rest, taken.len());
        Some(Found {
            place,
            line,
            bad: find_bad_quote(taken, self.delimiter),
            cells: FoundCells::Unquoted(unquoted),
        })
    }

    /// Goes on by some bytes of what is left and counts the lines that end in them.
    fn pass(&mut self, rest: &[u8], taken: usize) {
        let passed = rest.get(..taken).unwrap_or_default();
        self.line += breaks(passed, rest.get(taken).copied());
        self.place += taken;
    }
}

/// A row whose cells are in the buffer.
struct Found<'a> {
    place: usize,
    line: u64,
    cells: FoundCells<'a>,
    bad: Option<BadQuote>,
}

/// Where the cells of a row are.
enum FoundCells<'a> {
    /// In the text, for no cell has quotation marks.
    Plain(&'a str),
    /// In the buffer.
    Unquoted(Unquoted),
}

/// How many bytes a row takes of the text and its cells of the buffer, and how many cells there are.
struct Unquoted {
    taken: usize,
    written: usize,
    cells: usize,
}

impl Found<'_> {
    fn record<'b>(&self, buffer: &'b Buffer) -> Record<'b>
    where
        Self: 'b,
    {
        let (text, ends, between) = match &self.cells {
            FoundCells::Plain(row) => (Some(*row), Some(&*buffer.ends), 1),
            FoundCells::Unquoted(Unquoted { written, cells, .. }) => {
                let text = buffer.unquoted.get(..*written);
                let text = text.and_then(|text| std::str::from_utf8(text).ok());
                (text, buffer.unquoted_ends.get(..*cells), 0)
            }
        };
        let text = text.unwrap_or_default();
        Record {
            place: self.place,
            line: self.line,
            has_breaks: between == 0 && memchr2(b'\n', b'\r', text.as_bytes()).is_some(),
            cells: Cells::Cut {
                text,
                ends: ends.unwrap_or_default(),
                between,
            },
        }
    }
}

impl Buffer {
    /// Reads the cells of a row that has quotation marks.
    fn unquote(&mut self, rest: &[u8]) -> Unquoted {
        self.core.reset();
        let (mut taken, mut written, mut cells) = (0, 0, 0);
        loop {
            let (result, read, wrote, ended) = self.core.read_record(
                rest.get(taken..).unwrap_or_default(),
                self.unquoted.get_mut(written..).unwrap_or_default(),
                self.unquoted_ends.get_mut(cells..).unwrap_or_default(),
            );
            taken += read;
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::OutputFull => double(&mut self.unquoted),
                ReadRecordResult::OutputEndsFull => double(&mut self.unquoted_ends),
                // With nothing left to read the next call ends the row.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        Unquoted {
            taken,
            written,
            cells,
        }
    }
}

/// Makes room for a row that is longer than any before.
fn double<T: Default + Clone>(buffer: &mut Vec<T>) {
    buffer.resize((buffer.len() * 2).max(256), T::default());
}
