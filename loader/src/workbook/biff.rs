//! Walks the records of an Excel 97–2003 workbook and counts what its cells would take: the numbers of rows and columns,
//! and text, which a cell only points at. Finds hidden rows and columns on the way, which the reading library does not.

use super::hidden::SheetFacts;
use super::refused::{
    MOST_CELLS, MOST_TEXT, Refusal, damaged, password, too_many_cells, too_much_text,
};

const FORMULA: u16 = 0x0006;
const COL_INFO: u16 = 0x007D;
const ROW: u16 = 0x0208;
const FILE_PASS: u16 = 0x002F;
const CONTINUE: u16 = 0x003C;
const MUL_RK: u16 = 0x00BD;
const SST: u16 = 0x00FC;
const LABEL_SST: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_ERR: u16 = 0x0205;
const RK: u16 = 0x027E;
const RSTRING: u16 = 0x00D6;
const BOF: [u16; 4] = [0x0009, 0x0209, 0x0409, 0x0809];

/// What the records after a beginning are, where they are a sheet and no chart.
const SHEET: u16 = 0x0010;

/// Whether the records of a workbook stay within the limits; gives what is known of each sheet.
pub(super) fn check_records(stream: &[u8]) -> Result<Vec<SheetFacts>, Refusal> {
    let mut book = Book::default();
    let mut rest = stream;
    while let Some((head, body)) = rest.split_first_chunk::<4>() {
        let [kind_low, kind_high, length_low, length_high] = *head;
        let kind = u16::from_le_bytes([kind_low, kind_high]);
        let length = usize::from(u16::from_le_bytes([length_low, length_high]));
        // Zeros fill the last sector of the stream.
        if kind == 0 && length == 0 {
            break;
        }
        let Some((data, after)) = body.split_at_checked(length) else {
            return Err(damaged("BIFF"));
        };
        book.take(kind, data)?;
        rest = after;
    }
    book.close_sheet()?;
    Ok(book.sheets)
}

#[derive(Debug, Default)]
struct Book<'a> {
    /// The parts of the table of texts, and whether the next record may be one more of them.
    texts: Vec<&'a [u8]>,
    in_texts: bool,
    /// Bytes of each text, once the table is complete.
    lengths: Option<Vec<u64>>,
    text: u64,
    cells: u64,
    /// First and last row, first and last column of the sheet that is open.
    area: Option<[u16; 4]>,
    sheets: Vec<SheetFacts>,
}

impl<'a> Book<'a> {
    fn take(&mut self, kind: u16, data: &'a [u8]) -> Result<(), Refusal> {
        self.in_texts = match kind {
            SST => true,
            CONTINUE => self.in_texts,
            _ => false,
        };
        if self.in_texts {
            self.texts.push(data);
            return Ok(());
        }
        match kind {
            // A key of zeros is an empty password.
            FILE_PASS if data.iter().any(|byte| *byte != 0) => return Err(password()),
            FORMULA | NUMBER | LABEL | BOOL_ERR | RK | MUL_RK | LABEL_SST | RSTRING => {
                self.take_cell(kind, data)?;
            }
            kind if BOF.contains(&kind) => {
                self.close_sheet()?;
                if number(data, 2) == Some(SHEET) {
                    self.sheets.push(SheetFacts::default());
                }
            }
            ROW | COL_INFO => self.take_hidden(kind, data),
            _ => {}
        }
        Ok(())
    }

    /// Keeps a hidden row or hidden columns ([MS-XLS] 2.4.221 and 2.4.53).
    fn take_hidden(&mut self, kind: u16, data: &[u8]) {
        let Some(sheet) = self.sheets.last_mut() else {
            return;
        };
        let (flags, bit, last) = match kind {
            ROW => (number(data, 12), 0x20, number(data, 0)),
            _ => (number(data, 8), 1, number(data, 2)),
        };
        if let (Some(first), Some(last), Some(flags)) = (number(data, 0), last, flags)
            && flags & bit != 0
        {
            let runs = match kind {
                ROW => &mut sheet.hidden.rows,
                _ => &mut sheet.hidden.columns,
            };
            runs.push((first.into(), last.into()));
        }
    }

    fn take_cell(&mut self, kind: u16, data: &[u8]) -> Result<(), Refusal> {
        let (Some(row), Some(first)) = (number(data, 0), number(data, 2)) else {
            return Err(damaged("BIFF"));
        };
        let last = match kind {
            MUL_RK => number(data, data.len().saturating_sub(2)).unwrap_or(first),
            _ => first,
        };
        let (first, last) = (first.min(last), first.max(last));
        self.area = Some(match self.area {
            None => [row, row, first, last],
            Some([top, bottom, left, right]) => [
                top.min(row),
                bottom.max(row),
                left.min(first),
                right.max(last),
            ],
        });
        let text = match kind {
            LABEL_SST => {
                let index = data.get(6..10).and_then(|bytes| bytes.try_into().ok());
                let index = index.map_or(0, u32::from_le_bytes);
                let lengths = self.lengths.get_or_insert_with(|| lengths(&self.texts));
                let index = usize::try_from(index).unwrap_or(usize::MAX);
                lengths.get(index).copied().unwrap_or_default()
            }
            _ => u64::try_from(data.len()).unwrap_or(u64::MAX),
        };
        self.text = self.text.saturating_add(text);
        if self.text > MOST_TEXT {
            return Err(too_much_text());
        }
        Ok(())
    }

