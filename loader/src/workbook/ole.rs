//! Looks through a compound file before anything in it is parsed: a workbook of Excel 97 to 2003, or a newer one with a
//! password, or a document of another program.

use std::io::{Cursor, Read};

use super::biff::check_records;
use super::hidden::SheetFacts;
use super::kind::Kind;
use super::refused::{Refusal, damaged, other_file, password};

/// The kind of workbook, once it is known to be safe to open, and what is known of its sheets.
pub(super) fn check_compound(bytes: &[u8]) -> Result<(Kind, Vec<SheetFacts>), Refusal> {
    let mut file =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    if file.exists("/EncryptedPackage") || file.exists("/EncryptionInfo") {
        return Err(password());
    }
    let names = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"];
    let Some(name) = names.into_iter().find(|name| file.is_stream(name)) else {
        let (vi, en) = if file.exists("/WordDocument") {
            ("tệp Word kiểu cũ (.doc)", "an old Word document (.doc)")
        } else {
            ("tệp của một chương trình khác", "a file of another program")
        };
        return Err(other_file(vi, en));
    };
    let mut records = Vec::new();
    // A stream is never longer than the file it is in.
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    file.open_stream(name)
        .and_then(|stream| stream.take(length).read_to_end(&mut records))
        .map_err(|error| damaged(&error.to_string()))?;
    Ok((Kind::Xls, check_records(&records)?))
}
