//! VNI for Windows: a vowel and, after it, a letter of the Western set that the fonts draw as its mark and tone.

use unicode_normalization::UnicodeNormalization;

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const CIRCUMFLEX: char = '\u{302}';
const TILDE: char = '\u{303}';
const BREVE: char = '\u{306}';
const HOOK: char = '\u{309}';
const DOT: char = '\u{323}';

/// Letters that stand for a tone, or for a mark and a tone, of the vowel before them.
#[rustfmt::skip]
const MARKS: [(char, &[char]); 17] = [
    ('ù', &[ACUTE]), ('ø', &[GRAVE]), ('û', &[HOOK]), ('õ', &[TILDE]), ('ï', &[DOT]),
    ('â', &[CIRCUMFLEX]), ('á', &[CIRCUMFLEX, ACUTE]), ('à', &[CIRCUMFLEX, GRAVE]),
    ('å', &[CIRCUMFLEX, HOOK]), ('ã', &[CIRCUMFLEX, TILDE]), ('ä', &[CIRCUMFLEX, DOT]),
    ('ê', &[BREVE]), ('é', &[BREVE, ACUTE]), ('è', &[BREVE, GRAVE]),
    ('ú', &[BREVE, HOOK]), ('ü', &[BREVE, TILDE]), ('ë', &[BREVE, DOT]),
];

/// Letters that are one code: the horned vowels, đ, and the tones of i and the dotted y, which leave no room for a mark.
const SINGLE: [(char, char); 8] = [
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
    // These two are the same letter in both sets.
    ('í', 'í'),
];

/// The text of Western letters as a VNI font shows it, in NFC.
pub(super) fn decode(text: &str) -> String {
    let mut letters = text.chars().peekable();
    let mut shown = String::with_capacity(text.len() + text.len() / 4);
    while let Some(letter) = letters.next() {
        let vowel = single(letter);
        shown.push(vowel);
        if let Some(marks) = letters.peek().and_then(|mark| marks_of(vowel, *mark)) {
            shown.extend(marks);
            letters.next();
        }
    }
    shown.nfc().collect()
}

fn single(letter: char) -> char {
    let small = lower(letter);
    let Some((_, single)) = SINGLE.iter().find(|(code, _)| *code == small) else {
        return letter;
    };
    if small == letter {
        *single
    } else {
        single.to_uppercase().next().unwrap_or(*single)
    }
}

/// What a letter adds to the vowel before it; `None` where the vowel does not take it.
fn marks_of(vowel: char, mark: char) -> Option<&'static [char]> {
    let mark = lower(mark);
    let (_, marks) = MARKS.iter().find(|(code, _)| *code == mark)?;
    let takers = match *marks.first()? {
        CIRCUMFLEX => "aeo",
        BREVE => "a",
        _ => "aeouyơư",
    };
    takers.contains(lower(vowel)).then_some(*marks)
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// A letter in VNI; only tests write it.
#[cfg(test)]
fn encode(letter: char) -> String {
    let capital = letter.is_uppercase();
    let small = lower(letter);
    let code = match SINGLE.iter().find(|(_, single)| *single == small) {
        Some((code, _)) => code.to_string(),
        None if small == 'ì' => "ì".to_owned(),
        None => {
            let mut parts: Vec<char> = small.to_string().nfd().collect();
            let mut base = parts.remove(0);
            if let Some(place) = parts.iter().position(|part| *part == '\u{31b}') {
                parts.remove(place);
                base = if base == 'o' { 'ô' } else { 'ö' };
            }
            let is_mark = |marks: &[char]| {
                marks.len() == parts.len() && marks.iter().all(|mark| parts.contains(mark))
            };
            let mark = MARKS.iter().find(|(_, marks)| is_mark(marks));
            let mark = mark.map_or(String::new(), |(mark, _)| mark.to_string());
            format!("{base}{mark}")
        }
    };
    if capital { code.to_uppercase() } else { code }
}

#[cfg(test)]
mod tests {
    use super::super::vietnamese::every_letter;
    use super::*;

    #[test]
    fn every_vietnamese_letter_comes_back() {
        let mut codes = std::collections::BTreeSet::new();
        for letter in every_letter() {
            let code = encode(letter);
            assert_eq!(decode(&code), letter.to_string(), "{code}");
            assert_ne!(code, letter.to_string().replace(['í', 'ì', 'Í', 'Ì'], ""));
            assert!(codes.insert(code.clone()), "{code} twice");
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&code);
            assert!(!lost && bytes.len() <= 2, "{code}");
        }
    }

    #[test]
    fn names_are_read_as_the_fonts_show_them() {
        for (typed, name) in [
            ("Haø Noäi", "Hà Nội"),
            ("Ñaék Laék", "Đắk Lắk"),
            ("Bình Phöôùc, Baïc Lieâu", "Bình Phước, Bạc Liêu"),
            ("Thaønh phoá Hoà Chí Minh", "Thành phố Hồ Chí Minh"),
            ("TÆNH QUAÛNG TRÒ", "TỈNH QUẢNG TRỊ"),
            ("Kieân Giang; Myõ, Mî", "Kiên Giang; Mỹ, Mỵ"),
            ("Số 12", "Số 12"),
        ] {
            assert_eq!(decode(typed), name);
        }
    }
}
