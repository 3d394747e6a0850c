//! The three forms.

use serde::{Serialize, Serializer};
use store::domain::Text;

/// One of the three forms, told apart by their headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Counts of the work by stage.
    Counts,
    /// Batches of reconciliation counts.
    Reconciliation,
    /// Figures that were published.
    Published,
}

impl Form {
    /// The word in JSON and in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Reconciliation => "reconciliation",
            Self::Published => "published",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Counts => Text::new("số liệu tiến độ", "counts"),
            Self::Reconciliation => Text::new("đối chiếu", "reconciliation"),
            Self::Published => Text::new("số liệu đã công bố", "published figures"),
        }
    }
}

impl Serialize for Form {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}
