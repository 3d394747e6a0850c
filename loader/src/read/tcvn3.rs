//! TCVN3 (ABC): TCVN 5712:1993, the encoding of the `.VnTime` fonts, a byte a letter.
//!
//! The fonts have no code for a capital with a tone; the standard's first table has, so its capitals are read as well.
//! Files that were typed with `.VnTimeH` hold small letters that only look like capitals, and stay small.

use unicode_normalization::UnicodeNormalization;

/// The letters of the bytes from 0x80 on, row by row; the five tones of row B combine with the letter before them.
#[rustfmt::skip]
const HIGH: [char; 128] = [
    'À', 'Ả', 'Ã', 'Á', 'Ạ', 'Ặ', 'Ậ', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ', 'Ệ', 'Ì', 'Ỉ', 'Ĩ',
    'Í', 'Ị', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ', 'Ộ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ', 'Ù', 'Ủ', 'Ũ',
    '\u{a0}', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', 'Ằ',
    '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}', 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ', 'ẵ', 'ắ', 'Ẵ',
    'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ',
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò',
    'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù',
    'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố',
];

/// Capitals that the standard's first table keeps among the control characters.
const LOW: [(u8, char); 12] = [
    (0x01, 'Ú'),
    (0x02, 'Ụ'),
    (0x04, 'Ừ'),
    (0x05, 'Ử'),
    (0x06, 'Ữ'),
    (0x11, 'Ứ'),
    (0x12, 'Ự'),
    (0x13, 'Ỳ'),
    (0x14, 'Ỷ'),
    (0x15, 'Ỹ'),
    (0x16, 'Ý'),
    (0x17, 'Ỵ'),
];

/// The text of some bytes, in NFC.
pub(super) fn decode(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| letter(*byte)).nfc().collect()
}

fn letter(byte: u8) -> char {
    if let Some(letter) = byte
        .checked_sub(0x80)
        .and_then(|place| HIGH.get(usize::from(place)))
    {
        return *letter;
    }
    let mut low = LOW.iter();
    low.find(|(code, _)| *code == byte)
        .map_or(char::from(byte), |(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::super::vietnamese::every_letter;
    use super::*;

    #[test]
    fn every_vietnamese_letter_has_one_code_and_comes_back() {
        for wanted in every_letter() {
            let codes: Vec<u8> = (0..=u8::MAX)
                .filter(|byte| letter(*byte) == wanted)
                .collect();
            assert_eq!(codes.len(), 1, "{wanted}: {codes:?}");
            assert_eq!(decode(&codes), wanted.to_string());
        }
    }

    #[test]
    fn names_are_read_as_the_fonts_show_them() {
        for (bytes, name) in [
            (&b"H\xB5 N\xE9i"[..], "Hà Nội"),
            (b"\xA7\xBEk L\xBEk", "Đắk Lắk"),
            (
                b"Th\xB5nh ph\xE8 H\xE5 Ch\xDD Minh",
                "Thành phố Hồ Chí Minh",
            ),
            (b"T\xC7y Ninh; B\xD7nh Ph\xAD\xEDc", "Tầy Ninh; Bình Phước"),
            // A letter and its tone apart.
            (b"Ha\xB0 N\xAB\xB4i", "Hà Nội"),
        ] {
            assert_eq!(decode(bytes), name);
        }
    }
}
