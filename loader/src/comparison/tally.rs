//! Counts of one batch, which add up by construction: each row of a batch is counted once, in one outcome.

use store::domain::{Digest, Outcome, RecordType, UnitId};

use super::class::{Class, Field};
use super::row::Judged;

/// The first and last year that a period of books may have, which also stand for an open end. The French administration
/// introduced the books in 1883 in the south; the last is far enough.
pub const OPEN_YEARS: (u16, u16) = (1883, 2099);

/// The first years of the periods of books, which follow the changes of law and forms; the first has none.
/// Source: the grouping of a provincial plan, domain facts section 1.4.
const PERIOD_STARTS: [i32; 4] = [1976, 1999, 2006, 2016];

/// What one batch of counts is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchKey {
    /// The province.
    pub province: UnitId,
    /// The record type.
    pub record_type: RecordType,
    /// The period of the books, as a place in the list; absent where the year is not known.
    pub(super) period: Option<u8>,
}

impl BatchKey {
    /// First and last year of the period; `None` for an open end.
    #[must_use]
    pub fn years(&self) -> Option<(Option<i32>, Option<i32>)> {
        let period = usize::from(self.period?);
        let first = period
            .checked_sub(1)
            .and_then(|before| PERIOD_STARTS.get(before))
            .copied();
        let last = PERIOD_STARTS.get(period).map(|next| next - 1);
        Some((first, last))
    }

    pub(super) fn period_of(year: i32) -> Option<u8> {
        let started = PERIOD_STARTS.iter().filter(|start| **start <= year);
        u8::try_from(started.count()).ok()
    }
}

/// Rows and groups of one kind of duplicate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// How many groups.
    pub groups: u64,
    /// How many rows are in them.
    pub records: u64,
}

/// The counts of one batch, in subjects unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [u64; 6],
    /// By field and class, of the subjects that were paired.
    pub fields: [[u64; 6]; 8],
    /// Registered events.
    pub records: u64,
    /// Compared before.
    pub again: u64,
    /// Whose record carries a personal number.
    pub id_before: u64,
    /// Whose record has none and can take the one of the other side: only where nothing contradicts.
    pub id_added: u64,
    /// Whose number, carried or added, contradicts the record's own sex or year of birth.
    pub id_inconsistent: u64,
    /// Flags beside the outcomes, in the order of the kinds.
    pub repeats: [Repeats; 4],
    /// The digest of the header of the worklist and of this batch's rows of it; absent where no worklist was written.
    pub worklist: Option<Digest>,
}

impl Tally {
    /// All subjects: the sum of the outcomes.
    #[must_use]
    pub fn subjects(&self) -> u64 {
        self.outcomes.iter().sum()
    }

    /// The count of an outcome.
    #[must_use]
    pub fn outcome(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(outcome as usize).copied().unwrap_or(0)
    }

    /// The count of a class of a field.
    #[must_use]
    pub fn class(&self, field: Field, class: Class) -> u64 {
        let classes = self.fields.get(field.place());
        classes
            .and_then(|classes| classes.get(class as usize))
            .copied()
            .unwrap_or(0)
    }

    /// Rows of the worklist: what differs, what is unsure, and what is flagged as a duplicate.
    #[must_use]
    pub fn worklist_rows(&self) -> u64 {
        let repeated: u64 = self.repeats.iter().map(|repeats| repeats.records).sum();
        self.outcome(Outcome::Differs) + self.outcome(Outcome::Unsure) + repeated
    }

    pub(super) fn count(&mut self, judged: &Judged) {
        add(&mut self.outcomes, judged.outcome as usize, 1);
        self.again += u64::from(judged.again);
        self.id_before += u64::from(judged.number.is_some());
        self.id_added += u64::from(judged.added);
        self.id_inconsistent += u64::from(judged.inconsistent);
        if !judged.is_paired() {
            return;
        }
        for (classes, difference) in self.fields.iter_mut().zip(judged.differences) {
            if let Some(difference) = difference {
                add(classes, difference.class() as usize, 1);
            }
        }
    }

    /// Counts people whom the file has no row for: the other one of a marriage. They were compared before where the one
    /// with a row was, so that nobody is new twice.
    pub(super) fn count_missing(&mut self, (people, again): (u64, u64)) {
        add(&mut self.outcomes, Outcome::NotCompared as usize, people);
        self.again += again;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let pairs = self.outcomes.iter_mut().zip(&other.outcomes);
        pairs.for_each(|(mine, theirs)| *mine += theirs);
        for (mine, theirs) in self.fields.iter_mut().zip(&other.fields) {
            mine.iter_mut()
                .zip(theirs)
                .for_each(|(mine, theirs)| *mine += theirs);
        }
        self.again += other.again;
        self.id_before += other.id_before;
        self.id_added += other.id_added;
        self.id_inconsistent += other.id_inconsistent;
    }
}

fn add<const N: usize>(counts: &mut [u64; N], place: usize, many: u64) {
    if let Some(count) = counts.get_mut(place) {
        *count += many;
    }
}
