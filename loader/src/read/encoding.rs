//! Tells the encoding of a file and reads its text; what cannot be read safely is refused by name.
//!
//! Nothing is guessed: a wrong guess turns names into other names without any error. Old encodings are read where there is
//! no doubt, and the receipt says which one was found.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memchr;

use super::legacy::{Told, tell_bytes, tell_text};
use super::refused;
use crate::finding::Finding;

/// The text of a file and the encoding it was in.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: String,
    /// What the sender is told about a conversion.
    pub(crate) note: Option<Finding>,
}

/// Reads the bytes as text; what is wrong where they are something else.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Box<Finding>> {
    if let Some(finding) = refused::by_first_bytes(bytes) {
        return Err(Box::new(finding));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Box::new(refused::empty()));
    }
    let (text, encoding) = match bytes {
        [0xFF, 0xFE, body @ ..] => (utf_16(body, UTF_16LE)?, "UTF-16LE"),
        [0xFE, 0xFF, body @ ..] => (utf_16(body, UTF_16BE)?, "UTF-16BE"),
        _ if looks_like_utf_16_le(bytes) => (utf_16(bytes, UTF_16LE)?, "UTF-16LE"),
        [0xEF, 0xBB, 0xBF, body @ ..] => match utf_8(body) {
            Ok(text) => (Cow::Borrowed(text), "UTF-8-BOM"),
            Err(place) => return Err(Box::new(refused::unknown_bytes(bytes, place + 3))),
        },
        _ => match utf_8(bytes) {
            Ok(text) => (Cow::Borrowed(text), "UTF-8"),
            Err(place) => return decode_legacy(bytes, place),
        },
    };
    if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return Err(Box::new(refused::empty()));
    }
    if let Some(place) = memchr(0, text.as_bytes()) {
        return Err(Box::new(refused::binary(text.as_bytes(), place)));
    }
    convert_fonts(text, encoding)
}

/// Bytes as UTF-8; the place of the first byte that is none.
pub(super) fn utf_8(bytes: &[u8]) -> Result<&str, usize> {
    simdutf8::compat::from_utf8(bytes).map_err(|error| error.valid_up_to())
}

/// Text that is sound as Unicode may still hold the letters of a legacy font.
fn convert_fonts<'a>(text: Cow<'a, str>, encoding: &str) -> Result<Decoded<'a>, Box<Finding>> {
    let plain = |text| Decoded {
        text,
        encoding: encoding.to_owned(),
        note: None,
    };
    match tell_text(&text) {
        Told::Certain(legacy) => match legacy.convert(&text) {
            Some(converted) => Ok(Decoded {
                note: Some(refused::converted(legacy, &text, &converted)),
                text: Cow::Owned(converted),
                encoding: format!("{encoding} ({})", legacy.name()),
            }),
            // Further down are letters that the font does not have.
            None => Err(Box::new(refused::mixed(legacy, &text, 0))),
        },
        Told::Likely(legacy, place) => Err(Box::new(refused::mixed(legacy, &text, place))),
        Told::LettersLost | Told::Nothing => Ok(plain(text)),
    }
}

fn decode_legacy(bytes: &[u8], invalid: usize) -> Result<Decoded<'static>, Box<Finding>> {
    if let Some(place) = memchr(0, bytes) {
        return Err(Box::new(refused::binary(bytes, place)));
    }
    match tell_bytes(bytes) {
        Told::Certain(legacy) => match legacy.decode(bytes) {
            Some(text) => Ok(Decoded {
                note: Some(refused::read_as(legacy)),
                text: Cow::Owned(text),
                encoding: legacy.name().to_owned(),
            }),
            None => Err(Box::new(refused::unknown_bytes(bytes, invalid))),
        },
        Told::Likely(legacy, _) => Err(Box::new(refused::doubtful_bytes(bytes, invalid, legacy))),
        Told::LettersLost => Err(Box::new(refused::letters_lost())),
        Told::Nothing => Err(Box::new(refused::unknown_bytes(bytes, invalid))),
    }
}

