//! Full names: the comparison ladder, from equal to different.
//!
//! A syllable is a number, so a step of the ladder is a few integer comparisons. The order of the steps is the order of
//! `data/reconciliation/README.md`; the first that holds is the answer.

use super::class::Difference;
use super::letters::{Glyph, HOOK, Letter, TILDE, ascii, glyph, is_vowel, plain};

/// Bits of a letter.
const BITS: u32 = 6;
/// Letters of a syllable; a longer one is compared as text.
const LETTERS: u32 = 20;
/// Syllables of a name; a longer one is compared as text.
const SYLLABLES: usize = 10;

/// One syllable of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Syllable {
    /// Six bits a letter, the first letter lowest.
    letters: u128,
    length: u32,
    /// 0 for none.
    tone: u8,
    /// The place of the letter that carries the tone.
    tone_at: u32,
    shortened: bool,
}

impl Syllable {
    const fn letter(self, place: u32) -> Letter {
        // The mask leaves six bits.
        #[expect(clippy::cast_possible_truncation, reason = "six bits fit in eight")]
        let letter = (self.letters >> (place * BITS)) as u8 & 0x3f;
        letter
    }

    fn iter(self) -> impl DoubleEndedIterator<Item = Letter> {
        (0..self.length).map(move |place| self.letter(place))
    }

    fn of(letters: impl Iterator<Item = Letter>) -> Self {
        let mut syllable = Self::default();
        for letter in letters.take(20) {
            syllable.push(letter);
        }
        syllable
    }

    fn push(&mut self, letter: Letter) {
        self.letters |= u128::from(letter) << (self.length * BITS);
        self.length += 1;
    }

    fn replace_last(&mut self, letter: Letter) {
        let place = (self.length - 1) * BITS;
        self.letters &= !(0x3f << place);
        self.letters |= u128::from(letter) << place;
    }

