//! The sheet of a sample: the entries to look at with columns to mark, and what a marked one says.

use store::domain::{Count, spreadsheet_safe};
use thiserror::Error;

/// The columns that are marked, in order: critical, major, minor, unreadable.
const MARKS: [&str; 4] = ["critical", "major", "minor", "unreadable"];

/// What a marked sheet says, in entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Entries on the sheet.
    pub entries: Count,
    /// With a critical defect.
    pub critical: Count,
    /// With a major defect.
    pub major: Count,
    /// With a minor defect.
    pub minor: Count,
    /// With a defect of any class, each once.
    pub defective: Count,
    /// That cannot be read.
    pub unreadable: Count,
}

/// A marked sheet that cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ResultsError {
    /// It is no table of text.
    #[error("the sheet is no CSV in UTF-8")]
    NoTable,
    /// A column is missing.
    #[error("the sheet has no column {0}")]
    NoColumn(&'static str),
    /// A cell is neither empty nor a mark.
    #[error("row {row}, column {column}: x for yes, empty for no")]
    NoMark {
        /// The row below the header, from 1.
        row: u64,
        /// The column.
        column: &'static str,
    },
}

/// Writes the sheet of a sample as CSV: the place of each entry in the list from 1, its pointer, and columns to mark.
#[must_use]
pub fn sample_sheet(pointers: &[&str], places: &[usize]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["place", "pointer"].into_iter().chain(MARKS);
    // Writing to memory does not fail.
    let mut written = writer.write_record(head);
    for place in places {
        let pointer = pointers.get(*place).copied().unwrap_or_default();
        let number = (place + 1).to_string();
        let safe = spreadsheet_safe(pointer);
        written = written.and_then(|()| writer.write_record([&*number, &*safe, "", "", "", ""]));
    }
    debug_assert!(written.is_ok());
    writer.into_inner().unwrap_or_default()
}

/// Counts a marked sheet. Columns beside the marks are not looked at, and nothing of them is kept.
///
/// # Errors
/// [`ResultsError`] where it is no such sheet.
pub fn read_results(bytes: &[u8]) -> Result<Found, ResultsError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let delimiter = if head.contains(&b';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(bytes);
    let headers = reader.headers().ok().ok_or(ResultsError::NoTable)?.clone();
    let mut places = [0; MARKS.len()];
    for (place, name) in places.iter_mut().zip(MARKS) {
        let mut columns = headers.iter();
        let found = columns.position(|header| header.trim().eq_ignore_ascii_case(name));
        *place = found.ok_or(ResultsError::NoColumn(name))?;
    }
    let mut counts = [0_u64; MARKS.len()];
    let (mut entries, mut defective) = (0, 0);
    for row in reader.records() {
        let row = row.ok().ok_or(ResultsError::NoTable)?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        entries += 1;
        let mut marked = [false; MARKS.len()];
        let cells = marked.iter_mut().zip(places).zip(MARKS);
        for ((mark, place), column) in cells {
            *mark = match row.get(place).unwrap_or_default().trim() {
                "" | "0" => false,
                "x" | "X" | "1" => true,
                _ => {
                    return Err(ResultsError::NoMark {
                        row: entries,
                        column,
                    });
                }
            };
        }
        for (count, mark) in counts.iter_mut().zip(marked) {
            *count += u64::from(mark);
        }
        let [critical, major, minor, _] = marked;
        defective += u64::from(critical || major || minor);
    }
    let count = |number| Count::from_u64(number).unwrap_or_default();
    let [critical, major, minor, unreadable] = counts.map(count);
    Ok(Found {
        entries: count(entries),
        critical,
        major,
        minor,
        defective: count(defective),
        unreadable,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_sheet_counts_each_defective_entry_once() {
        let pointers = ["KS.1/1", "KS.1/2", "=KS", "KS.1/4"];
        let sheet = String::from_utf8(sample_sheet(&pointers, &[0, 2, 3])).unwrap();
        assert_eq!(
            sheet,
            "place,pointer,critical,major,minor,unreadable\n1,KS.1/1,,,,\n3,'=KS,,,,\n4,KS.1/4,,,,\n"
        );
        let marked = sheet
            .replace("KS.1/1,,,,", "KS.1/1,x,X,,")
            .replace("KS.1/4,,,,", "KS.1/4,,,,1");
        let found = read_results(marked.as_bytes()).unwrap();
        let counts = [
            found.entries,
            found.critical,
            found.major,
            found.minor,
            found.defective,
            found.unreadable,
        ];
        assert_eq!(counts.map(Count::to_i64), [3, 1, 1, 0, 1, 1]);
        let with_semicolons = marked.replace(',', ";");
        assert_eq!(read_results(with_semicolons.as_bytes()), Ok(found));
        let wrong = sheet.replace("KS.1/4,,,,", "KS.1/4,,maybe,,");
        let error = ResultsError::NoMark {
            row: 3,
            column: "major",
        };
        assert_eq!(read_results(wrong.as_bytes()), Err(error));
        assert_eq!(
            read_results(b"place,pointer\n"),
            Err(ResultsError::NoColumn("critical"))
        );
        assert_eq!(
            read_results(b"critical,major,minor,unreadable\n\xff\xfe,,,\n"),
            Err(ResultsError::NoTable)
        );
    }
}
