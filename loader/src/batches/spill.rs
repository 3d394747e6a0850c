//! Rows put down in a temporary file without a name, which goes with the program however that ends.
//!
//! Where there is no such file, or no room in it, the bytes stay in memory: a third of what the rows themselves would take.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use store::domain::CountRow;

use super::record::{Reader, write};
use crate::forms::ReadRow;
use crate::index::list_place;

type Row = ReadRow<CountRow>;

/// Into how many buckets the rows of units are put, and those of offices. A batch is a bucket.
const OF_UNITS: u32 = 64;
const OF_OFFICES: u32 = 192;

/// How many bytes of a bucket are written at once.
const BLOCK: usize = 1 << 14;

/// Rows that were put down.
#[derive(Debug)]
pub(crate) struct Spill {
    /// Where full blocks are written, as long as there is room.
    file: Option<File>,
    /// How much of it is written.
    end: u64,
    is_full: bool,
    buckets: Vec<Bucket>,
}

/// The rows of some units or some offices, in the order of the file.
#[derive(Clone, Debug, Default)]
struct Bucket {
    rows: usize,
    /// Where blocks of it begin in the file, and how long they are.
    blocks: Vec<(u64, usize)>,
    /// What comes after them.
    bytes: Vec<u8>,
}

impl Spill {
    pub(super) fn new() -> Self {
        Self::into_file(tempfile::tempfile().ok())
    }

    fn into_file(file: Option<File>) -> Self {
        Self {
            is_full: file.is_none(),
            file,
            end: 0,
            buckets: vec![Bucket::default(); list_place(OF_UNITS + OF_OFFICES)],
        }
    }

    pub(super) fn push(&mut self, row: &Row) {
        let Some(bucket) = self.buckets.get_mut(bucket_of(&row.value)) else {
            return;
        };
        bucket.rows += 1;
        write(row, &mut bucket.bytes);
        if bucket.bytes.len() < BLOCK || self.is_full {
            return;
        }
        match self.file.as_mut().map(|file| file.write_all(&bucket.bytes)) {
            Some(Ok(())) => {
                bucket.blocks.push((self.end, bucket.bytes.len()));
                self.end += u64::try_from(bucket.bytes.len()).unwrap_or(0);
                bucket.bytes.clear();
            }
            // What was written of the block is left unread.
            Some(Err(_)) | None => self.is_full = true,
        }
    }

    /// Brings the rows back, bucket by bucket.
    ///
    /// # Errors
    /// Those of reading, and bytes that are not those that were written.
    pub(super) fn each(&self, take: &mut dyn FnMut(Vec<Row>)) -> io::Result<()> {
        let mut block = Vec::new();
        for bucket in &self.buckets {
            let mut reader = Reader::default();
            let mut rows = Vec::with_capacity(bucket.rows);
            for (begin, length) in &bucket.blocks {
                block.resize(*length, 0);
                if let Some(mut file) = self.file.as_ref() {
                    file.seek(SeekFrom::Start(*begin))?;
                    file.read_exact(&mut block)?;
                }
                reader.read(&block, &mut rows).ok_or_else(damaged)?;
            }
            reader.read(&bucket.bytes, &mut rows).ok_or_else(damaged)?;
            if !rows.is_empty() {
                take(rows);
            }
        }
        Ok(())
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "damaged")
}

/// The bucket of a row, which all rows of its unit or office share. FNV-1a (Fowler, Noll and Vo 1991; RFC 9923) spreads them.
fn bucket_of(row: &CountRow) -> usize {
    let name = row.sub_unit.as_deref();
    let bytes = row
        .unit
        .as_str()
        .bytes()
        .chain(name.unwrap_or_default().bytes());
    let hash = bytes.fold(0x811C_9DC5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // The upper half is spread best.
    let hash = hash ^ hash >> 16;
    list_place(match name {
        None => hash % OF_UNITS,
        Some(_) => OF_UNITS + hash % OF_OFFICES,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::batches::record::tests::row;

    /// Enough that some buckets have several blocks, and others a part of one.
    fn many() -> Vec<Row> {
        let names = ["Xã A", "Xã B", "Phường C"];
        let row = |number: u32| match number % 4 {
            0 => row(number, None, Some("x")),
            at => row(number, names.get(list_place(at) - 1).copied(), None),
        };
        (1..4000).map(row).collect()
    }

    fn lines(spill: &Spill) -> Vec<Vec<u32>> {
        let mut batches = Vec::new();
        let line = |row: &Row| row.value.line;
        spill
            .each(&mut |rows| batches.push(rows.iter().map(line).collect()))
            .unwrap();
        batches
    }

    fn put_down(file: Option<File>) -> Spill {
        let mut spill = Spill::into_file(file);
        many().iter().for_each(|row| spill.push(row));
        spill
    }

    #[test]
    fn what_was_put_down_comes_back_by_office_in_the_order_of_the_file() {
        let spill = put_down(tempfile::tempfile().ok());
        assert!(spill.end > 0 && !spill.is_full);
        let batches = lines(&spill);
        assert_eq!(batches, lines(&spill), "as often as it is asked for");
        let of_units: Vec<u32> = (4..4000).step_by(4).collect();
        assert_eq!(batches.first(), Some(&of_units), "units before offices");
        assert!(batches.iter().all(|lines| lines.is_sorted()));
        assert_eq!(batches.iter().map(Vec::len).sum::<usize>(), 3999);
    }

    #[test]
    fn without_a_file_or_room_in_it_nothing_is_lost() {
        let expected = lines(&put_down(tempfile::tempfile().ok()));
        assert_eq!(lines(&put_down(None)), expected);
        // A file that cannot be written to, as on a full disk.
        let named = tempfile::NamedTempFile::new().unwrap();
        let spill = put_down(File::open(named.path()).ok());
        assert!(spill.is_full && spill.end == 0);
        assert_eq!(lines(&spill), expected);
    }

    #[test]
    fn bytes_that_changed_on_the_disk_are_told() {
        let named = tempfile::NamedTempFile::new().unwrap();
        let spill = put_down(named.reopen().ok());
        let mut bytes = Vec::new();
        named.reopen().unwrap().read_to_end(&mut bytes).unwrap();
        std::fs::write(named.path(), vec![0xFF; bytes.len()]).unwrap();
        let error = spill.each(&mut |_| ()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        std::fs::write(named.path(), b"").unwrap();
        let error = spill.each(&mut |_| ()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