    /// Without what writing conventions leave open: the vowel that carries the tone, and final y of an open syllable.
    fn settled(mut self) -> Self {
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

    fn unmarked(self) -> Self {
        Self {
            shortened: self.shortened,
            ..Self::of(self.iter().map(plain))
        }
    }

    /// The syllable as it is heard where pairs of sounds are not told apart.
    fn heard(self) -> Self {
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
    fn shortens(self, whole: Self) -> bool {
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

/// A name as its syllables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name {
    syllables: [Syllable; SYLLABLES],
    length: usize,
    signs: bool,
}

impl Name {
    /// `None` where the alphabet does not write the name, or a word has two tones.
    fn read(text: &str) -> Option<Self> {
        let mut name = Self {
            syllables: [Syllable::default(); SYLLABLES],
            length: 0,
            signs: false,
        };
        let mut syllable = Syllable::default();
        for character in text.chars() {
            match glyph(character) {
                Glyph::Letter(letter, tone) => {
                    if syllable.length == LETTERS {
                        return None;
                    }
                    syllable.push(letter);
                    set_tone(&mut syllable, tone)?;
                }
                Glyph::Tone(tone) if syllable.length > 0 => set_tone(&mut syllable, tone)?,
                Glyph::Shape(shape) if syllable.length > 0 => {
                    let last = syllable.letter(syllable.length - 1);
                    syllable.replace_last(shape.on(last)?);
                }
                Glyph::Blank => name.end(&mut syllable)?,
                Glyph::Sign => {
                    name.signs = true;
                    name.end(&mut syllable)?;
                }
                Glyph::Stop => {
                    syllable.shortened = syllable.length > 0;
                    name.end(&mut syllable)?;
                }
                Glyph::Tone(_) | Glyph::Shape(_) | Glyph::Other => return None,
            }
        }
        name.end(&mut syllable)?;
        (name.length > 0).then_some(name)
    }

    fn end(&mut self, syllable: &mut Syllable) -> Option<()> {
        if syllable.length > 0 {
            *self.syllables.get_mut(self.length)? = std::mem::take(syllable);
            self.length += 1;
        }
        Some(())
    }

    fn all(&self) -> &[Syllable] {
        self.syllables.get(..self.length).unwrap_or_default()
    }

    fn map(mut self, change: impl Fn(Syllable) -> Syllable) -> Self {
        for syllable in self.syllables.iter_mut().take(self.length) {
            *syllable = change(*syllable);
        }
        self
    }

    fn has_marks(&self) -> bool {
        let marked = |syllable: &Syllable| {
            syllable.tone > 0 || syllable.iter().any(|letter| plain(letter) != letter)
        };
        self.all().iter().any(marked)
    }

    /// Letters and tones in a row, without regard to where words end.
    fn joined(&self) -> impl Iterator<Item = (Letter, u8)> {
        self.all().iter().flat_map(|syllable| {
            let tone = (syllable.tone > 0).then_some((0, syllable.tone));
            syllable.iter().map(|letter| (letter, 0)).chain(tone)
        })
    }
}

fn set_tone(syllable: &mut Syllable, tone: u8) -> Option<()> {
    if tone > 0 {
        (syllable.tone == 0).then_some(())?;
        syllable.tone = tone;
        syllable.tone_at = syllable.length;
    }
    Some(())
}

/// How two full names differ; both have something in them.
pub(super) fn compare_names(one: &str, other: &str) -> Difference {
    let (Some(one), Some(other)) = (Name::read(one), Name::read(other)) else {
        return compare_as_text(one, other);
    };
    variant(&one, &other).unwrap_or_else(|| contradiction(&one, &other))
}

/// The steps after which two names are still the same name.
fn variant(one: &Name, other: &Name) -> Option<Difference> {
    if one == other {
        return Some(Difference::Equal);
    }
    let loose = |name: &Name| {
        name.map(|syllable| Syllable {
            tone_at: 0,
            shortened: false,
            ..syllable
        })
    };
    let (loose_one, loose_other) = (loose(one), loose(other));
    if loose_one.all() == loose_other.all() {
        let moved = one.signs == other.signs
            && one
                .all()
                .iter()
                .zip(other.all())
                .any(|(one, other)| one.tone_at != other.tone_at);
        return Some(if moved {
            Difference::TonePlacement
        } else {
            Difference::Signs
        });
    }
    let (settled_one, settled_other) = (
        loose_one.map(Syllable::settled),
        loose_other.map(Syllable::settled),
    );
    if settled_one.all() == settled_other.all() {
        return Some(Difference::IForY);
    }
    if settled_one.joined().eq(settled_other.joined()) {
        return Some(Difference::Signs);
    }
    if is_abbreviation(one, other) || is_abbreviation(other, one) {
        return Some(Difference::Abbreviation);
    }
    let bare = settled_one.has_marks() != settled_other.has_marks();
    let unmarked = |name: &Name| name.map(Syllable::unmarked);
    let same_letters = || {
        unmarked(&settled_one)
            .joined()
            .eq(unmarked(&settled_other).joined())
    };
    (bare && same_letters()).then_some(Difference::NoMarks)
}

/// Whether one name is the other with some syllables shortened; never the given name, which would say too little.
fn is_abbreviation(short: &Name, whole: &Name) -> bool {
    let settle = |syllable: &Syllable| Syllable {
        shortened: false,
        ..syllable.settled()
    };
    let pairs = || short.all().iter().zip(whole.all());
    short.length == whole.length
        && pairs().all(|(short, whole)| settle(short) == settle(whole) || short.shortens(*whole))
        && pairs()
            .next_back()
            .is_some_and(|(short, whole)| settle(short) == settle(whole))
}

/// The steps that say in which way two names contradict each other.
fn contradiction(one: &Name, other: &Name) -> Difference {
    let settle = |name: &Name| {
        name.map(|syllable| Syllable {
            shortened: false,
            ..syllable.settled()
        })
    };
    let (mut one, mut other) = (settle(one), settle(other));
    let unmarked = |name: &Name| name.map(Syllable::unmarked);
    if unmarked(&one).all() == unmarked(&other).all() {
        return Difference::Marks;
    }
    if one.has_marks() != other.has_marks() {
        (one, other) = (unmarked(&one), unmarked(&other));
    }
    let (one, other) = (one.all(), other.all());
    if is_missing_one(one, other) || is_missing_one(other, one) {
        return Difference::MissingSyllable;
    }
    if one.len() == other.len() {
        if has_the_same(one, other) {
            return Difference::Order;
        }
        let pairs = || one.iter().zip(other);
        if pairs().all(|(one, other)| one.heard() == other.heard()) {
            return Difference::HeardAlike;
        }
        let mut differing = pairs().filter(|(one, other)| one != other);
        if let (Some((one, other)), None) = (differing.next(), differing.next())
            && is_one_letter_off(*one, *other)
        {
            return Difference::OneLetter;
        }
    }
    let ends = |name: &[Syllable]| Some((*name.first()?, *name.last()?));
    if one.len() > 1 && other.len() > 1 && ends(one) == ends(other) {
        return Difference::Middle;
    }
    Difference::Different
}

/// Whether the shorter name is the longer one without some syllables, the given name kept.
fn is_missing_one(short: &[Syllable], long: &[Syllable]) -> bool {
    let mut rest = long.iter();
    short.len() < long.len()
        && short.len() > 1
        && short.last() == long.last()
        && short
            .iter()
            .all(|syllable| rest.any(|each| each == syllable))
}

fn has_the_same(one: &[Syllable], other: &[Syllable]) -> bool {
    let sorted = |name: &[Syllable]| {
        let mut keys: Vec<_> = name
            .iter()
            .map(|syllable| (syllable.letters, syllable.tone))
            .collect();
        keys.sort_unstable();
        keys
    };
    sorted(one) == sorted(other)
}

/// Whether one insertion, removal, replacement or exchange of neighbours makes one syllable the other; the tone is equal.
fn is_one_letter_off(one: Syllable, other: Syllable) -> bool {
    let same = |pair: &(Letter, Letter)| pair.0 == pair.1;
    let head = one.iter().zip(other.iter()).take_while(same).count();
    let tail = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(same)
        .count();
    let count = |syllable: Syllable| syllable.iter().count();
    let (shorter, longer) = (count(one).min(count(other)), count(one).max(count(other)));
    let tail = tail.min(shorter - head);
    let exchanged = || {
        let rest: Vec<_> = one.iter().zip(other.iter()).skip(head).take(2).collect();
        matches!(rest[..], [(a, b), (c, d)] if a == d && b == c)
    };
    one.tone == other.tone
        && match (shorter - head - tail, longer - head - tail) {
            (0 | 1, 1) => true,
            (2, 2) => exchanged(),
            _ => false,
        }
}

/// Names that the alphabet does not write: equal or not, without regard to case, Unicode form and blanks.
fn compare_as_text(one: &str, other: &str) -> Difference {
    let lower = |text: &str| crate::fold::tidy(text).to_lowercase();
    let (one, other) = (lower(one), lower(other));
    let letters =
        |text: &str| -> String { text.chars().filter(|each| each.is_alphanumeric()).collect() };
    if one == other {
        Difference::Equal
    } else if !letters(&one).is_empty() && letters(&one) == letters(&other) {
        Difference::Signs
    } else {
        Difference::Different
    }
}
