//! Comparison with the national population database, recorded as counts that add up. Never a personal record.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Count, RecordType, UnitId, Week};

/// What comparing one subject gave. The six outcomes partition the subjects of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All compared fields are equal.
    Same,
    /// The same person; only spelling variants or missing values.
    SameVariant,
    /// The same person with at least one contradiction.
    Differs,
    /// A weak candidate or several.
    Unsure,
    /// No candidate.
    NotFound,
    /// Too little information, or outside the scope of the population database.
    NotCompared,
}

impl Outcome {
    /// The six outcomes, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Same,
        Self::SameVariant,
        Self::Differs,
        Self::Unsure,
        Self::NotFound,
        Self::NotCompared,
    ];

    /// The word in files, databases and JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::SameVariant => "same_variant",
            Self::Differs => "differs",
            Self::Unsure => "unsure",
            Self::NotFound => "not_found",
            Self::NotCompared => "not_compared",
        }
    }

    /// The outcome of a word; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }
}

/// When in a record's way it was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReconciliationStage {
    /// Before the registry office approved the record.
    BeforeApproval,
    /// After the record was transferred to the national database.
    AfterTransfer,
}

impl ReconciliationStage {
    /// The word in files, databases and JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::BeforeApproval => "before_approval",
            Self::AfterTransfer => "after_transfer",
        }
    }

    /// The stage of a word; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::BeforeApproval, Self::AfterTransfer]
            .into_iter()
            .find(|stage| stage.key() == key)
    }
}

/// The six outcome counts of a batch, which add up to its subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcomes([Count; 6]);

/// The outcomes of a batch do not add up to its subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the outcomes add up to {sum}, but there are {subjects} subjects")]
pub struct OutcomesDoNotAddUp {
    /// What the six outcomes add up to.
    pub sum: Count,
    /// The subjects of the batch.
    pub subjects: Count,
}

impl Outcomes {
    /// Takes the counts in the order of [`Outcome::ALL`].
    ///
    /// # Errors
    /// [`OutcomesDoNotAddUp`] where their sum is not `subjects` (invariant 1).
    pub fn new(counts: [Count; 6], subjects: Count) -> Result<Self, OutcomesDoNotAddUp> {
        let sum = counts.into_iter().sum();
        if sum == subjects {
            Ok(Self(counts))
        } else {
            Err(OutcomesDoNotAddUp { sum, subjects })
        }
    }

    /// The count of one outcome.
    #[must_use]
    pub fn get(&self, outcome: Outcome) -> Count {
        self.iter()
            .find(|(each, _)| *each == outcome)
            .map_or(Count::ZERO, |(_, count)| count)
    }

    /// Each outcome with its count, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (Outcome, Count)> + '_ {
        Outcome::ALL.into_iter().zip(self.0)
    }

    /// The subjects: the sum of the six.
    #[must_use]
    pub fn subjects(&self) -> Count {
        self.0.into_iter().sum()
    }
}

/// One comparison run over one frozen input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconciliationBatch {
    /// The physical line of the file, from 1.
    pub line: u64,
    /// Whose records.
    pub unit: UnitId,
    /// The week in which the run was finished.
    pub week: Week,
    /// The kind of event.
    pub record_type: RecordType,
    /// When in a record's way it was compared.
    pub stage: ReconciliationStage,
    /// How differences were judged. Rates under different rule sets are not comparable.
    pub rule_set: String,
    /// The day of the population database's snapshot; `None` where not stated.
    pub population_as_of: Option<NaiveDate>,
    /// Registered events compared.
    pub records: Count,
    /// What comparing gave, in subjects (a birth and a death have one, a marriage two).
    pub outcomes: Outcomes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_that_do_not_add_up_are_refused_with_both_amounts() {
        let counts = [7605, 1650, 980, 240, 450, 55].map(|value| Count::from_i64(value).unwrap());
        let subjects = Count::from_i64(10_980).unwrap();
        assert_eq!(
            Outcomes::new(counts, subjects).unwrap().subjects(),
            subjects
        );
        let wrong = Outcomes::new(counts, Count::from_i64(10_981).unwrap()).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "the outcomes add up to 10980, but there are 10981 subjects"
        );
    }
}
