//! Tells whether text is Vietnamese by its syllables: few words of another language, and hardly any garbled ones, have the
//! form of a Vietnamese syllable once they carry a mark.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Consonants a syllable begins with; the longer come first.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ch", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// What follows the consonant, without the tone. The last ones are of place names in the Central Highlands.
const RHYMES: &str = "\
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu \
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om \
on ong oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych \
uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
y yêm yên yêng yêt yêu ych ynh yt ym \
ak ăk âk êk ok ôk uk";

static KNOWN_RHYMES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| RHYMES.split_whitespace().collect());

/// How many of the words with a letter beyond ASCII have the form of a syllable. A word is counted as often as it occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) syllables: usize,
    pub(super) others: usize,
}

impl Score {
    /// Of the marked words of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut score = Self::default();
        for word in words(text).filter(|word| !word.is_ascii()) {
            if is_syllable(word) {
                score.syllables += 1;
            } else if !is_abbreviation(word) {
                score.others += 1;
            }
        }
        score
    }

    /// Whether nearly all marked words, 19 of 20, are Vietnamese, and at least one is.
    pub(super) const fn is_vietnamese(self) -> bool {
        self.syllables > 0 && self.others * 19 <= self.syllables
    }
}

/// The words of a text: signs beyond ASCII belong to a word, for they may be letters of a legacy font.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let between = |letter: char| {
        (letter.is_ascii() && !letter.is_ascii_alphabetic())
            || letter.is_whitespace()
            || matches!(letter, '\u{2010}'..='\u{206f}' | '\u{feff}' | '×' | '÷')
    };
    text.split(between).filter(|word| !word.is_empty())
}

/// NĐ, QĐ, ĐVT and the like.
fn is_abbreviation(word: &str) -> bool {
    word.chars()
        .all(|letter| letter.is_ascii_uppercase() || letter == 'Đ')
}

/// Whether a word has the form of one syllable: consonants, a rhyme, and a tone that the rhyme can carry.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut tones = Vec::new();
    let is_tone = |letter: &char| {
        matches!(
            letter,
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
        )
    };
    let marks = word.nfd().filter(|letter| {
        if is_tone(letter) {
            tones.push(*letter);
        }
        !is_tone(letter)
    });
    let plain: String = marks.nfc().flat_map(char::to_lowercase).collect();
    let stopped = plain.ends_with(['c', 'p', 't', 'k']) || plain.ends_with("ch");
    let tone_fits = match tones[..] {
        [] => true,
        [tone] => !stopped || matches!(tone, '\u{301}' | '\u{323}'),
        _ => false,
    };
    tone_fits
        && ONSETS.iter().any(|onset| {
            plain
                .strip_prefix(onset)
                .is_some_and(|rhyme| KNOWN_RHYMES.contains(rhyme))
        })
}

/// Every letter of the Vietnamese alphabet that ASCII does not have, with every tone, in both cases: 134.
#[cfg(test)]
pub(super) fn every_letter() -> Vec<char> {
    let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
    let mut letters = vec!['đ', 'Đ'];
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars() {
        for tone in tones {
            letters.extend(format!("{vowel}{tone}").nfc());
        }
    }
    letters.retain(|letter| !letter.is_ascii());
    assert_eq!(letters.len(), 134);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_garbled_words() {
        for text in [
            "Số liệu số hóa sổ hộ tịch tỉnh Đắk Lắk, Thừa Thiên – Huế, Bà Rịa - Vũng Tàu, Quảng Ngãi",
            "Đã chuyển vào CSDLHTĐT; Đã phê duyệt; Đã kiểm tra; Khó khăn, vướng mắc; NĐ 87; Quyết định",
            "BẮC KẠN, THÀNH PHỐ HỒ CHÍ MINH, Nghệ An, Bình Phước, Tuyên Quang, Giấy, Quý, Thuỷ, Thúy",
        ] {
            let score = Score::of(text);
            assert_eq!(score.others, 0, "{text}");
            assert!(score.syllables >= 10 && score.is_vietnamese(), "{score:?}");
        }
        for text in [
            "Hµ",
            "Néi",
            "§¾k",
            "Haø",
            "Noäi",
            "Ñaék",
            "café",
            "Müller",
            "đực\u{301}",
            "càc",
        ] {
            assert!(!is_syllable(text), "{text}");
            assert!(!Score::of(text).is_vietnamese(), "{text}");
        }
    }
}
