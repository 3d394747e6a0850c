//! Letters of Vietnamese names as small numbers, whatever Unicode form they came in, so that comparing costs a few integer
//! operations.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// A letter or digit: 1 to 26 for a to z, then ă â đ ê ô ơ ư, then the ten digits. Six bits are enough.
pub(super) type Letter = u8;

/// The number of the digit 0.
const ZERO: Letter = 34;

/// The number of a letter from a to z.
pub(super) const fn ascii(letter: u8) -> Letter {
    letter - b'a' + 1
}

/// The letter without its mark; tones are kept elsewhere.
pub(super) const fn plain(letter: Letter) -> Letter {
    match letter {
        27 | 28 => ascii(b'a'),
        29 => ascii(b'd'),
        30 => ascii(b'e'),
        31 | 32 => ascii(b'o'),
        33 => ascii(b'u'),
        other => other,
    }
}

/// Whether it is a vowel, y included.
pub(super) const fn is_vowel(letter: Letter) -> bool {
    let base = plain(letter);
    base == ascii(b'a')
        || base == ascii(b'e')
        || base == ascii(b'i')
        || base == ascii(b'o')
        || base == ascii(b'u')
        || base == ascii(b'y')
}

/// What a character is in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    /// A letter and its tone, 0 where it has none.
    Letter(Letter, u8),
    /// A tone of its own that belongs to the letter before.
    Tone(u8),
    /// A mark of its own that belongs to the letter before.
    Shape(Shape),
    /// What separates words.
    Blank,
    /// An apostrophe or a hyphen inside a name.
    Sign,
    /// A full stop: the syllable before it is shortened.
    Stop,
    /// Anything else.
    Other,
}

/// A mark that makes another letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Circumflex,
    Breve,
    Horn,
}

impl Shape {
    /// The letter with the mark; `None` where the alphabet has no such letter.
    pub(super) const fn on(self, letter: Letter) -> Option<Letter> {
        Some(match (self, letter) {
            (Self::Breve, 1) => 27,
            (Self::Circumflex, 1) => 28,
            (Self::Circumflex, 5) => 30,
            (Self::Circumflex, 15) => 31,
            (Self::Horn, 15) => 32,
            (Self::Horn, 21) => 33,
            _ => return None,
        })
    }
}

/// Beyond the last precomposed Vietnamese letter.
const TABLE: u32 = 0x1F00;

static GLYPHS: LazyLock<Vec<Glyph>> = LazyLock::new(|| {
    (0..TABLE)
        .map(|code| char::from_u32(code).map_or(Glyph::Other, work_out))
        .collect()
});

/// What a character is.
pub(super) fn glyph(character: char) -> Glyph {
    let place = usize::try_from(u32::from(character)).unwrap_or(usize::MAX);
    match GLYPHS.get(place) {
        Some(glyph) => *glyph,
        None => work_out(character),
    }
}

fn work_out(character: char) -> Glyph {
    match character {
        '\'' | '-' | '`' | '\u{b4}' | '\u{2010}'..='\u{2015}' | '\u{2018}' | '\u{2019}' => {
            return Glyph::Sign;
        }
        '.' => return Glyph::Stop,
        'Ð' | 'Đ' | 'ð' | 'đ' | 'Ɖ' | 'ɖ' => return Glyph::Letter(29, 0),
        '\u{feff}' | '\u{200b}' | '\u{ad}' => return Glyph::Blank,
        blank if blank.is_whitespace() => return Glyph::Blank,
        _ => {}
    }
    let mut parts = character.to_lowercase().nfd();
    let Some(first) = parts.next() else {
        return Glyph::Other;
    };
    let mut read = match mark(first) {
        Some(glyph) => glyph,
        None => match first {
            'a'..='z' => Glyph::Letter(u8::try_from(first).map_or(0, ascii), 0),
            '0'..='9' => Glyph::Letter(
                u8::try_from(first).map_or(0, |digit| digit - b'0' + ZERO),
                0,
            ),
            _ => return Glyph::Other,
        },
    };
    for part in parts {
        read = match (read, mark(part)) {
            (Glyph::Letter(letter, 0), Some(Glyph::Tone(tone))) if is_vowel(letter) => {
                Glyph::Letter(letter, tone)
            }
            (Glyph::Letter(letter, tone), Some(Glyph::Shape(shape))) => match shape.on(letter) {
                Some(letter) => Glyph::Letter(letter, tone),
                None => return Glyph::Other,
            },
            _ => return Glyph::Other,
        };
    }
    read
}

/// A combining mark of the Vietnamese alphabet.
const fn mark(character: char) -> Option<Glyph> {
    Some(match character {
        '\u{300}' => Glyph::Tone(1),
        '\u{301}' => Glyph::Tone(2),
        '\u{303}' => Glyph::Tone(TILDE),
        '\u{309}' => Glyph::Tone(HOOK),
        '\u{323}' => Glyph::Tone(5),
        '\u{302}' => Glyph::Shape(Shape::Circumflex),
        '\u{306}' => Glyph::Shape(Shape::Breve),
        '\u{31b}' => Glyph::Shape(Shape::Horn),
        _ => return None,
    })
}

/// The tone ngã.
pub(super) const TILDE: u8 = 3;
/// The tone hỏi.
pub(super) const HOOK: u8 = 4;

/// The letters and digits of a text without marks, for words that are only matched.
pub(super) fn plain_text(text: &str, into: &mut String) {
    for character in text.chars() {
        if let Glyph::Letter(letter, _) = glyph(character) {
            let base = plain(letter);
            let byte = if base >= ZERO {
                b'0' + (base - ZERO)
            } else {
                b'a' + (base - 1)
            };
            into.push(char::from(byte));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKED: [(char, Letter); 7] = [
        ('ă', 27),
        ('â', 28),
        ('đ', 29),
        ('ê', 30),
        ('ô', 31),
        ('ơ', 32),
        ('ư', 33),
    ];

    #[test]
    fn every_form_of_a_letter_is_the_same_number() {
        for (letter, number) in MARKED {
            assert_eq!(glyph(letter), Glyph::Letter(number, 0));
            let capital = letter.to_uppercase().next().unwrap();
            assert_eq!(glyph(capital), Glyph::Letter(number, 0));
        }
        assert_eq!(glyph('Ð'), Glyph::Letter(29, 0));
        assert_eq!(glyph('Ệ'), Glyph::Letter(30, 5));
        assert_eq!(glyph('ữ'), Glyph::Letter(33, TILDE));
        assert_eq!(glyph('9'), Glyph::Letter(43, 0));
        assert_eq!(glyph('ñ'), Glyph::Other);
        assert_eq!(glyph('王'), Glyph::Other);
        let mut plain = String::new();
        plain_text("Thừa Thiên – Huế 3", &mut plain);
        assert_eq!(plain, "thuathienhue3");
    }
}
