//! One row: its two sides judged field by field, and what that means for the subject.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use store::domain::Outcome;

use super::cells::Cells;
use super::class::{Class, Difference, Field};
use super::columns::Columns;
use super::dates::PartialDate;
use super::letters::{Glyph, Shape, glyph, plain};
use super::memo::Memo;
use super::numbers::{PersonalNumber, Written};
use super::sex::Sex;

/// What the other side's answer was before any field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Found,
    NotFound,
    Unsure,
    NotCompared,
}

impl Status {
    /// `None` for any other word; of a folded word.
    pub(super) fn read(folded: &str) -> Option<Self> {
        Some(match folded {
            "found" | "timthay" | "co" | "1" => Self::Found,
            "notfound" | "khongtimthay" | "khongthay" | "khongco" | "0" => Self::NotFound,
            "unsure" | "chuachac" | "chuachacchan" | "nhieuketqua" | "nghingo" => Self::Unsure,
            "notcompared" | "chuadoichieu" | "khongdoichieu" | "khongdoichieuduoc" => {
                Self::NotCompared
            }
            _ => return None,
        })
    }
}

/// Whether tones are part of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tones {
    Kept,
    Dropped,
}

/// What one row gave.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub(super) outcome: Outcome,
    /// By field; absent where the file does not compare it.
    pub(super) differences: [Option<Difference>; 8],
    pub(super) again: bool,
    /// The personal number of the civil-status record.
    pub(super) number: Option<PersonalNumber>,
    /// Whether the other side's number can be taken over.
    pub(super) added: bool,
    pub(super) inconsistent: bool,
    /// The person's name without marks, as a key; 0 where there is none.
    pub(super) person: u64,
    /// Name, full date and parents, as a key; 0 where one of them is missing.
    pub(super) event: u64,
}

impl Judged {
    pub(super) const fn is_paired(&self) -> bool {
        matches!(
            self.outcome,
            Outcome::Same | Outcome::SameVariant | Outcome::Differs
        )
    }

    /// Whether the row goes to the clerks.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.outcome, Outcome::Differs | Outcome::Unsure)
    }
}

/// Judges a row of which the other side's answer is known.
pub(super) fn judge(
    row: Cells<'_>,
    columns: &Columns,
    (status, again): (Status, bool),
    memo: &mut Memo,
) -> Judged {
    let cell = |place: usize| row.get(place).unwrap_or_default();
    let hotich = |field: Field| {
        columns
            .fields
            .get(field.place())
            .copied()
            .flatten()
            .map_or("", |(place, _)| cell(place))
    };
    let dancu = |field: Field| {
        columns
            .fields
            .get(field.place())
            .copied()
            .flatten()
            .map_or("", |(_, place)| cell(place))
    };
    let mut differences = [None; 8];
    if status == Status::Found {
        for (difference, (field, places)) in differences
            .iter_mut()
            .zip(Field::ALL.into_iter().zip(columns.fields))
        {
            *difference =
                places.map(|(one, other)| memo.judge_field(field, cell(one), cell(other)));
        }
    }
    let outcome = outcome(status, &differences);
    let number = Written::read(hotich(Field::PersonalNumber)).and_then(Written::number);
    let offered = Written::read(dancu(Field::PersonalNumber)).and_then(Written::number);
    let added = number.is_none()
        && offered.is_some()
        && matches!(outcome, Outcome::Same | Outcome::SameVariant);
    let carried = number.or(offered.filter(|_| added));
    let born = PartialDate::read(hotich(Field::BirthDate));
    let inconsistent =
        carried.is_some_and(|number| number.contradicts(Sex::read(hotich(Field::Sex)), born));
    Judged {
        outcome,
        differences,
        again,
        number,
        added,
        inconsistent,
        person: key_of(&[hotich(Field::Name)], Tones::Dropped),
        event: event_key(
            hotich(Field::Name),
            born,
            [hotich(Field::Father), hotich(Field::Mother)],
        ),
    }
}

/// What the classes of the fields mean for the subject.
fn outcome(status: Status, differences: &[Option<Difference>; 8]) -> Outcome {
    match status {
        Status::NotFound => return Outcome::NotFound,
        Status::Unsure => return Outcome::Unsure,
        Status::NotCompared => return Outcome::NotCompared,
        Status::Found => {}
    }
    let of = |field: Field| differences.get(field.place()).copied().flatten();
    let class = |field: Field| of(field).map(Difference::class);
    let any = |wanted: &[Class]| {
        differences
            .iter()
            .flatten()
            .any(|difference| wanted.contains(&difference.class()))
    };
    if !any(&[Class::Equal, Class::Variant, Class::Contradiction]) {
        return Outcome::NotCompared;
    }
    // Another name with no date to support it: the pair itself is in doubt.
    let other_name = matches!(
        of(Field::Name),
        Some(Difference::Different | Difference::Middle)
    );
    if other_name && !matches!(class(Field::BirthDate), Some(Class::Equal | Class::Variant)) {
        return Outcome::Unsure;
    }
    if any(&[Class::Contradiction]) {
        Outcome::Differs
    } else if any(&[Class::Variant, Class::OnlyHotich, Class::OnlyDancu]) {
        Outcome::SameVariant
    } else {
        Outcome::Same
    }
}

/// Whether two rows register one event: the same name with its marks, for twins may differ by one, date and parents.
fn event_key(name: &str, born: Option<PartialDate>, parents: [&str; 2]) -> u64 {
    let full = born.filter(|born| born.day.is_some());
    let Some(born) = full.filter(|_| parents.iter().all(|parent| !parent.trim().is_empty())) else {
        return 0;
    };
    let [father, mother] = parents;
    let names = key_of(&[name, father, mother], Tones::Kept);
    if names == 0 {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    (names, born.year, born.month, born.day).hash(&mut hasher);
    hasher.finish().max(1)
}

/// Small numbers as one: FNV-1a with 64 bits (Fowler, Noll and Vo), many times quicker here than a keyed hash. It finds
/// repeats and is neither kept nor shown.
struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Key {
    const fn add(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x0100_0000_01b3);
    }
}

/// The letters of some texts without marks as a key, whatever their case and Unicode form, and their tones where they are
/// wanted; 0 where there are no letters.
fn key_of(texts: &[&str], tones: Tones) -> u64 {
    let mut key = Key::default();
    let mut any = false;
    for text in texts {
        let mut heard: u64 = 0;
        let mut add = |mark: u8| {
            if mark > 0 {
                heard = heard.wrapping_mul(11).wrapping_add(u64::from(mark));
            }
        };
        for character in text.chars() {
            match glyph(character) {
                Glyph::Letter(letter, tone) => {
                    any = true;
                    key.add(plain(letter).into());
                    add(shape_of(letter));
                    add(tone);
                }
                Glyph::Tone(tone) => add(tone),
                Glyph::Other => key.add(u32::from(character).into()),
                Glyph::Shape(shape) => add(shape as u8 + 6),
                Glyph::Blank | Glyph::Sign | Glyph::Stop => {}
            }
        }
        if tones == Tones::Kept {
            key.add(heard);
        }
    }
    if any { key.0.max(1) } else { 0 }
}

/// The mark inside a letter, as it would stand on its own; 0 where there is none.
const fn shape_of(letter: u8) -> u8 {
    match letter {
        28 | 30 | 31 => Shape::Circumflex as u8 + 6,
        27 => Shape::Breve as u8 + 6,
        32 | 33 => Shape::Horn as u8 + 6,
        29 => 9,
        _ => 0,
    }
}
