//! Tells the encoding of a file from its first bytes and refuses, by name, what cannot be read safely.
//!
//! Nothing is guessed: a wrong guess turns names into other names without any error. A legacy encoding is only named, so
//! that the sender knows what to change.

use encoding_rs::WINDOWS_1258;
use store::domain::Text;

use super::lines::LineCounter;
use crate::column::Column;
use crate::finding::Finding;
use crate::rule::Rule;

/// The text of a file and the encoding it was in.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: &'a str,
    pub(crate) encoding: &'static str,
}

/// Reads the bytes as UTF-8, with or without a byte order mark; what is wrong where they are something else.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Box<Finding>> {
    if let Some(finding) = refuse_by_first_bytes(bytes) {
        return Err(Box::new(finding));
    }
    let (body, encoding) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(body) => (body, "UTF-8-BOM"),
        None => (bytes, "UTF-8"),
    };
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Box::new(empty()));
    }
    if let Some(place) = body.iter().position(|byte| *byte == 0) {
        return Err(Box::new(binary(body, place)));
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok(Decoded { text, encoding }),
        Err(error) => {
            let before = bytes.len() - body.len();
            Err(Box::new(wrong_encoding(body, error.valid_up_to(), before)))
        }
    }
}

/// How to save a workbook so that it can be read, as Excel's menu words it.
fn save_as_csv() -> Text {
    Text::new(
        "mở tệp bằng Excel, chọn Lưu như (Save As), loại tệp “CSV UTF-8 (Comma delimited) \
         (*.csv)”, rồi gửi tệp mới",
        "open the file in Excel, choose Save As, file type “CSV UTF-8 (Comma delimited) (*.csv)”, \
         and send the new file",
    )
}

fn refuse_by_first_bytes(bytes: &[u8]) -> Option<Finding> {
    let not_csv = |vi: &str, en: &str| {
        let message = Text::new(
            format!("đây là {vi}, không phải tệp CSV"),
            format!("this is {en}, not a CSV file"),
        );
        Some(Finding::error(Rule::NotCsv, message, save_as_csv()))
    };
    let utf_16 = |name: &str| {
        let message = Text::new(
            format!("tệp được lưu bằng bảng mã {name} (Excel gọi là “Unicode Text”)"),
            format!("the file was saved as {name} (which Excel calls “Unicode Text”)"),
        );
        Some(Finding::error(Rule::Encoding, message, save_as_csv()))
    };
    match bytes {
        [] => Some(empty()),
        [b'P', b'K', 3 | 5 | 7, ..] => not_csv(
            "tệp Excel (.xlsx) hoặc tệp nén ZIP",
            "an Excel workbook (.xlsx) or a ZIP archive",
        ),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => not_csv(
            "tệp Excel hoặc Word kiểu cũ (.xls, .doc)",
            "an old Excel or Word file (.xls, .doc)",
        ),
        [b'%', b'P', b'D', b'F', ..] => not_csv("tệp PDF", "a PDF file"),
        [0xFF, 0xFE, ..] => utf_16("UTF-16 LE"),
        [0xFE, 0xFF, ..] => utf_16("UTF-16 BE"),
        _ => None,
    }
}

fn empty() -> Finding {
    Finding::error(
        Rule::EmptyFile,
        Text::new("tệp không có nội dung", "the file has no content"),
        Text::new(
            "kiểm tra lại tệp đã lưu đủ chưa, rồi gửi lại",
            "check that the file was saved completely and send it again",
        ),
    )
}

fn binary(body: &[u8], place: usize) -> Finding {
    let message = Text::new(
        format!(
            "byte thứ {place} (tính từ 0) là NUL: đây là tệp nhị phân hoặc UTF-16 không có dấu BOM"
        ),
        format!(
            "byte {place} (from 0) is NUL: this is a binary file or UTF-16 without a byte order \
             mark"
        ),
    );
    Finding::error(Rule::NotCsv, message, save_as_csv()).on_line(line_of(body, place))
}

fn wrong_encoding(body: &[u8], place: usize, before: usize) -> Finding {
    let at = place + before;
    let named = if looks_like_windows_1258(body) {
        Text::new(", có vẻ là Windows-1258", ", it looks like Windows-1258")
    } else {
        Text::new(
            ", có thể là bảng mã cũ như TCVN3 (ABC), VNI hoặc Windows-1258",
            ", perhaps an old encoding such as TCVN3 (ABC), VNI or Windows-1258",
        )
    };
    let message = Text::new(
        format!(
            "tệp không phải UTF-8: byte thứ {at} (tính từ 0) không hợp lệ{}",
            named.vi
        ),
        format!(
            "the file is not UTF-8: byte {at} (from 0) is invalid{}",
            named.en
        ),
    );
    Finding::error(Rule::Encoding, message, save_as_csv()).on_line(line_of(body, place))
}

fn line_of(body: &[u8], place: usize) -> u64 {
    LineCounter::new(body).line_at(place)
}

/// Whether three headers are known when the file is read as Windows-1258.
fn looks_like_windows_1258(body: &[u8]) -> bool {
    let head = body.get(..4096).unwrap_or(body);
    let (text, _, _) = WINDOWS_1258.decode(head);
    text.split(['\n', '\r', ',', ';', '\t'])
        .filter(|cell| Column::of_header(cell).is_some())
        .count()
        >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> (Rule, String, Option<u64>) {
        let finding = decode(bytes).unwrap_err();
        (finding.rule, finding.message.en, finding.line)
    }

    #[test]
    fn utf_8_is_read_with_and_without_a_byte_order_mark() {
        let plain = decode("Đắk Lắk".as_bytes()).unwrap();
        assert_eq!((plain.text, plain.encoding), ("Đắk Lắk", "UTF-8"));
        let marked = decode("\u{feff}Đắk Lắk".as_bytes()).unwrap();
        assert_eq!((marked.text, marked.encoding), ("Đắk Lắk", "UTF-8-BOM"));
    }

    #[test]
    fn other_files_are_refused_by_name() {
        assert_eq!(refused(b"").0, Rule::EmptyFile);
        assert_eq!(refused(b"\xEF\xBB\xBF \r\n").0, Rule::EmptyFile);
        assert!(refused(b"PK\x03\x04rest").1.contains("Excel workbook"));
        assert!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1").1.contains(".xls"));
        assert!(refused(b"%PDF-1.7").1.contains("PDF"));
        assert!(refused(b"\xFF\xFEa\0").1.contains("UTF-16 LE"));
        assert!(refused(b"\xFE\xFF\0a").1.contains("UTF-16 BE"));
        let (rule, message, line) = refused(b"a,b\nc\0d");
        assert_eq!((rule, line), (Rule::NotCsv, Some(2)));
        assert!(message.contains("byte 5 "), "{message}");
    }

    #[test]
    fn invalid_bytes_are_named_with_line_and_offset() {
        let (rule, message, line) = refused(b"\xEF\xBB\xBFab\r\ncd\xE3,");
        assert_eq!((rule, line), (Rule::Encoding, Some(2)));
        assert!(message.contains("byte 9 "), "{message}");
    }

    #[test]
    fn windows_1258_is_named_where_its_headers_are_known() {
        let typed = b"M\xE3 ti\xD2nh,Loa\xF2i vi\xEA\xF2c,Ghi ch\xFA\n";
        assert!(refused(typed).1.contains("looks like Windows-1258"));
        assert!(refused(b"H\xB5 N\xE9i").1.contains("TCVN3"));
    }
}
