//! The text of a file: held whole, or read a piece at a time where it lies on disk.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use memchr::memchr;
use store::domain::{Digest, DigestWriter};

use super::encoding::{Decoded, decode, utf_8};
use crate::forms::is_document;
use crate::workbook::Container;

/// How much is read at once, in bytes: some thousand rows, and more than is looked at to tell an encoding.
const PIECE: usize = 256 * 1024;

/// How much is read at once for a single row.
const ROW: usize = 1024;

/// The bytes of a file that is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content<'a> {
    /// All of them.
    Kept(&'a [u8]),
    /// Those of a text that is not held.
    OnDisk(&'a DiskText),
}

/// A text in UTF-8 that is read where it lies.
#[derive(Debug)]
pub(crate) struct DiskText {
    file: File,
    /// How many bytes of the file come before the text: those of a mark.
    pub(super) mark: usize,
    /// How many bytes the text has.
    length: usize,
}

impl DiskText {
    /// Goes through a file of so many bytes. `None` where it is anything but a table of text in UTF-8, which has to be held to
    /// be read or to say what is wrong with it.
    ///
    /// # Errors
    /// Those of reading.
    pub(crate) fn survey(file: File, size: u64) -> io::Result<Option<(Self, Digest)>> {
        let mut digest = DigestWriter::default();
        let mut piece = Vec::with_capacity(PIECE);
        let (mut mark, mut length) = (0, 0);
        loop {
            // It begins with the bytes of a letter of which the piece before had not all.
            let cut = piece.len();
            let read = (&file)
                .take(PIECE.saturating_sub(cut) as u64)
                .read_to_end(&mut piece)?;
            let new = piece.get(cut..).unwrap_or_default();
            digest.write_all(new)?;
            if length == 0 && !is_table_of_utf_8(new) || memchr(0, new).is_some() {
                return Ok(None);
            }
            if length == 0 && new.starts_with("\u{feff}".as_bytes()) {
                mark = "\u{feff}".len();
            }
            length += read;
            let valid = match utf_8(&piece) {
                Ok(text) => text.len(),
                Err(valid) if read > 0 && piece.len() - valid < 4 => valid,
                Err(_) => return Ok(None),
            };
            piece.drain(..valid);
            if read == 0 {
                break;
            }
        }
        let whole = u64::try_from(length) == Ok(size);
        let text = Self {
            file,
            mark,
            length: length.saturating_sub(mark),
        };
        Ok(whole.then(|| (text, digest.digest())))
    }

    /// The first lines, for telling how its cells are parted.
    pub(super) fn head(&self) -> String {
        let mut window = Window::new(true);
        window.grow(Text::OnDisk(self), 0);
        window.text
    }

    /// Reads so many bytes of the text from a place on, or those that are left; the text of a file that was changed meanwhile is
    /// an error.
    fn read(&self, place: usize, most: usize, into: &mut Vec<u8>) -> io::Result<()> {
        let length = most.min(self.length.saturating_sub(place));
        let from = u64::try_from(self.mark.saturating_add(place)).unwrap_or(u64::MAX);
        into.clear();
        (&self.file).seek(SeekFrom::Start(from))?;
        let read = (&self.file).take(length as u64).read_to_end(into)?;
        if read < length {
            return Err(changed());
        }
        Ok(())
    }
}

/// Whether the first bytes of a file are those of a table in UTF-8 that no conversion is needed for.
fn is_table_of_utf_8(head: &[u8]) -> bool {
    let end = head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    let lines = end.and_then(|end| head.get(..=end)).unwrap_or_default();
    let text = decode(lines);
    let is_text = matches!(
        &text,
        Ok(Decoded {
            text: Cow::Borrowed(_),
            note: None,
            ..
        })
    );
    is_text && Container::of(head).is_none() && !is_document(head)
}

fn changed() -> io::Error {
    io::Error::other("the file was changed while it was read")
}

/// A text as its rows are cut from it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text<'a> {
    /// Held whole.
    Kept(&'a str),
    /// Read through a window.
    OnDisk(&'a DiskText),
}

impl<'a> Text<'a> {
    /// What of the text is at hand from a byte on, and whether the text ends with it.
    pub(super) fn at_hand<'b>(self, window: &'b Window, place: usize) -> (&'b str, bool)
    where
        'a: 'b,
    {
        match self {
            Self::Kept(text) => (text.get(place..).unwrap_or_default(), true),
            Self::OnDisk(_) => {
                let from = place.checked_sub(window.start);
                let rest = from.and_then(|from| window.text.get(from..));
                rest.map_or(("", false), |rest| (rest, window.ended))
            }
        }
    }

    /// How many bytes there are from a place on.
    pub(super) fn length_from(self, place: usize) -> usize {
        let length = match self {
            Self::Kept(text) => text.len(),
            Self::OnDisk(text) => text.length,
        };
        length.saturating_sub(place)
    }
}

/// What of a text on disk is at hand: some rows, and never more than the longest one needs.
#[derive(Debug)]
pub(super) struct Window {
    text: String,
    /// Where in the text it begins.
    start: usize,
    ended: bool,
    /// How much is read at once.
    piece: usize,
    bytes: Vec<u8>,
    failure: Option<io::Error>,
}

impl Window {
    /// For many rows, or for a single one.
    pub(super) const fn new(is_for_many: bool) -> Self {
        Self {
            text: String::new(),
            start: 0,
            ended: false,
            piece: if is_for_many { PIECE } else { ROW },
            bytes: Vec::new(),
            failure: None,
        }
    }

    /// Forgets what lies before a place and reads on, more with each time that it does not suffice.
    pub(super) fn grow(&mut self, text: Text<'_>, place: usize) {
        let Text::OnDisk(text) = text else { return };
        let passed = place.checked_sub(self.start);
        match passed.filter(|passed| self.text.is_char_boundary(*passed)) {
            Some(passed) => drop(self.text.drain(..passed)),
            None => self.text.clear(),
        }
        self.start = place;
        let from = place.saturating_add(self.text.len());
        let most = self.piece.max(self.text.len());
        self.failure = text.read(from, most, &mut self.bytes).err();
        let is_last = from.saturating_add(self.bytes.len()) >= text.length;
        let valid = match utf_8(&self.bytes) {
            Ok(text) => text,
            Err(valid) => {
                if is_last || self.bytes.len() - valid > 3 {
                    self.failure.get_or_insert_with(changed);
                }
                let sound = self.bytes.get(..valid).unwrap_or_default();
                std::str::from_utf8(sound).unwrap_or_default()
            }
        };
        self.text.push_str(valid);
        self.ended = is_last || self.failure.is_some();
    }

    /// Why the text could not be read to its end; `None` where it could.
    pub(super) const fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::read::Records;

    fn on_disk(bytes: &[u8]) -> (tempfile::NamedTempFile, Option<(DiskText, Digest)>) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let size = u64::try_from(bytes.len()).unwrap();
        let surveyed = DiskText::survey(file.reopen().unwrap(), size).unwrap();
        (file, surveyed)
    }

    /// The byte and the line of a row, and its cells.
    type Found = (usize, u64, Vec<String>);

    /// The rows of a text, and why it could not be read to its end.
    fn rows(text: Text<'_>) -> (Vec<Found>, Option<String>) {
        let mut records = Records::new(text, b',', (0, 1));
        let mut buffer = records.buffer();
        let mut rows = Vec::new();
        while let Some((row, _)) = records.next(&mut buffer) {
            let cells = row.iter().map(str::to_owned).collect();
            rows.push((row.place, row.line, cells));
        }
        (rows, buffer.failure().map(ToString::to_string))
    }

    /// Some pieces long: rows with and without quotation marks and blank lines, one of them longer than a piece.
    fn text(end: &str) -> String {
        let mut text = format!("Mã tỉnh,Tỉnh,Ngày{end}");
        for row in 0..30_000 {
            let cell = "Đắk Lắk ".repeat(row % 7);
            match row % 5 {
                0 => write!(text, "{row},\"{cell}{end}{end}\"\"x\"\"\",{end}{end}").unwrap(),
                _ => write!(text, "{row},{cell},x{end}").unwrap(),
            }
            if row == 20_000 {
                write!(text, "dài,\"{}\"{end}", "ộ,\n".repeat(PIECE / 4)).unwrap();
            }
        }
        text
    }

    #[test]
    fn a_text_on_disk_has_the_rows_that_it_has_when_it_is_held() {
        for end in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{feff}"] {
                let text = text(end);
                let bytes = [mark, &text].concat().into_bytes();
                let (_file, surveyed) = on_disk(&bytes);
                let (disk, sha256) = surveyed.unwrap();
                assert_eq!(sha256, Digest::of(&bytes));
                let (held, failure) = rows(Text::OnDisk(&disk));
                assert_eq!(failure, None);
                assert!(held == rows(Text::Kept(&text)).0, "{end:?} {mark:?}");
                for (place, line, cells) in held.iter().step_by(999) {
                    let mut records = Records::new(Text::OnDisk(&disk), b',', (*place, *line));
                    let mut buffer = records.row_buffer();
                    let (row, _) = records.next(&mut buffer).unwrap();
                    assert!(row.iter().eq(cells.iter()), "{line}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_table_of_utf_8_is_left_to_be_held() {
        let sound = text("\n");
        let wide: Vec<u8> = sound.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let late = |bad: &[u8]| [sound.as_bytes(), bad, b",x\n"].concat();
        let cases: [(&str, Vec<u8>); 9] = [
            ("nothing", Vec::new()),
            ("blanks", vec![b' '; 2 * PIECE]),
            ("one line", vec![b'x'; 2 * PIECE]),
            ("UTF-16", wide),
            ("a workbook", [b"PK\x03\x04", sound.as_bytes()].concat()),
            ("a document", [b"{\n", sound.as_bytes()].concat()),
            ("another encoding further down", late(b"\xE3\xFF")),
            (
                "half of a letter at the end",
                [sound.as_bytes(), b"\xE1\xBB"].concat(),
            ),
            ("NUL further down", late(b"\0")),
        ];
        for (name, bytes) in cases {
            assert!(on_disk(&bytes).1.is_none(), "{name}");
        }
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_told() {
        let text = text("\n");
        let (file, surveyed) = on_disk(text.as_bytes());
        let (disk, _) = surveyed.unwrap();
        let changed = Some("the file was changed while it was read".to_owned());
        for bytes in [&text.as_bytes()[..PIECE / 2], &vec![0xFF; text.len()]] {
            std::fs::write(file.path(), bytes).unwrap();
            assert_eq!(rows(Text::OnDisk(&disk)).1, changed);
        }
        std::fs::write(file.path(), [&text, "more"].concat()).unwrap();
        assert!(rows(Text::OnDisk(&disk)) == rows(Text::Kept(&text)));
    }
}
