//! One syllable of a name as a number, so that a step of the ladder is a few integer comparisons.

use super::letters::{HOOK, Letter, TILDE, ascii, is_vowel, plain};

/// Bits of a letter.
const BITS: u32 = 6;
/// Letters of a syllable; a longer one is compared as text.
pub(super) const LETTERS: u32 = 20;

/// One syllable of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Syllable {
    /// Six bits a letter, the first letter lowest.
    pub(super) letters: u128,
    pub(super) length: u32,
    /// 0 for none.
    pub(super) tone: u8,
    /// The place of the letter that carries the tone.
    pub(super) tone_at: u32,
    pub(super) shortened: bool,
}

impl Syllable {
    pub(super) const fn letter(self, place: u32) -> Letter {
        // The mask leaves six bits.
        #[expect(clippy::cast_possible_truncation, reason = "six bits fit in eight")]
        let letter = (self.letters >> (place * BITS)) as u8 & 0x3f;
        letter
    }

    pub(super) fn iter(self) -> impl DoubleEndedIterator<Item = Letter> {
        (0..self.length).map(move |place| self.letter(place))
    }

    fn of(letters: impl Iterator<Item = Letter>) -> Self {
        let mut syllable = Self::default();
        for letter in letters.take(20) {
            syllable.push(letter);
        }
        syllable
    }

    pub(super) fn push(&mut self, letter: Letter) {
        self.letters |= u128::from(letter) << (self.length * BITS);
        self.length += 1;
    }

    /// `None` where it has a tone already; 0 is none.
    pub(super) fn set_tone(&mut self, tone: u8) -> Option<()> {
        if tone > 0 {
            (self.tone == 0).then_some(())?;
            self.tone = tone;
            self.tone_at = self.length;
        }
        Some(())
    }

    pub(super) fn replace_last(&mut self, letter: Letter) {
        let place = (self.length - 1) * BITS;
        self.letters &= !(0x3f << place);
        self.letters |= u128::from(letter) << place;
    }

    /// Without what writing conventions leave open: the vowel that carries the tone, and final y of an open syllable.
    pub(super) fn settled(mut self) -> Self {
        self.tone_at = 0;
        let y = ascii(b'y');
        let opens = match self.length {
            0 => false,
            1 => true,
            2 => !is_vowel(self.letter(0)),
            length => {
                let before = self.letter(length - 2);
                let of_qu = before == ascii(b'u') && self.letter(length - 3) == ascii(b'q');
                !is_vowel(before) || (of_qu && length == 3)
            }
        };
        if opens && self.letter(self.length - 1) == y {
            self.replace_last(ascii(b'i'));
        }
        self
    }

    pub(super) fn unmarked(self) -> Self {
        Self {
            shortened: self.shortened,
            ..Self::of(self.iter().map(plain))
        }
    }

    /// The syllable as it is heard where pairs of sounds are not told apart.
    pub(super) fn heard(self) -> Self {
        let mut letters: Vec<Letter> = self.iter().collect();
        let at = |letters: &[Letter], place: usize| letters.get(place).copied().unwrap_or(0);
        let (first, second) = (at(&letters, 0), at(&letters, 1));
        let onset: Option<(usize, &[u8])> = if first == ascii(b's') {
            Some((1, b"x"))
        } else if first == ascii(b't') && second == ascii(b'r') {
            Some((2, b"ch"))
        } else if first == ascii(b'g') && second == ascii(b'i') && letters.len() > 2 {
            Some((2, b"d"))
        } else if first == ascii(b'r') {
            Some((1, b"d"))
        } else if first == ascii(b'l') {
            Some((1, b"n"))
        } else {
            None
        };
        if let Some((length, heard)) = onset {
            letters.splice(..length, heard.iter().map(|byte| ascii(*byte)));
        }
        if letters.ends_with(&[ascii(b'n'), ascii(b'g')]) {
            letters.pop();
        } else if letters.len() > 1 && letters.ends_with(&[ascii(b'c')]) {
            letters.pop();
            letters.push(ascii(b't'));
        }
        Self {
            tone: if self.tone == TILDE { HOOK } else { self.tone },
            ..Self::of(letters.into_iter())
        }
    }

    /// Whether it stands for a longer syllable: it ends in a full stop, or has no vowel.
    pub(super) fn shortens(self, whole: Self) -> bool {
        let short = self.shortened || !self.iter().any(is_vowel);
        short
            && self.length < whole.length
            && self.tone == 0
            && self
                .iter()
                .zip(whole.iter())
                .all(|(one, other)| plain(one) == plain(other))
    }
}
