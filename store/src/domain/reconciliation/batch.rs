//! One comparison run over one frozen input, as counts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::{Count, Digest, RecordType, UnitId, Week};
use super::{DuplicateKind, Field, FieldClass, Method, Outcome, ReconciliationStage};

/// The six outcome counts of a batch, in subjects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes([Count; 6]);

impl Outcomes {
    /// Takes the counts in the order of [`Outcome::ALL`].
    #[must_use]
    pub const fn new(counts: [Count; 6]) -> Self {
        Self(counts)
    }

    /// The count of one outcome.
    #[must_use]
    pub const fn get(&self, outcome: Outcome) -> Count {
        self.0[outcome as usize]
    }

    /// Each outcome with its count, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (Outcome, Count)> + '_ {
        Outcome::ALL.into_iter().zip(self.0)
    }

    /// What the six add up to.
    #[must_use]
    pub fn sum(&self) -> Count {
        self.0.into_iter().sum()
    }

    /// Same, same by variant and different together: the subjects for whom a pair was found.
    #[must_use]
    pub fn paired(&self) -> Count {
        self.get(Outcome::Same) + self.get(Outcome::SameVariant) + self.get(Outcome::Differs)
    }

    /// The two together, outcome by outcome.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let mut counts = self.0;
        for (mine, theirs) in counts.iter_mut().zip(other.0) {
            *mine = *mine + theirs;
        }
        Self(counts)
    }
}

/// How one field compared, over the paired subjects of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldCounts([Count; 6]);

impl FieldCounts {
    /// Takes the counts in the order of [`FieldClass::ALL`].
    #[must_use]
    pub const fn new(counts: [Count; 6]) -> Self {
        Self(counts)
    }

    /// The count of one class.
    #[must_use]
    pub const fn get(&self, class: FieldClass) -> Count {
        self.0[class as usize]
    }

    /// What the six add up to.
    #[must_use]
    pub fn sum(&self) -> Count {
        self.0.into_iter().sum()
    }

    /// The subjects whose field is written another way or is missing on one side.
    #[must_use]
    pub fn varied(&self) -> Count {
        self.get(FieldClass::Variant)
            + self.get(FieldClass::OnlyRegistry)
            + self.get(FieldClass::OnlyPopulation)
    }
}

/// Groups of duplicates and the records in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// Groups of records that belong together.
    pub groups: Count,
    /// Records in these groups, two at least in each.
    pub records: Count,
}

/// Personal numbers among the subjects, before and after the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonalNumbers {
    /// Subjects with a number before.
    pub before: Count,
    /// Numbers added.
    pub added: Count,
    /// Numbers changed into another.
    pub changed: Count,
    /// Numbers removed.
    pub removed: Count,
    /// Numbers that contradict the record's own sex or year of birth.
    pub inconsistent: Count,
}

impl PersonalNumbers {
    /// Subjects with a number after the run.
    #[must_use]
    pub fn after(&self) -> Count {
        (self.before + self.added).remaining_after(self.removed)
    }
}

/// The province's own list of cases to look at. It stays at the province; only its digest and length are known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worklist {
    /// The digest of the list.
    pub sha256: Digest,
    /// How many rows it has.
    pub rows: Count,
}

/// How a comparison was run: all that the short form leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// How pairs were found and compared.
    pub method: Method,
    /// Name and version of the program that compared; `None` where none did or it is not told.
    pub tool: Option<String>,
    /// The least score of a match, from 0 to 1000; `None` where pairs have no score.
    pub cutoff_permille: Option<u16>,
    /// The day of the civil-status database's snapshot.
    pub registry_as_of: NaiveDate,
    /// Subjects compared for the first time ever.
    pub first: Count,
    /// Subjects compared before.
    pub again: Count,
    /// Personal numbers before and after.
    pub numbers: PersonalNumbers,
    /// The list of cases to look at; `None` where there is none.
    pub worklist: Option<Worklist>,
}

/// One comparison run over one frozen input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconciliationBatch {
    /// The physical line of the file, or the number of the document in it, from 1.
    pub line: u64,
    /// Whose records.
    pub unit: UnitId,
    /// The week in which the run was finished.
    pub week: Week,
    /// The kind of event.
    pub record_type: RecordType,
    /// The registration years of the books, both included; `None` where all are meant.
    pub period: Option<(u16, u16)>,
    /// When in a record's way it was compared.
    pub stage: ReconciliationStage,
    /// How differences were judged. Rates under different rule sets are not comparable.
    pub rule_set: String,
    /// The day of the population database's snapshot; `None` where not stated.
    pub population_as_of: Option<NaiveDate>,
    /// Registered events compared.
    pub records: Count,
    /// People compared.
    pub subjects: Count,
    /// What comparing gave, in subjects.
    pub outcomes: Outcomes,
    /// How it was run; `None` where only the outcomes were sent.
    pub run: Option<Run>,
    /// How each compared field compared; fields that were not compared are absent.
    pub fields: BTreeMap<Field, FieldCounts>,
    /// Duplicates that were met; kinds that were not looked for are absent.
    pub duplicates: BTreeMap<DuplicateKind, Duplicates>,
    /// The sender's reason, such as why it replaces an earlier batch; `None` where none is given.
    pub note: Option<String>,
}

/// What a batch is about. A later submission's batches of a key replace all earlier ones of the same key.
pub type RunKey = (
    UnitId,
    RecordType,
    Week,
    Option<(u16, u16)>,
    ReconciliationStage,
    String,
    Option<Method>,
);

impl ReconciliationBatch {
    /// What it is about.
    #[must_use]
    pub fn key(&self) -> RunKey {
        (
            self.unit,
            self.record_type,
            self.week,
            self.period,
            self.stage,
            self.rule_set.clone(),
            self.run.as_ref().map(|run| run.method),
        )
    }

    /// Records in groups of duplicates of any kind.
    #[must_use]
    pub fn duplicate_records(&self) -> Count {
        self.duplicates.values().map(|each| each.records).sum()
    }

    /// Groups of duplicates of any kind.
    #[must_use]
    pub fn duplicate_groups(&self) -> Count {
        self.duplicates.values().map(|each| each.groups).sum()
    }
}

/// How many people a record has whose identity is compared: a birth and a death one, a marriage two; `None` for the other
/// types, which have one at least (reconciliation.md 6.1 leaves them open).
#[must_use]
pub const fn subjects_per_record(record_type: RecordType) -> Option<i64> {
    match record_type {
        RecordType::Birth | RecordType::Death => Some(1),
        RecordType::Marriage => Some(2),
        _ => None,
    }
}
