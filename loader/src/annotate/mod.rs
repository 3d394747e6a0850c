//! A copy of the sender's own file with the cells marked and what to do in comments.
//!
//! A workbook of Excel is edited in place: of its package only the parts that carry marks, comments and the added sheet are
//! written anew, and everything else is copied byte for byte. Any other file becomes a new workbook with the same table.

mod comments;
mod marks;
mod package;
mod receipt_sheet;
mod sheet_xml;
mod styles_xml;
mod table_copy;
mod workbook_xml;
mod xml;

use store::domain::{Digest, Language, Text};

pub(crate) use self::package::sheet_part;
pub(crate) use self::xml::tags;

use crate::receipt::Receipt;

/// The kind of workbooks, as registered with IANA.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The same with macros, which are copied and never run.
const XLSM: &str = "application/vnd.ms-excel.sheet.macroEnabled.12";

/// A marked copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotatedCopy {
    /// A name for it, after that of the file.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// The workbook; the same for the same file, receipt and language.
    pub bytes: Vec<u8>,
}

/// Makes a marked copy of a file from its bytes and its receipt. The program's sheet with the distinct problems is the last.
///
/// # Errors
/// Why there can be none, for people: the bytes are not those of the receipt, or no table could be read from them.
pub fn annotated_copy(
    bytes: &[u8],
    receipt: &Receipt,
    language: Language,
) -> Result<AnnotatedCopy, Text> {
    if receipt.file.sha256 != Some(Digest::of(bytes)) {
        return Err(Text::new(
            "tệp đã thay đổi từ lúc kiểm tra hoặc không đọc được, nên không có bản sao đánh dấu",
            "the file has changed since it was checked or cannot be read, so there is no marked copy",
        ));
    }
    let has_macros = receipt.file.name.to_lowercase().ends_with(".xlsm");
    let name = copy_name(&receipt.file.name, has_macros, language);
    let is_xlsx = receipt.file.encoding.as_deref() == Some("XLSX");
    if is_xlsx && let Some(bytes) = package::mark(bytes, receipt, language) {
        let kind = if has_macros { XLSM } else { XLSX };
        return Ok(AnnotatedCopy { name, kind, bytes });
    }
    let bytes = table_copy::write(bytes, receipt, language)?;
    let name = copy_name(&receipt.file.name, false, language);
    Ok(AnnotatedCopy {
        name,
        kind: XLSX,
        bytes,
    })
}

fn copy_name(name: &str, has_macros: bool, language: Language) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ending = if has_macros { "xlsm" } else { "xlsx" };
    format!("{stem}-{}.{ending}", language.pick("danh-dau", "marked"))
}
