//! Sex, in the words and codes of both sides.

use super::class::Difference;
use super::letters::plain_text;

/// As registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sex {
    Male,
    Female,
}

impl Sex {
    /// `None` for any other word. The codes 1 and 0, and M and F, are those that exports use; 2 is female in some of them.
    pub(super) fn read(text: &str) -> Option<Self> {
        match text {
            "Nam" | "nam" | "NAM" => return Some(Self::Male),
            "Nữ" | "nữ" | "NỮ" => return Some(Self::Female),
            _ => {}
        }
        let mut word = String::new();
        plain_text(text, &mut word);
        match word.as_str() {
            "nam" | "trai" | "male" | "m" | "1" => Some(Self::Male),
            "nu" | "gai" | "female" | "f" | "0" | "2" => Some(Self::Female),
            _ => None,
        }
    }
}

/// How two entries differ; both have something in them.
pub(super) fn compare_sexes(one: &str, other: &str) -> Difference {
    match (Sex::read(one), Sex::read(other)) {
        (Some(one), Some(other)) if one == other => Difference::Equal,
        (Some(_), Some(_)) => Difference::Different,
        _ => Difference::Unreadable,
    }
}
