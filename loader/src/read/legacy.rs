//! Tells and reads the encodings of before Unicode: Windows-1258, TCVN3 and VNI, as bytes or kept as the Western letters
//! that these bytes look like when a program did not know the font.
//!
//! A conversion has to be certain: the marked words become Vietnamese syllables, headers or names are known only after it,
//! and no other encoding does as much. Otherwise the encoding is only named.

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::vietnamese::{Score, is_syllable, words};
use super::{tcvn3, vni};
use crate::column::Column;
use crate::vocabulary::Vocabulary;

/// How much of a file is looked at to tell its encoding, in bytes: the header and some hundred rows.
const HEAD: usize = 64 * 1024;

/// As many known headers and names make a table of ours.
const KNOWN_CELLS: usize = 3;

/// An encoding of before Unicode, or text that went through the wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Legacy {
    Windows1258,
    Tcvn3,
    Vni,
    /// UTF-8 whose bytes were taken for Western letters and saved as such: `HÃ\u{a0} Ná»™i`.
    DoubleUtf8,
}

impl Legacy {
    const OF_BYTES: [Self; 3] = [Self::Windows1258, Self::Tcvn3, Self::Vni];
    const OF_TEXT: [Self; 3] = [Self::Tcvn3, Self::Vni, Self::DoubleUtf8];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Windows1258 => "Windows-1258",
            Self::Tcvn3 => "TCVN3",
            Self::Vni => "VNI",
            Self::DoubleUtf8 => "UTF-8 × 2",
        }
    }

    /// The name with the words offices use for it.
    pub(super) const fn long_name(self) -> &'static str {
        match self {
            Self::Windows1258 => "Windows-1258",
            Self::Tcvn3 => "TCVN3 (ABC, .VnTime)",
            Self::Vni => "VNI (VNI-Times)",
            Self::DoubleUtf8 => "UTF-8 × 2",
        }
    }

    /// The text of some bytes in NFC; `None` where the bytes cannot be that encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Windows1258 => {
                let (text, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
                Some(text.nfc().collect())
            }
            Self::Tcvn3 => Some(tcvn3::decode(bytes)),
            Self::Vni => {
                let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
                Some(vni::decode(&text))
            }
            Self::DoubleUtf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
        }
    }

    /// The text behind Western letters; `None` where a letter is none of them.
    pub(super) fn convert(self, text: &str) -> Option<String> {
        let (bytes, _, lost) = WINDOWS_1252.encode(text);
        if lost {
            return None;
        }
        self.decode(&bytes)
    }
}

/// What can be said about some bytes or some text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The encoding, without doubt.
    Certain(Legacy),
    /// Likely, but a part of the text speaks against it. The place of the first such part in the text where it is known.
    Likely(Legacy, usize),
    /// Letters were replaced by question marks when the file was saved.
    LettersLost,
    Nothing,
}

/// What bytes that are no UTF-8 are.
pub(super) fn tell_bytes(bytes: &[u8]) -> Told {
    let head = whole_lines(bytes);
    let read = Legacy::OF_BYTES.into_iter();
    let read = read.filter_map(|legacy| Some((legacy, Reading::of(&legacy.decode(head)?))));
    let told = choose(read.collect(), 0);
    if !matches!(told, Told::Certain(_)) && has_lost_letters(head) {
        return Told::LettersLost;
    }
    told
}

/// Whether text that is sound as Unicode shows letters of a legacy font.
pub(super) fn tell_text(text: &str) -> Told {
    let head = whole_lines(text.as_bytes());
    let head = std::str::from_utf8(head).unwrap_or_default();
    if head.is_ascii() {
        return Told::Nothing;
    }
    let before = Reading::of(head);
    if before.score.others == 0 {
        return Told::Nothing;
    }
    let read = Legacy::OF_TEXT.into_iter();
    let read = read.filter_map(|legacy| Some((legacy, Reading::of(&legacy.convert(head)?))));
    let better = read.filter(|(_, after)| after.known > before.known);
    match choose(better.collect(), before.known + 1) {
        Told::Certain(legacy) => Told::Certain(legacy),
        _ => first_legacy_cell(head)
            .map_or(Told::Nothing, |(legacy, place)| Told::Likely(legacy, place)),
    }
}

/// What a text says when it is read in one encoding.
#[derive(Clone, Copy, Debug)]
struct Reading {
    score: Score,
    /// How many cells are a known header or the name of a unit.
    known: usize,
}

impl Reading {
    fn of(text: &str) -> Self {
        Self {
            score: Score::of(text),
            known: cells(text).filter(|(_, cell)| is_known(cell)).count(),
        }
    }
}

/// The reading that is Vietnamese with enough known cells, where there is one only.
fn choose(read: Vec<(Legacy, Reading)>, known_at_least: usize) -> Told {
    let least = known_at_least.max(KNOWN_CELLS);
    let sound: Vec<_> = read
        .iter()
        .filter(|(_, reading)| reading.score.is_vietnamese())
        .collect();
    let best_known = sound.iter().map(|(_, reading)| reading.known).max();
    let mut best = sound
        .iter()
        .filter(|(_, reading)| Some(reading.known) == best_known && reading.known >= least);
    match (best.next(), best.next()) {
        (Some((legacy, _)), None) => Told::Certain(*legacy),
        _ => {
            let likely = read
                .iter()
                .max_by_key(|(_, reading)| (reading.known, reading.score.syllables));
            likely
                .filter(|(_, reading)| {
                    reading.known > 0 && reading.score.syllables > reading.score.others
                })
                .map_or(Told::Nothing, |(legacy, _)| Told::Likely(*legacy, 0))
        }
    }
}

