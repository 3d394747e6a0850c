//! Figures that were published in reports and the press: sparse, irregular, approximate and partly contradictory.
//!
//! They are shown as what they are, beside the reported counts, and never mixed into them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Count, UnitId};

/// How the source worded a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approximation {
    /// To the last digit.
    Exact,
    /// "trên", "hơn".
    MoreThan,
    /// "gần".
    Nearly,
    /// "khoảng".
    About,
    /// Visibly rounded.
    Rounded,
    /// The source does not say.
    NotStated,
}

impl Approximation {
    /// Every wording.
    pub const ALL: [Self; 6] = [
        Self::Exact,
        Self::MoreThan,
        Self::Nearly,
        Self::About,
        Self::Rounded,
        Self::NotStated,
    ];

    /// The word in files and databases; empty where the source does not say.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::MoreThan => "more_than",
            Self::Nearly => "nearly",
            Self::About => "about",
            Self::Rounded => "rounded",
            Self::NotStated => "",
        }
    }

    /// The wording of a word; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wording| wording.key() == key)
    }
}

/// One published figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFigure {
    /// The date the figure is true for, as exactly as the source lets one say.
    pub as_of: NaiveDate,
    /// Whose figure; `None` is the nation.
    pub unit: Option<UnitId>,
    /// The record types the source counts, in its own grouping (`all`, `birth`, `four_types` …).
    pub record_type: String,
    /// What was measured: a key of `data/published/measures.csv`.
    pub measure: String,
    /// The number as published, plain digits with a point before decimals.
    pub value: String,
    /// What is counted: `record`, `book`, `page`, `province`, `percent`, `VND` …
    pub count_unit: String,
    /// How the source worded it.
    pub approximation: Approximation,
    /// What has to be known to read the figure; empty where nothing has to.
    pub note: String,
    /// The address of the page or the name of the document.
    pub source: String,
}

impl PublishedFigure {
    /// The value as a count; `None` where it is not a whole number.
    #[must_use]
    pub fn count(&self) -> Option<Count> {
        self.value.parse().ok().and_then(Count::from_i64)
    }

    /// The address of the source; `None` where it is a document without one.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        (self.source.starts_with("https://") || self.source.starts_with("http://"))
            .then_some(self.source.as_str())
    }
}
