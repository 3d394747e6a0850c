//! Cuts a text into rows, one at a time, with the physical line of each: what is held of a text on disk never depends on its
//! length.
//!
//! A line without a quotation mark is a row as it stands and is cut where it lies; `csv_core` reads the others.

use std::io;
use std::ops::Range;

use csv_core::ReadRecordResult;
use memchr::{memchr, memchr_iter, memchr2};

use super::lines::breaks;
use super::quotes::{BadQuote, find_bad_quote};
use super::record::{Cells, Record};
use super::text::{Text, Window};

/// Hardly any row that reports something has fewer bytes.
const SHORT_ROW: usize = 32;

/// A place in a text from which rows are read on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Records<'a> {
    text: Text<'a>,
    delimiter: u8,
    place: usize,
    line: u64,
}

/// What a reader needs for one row and uses again for the next.
#[derive(Debug)]
pub(crate) struct Buffer {
    window: Window,
    cells: CellBuffer,
}

#[derive(Debug)]
struct CellBuffer {
    /// Where the cells of a row without quotation marks end.
    ends: Vec<usize>,
    /// The cells of a row with quotation marks, without them, and where they end; longer than what is in them.
    unquoted: Vec<u8>,
    unquoted_ends: Vec<usize>,
    core: csv_core::Reader,
}

impl<'a> Records<'a> {
    /// From a byte of a text, which begins a physical line.
    pub(crate) const fn new(text: Text<'a>, delimiter: u8, (place, line): (usize, u64)) -> Self {
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
        let most = self.text.length_from(self.place) / SHORT_ROW;
        match self.text {
            Text::Kept(text) => {
                let rest = text.as_bytes().get(self.place..).unwrap_or_default();
                most.min(memchr_iter(b'\n', rest).count())
            }
            Text::OnDisk(_) => most,
        }
    }

    /// What is needed to read from here on.
    pub(crate) fn buffer(&self) -> Buffer {
        self.buffer_with(Window::new(true))
    }

    /// What is needed to read a single row.
    pub(crate) fn row_buffer(&self) -> Buffer {
        self.buffer_with(Window::new(false))
    }

    fn buffer_with(&self, window: Window) -> Buffer {
        let cells = CellBuffer {
            ends: Vec::new(),
            unquoted: Vec::new(),
            unquoted_ends: Vec::new(),
            core: csv_core::ReaderBuilder::new()
                .delimiter(self.delimiter)
                .build(),
        };
        Buffer { window, cells }
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
            if found.bad.is_some() || !self.record(&found, buffer).is_blank() {
                break found;
            }
        };
        Some((self.record(&found, buffer), found.bad))
    }

    fn find(&mut self, buffer: &mut Buffer) -> Option<Found> {
        loop {
            let (rest, ended) = self.text.at_hand(&buffer.window, self.place);
            match self.cut(rest.as_bytes(), ended, &mut buffer.cells) {
                Cut::Row(found) => return Some(found),
                Cut::End => return None,
                Cut::More => buffer.window.grow(self.text, self.place),
            }
        }
    }

    /// Cuts the next row from what is at hand of the text.
    fn cut(&mut self, mut rest: &[u8], ended: bool, cells: &mut CellBuffer) -> Cut {
        loop {
            match rest {
                [] if ended => return Cut::End,
                [] => return Cut::More,
                // Whether a CR ends a line alone, the byte after it tells.
                [b'\n' | b'\r'] if !ended => return Cut::More,
                [b'\n' | b'\r', next @ ..] => {
                    self.pass(rest, 1);
                    rest = next;
                }
                _ => break,
            }
        }
        let (place, line) = self.position();
        let end = memchr2(b'\n', b'\r', rest);
        let row = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        if memchr(b'"', row).is_none() {
            if end.is_none() && !ended {
                return Cut::More;
            }
            cells.ends.clear();
            cells.ends.extend(memchr_iter(self.delimiter, row));
            cells.ends.push(row.len());
            self.place += row.len();
            return Cut::Row(Found {
                place,
                line,
                cells: FoundCells::Plain(place..place + row.len()),
                bad: None,
            });
        }
        let unquoted = cells.unquote(rest);
        // Of a row that reaches to the end of what is at hand there may be more.
        if unquoted.taken == rest.len() && !ended {
            return Cut::More;
        }
        let taken = rest.get(..unquoted.taken).unwrap_or_default();
        self.pass(rest, taken.len());
        Cut::Row(Found {
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

    /// The row that was found, whose text is still at hand.
    fn record<'b>(&self, found: &Found, buffer: &'b Buffer) -> Record<'b>
    where
        'a: 'b,
    {
        let Buffer { window, cells } = buffer;
        let (text, ends, between) = match &found.cells {
            FoundCells::Plain(row) => {
                let (text, _) = self.text.at_hand(window, row.start);
                (text.get(..row.len()), Some(&*cells.ends), 1)
            }
            FoundCells::Unquoted(Unquoted {
                written,
                cells: number,
                ..
            }) => {
                let text = cells.unquoted.get(..*written);
                let text = text.and_then(|text| std::str::from_utf8(text).ok());
                (text, cells.unquoted_ends.get(..*number), 0)
            }
        };
        let text = text.unwrap_or_default();
        Record {
            place: found.place,
            line: found.line,
            has_breaks: between == 0 && memchr2(b'\n', b'\r', text.as_bytes()).is_some(),
            cells: Cells::Cut {
                text,
                ends: ends.unwrap_or_default(),
                between,
            },
        }
    }
}

/// What was found of the next row in what is at hand of a text.
enum Cut {
    Row(Found),
    /// The text ends before another one.
    End,
    /// It does not end in it.
    More,
}

/// A row whose cells are in the buffer.
struct Found {
    place: usize,
    line: u64,
    cells: FoundCells,
    bad: Option<BadQuote>,
}

/// Where the cells of a row are.
enum FoundCells {
    /// In these bytes of the text, for no cell has quotation marks.
    Plain(Range<usize>),
    /// In the buffer.
    Unquoted(Unquoted),
}

/// How many bytes a row takes of the text and its cells of the buffer, and how many cells there are.
struct Unquoted {
    taken: usize,
    written: usize,
    cells: usize,
}

impl Buffer {
    /// Why the text could not be read to its end; `None` where it could.
    pub(crate) const fn failure(&self) -> Option<&io::Error> {
        self.window.failure()
    }
}

impl CellBuffer {
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
