//! Reads a large CSV file in blocks of whole rows, so that memory does not grow with the file.
//!
//! The encoding is told by the head of the file, by the same rules as for small files; every block is then read in it.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};
use store::domain::Text;

use super::encoding::{decode, looks_like_utf_16_le};
use super::legacy::{Legacy, Told, tell_bytes, tell_text};
use crate::workbook::Container;

/// How much is read at once, in bytes: some thousand rows.
const PIECE: usize = 1024 * 1024;

/// The longest row, in bytes. A longer one is a quotation mark that was never closed.
const LONGEST_ROW: usize = 4 * PIECE;

/// Why a file cannot be read further.
#[derive(Debug)]
pub(crate) enum StreamError {
    Io(io::Error),
    /// What is wrong with the bytes; never with a word of the file.
    Unreadable(Text),
}

/// The bytes of some whole rows, in UTF-8 unless the form is an old encoding.
#[derive(Debug)]
pub(crate) struct Block(Vec<u8>);

/// How the bytes of blocks are text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextForm {
    /// The encoding of before Unicode that all of it is in.
    legacy: Option<Legacy>,
    /// Whether the bytes are sound as UTF-8 and only the letters are those of an old font.
    unicode: bool,
}

impl TextForm {
    /// The text of a block; where it cannot be read, the offset of the first bad byte.
    pub(crate) fn text(self, block: Block) -> Result<String, usize> {
        if let (Some(legacy), false) = (self.legacy, self.unicode) {
            return legacy.decode(&block.0).ok_or(0);
        }
        let text = String::from_utf8(block.0).map_err(|error| error.utf8_error().valid_up_to())?;
        if let Some(place) = memchr::memchr(0, text.as_bytes()) {
            return Err(place);
        }
        match self.legacy {
            Some(legacy) => legacy.convert(&text).ok_or(0),
            None => Ok(text),
        }
    }
}

/// The blocks of a file in their order.
pub(crate) struct Blocks<R> {
    source: R,
    decoder: Option<Decoder>,
    form: TextForm,
    /// What ends a line: LF, or CR in files that have no LF at all.
    line_end: u8,
    delimiter: u8,
    rest: Vec<u8>,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    /// Reads the head of a file and tells its encoding.
    pub(crate) fn open(mut source: R) -> Result<Self, StreamError> {
        let mut head = Vec::new();
        let length = source
            .by_ref()
            .take(PIECE as u64)
            .read_to_end(&mut head)
            .map_err(StreamError::Io)?;
        if Container::of(&head).is_some() {
            return Err(StreamError::Unreadable(Text::new(
                "đây là bảng tính, không phải tệp CSV: mở bằng Excel, chọn Lưu như (Save As), loại “CSV UTF-8”",
                "this is a workbook, not a CSV file: open it in Excel, choose Save As, file type “CSV UTF-8”",
            )));
        }
        let (encoding, mark) = match &*head {
            [0xFF, 0xFE, ..] => (Some(UTF_16LE), 2),
            [0xFE, 0xFF, ..] => (Some(UTF_16BE), 2),
            [0xEF, 0xBB, 0xBF, ..] => (None, 3),
            bytes => (looks_like_utf_16_le(bytes).then_some(UTF_16LE), 0),
        };
        let whole = whole_lines(&head, if encoding.is_some() { 2 } else { 1 });
        decode(whole).map_err(|finding| StreamError::Unreadable(finding.message))?;
        let form = match encoding {
            Some(encoding) => text_form(
                encoding
                    .decode_without_bom_handling(whole.get(mark..).unwrap_or_default())
                    .0
                    .as_bytes(),
            ),
            None => text_form(whole.get(mark..).unwrap_or_default()),
        };
        let mut blocks = Self {
            source,
            decoder: encoding.map(encoding_rs::Encoding::new_decoder_without_bom_handling),
            form,
            line_end: b'\n',
            delimiter: b',',
            rest: Vec::new(),
            ended: length < PIECE,
        };
        let ended = blocks.ended;
        blocks.take_in(head.get(mark..).unwrap_or_default(), ended)?;
        if !blocks.rest.contains(&b'\n') {
            blocks.line_end = b'\r';
        }
        Ok(blocks)
    }

    /// The text of the first lines, for finding the header.
    pub(crate) fn head(&self) -> String {
        let head = self.rest.get(..64 * 1024).map_or(&*self.rest, |head| {
            let end = head.iter().rposition(|byte| *byte == self.line_end);
            end.and_then(|end| head.get(..end)).unwrap_or(head)
        });
        self.form.text(Block(head.to_vec())).unwrap_or_default()
    }

    /// How blocks are turned into text.
    pub(crate) const fn form(&self) -> TextForm {
        self.form
    }

