//! The registry of figures: what each is called, how it is computed, in what it is counted and of what it is a share.
//!
//! Pages, the API and packs take definitions from here, so that no figure has two meanings on them. A figure whose formula
//! changes gets the next version.

mod list;

pub use list::metrics;

use store::domain::Text;

/// A figure, as all surfaces define it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Its name in files and addresses; it never changes.
    pub id: &'static str,
    /// Its name for people.
    pub name: Text,
    /// How it is computed, and what an absent value means where that is not plain.
    pub formula: Text,
    /// What it is counted in.
    pub unit: Text,
    /// What it is a share or a rate of; `None` where it is neither.
    pub denominator: Option<Text>,
    /// Over what it may be added up.
    pub adds_up: AddsUp,
    /// The version of the formula: a number, or the method of the forecast.
    pub version: &'static str,
}

/// Over what the values of a figure may be added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddsUp {
    /// Over provinces and not over weeks: it says how much there is.
    OverUnits,
    /// Over provinces and over weeks: it says how much came.
    OverUnitsAndWeeks,
    /// Over nothing: a share, a rate, a chance or a date.
    Never,
}

impl AddsUp {
    /// The word in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::OverUnits => "over_units",
            Self::OverUnitsAndWeeks => "over_units_and_weeks",
            Self::Never => "never",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::OverUnits => Text::new(
                "cộng được giữa các đơn vị, không cộng qua các tuần",
                "may be added over provinces, not over weeks",
            ),
            Self::OverUnitsAndWeeks => Text::new(
                "cộng được giữa các đơn vị và qua các tuần",
                "may be added over provinces and over weeks",
            ),
            Self::Never => Text::new("không cộng được", "must not be added up"),
        }
    }
}

/// The figure of an id; `None` where there is none.
#[must_use]
pub fn metric(id: &str) -> Option<&'static Metric> {
    metrics().iter().find(|metric| metric.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_figures_have_one_id_and_each_says_all_of_itself_in_both_languages() {
        let ids: BTreeSet<&str> = metrics().iter().map(|metric| metric.id).collect();
        assert_eq!(ids.len(), metrics().len());
        for metric in metrics() {
            let denominator = metric.denominator.iter();
            for text in denominator.chain([&metric.name, &metric.formula, &metric.unit]) {
                assert!(!text.vi.is_empty() && !text.en.is_empty(), "{}", metric.id);
                assert_ne!(text.vi, text.en, "{}", metric.id);
            }
            assert!(!metric.version.is_empty());
            let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            let fits = metric.id.bytes().all(|byte| is_plain(byte) || byte == b'_');
            assert!(fits, "{}", metric.id);
        }
        assert_eq!(metric("share").unwrap().adds_up, AddsUp::Never);
        assert_eq!(metric("no such figure"), None);
    }

    #[test]
    fn what_is_of_something_is_never_added_up() {
        for metric in metrics() {
            if metric.denominator.is_some() {
                assert_eq!(metric.adds_up, AddsUp::Never, "{}", metric.id);
            }
        }
    }
}