fn utf_16(body: &[u8], encoding: &'static Encoding) -> Result<Cow<'static, str>, Box<Finding>> {
    let (text, broken) = encoding.decode_without_bom_handling(body);
    if broken {
        return Err(Box::new(refused::broken_utf_16(encoding.name())));
    }
    Ok(Cow::Owned(text.into_owned()))
}

/// Whether bytes without a mark are UTF-16 with the low byte first: every second byte is the page of a letter that a
/// Vietnamese table has, and most pages are that of ASCII.
pub(super) fn looks_like_utf_16_le(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let (pairs, rest) = head.as_chunks::<2>();
    let of_table = |pair: &&[u8; 2]| pair[0] != 0 && matches!(pair[1], 0 | 1 | 3 | 0x1E | 0x20);
    let ascii = pairs.iter().filter(|pair| pair[1] == 0).count();
    rest.is_empty()
        && pairs.len() >= 4
        && ascii * 2 >= pairs.len()
        && pairs.iter().filter(of_table).count() == pairs.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rule;

    fn refused(bytes: &[u8]) -> (Rule, String, Option<u64>) {
        let finding = decode(bytes).unwrap_err();
        (finding.rule, finding.message.en, finding.line)
    }

    fn text_of(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes).unwrap();
        (decoded.text.into_owned(), decoded.encoding)
    }

    fn wide(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn unicode_is_read_in_every_dress() {
        let text = "Đắk Lắk\tTỉnh\r\n1\t2";
        let marked = format!("\u{feff}{text}");
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (marked.as_bytes().to_vec(), "UTF-8-BOM"),
            (wide(&marked, u16::to_le_bytes), "UTF-16LE"),
            (wide(&marked, u16::to_be_bytes), "UTF-16BE"),
            (wide(text, u16::to_le_bytes), "UTF-16LE"),
        ] {
            assert_eq!(text_of(&bytes), (text.to_owned(), encoding.to_owned()));
        }
    }

    #[test]
    fn other_files_are_refused_by_name() {
        assert_eq!(refused(b"").0, Rule::EmptyFile);
        assert_eq!(refused(b"\xEF\xBB\xBF \r\n").0, Rule::EmptyFile);
        assert_eq!(refused(b"\xFF\xFE \0\n\0").0, Rule::EmptyFile);
        assert!(refused(b"%PDF-1.7").1.contains("PDF"));
        let (rule, message, line) = refused(b"a,b\nc\0d");
        assert_eq!((rule, line), (Rule::NotCsv, Some(2)));
        assert!(message.contains("byte 5 "), "{message}");
        // An odd number of bytes, and half of a pair of surrogates.
        assert!(refused(b"\xFF\xFEa\0b").1.contains("UTF-16LE"));
        assert!(refused(b"\xFF\xFEa\0\x00\xD8b\0").1.contains("UTF-16LE"));
    }

    #[test]
    fn invalid_bytes_are_named_with_line_and_offset() {
        let (rule, message, line) = refused(b"\xEF\xBB\xBFab\r\ncd\xE3,");
        assert_eq!((rule, line), (Rule::Encoding, Some(2)));
        assert!(message.contains("byte 9 "), "{message}");
    }

    #[test]
    fn an_old_encoding_is_read_where_headers_leave_no_doubt_and_else_named() {
        let typed = b"Ma\xDE ti\xD2nh,Loa\xF2i vi\xEA\xF2c,Ghi ch\xFA\n";
        let (text, encoding) = text_of(typed);
        assert_eq!(text, "Mã tỉnh,Loại việc,Ghi chú\n");
        assert_eq!(encoding, "Windows-1258");
        let (rule, message, _) = refused(b"a,b\nH\xB5 N\xE9i,1\n");
        assert_eq!(rule, Rule::Encoding);
        assert!(message.contains("TCVN3"), "{message}");
        assert!(
            refused(b"a,b\nH\xB5 N?i, B?c K?n,1\n")
                .1
                .contains("question marks")
        );
    }
}