    fn close_sheet(&mut self) -> Result<(), Refusal> {
        if let Some([top, bottom, left, right]) = self.area.take() {
            let side = |first: u16, last: u16| u64::from(last - first) + 1;
            self.cells = self
                .cells
                .saturating_add(side(top, bottom) * side(left, right));
        }
        if self.cells > MOST_CELLS {
            return Err(too_many_cells());
        }
        Ok(())
    }
}

/// The number at a place of a record.
fn number(data: &[u8], place: usize) -> Option<u16> {
    let bytes = data.get(place..place + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// The bytes that each text of the table takes as UTF-8 at most. A text may go on in the next part, which then says again
/// how wide its letters are.
fn lengths(parts: &[&[u8]]) -> Vec<u64> {
    let mut reader = Parts { parts, place: 0 };
    let mut lengths = Vec::new();
    // Two numbers: how many texts are used, and how many there are. Neither is trusted.
    reader.skip(8);
    while let Some(letters) = reader.number() {
        let Some(flags) = reader.byte() else {
            break;
        };
        let runs = if flags & 8 == 0 {
            0
        } else {
            reader.number().unwrap_or(0)
        };
        let extra = if flags & 4 == 0 {
            0
        } else {
            let low = reader.number().unwrap_or(0);
            u64::from(low) + (u64::from(reader.number().unwrap_or(0)) << 16)
        };
        reader.letters(letters, flags);
        reader.skip(u64::from(runs) * 4 + extra);
        lengths.push(u64::from(letters) * 3);
    }
    lengths
}

struct Parts<'a> {
    parts: &'a [&'a [u8]],
    place: usize,
}

impl Parts<'_> {
    /// Goes to the next part where this one is read; whether there is any left.
    fn settle(&mut self) -> Option<usize> {
        loop {
            let part = self.parts.first()?;
            if self.place < part.len() {
                return Some(part.len() - self.place);
            }
            self.parts = self.parts.get(1..)?;
            self.place = 0;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        self.settle()?;
        let byte = self.parts.first()?.get(self.place).copied();
        self.place += 1;
        byte
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, bytes: u64) {
        let mut left = usize::try_from(bytes).unwrap_or(usize::MAX);
        while left > 0 {
            let Some(here) = self.settle() else {
                return;
            };
            let step = here.min(left);
            self.place += step;
            left -= step;
        }
    }

    fn letters(&mut self, letters: u16, flags: u8) {
        let mut left = usize::from(letters);
        let mut width = usize::from(flags & 1) + 1;
        while left > 0 {
            let here = self
                .parts
                .first()
                .map_or(0, |part| part.len().saturating_sub(self.place));
            let step = left.min(here / width);
            self.place += step * width;
            left -= step;
            if left > 0 {
                // The rest is in the next part, after a byte that says how wide its letters are.
                let Some(next) = self.parts.get(1..) else {
                    return;
                };
                self.parts = next;
                self.place = 0;
                let Some(flags) = self.byte() else {
                    return;
                };
                width = usize::from(flags & 1) + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rule;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn label(row: u16, column: u16, index: u32) -> Vec<u8> {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        record(LABEL_SST, &[&place[..], &index.to_le_bytes()].concat())
    }

    fn refused(stream: &[u8]) -> Option<Rule> {
        check_records(stream).err().map(|finding| finding.rule)
    }

    #[test]
    fn two_cells_far_apart_are_a_whole_sheet() {
        let sheet = [
            record(BOF[3], &[0; 16]),
            label(0, 0, 0),
            label(65_535, 120, 0),
        ]
        .concat();
        assert_eq!(refused(&sheet), None);
        let sheet = [
            sheet,
            record(BOF[3], &[0; 16]),
            label(9, 9, 0),
            label(999, 999, 0),
        ]
        .concat();
        assert_eq!(refused(&sheet), Some(Rule::WorkbookSize));
    }

    #[test]
    fn a_text_is_counted_as_often_as_it_is_shown() {
        // A text of 30,000 letters: 8,000 wide ones in its own record, the others narrow in three more.
        let mut first = [1_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat();
        first.extend(30_000_u16.to_le_bytes());
        first.push(1);
        first.extend([0; 16_000]);
        let mut stream = record(SST, &first);
        for letters in [8000, 8000, 6000] {
            stream.extend(record(CONTINUE, &[vec![0], vec![b'a'; letters]].concat()));
        }
        let cells = |count: u16| {
            (0..count)
                .flat_map(|row| label(row, 0, 0))
                .collect::<Vec<u8>>()
        };
        assert_eq!(refused(&[stream.clone(), cells(2900)].concat()), None);
        assert_eq!(
            refused(&[stream, cells(3000)].concat()),
            Some(Rule::WorkbookSize)
        );
    }

    #[test]
    fn a_password_and_a_cut_record_are_told() {
        assert_eq!(
            refused(&record(FILE_PASS, &[1, 0, 1, 0])),
            Some(Rule::Encrypted)
        );
        assert_eq!(refused(&[0xFD, 0, 10, 0, 1]), Some(Rule::Workbook));
        assert_eq!(refused(&record(LABEL_SST, &[1])), Some(Rule::Workbook));
    }
}
