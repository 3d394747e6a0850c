//! What the sender is told about the encoding of a file.

use store::domain::Text;

use super::legacy::Legacy;
use super::lines::breaks;
use crate::finding::Finding;
use crate::rule::Rule;

/// How to save a workbook so that it can be read, as Excel's menu words it.
fn save_as_csv() -> Text {
    Text::new(
        "mở tệp bằng Excel, chọn Lưu như (Save As), loại tệp “CSV UTF-8 (Comma delimited) \
         (*.csv)”, rồi gửi tệp mới",
        "open the file in Excel, choose Save As, file type “CSV UTF-8 (Comma delimited) (*.csv)”, \
         and send the new file",
    )
}

/// How to turn the text of a legacy font into Unicode.
fn to_unicode() -> Text {
    Text::new(
        "chuyển cả bảng sang Unicode (ví dụ bằng Công cụ của UniKey: Ctrl+Shift+F6), dùng phông \
         Times New Roman hoặc Arial, rồi gửi lại",
        "convert the whole table to Unicode (for example with the toolkit of UniKey, \
         Ctrl+Shift+F6), use a font such as Times New Roman or Arial, and send it again",
    )
}

/// Files of another kind by how they begin.
pub(super) fn by_first_bytes(bytes: &[u8]) -> Option<Finding> {
    let not_csv = |vi: &str, en: &str| {
        let message = Text::new(
            format!("đây là {vi}, không phải tệp CSV"),
            format!("this is {en}, not a CSV file"),
        );
        Some(Finding::error(Rule::NotCsv, message, save_as_csv()))
    };
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => not_csv("tệp PDF", "a PDF file"),
        _ => None,
    }
}

pub(super) fn empty() -> Finding {
    Finding::error(
        Rule::EmptyFile,
        Text::new("tệp không có nội dung", "the file has no content"),
        Text::new(
            "kiểm tra lại tệp đã lưu đủ chưa, rồi gửi lại",
            "check that the file was saved completely and send it again",
        ),
    )
}

pub(super) fn binary(body: &[u8], place: usize) -> Finding {
    let message = Text::new(
        format!("byte thứ {place} (tính từ 0) là NUL: đây là tệp nhị phân, không phải bảng chữ"),
        format!("byte {place} (from 0) is NUL: this is a binary file, not a table of text"),
    );
    Finding::error(Rule::NotCsv, message, save_as_csv()).on_line(line_of(body, place))
}

pub(super) fn broken_utf_16(name: &str) -> Finding {
    let message = Text::new(
        format!("tệp {name} bị cắt hoặc hỏng: có ký tự không đủ byte"),
        format!("the {name} file is cut or damaged: a character lacks some of its bytes"),
    );
    let fix = Text::new(
        "lưu lại tệp từ Excel rồi gửi tệp mới",
        "save the file again from Excel and send the new one",
    );
    Finding::error(Rule::Encoding, message, fix)
}

pub(super) fn unknown_bytes(bytes: &[u8], place: usize) -> Finding {
    let message = Text::new(
        format!(
            "tệp không phải UTF-8: byte thứ {place} (tính từ 0) không hợp lệ, có thể là bảng mã \
             cũ như TCVN3 (ABC), VNI hoặc Windows-1258"
        ),
        format!(
            "the file is not UTF-8: byte {place} (from 0) is invalid, perhaps an old encoding \
             such as TCVN3 (ABC), VNI or Windows-1258"
        ),
    );
    Finding::error(Rule::Encoding, message, save_as_csv()).on_line(line_of(bytes, place))
}

/// One encoding fits best, but not well enough to be sure of every name.
pub(super) fn doubtful_bytes(bytes: &[u8], place: usize, legacy: Legacy) -> Finding {
    let name = legacy.long_name();
    let message = Text::new(
        format!(
            "tệp không phải UTF-8: byte thứ {place} (tính từ 0) không hợp lệ; có vẻ là {name} \
             nhưng chưa đủ chắc chắn để tự chuyển"
        ),
        format!(
            "the file is not UTF-8: byte {place} (from 0) is invalid; it looks like {name}, but \
             not surely enough to be converted"
        ),
    );
    let fix = match legacy {
        Legacy::Windows1258 | Legacy::DoubleUtf8 => save_as_csv(),
        Legacy::Tcvn3 | Legacy::Vni => to_unicode(),
    };
    Finding::error(Rule::Encoding, message, fix).on_line(line_of(bytes, place))
}

pub(super) fn letters_lost() -> Finding {
    let message = Text::new(
        "khi lưu, Excel đã thay nhiều chữ có dấu bằng dấu hỏi (ví dụ “t?nh”), nên không đọc lại \
         được tên",
        "when the file was saved, letters with marks were replaced by question marks (such as \
         “t?nh”), so names cannot be read any more",
    );
    Finding::error(Rule::Encoding, message, save_as_csv())
}

/// Some cells hold letters of a legacy font and others do not, so no conversion fits the whole file.
pub(super) fn mixed(legacy: Legacy, text: &str, place: usize) -> Finding {
    let name = legacy.long_name();
    let message = Text::new(
        format!(
            "từ đây có chữ gõ theo bảng mã {name} lẫn với chữ Unicode, nên không thể tự chuyển cả \
             tệp"
        ),
        format!(
            "from here on there is text typed in {name} among text in Unicode, so the file cannot \
             be converted as a whole"
        ),
    );
    let line = line_of(text.as_bytes(), place);
    Finding::error(Rule::Encoding, message, to_unicode()).on_line(line)
}

/// The whole file was read in a legacy encoding.
pub(super) fn read_as(legacy: Legacy) -> Finding {
    let name = legacy.long_name();
    note(
        Text::new(
            format!("tệp dùng bảng mã {name} và đã được đọc theo bảng mã đó"),
            format!("the file is in {name} and was read as such"),
        ),
        save_as_csv(),
    )
}

/// The whole file was converted from the letters of a legacy font, with the first word as an example.
pub(super) fn converted(legacy: Legacy, before: &str, after: &str) -> Finding {
    let name = legacy.long_name();
    let words = before.split_whitespace().zip(after.split_whitespace());
    let mut changed = words.filter(|(before, after)| before != after);
    let (vi, en) = match changed.next() {
        Some((old, new)) => (
            format!("; ví dụ “{}” là “{}”", short(old), short(new)),
            format!("; “{}” is “{}”, for example", short(old), short(new)),
        ),
        None => (String::new(), String::new()),
    };
    note(
        Text::new(
            format!("chữ trong tệp gõ theo bảng mã {name} và đã được chuyển sang Unicode{vi}"),
            format!("the text is in {name} and was converted to Unicode{en}"),
        ),
        to_unicode(),
    )
}

fn note(message: Text, how: Text) -> Finding {
    let fix = Text::new(
        format!(
            "kiểm tra lại các tên trong biên nhận này; lần sau nên {}",
            how.vi
        ),
        format!("look over the names in this receipt; next time, {}", how.en),
    );
    Finding::note(Rule::OldEncoding, message, fix)
}

/// The start of a word, for a row without blanks is one word.
fn short(word: &str) -> String {
    word.chars().take(24).collect()
}

fn line_of(body: &[u8], place: usize) -> u64 {
    let passed = body.get(..place).unwrap_or(body);
    1 + breaks(passed, body.get(place).copied())
}
