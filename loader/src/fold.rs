//! Folding of text for matching: letters without case and marks, whatever Unicode form they came in.
//!
//! The folded text is only compared, never shown or kept.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case without marks; đ and its look-alikes Ð (U+00D0) and Ɖ (U+0189) are d, and what East Asian keyboards
/// give in full width is as wide as usual.
pub(crate) fn plain(text: &str) -> impl Iterator<Item = char> {
    text.nfd()
        .map(half_width)
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'đ' | 'ð' | 'ɖ' => 'd',
            other => other,
        })
}

/// The forms in full width follow each other as in ASCII (Unicode, block FF00).
fn half_width(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    }
}

/// Only the letters and digits, for headers and words of closed lists.
pub(crate) fn fold(text: &str) -> String {
    plain(text)
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// The kinds of units.
const KINDS: [&str; 3] = ["thanhpho", "tinh", "tp"];

/// Only the letters of a unit's name, without "tỉnh", "thành phố", "TP." or "T." before it, or behind it in brackets.
pub(crate) fn fold_unit_name(text: &str) -> String {
    let letters_of = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphabetic());
        letters.collect()
    };
    let plain: String = plain(text.trim()).collect();
    let bracket = plain
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    let name = bracket.filter(|(_, kind)| KINDS.contains(&&*letters_of(kind)));
    let name = name.map_or(&*plain, |(name, _)| name);
    let rest = name
        .strip_prefix("t.")
        .filter(|rest| !rest.starts_with('p'))
        .unwrap_or(name);
    let letters = letters_of(rest);
    let name = KINDS.iter().find_map(|prefix| letters.strip_prefix(prefix));
    name.unwrap_or(&letters).to_owned()
}

/// The text in Unicode NFC, without blanks around it and with single blanks inside, as it is kept.
pub(crate) fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_name_folds_to_one_key() {
        let cases = [
            ("Đắk Lắk", "daklak"),
            ("Ðắk Lắk", "daklak"),
            ("ĐĂK LĂK  ", "daklak"),
            ("tỉnh Đa\u{306}\u{301}k La\u{306}\u{301}k", "daklak"),
            ("Tỉnh Thừa Thiên – Huế", "thuathienhue"),
            ("TP.HCM", "hcm"),
            ("TPHCM", "hcm"),
            ("T.P Hồ Chí Minh", "hochiminh"),
            ("Thành phố Hồ Chí Minh", "hochiminh"),
            ("T. Thanh Hoá", "thanhhoa"),
            ("Thanh Hóa", "thanhhoa"),
            ("Tiền Giang", "tiengiang"),
            ("Bà Rịa-Vũng Tàu", "bariavungtau"),
            ("Quảng Trị (tỉnh)", "quangtri"),
            ("Huế (TP.)", "hue"),
            ("Quảng Trị (cũ)", "quangtricu"),
            ("(tỉnh)", ""),
            ("", ""),
        ];
        for (name, key) in cases {
            assert_eq!(fold_unit_name(name), key, "{name}");
        }
    }

    #[test]
    fn headers_fold_without_marks_signs_and_line_breaks() {
        assert_eq!(fold("Tỷ lệ\n(%)"), "tyle");
        assert_eq!(fold("province_code"), "provincecode");
        assert_eq!(fold("NĐ 87"), "nd87");
        assert_eq!(fold("ＮĐ ８７"), "nd87");
    }

    #[test]
    fn kept_text_is_tidy() {
        assert_eq!(tidy("  xã  Cam\u{a0}Lô\u{323} \n"), "xã Cam Lộ");
    }
}
