//! Full names: the comparison ladder, from equal to different.
//!
//! The order of the steps is the order of `data/reconciliation/README.md`; the first that holds is the answer.

use super::class::Difference;
use super::letters::{Glyph, Letter, glyph, plain};
use super::syllable::{LETTERS, Syllable};

/// Syllables of a name; a longer one is compared as text.
const SYLLABLES: usize = 10;

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
                    syllable.set_tone(tone)?;
                }
                Glyph::Tone(tone) if syllable.length > 0 => syllable.set_tone(tone)?,
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
