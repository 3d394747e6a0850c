//! A row as bytes: numbers in as few as they need, seven bits a byte, and texts behind their length.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use hashbrown::HashSet;
use store::domain::{
    Count, CountRow, CountUnit, RecordType, Reported, Route, Stage, StageCounts, UnitId,
};

use crate::forms::ReadRow;
use crate::sheet::Place;

/// What a row has beside its counts.
const FLAWED: u8 = 1;
const SUB_UNIT: u8 = 2;
const NOTE: u8 = 4;
const DIFFICULTY: u8 = 8;

/// Adds the bytes of a row.
pub(super) fn write(row: &ReadRow<CountRow>, bytes: &mut Vec<u8>) {
    let of = &row.value;
    let (line, byte) = row.place.as_numbers();
    let (reported, approximate) = masks(&of.counts);
    let texts = [
        (SUB_UNIT, of.sub_unit.as_deref()),
        (NOTE, of.note.as_deref()),
        (DIFFICULTY, of.difficulty.as_deref()),
    ];
    let given = texts.iter().filter(|(_, text)| text.is_some());
    let flags = given.fold(u8::from(row.flawed), |flags, (flag, _)| flags | flag);
    bytes.extend([flags, reported, approximate]);
    bytes.extend(of.unit.as_str().as_bytes());
    let codes = [of.record_type.code(), of.route.code(), of.count_unit.code()];
    let codes = codes.map(|code| u64::from(code.unsigned_abs()));
    let days = u64::try_from(of.as_of.num_days_from_ce()).unwrap_or(0);
    for number in [u64::from(line), u64::from(byte), days]
        .into_iter()
        .chain(codes)
    {
        write_number(number, bytes);
    }
    for (_, reported) in of.counts.iter() {
        write_number(reported.count.to_i64().unsigned_abs(), bytes);
    }
    for text in texts.into_iter().filter_map(|(_, text)| text) {
        write_number(u64::try_from(text.len()).unwrap_or(0), bytes);
        bytes.extend(text.as_bytes());
    }
}

/// For each stage a bit, set where it was reported; and where it was given as about.
fn masks(counts: &StageCounts) -> (u8, u8) {
    counts
        .iter()
        .fold((0, 0), |(all, approximate), (stage, reported)| {
            let bit = 1 << stage.index();
            let about = if reported.approximate { bit } else { 0 };
            (all | bit, approximate | about)
        })
}

fn write_number(mut number: u64, bytes: &mut Vec<u8>) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            bytes.push(low & 0x7F);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// Reads rows back, so that those of one office share its name.
#[derive(Default)]
pub(super) struct Reader {
    names: HashSet<Arc<str>>,
    latest: Option<Arc<str>>,
}

impl Reader {
    /// Reads the rows of some bytes to their end; `None` where they are not those of rows.
    pub(super) fn read(
        &mut self,
        mut bytes: &[u8],
        rows: &mut Vec<ReadRow<CountRow>>,
    ) -> Option<()> {
        while !bytes.is_empty() {
            rows.push(self.row(&mut bytes)?);
        }
        Some(())
    }

    fn row(&mut self, bytes: &mut &[u8]) -> Option<ReadRow<CountRow>> {
        let (&[flags, reported, approximate], rest) = bytes.split_first_chunk()?;
        let (unit, rest) = rest.split_at_checked(3)?;
        *bytes = rest;
        let short = |bytes: &mut &[u8]| u32::try_from(number(bytes)?).ok();
        let (line, byte) = (short(bytes)?, short(bytes)?);
        let days = i32::try_from(number(bytes)?).ok()?;
        let code = |bytes: &mut &[u8]| i16::try_from(number(bytes)?).ok();
        let codes = [code(bytes)?, code(bytes)?, code(bytes)?];
        let mut counts = StageCounts::default();
        for stage in Stage::ALL {
            let bit = 1 << stage.index();
            if reported & bit != 0 {
                let reported = Reported {
                    count: Count::from_u64(number(bytes)?)?,
                    approximate: approximate & bit != 0,
                };
                counts.set(stage, Some(reported));
            }
        }
        let has = |flag: u8| flags & flag != 0;
        let sub_unit = match has(SUB_UNIT) {
            true => Some(self.name(text(bytes)?)),
            false => None,
        };
        let mut free = |flag| match has(flag) {
            true => Some(Some(Box::from(text(bytes)?))),
            false => Some(None),
        };
        let (note, difficulty) = (free(NOTE)?, free(DIFFICULTY)?);
        Some(ReadRow {
            place: Place::of_numbers(line, byte),
            flawed: has(FLAWED),
            value: CountRow {
                line,
                unit: UnitId::parse(std::str::from_utf8(unit).ok()?)?,
                sub_unit,
                as_of: NaiveDate::from_num_days_from_ce_opt(days)?,
                record_type: RecordType::from_code(codes[0])?,
                route: Route::from_code(codes[1])?,
                count_unit: CountUnit::from_code(codes[2])?,
                counts,
                note,
                difficulty,
            },
        })
    }

    fn name(&mut self, name: &str) -> Arc<str> {
        if let Some(latest) = self.latest.as_ref().filter(|latest| ***latest == *name) {
            return Arc::clone(latest);
        }
        let known = self.names.get_or_insert_with(name, |name| Arc::from(name));
        self.latest = Some(Arc::clone(known));
        Arc::clone(known)
    }
}

fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let length = usize::try_from(number(bytes)?).ok()?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::batches) fn row(
        line: u32,
        name: Option<&str>,
        note: Option<&str>,
    ) -> ReadRow<CountRow> {
        let count = |number| Count::from_i64(number).unwrap();
        let about = Reported {
            count: count(i64::MAX),
            approximate: true,
        };
        ReadRow {
            place: Place::of_numbers(line, u32::MAX),
            flawed: line.is_multiple_of(2),
            value: CountRow {
                line,
                unit: UnitId::parse("q15").unwrap(),
                sub_unit: name.map(Arc::from),
                as_of: "2025-08-31".parse().unwrap(),
                record_type: RecordType::Other,
                route: Route::PopulationDb,
                count_unit: CountUnit::Page,
                counts: StageCounts::default()
                    .with(Stage::Total, about)
                    .with(Stage::Returned, Reported::exact(count(0))),
                note: note.map(Box::from),
                difficulty: note.map(|note| Box::from(note.repeat(100))),
            },
        }
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let rows = [
            row(1, None, None),
            row(2, Some("Xã Đắk Lắk"), Some("")),
            row(u32::MAX, Some("Xã Đắk Lắk"), Some("bị trùng, \"đã xóa\"")),
        ];
        let mut bytes = Vec::new();
        rows.iter().for_each(|row| write(row, &mut bytes));
        let mut back = Vec::new();
        Reader::default().read(&bytes, &mut back).unwrap();
        let shown = |rows: &[ReadRow<CountRow>]| format!("{rows:?}");
        assert_eq!(shown(&back), shown(&rows));
        let name = |place: usize| back[place].value.sub_unit.clone().unwrap();
        assert!(Arc::ptr_eq(&name(1), &name(2)));
    }

    #[test]
    fn bytes_that_are_no_rows_are_refused_wherever_they_are_cut() {
        let mut bytes = Vec::new();
        write(&row(7, Some("Xã A"), Some("x")), &mut bytes);
        for length in 1..bytes.len() {
            let cut = Reader::default().read(&bytes[..length], &mut Vec::new());
            assert_eq!(cut, None, "{length}");
        }
        bytes[3] = b'x';
        assert_eq!(Reader::default().read(&bytes, &mut Vec::new()), None);
    }
}