    /// The sign between cells, which decides where a quoted cell begins.
    pub(crate) const fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// The next block of whole rows; `None` at the end.
    pub(crate) fn next_block(&mut self) -> Result<Option<Block>, StreamError> {
        loop {
            if self.ended {
                let block = std::mem::take(&mut self.rest);
                return Ok((!block.is_empty()).then_some(Block(block)));
            }
            if self.rest.len() >= PIECE / 2 {
                if let Some(end) = last_row_end(&self.rest, self.delimiter, self.line_end) {
                    let next = self.rest.split_off(end);
                    return Ok(Some(Block(std::mem::replace(&mut self.rest, next))));
                }
                if self.rest.len() > LONGEST_ROW {
                    return Err(StreamError::Unreadable(Text::new(
                        "một dòng dài quá 4 MB: có dấu ngoặc kép mở mà không đóng",
                        "a row is longer than 4 MB: a quotation mark is opened and never closed",
                    )));
                }
            }
            let mut piece = Vec::with_capacity(PIECE);
            let read = self
                .source
                .by_ref()
                .take(PIECE as u64)
                .read_to_end(&mut piece);
            self.ended = read.map_err(StreamError::Io)? < PIECE;
            let ended = self.ended;
            self.take_in(&piece, ended)?;
        }
    }

    /// Adds bytes of the file, as UTF-8 where they are UTF-16.
    fn take_in(&mut self, bytes: &[u8], last: bool) -> Result<(), StreamError> {
        let Some(decoder) = &mut self.decoder else {
            self.rest.extend_from_slice(bytes);
            return Ok(());
        };
        let most = decoder
            .max_utf8_buffer_length(bytes.len())
            .unwrap_or(3 * bytes.len() + 16);
        let mut text = String::with_capacity(most);
        let (result, _, broken) = decoder.decode_to_string(bytes, &mut text, last);
        if broken || result == CoderResult::OutputFull {
            return Err(StreamError::Unreadable(Text::new(
                "tệp UTF-16 bị cắt hoặc hỏng",
                "the UTF-16 file is cut or damaged",
            )));
        }
        self.rest.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

fn text_form(head: &[u8]) -> TextForm {
    let (told, unicode) = match std::str::from_utf8(head) {
        Ok(text) => (tell_text(text), true),
        Err(_) => (tell_bytes(head), false),
    };
    TextForm {
        legacy: match told {
            Told::Certain(legacy) => Some(legacy),
            Told::Likely(..) | Told::LettersLost | Told::Nothing => None,
        },
        unicode,
    }
}

/// The head without a part of a line at its end, where a letter has a number of bytes at least.
fn whole_lines(head: &[u8], width: usize) -> &[u8] {
    if head.len() < PIECE {
        return head;
    }
    let end = head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    let end = end.map_or(head.len(), |end| (end + width) / width * width);
    head.get(..end).unwrap_or(head)
}

/// The byte after the last row that is whole; a line end inside quotation marks ends no row.
fn last_row_end(bytes: &[u8], delimiter: u8, line_end: u8) -> Option<usize> {
    let part = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
    let last_in = |from: usize, to: usize| {
        let place = memchr::memrchr(line_end, part(from, to));
        place.map(|place| from + place + 1)
    };
    let mut end = None;
    // Where the text outside quotation marks goes on; `None` inside them.
    let mut outside = Some(0);
    for place in memchr::memchr_iter(b'"', bytes) {
        let before = place.checked_sub(1).and_then(|before| bytes.get(before));
        outside = match outside {
            None => Some(place + 1),
            // A doubled mark closes and opens again.
            Some(from)
                if place == from
                    || before.is_some_and(|byte| *byte == delimiter || *byte == line_end) =>
            {
                end = last_in(from, place).or(end);
                None
            }
            same => same,
        };
    }
    outside.and_then(|from| last_in(from, bytes.len())).or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<String> {
        let mut blocks = Blocks::open(bytes).unwrap();
        let mut texts = Vec::new();
        while let Some(block) = blocks.next_block().unwrap() {
            texts.push(blocks.form().text(block).unwrap());
        }
        texts
    }

    #[test]
    fn blocks_hold_whole_rows_and_lose_nothing() {
        let row = "Đắk Lắk,\"hai\ndòng, \"\"một\"\"\",x\n";
        let text = row.repeat(100_000);
        let blocks = read(text.as_bytes());
        assert!(blocks.len() > 2, "{}", blocks.len());
        assert!(blocks.iter().all(|block| block.len() % row.len() == 0));
        assert!(blocks.concat() == text);
        let wide: Vec<u8> = format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(read(&wide).concat() == text);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_does_not_fill_the_memory() {
        let text = format!("a,\"{}", "b\n".repeat(5 * PIECE));
        let mut blocks = Blocks::open(text.as_bytes()).unwrap();
        let error = blocks.next_block().unwrap_err();
        assert!(matches!(error, StreamError::Unreadable(text) if text.en.contains("never closed")));
    }
}