/// The first cell with a word that is no syllable before a conversion and a known header or name after it.
fn first_legacy_cell(text: &str) -> Option<(Legacy, usize)> {
    cells(text).find_map(|(place, cell)| {
        let is_garbled = |word: &str| !word.is_ascii() && !is_syllable(word);
        if is_known(cell) || !words(cell).any(is_garbled) {
            return None;
        }
        let reads = |legacy: &Legacy| {
            legacy.convert(cell).is_some_and(|converted| {
                is_known(&converted) && Score::of(&converted).is_vietnamese()
            })
        };
        let legacy = Legacy::OF_TEXT.into_iter().find(reads)?;
        Some((legacy, place))
    })
}

/// What stands between delimiters of any kind, with its place.
fn cells(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr().addr();
    text.split(['\n', '\r', ',', ';', '\t', '|', '"'])
        .filter(|cell| !cell.trim().is_empty())
        .map(move |cell| (cell.as_ptr().addr() - start, cell))
}

fn is_known(cell: &str) -> bool {
    Column::of_header(cell).is_some() || Vocabulary::embedded().unit_names.knows(cell)
}

/// Question marks inside words: what Windows writes for letters that the encoding does not have.
fn has_lost_letters(bytes: &[u8]) -> bool {
    let inside = bytes.windows(3).filter(|three| {
        matches!(three, [before, b'?', after] if before.is_ascii_alphabetic() && after.is_ascii_alphabetic())
    });
    inside.count() >= 2
}

/// The first lines of a file, without the part of a line at the end where it is long.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let Some(head) = bytes.get(..HEAD) else {
        return bytes;
    };
    let end = head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    end.and_then(|end| head.get(..end)).unwrap_or(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Mã tỉnh,Tỉnh/Thành phố,Ngày chốt số liệu,Đã nhập,Đã chuyển vào CSDL\n\
                         66,Đắk Lắk,15/05/2024,21,17\n01,Hà Nội,15/05/2024,5,4\n";

    /// A table in an encoding: every letter by the byte or bytes that decode to it.
    fn encoded(legacy: Legacy, text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for letter in text.chars() {
            if letter.is_ascii() {
                bytes.extend(letter.to_string().bytes());
                continue;
            }
            let all = 0x80..=u8::MAX;
            let ones = all.clone().map(|byte| vec![byte]);
            let with = |first: u8| all.clone().map(move |byte| vec![first, byte]);
            let pairs = (b'A'..=b'z').chain(0x80..=u8::MAX).flat_map(with);
            let mut codes = ones.chain(pairs);
            let code =
                codes.find(|code| legacy.decode(code).as_deref() == Some(&*letter.to_string()));
            bytes.extend(code.unwrap_or_else(|| panic!("{letter}")));
        }
        bytes
    }

    #[test]
    fn each_encoding_is_told_from_the_others_by_bytes() {
        for legacy in Legacy::OF_BYTES {
            let bytes = encoded(legacy, TABLE);
            assert_eq!(tell_bytes(&bytes), Told::Certain(legacy));
            assert_eq!(legacy.decode(&bytes).as_deref(), Some(TABLE));
        }
    }

    #[test]
    fn each_font_is_told_from_the_letters_it_was_kept_as() {
        for legacy in [Legacy::Tcvn3, Legacy::Vni] {
            let bytes = encoded(legacy, TABLE);
            let (text, _, _) = WINDOWS_1252.decode(&bytes);
            assert_eq!(tell_text(&text), Told::Certain(legacy), "{text}");
            assert_eq!(legacy.convert(&text).as_deref(), Some(TABLE));
        }
        let (twice, _, _) = WINDOWS_1252.decode(TABLE.as_bytes());
        assert_eq!(tell_text(&twice), Told::Certain(Legacy::DoubleUtf8));
    }

    #[test]
    fn sound_unicode_is_left_alone() {
        for text in [
            TABLE,
            "province_code,as_of,entered,note\n04,2025-06-30,5,café à la carte\n",
            "Mã tỉnh,Ngày,Đã nhập,Ghi chú\n04,30/06/2025,5,36 m² – 20 °C, Müller §5\n",
        ] {
            assert_eq!(tell_text(text), Told::Nothing, "{text}");
        }
    }

    #[test]
    fn a_mixture_is_named_where_it_begins() {
        let text = "Mã tỉnh,Tỉnh,Ngày,Đã nhập\n01,H\u{b5} N\u{e9}i,30/06/2025,5\n";
        let place = text.find("H\u{b5}").unwrap();
        assert_eq!(tell_text(text), Told::Likely(Legacy::Tcvn3, place));
    }

    #[test]
    fn lost_letters_are_told() {
        let bytes = b"M\xE3 t?nh,T?nh/Thnh ph?,\xD0\xE3 nh?p,\xD0\xE3 chuy?n\n";
        assert_eq!(tell_bytes(bytes), Told::LettersLost);
    }
}
